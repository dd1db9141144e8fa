//! A reader takes a copy of their data and has everything erased: the words are gone from an open page and from the search.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::running::until;
use crate::{pages, with_paper};
use serde_json::json;

const NAME: &str = "قارئة من الميناء";
const WORDS: &str = "سؤالي عن مواعيد القوارب في عيد الربيع، لا عن غيرها.";

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_erases_everything_and_an_open_page_shows_the_tombstone_at_once() {
    with_paper(&[], |paper, driver| async move {
        let story = format!("{}{}", paper.address, pages::quiet(&paper.reader()).await);
        let guest = driver.browser(PHONE).await;
        guest.open(&story).await;
        guest.write("#form-name", NAME).await;
        guest.write("#form-text", WORDS).await;
        guest.press("#comment-form button[type=submit]").await;
        guest.until_said("#own .own .comment-words", WORDS).await;
        let short = guest.js("return document.querySelector('.short a[href*=\"/s/\"]').href.split('/s/')[1]").await;
        let moderator = driver.browser(DESKTOP).await;
        moderator.open(&paper.link_for("moderator").await).await;
        moderator.press("form[action^='/sign-in/'] button").await;
        moderator.until_shown("[data-desk]").await;
        moderator.open(&format!("{}/desk?story={}", paper.address, short.as_str().expect("a short link"))).await;
        let release = "const card = [...document.querySelectorAll('[data-card]')]
                .find(one => one.textContent.includes(arguments[0]));
            card.querySelector('button[value=release]').click();";
        moderator.js_with(release, vec![json!(WORDS)]).await;
        moderator.until_shown("[data-said] form.done").await;
        let onlooker = driver.browser(DESKTOP).await;
        onlooker.open(&story).await;
        until("the comment on the page", || async { shows(&onlooker).await.then_some(()) }).await;
        guest.open(&format!("{}/me", paper.address)).await;
        let copied = "return fetch('/me/data.json').then(answer => answer.json()).then(data => data.comments[0].text);";
        assert_eq!(guest.js(copied).await, json!(WORDS));
        guest.press("a[href='/me/erasure']").await;
        guest.until_said("main", "ما يبقى").await;
        guest.write("#word", "نعم").await;
        guest.press("main form button[type=submit]").await;
        guest.until_said("main [role=alert]", "ليست كلمة التأكيد").await;
        // The browser logs that the form came back.
        guest.complaints().await;
        guest.js("document.querySelector('#word').value = ''").await;
        guest.write("#word", "محو").await;
        guest.press("main form button[type=submit]").await;
        guest.until_said("main", "مُحي تعليق واحد").await;
        until("the tombstone on the open page", || async { (!shows(&onlooker).await).then_some(()) }).await;
        guest.open(&format!("{}/me", paper.address)).await;
        guest.until_said("main", "لم يُرسل من هذا الجهاز تعليق").await;
        for (who, browser) in [("guest", &guest), ("moderator", &moderator), ("onlooker", &onlooker)] {
            let said = browser.complaints().await;
            assert!(said.is_empty(), "{who}: {said:#?}");
        }
    })
    .await;
}

/// The words stand in the thread.
async fn shows(browser: &Browser) -> bool {
    let asked = "return document.querySelector('[data-thread]').textContent.includes(arguments[0]);";
    browser.js_with(asked, vec![json!(WORDS)]).await == json!(true)
}
