//! The pictures of the guides, taken from the demo newspaper. They are taken at each run, so that the way to them cannot
//! rot; `cargo xtask pictures` names the folder in which they are kept.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::running::{Running, until};
use crate::with_paper;
use base64::Engine;
use std::path::PathBuf;

/// Where the pictures go; nowhere when it is not set.
const FOLDER: &str = "MIDAD_GUIDE_PICTURES";
/// Fewer bytes than this are a picture of nothing.
const LEAST: usize = 8_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_moderators_guide_shows_the_desk_as_it_is() {
    with_paper(&["--waiting", "40"], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk", paper.address)).await;
        desk.until_shown("[data-card][data-current]").await;
        keep(&desk, "desk").await;
        desk.press_key("KeyR", "ق").await;
        until("the reasons", || async { desk.shows("[data-current] [data-refuse] fieldset").await.then_some(()) })
            .await;
        desk.js("document.querySelector('[data-current] [data-refuse]').scrollIntoView({ block: 'center' })").await;
        keep(&desk, "refusal").await;
        desk.open(&format!("{}/desk?queue=copies", paper.address)).await;
        desk.until_shown("[data-card]").await;
        for _ in 0..2 {
            desk.press_key("KeyS", "س").await;
            desk.press_key("KeyJ", "ت").await;
        }
        desk.js("document.querySelector('[data-bulk] [name=act]').value = 'release'").await;
        desk.press("[data-bulk] button[type=submit]").await;
        desk.until_shown(".bulk-lines").await;
        keep(&desk, "bulk").await;
        for (page, name) in [("/desk/log", "log"), ("/desk/rules", "rules"), ("/desk/transparency", "transparency")] {
            desk.open(&format!("{}{page}", paper.address)).await;
            desk.until_shown("h1").await;
            keep(&desk, name).await;
        }
        let phone = driver.browser(PHONE).await;
        enter(&phone, &paper, "moderator").await;
        phone.open(&format!("{}/desk", paper.address)).await;
        phone.until_shown("[data-card][data-current]").await;
        let top = "return document.querySelector('[data-card]').getBoundingClientRect().top < innerHeight * .6";
        assert_eq!(phone.js(top).await, true, "the first card begins on the first screen of a phone");
        keep(&phone, "phone").await;
    })
    .await;
}

/// Signs in as whoever has this role.
pub async fn enter(browser: &Browser, paper: &Running, role: &str) {
    browser.open(&paper.link_for(role).await).await;
    browser.press("form[action^='/sign-in/'] button").await;
    browser.until_shown("[data-desk]").await;
}

/// What is on the screen, and no more of the page.
pub async fn keep(browser: &Browser, name: &str) {
    let taken = browser.screen().await;
    let taken = base64::engine::general_purpose::STANDARD.decode(taken).expect("base64");
    assert!(taken.len() > LEAST, "{name}: {} bytes", taken.len());
    if let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) {
        std::fs::write(folder.join(format!("{name}.png")), taken).expect("a picture can be kept");
    }
}
