//! The desk in a browser: five hundred comments by keyboard with the Arabic layout on, two moderators at one card, and one
//! decision about several with one of them left out.

use crate::driver::{Browser, DESKTOP};
use crate::pages;
use crate::running::{Reader, Running, until};
use crate::with_paper;
use serde_json::json;
use std::time::Instant;

/// As fast as anybody likes.
const NO_PACE: &[&str] = &["--set", "paper.posts-per-minute=1000000"];
/// Comments that are cleared by keyboard.
const MANY: usize = 500;
/// How long after the key the next card was there, in milliseconds; whether it was another one.
const MEASURE: &str = "
    window.measured = [];
    document.addEventListener('keydown', event => {
        if (!['KeyA', 'Digit2'].includes(event.code)) return;
        const pressed = performance.now();
        const was = document.querySelector('[data-current]')?.id;
        requestAnimationFrame(() => setTimeout(() => {
            const is = document.querySelector('[data-current]')?.id;
            window.measured.push([performance.now() - pressed, is !== was]);
        }));
    }, true);
";

async fn at_the_desk(browser: &Browser, paper: &Running, role: &str) {
    browser.open(&paper.link_for(role).await).await;
    browser.press("form[action^='/sign-in/'] button").await;
    browser.until_shown("[data-desk]").await;
    browser.open(&format!("{}/desk", paper.address)).await;
    browser.until_shown("[data-card][data-current]").await;
}

async fn comment(reader: &Reader, story: &str, text: &str) {
    let sent = reader.try_to_comment(story, "قارئة", text).await.expect("an answer");
    assert_eq!(sent.status, 303, "{}", sent.body);
}

async fn waiting(browser: &Browser) -> i64 {
    let count = browser.js("return document.querySelector('[data-count=waiting]').textContent").await;
    let digits = arabic::digits::to_western(count.as_str().expect("a count"));
    digits.trim().parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_comments_are_cleared_with_nothing_but_keys_of_the_arabic_layout() {
    with_paper(NO_PACE, |paper, driver| async move {
        let reader = paper.reader();
        let story = pages::quiet(&reader).await;
        for number in 0..MANY {
            comment(&reader, &story, &format!("تعليق رقم {number} في القائمة")).await;
        }
        let browser = driver.browser(DESKTOP).await;
        at_the_desk(&browser, &paper, "owner").await;
        let at_first = waiting(&browser).await;
        assert!(at_first >= MANY as i64, "{at_first} wait");
        browser.js(MEASURE).await;
        let start = Instant::now();
        for number in 0..at_first {
            until("the next card", || async { browser.shows("[data-current]").await.then_some(()) }).await;
            if number % 10 == 9 {
                browser.press_key("KeyR", "ق").await;
                browser.press_key("Digit2", "2").await;
            } else {
                browser.press_key("KeyA", "ش").await;
            }
        }
        browser.until_shown("[data-empty]").await;
        let took = start.elapsed();
        until("the desk to say that nothing waits", || async { (waiting(&browser).await == 0).then_some(()) }).await;
        let owed = browser.js("return JSON.parse(localStorage.getItem('midad-desk-owed') ?? '[]').length").await;
        assert_eq!(owed, json!(0), "every act has arrived");
        let measured = browser.js("return window.measured").await;
        let measured = measured.as_array().expect("measured");
        let mut ms: Vec<f64> = measured.iter().filter_map(|one| one[0].as_f64()).collect();
        ms.sort_by(f64::total_cmp);
        let stayed = measured[..measured.len() - 1].iter().filter(|one| one[1] == json!(false)).count();
        let late = ms.iter().filter(|ms| **ms > 100.0).count();
        println!(
            "{at_first} cards in {:.1} s, {:.0} a minute; the next card after {:.1} ms at the median, {:.1} ms at most, {late} later than 100 ms",
            took.as_secs_f64(),
            at_first as f64 * 60.0 / took.as_secs_f64(),
            ms[ms.len() / 2],
            ms[ms.len() - 1],
        );
        assert_eq!(ms.len() as i64, at_first, "each key was heard once");
        assert_eq!(stayed, 0, "each key brought another card");
        browser.open(&format!("{}/desk/log", paper.address)).await;
        let lines = browser.js("return document.querySelectorAll('.log-line').length").await;
        assert_eq!(lines, json!(50), "the first page of the log is full");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_in_the_words_of_a_refusal_refuses_and_never_releases() {
    with_paper(NO_PACE, |paper, driver| async move {
        let story = pages::quiet(&paper.reader()).await;
        comment(&paper.reader(), &story, "تعليق يُرفض بكلمات").await;
        let browser = driver.browser(DESKTOP).await;
        at_the_desk(&browser, &paper, "moderator").await;
        let before = waiting(&browser).await;
        browser.press_key("KeyR", "ق").await;
        browser.press_key("Digit8", "8").await;
        browser.write("[data-current] [data-refuse] [name=why]", "سبب مكتوب").await;
        browser.enter().await;
        browser.until_shown("[data-said] [data-undo]").await;
        until("one to wait less", || async { (waiting(&browser).await == before - 1).then_some(()) }).await;
        browser.open(&format!("{}/desk/log?by=me", paper.address)).await;
        browser.until_said(".log-line", "رُفض").await;
        browser.until_said(".log-line", "سبب مكتوب").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_moderators_at_one_card_see_each_other_and_decide_once() {
    with_paper(NO_PACE, |paper, driver| async move {
        let story = pages::quiet(&paper.reader()).await;
        comment(&paper.reader(), &story, "أول ما ينتظر").await;
        let (one, other) = (driver.browser(DESKTOP).await, driver.browser(DESKTOP).await);
        at_the_desk(&one, &paper, "owner").await;
        at_the_desk(&other, &paper, "moderator").await;
        let card = one.js("return document.querySelector('[data-current]').id").await;
        let card = card.as_str().expect("a card").to_owned();
        one.press_key("KeyJ", "ت").await;
        one.press_key("KeyK", "ن").await;
        other.until_said(&format!("#{card} [data-claimed]"), "مفتوح الآن عند").await;
        one.press_key("KeyA", "ش").await;
        one.until_shown("[data-said] [data-undo]").await;
        other.until_said(&format!("#{card}[data-inert] [data-claimed]"), "قرّر فيه").await;
        assert!(!other.shows(&format!("#{card} form")).await, "nothing can be done with it any more");
        other.reload().await;
        other.until_shown("[data-card][data-current]").await;
        assert!(!other.shows(&format!("#{card}")).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_decision_about_several_leaves_out_what_is_unticked_and_is_undone_at_once() {
    with_paper(NO_PACE, |paper, driver| async move {
        let story = pages::quiet(&paper.reader()).await;
        for text in ["أولى", "ثانية", "ثالثة", "رابعة"] {
            comment(&paper.reader(), &story, &format!("كلمة {text} تنتظر")).await;
        }
        let browser = driver.browser(DESKTOP).await;
        at_the_desk(&browser, &paper, "moderator").await;
        let before = waiting(&browser).await;
        for _ in 0..3 {
            browser.press_key("KeyS", "س").await;
            browser.press_key("KeyJ", "ت").await;
        }
        let ticked = browser.js("return document.querySelectorAll('[data-tick]:checked').length").await;
        assert_eq!(ticked, json!(3));
        browser.press_key("KeyB", "لا").await;
        browser.js("document.querySelector('[data-bulk] [name=act]').value = 'release'").await;
        browser.press("[data-bulk] button[type=submit]").await;
        browser.until_shown(".bulk-lines").await;
        let problems = crate::everyone::judged(&browser, "bulk-preview").await;
        assert!(problems.is_empty(), "{problems:?}");
        browser.press(".bulk-lines li:nth-child(2) input").await;
        browser.press("form.bulk button.main").await;
        browser.until_shown(".done").await;
        assert_eq!(waiting(&browser).await, before - 2, "one was left out");
        browser.press(".done button").await;
        until("everything to wait again", || async { (waiting(&browser).await == before).then_some(()) }).await;
    })
    .await;
}
