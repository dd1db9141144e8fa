//! What was sent and could not be kept comes back, through all that a browser's request passes.

use crate::error::PageError;
use crate::layers;
use crate::tests::open_paper::OpenPaper;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::routing::post;
use store::StoreError;
use tower::ServiceExt;

const FORM: &str = "application/x-www-form-urlencoded";
/// A version, a headline, and two lines in which somebody tries to end the field.
const SENT: &str = "version=3&headline=%D8%B9%D9%86%D9%88%D8%A7%D9%86&text=%D8%B3%D8%B7%D8%B1%0D%0A%3C%2Ftextarea%3E";

struct Got {
    status: StatusCode,
    again: Option<String>,
    keep: Option<String>,
    text: String,
}

/// The answer of an address whose store fails in this way.
async fn sent(fails: fn() -> PageError, (kind, accept): (&str, &str), body: &'static str) -> Got {
    let paper = OpenPaper::open().await;
    let pages = Router::new().route("/desk/stories/{id}/text", post(move || async move { fails() }));
    let router = layers::of_pages(pages, Router::new(), &paper.app).with_state(paper.app.clone());
    let request = Request::post("/desk/stories/7/text?from=list")
        .header("content-type", kind)
        .header("accept", accept)
        .header("sec-fetch-site", "same-origin");
    let got = router.oneshot(request.body(Body::from(body)).expect("a request")).await.expect("an answer");
    let header = |name: &str| got.headers().get(name).map(|value| value.to_str().expect("letters").to_owned());
    let (status, again, keep) = (got.status(), header("retry-after"), header("cache-control"));
    let bytes = to_bytes(got.into_body(), usize::MAX).await.expect("a page");
    Got { status, again, keep, text: String::from_utf8(bytes.to_vec()).expect("text") }
}

fn full() -> PageError {
    PageError::from(StoreError::Broken("no room".to_owned()))
}

fn away() -> PageError {
    PageError::from(StoreError::Unreachable("away".to_owned()))
}

#[tokio::test]
async fn a_text_that_cannot_be_kept_comes_back_with_all_its_fields() {
    for fails in [full, away] {
        let got = sent(fails, (FORM, "text/html"), SENT).await;
        assert_eq!((got.status, got.again.as_deref()), (StatusCode::SERVICE_UNAVAILABLE, Some("10")));
        assert_eq!(got.keep.as_deref(), Some("private, no-store"));
        for part in [
            "<h1>لم يُحفظ ما أرسلته بعد</h1>",
            "action=\"/desk/stories/7/text?from=list\"",
            "type=\"hidden\" name=\"version\" value=\"3\"",
            "type=\"hidden\" name=\"headline\" value=\"عنوان\"",
            "name=\"text\" rows=\"8\" dir=\"auto\">\nسطر\r\n&#60;/textarea&#62;</textarea>",
            "أرسله مرة أخرى",
        ] {
            assert!(got.text.contains(part), "{part} is not on\n{}", got.text);
        }
    }
}

#[tokio::test]
async fn secrets_files_and_scripts_get_the_error_alone() {
    for (as_sent, body) in [
        ((FORM, "text/html"), "email=a%40example.org&password=words-that-are-secret"),
        ((FORM, "text/vnd.midad.fragment"), "text=words-that-are-secret"),
        (("multipart/form-data; boundary=b", "text/html"), "words-that-are-secret"),
        (("application/json", "*/*"), "{\"text\":\"words-that-are-secret\"}"),
    ] {
        let got = sent(away, as_sent, body).await;
        assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(!got.text.contains("words-that-are-secret") && !got.text.contains("لم يُحفظ ما أرسلته"), "{body}");
    }
}

#[tokio::test]
async fn what_the_paper_refuses_on_purpose_is_said_in_its_own_words() {
    let closed = || PageError::ReadingOnly { note: "نعود غدًا".to_owned() };
    let got = sent(closed, (FORM, "text/html"), SENT).await;
    assert!(got.text.contains("نعود غدًا") && !got.text.contains("لم يُحفظ ما أرسلته"));
    let refused = sent(|| PageError::Forbidden, (FORM, "text/html"), SENT).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!refused.text.contains("لم يُحفظ ما أرسلته"));
}
