//! Stories in the hands of editors.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::{Actor, Role};
use newsroom::story::{Draft, StoryText};

async fn drafted(paper: &OpenPaper, draft: Draft) -> String {
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("a kept draft");
    format!("/desk/stories/{}", draft.id)
}

#[tokio::test]
async fn a_draft_says_everything_it_lacks_and_is_published_when_it_lacks_nothing() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let mut draft = paper.draft("مسودة بلا قسم");
    draft.text = StoryText { headline: draft.text.headline, section: None, ..StoryText::default() };
    let bare = drafted(&paper, draft.clone()).await;
    let refused = layla.post(&format!("{bare}/publication"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["ينقص", "نص.", "قسم: اختره", "<select id=\"section\""]);

    let mut draft = paper.draft("مسودة بلا قسم");
    draft.text.section = None;
    let ready = drafted(&paper, draft).await;
    assert_eq!(paper.get("/stories/مسودة-بلا-قسم").await.status, StatusCode::NOT_FOUND);
    let section = newsroom::SectionId(1).short();
    let done = layla.post(&format!("{ready}/publication"), &[("section", &section)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(paper.get(done.header("location")).await.status, StatusCode::OK);
    layla.get("/desk/stories").await.assert_order(&["مسودة بلا قسم", "منشورة", "مسودة بلا قسم", "مسودة"]);
}

#[tokio::test]
async fn a_withdrawn_story_tells_readers_why_and_can_come_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خبر يُراجع").await;
    let (desk, public) = (format!("/desk/stories/{}", story.id), address::story(&story.slug));
    let slip = layla.post(&format!("{desk}/withdrawal"), &[("note", "سهو")]).await;
    assert_eq!(slip.status, StatusCode::BAD_REQUEST);
    layla.post(&format!("{desk}/withdrawal"), &[("note", "ننتظر تأكيد الأرقام."), ("sure", "yes")]).await;
    let gone = paper.get(&public).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text.contains("ننتظر تأكيد الأرقام."));
    let comment = Browser::new(&paper).post(&format!("{public}/comments"), &[("name", "هدى"), ("text", "كلمة")]).await;
    assert_eq!(comment.status, StatusCode::GONE);
    layla.post(&format!("{desk}/publication"), &[]).await;
    assert_eq!(paper.get(&public).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_editor_opens_closes_and_hides_comments() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خبر").await;
    let path = format!("/desk/stories/{}/comment-policy", story.id);
    for (policy, form, thread) in [("closed", false, true), ("hidden", false, false), ("open-after-review", true, true)]
    {
        assert_eq!(layla.post(&path, &[("policy", policy)]).await.status, StatusCode::SEE_OTHER, "{policy}");
        let page = paper.get(&address::story(&story.slug)).await.text;
        let found = (page.contains("id=\"comment-form\""), page.contains("id=\"comments\""));
        assert_eq!(found, (form, thread), "{policy}");
    }
    assert_eq!(layla.post(&path, &[("policy", "burnt")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_front_page_is_led_by_what_an_editor_chose() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (first, _) = (paper.publishes("الخبر الأول").await, paper.publishes("الخبر الثاني").await);
    let purged = paper.app.page_cache.watch();
    layla.post(&format!("/desk/stories/{}/lead", first.id), &[]).await;
    paper.get("/").await.assert_order(&["<main", "الخبر الأول", "الخبر الثاني"]);
    assert!(purged.try_iter().flatten().any(|tag| tag == crate::page_cache::Tag::Front));
}

#[tokio::test]
async fn a_preview_shows_the_draft_to_the_staff_alone() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let path = drafted(&paper, paper.draft("مسودة للعين الداخلية")).await;
    layla.get(&path).await.assert_order(&["مسودة", "مسودة للعين الداخلية", "وصل الترام إلى المرفأ"]);
    assert_eq!(paper.get(&path).await.header("location"), "/sign-in");
}

#[tokio::test]
async fn an_editor_adds_a_section_and_what_is_wrong_comes_back_as_typed() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let purged = paper.app.page_cache.watch();
    let added = layla.post("/desk/sections", &[("name", "الرأي"), ("slug", "")]).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/desk/sections"));
    assert!(purged.try_iter().flatten().any(|tag| tag == crate::page_cache::Tag::Frame));
    paper.get("/").await.assert_order(&["المدينة", "الثقافة", &address::section("الرأي"), "الرأي"]);
    assert_eq!(paper.get(&address::section("الرأي")).await.status, StatusCode::OK);
    let bad = layla.post("/desk/sections", &[("name", "رياضة <اليوم>"), ("slug", "Sport Today")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.assert_order(&["role=\"alert\"", "sport-today", "value=\"رياضة &#60;اليوم&#62;\"", "value=\"Sport Today\""]);
    let taken = layla.post("/desk/sections", &[("name", "مدينة أخرى"), ("slug", "city")]).await;
    taken.assert_order(&["role=\"alert\"", "المدينة", "value=\"مدينة أخرى\"", "value=\"city\""]);
    assert_eq!(paper.app.store.sections().await.expect("sections").len(), 3);
}

#[tokio::test]
async fn a_renamed_section_is_called_so_on_its_stories_cards_and_keeps_its_address() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    paper.publishes("خبر أول").await;
    paper.publishes("خبر ثان").await;
    let name = format!("/desk/sections/{}/name", newsroom::SectionId(1));
    let taken = layla.post(&name, &[("name", "الثقافة")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    taken.assert_order(&["role=\"alert\"", "culture", "value=\"الثقافة\"", "value=\"الثقافة\""]);
    assert_eq!(layla.post(&name, &[("name", "شؤون البلد")]).await.status, StatusCode::SEE_OTHER);
    for path in ["/", "/sections/city", "/archive"] {
        let shown = paper.get(path).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.text.contains("شؤون البلد") && !shown.text.contains("المدينة"), "{path}");
    }
    let nowhere = format!("/desk/sections/{}/name", newsroom::SectionId(9));
    assert_eq!(layla.post(&nowhere, &[("name", "غيره")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sections_move_up_and_down_by_plain_buttons() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Owner).await;
    let shown = layla.get("/desk/sections").await;
    shown.assert_order(&[
        "value=\"المدينة\"",
        "name=\"place\" value=\"2\"",
        "value=\"الثقافة\"",
        "name=\"place\" value=\"1\"",
    ]);
    let place = format!("/desk/sections/{}/place", newsroom::SectionId(2));
    assert_eq!(layla.post(&place, &[("place", "1")]).await.status, StatusCode::SEE_OTHER);
    paper.get("/").await.assert_order(&["<nav", "الثقافة", "المدينة"]);
}

#[tokio::test]
async fn the_masthead_and_the_pages_are_for_editors() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    for path in ["/desk/sections", "/desk/pages", "/desk/pages/about"] {
        assert_eq!(salma.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(paper.get(path).await.header("location"), "/sign-in", "{path}");
    }
    for path in ["/desk/sections", "/desk/sections/x/name", "/desk/sections/x/place", "/desk/pages/about"] {
        assert_eq!(salma.post(path, &[("name", "قسم"), ("place", "1")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let from_elsewhere =
        layla.send("POST", "/desk/sections", &[("name", "قسم")], &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(from_elsewhere.status, StatusCode::FORBIDDEN);
    assert_eq!(paper.app.store.sections().await.expect("sections").len(), 2);
}

#[tokio::test]
async fn a_plain_page_is_rewritten_and_a_mistake_keeps_what_was_typed() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let about = newsroom::slug::Slug::of("about").expect("a slug");
    let empty = newsroom::page::PageText::new("من نحن", "لم يُكتب بعد.").expect("a page");
    paper.app.store.put_page(&about, &empty, Actor::Program, paper.app.now()).await.expect("a page");
    layla.get("/desk/pages").await.assert_order(&["href=\"/desk/pages/about\"", "من نحن"]);
    layla.get("/desk/pages/about").await.assert_order(&["value=\"من نحن\"", "<textarea", "لم يُكتب بعد."]);
    let wrong = [("title", ""), ("text", "أول\r\n\r\n![صورة](")];
    let refused = layla.post("/desk/pages/about", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "بلا عنوان", "السطر", "3", "<textarea", "أول", "![صورة]("]);
    let form = [("title", "هيئة التحرير"), ("text", "## من نحن\r\n\r\nجريدة الحي.\r\n\r\n- خبر")];
    let kept = layla.post("/desk/pages/about", &form).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/pages/about"));
    let shown = paper.get("/pages/about").await;
    shown.assert_order(&["<h1>هيئة التحرير</h1>", "<h2>من نحن</h2>", "جريدة الحي.", "<li>خبر</li>"]);
    assert_eq!(layla.get("/desk/pages/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_empty_desk_says_what_to_do_next() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.get("/desk/stories").await.assert_order(&["لم يُنشر شيء بعد", "midad import page", "city"]);
    assert!(!layla.get("/desk").await.text.contains("href=\"/desk/sections\">إلى"), "there are sections");
    for id in [1, 2] {
        let id = newsroom::SectionId(id);
        paper.app.store.remove_section(id, Actor::Program, paper.app.now()).await.expect("removed");
    }
    for path in ["/desk", "/desk/stories"] {
        layla.get(path).await.assert_order(&["لم يُنشر شيء بعد", "href=\"/desk/sections\">إلى", "midad import page"]);
    }
    let mut draft = paper.draft("مسودة بلا قسم");
    draft.text.section = None;
    let path = drafted(&paper, draft).await;
    layla.get(&path).await.assert_order(&["قسم: اختره", "href=\"/desk/sections\">إلى"]);
}
