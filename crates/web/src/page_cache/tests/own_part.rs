//! A visitor's own part in a page that is the same for everybody.

use crate::layout::address;
use crate::paper::Paper;
use crate::routes;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::body::to_bytes;
use axum::http::{Request, StatusCode};
use newsroom::people::Role;
use tower::ServiceExt;

#[tokio::test]
async fn a_visitor_sees_what_waits_and_nobody_else_does() {
    let paper = OpenPaper::open_keeping(Paper::default()).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let path = address::story(&story.slug);
    let (author, other) = (Browser::new(&paper), Browser::new(&paper));
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let public = other.comments(&story, "كريم", "كلام مقروء").await;
    salma.rules(&story, public, "release", "").await;
    let for_all = paper.get(&path).await;
    let waiting = author.comments(&story, "هدى", "كلام ينتظر").await;
    let own = author.get(&path).await;
    assert!(own.text.contains("كلام ينتظر") && own.text.contains("كلام مقروء"));
    assert_eq!((own.header("cache-control"), own.header("etag")), ("private, no-store", ""));
    for reader in [paper.get(&path).await, other.get(&path).await, salma.get(&path).await] {
        assert_eq!(reader.text, for_all.text);
        assert_ne!(reader.header("etag"), "", "the page of all");
    }
    let made = paper.app.page_cache.counted().1;
    author.get(&path).await;
    assert_eq!(paper.app.page_cache.counted().1, made, "no page is made for one visitor");
    salma.rules(&story, waiting, "release", "").await;
    let (own, for_all) = (author.get(&path).await, paper.get(&path).await);
    assert!(own.text == for_all.text && own.text.contains("كلام ينتظر"), "it is everybody's now");
}

/// The page with its part in its place is the page that is made for this visitor as a whole.
#[tokio::test]
async fn the_part_in_its_place_is_the_page_as_it_is_made_for_one() {
    let paper = OpenPaper::open_keeping(Paper { sends_mail: true, ..Paper::default() }).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let path = address::story(&story.slug);
    let (author, reader) = (Browser::new(&paper), Browser::of_reader(&paper, "huda@readers.example").await);
    author.comments(&story, "هدى", "كلام ينتظر").await;
    reader.post("/reader/profile", &[("name", "ليلى من الساحل")]).await;
    reader.comments(&story, "ليلى من الساحل", "كلام آخر ينتظر").await;
    for (browser, words) in [(&author, "كلام ينتظر"), (&reader, "كلام آخر ينتظر")] {
        let request: Request<_> = browser.asks(&path);
        let whole = routes::router(paper.app.to_readers()).oneshot(request).await.expect("an answer");
        let whole = to_bytes(whole.into_body(), usize::MAX).await.expect("a whole body");
        let got = browser.get(&path).await;
        assert!(got.status == StatusCode::OK && got.text.contains(words));
        assert_eq!(got.text, String::from_utf8_lossy(&whole));
    }
    let gzipped = author.send("GET", &path, &[], &[("accept-encoding", "br, gzip")]).await;
    assert_eq!(gzipped.header("content-encoding"), "gzip", "pressed for one");
}

#[tokio::test]
async fn nobody_forges_the_place_of_the_part() {
    let paper = OpenPaper::open_keeping(Paper::default()).await;
    let story = paper.publishes("<!--own-->خبر<!--/own-->").await;
    let path = address::story(&story.slug);
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let author = Browser::new(&paper);
    let public = Browser::new(&paper).comments(&story, "كريم", "<!--own--> كلام <!--/own-->").await;
    salma.rules(&story, public, "release", "").await;
    author.comments(&story, "هدى", "كلام ينتظر").await;
    let own = author.get(&path).await;
    assert_eq!((own.text.matches("<!--own-->").count(), own.text.matches("<!--/own-->").count()), (1, 1));
    own.assert_order(&["<!--own-->", "كلام ينتظر", "<!--/own-->", "&#60;!--own--&#62; كلام"]);
}
