//! A reader's own page.

use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn a_reader_finds_every_comment_of_this_device_with_what_became_of_it_and_why() {
    let paper = OpenPaper::open().await;
    let (tram, quay) = (paper.publishes("افتتاح محطة المرفأ").await, paper.publishes("سوق الرصيف").await);
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let refused = huda.comments(&tram, "هدى", "كلام بعيد عن الخبر.").await;
    let public = huda.comments(&quay, "هدى", "السوق جميل.").await;
    huda.comments(&quay, "هدى", "وهذا ينتظر.").await;
    salma.rules(&tram, refused, "refuse", "off-topic").await;
    salma.rules(&quay, public, "release", "").await;
    let page = huda.get("/me").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "private, no-store"));
    page.assert_order(&["بانتظار المراجعة", "وهذا ينتظر", "السوق جميل", "?at=1#c-1"]);
    page.assert_order(&["لم يُنشر", "كلام بعيد عن الخبر", "خارج الموضوع", "قرّر إنسان", "رقم القرار"]);
    assert!(!page.text.contains("سلمى"), "who decided is nobody's business");
    let (kept_nowhere, guest) = (Browser::new(&paper).get("/me").await, paper.get("/").await);
    assert!(kept_nowhere.text.contains("لم يُرسل من هذا الجهاز تعليق"));
    assert!(!kept_nowhere.text.contains("كلام بعيد") && kept_nowhere.headers.get("set-cookie").is_none());
    assert!(guest.text.contains("href=\"/me\""), "the footer leads there");
    let story = huda.get(&address::story(&tram.slug)).await;
    story.assert_order(&["كلام بعيد عن الخبر", "href=\"/me\""]);
}

#[tokio::test]
async fn what_a_reason_alone_does_not_say_is_told_to_the_author_and_notes_for_colleagues_are_not() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    for (reason, why) in [("other", "يكشف موعد مفاجأة"), ("insult", "رأيناه من قبل")] {
        let comment = huda.comments(&story, "هدى", &format!("كلام سببه {reason}.")).await;
        let entry = paper.app.store.queue_entry(story.id, comment).await.expect("a comment");
        let (id, comment, revision) = (story.id.short(), comment.short(), entry.revision.to_string());
        let form =
            [("story", &id), ("comment", &comment), ("revision", &revision)].map(|(name, it)| (name, it.as_str()));
        let act = [("state", "held"), ("act", "refuse"), ("reason", reason), ("why", why)];
        let sent = salma.post("/desk/rulings", &[&form[..], &act[..]].concat()).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    let page = huda.get("/me").await.text;
    assert!(page.contains("يكشف موعد مفاجأة") && !page.contains("رأيناه من قبل"), "{page}");
    let statements = Browser::of_staff(&paper, "ليان", Role::Owner).await.get("/desk/statements.json").await.text;
    assert!(statements.contains("يكشف موعد مفاجأة") && !statements.contains("رأيناه من قبل"), "{statements}");
}

#[tokio::test]
async fn an_objection_is_offered_for_no_longer_than_the_words_are_kept() {
    let paper = OpenPaper::open_as(crate::paper::Paper { refused_kept_days: 30, ..Default::default() }).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "كلام بعيد عن الخبر.").await;
    salma.rules(&story, comment, "refuse", "off-topic").await;
    let t = crate::layout::Frame::bare(&paper.app, paper.app.now()).t;
    let in_days = |days: i64| paper.app.now() + jiff::SignedDuration::from_hours(24 * days);
    let day = |days| crate::comments::when(&t, &paper.app.paper, in_days(days));
    let page = huda.get("/me").await.text;
    let told = |days| page.contains(day(days).split('،').next().expect("a day").trim_matches(['\u{2068}', '\u{2069}']));
    assert!(told(30) && !told(183), "{page}");
}

#[tokio::test]
async fn a_decision_that_was_undone_is_told_no_more_and_a_takedown_is() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", "زرت المحطة أمس.").await;
    salma.rules(&story, comment, "refuse", "repeated").await;
    let ruling = paper.app.store.rulings(None, 1).await.expect("rulings").remove(0).ruling.id;
    salma.post(&format!("/desk/rulings/{ruling}/undo"), &[("story", &story.id.short())]).await;
    let page = huda.get("/me").await.text;
    assert!(page.contains("بانتظار المراجعة") && !page.contains("تكرار لما نُشر"));
    salma.rules(&story, comment, "release", "").await;
    salma.rules(&story, comment, "refuse", "private-data").await;
    huda.get("/me").await.assert_order(&["أزاله المشرفون", "كشف معلومات خاصة"]);
}

#[tokio::test]
async fn own_comments_are_read_page_by_page() {
    let paper = OpenPaper::open_as(crate::paper::Paper { posts_per_minute: 60, ..Default::default() }).await;
    let story = paper.publishes("خبر يطول حديثه").await;
    let huda = Browser::new(&paper);
    for number in 0..22 {
        huda.comments(&story, "هدى", &format!("كلمة رقمها {number}.")).await;
    }
    let first = huda.get("/me").await;
    first.assert_order(&["كلمة رقمها 21", "كلمة رقمها 2.", "rel=\"next\""]);
    assert!(!first.text.contains("كلمة رقمها 1."));
    let next = first.text.split("/me?before=").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page");
    let second = huda.get(&format!("/me?before={next}")).await;
    second.assert_order(&["كلمة رقمها 1.", "كلمة رقمها 0."]);
    assert!(!second.text.contains("rel=\"next\""));
}

#[tokio::test]
async fn a_reader_takes_along_everything_that_is_kept_and_nobody_elses() {
    let paper = OpenPaper::open_as(crate::paper::Paper { posts_per_minute: 400, ..Default::default() }).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let (huda, karim) = (Browser::new(&paper), Browser::new(&paper));
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let page = address::story(&story.slug);
    let refused = huda.comments(&story, "هدى", "كلام أول بعيد عن الخبر.").await;
    huda.post(&format!("{page}/own/{refused}/edit"), &[("name", "هدى"), ("text", "كلام ثان بعيد عن الخبر.")]).await;
    salma.rules(&story, refused, "refuse", "off-topic").await;
    huda.post(&format!("/me/{refused}/appeal"), &[("text", "أعترض على هذا القرار.")]).await;
    let other = karim.comments(&story, "كريم", "كلام كريم وحده.").await;
    salma.rules(&story, other, "release", "").await;
    let report = [
        ("reason", "law"),
        ("law", "قانون النشر"),
        ("words", "فيه إساءة إلى جارتي"),
        ("name", "هدى"),
        ("email", "huda@example.org"),
        ("good_faith", "yes"),
    ];
    huda.post(&format!("{page}/comments/1/report"), &report).await;
    let visitor = paper.app.store.author_of(story.id, refused).await.expect("an author");
    let path = format!("/desk/visitors/{visitor}");
    salma.post(&format!("{path}/measures"), &[("kind", "warn"), ("why", "اقرأ القواعد")]).await;
    salma.post(&format!("{path}/notes"), &[("text", "ملاحظة للزملاء")]).await;
    let got = huda.get("/me/data.json").await;
    assert_eq!((got.status, got.header("cache-control")), (StatusCode::OK, "private, no-store"));
    let data: serde_json::Value = serde_json::from_str(&got.text).expect("JSON");
    assert_eq!(data["form"], "midad-reader/1");
    assert_eq!(data["visitor"]["name"], "هدى");
    assert_eq!(data["comments"][0]["text"], "كلام ثان بعيد عن الخبر.");
    assert_eq!(data["comments"][0]["state"], "refused");
    assert_eq!(data["earlier_versions"][0]["text"], "كلام أول بعيد عن الخبر.");
    assert_eq!(data["decisions"][0]["decision"]["reason"], "off-topic");
    assert_eq!(data["decisions"][0]["statement_of_reasons"]["incompatible_content_ground"], "off-topic");
    assert_eq!(data["appeals"][0]["text"], "أعترض على هذا القرار.");
    assert_eq!(data["reports"][0]["email"], "huda@example.org");
    assert_eq!(data["measures"][0]["told"], "اقرأ القواعد");
    assert_eq!(data["staff_notes"].as_array().map(Vec::len), Some(1));
    assert!(!got.text.contains("كلام كريم") && !got.text.contains("ملاحظة للزملاء") && !got.text.contains("سلمى"));
    let empty: serde_json::Value =
        serde_json::from_str(&Browser::new(&paper).get("/me/data.json").await.text).expect("JSON");
    assert!(empty["visitor"].is_null() && empty["comments"].as_array().is_some_and(Vec::is_empty));
    assert!(huda.get("/me").await.text.contains("href=\"/me/data.json\""));
}

#[tokio::test]
async fn the_copy_of_a_reader_who_wrote_much_has_every_comment_once() {
    let paper = OpenPaper::open_as(crate::paper::Paper { posts_per_minute: 400, ..Default::default() }).await;
    let story = paper.publishes("خبر يطول حديثه").await;
    let huda = Browser::new(&paper);
    for number in 0..205 {
        huda.comments(&story, "هدى", &format!("كلمة رقمها {number}.")).await;
    }
    let data: serde_json::Value = serde_json::from_str(&huda.get("/me/data.json").await.text).expect("JSON");
    let texts: Vec<_> =
        data["comments"].as_array().expect("a list").iter().filter_map(|row| row["text"].as_str()).collect();
    let expected: Vec<_> = (0..205).map(|number| format!("كلمة رقمها {number}.")).collect();
    assert_eq!(texts, expected);
}
