//! The front page is laid out: by the buttons with the keyboard alone, and by dragging.

use crate::day::keyed;
use crate::driver::{Browser, DESKTOP};
use crate::guide::enter;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

/// Drags one element onto another, as the browser tells the page of it.
const DRAGS: &str = "
    const [from, onto] = [...arguments].map(css => document.querySelector(css));
    const dataTransfer = new DataTransfer();
    const tell = (one, kind) => one.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
    from.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    tell(from, 'dragstart');
    tell(onto, 'dragover');
    tell(onto, 'drop');
    if (from.isConnected) tell(from, 'dragend');
";
/// The rows of the front page from the top.
const ROWS: &str = "return [...document.querySelectorAll('[data-front-row]')].map(row => row.dataset.frontRow)";

async fn headline(browser: &Browser, slot: &str) -> String {
    browser.text(&format!("[data-front-slot='{slot}'].is-pinned bdi")).await.unwrap_or_default()
}

async fn rows(browser: &Browser) -> Vec<String> {
    let rows = browser.js(ROWS).await;
    rows.as_array().into_iter().flatten().filter_map(|row| row.as_str().map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_and_rows_go_where_they_are_told_by_keys_and_by_dragging() {
    with_paper(&[], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk/front", paper.address)).await;
        // As the demo's editor laid it out: a story stands here by hand.
        desk.until_shown("[data-front-slot='secondary/2'].is-pinned").await;
        let chosen = headline(&desk, "secondary/2").await;
        assert!(!chosen.is_empty());
        keyed(&desk, "[data-front-slot='secondary/2'] button[value=down]").await;
        until("the keys to have moved it", || async { (headline(&desk, "secondary/3").await == chosen).then_some(()) })
            .await;
        let slots = [json!("[data-front-slot='secondary/3']"), json!("[data-front-slot='secondary/0']")];
        desk.js_with(DRAGS, slots.to_vec()).await;
        until("the drag to have moved it", || async { (headline(&desk, "secondary/0").await == chosen).then_some(()) })
            .await;

        let before = rows(&desk).await;
        assert!(before.len() > 3, "{before:?}");
        let mut after = before.clone();
        after.swap(1, 2);
        let onto = [&before[2], &before[1]].map(|row| json!(format!("[data-front-row='{row}']")));
        desk.js_with(DRAGS, onto.to_vec()).await;
        until("the row to have moved", || async { (rows(&desk).await == after).then_some(()) }).await;
        let front = paper.reader().get("/").await;
        desk.press(".front-launch-form button[value=now]").await;
        desk.until_shown(".done").await;
        assert_ne!(front.body, paper.reader().get("/").await.body, "readers have it once it is launched");
        let said = desk.complaints().await;
        assert!(said.is_empty(), "{said:#?}");
    })
    .await;
}
