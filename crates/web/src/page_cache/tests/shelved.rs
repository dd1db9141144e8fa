//! The shelf by itself.

use super::super::kept::KeptPage;
use super::super::rendering::Rendering;
use super::super::shelf::Shelf;
use super::super::{Declared, Tag, Turn};
use axum::body::Bytes;
use axum::http::{Response, StatusCode};
use std::sync::Arc;

fn page(status: StatusCode, bytes: usize, tags: &[Tag]) -> Arc<KeptPage> {
    let (mut parts, ()) = Response::new(()).into_parts();
    parts.status = status;
    parts.extensions.insert(Declared(tags.to_vec()));
    Arc::new(KeptPage::of(parts, Bytes::from(vec![b'a'; bytes])))
}

fn begun(shelf: &mut Shelf, address: &str) -> Arc<Rendering> {
    match shelf.turn(address) {
        Turn::Make(rendering, _) => rendering,
        _ => panic!("{address} is there"),
    }
}

fn makes(shelf: &mut Shelf, address: &str, tags: &[Tag]) {
    let rendering = begun(shelf, address);
    shelf.made(&rendering, &page(StatusCode::OK, 10_000, tags));
}

#[test]
fn it_takes_no_more_room_than_it_has_and_keeps_what_is_asked_for() {
    let mut shelf = Shelf::with_room(100_000);
    makes(&mut shelf, "/front", &[Tag::Front]);
    for turn in 0..200 {
        assert!(shelf.fresh("/front").is_some(), "asked for all the time: {turn}");
        makes(&mut shelf, &format!("/{turn}"), &[Tag::Archive]);
        assert!(shelf.size().1 <= 100_000 && shelf.size().0 >= 2);
    }
    assert!(shelf.fresh("/0").is_none() && shelf.fresh("/199").is_some());
    shelf.purge(&[Tag::Archive]);
    assert_eq!(shelf.size().0, 1, "the front page");
    shelf.purge(&[Tag::Frame]);
    assert_eq!(shelf.size(), (0, 0));
}

#[test]
fn a_page_larger_than_the_shelf_is_not_kept() {
    let mut shelf = Shelf::with_room(20_000);
    makes(&mut shelf, "/small", &[Tag::Front]);
    let rendering = begun(&mut shelf, "/large");
    shelf.made(&rendering, &page(StatusCode::OK, 30_000, &[Tag::Archive]));
    assert!(shelf.fresh("/small").is_some() && shelf.fresh("/large").is_none());
}

#[test]
fn what_was_purged_while_it_was_made_is_not_kept() {
    let mut shelf = Shelf::with_room(1_000_000);
    let (old, other) = (begun(&mut shelf, "/"), begun(&mut shelf, "/archive"));
    shelf.purge(&[Tag::Front]);
    let new = begun(&mut shelf, "/");
    assert!(!Arc::ptr_eq(&old, &new), "who asks after the purge waits for no page of before");
    shelf.purge(&[Tag::Corrections]);
    shelf.made(&old, &page(StatusCode::OK, 10, &[Tag::Front]));
    assert!(shelf.fresh("/").is_none());
    shelf.made(&other, &page(StatusCode::OK, 10, &[Tag::Archive]));
    assert!(shelf.fresh("/archive").is_some(), "what it shows was not purged");
    shelf.made(&new, &page(StatusCode::OK, 10, &[Tag::Front]));
    assert!(shelf.fresh("/").is_some());
    let old = begun(&mut shelf, "/issues");
    shelf.purge(&[Tag::Frame]);
    shelf.made(&old, &page(StatusCode::OK, 10, &[Tag::Issues]));
    assert_eq!(shelf.size().0, 0, "all were");
}

#[test]
fn while_the_store_fails_what_stood_there_stays() {
    let mut shelf = Shelf::with_room(1_000_000);
    makes(&mut shelf, "/", &[Tag::Front]);
    let again = Arc::new(Rendering::of("/".into()));
    shelf.made(&again, &page(StatusCode::INTERNAL_SERVER_ERROR, 10, &[]));
    assert!(shelf.fresh("/").is_some());
    shelf.made(&again, &page(StatusCode::GONE, 10, &[]));
    assert!(shelf.fresh("/").is_none(), "an answer takes its place");
}

#[test]
fn so_many_are_made_at_once_and_no_more() {
    let mut shelf = Shelf::with_room(1_000_000);
    let all: Vec<_> = (0..256).map(|turn| begun(&mut shelf, &format!("/{turn}"))).collect();
    assert!(matches!(shelf.turn("/one-more"), Turn::Busy));
    assert!(matches!(shelf.turn("/7"), Turn::Wait(_, None)));
    shelf.given_up(&all[7]);
    assert!(matches!(shelf.turn("/one-more"), Turn::Make(_, None)));
}
