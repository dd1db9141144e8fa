//! Whatever is sent as a comment's form, it is answered, never by a fault, and nothing of it is public.

use super::of;
use crate::paper::Paper;
use crate::tests::browser::FRAGMENT;
use crate::tests::mutation::{Target, fuzz};
use crate::tests::open_paper::OpenPaper;
use axum::body::Body;
use axum::http::Request;

#[test]
fn any_form_of_a_comment_is_answered_and_none_is_a_fault() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let _inside = runtime.enter();
    // As fast as it can be sent, from one network.
    let quick = Paper { posts_per_minute: 1_000_000, attack_per_minute: u32::MAX, ..Paper::default() };
    let paper = runtime.block_on(OpenPaper::open_as(quick));
    let story = runtime.block_on(paper.publishes("افتتاح محطة المرفأ"));
    let path = format!("{}/comments", of(&story));
    fuzz(&Target { name: "comment-form", texts: 60, longest: 64 * 1024 }, |sent| {
        let mut request = Request::post(&path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        if sent.len().is_multiple_of(2) {
            request = request.header(FRAGMENT.0, FRAGMENT.1);
        }
        let got = runtime.block_on(paper.send(request.body(Body::from(sent.to_vec())).expect("a request")));
        assert!(!got.status.is_server_error(), "{}: {}", got.status, got.text);
    });
    let shown = runtime.block_on(paper.get(&of(&story)));
    assert!(shown.status == 200 && shown.text.contains("data-count>(0)"), "nobody has ruled: {}", shown.text);
}
