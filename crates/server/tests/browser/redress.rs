//! What readers can do about a decision: a guest's report to its outcome, and a refusal that another person reverses.

use crate::driver::{Browser, DESKTOP, Driver, PHONE};
use crate::pages;
use crate::running::{Running, until};
use crate::with_paper;
use serde_json::json;

const NAME: &str = "قارئ من الحي";
const WORDS: &str = "سؤالي عن موعد الجلسة المقبلة في البلدية، لا عن غيرها.";
const OBJECTION: &str = "سؤالي عن الجلسة التي يذكرها الخبر";
const ANSWER: &str = "صحيح، هو عن الخبر نفسه";

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_reports_a_comment_and_reads_the_outcome_at_the_receipt() {
    with_paper(&[], |paper, driver| async move {
        let story = pages::quiet(&paper.reader()).await;
        let guest = driver.browser(PHONE).await;
        guest.open(&format!("{}{story}", paper.address)).await;
        let report = guest.js("return document.querySelector('[data-thread] a[href$=\"/report\"]').href").await;
        guest.open(report.as_str().expect("a comment can be reported")).await;
        guest.press("input[name=reason][value=insult]").await;
        guest.write("#report-words", "فيه كلام جارح عن جارتي").await;
        guest.press("main form button[type=submit]").await;
        guest.until_said("main", "رقم البلاغ").await;
        let receipt = guest.js("return location.origin + location.pathname").await;
        let moderator = at_the_desk(&paper, &driver, "moderator").await;
        moderator.open(&format!("{}/desk/reported", paper.address)).await;
        moderator.until_said(".reports", "فيه كلام جارح عن جارتي").await;
        let take_down = "const card = [...document.querySelectorAll('[data-card]')]
                .find(one => one.textContent.includes('فيه كلام جارح عن جارتي'));
            card.querySelector('[data-refuse]').open = true;
            card.querySelector('input[name=reason][value=insult]').checked = true;
            card.querySelector('button[value=refuse]').click();";
        moderator.js(take_down).await;
        moderator.until_shown("[data-said] form.done").await;
        guest.open(receipt.as_str().expect("an address")).await;
        guest.until_said("main", "أُزيل التعليق").await;
        no_complaints(&[("guest", &guest), ("moderator", &moderator)]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_appealed_and_reversed_by_another_person_and_the_comment_stands_at_its_number() {
    with_paper(&[], |paper, driver| async move {
        let story = format!("{}{}", paper.address, pages::quiet(&paper.reader()).await);
        let guest = driver.browser(PHONE).await;
        guest.open(&story).await;
        guest.write("#form-name", NAME).await;
        guest.write("#form-text", WORDS).await;
        guest.press("#comment-form button[type=submit]").await;
        guest.until_said("#own .own .comment-words", WORDS).await;
        let moderator = at_the_desk(&paper, &driver, "moderator").await;
        let short = guest.js("return document.querySelector('.short a[href*=\"/s/\"]').href.split('/s/')[1]").await;
        moderator.open(&format!("{}/desk?story={}", paper.address, short.as_str().expect("a short link"))).await;
        let refuse = "const card = [...document.querySelectorAll('[data-card]')]
                .find(one => one.textContent.includes(arguments[0]));
            card.querySelector('[data-refuse]').open = true;
            card.querySelector('input[name=reason][value=off-topic]').checked = true;
            card.querySelector('button[value=refuse]').click();";
        moderator.js_with(refuse, vec![json!(WORDS)]).await;
        moderator.until_shown("[data-said] form.done").await;
        guest.open(&format!("{}/me", paper.address)).await;
        guest.until_said("main .decided", "خارج الموضوع").await;
        guest.press("main a[href$='/appeal']").await;
        guest.until_shown("#objection").await;
        guest.write("#objection", OBJECTION).await;
        guest.press("main form button[type=submit]").await;
        guest.until_said("main", "ينتظر البتّ").await;
        let owner = at_the_desk(&paper, &driver, "owner").await;
        owner.open(&format!("{}/desk/appeals", paper.address)).await;
        owner.press("main a[href^='/desk/appeals/']").await;
        owner.until_said("main", OBJECTION).await;
        owner.press("input[name=act][value=reverse]").await;
        owner.write("#appeal-answer", ANSWER).await;
        owner.press("main form.ruling button[type=submit]").await;
        owner.until_said("main .decided", ANSWER).await;
        guest.open(&format!("{}/me", paper.address)).await;
        guest.until_said("main", ANSWER).await;
        let onlooker = driver.browser(DESKTOP).await;
        onlooker.open(&story).await;
        let number = until("the comment on the page", || async { number_of(&onlooker).await }).await;
        let highest = "return String(Math.max(...[...document.querySelectorAll('[data-thread] .comment')].map(c => +c.id.slice(2))))";
        assert_eq!(onlooker.js(highest).await, json!(number), "released last, numbered last");
        no_complaints(&[("guest", &guest), ("moderator", &moderator), ("owner", &owner)]).await;
    })
    .await;
}

async fn at_the_desk(paper: &Running, driver: &Driver, role: &str) -> Browser {
    let browser = driver.browser(DESKTOP).await;
    browser.open(&paper.link_for(role).await).await;
    browser.press("form[action^='/sign-in/'] button").await;
    browser.until_shown("[data-desk]").await;
    browser
}

async fn number_of(browser: &Browser) -> Option<String> {
    let asked = "const one = [...document.querySelectorAll('[data-thread] .comment')].find(one => one.textContent.includes(arguments[0]));
                 return one ? one.id.slice(2) : null;";
    browser.js_with(asked, vec![json!(WORDS)]).await.as_str().map(str::to_owned)
}

async fn no_complaints(browsers: &[(&str, &Browser)]) {
    for (who, browser) in browsers {
        let said = browser.complaints().await;
        assert!(said.is_empty(), "{who}: {said:#?}");
    }
}
