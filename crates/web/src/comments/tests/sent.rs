//! What visitors send, mend, take back and report.

use super::{WORDS, of, open};
use crate::error::PageError;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use crate::unsent::hand_back;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use newsroom::people::Role;
use store::StoreError;
use tower::ServiceExt;

#[tokio::test]
async fn a_comment_waits_where_its_author_alone_sees_it() {
    let (paper, story) = open().await;
    let (huda, somebody) = (Browser::new(&paper), Browser::new(&paper));
    let got = huda.post(&format!("{}/comments", of(&story)), &[("name", "هدى"), ("text", WORDS)]).await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, format!("{}#own", of(&story)).as_str()));
    let own = huda.get(&of(&story)).await;
    assert!(own.text.contains(WORDS) && own.text.contains("بانتظار المراجعة"));
    assert_eq!(own.header("cache-control"), "private, no-store");
    let theirs = somebody.get(&of(&story)).await;
    assert!(!theirs.text.contains(WORDS) && !theirs.text.contains("هدى"));
    assert!(theirs.text.contains("data-count>(0)"));
    assert!(somebody.jar().is_empty(), "reading makes no key");
}

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed_and_everything_that_is_wrong() {
    let (paper, story) = open().await;
    let reader = Browser::new(&paper);
    let path = format!("{}/comments", of(&story));
    let form = [("name", "★★ نجم ★★"), ("text", "   "), ("reply_to", "77")];
    let got = reader.post(&path, &form).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in ["★★ نجم ★★", "علامات لا تكون في الأسماء", "اكتب تعليقك", "لم يعد منشورًا", "<!doctype html>"]
    {
        assert!(got.text.contains(part), "{part}");
    }
    let fragment = reader.post_by_script(&path, &form).await;
    assert_eq!(fragment.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(fragment.text.starts_with("<form") && fragment.text.contains("★★ نجم ★★"));
    assert_eq!(paper.app.store.queue_counts().await.expect("counts").0, 0);
}

#[tokio::test]
async fn a_hidden_field_that_was_filled_in_costs_one_more_press_and_no_words() {
    let (paper, story) = open().await;
    let reader = Browser::new(&paper);
    let form = [("name", "هدى"), ("text", WORDS), ("website", "https://example.org")];
    let got = reader.post(&format!("{}/comments", of(&story)), &form).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(got.text.contains(WORDS) && !got.text.contains("value=\"https://example.org\""));
}

#[tokio::test]
async fn nobody_signs_with_a_name_that_looks_like_the_staffs() {
    let (paper, story) = open().await;
    Browser::of_staff(&paper, "ليلى النجّار", Role::Editor).await;
    let reader = Browser::new(&paper);
    for name in ["ليلى النجار", "ليلي النجّار", "المرفأ"] {
        let got = reader.post(&format!("{}/comments", of(&story)), &[("name", name), ("text", WORDS)]).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(got.text.contains("يشبه اسم أحد"), "{name}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let (paper, story) = open().await;
    let (reader, path) = (Browser::new(&paper), format!("{}/comments", of(&story)));
    let form = [("name", "هدى"), ("text", WORDS)];
    let cases: [(&[(&str, &str)], StatusCode); 7] = [
        (&[], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080")], StatusCode::FORBIDDEN),
        (&[("origin", "https://example.org"), ("host", "127.0.0.1:8080")], StatusCode::FORBIDDEN),
        (&[("origin", "null"), ("host", "127.0.0.1:8080")], StatusCode::FORBIDDEN),
        (&[("origin", "http://example.test"), ("host", "example.test")], StatusCode::SEE_OTHER),
        (&[("origin", "http://127.0.0.1:8080"), ("host", "inside")], StatusCode::SEE_OTHER),
    ];
    for (headers, expected) in cases {
        assert_eq!(reader.send("POST", &path, &form, headers).await.status, expected, "{headers:?}");
    }
}

#[tokio::test]
async fn one_address_sends_at_a_human_pace() {
    let paper = OpenPaper::open_as(crate::paper::Paper {
        posts_per_minute: 2,
        behind_proxy: true,
        ..crate::paper::Paper::default()
    })
    .await;
    let story = paper.publishes("خبر").await;
    let (reader, path) = (Browser::new(&paper), format!("{}/comments", of(&story)));
    let from = |hops: &'static str| [("sec-fetch-site", "none"), ("x-forwarded-for", hops)];
    let form = [("name", "هدى"), ("text", WORDS)];
    let mut statuses = Vec::new();
    // Earlier hops are claims; the last one counts, and an IPv6 household is one.
    for hops in ["2001:db8::1", "192.0.2.9, 2001:db8::2", "2001:db8::3", "2001:db8:0:1::3"] {
        statuses.push(reader.send("POST", &path, &form, &from(hops)).await);
    }
    let codes: Vec<u16> = statuses.iter().map(|got| got.status.as_u16()).collect();
    assert_eq!(codes, [303, 303, 429, 303]);
    assert!(statuses[2].header("retry-after").parse::<u64>().is_ok_and(|wait| (1..=60).contains(&wait)));
}

#[tokio::test]
async fn what_its_author_takes_back_leaves_its_number_behind() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "release", "").await;
    let link = format!("{}/own/{comment}/withdrawal", of(&story));
    assert!(huda.get(&format!("{}/comments/1", of(&story))).await.text.contains(&link));
    assert!(!paper.get(&format!("{}/comments/1", of(&story))).await.text.contains(&link));
    assert_eq!(Browser::new(&paper).post(&link, &[]).await.status, StatusCode::NOT_FOUND, "nobody else's");
    huda.get(&link).await.assert_order(&["هذا التعليق منشور", WORDS, "نعم، اسحبه"]);
    assert_eq!(huda.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
    let page = paper.get(&of(&story)).await;
    page.assert_order(&["data-count>(0)", "id=\"c-1\"", "سحب صاحب التعليق تعليقه"]);
    assert!(!page.text.contains(WORDS) && !page.text.contains("هدى"));
}

#[tokio::test]
async fn an_author_mends_a_comment_only_while_nobody_has_ruled() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    let edit = format!("{}/own/{comment}/edit", of(&story));
    assert!(huda.get(&edit).await.text.contains(WORDS));
    assert_eq!(huda.post(&edit, &[("text", "المحطة واسعة ونظيفة.")]).await.status, StatusCode::SEE_OTHER);
    let entry = paper.app.store.queue_entry(story.id, comment).await.expect("waiting");
    assert_eq!((entry.name.as_str(), entry.text.as_str()), ("هدى", "المحطة واسعة ونظيفة."));
    assert_eq!(huda.post(&edit, &[("text", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    salma.rules(&story, comment, "release", "").await;
    assert_eq!(huda.get(&edit).await.status, StatusCode::CONFLICT);
    let late = huda.post(&edit, &[("text", "كلمة متأخرة")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("كلمة متأخرة"), "nothing typed is lost");
    assert!(!paper.get(&of(&story)).await.text.contains("كلمة متأخرة"));
}

#[tokio::test]
async fn a_refused_comment_tells_its_author_the_rule() {
    let (paper, story) = open().await;
    let (huda, salma) = (Browser::new(&paper), Browser::of_staff(&paper, "سلمى", Role::Moderator).await);
    let comment = huda.comments(&story, "هدى", WORDS).await;
    salma.rules(&story, comment, "refuse", "off-topic").await;
    huda.get(&of(&story)).await.assert_order(&["لم يُنشر", WORDS, "خارج الموضوع", "/pages/house-rules"]);
    assert!(!paper.get(&of(&story)).await.text.contains(WORDS));
}

#[tokio::test]
async fn a_reader_reports_once_and_only_what_is_public() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", WORDS).await;
    let (reader, path) = (Browser::new(&paper), format!("{}/comments/1/report", of(&story)));
    assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
    salma.rules(&story, comment, "release", "").await;
    assert!(reader.get(&path).await.text.contains("إعلان أو ترويج"));
    for (form, expected) in [
        ([("reason", ""), ("words", "كلام")], StatusCode::UNPROCESSABLE_ENTITY),
        ([("reason", "other"), ("words", " ")], StatusCode::UNPROCESSABLE_ENTITY),
        ([("reason", "insult"), ("words", "فيه إهانة")], StatusCode::SEE_OTHER),
        ([("reason", "insult"), ("words", "مرة أخرى")], StatusCode::SEE_OTHER),
    ] {
        let got = reader.post(&path, &form).await;
        assert_eq!(got.status, expected, "{form:?}");
    }
    assert_eq!(paper.app.store.queue_counts().await.expect("counts"), (0, 1));
    salma.get("/desk/reported").await.assert_order(&[WORDS, "أزل من الصفحة"]);
}

#[tokio::test]
async fn words_that_cannot_be_kept_come_back_as_they_were_typed() {
    let paper = OpenPaper::open().await;
    let away = || async { PageError::from(StoreError::Unreachable("away".to_owned())) };
    let layer = from_fn_with_state(paper.app.clone(), hand_back);
    let router =
        Router::new().route("/stories/{story}/comments", post(away).layer(layer)).with_state(paper.app.clone());
    let sent = |accept: &str| {
        let form = "name=Karim&text=%3Cb%3E%D9%83%D9%84%D8%A7%D9%85&reply_to=7";
        let request = Request::post("/stories/a/comments").header("content-type", "application/x-www-form-urlencoded");
        router.clone().oneshot(request.header("accept", accept).body(Body::from(form)).expect("a request"))
    };
    let got = sent("text/html").await.expect("an answer");
    let header = |name: &str| got.headers().get(name).map(|value| value.to_str().expect("letters").to_owned());
    assert_eq!((got.status(), header("retry-after").as_deref()), (StatusCode::SERVICE_UNAVAILABLE, Some("10")));
    assert_eq!(header("cache-control").as_deref(), Some("private, no-store"));
    let text = to_bytes(got.into_body(), usize::MAX).await.expect("a page");
    let text = String::from_utf8(text.to_vec()).expect("text");
    for words in [
        "<h1>لم يُحفظ تعليقك بعد</h1>",
        "action=\"/stories/a/comments\"",
        "name=\"reply_to\" value=\"7\"",
        "value=\"Karim\"",
        "&#60;b&#62;كلام</textarea>",
        "أرسله مرة أخرى",
    ] {
        assert!(text.contains(words), "{words} is not on\n{text}");
    }
    let by_script = sent("text/vnd.midad.fragment").await.expect("an answer");
    let text = to_bytes(by_script.into_body(), usize::MAX).await.expect("an answer");
    assert!(text.is_empty(), "the script has the words itself");
}
