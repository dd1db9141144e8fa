use super::{Crowd, MOST, MOST_AT_DESK, MOST_OF_A_NETWORK};
use crate::paper::Paper;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use std::net::{IpAddr, Ipv4Addr};

fn network(number: usize) -> IpAddr {
    Ipv4Addr::from_bits(u32::try_from(number).expect("few")).into()
}

#[test]
fn whoever_comes_beyond_the_last_place_is_sent_away_and_the_desk_works_on() {
    let crowd = Crowd::default();
    let mut inside: Vec<_> = (0..MOST).map(|n| crowd.enter(network(n), false).expect("a place")).collect();
    assert!(crowd.enter(network(MOST), false).is_none());
    let desk: Vec<_> = (0..MOST_AT_DESK).map(|n| crowd.enter(network(n), true).expect("a place")).collect();
    assert!(crowd.enter(network(0), true).is_none());
    assert_eq!(crowd.sent_away(), 2);
    inside.pop();
    assert!(crowd.enter(network(MOST), false).is_some(), "the place that one left");
    drop((inside, desk));
    assert!(crowd.is_gone(), "nobody is remembered");
}

#[test]
fn one_network_never_takes_all_places() {
    let crowd = Crowd::default();
    let _inside: Vec<_> = (0..MOST_OF_A_NETWORK).map(|_| crowd.enter(network(1), false).expect("a place")).collect();
    assert!(crowd.enter(network(1), false).is_none() && crowd.enter(network(2), false).is_some());
}

#[tokio::test]
async fn while_there_is_a_rush_ready_pages_are_handed_out_and_others_are_asked_to_come_again() {
    let paper = OpenPaper::open_keeping(Paper::default()).await;
    assert_eq!(paper.get("/").await.status, StatusCode::OK);
    let inside: Vec<_> = (0..MOST).map(|n| paper.app.crowd.enter(network(n + 7), false).expect("a place")).collect();
    assert_eq!(paper.get("/").await.status, StatusCode::OK, "it is ready");
    let refused = paper.get("/search?q=a").await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    refused.assert_order(&["<html lang=\"ar\" dir=\"rtl\">", "<main"]);
    assert_eq!(paper.get("/desk").await.status, StatusCode::SEE_OTHER, "the desk has places of its own");
    drop(inside);
    assert_eq!(paper.get("/search?q=a").await.status, StatusCode::OK);
}
