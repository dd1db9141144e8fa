//! The staff comes in by the organisation's own sign-in, over a real line to a provider.

use crate::driver::{Browser, DESKTOP, Driver, PHONE};
use crate::everyone::{judged, nothing_wrong};
use crate::running::Running;
use crate::running::provider::{CLIENT, Provider, SECRET};
use crate::with_paper;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_an_invitation_links_the_organisation_s_account_and_comes_in_by_it() {
    let provider = Provider::open().await;
    let settings =
        [("issuer", provider.issuer.as_str()), ("client", CLIENT), ("secret", SECRET), ("name", "بيت الصحافة")];
    let flags = settings.map(|(key, value)| format!("--set=organisation.{key}={value}"));
    let flags = flags.iter().map(String::as_str).collect::<Vec<_>>();
    with_paper(&flags, |paper, driver| async move { comes_in(&paper, &driver).await }).await;
}

async fn comes_in(paper: &Running, driver: &Driver) {
    let (salma, stranger) = (driver.browser(PHONE).await, driver.browser(DESKTOP).await);

    stranger.open(&format!("{}/sign-in", paper.address)).await;
    let mut wrong = judged(&stranger, "sign-in-organisation").await;
    stranger.press("a[href='/sign-in/organisation']").await;
    stranger.until_said(".problems", "لا يفتح هذا المكتب").await;
    wrong.extend(judged(&stranger, "organisation-not-linked").await);

    salma.open(&paper.link_for("moderator").await).await;
    salma.press("form[action^='/sign-in/'] button").await;
    salma.until_shown("[data-desk]").await;
    salma.open(&format!("{}/desk/me", paper.address)).await;
    salma.press("a[href='/desk/me/organisation']").await;
    salma.until_said(".done", "رُبط الحساب").await;
    salma.until_said("main", "salma@harbour.example").await;
    wrong.extend(judged(&salma, "desk-me-organisation").await);
    leaves(&salma, paper).await;
    salma.press("a[href='/sign-in/organisation']").await;
    salma.until_shown("[data-desk] [aria-current=page]").await;
    salma.open(&format!("{}/desk/me", paper.address)).await;
    salma.until_said("[aria-labelledby=own-sessions]", "بحساب المؤسسة").await;
    salma.press("form[action='/desk/me/organisation/removal'] button").await;
    salma.until_said(".problems[role=alert]", "هذا آخر ما تدخل به").await;
    nothing_wrong(&wrong);
}

async fn leaves(browser: &Browser, paper: &Running) {
    browser.open(&format!("{}/desk/me", paper.address)).await;
    browser.press("form[action='/desk/me/sessions/end'] button").await;
    browser.until_shown("a[href='/sign-in/organisation']").await;
}
