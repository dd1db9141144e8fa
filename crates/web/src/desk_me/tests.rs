//! One's own page at the desk.

use crate::paper::Paper;
use crate::tests::authenticator::Authenticator;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::people::Role;

const PASSWORD: &str = "بيت أزرق على الرصيف";
const OTHER: &str = "باب أخضر قرب المنارة";

async fn open() -> OpenPaper {
    OpenPaper::open_as(Paper { address: "https://example.org".into(), name: "المرفأ".into(), ..Paper::default() }).await
}

async fn sets(browser: &Browser<'_>, password: &str, again: &str) -> (StatusCode, String) {
    let got = browser.post("/desk/me/password", &[("password", password), ("again", again)]).await;
    (got.status, got.text + got.headers.get("location").map_or("", |to| to.to_str().expect("text")))
}

#[tokio::test]
async fn a_weak_password_is_told_why_and_a_good_one_ends_the_other_sign_ins() {
    let paper = open().await;
    let (here, there) = (Browser::new(&paper), Browser::new(&paper));
    let staff = here.signs_in(Role::Reporter, &[], paper.app.now()).await;
    for (password, again, why) in [
        ("قصيرة", "قصيرة", "قصيرة: 12 حرفًا"),
        (PASSWORD, OTHER, "مختلفتان"),
        ("بببببببببببببب", "بببببببببببببب", "تتكرر"),
    ] {
        let (status, text) = sets(&here, password, again).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && text.contains(why), "{why}");
    }
    assert!(here.get("/desk/me").await.text.contains("لا كلمة مرور لك ولا مفتاح مرور"));
    assert_eq!(sets(&here, PASSWORD, PASSWORD).await.0, StatusCode::OK);
    let entered = there.post("/sign-in", &[("name", &staff.name), ("password", PASSWORD)]).await;
    assert_eq!(entered.header("location"), "/desk/stories", "a reporter begins here");
    assert_eq!(sets(&there, OTHER, OTHER).await.0, StatusCode::OK);
    assert_eq!(here.get("/desk/me").await.header("location"), "/sign-in");
    assert_eq!(there.get("/desk/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_came_a_while_ago_shows_again_who_they_are_before_a_change() {
    let paper = open().await;
    let browser = Browser::new(&paper);
    let an_hour_ago = paper.app.now() - SignedDuration::from_hours(1);
    browser.signs_in(Role::Moderator, &[], an_hour_ago).await;
    assert_eq!(sets(&browser, PASSWORD, PASSWORD).await.0, StatusCode::OK, "there was nothing to show it with");
    let (status, to) = sets(&browser, OTHER, OTHER).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/desk/me/proof?back=%2Fdesk%2Fme"));
    let from = [("sec-fetch-site", "same-origin"), ("referer", "https://example.org/desk/me/codes")];
    let led = browser.send("POST", "/desk/me/codes/off", &[], &from).await;
    assert_eq!(led.header("location"), "/desk/me/proof?back=%2Fdesk%2Fme%2Fcodes");
    let asked = browser.get("/desk/me/proof?back=//example.com/desk/").await.text;
    assert!(asked.contains("name=\"back\" value=\"/desk/me\""), "nobody is led outside");
    let wrong = browser.post("/desk/me/proof", &[("password", OTHER), ("back", "/desk/me")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = browser.post("/desk/me/proof", &[("password", PASSWORD), ("back", "/desk/me/codes")]).await;
    assert_eq!(right.header("location"), "/desk/me/codes");
    assert_eq!(sets(&browser, OTHER, OTHER).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_passkey_is_renamed_shown_again_as_proof_and_not_taken_away_when_it_is_the_last() {
    let paper = open().await;
    let (browser, device) = (Browser::new(&paper), Authenticator::new("https://example.org"));
    let an_hour_ago = paper.app.now() - SignedDuration::from_hours(1);
    let staff = browser.signs_in(Role::Moderator, &[], an_hour_ago).await;
    let page = browser.get("/desk/me").await.text;
    browser.post("/desk/me/passkeys", &device.registers(&page).pairs(&[("name", "هاتف")])).await;
    let id = paper.app.store.keys_of(staff.id).await.expect("keys").passkeys[0].id;
    let rename = format!("/desk/me/passkeys/{id}/name");
    assert_eq!(browser.post(&rename, &[("name", "حاسوب")]).await.status, StatusCode::SEE_OTHER, "a while ago");
    let asked = browser.get("/desk/me/proof").await.text;
    let proven = browser.post("/desk/me/proof", &device.answers(&asked).pairs(&[])).await;
    assert_eq!(proven.header("location"), "/desk/me");
    assert!(browser.post(&rename, &[("name", "حاسوب")]).await.text.contains("value=\"حاسوب\""));
    let last = browser.post(&format!("/desk/me/passkeys/{id}/removal"), &[]).await;
    assert!(last.status == StatusCode::UNPROCESSABLE_ENTITY && last.text.contains("آخر ما تدخل به"));
    sets(&browser, PASSWORD, PASSWORD).await;
    assert_eq!(browser.post(&format!("/desk/me/passkeys/{id}/removal"), &[]).await.status, StatusCode::OK);
    let colleague = Browser::new(&paper);
    colleague.signs_in(Role::Owner, &[], paper.app.now()).await;
    assert_eq!(colleague.post(&rename, &[("name", "x")]).await.status, StatusCode::NOT_FOUND, "somebody else's");
}

#[tokio::test]
async fn sign_ins_are_listed_by_device_and_ended_one_by_one_or_all_at_once() {
    let paper = open().await;
    let (here, there) = (Browser::new(&paper), Browser::new(&paper));
    let staff = here.signs_in(Role::Moderator, &[], paper.app.now()).await;
    sets(&here, PASSWORD, PASSWORD).await;
    let telephone = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
    let form = [("name", staff.name.as_str()), ("password", PASSWORD)];
    let from = [("sec-fetch-site", "same-origin"), ("user-agent", telephone)];
    there.send("POST", "/sign-in", &form, &from).await;
    let page = here.get("/desk/me").await.text;
    assert!(page.contains("على \u{2068}أندرويد") && page.contains("فايرفوكس") && !page.contains("Gecko"), "{page}");
    let lines =
        paper.app.store.sessions_of(staff.id, jiff::Timestamp::UNIX_EPOCH, paper.app.now()).await.expect("lines");
    let other = lines.iter().find(|line| line.device == "firefox/android").expect("the telephone's").id;
    let stranger = Browser::new(&paper);
    stranger.signs_in(Role::Owner, &[], paper.app.now()).await;
    stranger.post(&format!("/desk/me/sessions/{other}/end"), &[]).await;
    assert_eq!(there.get("/desk/me").await.status, StatusCode::OK, "nobody ends another one's");
    assert_eq!(here.post(&format!("/desk/me/sessions/{other}/end"), &[]).await.status, StatusCode::OK);
    assert_eq!(there.get("/desk/me").await.header("location"), "/sign-in");
    there.send("POST", "/sign-in", &form, &from).await;
    assert_eq!(here.post("/desk/me/sessions/end", &[]).await.header("location"), "/sign-in");
    for browser in [&here, &there] {
        assert_eq!(browser.get("/desk/me").await.header("location"), "/sign-in");
    }
}
