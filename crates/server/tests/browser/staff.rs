//! The staff comes in: by an invitation and a passkey, and by a password with the codes of a device.

use crate::both::Trial;
use crate::driver::{Browser, DESKTOP, Driver, PHONE};
use crate::everyone::{look_at, nothing_wrong};
use crate::pages::Page;
use crate::running::{Launch, Running, until};
use serde_json::Value;
use store::Place;

const PASSWORD: &str = "بيت أزرق على الرصيف";
/// The code of a secret (base 32) for the span of time that is so many after this one: RFC 6238 by the browser's own means.
const CODE: &str = r#"
    const [secret, later, done] = arguments;
    const letters = [...secret].map(letter => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"));
    const bytes = Uint8Array.from(letters.join("").match(/.{8}/g), bits => parseInt(bits, 2));
    const span = new DataView(new ArrayBuffer(8));
    span.setUint32(4, Math.floor(Date.now() / 30000) + later);
    crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-1" }, false, ["sign"])
        .then(key => crypto.subtle.sign("HMAC", key, span)).then(signed => {
            const view = new DataView(signed);
            const number = view.getUint32(view.getUint8(19) & 15) & 0x7fffffff;
            done(String(number % 1000000).padStart(6, "0"));
        });
"#;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_invited_adds_a_passkey_and_a_password_with_codes_and_comes_in_by_each() {
    let Some(driver) = Driver::start().await else { return };
    let trial = Trial::sqlite();
    let ended = tokio::spawn(comes_in(driver, trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn comes_in(driver: Driver, place: Place) {
    // Browsers know passkeys at names only.
    let paper = Launch::new(&["demo"]).on(&place).start_as("localhost").await;
    let owner = driver.browser(DESKTOP).await;
    let link = invited(&owner, &paper).await;

    let salma = driver.browser(PHONE).await;
    salma.has_authenticator().await;
    salma.open(&link).await;
    salma.press("form[action^='/sign-in/'] button").await;
    salma.write("#passkey-name", "هاتفي").await;
    salma.press("form[data-passkey=create] button").await;
    salma.until_said(".done", "أُضيف مفتاح المرور").await;
    let mut problems = Vec::new();
    for page in
        [Page::new("sign-in", "/sign-in"), Page::new("desk-me", "/desk/me"), Page::new("proof", "/desk/me/proof")]
    {
        problems.extend(look_at(&salma, &paper, &page).await);
    }
    leaves(&salma, &paper).await;
    salma.press("form[data-passkey=get] button").await;
    salma.until_shown("[data-desk] [aria-current=page]").await;

    let secret = sets_up_codes(&salma, &paper, &mut problems).await;
    leaves(&salma, &paper).await;
    salma.write("#name", "سلمى الجديدة").await;
    salma.write("#password", PASSWORD).await;
    salma.press("form[action='/sign-in'] button").await;
    // A script that begins in a page that is about to go never answers.
    salma.until_shown("#code").await;
    let code = code(&salma, &secret, 1).await;
    salma.write("#code", &code).await;
    salma.press("form[action='/sign-in/second'] button").await;
    salma.until_shown("[data-desk] [aria-current=page]").await;

    for page in [Page::new("staff", "/desk/staff"), Page::new("staff-person", &person(&owner, &paper).await)] {
        problems.extend(look_at(&owner, &paper, &page).await);
    }
    nothing_wrong(&problems);
}

/// The owner invites somebody; the link.
async fn invited(owner: &Browser, paper: &Running) -> String {
    owner.open(&paper.link_for("owner").await).await;
    owner.press("form[action^='/sign-in/'] button").await;
    owner.until_shown("[data-desk]").await;
    owner.open(&format!("{}/desk/staff", paper.address)).await;
    owner.write("#name", "سلمى الجديدة").await;
    owner.press("form[action='/desk/staff'] button").await;
    owner.until_shown("#link").await;
    owner.js("return document.getElementById('link').value").await.as_str().expect("a link").to_owned()
}

/// A password, and codes beside it; the secret.
async fn sets_up_codes(salma: &Browser, paper: &Running, problems: &mut Vec<String>) -> String {
    salma.open(&format!("{}/desk/me", paper.address)).await;
    salma.write("#new-password", PASSWORD).await;
    salma.write("#password-again", PASSWORD).await;
    salma.press("form[action='/desk/me/password'] button").await;
    salma.until_said(".done", "حُفظت كلمة المرور").await;
    problems.extend(look_at(salma, paper, &Page::new("desk-me-codes", "/desk/me/codes")).await);
    salma.size(PHONE).await;
    let secret = salma.js("return document.querySelector('[name=secret]').value").await;
    let secret = secret.as_str().expect("a secret").to_owned();
    let code = code(salma, &secret, 0).await;
    salma.write("#code", &code).await;
    salma.press("form[action='/desk/me/codes'] button").await;
    salma.until_shown(".recovery-codes li:nth-child(10)").await;
    secret
}

async fn code(browser: &Browser, secret: &str, later: i64) -> String {
    let code = browser.js_later_with(CODE, vec![Value::from(secret), Value::from(later)]).await;
    code.as_str().expect("a code").to_owned()
}

async fn leaves(browser: &Browser, paper: &Running) {
    browser.open(&format!("{}/desk/me", paper.address)).await;
    browser.press("form[action='/desk/me/sessions/end'] button").await;
    browser.until_shown("#password").await;
    until("the way in", || async { browser.shows("form[data-passkey=get]").await.then_some(()) }).await;
}

async fn person(owner: &Browser, paper: &Running) -> String {
    owner.open(&format!("{}/desk/staff", paper.address)).await;
    let path = owner.js("return document.querySelector('a[href^=\"/desk/staff/\"]').pathname").await;
    path.as_str().expect("a colleague").to_owned()
}
