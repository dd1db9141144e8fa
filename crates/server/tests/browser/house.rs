//! The paper's own house: a colour is tried before it is kept, a line is put into the menu, and an advertisement stands in
//! its frame and nowhere else.

use crate::driver::DESKTOP;
use crate::guide::enter;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

const ADVERT: &str = "<p>مكتبة الرصيف: كتب مستعملة</p><script>document.body.append(typeof parent.document)</script>";

/// The paper's colour in the first sample, and in the page itself.
const SAMPLE: &str = "
    const page = document.querySelector('.samples iframe')?.contentDocument?.documentElement;
    return page ? page.ownerDocument.defaultView.getComputedStyle(page).getPropertyValue('--accent').trim() : null;
";
const HERE: &str = "return getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()";
const CHOSEN: &str = "#7a1f40";

#[tokio::test(flavor = "multi_thread")]
async fn a_colour_is_tried_in_the_samples_and_readers_get_it_when_it_is_kept() {
    with_paper(&[], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk/site/house", paper.address)).await;
        until("the sample", || async { desk.js(SAMPLE).await.as_str().filter(|colour| !colour.is_empty()).map(drop) })
            .await;
        assert_ne!(desk.js(SAMPLE).await, json!(CHOSEN));
        desk.write("#accent-light", CHOSEN).await;
        desk.press("button[name=press][value=try]").await;
        until("the sample in its colour", || async { (desk.js(SAMPLE).await == json!(CHOSEN)).then_some(()) }).await;
        let reader = driver.browser(DESKTOP).await;
        reader.open(&format!("{}/", paper.address)).await;
        assert_ne!(reader.js(HERE).await, json!(CHOSEN), "what is tried is nobody else's yet");
        desk.press("button[name=press][value=keep]").await;
        until("readers to have it", || async {
            reader.reload().await;
            (reader.js(HERE).await == json!(CHOSEN)).then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advertisement_stands_in_a_frame_that_sees_nothing_of_the_page() {
    with_paper(&[], |paper, driver| async move {
        let (desk, reader) = (driver.browser(DESKTOP).await, driver.browser(DESKTOP).await);
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk/site/ads", paper.address)).await;
        desk.write("#front-top-html", ADVERT).await;
        desk.write("#front-top-height", "120").await;
        desk.press("#front-top [name=on]").await;
        desk.press("#front-top form button.main").await;
        desk.until_shown("#front-top .advertisement iframe").await;
        reader.open(&format!("{}/", paper.address)).await;
        reader.until_shown(".advertisement iframe").await;
        let said = until("the advertisement", || async {
            reader.text_in_frame(".advertisement iframe").await.filter(|said| said.contains("مكتبة الرصيف"))
        })
        .await;
        assert!(!said.contains("object"), "it looked into the page around it: {said}");
        let inside =
            "try { return document.querySelector('.advertisement iframe').contentDocument } catch { return null }";
        assert_eq!(reader.js(inside).await, json!(null), "the page does not look into it either");
        assert!(!paper.reader().get("/").await.body.contains("مكتبة الرصيف"), "it is nobody's page but its own");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_the_menu_leads_readers_where_it_was_told() {
    with_paper(&[], |paper, driver| async move {
        let (desk, reader) = (driver.browser(DESKTOP).await, driver.browser(DESKTOP).await);
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk/site", paper.address)).await;
        let line =
            desk.js("return document.querySelector('.site-line [name$=-target]').id.replace('-target', '')").await;
        let line = line.as_str().expect("a line").to_owned();
        desk.js_with(
            "document.getElementById(arguments[0]).value = 'path:/archive'",
            vec![format!("{line}-target").into()],
        )
        .await;
        desk.write(&format!("#{line}-label"), "كل ما نُشر").await;
        desk.press(".site-menus button.main").await;
        desk.until_shown(".done").await;
        reader.open(&format!("{}/", paper.address)).await;
        reader.press_path("//header//a[contains(., 'كل ما نُشر')]").await;
        until("the archive", || async {
            (reader.js("return location.pathname").await == json!("/archive")).then_some(())
        })
        .await;
    })
    .await;
}
