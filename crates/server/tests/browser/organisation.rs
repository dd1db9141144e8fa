//! The staff comes in by the organisation's own sign-in, over a real line to a provider.

use crate::both::Trial;
use crate::driver::{Browser, DESKTOP, Driver, PHONE};
use crate::everyone::{judged, nothing_wrong};
use crate::running::provider::{CLIENT, Provider, SECRET};
use crate::running::{Launch, Running};
use store::Place;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_an_invitation_links_the_organisation_s_account_and_comes_in_by_it() {
    let Some(driver) = Driver::start().await else { return };
    let trial = Trial::sqlite();
    let ended = tokio::spawn(comes_in(driver, trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn comes_in(driver: Driver, place: Place) {
    let provider = Provider::open().await;
    let launch = Launch::new(&["demo"]).on(&place).set(&format!("organisation.issuer={}", provider.issuer));
    let launch = launch.set(&format!("organisation.client={CLIENT}")).set(&format!("organisation.secret={SECRET}"));
    let paper = launch.set("organisation.name=بيت الصحافة").start().await;
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
    leaves(&salma, &paper).await;
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
