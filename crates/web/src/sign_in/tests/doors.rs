//! Passwords, codes, passkeys, and how often one may try.

use crate::paper::Paper;
use crate::passkeys::written;
use crate::sign_in::Secret;
use crate::tests::authenticator::Authenticator;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use newsroom::people::{Role, Staff};

const PASSWORD: &str = "بيت أزرق على الرصيف";

/// A paper with passkeys, and somebody with a password.
async fn open() -> (OpenPaper, Staff) {
    let address = "https://example.org".to_owned();
    let paper = OpenPaper::open_as(Paper { address, name: "المرفأ".into(), ..Paper::default() }).await;
    let salma = Browser::new(&paper);
    let staff = salma.signs_in(Role::Moderator, &[], paper.app.now()).await;
    let set = salma.post("/desk/me/password", &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    (paper, staff)
}

async fn tries(browser: &Browser<'_>, name: &str, password: &str) -> Got {
    browser.post("/sign-in", &[("name", name), ("password", password)]).await
}

/// What a form of the page would send back.
fn hidden(got: &Got, name: &str) -> String {
    let rest = got.text.split(&format!("name=\"{name}\" value=\"")).nth(1).expect(name);
    rest.split('"').next().expect("a value").to_owned()
}

#[tokio::test]
async fn a_name_and_a_password_open_the_desk_with_a_new_sign_in() {
    let (paper, salma) = open().await;
    let browser = Browser::new(&paper);
    browser.jar().insert("__Host-midad_desk".into(), "brought along".into());
    let got = tries(&browser, &format!("  {} ", salma.name), PASSWORD).await;
    assert_eq!((got.status, got.header("location")), (StatusCode::SEE_OTHER, "/desk"));
    let cookie = got.header("set-cookie");
    assert!(cookie.starts_with("__Host-midad_desk=") && !cookie.contains("brought along"), "{cookie}");
    assert!(cookie.contains("Path=/;") && cookie.ends_with("HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_answered_alike_and_one_of_them_is_in_the_log() {
    let (paper, salma) = open().await;
    let wrong = tries(&Browser::new(&paper), &salma.name, "كلمة أخرى تمامًا").await;
    let unknown = tries(&Browser::new(&paper), "لا أحد", PASSWORD).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    let without = |got: &Got, name: &str| {
        let challenge = got.text.split("data-challenge=\"").nth(1).and_then(|rest| rest.split('"').next());
        got.text.replace(name, "").replace(challenge.expect("a challenge"), "")
    };
    assert_eq!(without(&wrong, &salma.name), without(&unknown, "لا أحد"));
    let log = paper.app.store.staff_log(9).await.expect("a log");
    let kinds: Vec<&str> = log.iter().map(|happening| happening.what.key()).collect();
    assert_eq!(kinds[0], "sign-in-refused");
    assert_eq!(kinds.iter().filter(|kind| **kind == "sign-in-refused").count(), 1);
    let written = serde_json::to_string(&log).expect("json");
    assert!(!written.contains("كلمة أخرى") && !written.contains(PASSWORD), "no password is written down");
}

#[tokio::test]
async fn whoever_guesses_waits_and_so_does_whoever_guesses_a_name_that_is_nobodys() {
    for known in [true, false] {
        let (paper, salma) = open().await;
        let name = if known { salma.name.as_str() } else { "لا أحد" };
        let mut slow = None;
        for number in 0..9 {
            let got = tries(&Browser::new(&paper), name, "كلمة أخرى تمامًا").await;
            if got.status == StatusCode::TOO_MANY_REQUESTS {
                slow = Some((number, got.header("retry-after").to_owned()));
                break;
            }
        }
        let (number, wait) = slow.expect("the attempts are slowed down");
        assert!(number == 6 && ["1", "2"].contains(&wait.as_str()), "{name}: {number} {wait}");
        let right = tries(&Browser::new(&paper), name, PASSWORD).await;
        assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "the right one is not looked at either");
    }
}

#[tokio::test]
async fn a_code_is_asked_for_beside_the_password_and_holds_once() {
    let (paper, salma) = open().await;
    let (browser, now) = (Browser::new(&paper), paper.app.now());
    tries(&browser, &salma.name, PASSWORD).await;
    let page = browser.get("/desk/me/codes").await;
    assert!(page.text.contains("<svg class=\"qr\"") && page.header("cache-control").contains("no-store"));
    let secret = hidden(&page, "secret");
    let device = Secret::read(&secret).expect("a secret");
    let slip = browser.post("/desk/me/codes", &[("secret", &secret), ("code", "000000x")]).await;
    assert!(slip.status == StatusCode::UNPROCESSABLE_ENTITY && slip.text.contains(&secret), "the same secret again");
    let span = now.as_second().div_euclid(30);
    let shown = browser.post("/desk/me/codes", &[("secret", &secret), ("code", &device.code(span - 1))]).await;
    assert_eq!(shown.text.matches("<li><code>").count(), 10);
    let recovery =
        shown.text.split("<li><code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();

    let second = |code: String, ticket: String| {
        let browser = Browser::new(&paper);
        async move { browser.post("/sign-in/second", &[("ticket", &ticket), ("code", &code)]).await }
    };
    let asked = tries(&Browser::new(&paper), &salma.name, PASSWORD).await;
    assert_eq!((asked.status, asked.header("set-cookie")), (StatusCode::OK, ""), "a password alone opens nothing");
    let ticket = hidden(&asked, "ticket");
    let used = second(device.code(span - 1), ticket.clone()).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "used when it was set up");
    assert_eq!(hidden(&used, "ticket"), ticket, "a wrong code buys no more time");
    let entered = second(device.code(span), ticket.clone()).await;
    assert_eq!(entered.header("location"), "/desk");
    let again = second(device.code(span), ticket.clone()).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a code is used once");
    assert_eq!(second(recovery.clone(), ticket.clone()).await.header("location"), "/desk");
    assert_eq!(second(recovery, ticket).await.status, StatusCode::UNPROCESSABLE_ENTITY, "so is a recovery code");
    let forged = second(device.code(span + 1), written(&[7; 64])).await;
    assert_eq!(forged.header("location"), "/sign-in", "a ticket of nobody's making leads back");
}

#[tokio::test]
async fn a_passkey_opens_the_desk_alone_and_an_answer_holds_once() {
    let (paper, _) = open().await;
    let (salma, device) = (Browser::new(&paper), Authenticator::new("https://example.org"));
    salma.signs_in(Role::Moderator, &[], paper.app.now()).await;
    let made = device.registers(&salma.get("/desk/me").await.text);
    let added = salma.post("/desk/me/passkeys", &made.pairs(&[("name", "هاتفي")])).await;
    assert!(added.status == StatusCode::OK && added.text.contains("هاتفي"), "{}", added.text);
    let twice = salma.post("/desk/me/passkeys", &made.pairs(&[])).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "what was asked was answered before");

    let browser = Browser::new(&paper);
    let answer = device.answers(&browser.get("/sign-in").await.text);
    let entered = browser.post("/sign-in/passkey", &answer.pairs(&[])).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/desk"));
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
    let thief = Browser::new(&paper);
    let replayed = thief.post("/sign-in/passkey", &answer.pairs(&[])).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "an answer that was listened to opens nothing");
    let page = salma.get("/desk/me").await.text;
    let of_another_page = device.answers(&page);
    let misled = thief.post("/sign-in/passkey", &of_another_page.pairs(&[])).await;
    assert_eq!(misled.status, StatusCode::UNPROCESSABLE_ENTITY, "a question for something else");
    let unknown = Authenticator::new("https://example.org");
    let stranger = unknown.answers(&thief.get("/sign-in").await.text);
    assert_eq!(thief.post("/sign-in/passkey", &stranger.pairs(&[])).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(thief.get("/desk").await.header("location"), "/sign-in");
}

#[tokio::test]
async fn whoever_comes_in_often_by_both_steps_is_not_slowed_down() {
    let (paper, salma) = open().await;
    let browser = Browser::new(&paper);
    tries(&browser, &salma.name, PASSWORD).await;
    let secret = hidden(&browser.get("/desk/me/codes").await, "secret");
    let device = Secret::read(&secret).expect("a secret");
    let code = device.code(paper.app.now().as_second().div_euclid(30));
    let shown = browser.post("/desk/me/codes", &[("secret", &secret), ("code", &code)]).await.text;
    let codes = shown.split("<li><code>").skip(1).filter_map(|rest| rest.split('<').next());
    let codes: Vec<&str> = codes.collect();
    assert_eq!(codes.len(), 10);
    for code in codes.iter().take(8) {
        let asked = tries(&Browser::new(&paper), &salma.name, PASSWORD).await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
        let form = [("ticket", hidden(&asked, "ticket")), ("code", (*code).to_owned())];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(Browser::new(&paper).post("/sign-in/second", &form).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn whoever_shows_often_who_they_are_is_not_slowed_down_and_neither_is_their_next_sign_in() {
    let (paper, salma) = open().await;
    let browser = Browser::new(&paper);
    for _ in 0..5 {
        tries(&browser, &salma.name, "كلمة أخرى تمامًا").await;
    }
    assert_eq!(tries(&browser, &salma.name, PASSWORD).await.status, StatusCode::SEE_OTHER);
    for _ in 0..8 {
        let shown = browser.post("/desk/me/proof", &[("password", PASSWORD), ("back", "/desk/me")]).await;
        assert_eq!((shown.status, shown.header("location")), (StatusCode::SEE_OTHER, "/desk/me"));
    }
    assert_eq!(tries(&Browser::new(&paper), &salma.name, PASSWORD).await.status, StatusCode::SEE_OTHER);
}
