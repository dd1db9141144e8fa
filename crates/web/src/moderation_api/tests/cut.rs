//! Bodies of any length: long texts are cut, and nothing else is changed.

use crate::moderation_api::cut::{Kept, MOST_KEPT, MOST_OF_A_TEXT, taken};
use axum::body::Body;
use futures_util::stream::iter;
use serde_json::{Value, json};
use std::convert::Infallible;

/// What is kept of a body that comes in pieces of so many bytes.
async fn kept(json: &str, piece: usize) -> Vec<u8> {
    let pieces: Vec<Result<Vec<u8>, Infallible>> =
        json.as_bytes().chunks(piece).map(|piece| Ok(piece.to_vec())).collect();
    match taken(Body::from_stream(iter(pieces))).await {
        Kept::Whole(kept) => kept,
        Kept::TooLong => panic!("it fits"),
    }
}

#[tokio::test]
async fn what_is_not_long_stays_as_it_was_sent() {
    let json = r#"{"a\"\\": ["\ud83d\ude8b", "\\", "ت\n\"", 1.5e3, null], "": {"\u0000": true}}"#;
    for piece in 1..json.len() {
        assert_eq!(kept(json, piece).await, json.as_bytes());
    }
}

#[tokio::test]
async fn a_long_text_is_cut_between_two_signs_and_the_rest_stays() {
    let signs = ["ت", "x", r"\u0645", r"\\", r#"\""#, "🚋", r"\n"];
    for (sign, before) in signs.into_iter().flat_map(|sign| ["", "x", "xx", "xxx"].map(|before| (sign, before))) {
        let long = sign.repeat(MOST_OF_A_TEXT / sign.len() + 1_000);
        let sent = format!(r#"{{"before": "\"", "text": "{before}{long}", "after": {{"TOXICITY": {{}}}}}}"#);
        let kept = kept(&sent, 8_191).await;
        assert!(kept.len() < MOST_OF_A_TEXT + 100, "{sign}: {}", kept.len());
        let read: Value = serde_json::from_slice(&kept).expect("whole JSON");
        assert_eq!((&read["before"], &read["after"]), (&json!("\""), &json!({ "TOXICITY": {} })), "{sign}");
        assert!(read["text"].as_str().is_some_and(|text| text.len() > MOST_OF_A_TEXT / 6), "{sign}");
    }
}

#[tokio::test]
async fn many_short_ones_are_too_long_together_and_one_long_one_is_not() {
    let many = format!("[{}1]", "1,".repeat(MOST_KEPT / 2));
    assert_eq!(taken(Body::from(many)).await, Kept::TooLong);
    let one = format!("[\"{}\"]", "x".repeat(5 * MOST_KEPT));
    assert_eq!(kept(&one, one.len()).await.len(), MOST_OF_A_TEXT + 4);
}
