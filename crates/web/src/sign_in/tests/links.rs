//! Coming in by a link, once.

use crate::make_sign_in_link;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

#[tokio::test]
async fn a_link_is_looked_at_as_often_as_one_likes_and_used_once() {
    let paper = OpenPaper::open().await;
    let staff = paper.app.store.add_staff("سلمى", Role::Moderator, paper.app.now()).await.expect("staff");
    let link = make_sign_in_link(&paper.app, staff.id, 1).await.expect("a link");
    let (salma, thief) = (Browser::new(&paper), Browser::new(&paper));
    for _ in 0..2 {
        salma.get(&link).await.assert_order(&["سلمى", "إشراف على التعليقات", "ادخل"]);
    }
    let entered = salma.post(&link, &[]).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/desk"));
    let cookie = entered.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly; SameSite=Lax") && cookie.contains("Max-Age=604800") && !cookie.contains("Secure")
    );
    assert_eq!(salma.get("/desk").await.status, StatusCode::OK);
    assert_eq!(thief.post(&link, &[]).await.status, StatusCode::GONE);
    assert!(thief.get(&link).await.text.contains("استُعمل من قبل"));
    assert_eq!(thief.get("/desk").await.header("location"), "/sign-in");
}

#[tokio::test]
async fn a_link_that_is_too_old_opens_nothing() {
    let paper = OpenPaper::open().await;
    let staff = paper.app.store.add_staff("سلمى", Role::Moderator, paper.app.now()).await.expect("staff");
    let link = make_sign_in_link(&paper.app, staff.id, 0).await.expect("a link");
    assert_eq!(Browser::new(&paper).post(&link, &[]).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn whoever_signs_out_is_out_with_the_old_cookie_too() {
    let paper = OpenPaper::open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let kept = salma.jar().clone();
    assert_eq!(salma.post("/sign-out", &[]).await.header("location"), "/sign-in");
    *salma.jar() = kept;
    assert_eq!(salma.get("/desk").await.header("location"), "/sign-in");
}

#[tokio::test]
async fn over_a_secure_line_cookies_stay_on_it() {
    let address = "https://example.org".to_owned();
    let paper = OpenPaper::open_as(crate::paper::Paper { address, ..crate::paper::Paper::default() }).await;
    let staff = paper.app.store.add_staff("سلمى", Role::Moderator, paper.app.now()).await.expect("staff");
    let link = make_sign_in_link(&paper.app, staff.id, 1).await.expect("a link");
    assert!(Browser::new(&paper).post(&link, &[]).await.header("set-cookie").ends_with("; Secure"));
}
