//! How a reader stands, and what a measure means to the reader.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;
use newsroom::story::Published;
use newsroom::{CommentId, Timestamp, VisitorId};

/// A story, a reader with a released comment, a moderator, and the address of the reader's record.
async fn open() -> (OpenPaper, Published) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    (paper, story)
}

async fn record_of(paper: &OpenPaper, story: &Published, comment: CommentId) -> (VisitorId, String) {
    let visitor = paper.app.store.author_of(story.id, comment).await.expect("an author");
    (visitor, format!("/desk/visitors/{visitor}"))
}

fn comments(story: &Published) -> String {
    format!("{}/comments", address::story(&story.slug))
}

#[tokio::test]
async fn the_record_shows_what_was_done_and_written_and_the_card_leads_there() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let first = huda.comments(&story, "هدى", "المحطة جميلة.").await;
    let second = huda.comments(&story, "أم كريم", "أين الموقف؟").await;
    Browser::new(&paper).comments(&story, "هدى", "ليس كلامها.").await;
    salma.rules(&story, first, "release", "").await;
    salma.rules(&story, second, "refuse", "off-topic").await;
    let (_, record) = record_of(&paper, &story, first).await;
    let link = format!("/desk/comments/{}/{first}/visitor", story.id);
    assert!(salma.get("/desk/log").await.text.contains(&link), "the log leads there");
    assert_eq!(salma.get(&link).await.header("location"), record);
    salma.post(&format!("{record}/notes"), &[("text", "تسأل عن المواقف")]).await;
    let page = salma.get(&record).await;
    page.assert_order(&[
        "نُشر له تعليق",
        "رُفض له تعليق",
        "أم كريم",
        "هدى",
        "تسأل عن المواقف",
        "أين الموقف",
        "المحطة جميلة",
    ]);
    assert!(!page.text.contains("ليس كلامها"), "the same name is not the same person");
    assert!(!huda.get("/me").await.text.contains("تسأل عن المواقف"));
}

#[tokio::test]
async fn a_paused_reader_is_told_why_and_until_when_and_loses_no_word() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "المحطة جميلة.").await;
    let (visitor, record) = record_of(&paper, &story, comment).await;
    let form = [("kind", "pause"), ("days", "3"), ("why", "تكرار الشتائم")];
    assert_eq!(salma.post(&format!("{record}/measures"), &form).await.header("location"), record);
    let sent = [("name", "هدى"), ("text", "كلام طويل لا يضيع")];
    for got in [huda.post(&comments(&story), &sent).await, huda.post_by_script(&comments(&story), &sent).await] {
        assert_eq!((got.status, got.header("cache-control")), (StatusCode::FORBIDDEN, "private, no-store"));
        got.assert_order(&["أوقف المشرفون التعليق", "حتى", "تكرار الشتائم", "كلام طويل لا يضيع"]);
        assert!(!got.text.contains("سلمى"), "who decided is nobody's business");
    }
    let edit = format!("{}/own/{comment}/edit", address::story(&story.slug));
    assert_eq!(huda.post(&edit, &sent).await.status, StatusCode::FORBIDDEN);
    let page = huda.get(&address::story(&story.slug)).await;
    assert!(page.text.contains("تكرار الشتائم") && !page.text.contains("id=\"comment-form\""));
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert!(huda.get("/me").await.text.contains("تكرار الشتائم"));
    let other = Browser::new(&paper).get(&address::story(&story.slug)).await;
    assert!(other.text.contains("id=\"comment-form\"") && !other.text.contains("الشتائم"), "nobody else knows");
    let measure = paper.app.store.measures_of(visitor).await.expect("measures").remove(0).measure.id;
    let lift = [("visitor", visitor.short()), ("why", "اعتذرت".to_owned())];
    let lift: Vec<(&str, &str)> = lift.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(salma.post(&format!("/desk/measures/{measure}/lifting"), &lift).await.status, StatusCode::SEE_OTHER);
    assert_eq!(salma.post(&format!("/desk/measures/{measure}/lifting"), &lift).await.status, StatusCode::CONFLICT);
    huda.comments(&story, "هدى", "عدت.").await;
    salma.get(&record).await.assert_order(&["إيقاف مؤقت", "تكرار الشتائم", "رفعه", "سلمى"]);
}

#[tokio::test]
async fn a_warning_is_acknowledged_before_the_next_comment_and_then_holds_no_more() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "المحطة جميلة.").await;
    let (visitor, record) = record_of(&paper, &story, comment).await;
    salma.post(&format!("{record}/measures"), &[("kind", "warn"), ("why", "لا تنشر أرقام الهواتف")]).await;
    let sent = [("name", "هدى"), ("text", "كلام جديد")];
    let got = huda.post_by_script(&comments(&story), &sent).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.starts_with("<form"), "the page's script puts it in the form's place");
    got.assert_order(&["لا تنشر أرقام الهواتف", "name=\"warned\"", "كلام جديد"]);
    assert!(!got.text.contains("name=\"warned\" value=\"\""));
    let page = huda.get(&address::story(&story.slug)).await;
    page.assert_order(&["id=\"comment-form\"", "لا تنشر أرقام الهواتف"]);
    let warning = paper.app.store.measures_of(visitor).await.expect("measures").remove(0).measure.id.short();
    let read = [("name", "هدى"), ("text", "كلام جديد"), ("warned", warning.as_str())];
    assert_eq!(huda.post(&comments(&story), &read).await.status, StatusCode::SEE_OTHER);
    assert_eq!(huda.post_by_script(&comments(&story), &sent).await.status, StatusCode::CREATED);
    assert!(salma.get(&record).await.text.contains("أقرّ القارئ بقراءته"));
}

#[tokio::test]
async fn a_measure_needs_a_reason_and_a_pause_an_end_and_what_was_typed_comes_back() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "المحطة جميلة.").await;
    let (visitor, record) = record_of(&paper, &story, comment).await;
    let measures = format!("{record}/measures");
    let got = salma.post(&measures, &[("kind", "pause"), ("days", ""), ("why", "تكرار")]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains("value=\"تكرار\"") && got.text.contains("للإيقاف المؤقت مدة"));
    let got = salma.post(&measures, &[("kind", "ban"), ("why", "  ")]).await;
    assert!(got.text.contains("اكتب السبب"));
    assert_eq!(salma.post(&measures, &[("kind", "exile"), ("why", "x")]).await.status, StatusCode::BAD_REQUEST);
    assert!(paper.app.store.measures_of(visitor).await.expect("measures").is_empty());
    let nobody = format!("/desk/visitors/{}/measures", VisitorId(7));
    assert_eq!(salma.post(&nobody, &[("kind", "ban"), ("why", "x")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_clock_ends_a_pause() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "المحطة جميلة.").await;
    let (_, record) = record_of(&paper, &story, comment).await;
    salma.post(&format!("{record}/measures"), &[("kind", "pause"), ("days", "1"), ("why", "تكرار")]).await;
    let later = Timestamp::from_second(paper.app.now().as_second() + 2 * 86_400).expect("a time");
    assert_eq!(paper.app.store.end_measures(later).await.expect("ended").len(), 1);
    huda.comments(&story, "هدى", "عدت.").await;
    assert!(salma.get(&record).await.text.contains("انتهى"));
}

#[tokio::test]
async fn whoever_is_bound_to_sections_measures_readers_who_comment_there_and_bans_nobody() {
    let (paper, story) = open().await;
    let huda = Browser::new(&paper);
    let comment = huda.comments(&story, "هدى", "المحطة جميلة.").await;
    let (visitor, record) = record_of(&paper, &story, comment).await;
    let (here, elsewhere) = (Browser::new(&paper), Browser::new(&paper));
    here.signs_in(Role::Moderator, &[newsroom::SectionId(1)], paper.app.now()).await;
    elsewhere.signs_in(Role::Moderator, &[newsroom::SectionId(2)], paper.app.now()).await;
    let measures = format!("{record}/measures");
    let (warn, ban) = ([("kind", "warn"), ("why", "تكرار")], [("kind", "ban"), ("why", "تكرار")]);
    for form in [warn, ban] {
        assert_eq!(elsewhere.post(&measures, &form).await.status, StatusCode::FORBIDDEN);
    }
    assert!(elsewhere.get(&record).await.text.contains("لم يعلّق هذا القارئ في أقسامك"));
    assert_eq!(here.post(&measures, &ban).await.status, StatusCode::FORBIDDEN);
    assert!(!here.get(&record).await.text.contains("value=\"ban\""));
    assert_eq!(here.post(&measures, &warn).await.status, StatusCode::SEE_OTHER);
    let (editor, owner) = (Browser::new(&paper), Browser::of_staff(&paper, "نادية", Role::Owner).await);
    editor.signs_in(Role::Editor, &[newsroom::SectionId(1)], paper.app.now()).await;
    assert_eq!(editor.post(&measures, &ban).await.status, StatusCode::SEE_OTHER, "an editor there does");
    let taken = paper.app.store.measures_of(visitor).await.expect("measures").remove(0).measure;
    let lift = [("visitor", visitor.short()), ("why", String::new())];
    let lift: Vec<(&str, &str)> = lift.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let lifting = format!("/desk/measures/{}/lifting", taken.id);
    assert_eq!(here.post(&lifting, &lift).await.status, StatusCode::FORBIDDEN, "nor takes a ban back");
    assert_eq!(owner.post(&lifting, &lift).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_shares_a_network_is_shown_without_the_address_and_never_as_the_same_person() {
    let paper = OpenPaper::open_as(crate::paper::Paper { behind_proxy: true, ..Default::default() }).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let sends = async |name: &'static str, from: &'static str| {
        let form = [("name", name), ("text", "كلام عن المحطة."), ("reply_to", "")];
        let headers = [("sec-fetch-site", "same-origin"), ("x-forwarded-for", from)];
        let browser = Browser::new(&paper);
        let got = browser.send("POST", &comments(&story), &form, &headers).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER);
    };
    // One household of IPv6 is its /64.
    sends("هدى", "2001:db8:7:8::1").await;
    sends("كريم", "2001:db8:7:8:ffff::2").await;
    sends("رنا", "2001:db8:7:9::1").await;
    sends("منى", "198.51.100.7").await;
    let queue = paper.app.store.queue(store::queue::Queue::Waiting, None, 10).await.expect("a queue");
    let waiting = queue.iter().find(|entry| entry.name == "هدى").expect("a comment").comment;
    let (visitor, record) = record_of(&paper, &story, waiting).await;
    let page = salma.post(&format!("{record}/network"), &[]).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "private, no-store"));
    page.assert_order(&["ليست الشخص نفسه", "جهاز آخر واحد", "كريم", "من اطّلع", "سلمى"]);
    assert!(!page.text.contains("رنا") && !page.text.contains("منى"));
    for trace in ["2001:db8", "198.51.100"] {
        assert!(!page.text.contains(trace));
        let rows = paper.app.store.table_rows("happenings", None, 500).await.expect("rows");
        assert!(rows.iter().all(|row| !serde_json::Value::Object(row.clone()).to_string().contains(trace)));
        let raw = std::fs::read(paper.folder.join("midad.db-wal")).unwrap_or_default();
        let file = std::fs::read(paper.folder.join("midad.db")).unwrap_or_default();
        assert!([raw, file].iter().all(|bytes| !String::from_utf8_lossy(bytes).contains(trace)), "written nowhere");
    }
    assert_eq!(paper.app.store.network_looks(visitor, 5).await.expect("looks").len(), 1);
}
