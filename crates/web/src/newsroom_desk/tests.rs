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
