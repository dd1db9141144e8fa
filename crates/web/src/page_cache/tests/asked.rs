//! What readers and their programs get.

use super::super::wish::{Kept, kept};
use crate::layout::address;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{OpenPaper, PERSON};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use flate2::read::GzDecoder;
use futures_util::future::join_all;
use newsroom::people::Role;
use newsroom::readings::Count;
use newsroom::story::Published;
use std::io::Read;
use tower::ServiceExt;

async fn open() -> (OpenPaper, Published, String) {
    let paper = OpenPaper::open_keeping(Paper::default()).await;
    let story = paper.publishes("افتتاح محطة المرفأ").await;
    let path = address::story(&story.slug);
    (paper, story, path)
}

/// What came over the wire.
async fn bytes(paper: &OpenPaper, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = crate::router(paper.app.clone()).oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, to_bytes(body, usize::MAX).await.expect("a whole body").to_vec())
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).map_or("", |value| value.to_str().expect("letters"))
}

#[tokio::test]
async fn a_page_is_made_once_and_again_when_what_it_shows_has_changed() {
    let (paper, story, path) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let first = paper.get(&path).await;
    for query in ["?fbclid=abc", "?utm_source=x&utm_medium=y", "?", "?nobody=knows"] {
        assert_eq!(paper.get(&format!("{path}{query}")).await.text, first.text, "{query} is the same page");
    }
    assert_eq!(paper.app.page_cache.counted(), (4, 1), "the first asked for it to be made");
    let comment = Browser::new(&paper).comments(&story, "كريم", "كلام مقروء").await;
    assert_eq!(paper.get(&path).await.text, first.text, "what waits changes nothing");
    assert_eq!(paper.app.page_cache.counted(), (5, 1));
    salma.rules(&story, comment, "release", "").await;
    assert!(paper.get(&path).await.text.contains("كلام مقروء"), "a reader who reloads sees it");
    assert_ne!(paper.get(&format!("{path}?sort=newest")).await.text, "", "another page of its own");
    assert_eq!(paper.app.page_cache.counted().1, 3);
}

#[tokio::test]
async fn many_who_wait_cost_one_page() {
    let (paper, _, path) = open().await;
    let all = join_all((0..50).map(|_| paper.get(&path))).await;
    assert!(all.iter().all(|got| got.text == all[0].text && got.status == StatusCode::OK));
    let (ready, made) = paper.app.page_cache.counted();
    assert_eq!((ready, made), (49, 1));
}

#[tokio::test]
async fn it_comes_as_the_browser_understands_it_each_way_under_its_own_mark() {
    let (paper, _, path) = open().await;
    let (_, plain_head, plain) = bytes(&paper, &path, &[]).await;
    let (_, gzip_head, gzip) = bytes(&paper, &path, &[("accept-encoding", "gzip, deflate")]).await;
    let (_, br_head, br) = bytes(&paper, &path, &[("accept-encoding", "gzip, deflate, br, zstd")]).await;
    let (_, none_head, _) = bytes(&paper, &path, &[("accept-encoding", "br;q=0, gzip;q=0.0")]).await;
    let (mut from_gzip, mut from_br) = (Vec::new(), Vec::new());
    GzDecoder::new(&gzip[..]).read_to_end(&mut from_gzip).expect("gzip");
    brotli::BrotliDecompress(&mut &br[..], &mut from_br).expect("brotli");
    assert!(from_gzip == plain && from_br == plain && br.len() < gzip.len() && gzip.len() < plain.len() / 2);
    let marks = [&plain_head, &gzip_head, &br_head].map(|head| header(head, "etag").to_owned());
    assert!(marks[0] != marks[1] && marks[1] != marks[2] && marks.iter().all(|mark| mark.starts_with('"')));
    assert_eq!((header(&gzip_head, "content-encoding"), header(&br_head, "content-encoding")), ("gzip", "br"));
    assert_eq!((header(&none_head, "content-encoding"), header(&none_head, "vary")), ("", "accept-encoding"));
    assert_eq!(header(&gzip_head, "content-length"), gzip.len().to_string());
    assert!(header(&br_head, "content-security-policy").starts_with("default-src 'none'"));
    let gzip_again = [("accept-encoding", "gzip"), ("if-none-match", marks[1].as_str())];
    let (status, head, body) = bytes(&paper, &path, &gzip_again).await;
    assert_eq!((status, header(&head, "etag"), body.len()), (StatusCode::NOT_MODIFIED, marks[1].as_str(), 0));
    let weak = format!("W/{}", marks[1]);
    assert_eq!(bytes(&paper, &path, &[gzip_again[0], ("if-none-match", &weak)]).await.0, StatusCode::NOT_MODIFIED);
    assert_eq!(bytes(&paper, &path, &[("if-none-match", &marks[1])]).await.0, StatusCode::OK, "another way");
}

#[tokio::test]
async fn what_is_no_page_is_not_kept() {
    let (paper, _, _) = open().await;
    for path in ["/stories/nowhere", "/sections/nowhere", "/pages/nowhere", "/archive/1900-13", "/feed/nothing"] {
        assert_eq!(paper.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    paper.get("/me").await;
    paper.get("/search?q=a").await;
    assert_eq!(paper.app.page_cache.size().0, 0);
    let got = paper.get("/?p=12").await;
    assert_eq!((got.status, paper.app.page_cache.size().0), (StatusCode::OK, 1), "no story of before: the front page");
}

#[tokio::test]
async fn what_declares_that_it_is_for_all_is_kept_and_nothing_else() {
    let paper = OpenPaper::open_as(Paper::default()).await;
    let (story, other) = (paper.publishes_everything().await, paper.publishes("خبر آخر").await);
    let comment = Browser::new(&paper).comments(&story, "كريم", "كلام مقروء").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    salma.rules(&story, comment, "release", "").await;
    let mut kept_paths = 0;
    for (path, got) in crate::tests::leak::crawl(&paper, &story, &other, comment).await {
        let plain = path.split('?').next().expect("a path");
        // Forms that answer a comment, and what other servers and sites ask for, are asked for too seldom.
        let seldom = ["/reply/", "/report", "/fediverse/", "/desk/offline/"].iter().any(|seldom| path.contains(seldom));
        let declared = got.status == StatusCode::OK && !got.tags.is_empty() && !seldom;
        let has_place = kept(plain).is_some();
        assert!(!declared || has_place, "{path} says that it is for all");
        assert!(
            !has_place || declared || got.status != StatusCode::OK,
            "{path} has a place and does not say what it shows"
        );
        kept_paths += usize::from(declared);
    }
    assert!(kept_paths > 25, "{kept_paths}");
    assert_eq!(kept(&address::story(&story.slug)), Some(Kept::InPart));
}

#[tokio::test]
async fn pages_that_were_ready_are_counted_as_others() {
    let (paper, story, path) = open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    for _ in 0..3 {
        paper.get(&path).await;
    }
    bytes(&paper, &path, &[("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1)")]).await;
    layla.send("GET", &path, &[], &[PERSON]).await;
    let tally = paper.app.readings.take();
    let times = |wanted: Count| -> i64 {
        tally.counts().filter(|(_, count, _)| **count == wanted).map(|(_, _, times)| times).sum()
    };
    assert_eq!(times(Count::Story(story.id)), 3);
    assert_eq!(tally.marks().count(), 1, "one reader");
}

#[tokio::test]
async fn a_head_says_how_long_the_page_is_and_sends_none() {
    let (paper, _, path) = open().await;
    let plain = bytes(&paper, &path, &[]).await.2;
    let request = Request::head(&path).body(Body::empty()).expect("a request");
    let got = paper.send(request).await;
    assert_eq!((got.status, got.text.as_str()), (StatusCode::OK, ""));
    assert_eq!(got.header("content-length"), plain.len().to_string());
}
