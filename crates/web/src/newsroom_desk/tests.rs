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
    refused.assert_order(&["role=\"alert\"", "قبل النشر", "اكتب النص", "اختر القسم", "<select id=\"section\""]);
    refused.assert_order(&["role=\"alert\">لم تُنشر: نقطتان في القائمة تمنعان.<", "<section class=\"checks\""]);
    assert_eq!(refused.text.matches("role=\"alert\"").count(), 1, "the list itself is not read out");
    let section = newsroom::SectionId(1).short();
    let still = layla.post(&format!("{bare}/publication"), &[("section", &section)]).await;
    assert_eq!(still.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = format!("<option value=\"{section}\" selected>");
    still.assert_order(&["نقطة واحدة في القائمة تمنع", "اكتب النص", "<select id=\"section\"", &chosen]);
    assert_eq!(paper.app.store.on_desk(draft.id).await.expect("a draft").text.section, None, "chosen, not kept");

    let mut draft = paper.draft("مسودة بلا قسم");
    draft.text.section = None;
    let ready = drafted(&paper, draft).await;
    assert_eq!(paper.get("/stories/مسودة-بلا-قسم").await.status, StatusCode::NOT_FOUND);
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
    layla.get(&path).await.assert_order(&["اختر القسم", "href=\"/desk/sections\">إلى"]);
}

#[tokio::test]
async fn colleagues_note_answer_settle_and_no_reader_sees_a_word_of_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::SubEditor).await;
    let story = paper.publishes("خط الترام يصل").await;
    let desk = format!("/desk/stories/{}", story.id);
    let lost = salma.post(&format!("{desk}/notes"), &[("note_text", "من قال؟"), ("note_quote", "كلمات أخرى")]).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    lost.assert_order(&["value=\"كلمات أخرى\"", "لا ترد", "من قال؟"]);
    let bare = salma.post(&format!("{desk}/notes"), &[("note_text", " "), ("note_block", "0 وصل الترام")]).await;
    bare.assert_order(&["<option value=\"0 وصل الترام إلى المرفأ صباح اليوم.\" selected", "اكتب الملاحظة"]);
    let gone = [("note_text", "من كتب هذا؟"), ("note_block", "0 فقرة حُذفت")];
    let gone = salma.post(&format!("{desk}/notes"), &gone).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    gone.assert_order(&["<option value=\"0 فقرة حُذفت\" selected", "لا ترد", "فقرة حُذفت", "من كتب هذا؟"]);
    let form = [("note_text", "من قال كهرمانة؟"), ("note_quote", "صباح اليوم")];
    let noted = salma.post(&format!("{desk}/notes"), &form).await;
    let place = noted.header("location").to_owned();
    let note = place.split("#note-").nth(1).expect("a note").to_owned();
    layla.get(&desk).await.assert_order(&["صباح اليوم", "في الفقرة", "سلمى", "من قال كهرمانة؟"]);
    layla.get("/desk/stories").await.assert_order(&["خط الترام يصل", "ملاحظة مفتوحة"]);
    layla.post(&format!("{desk}/notes/{note}/answers"), &[("note_text", "كهرمانة البلدية")]).await;
    let empty = layla.post(&format!("{desk}/notes/{note}/answers"), &[("note_text", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    salma.get(&desk).await.assert_order(&["من قال كهرمانة؟", "ليلى", "كهرمانة البلدية"]);
    salma.post(&format!("{desk}/notes/{note}/settlement"), &[("settled", "yes")]).await;
    salma.get(&desk).await.assert_order(&["لا ملاحظات مفتوحة", "ملاحظات حُلّت", "من قال كهرمانة؟", "حلّها", "سلمى"]);
    layla.post(&format!("{desk}/notes/{note}/settlement"), &[("settled", "no")]).await;
    layla.get(&desk).await.assert_order(&["من قال كهرمانة؟", "أعاد فتحها", "ليلى", "id=\"note-text\""]);
    for path in ["/", "/archive", "/corrections", &address::story(&story.slug), &format!("/s/{}", story.id), &desk] {
        assert!(!paper.get(path).await.text.contains("كهرمانة"), "{path}");
    }
}

#[tokio::test]
async fn a_note_goes_along_with_the_text_in_one_form() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let path = drafted(&paper, paper.draft("مسودة تُكتب")).await;
    let mut form = vec![("version", "0"), ("headline", "مسودة تُكتب"), ("text", "نص جديد تمامًا.")];
    form.extend([("note_text", "راجعوا هذا"), ("note_quote", "وصل الترام")]);
    let gone = layla.post(&format!("{path}/text"), &form).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY, "the words are not in the text as it is sent");
    let said = format!("لا ترد «{}»", arabic::bidi::isolate("وصل الترام"));
    gone.assert_order(&[&said, "نص جديد تمامًا.", "value=\"وصل الترام\"", "راجعوا هذا"]);
    form[4] = ("note_quote", "جديد تمامًا");
    assert_eq!(layla.post(&format!("{path}/text"), &form).await.status, StatusCode::SEE_OTHER);
    layla.get(&path).await.assert_order(&["نص جديد تمامًا", "جديد تمامًا", "راجعوا هذا"]);
    layla.get(&format!("{path}/edit")).await.assert_order(&["ملاحظة مفتوحة", "جديد تمامًا", "راجعوا هذا"]);
}

#[tokio::test]
async fn a_note_finds_the_block_that_was_chosen_where_another_was_written_before_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, draft) = (paper.app.now(), paper.draft("مسودة تُكتب"));
    let path = drafted(&paper, draft.clone()).await;
    let block = "0 وصل الترام إلى المرفأ صباح اليوم.";
    layla.get(&format!("{path}/edit")).await.assert_order(&["id=\"w-note-block\"", &format!("value=\"{block}\"")]);
    let text = "فقرة جديدة قبلها.\n\nوصل الترام إلى المرفأ صباح اليوم.";
    let mut form = vec![("version", "0"), ("headline", "مسودة تُكتب"), ("text", text)];
    form.extend([("note_text", "من رآه؟"), ("note_block", block)]);
    assert_eq!(layla.post(&format!("{path}/text"), &form).await.status, StatusCode::SEE_OTHER);
    let notes = paper.app.store.notes_of_story(draft.id, true, 9).await.expect("notes");
    assert_eq!((notes[0].block, notes[0].quote.as_str()), (Some(1), "وصل الترام إلى المرفأ صباح اليوم."));
    let again = [("note_text", "ومن أيضًا؟"), ("note_block", block)];
    layla.post(&format!("{path}/notes"), &again).await;
    let notes = paper.app.store.notes_of_story(draft.id, true, 9).await.expect("notes");
    assert_eq!((notes[0].text.as_str(), notes[0].block), ("ومن أيضًا؟", Some(1)), "from a page opened before");
    let staff = paper.app.store.staff_at_work().await.expect("staff")[0].id;
    for n in 0..51 {
        let words = format!("جواب {n}");
        paper.app.store.answer_note((draft.id, notes[0].id), &words, staff, now).await.expect("answered");
    }
    layla.get(&path).await.assert_order(&["ومن أيضًا؟", "خطوات أقدم", "جواب 1<", "جواب 50<", "من رآه؟"]);
    layla.post(&format!("{path}/notes/{}/settlement", notes[1].id), &[("settled", "yes")]).await;
    assert!(layla.get(&path).await.text.contains("من رآه؟"));
    let written = layla.get(&format!("{path}/edit")).await;
    let begins = "class=\"note-quote\" dir=\"auto\"><p>وصل الترام إلى المرفأ";
    written.assert_order(&["ملاحظة مفتوحة", "data-note data-block=\"1\"", begins, "ومن أيضًا؟"]);
    assert!(!written.text.contains("من رآه؟"), "what is settled does not stand beside the writing");
}

#[tokio::test]
async fn a_reason_is_a_line_and_comes_back_where_it_is_too_long() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let path = drafted(&paper, paper.draft("خبر طويل السبب")).await;
    let (long, most) = ("س".repeat(301), "سَ".repeat(300));
    let kill = [("from", "writing"), ("to", "killed"), ("why", long.as_str())];
    for (act, form) in [("hold", vec![("why", long.as_str())]), ("stage", kill.to_vec())] {
        let refused = layla.post(&format!("{path}/{act}"), &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        refused.assert_order(&[&format!("value=\"{long}\""), "role=\"alert\"", "السبب أطول من ثلاثمئة حرف"]);
    }
    assert_eq!(layla.post(&format!("{path}/hold"), &[("why", &most)]).await.status, StatusCode::SEE_OTHER);
    let refused = layla.post(&format!("{path}/hold/lifting"), &[("why", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&[&most, &format!("value=\"{long}\""), "السبب أطول"]);
    assert_eq!(layla.post(&format!("{path}/hold/lifting"), &[("why", &most)]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_the_house_weighs_keeps_a_story_back_by_hand_and_by_the_clock() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, draft) = (paper.app.now(), paper.draft("خبر بلا مصدر"));
    let path = drafted(&paper, draft.clone()).await;
    layla.get(&path).await.assert_order(&["قبل النشر", "تنبيه", "لا اقتباس منسوب", "تمّ", "القسم"]);
    layla.get("/desk/checklist").await.assert_order(&["point-alt-text", "value=\"blocks\" selected", "point-sources"]);
    let kept = layla.post("/desk/checklist", &[("was", ""), ("sources", "blocks"), ("section", "off")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let stale = layla.post("/desk/checklist", &[("was", ""), ("sources", "off")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.assert_order(&["غيّرها زميل", "point-sources", "value=\"off\" selected"]);
    let by_hand = layla.post(&format!("{path}/publication"), &[]).await;
    assert_eq!(by_hand.status, StatusCode::UNPROCESSABLE_ENTITY);
    by_hand.assert_order(&["role=\"alert\"", "يمنع النشر", "لا اقتباس منسوب", "المصادر معروفة"]);
    // It was timed before the list was made stricter.
    paper.app.store.time_story(draft.id, (Some(now), None), Actor::Program, now).await.expect("timed");
    crate::clockwork::publish_due(&paper.app).await.expect("the clock");
    assert_eq!(paper.get("/stories/خبر-بلا-مصدر").await.status, StatusCode::NOT_FOUND);
    layla.get(&path).await.assert_order(&["ولم تُنشر", "المصادر"]);
    layla.post(&format!("{path}/checks"), &[("point", "sources"), ("met", "yes")]).await;
    layla.get(&path).await.assert_order(&["تمّ", "أكّد محرر أن المصادر معروفة", "تراجع عن التأكيد"]);
    assert_eq!(layla.post(&format!("{path}/checks"), &[("point", "alt-text")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(layla.post(&format!("{path}/publication"), &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_legal_hold_stops_publication_times_and_changes_until_it_is_lifted() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, draft) = (paper.app.now(), paper.draft("خبر أمام القضاء"));
    let path = drafted(&paper, draft.clone()).await;
    let goes = now + jiff::SignedDuration::from_hours(24);
    paper.app.store.time_story(draft.id, (Some(goes), None), Actor::Program, now).await.expect("timed");
    let bare = layla.post(&format!("{path}/hold"), &[("why", " ")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    layla.post(&format!("{path}/hold"), &[("why", "دعوى منظورة")]).await;
    let held = layla.get(&path).await;
    held.assert_order(&["موقوفة قانونيًّا", "دعوى منظورة", "ليلى", "كانت مجدولة في"]);
    assert!(!held.text.contains("حان موعدها"), "its minute has not come");
    let tomorrow = (paper.app.now() + jiff::SignedDuration::from_hours(24)).to_zoned(paper.app.paper.zone.clone());
    let tomorrow = tomorrow.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    for (act, form) in [("publication", vec![]), ("time", vec![("goes_at", tomorrow.as_str())])] {
        let got = layla.post(&format!("{path}/{act}"), &form).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        got.assert_order(&["role=\"alert\"", "دعوى منظورة"]);
    }
    let public = paper.publishes("خبر منشور").await;
    let desk = format!("/desk/stories/{}", public.id);
    layla.post(&format!("{desk}/hold"), &[("why", "دعوى")]).await;
    let change = layla.post(&format!("{desk}/changes"), &[("how", "correction"), ("correction", "كلمة")]).await;
    assert_eq!(change.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = layla.get("/desk/stories").await;
    list.assert_order(&["خبر منشور", "موقوفة قانونيًّا", "خبر أمام القضاء", "موقوفة قانونيًّا"]);
    assert_eq!(list.text.matches("موقوفة قانونيًّا").count(), 3, "once at each, and to be chosen");
    layla.post(&format!("{path}/hold/lifting"), &[("why", "رُفضت الدعوى")]).await;
    assert!(!layla.get(&path).await.text.contains("كانت مجدولة في"));
    assert_eq!(layla.post(&format!("{path}/publication"), &[]).await.status, StatusCode::SEE_OTHER);
    let empty = layla.post(&format!("{desk}/changes"), &[("how", "correction"), ("correction", " ")]).await;
    empty.assert_order(&["اكتب ما كان خطأ"]);
}

#[tokio::test]
async fn the_plan_of_a_day_shows_everybody_what_they_may_see() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let reporter = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let empty = reporter.get("/desk/plan").await;
    assert_eq!(empty.status, StatusCode::OK);
    empty.assert_order(&["خطة اليوم", "لا أحد يكتب", "لا شيء مجدول", "لا موعد تسليم", "لا شيء تحت الحظر", "لا مسوّدات"]);
    let (now, draft) = (paper.app.now(), paper.draft("خبر الغد"));
    let path = drafted(&paper, draft.clone()).await;
    let goes = now + jiff::SignedDuration::from_hours(24);
    paper.app.store.time_story(draft.id, (Some(goes), Some(goes)), Actor::Program, now).await.expect("timed");
    layla.send("POST", &format!("{path}/presence"), &[], &[("sec-fetch-site", "same-origin")]).await;
    layla.get("/desk/plan").await.assert_order(&[
        "من يعمل الآن",
        "خبر الغد",
        "ليلى",
        "لا شيء مجدول",
        "تحت الحظر",
        "خبر الغد",
    ]);
    let day = goes.to_zoned(paper.app.paper.zone.clone()).date().to_string();
    let clock = goes.to_zoned(paper.app.paper.zone.clone()).strftime("%H:%M").to_string();
    let clock = arabic::digits::write(&clock, paper.app.paper.writing.digits);
    let tomorrow = layla.get(&format!("/desk/plan?day={day}")).await;
    tomorrow.assert_order(&[&format!("value=\"{day}\""), "تُنشر بالساعة", "خبر الغد", &clock]);
    assert!(!tomorrow.text.contains("من يعمل الآن"), "nobody works tomorrow now");
    let begun = reporter.post("/desk/stories", &[]).await.header("location").to_owned();
    assert!(begun.ends_with("/edit"));
    let own = reporter.get("/desk/plan").await;
    own.assert_order(&["ما بيد كل زميل", "هدى", "بلا عنوان"]);
    assert!(!own.text.contains("خبر الغد"), "not hers to see");
    assert_eq!(layla.get("/desk/plan?day=nonsense").await.status, StatusCode::OK, "today");
    assert_eq!(paper.get("/desk/plan").await.header("location"), "/sign-in");
}

#[tokio::test]
async fn a_story_is_found_at_the_desk_by_words_and_by_what_narrows_them() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    paper.publishes("ميزانية المدينة").await;
    let draft = drafted(&paper, paper.draft("ميزانية المسرح")).await;
    let desk = layla.get("/desk/stories").await;
    desk.assert_order(&["role=\"search\"", "name=\"words\"", "<details", "name=\"state\"", "name=\"section\"", "ليلى"]);
    let both = layla.get(&format!("/desk/stories?words={}", address::encoded("الميزانيه"))).await;
    both.assert_order(&["وُجدت مادتان", "ميزانية المسرح", "ميزانية المدينة"]);
    let one = format!("/desk/stories?words={}&state=writing&section=&person=", address::encoded("ميزانية"));
    let one = layla.get(&one).await;
    one.assert_order(&[
        "<details class=\"story-filters\" open>",
        "value=\"writing\" selected",
        "وُجدت مادة واحدة",
        &draft,
    ]);
    assert!(!one.text.contains("ميزانية المدينة"));
    let state = layla.get("/desk/stories?state=published").await;
    assert!(state.text.contains("ميزانية المدينة") && !state.text.contains("ميزانية المسرح"));
    assert_eq!(paper.app.store.find_stories("المسرح", 9).await.expect("stories"), [], "not for readers");

    let person = newsroom::StaffId(7).short();
    let none = format!("/desk/stories?words={}&state=killed&person={person}", address::encoded("<قطار>"));
    let none = layla.get(&none).await;
    none.assert_order(&["لا مادة بهذا الوصف", "&#60;قطار&#62;", "الحال", "ملغاة"]);
    assert!(none.text.contains("href=\"/desk/stories\">كل المواد"), "and on to everything");
    assert!(!none.text.contains("midad import"), "there are stories");
    let beyond = layla.get(&format!("/desk/stories?before=0.{}", newsroom::StoryId(1))).await;
    beyond.assert_order(&["لا مواد أقدم", "كل المواد"]);
}

#[tokio::test]
async fn the_search_goes_on_with_what_was_asked() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    for n in 0..42 {
        drafted(&paper, paper.draft(&format!("ترام {n}"))).await;
    }
    for asked in [format!("words={}", address::encoded("الترام")), "state=writing".to_owned(), String::new()] {
        let first = layla.get(&format!("/desk/stories?{asked}")).await;
        assert_eq!(first.text.matches("<li>\n<a href=\"/desk/stories/").count(), 40, "{asked}");
        let next = first.text.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        let next = next.expect("a next page").replace("&#38;", "&");
        assert!(next.contains(&asked), "{next}");
        let rest = layla.get(&next).await;
        assert_eq!(rest.text.matches("<li>\n<a href=\"/desk/stories/").count(), 2, "{next}");
        assert!(!rest.text.contains("rel=\"next\""), "{next}");
    }
}

#[tokio::test]
async fn a_pasted_address_leads_to_its_story_at_the_desk() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خط الترام").await;
    let desk = format!("/desk/stories/{}", story.id);
    let public = address::story(&story.slug);
    let typed = [
        format!("https://paper.example{public}?from=mail#comments"),
        format!("  {public} "),
        format!("paper.example/stories/{}", story.slug),
        format!("https://paper.example/s/{}", story.id.short()),
        format!("/s/{}", story.id.short()),
        format!("https://paper.example{desk}/edit"),
    ];
    for typed in &typed {
        let led = layla.get(&format!("/desk/stories?words={}", address::encoded(typed))).await;
        assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, desk.as_str()), "{typed}");
    }
    let nowhere = layla.get(&format!("/desk/stories?words={}", address::encoded("/stories/none"))).await;
    assert_eq!(nowhere.status, StatusCode::OK);
    nowhere.assert_order(&["لا مادة بهذا الوصف", "/stories/none"]);
    let huda = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let not_hers = huda.get(&format!("/desk/stories?words={}", address::encoded(&public))).await;
    assert_eq!(not_hers.status, StatusCode::OK, "she may not open it");
    let words = huda.get(&format!("/desk/stories?words={}", address::encoded("الترام"))).await;
    words.assert_order(&["لا مادة بهذا الوصف"]);
    assert!(!words.text.contains("name=\"person\""), "she sees her own alone");
}

#[tokio::test]
async fn a_plain_page_is_added_removed_and_put_back() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let form = [("title", "حق الرد"), ("slug", ""), ("text", "راسلونا على العنوان.")];
    let added = layla.post("/desk/pages", &form).await;
    let public = address::page("حق-الرد");
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, public.as_str()));
    paper.get(&public).await.assert_order(&["<h1>حق الرد</h1>", "راسلونا"]);
    assert!(paper.get("/").await.text.contains(&public), "the foot leads to it");
    let again = layla.post("/desk/pages", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.assert_order(&["role=\"alert\"", "صفحة أخرى", "value=\"حق الرد\"", "راسلونا"]);
    let wrong = layla.post("/desk/pages", &[("title", "؟"), ("slug", "About Us"), ("text", "")]).await;
    wrong.assert_order(&["role=\"alert\"", "بلا نص", "about-us", "value=\"About Us\""]);
    let wrong = layla.post("/desk/pages", &[("title", "؟!"), ("text", "نص")]).await;
    wrong.assert_order(&["role=\"alert\"", "لا حرف في العنوان"]);

    let desk = format!("/desk/pages/{}", address::encoded("حق-الرد"));
    layla.get(&desk).await.assert_order(&["أزل الصفحة", "name=\"sure\""]);
    let slip = layla.post(&format!("{desk}/removal"), &[]).await;
    assert_eq!(slip.status, StatusCode::BAD_REQUEST);
    let purged = paper.app.page_cache.watch();
    let removed = layla.post(&format!("{desk}/removal"), &[("sure", "yes")]).await;
    assert_eq!((removed.status, removed.header("location")), (StatusCode::SEE_OTHER, "/desk/pages"));
    assert!(purged.try_iter().flatten().any(|tag| tag == crate::page_cache::Tag::Frame));
    let gone = paper.get(&public).await;
    assert_eq!(gone.status, StatusCode::GONE);
    gone.assert_order(&["أُزيلت هذه الصفحة"]);
    assert!(!paper.get("/").await.text.contains(&public), "no menu leads to it");
    assert_eq!(paper.get("/pages/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(layla.get(&desk).await.status, StatusCode::NOT_FOUND);
    layla.get("/desk/pages").await.assert_order(&["صفحات أُزيلت", "حق الرد", &format!("{desk}/return")]);
    assert_eq!(layla.post(&format!("{desk}/return"), &[]).await.status, StatusCode::SEE_OTHER);
    paper.get(&public).await.assert_order(&["<h1>حق الرد</h1>", "راسلونا"]);
}

#[tokio::test]
async fn whoever_removes_a_page_is_told_of_the_menu_that_leads_to_it_and_the_house_rules_stay() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    for (slug, title) in [("house-rules", "قواعد التعليق"), ("about", "من نحن")] {
        let text = newsroom::page::PageText::new(title, "نص.").expect("a page");
        let slug = newsroom::slug::Slug::of(slug).expect("a slug");
        paper.app.store.put_page(&slug, &text, Actor::Program, paper.app.now()).await.expect("a page");
    }
    assert!(!layla.get("/desk/pages/about").await.text.contains("سطر يقود إليها"));
    let menu = [("f0-label", ""), ("f0-target", "page:about"), ("f0-to", ""), ("f0-column", "0")];
    assert_eq!(layla.post("/desk/site", &menu).await.status, StatusCode::SEE_OTHER);
    layla.get("/desk/pages/about").await.assert_order(&["أزل الصفحة", "سطر يقود إليها", "href=\"/desk/site\"", "sure"]);
    let rules = layla.get("/desk/pages/house-rules").await;
    rules.assert_order(&["أزل الصفحة", "فلا تُزال"]);
    assert!(!rules.text.contains("name=\"sure\""));
    for led_to in ["house-rules", "contact"] {
        let never = layla.post(&format!("/desk/pages/{led_to}/removal"), &[("sure", "yes")]).await;
        assert_eq!(never.status, StatusCode::BAD_REQUEST, "{led_to}");
    }
    assert_eq!(paper.get("/pages/house-rules").await.status, StatusCode::OK);
}

/// The short id of a colleague, by name.
async fn id_of(paper: &OpenPaper, name: &str) -> String {
    let staff = paper.app.store.staff_at_work().await.expect("staff");
    staff.iter().find(|one| one.name == name).expect("a colleague").id.short()
}

#[tokio::test]
async fn an_idea_is_given_to_a_colleague_who_begins_to_write_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let huda = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    layla.get("/desk/stories").await.assert_order(&["href=\"/desk/ideas\"", "فكرة جديدة"]);
    layla.get("/desk/plan").await.assert_order(&["href=\"/desk/ideas\"", "لا أفكار تنتظر من يكتبها"]);
    layla.get("/desk/ideas").await.assert_order(&[
        "name=\"headline\"",
        "name=\"about\"",
        "المدينة",
        "هدى",
        "name=\"due\"",
    ]);
    let (section, to) = (newsroom::SectionId(1).short(), id_of(&paper, "هدى").await);
    let due = (paper.app.now() + jiff::SignedDuration::from_hours(24)).to_zoned(paper.app.paper.zone.clone());
    let due = due.strftime("%Y-%m-%dT%H:%M").to_string();
    let mut form = vec![("headline", "مدارس بلا ماء"), ("about", "اسألي البلدية عن الصهاريج."), ("due", due.as_str())];
    form.extend([("section", section.as_str()), ("to", to.as_str())]);
    let kept = layla.post("/desk/ideas", &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let desk = kept.header("location").to_owned();
    let page = layla.get(&desk).await;
    page.assert_order(&["state-assigned\">مُسندة", "هدى", "ابدأ الكتابة", "إلغاء المادة", "اسألي البلدية عن الصهاريج."]);
    assert!(!page.text.contains("/publication") && !page.text.contains("class=\"checks\""), "nothing to publish yet");
    layla.get("/desk/plan").await.assert_order(&["أفكار لم يُبدأ بها", "مدارس بلا ماء", "مُسندة", "هدى"]);
    huda.get("/desk/stories").await.assert_order(&["مدارس بلا ماء", "مُسندة"]);
    let given = layla.get("/desk/stories?state=assigned").await;
    given.assert_order(&["value=\"assigned\" selected>مُسندة", "value=\"corrected\">مصوَّبة", "مدارس بلا ماء"]);
    assert!(!layla.get("/desk/stories?state=idea").await.text.contains("مدارس بلا ماء"), "somebody has it");
    let begun = huda.post(&format!("{desk}/stage"), &[("from", "idea"), ("to", "writing")]).await;
    assert_eq!(begun.header("location"), format!("{desk}/edit"));
    let written = huda.get(begun.header("location")).await;
    written.assert_order(&["مدارس بلا ماء", "name=\"bylines\"", "هدى</textarea>", "اسألي البلدية عن الصهاريج."]);
    let begun = layla.get(&desk).await;
    begun.assert_order(&["state-writing\">مسودة", "هدى"]);
    assert!(begun.text.contains("قبل النشر"));
    layla.get("/desk/plan").await.assert_order(&["لا أفكار تنتظر", "ما بيد كل زميل", "مدارس بلا ماء", "مسودة"]);
}

#[tokio::test]
async fn an_idea_becomes_a_draft_with_its_first_words_in_the_hands_of_whoever_wrote_them() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::SubEditor).await;
    let kept = layla.post("/desk/ideas", &[("headline", "ميناء جديد")]).await;
    let desk = kept.header("location").to_owned();
    layla.get(&desk).await.assert_order(&["state-idea\">فكرة", "<details open><summary>إسناد المادة"]);
    let mut form = vec![("version", "0"), ("headline", "ميناء ثان"), ("text", "")];
    layla.post(&format!("{desk}/text"), &form).await;
    layla.get(&desk).await.assert_order(&["state-idea\">فكرة", "ميناء ثان"]);
    form = vec![("version", "1"), ("headline", "ميناء ثان"), ("text", "بدأ العمل فيه.")];
    layla.get("/desk/stories").await.assert_order(&["ميناء ثان", "ليلى"]);
    assert_eq!(salma.post(&format!("{desk}/text"), &form).await.status, StatusCode::SEE_OTHER);
    salma.get(&desk).await.assert_order(&["state-writing\">مسودة", "لدى", "سلمى", "بدأ العمل فيه."]);
    let again = salma.post(&format!("{desk}/stage"), &[("from", "idea"), ("to", "writing")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it is no idea any more");
}

#[tokio::test]
async fn a_reporter_has_ideas_for_herself_and_what_is_wrong_comes_back_as_typed() {
    let paper = OpenPaper::open().await;
    let huda = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let form = huda.get("/desk/ideas").await;
    assert!(form.text.contains("هدى</option>") && !form.text.contains("ليلى</option>"));
    let (other, own) = (id_of(&paper, "ليلى").await, id_of(&paper, "هدى").await);
    let long = "س".repeat(301);
    for (field, typed, said) in [
        ("headline", " ", "اكتب عنوانًا للفكرة"),
        ("headline", long.as_str(), "أطول من ثلاثمئة حرف"),
        ("section", "zzz", "اختر قسمًا من أقسامك"),
        ("to", other.as_str(), "اختر زميلًا آخر"),
        ("due", "2020-01-01T10:00", "role=\"alert\""),
        ("due", "غدًا", "role=\"alert\""),
    ] {
        let fields = [("headline", "الحدائق"), ("about", "كم شجرة؟"), ("section", ""), ("to", ""), ("due", "")];
        let fields = fields.map(|(name, value)| (name, if name == field { typed } else { value }));
        let refused = huda.post("/desk/ideas", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        refused.assert_order(&["كم شجرة؟"]);
        assert!(refused.text.contains(said), "{said}");
        if ["headline", "due"].contains(&field) {
            assert!(refused.text.contains(&format!("value=\"{typed}\"")), "{field} {typed}");
        }
    }
    let kept = huda.post("/desk/ideas", &[("headline", "الحدائق"), ("to", &own)]).await;
    let desk = kept.header("location").to_owned();
    huda.get(&desk).await.assert_order(&["مُسندة", "هدى", "ابدأ الكتابة"]);
    let kill = [("from", "idea"), ("to", "killed"), ("why", "كُتبت قبل شهر")];
    assert_eq!(huda.post(&format!("{desk}/stage"), &kill).await.status, StatusCode::FORBIDDEN);
    let bare = layla.post(&format!("{desk}/stage"), &kill[..2]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(layla.post(&format!("{desk}/stage"), &kill).await.status, StatusCode::SEE_OTHER);
    huda.get(&desk).await.assert_order(&["ملغاة", "كُتبت قبل شهر"]);
    assert!(!layla.get("/desk/plan").await.text.contains("الحدائق"));
}

#[tokio::test]
async fn reporters_see_ideas_that_nobody_was_given_and_the_first_to_take_one_has_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let huda = Browser::of_staff(&paper, "هدى", Role::Reporter).await;
    let karim = Browser::of_staff(&paper, "كريم", Role::Reporter).await;
    let section = newsroom::SectionId(1).short();
    let form = [("headline", "سوق الجمعة"), ("about", "من يبيع فيه؟"), ("section", section.as_str())];
    let desk = layla.post("/desk/ideas", &form).await.header("location").to_owned();
    let take = format!("{desk}/taking");
    for page in ["/desk/ideas", "/desk/plan"] {
        huda.get(page).await.assert_order(&["أفكار لم يُبدأ بها", "سوق الجمعة", "فكرة", &take, "آخذها أنا"]);
    }
    huda.get(&desk).await.assert_order(&["state-idea\">فكرة", &take, "آخذها أنا", "ابدأ الكتابة", "من يبيع فيه؟"]);
    assert_eq!(huda.get(&format!("{desk}/edit")).await.status, StatusCode::FORBIDDEN, "it is not hers to write yet");
    let taken = huda.post(&take, &[]).await;
    assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, desk.as_str()));
    let hers = huda.get(&desk).await;
    hers.assert_order(&["state-assigned\">مُسندة", "لدى", "هدى", "ابدأ الكتابة"]);
    assert!(!hers.text.contains("آخذها أنا"));
    assert_eq!(karim.post(&take, &[]).await.status, StatusCode::CONFLICT, "somebody was faster");
    assert_eq!(karim.get(&desk).await.status, StatusCode::FORBIDDEN);
    assert!(!karim.get("/desk/ideas").await.text.contains("سوق الجمعة"));
    layla.get("/desk/ideas").await.assert_order(&["أفكار لم يُبدأ بها", "سوق الجمعة", "مُسندة", "هدى"]);
}

#[tokio::test]
async fn a_preview_has_the_pictures_words_the_place_and_the_corrections_as_readers_have_them() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes_everything().await;
    let desk = format!("/desk/stories/{}", story.id);
    assert!(!layla.get(&desk).await.text.contains("state-corrected"));
    layla.post(&format!("{desk}/changes"), &[("how", "correction"), ("correction", "الطول سبعة كيلومترات.")]).await;
    let day = crate::layout::Frame::bare(&paper.app, paper.app.now()).date(story.published_at);
    layla.get(&desk).await.assert_order(&[
        "منشورة",
        "state-corrected\">مصوَّبة",
        "<article class=\"story preview\">",
        "<figcaption",
        "أول عربة",
        "سامي الدرّاز",
        "مرسى الياسمين",
        &day,
        "آخر تحديث",
        "تصويبات",
        "الطول سبعة كيلومترات.",
        "<div class=\"body\"",
    ]);
    layla.get("/desk/stories").await.assert_order(&["خط الترام", "منشورة", "state-corrected\">مصوَّبة"]);
    layla.post(&format!("{desk}/withdrawal"), &[("note", "سهو"), ("sure", "yes")]).await;
    assert!(!layla.get("/desk/stories").await.text.contains("state-corrected"), "readers have it no more");
    assert!(!layla.get(&desk).await.text.contains("state-corrected"));
}
