//! Another server asks for a page of readers and wants the thing.

use super::net::reaches;
use crate::layout::address;
use crate::paper::Paper;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::people::Actor;
use newsroom::{SectionId, StoryId};

const THING: &str = "application/activity+json";
/// As the main program asks for whatever somebody types into its search.
const MOSTLY: &str = "application/activity+json, application/ld+json; \
                      profile=\"https://www.w3.org/ns/activitystreams\", text/html;q=0.1";
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

/// A paper with ready pages, which the Fediverse reaches.
async fn open() -> OpenPaper {
    let (name, address) = ("المرفأ".to_owned(), "https://marfa.example".to_owned());
    let paper = OpenPaper::open_keeping(Paper { name, address, ..Paper::default() }).await;
    reaches(&paper).await;
    paper
}

async fn asks(paper: &OpenPaper, path: &str, accept: &str) -> Got {
    paper.send(Request::get(path).header("accept", accept).body(Body::empty()).expect("a request")).await
}

fn place_of(story: StoryId) -> String {
    format!("https://marfa.example/fediverse/stories/{story}")
}

#[tokio::test]
async fn it_is_led_to_the_thing_and_readers_go_on_having_the_page_that_is_kept() {
    let paper = open().await;
    let (first, second) = (paper.publishes("خط الترام").await, paper.publishes("مكتبة الساحل").await);
    let section = format!("https://marfa.example/fediverse/sections/{}", SectionId(1));
    let before = address::story(&first.slug);
    let page = asks(&paper, &before, BROWSER).await.text;
    for (path, place) in [
        (before.clone(), place_of(first.id)),
        (address::story(&second.slug), place_of(second.id)),
        ("/".to_owned(), "https://marfa.example/fediverse/paper".to_owned()),
        (address::section("city"), section),
    ] {
        for accept in [THING, MOSTLY] {
            let got = asks(&paper, &path, accept).await;
            assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, place.as_str()), "{path}");
            assert_eq!((got.header("vary"), got.header("cache-control")), ("accept", "no-store"));
        }
        let thing = paper.get(place.trim_start_matches("https://marfa.example")).await;
        assert!(thing.status == StatusCode::OK && thing.header("content-type").starts_with(THING), "{place}");
        let got = asks(&paper, &path, BROWSER).await;
        assert!(got.status == StatusCode::OK && got.text.starts_with("<!doctype html>"), "{path}");
    }
    assert_eq!(asks(&paper, &before, "*/*").await.text, page);
    assert_eq!(paper.app.page_cache.counted().1, 4, "each page was made once, and for readers");
}

#[tokio::test]
async fn whoever_understands_a_page_as_well_gets_the_page() {
    let paper = open().await;
    let path = address::story(&paper.publishes("خط الترام").await.slug);
    for accept in [
        BROWSER,
        "*/*",
        "application/json",
        "application/ld+json",
        "application/ld+json; profile=\"https://other.example/words\"",
        "application/activity+json;q=0",
        "application/activity+json;q=0.4, text/html",
    ] {
        assert_eq!(asks(&paper, &path, accept).await.status, StatusCode::OK, "{accept}");
    }
    assert_eq!(asks(&paper, "/archive", THING).await.status, StatusCode::OK, "nothing else stands there");
    assert_eq!(asks(&paper, "/stories/nowhere", THING).await.status, StatusCode::NOT_FOUND);
    let off = OpenPaper::open().await;
    let path = address::story(&off.publishes("خبر").await.slug);
    assert_eq!(asks(&off, &path, THING).await.status, StatusCode::OK, "nobody switched it on");
}

#[tokio::test]
async fn what_was_taken_back_is_a_tombstone_by_readers_address_too() {
    let paper = open().await;
    let story = paper.publishes("خبر مسحوب").await;
    let (id, path) = (story.id, address::story(&story.slug));
    let withdrawn = story.withdraw("", paper.app.now());
    paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("withdrawn");
    let led = asks(&paper, &path, THING).await;
    assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, place_of(id).as_str()));
    let stone = asks(&paper, &format!("/fediverse/stories/{id}"), THING).await;
    assert_eq!(stone.status, StatusCode::GONE);
    assert!(stone.header("content-type").starts_with(THING) && stone.text.contains("Tombstone"));
    assert_eq!(asks(&paper, &path, BROWSER).await.status, StatusCode::GONE, "readers hear of it in words");
}
