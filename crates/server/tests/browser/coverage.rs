//! Live coverage in a page that is open: it comes when whoever reads asks for it.

use crate::driver::{DESKTOP, PHONE};
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::pages;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

const TITLE: &str = "وصلت العربة الأولى";
const TEXT: &str = "وصلت العربة الأولى إلى المحطة، والركاب على الرصيف.";

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_shows_an_update_when_the_reader_asks_for_it() {
    with_paper(&[], |paper, driver| async move {
        let (desk, reader) = (driver.browser(DESKTOP).await, driver.browser(PHONE).await);
        enter(&desk, &paper, "owner").await;
        let story = pages::quiet(&paper.reader()).await;
        let short = paper.reader().get(&story).await.body;
        let short = short.split("/s/").nth(1).and_then(|rest| rest.split(['"', '<']).next()).expect("a short link");
        desk.open(&format!("{}/desk/stories/{short}/live", paper.address)).await;
        desk.press("form[action$='/live'] button.main").await;
        desk.until_shown("form[action$='/live/entries']").await;
        nothing_wrong(&judged(&desk, "coverage-desk").await);
        desk.size(DESKTOP).await;

        reader.open(&format!("{}{story}", paper.address)).await;
        reader.until_shown("[data-coverage] .live-badge").await;
        reader.js("window.neverLeft = true").await;
        desk.write("#headline", TITLE).await;
        desk.write("#text", TEXT).await;
        desk.press("form[action$='/live/entries'] button.main").await;
        desk.until_said("ul.front-launches", TITLE).await;
        reader.until_shown("[data-coverage-notice] button").await;
        let entries = "return document.querySelectorAll('[data-entry]').length";
        assert_eq!(reader.js(entries).await, json!(0), "nothing moves under whoever reads");
        reader.press("[data-coverage-notice] button").await;
        reader.until_said("[data-coverage-entries] [data-entry]", TEXT).await;
        let focus = "return document.activeElement.matches('[data-entry]')";
        assert_eq!(reader.js(focus).await, json!(true), "whoever reads with the keyboard is taken there");
        assert!(!reader.shows("[data-coverage-notice] button").await);
        nothing_wrong(&judged(&reader, "coverage").await);

        desk.press("form[action$='/live/end'] button").await;
        until("the end in the open page", || async { (!reader.shows(".live-badge").await).then_some(()) }).await;
        assert_eq!(reader.js("return window.neverLeft === true").await, json!(true), "the page was loaded anew");
        for (who, browser) in [("reader", &reader), ("desk", &desk)] {
            let said = browser.complaints().await;
            assert!(said.is_empty(), "{who}: {said:#?}");
        }
    })
    .await;
}
