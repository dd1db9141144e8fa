//! The sizes that are made after a picture came in.

use super::{files, in_library, sends, with_picture};
use crate::clockwork;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn a_page_lists_the_sizes_that_there_are_and_the_clock_makes_the_others() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::SubEditor).await;
    let got = sends(&paper, &salma, &files::photo_with_everything_beside(1200, 800, 1), "application/json").await;
    let told: serde_json::Value = serde_json::from_str(&got.text).expect("JSON");
    let name = told["files"][0]["picture"]["file"].as_str().expect("a name").to_owned();
    let print = name.trim_end_matches(".jpg");
    salma.get("/desk/pictures").await.assert_order(&["تُجهَّز المقاسات", "غير مستعملة"]);
    let story = paper.publishes_draft(with_picture(&paper, "خبر الميناء", &name), paper.app.now()).await;
    let public = address::story(&story.slug);
    let page = paper.get(&public).await.text;
    assert!(page.contains(&format!("/pictures/{print}-480.jpg 480w")), "{page}");
    assert!(!page.contains(&format!("{print}-960.jpg")), "it is not there yet");
    assert_eq!(paper.get(&format!("/pictures/{print}-960.jpg")).await.status, StatusCode::NOT_FOUND);
    clockwork::make_sizes(&paper.app).await.expect("the clock");
    let page = paper.get(&public).await.text;
    for width in ["480", "960"] {
        assert!(page.contains(&format!("/pictures/{print}-{width}.jpg {width}w")), "{page}");
        assert_eq!(paper.get(&format!("/pictures/{print}-{width}.jpg")).await.status, StatusCode::OK);
    }
    assert_eq!(page.contains("type=\"image/avif\""), darkroom::HAS_AVIF);
    assert!(!salma.get("/desk/pictures").await.text.contains("تُجهَّز المقاسات"));
    let log = paper.app.store.log(None, 9).await.expect("the log");
    assert!(log.iter().any(|told| told.what.key() == "picture-sized"), "pages are told");
}

#[tokio::test]
async fn who_shows_a_card_of_a_link_is_given_a_size_that_is_there() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::SubEditor).await;
    let got = sends(&paper, &salma, &files::photo_with_everything_beside(1800, 1000, 1), "application/json").await;
    let told: serde_json::Value = serde_json::from_str(&got.text).expect("JSON");
    let name = told["files"][0]["picture"]["file"].as_str().expect("a name").to_owned();
    let print = name.trim_end_matches(".jpg");
    clockwork::make_sizes(&paper.app).await.expect("the clock");
    let mut draft = with_picture(&paper, "خبر الميناء", &name);
    draft.text.lead.as_mut().expect("a picture").size = (1800, 1000);
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    let page = paper.get(&address::story(&story.slug)).await;
    page.assert_order(&[
        &format!("/pictures/{print}-1600.jpg\">"),
        "<meta property=\"og:image:width\" content=\"1600\">",
        "<meta property=\"og:image:height\" content=\"888\">",
    ]);
    let small = paper.get(&format!("/pictures/{print}-1600.jpg")).await;
    assert_eq!(small.status, StatusCode::OK);
}

#[tokio::test]
async fn sizes_that_could_not_be_made_are_named_and_tried_again() {
    let paper = OpenPaper::open().await;
    // Nothing that could be pressed.
    let name = in_library(&paper, "عربة").await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Reporter).await;
    let page = format!("/desk/pictures/{name}");
    assert_eq!(salma.post(&format!("{page}/sizes"), &[]).await.header("location"), page);
    salma.get(&page).await.assert_order(&["تُجهَّز المقاسات"]);
    clockwork::make_sizes(&paper.app).await.expect("the clock");
    salma.get(&page).await.assert_order(&["تُجهَّز المقاسات"]);
    paper.app.store.sizes_failed(&name, None).await.expect("failed");
    salma.get("/desk/pictures").await.assert_order(&["لم تُجهَّز كل المقاسات"]);
    salma.get(&page).await.assert_order(&["لم تُجهَّز كل المقاسات", "/sizes", "حاول تجهيزها من جديد"]);
    let unknown = salma.post("/desk/pictures/none.jpg/sizes", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
