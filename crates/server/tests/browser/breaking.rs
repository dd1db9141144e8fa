//! Breaking news in pages that are open: it comes and goes without a reload.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::pages;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

const WORDS: &str = "توقف الترام عند المرفأ ساعة";

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_gets_breaking_news_and_loses_it_at_its_end() {
    with_paper(&[], |paper, driver| async move {
        let (front, story) = (driver.browser(PHONE).await, driver.browser(DESKTOP).await);
        front.open(&format!("{}/", paper.address)).await;
        story.open(&format!("{}{}", paper.address, pages::quiet(&paper.reader()).await)).await;
        for open in [&front, &story] {
            open.js("window.neverLeft = true").await;
        }
        let desk = driver.browser(DESKTOP).await;
        desk.open(&paper.link_for("owner").await).await;
        desk.press("form[action^='/sign-in/'] button").await;
        desk.until_shown("[data-desk]").await;
        desk.open(&format!("{}/desk/breaking", paper.address)).await;
        desk.write("#text", WORDS).await;
        desk.press("button[value=look]").await;
        desk.until_said(".breaking .breaking-line", WORDS).await;
        desk.press("button[value=raise]").await;
        for open in [&front, &story] {
            open.until_said(".masthead .breaking-line", WORDS).await;
        }
        let narrow = "return document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(front.js(narrow).await, json!(true), "the line is wider than a telephone");
        desk.until_shown("form[action$='/end'] button").await;
        desk.press("form[action$='/end'] button").await;
        for open in [&front, &story] {
            until("the strip is gone", || async { gone(open).await.then_some(()) }).await;
            assert_eq!(open.js("return window.neverLeft === true").await, json!(true), "the page was loaded anew");
        }
        for (who, browser) in [("front", &front), ("story", &story), ("desk", &desk)] {
            let said = browser.complaints().await;
            assert!(said.is_empty(), "{who}: {said:#?}");
        }
    })
    .await;
}

async fn gone(browser: &Browser) -> bool {
    browser.js("return document.querySelector('.breaking-line') === null").await == json!(true)
}
