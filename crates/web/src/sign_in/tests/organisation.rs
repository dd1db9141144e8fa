//! Coming in by the organisation's own sign-in.

use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use crate::tests::provider::{CLIENT, FakeProvider, ISSUER};
use axum::http::StatusCode;
use newsroom::people::Role;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

async fn paper(provider: &Arc<FakeProvider>) -> OpenPaper {
    OpenPaper::open_beside(Paper { name: "المرفأ".into(), ..Paper::default() }, None, Some(provider.wired())).await
}

/// The fields that a browser is sent to the provider with.
fn fields(got: &Got) -> BTreeMap<String, String> {
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text);
    let to = got.header("location");
    let (at, query) = to.split_once('?').expect("a query");
    assert_eq!(at, format!("{ISSUER}/authorize"));
    let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.into(), decoded(value)))
        .collect()
}

/// What the provider says of a subject who was asked with these fields.
fn claims(paper: &OpenPaper, subject: &str, asked: &BTreeMap<String, String>) -> Value {
    let now = paper.app.now().as_second();
    json!({
        "iss": ISSUER, "aud": CLIENT, "sub": subject, "nonce": asked["nonce"], "iat": now, "exp": now + 300,
        "auth_time": now, "email": "salma@harbour.example",
    })
}

/// To the provider and back, as a subject; what came of it, and the address that was come back to.
async fn goes(
    (paper, provider): (&OpenPaper, &FakeProvider),
    browser: &Browser<'_>,
    from: &str,
    subject: &str,
) -> (Got, String) {
    let asked = fields(&browser.get(from).await);
    assert_eq!(asked["code_challenge_method"], "S256");
    assert!(asked["redirect_uri"].ends_with("/sign-in/organisation/return"), "{asked:?}");
    *provider.says.lock().unwrap() = claims(paper, subject, &asked);
    let back = format!("/sign-in/organisation/return?code=c&state={}", asked["state"]);
    let got = browser.get(&back).await;
    assert!(provider.was_shown_the_verifier_of(&asked["code_challenge"]));
    (got, back)
}

#[tokio::test]
async fn an_account_is_linked_by_whoever_is_in_and_opens_the_desk_afterwards() {
    let provider = FakeProvider::new();
    let paper = paper(&provider).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let stranger = Browser::new(&paper);
    assert!(stranger.get("/sign-in").await.text.contains("/sign-in/organisation"));
    let (got, _) = goes((&paper, &provider), &stranger, "/sign-in/organisation", "7").await;
    assert_eq!(got.status, StatusCode::FORBIDDEN, "nobody is let in because of an address");
    assert!(stranger.get("/desk").await.header("location").ends_with("/sign-in"));
    let (got, back) = goes((&paper, &provider), &salma, "/desk/me/organisation", "7").await;
    assert_eq!(got.header("location"), "/desk/me?done=organisation", "{}", got.text);
    let me = salma.get("/desk/me?done=organisation").await.text;
    assert!(me.contains("salma@harbour.example") && me.contains("رُبط الحساب"), "{me}");
    assert_eq!(salma.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY, "answered once");
    let (got, back) = goes((&paper, &provider), &stranger, "/sign-in/organisation", "7").await;
    assert_eq!(got.header("location"), "/desk", "{}", got.text);
    assert_eq!(stranger.get("/desk").await.status, StatusCode::OK);
    assert!(stranger.get("/desk/me").await.text.contains("بحساب المؤسسة"), "the list says by which way");
    assert_eq!(Browser::new(&paper).get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY, "another browser");
    let karim = Browser::of_staff(&paper, "كريم", Role::Moderator).await;
    let (got, _) = goes((&paper, &provider), &karim, "/desk/me/organisation", "7").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "it is somebody's");
    let removed = stranger.post("/desk/me/organisation/removal", &[]).await;
    assert_eq!(removed.status, StatusCode::UNPROCESSABLE_ENTITY, "it is the only way in");
}

#[tokio::test]
async fn what_the_provider_says_otherwise_is_not_believed() {
    let provider = FakeProvider::new();
    let paper = paper(&provider).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    goes((&paper, &provider), &salma, "/desk/me/organisation", "7").await;
    let browser = Browser::new(&paper);
    let wrong = [("nonce", json!("other")), ("aud", json!("other")), ("iss", json!("https://id.elsewhere.example"))];
    for (claim, value) in wrong {
        let asked = fields(&browser.get("/sign-in/organisation").await);
        let mut says = claims(&paper, "7", &asked);
        says[claim] = value;
        *provider.says.lock().unwrap() = says;
        let got = browser.get(&format!("/sign-in/organisation/return?code=c&state={}", asked["state"])).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{claim}: {}", got.text);
    }
    let asked = fields(&browser.get("/sign-in/organisation").await);
    for more in ["&error=access_denied", "&code=c&iss=https%3A%2F%2Fid.elsewhere.example", ""] {
        let got = browser.get(&format!("/sign-in/organisation/return?state={}{more}", asked["state"])).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{more}");
    }
    assert!(browser.get("/desk").await.header("location").ends_with("/sign-in"));
}

#[tokio::test]
async fn what_other_pages_send_back_slows_nobody_and_a_time_that_is_not_said_proves_nothing() {
    let provider = FakeProvider::new();
    let paper = paper(&provider).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    goes((&paper, &provider), &salma, "/desk/me/organisation", "7").await;
    let browser = Browser::new(&paper);
    for number in 0..30 {
        let forged = browser.get(&format!("/sign-in/organisation/return?code=c&state={number}")).await;
        assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let asked = fields(&browser.get("/sign-in/organisation").await);
    assert_eq!(asked["max_age"], "2592000", "it has to say when");
    let mut says = claims(&paper, "7", &asked);
    says.as_object_mut().unwrap().remove("auth_time");
    *provider.says.lock().unwrap() = says;
    let got = browser.get(&format!("/sign-in/organisation/return?code=c&state={}", asked["state"])).await;
    assert_eq!(got.header("location"), "/desk", "{}", got.text);
    let to = browser.get("/desk/me/organisation").await;
    assert!(to.header("location").starts_with("/desk/me/proof"), "the desk is open, keys are not changed");
    let other = Browser::of_staff(&paper, "كريم", Role::Moderator).await;
    let asked = fields(&other.get("/desk/me/organisation").await);
    let mut says = claims(&paper, "9", &asked);
    says["auth_time"] = json!(paper.app.now().as_second() - 4_000);
    *provider.says.lock().unwrap() = says;
    let got = other.get(&format!("/sign-in/organisation/return?code=c&state={}", asked["state"])).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "signed in there this morning: {}", got.text);
}

#[tokio::test]
async fn where_the_provider_does_not_say_when_whose_account_it_is_is_asked_before_it_is_linked() {
    let provider = FakeProvider::new();
    let paper = paper(&provider).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let asked = fields(&salma.get("/desk/me/organisation").await);
    let mut says = claims(&paper, "7", &asked);
    says.as_object_mut().unwrap().remove("auth_time");
    *provider.says.lock().unwrap() = says;
    let got = salma.get(&format!("/sign-in/organisation/return?code=c&state={}", asked["state"])).await;
    assert!(got.status == StatusCode::OK && got.text.contains("salma@harbour.example"), "{}", got.text);
    let value = |name: &str| {
        let rest = got.text.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a field");
        rest.split('"').next().expect("a value").replace("&#34;", "\"")
    };
    let (said, seal) = (value("said"), value("seal"));
    let other = said.replace("\"7\"", "\"8\"");
    let forged = salma.post("/desk/me/organisation", &[("said", &other), ("seal", &seal)]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    let karim = Browser::of_staff(&paper, "كريم", Role::Moderator).await;
    let theirs = karim.post("/desk/me/organisation", &[("said", &said), ("seal", &seal)]).await;
    assert_eq!(theirs.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else had asked");
    let yes = salma.post("/desk/me/organisation", &[("said", &said), ("seal", &seal)]).await;
    assert_eq!(yes.header("location"), "/desk/me?done=organisation", "{}", yes.text);
    let again = salma.post("/desk/me/organisation", &[("said", &said), ("seal", &seal)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
}

#[tokio::test]
async fn a_provider_that_is_down_leaves_the_other_ways_and_none_is_asked_where_none_is_set() {
    let provider = FakeProvider::new();
    let paper = paper(&provider).await;
    provider.down.store(true, Ordering::Relaxed);
    let browser = Browser::new(&paper);
    let got = browser.get("/sign-in/organisation").await;
    assert_eq!(got.status, StatusCode::BAD_GATEWAY);
    assert!(got.text.contains("لا يجيب") && got.text.contains("href=\"/sign-in\""), "{}", got.text);
    let without = OpenPaper::open().await;
    let browser = Browser::new(&without);
    assert!(!browser.get("/sign-in").await.text.contains("organisation"));
    assert_eq!(browser.get("/sign-in/organisation").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_shows_who_they_are_again_has_signed_in_there_anew() {
    let provider = FakeProvider::new();
    let paper = paper(&provider).await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    goes((&paper, &provider), &salma, "/desk/me/organisation", "7").await;
    assert!(salma.get("/desk/me/proof").await.text.contains("/desk/me/proof/organisation"));
    let asked = fields(&salma.get("/desk/me/proof/organisation").await);
    assert_eq!((asked["prompt"].as_str(), asked["max_age"].as_str()), ("login", "0"));
    let mut says = claims(&paper, "7", &asked);
    says.as_object_mut().unwrap().remove("auth_time");
    *provider.says.lock().unwrap() = says;
    let got = salma.get(&format!("/sign-in/organisation/return?code=c&state={}", asked["state"])).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "it does not say when");
    let (got, _) = goes((&paper, &provider), &salma, "/desk/me/proof/organisation", "8").await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else's account");
    let (got, _) = goes((&paper, &provider), &salma, "/desk/me/proof/organisation", "7").await;
    assert_eq!(got.header("location"), "/desk/me", "{}", got.text);
}
