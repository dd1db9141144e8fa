//! The card of a story: drawn by the clock, shown with its link, and gone with what stood on it.

use super::{files, sends, with_picture};
use crate::clockwork::draw_cards;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

/// The path of the picture that others show of a link.
async fn shared(paper: &OpenPaper, page: &str) -> String {
    let text = paper.get(page).await.text;
    let whole = text.split("<meta property=\"og:image\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    let whole = whole.expect("a picture").to_owned();
    whole[whole.find("/pictures/").expect("a path")..].to_owned()
}

#[tokio::test]
async fn a_story_has_a_card_that_changes_with_its_headline_and_goes_with_it() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes("خط الترام الجديد").await;
    let page = address::story(&story.slug);
    assert!(!paper.get(&page).await.text.contains("/pictures/card-"), "nobody waits for it");
    draw_cards(&paper.app).await.expect("the clock");
    let first = shared(&paper, &page).await;
    let drawn = paper.get(&first).await;
    assert_eq!((drawn.status, drawn.header("content-type")), (StatusCode::OK, "image/jpeg"));
    draw_cards(&paper.app).await.expect("the clock");
    assert_eq!(shared(&paper, &page).await, first, "nothing changed");
    layla
        .post(&format!("/desk/stories/{}/changes", story.id), &[("how", "correction"), ("correction", "كان خطأ.")])
        .await;
    draw_cards(&paper.app).await.expect("the clock");
    assert_eq!(shared(&paper, &page).await, first, "the same headline, the same card");
    layla.post(&format!("/desk/stories/{}/withdrawal", story.id), &[("sure", "yes")]).await;
    assert_eq!(paper.get(&first).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_that_is_taken_down_is_on_no_card_any_more() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let got = sends(&paper, &layla, &files::photo_with_everything_beside(1200, 800, 1), "application/json").await;
    let told: serde_json::Value = serde_json::from_str(&got.text).expect("JSON");
    let name = told["files"][0]["picture"]["file"].as_str().expect("a name").to_owned();
    let story = paper.publishes_draft(with_picture(&paper, "خبر الميناء", &name), paper.app.now()).await;
    draw_cards(&paper.app).await.expect("the clock");
    let page = address::story(&story.slug);
    let with_it = shared(&paper, &page).await;
    assert!(with_it.starts_with("/pictures/card-"), "{with_it}");
    let down = layla.post(&format!("/desk/pictures/{name}/takedown"), &[("why", "طلب صاحبها"), ("sure", "yes")]).await;
    assert_eq!(down.status, StatusCode::SEE_OTHER);
    assert_eq!(paper.get(&with_it).await.status, StatusCode::NOT_FOUND, "at once");
    draw_cards(&paper.app).await.expect("the clock");
    let without = shared(&paper, &page).await;
    assert!(without.starts_with("/pictures/card-") && without != with_it, "{without}");
}
