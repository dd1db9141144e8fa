//! Under attack a visitor's browser computes before it sends, and its visitor does nothing but write: the comment waits as always.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::pages;
use crate::running::{Reader, Running, until};
use crate::with_paper;
use reqwest::StatusCode;
use serde_json::json;

const NAME: &str = "قارئة من الميناء";
const WORDS: &str = "انتظرت الترام نصف ساعة، ثم جاء اثنان معًا.";
/// Every browser computes before it sends.
pub const ALWAYS: &[&str] = &["--set", "toll.asked=always", "--set", "paper.posts-per-minute=1000"];

/// Sends what is taken without an answer until no more is: from here on every comment that arrives was computed for. What came back
/// in the end.
pub async fn nothing_more_goes_without_an_answer(reader: &Reader, story: &str) -> String {
    for n in 0..20 {
        let sent = reader.try_to_comment(story, NAME, &format!("{n} {WORDS}")).await.expect("an answer");
        if sent.status == StatusCode::TOO_MANY_REQUESTS {
            return sent.body;
        }
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    panic!("as much as one likes is taken without an answer");
}

async fn write(browser: &Browser, words: &str) {
    browser.write("#form-name", NAME).await;
    browser.write("#form-text", words).await;
    browser.press("#comment-form button[type=submit]").await;
}

async fn scripts_that_ran(browser: &Browser) -> String {
    let names = "return performance.getEntriesByType('resource').map(one => one.name).join(' ')";
    browser.js(names).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitors_browser_computes_and_the_comment_waits_as_always() {
    with_paper(ALWAYS, |paper, driver| async move {
        let path = pages::quiet(&paper.reader()).await;
        let back = nothing_more_goes_without_an_answer(&paper.reader(), &path).await;
        assert!(back.contains(WORDS) && back.contains("جافاسكربت"), "{back}");
        let guest = driver.browser(PHONE).await;
        guest.open(&format!("{}{path}", paper.address)).await;
        write(&guest, WORDS).await;
        guest.until_said("#own .own .comment-words", WORDS).await;
        assert!(guest.shows("#own .own .state.waits").await, "the guest is not told that it waits");
        assert!(scripts_that_ran(&guest).await.contains("/toll?for="), "no task was asked for");
        // A second one, now that the browser has a key of its own.
        write(&guest, "كلمة ثانية عن المحطة.").await;
        guest.until_said("#own", "كلمة ثانية عن المحطة.").await;
        assert_eq!(guest.js("return document.querySelector('#form-text').value").await, json!(""));
        let complaints = guest.complaints().await;
        assert!(complaints.is_empty(), "{complaints:?}");
        reports(&paper, &driver.browser(DESKTOP).await).await;
    })
    .await;
}

/// A form that is a page of its own, without a script that sends it, is computed for as well.
async fn reports(paper: &Running, browser: &Browser) {
    let path = pages::discussed(&paper.reader()).await;
    browser.open(&format!("{}{path}", paper.address)).await;
    browser.press("[data-thread] a[href$='/report']").await;
    browser.until_shown("input[name=reason]").await;
    browser.press("input[name=reason][value=off-topic]").await;
    browser.press("main form.form button[type=submit]").await;
    until("the receipt of the report", || async {
        let place = browser.js("return location.pathname").await;
        place.as_str().is_some_and(|place| place.starts_with("/reports/")).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_words_come_back_with_a_sentence_and_a_button() {
    with_paper(ALWAYS, |paper, driver| async move {
        let path = pages::quiet(&paper.reader()).await;
        let guest = driver.browser_without_scripts(PHONE).await;
        guest.open(&format!("{}{path}", paper.address)).await;
        write(&guest, WORDS).await;
        guest.until_said("#own", WORDS).await;
        nothing_more_goes_without_an_answer(&paper.reader(), &path).await;
        write(&guest, "كلمة ثانية عن المحطة.").await;
        guest.until_said("main [role=alert]", "جافاسكربت").await;
        let text = guest.text("main form textarea[name=text]").await.unwrap_or_default();
        assert!(text.contains("كلمة ثانية عن المحطة."), "{text}");
        assert!(guest.shows("main form button.main").await, "there is no button");
    })
    .await;
}
