//! Breaking news, from the desk to every page.

use crate::clockwork::end_strips;
use crate::layout::address;
use crate::page_cache::Tag;
use crate::routes::router;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use jiff::SignedDuration;
use newsroom::breaking::NewStrip;
use newsroom::people::Role;
use newsroom::{SectionId, Timestamp};
use std::time::Duration;
use tower::ServiceExt;

const DESK: &str = "/desk/breaking";
const LINE: &str = "توقف <الترام> عند المرفأ";
const SHOWN: &str = "توقف &#60;الترام&#62; عند المرفأ";

/// The value of a hidden field, as the page has it first.
fn field(got: &Got, name: &str) -> String {
    let after = got.text.split(&format!("name=\"{name}\" value=\"")).nth(1).expect(name);
    after.split('"').next().expect("a value").to_owned()
}

async fn raises(layla: &Browser<'_>, text: &str, story: &str) -> Got {
    let seen = field(&layla.get(DESK).await, "seen");
    let form = [("act", "raise"), ("seen", &seen), ("text", text), ("story", story), ("stands", "hour")];
    layla.post(DESK, &form).await
}

/// An open page: what it is told.
async fn opens(paper: &OpenPaper, path: &str) -> BodyDataStream {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let answer = router(paper.app.clone()).oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    answer.into_body().into_data_stream()
}

/// What an open page is told until it hears some words.
async fn until_told(stream: &mut BodyDataStream, words: &str) -> String {
    let mut told = String::new();
    while !told.contains(words) {
        let next = tokio::time::timeout(Duration::from_secs(20), stream.next()).await;
        let frame = next.unwrap_or_else(|_| panic!("«{words}» is not among {told}"));
        told.push_str(&String::from_utf8_lossy(&frame.expect("more").expect("bytes")));
    }
    told
}

#[tokio::test]
async fn an_editor_sees_the_strip_first_raises_it_over_every_page_and_ends_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes_everything().await;
    let path = address::story(&story.slug);
    layla.get(DESK).await.assert_order(&["<h1>عاجل</h1>", "لا شريط عاجل الآن", "لا يزيد على 120 حرفًا."]);
    let form = [("act", "look"), ("text", LINE), ("story", &story.id.short()), ("stands", "hour")];
    let looked = layla.post(DESK, &form).await;
    assert_eq!(looked.status, StatusCode::OK);
    looked.assert_order(&["كما يراه القراء", "breaking-line", &path, SHOWN, "يبقى إلى", "ارفعه على كل الصفحات"]);
    assert!(!paper.get("/").await.text.contains("breaking-line"), "nobody has it yet");

    let purged = paper.app.page_cache.watch();
    let raised = raises(&layla, LINE, &story.id.short()).await;
    assert_eq!(raised.header("location"), "/desk/breaking?done=raised");
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Frame), "every page is made anew");
    for page in ["/", "/sections/city", "/archive", &path, "/how-we-review", "/me"] {
        paper.get(page).await.assert_order(&["</nav>", "role=\"status\"", &path, SHOWN, "</header>"]);
    }
    let desk = layla.get("/desk/breaking?done=raised").await;
    desk.assert_order(&["رُفع الشريط", "ما عند القراء الآن", SHOWN, "ليلى", "أنهِه الآن"]);
    assert!(!desk.text.contains("breaking-line"), "the desk has no strip");

    let end = desk.text.split("/end\"").next().expect("a form").rsplit("action=\"").next().expect("an address");
    let ended = layla.post(&format!("{end}/end"), &[]).await;
    assert_eq!(ended.header("location"), "/desk/breaking?done=ended");
    assert!(purged.try_iter().flatten().any(|tag| tag == Tag::Frame));
    assert!(!paper.get("/").await.text.contains("breaking-line"));
    layla.get(DESK).await.assert_order(&["لا شريط عاجل الآن", "ما سبق", SHOWN, "أنهاه", "ليلى"]);
    assert_eq!(layla.post(&format!("{end}/end"), &[]).await.status, StatusCode::SEE_OTHER, "pressed twice");
}

#[tokio::test]
async fn a_public_story_becomes_breaking_news_by_its_headline() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (story, draft) = (paper.publishes("افتتاح محطة المرفأ").await, paper.draft("سر لم يُنشر"));
    paper.app.store.keep_draft(&draft, newsroom::people::Actor::Program, paper.app.now()).await.expect("kept");
    let link = format!("/desk/breaking?story={}", story.id);
    layla.get(&format!("/desk/stories/{}", story.id)).await.assert_order(&[&link, "اجعلها عاجلًا"]);
    let ready = layla.get(&link).await;
    ready.assert_order(&["كما يراه القراء", "افتتاح محطة المرفأ", "ارفعه على كل الصفحات"]);
    let (text, chosen) = (field(&ready, "text"), field(&ready, "story"));
    raises(&layla, &text, &chosen).await;
    paper.get("/archive").await.assert_order(&["breaking-line", &address::story(&story.slug), "افتتاح محطة المرفأ"]);
    let unready = layla.get(&format!("/desk/breaking?story={}", draft.id)).await;
    assert!(!unready.text.contains("breaking-line"), "what is not public is not offered");
    let withdrawn = story.withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, newsroom::people::Actor::Program, "").await.expect("gone");
    let page = paper.get("/archive").await;
    page.assert_order(&["breaking-line", "<span dir=\"auto\">افتتاح محطة المرفأ</span>"]);
}

#[tokio::test]
async fn what_is_wrong_comes_back_with_what_was_typed() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let long = "ط".repeat(123);
    let zoned = |at: Timestamp| at.to_zoned(paper.app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let now = paper.app.now();
    let (past, far) = (zoned(now - SignedDuration::from_hours(1)), zoned(now + SignedDuration::from_hours(26)));
    for (text, until, why) in [
        ("", "", "اكتب سطر العاجل"),
        (&*long, "", "أطول مما ينبغي بـ3 أحرف"),
        ("خبر", "غدًا", "اكتب يومًا ووقتًا"),
        ("خبر", &*past, "مضى هذا الوقت"),
        ("خبر", &*far, "لا يبقى الشريط أكثر من يوم"),
    ] {
        let form = [("act", "raise"), ("text", text), ("stands", "until"), ("until", until)];
        let refused = layla.post(DESK, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(refused.text.contains(why), "{why}: {}", refused.text);
        refused.assert_order(&[&format!("value=\"{text}\""), &format!("value=\"{until}\"")]);
    }
    assert_eq!(paper.app.store.standing_strip(now).await.expect("read"), None);
    let soon = zoned(now + SignedDuration::from_hours(2));
    let form = [("act", "raise"), ("text", "خبر"), ("stands", "until"), ("until", &*soon)];
    assert_eq!(layla.post(DESK, &form).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_replaces_a_strip_that_they_have_not_seen_and_a_press_counts_once() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let karim = Browser::of_staff(&paper, "كريم", Role::Editor).await;
    raises(&layla, "شريط ليلى", "").await;
    let form = [("act", "raise"), ("seen", ""), ("text", "شريط كريم"), ("stands", "hour")];
    let late = karim.post(DESK, &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.assert_order(&["تغيّر ما عند القراء", "شريط ليلى", "كما يراه القراء", "شريط كريم", "يحلّ محلّ"]);
    let again = [("act", "raise"), ("seen", &field(&late, "seen")), ("text", "شريط كريم"), ("stands", "hour")];
    for _ in 0..2 {
        assert_eq!(karim.post(DESK, &again).await.header("location"), "/desk/breaking?done=raised");
    }
    let longer = [&again[..3], &[("stands", "three-hours")]].concat();
    assert_eq!(karim.post(DESK, &longer).await.status, StatusCode::CONFLICT, "the same words for longer are not it");
    assert_eq!(paper.app.store.strips(None, 9).await.expect("read").len(), 2);
    let page = paper.get("/").await.text;
    assert!(page.contains("شريط كريم") && !page.contains("شريط ليلى"));
    let bound = Browser::new(&paper);
    bound.signs_in(Role::Editor, &[SectionId(2)], paper.app.now()).await;
    let page = bound.get(DESK).await;
    page.assert_order(&["شريط كريم", "محرر يعمل للجريدة كلها"]);
    assert!(!page.text.contains("أنهِه الآن") && !page.text.contains("ارفعه"));
}

#[tokio::test]
async fn open_pages_get_the_strip_and_lose_it_at_its_end() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خبر مفتوح").await;
    let mut front = opens(&paper, "/live").await;
    let mut at_story = opens(&paper, &format!("{}/live", address::story(&story.slug))).await;
    for page in [&mut front, &mut at_story] {
        assert!(until_told(page, "event: strip").await.contains(r#"{"html":""}"#), "none stands");
    }
    raises(&layla, LINE, "").await;
    for page in [&mut front, &mut at_story] {
        assert!(until_told(page, "breaking-line").await.contains("event: strip"));
    }
    until_told(&mut opens(&paper, "/live").await, "breaking-line").await;
    let strip = paper.app.store.standing_strip(paper.app.now()).await.expect("read").expect("a strip");
    layla.post(&format!("/desk/breaking/{}/end", strip.id), &[]).await;
    for page in [&mut front, &mut at_story] {
        until_told(page, r#"{"html":""}"#).await;
    }
}

#[tokio::test]
async fn a_strip_ends_by_itself_once_and_open_pages_are_told() {
    let paper = OpenPaper::open().await;
    let staff = paper.app.store.add_staff("سلمى", Role::Editor, paper.app.now()).await.expect("added");
    let begun = paper.app.now() - SignedDuration::from_mins(20);
    let new = NewStrip { text: LINE.to_owned(), story: None, until: begun + SignedDuration::from_mins(15) };
    paper.app.store.raise_strip(&new, None, staff.id, begun).await.expect("raised");
    assert!(!paper.get("/").await.text.contains("breaking-line"), "its time is over, whatever the clock does");
    let mut open_page = paper.app.hub.listen_to_paper().expect("a seat").split().0;
    let purged = paper.app.page_cache.watch();
    end_strips(&paper.app).await.expect("the clock");
    end_strips(&paper.app).await.expect("the clock");
    assert_eq!(purged.try_iter().flatten().filter(|tag| *tag == Tag::Frame).count(), 1, "once");
    let told = open_page.try_recv().expect("told");
    assert_eq!(told, crate::live::Told::Strip { html: String::new() });
    assert!(open_page.try_recv().is_err(), "once");
}
