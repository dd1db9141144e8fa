//! The desk without a line: the page that stands in, what it shows of what the browser keeps, and the way on.

use crate::driver::{Browser, DESKTOP, Driver};
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::line::Line;
use crate::running::{Running, until};
use crate::with_paper;
use crate::writing::{kept, types};

const HEADLINE: &str = "سوق السمك ينتقل إلى الرصيف الجديد";
const FIRST: &str = "انتقل السوق صباح اليوم.";
const WITHOUT_LINE: &str = " وبقي المزاد في مكانه.";

/// The owner writes over a line that can be cut, and what was written so far is kept.
async fn writes_over_a_line(paper: &Running, driver: &Driver) -> (Browser, Line) {
    let (editor, line) = (driver.browser(DESKTOP).await, Line::to(paper).await);
    enter(&editor, paper, "owner").await;
    begins_over(&editor, &line).await;
    types(&editor, FIRST).await;
    kept(&editor).await;
    (editor, line)
}

/// Begins a story over this line, and waits until the browser keeps the page for when it breaks.
async fn begins_over(browser: &Browser, line: &Line) {
    browser.open(&format!("{}/desk/stories", line.address())).await;
    browser.press("form[action='/desk/stories'] button").await;
    browser.write("[name=headline]", HEADLINE).await;
    until("the worker", || async {
        let at_work =
            "return navigator.serviceWorker.getRegistration('/desk/').then(one => one?.active?.state === 'activated')";
        (browser.js(at_work).await == true).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_without_a_line_shows_what_is_kept_and_the_editor_opens_with_it_when_the_line_is_back() {
    with_paper(&[], |paper, driver| async move {
        let (editor, mut line) = writes_over_a_line(&paper, &driver).await;
        let place = editor.js("return location.href").await;

        line.cut().await;
        types(&editor, WITHOUT_LINE).await;
        editor.until_said("#save-state", "لا اتصال").await;
        editor.reload().await;
        editor.until_said("main[data-offline] h1", "لا اتصال").await;
        assert_eq!(editor.js("return location.href").await, place, "it stands in for the page that was wanted");
        editor.until_said("[data-kept] h3", HEADLINE).await;
        editor.press("[data-kept] summary").await;
        editor.until_said("[data-kept] [data-text]", WITHOUT_LINE.trim()).await;
        editor.until_said("[data-kept] [data-text]", FIRST).await;
        editor.press("[data-kept] [data-copy]").await;
        editor.until_shown("[data-kept] [data-said]:not(:empty)").await;
        editor.press("[data-again]").await;
        editor.until_said("[data-state]", "ما زال").await;
        nothing_wrong(&judged(&editor, "no-line").await);

        line.mend().await;
        editor.until_said(".ProseMirror", WITHOUT_LINE.trim()).await;
        editor.until_said(".ProseMirror", FIRST).await;
        assert_eq!(editor.js("return location.href").await, place);
        kept(&editor).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_out_leaves_no_text_to_be_read_without_a_line() {
    with_paper(&[], |paper, driver| async move {
        let (editor, mut line) = writes_over_a_line(&paper, &driver).await;
        // The desk is reached, and what sends the text is not: the form of the sign-out gets through.
        editor.cdp("Network.enable", serde_json::json!({})).await;
        editor.cdp("Network.setBlockedURLs", serde_json::json!({ "urls": ["*/autosave"] })).await;
        types(&editor, WITHOUT_LINE).await;
        editor.until_said("#save-state", "لا اتصال").await;
        editor.js("document.querySelector(\"form[action='/sign-out']\").requestSubmit()").await;
        until("the way out", || async {
            let gone = "return !document.querySelector('[data-staff]') && document.readyState === 'complete'";
            (editor.js(gone).await == true).then_some(())
        })
        .await;

        line.cut().await;
        editor.open(&format!("{}/desk/stories", line.address())).await;
        editor.until_shown("[data-nobody]").await;
        assert_eq!(editor.js("return document.querySelectorAll('[data-kept] li').length").await, 0);
    })
    .await;
}
