//! A story read and answered with the keyboard alone, and what the page remembers and counts while somebody writes.

use crate::driver::{Browser, DESKTOP};
use crate::guide::enter;
use crate::pages;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

/// Tab stops before the form: masthead, shares, tags, more to read. More would be a page that nobody gets through.
const MOST_TABS: usize = 80;

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_reaches_the_story_and_the_form() {
    with_paper(&[], |paper, driver| async move {
        let browser = driver.browser(DESKTOP).await;
        browser.open(&format!("{}{}", paper.address, pages::quiet(&paper.reader()).await)).await;
        browser.tab().await;
        assert_eq!(focused(&browser).await, "a.skip");
        let inside =
            "const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.height > 10";
        assert_eq!(browser.js(inside).await, json!(true), "the skip link cannot be seen while it has the focus");
        browser.enter().await;
        until("the story to have the focus", || async { (focused(&browser).await == "main#main").then_some(()) }).await;
        browser.tab().await;
        let in_main = "return document.querySelector('main').contains(document.activeElement)";
        assert_eq!(browser.js(in_main).await, json!(true), "after the skip link comes {}", focused(&browser).await);

        let mut stops = Vec::new();
        while stops.last().is_none_or(|stop| stop != "input#form-name") {
            assert!(stops.len() < MOST_TABS, "the form is not reached: {stops:?}");
            assert_eq!(browser.js(FOCUS_IS_SEEN).await, json!(true), "{} shows no focus", focused(&browser).await);
            browser.tab().await;
            stops.push(focused(&browser).await);
        }
        browser.tab().await;
        assert_eq!(focused(&browser).await, "textarea#form-text");
        let sent = "#comment-form button[type=submit]";
        let mut after = Vec::new();
        while browser.js(&format!("return document.activeElement.matches('{sent}')")).await != json!(true) {
            assert!(after.len() < 6, "the button is not reached: {after:?}");
            browser.tab().await;
            after.push(focused(&browser).await);
        }
    })
    .await;
}

const FOCUS_IS_SEEN: &str = "
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
";

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_survives_a_reload_and_goes_when_it_was_sent() {
    with_paper(&[], |paper, driver| async move {
        let browser = driver.browser(DESKTOP).await;
        let story = format!("{}{}", paper.address, pages::quiet(&paper.reader()).await);
        let words = "أكتب هذا على مهل،\nوأعود إليه بعد قليل.";
        browser.open(&story).await;
        browser.write("#form-text", words).await;
        until("the draft to be kept", || async {
            let kept = browser.js("return Object.values(localStorage).join(' ')").await;
            kept.as_str().is_some_and(|kept| kept.contains("على مهل")).then_some(())
        })
        .await;
        browser.reload().await;
        until("the draft", || async { (value(&browser).await == words).then_some(()) }).await;
        browser.write("#form-name", "مترددة").await;
        browser.press("#comment-form button[type=submit]").await;
        browser.until_said("#own", "على مهل").await;
        assert_eq!(value(&browser).await, "", "what was sent still stands in the form");
        browser.reload().await;
        browser.until_said("#own", "على مهل").await;
        assert_eq!(value(&browser).await, "", "the draft of what was sent came back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counter_counts_what_a_person_calls_a_letter() {
    with_paper(&[], |paper, driver| async move {
        let browser = driver.browser(DESKTOP).await;
        browser.open(&format!("{}{}", paper.address, pages::quiet(&paper.reader()).await)).await;
        let most = browser.js("return Number(document.querySelector('#form-text').dataset.most)").await;
        let most = usize::try_from(most.as_u64().expect("a limit")).expect("a small one");
        browser.write("#form-text", &"نور ".repeat(most / 4 - 5)).await;
        let mut left = most - (most / 4 - 5) * 4;
        until_left(&browser, left).await;
        // A letter with shadda and fatha, a family of four, a hand with its colour, a plain letter: one each.
        for sign in ["بَّ", "👨‍👩‍👧‍👦", "👍🏽", "ن"] {
            browser.cdp("Input.insertText", json!({ "text": sign })).await;
            left -= 1;
            until_left(&browser, left).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_on_the_front_page_goes_back_and_comes_again_by_keys() {
    with_paper(&[], |paper, driver| async move {
        let editor = driver.browser(DESKTOP).await;
        enter(&editor, &paper, "owner").await;
        editor.open(&format!("{}/desk/front", paper.address)).await;
        let slots = "return document.querySelectorAll('[data-front-row=secondary] [data-front-slot]').length";
        let before = editor.js(slots).await;
        editor.press("[data-front-row=secondary] button[value=more]").await;
        editor.until_shown("[data-front-undo]").await;
        let more = editor.js(slots).await;
        assert_ne!(before, more);
        editor.press_key_with_control("KeyZ", false).await;
        editor.until_said(".done", "أُلغي آخر تغيير").await;
        assert_eq!(editor.js(slots).await, before);
        editor.press_key_with_control("KeyZ", true).await;
        editor.until_said(".done", "عاد التغيير").await;
        assert_eq!(editor.js(slots).await, more);
    })
    .await;
}

async fn until_left(browser: &Browser, left: usize) {
    until(&format!("the counter to say {left}"), || async {
        let said = browser.text("[data-counter]").await?;
        let digits: String = said.chars().filter(char::is_ascii_digit).collect();
        (digits == left.to_string()).then_some(())
    })
    .await;
}

async fn value(browser: &Browser) -> String {
    let value = browser.js("return document.querySelector('#form-text').value").await;
    value.as_str().unwrap_or_default().to_owned()
}

/// What has the focus: its name, and its id or its first class.
async fn focused(browser: &Browser) -> String {
    let asked = "
        const one = document.activeElement;
        const mark = one.id ? '#' + one.id : one.classList.length ? '.' + one.classList[0] : '';
        return one.tagName.toLowerCase() + mark;
    ";
    browser.js(asked).await.as_str().unwrap_or_default().to_owned()
}
