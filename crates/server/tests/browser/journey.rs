//! One comment on its way: written by a guest, released by a moderator, seen by somebody who has the page open, and taken
//! back from sight again.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::pages;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

const NAME: &str = "قارئة من الميناء";
const WORDS: &str = "قرأت الخبر مرتين، وبقي عندي سؤال واحد: من يتابع التنفيذ؟";

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_goes_from_a_guest_over_the_desk_to_an_open_page() {
    with_paper(&[], |paper, driver| async move {
        let story = format!("{}{}", paper.address, pages::quiet(&paper.reader()).await);
        let onlooker = driver.browser(DESKTOP).await;
        onlooker.open(&story).await;
        onlooker.js("window.neverLeft = true").await;

        let guest = driver.browser(PHONE).await;
        guest.open(&story).await;
        guest.write("#form-name", NAME).await;
        guest.write("#form-text", WORDS).await;
        guest.press("#comment-form button[type=submit]").await;
        guest.until_said("#own .own .comment-words", WORDS).await;
        assert!(guest.shows("#own .own .state.waits").await, "the guest is not told that it waits");
        assert!(!thread_says(&guest, WORDS).await, "what waits stands among what is public");
        assert!(!in_page(&onlooker, WORDS).await, "somebody else sees what waits");

        let moderator = driver.browser(DESKTOP).await;
        moderator.open(&paper.link_for("moderator").await).await;
        moderator.press("form[action^='/sign-in/'] button").await;
        moderator.until_shown("[data-desk]").await;
        let at_desk = format!("{}/desk?story={}", paper.address, short_id(&guest).await);
        moderator.open(&at_desk).await;
        press_on_card(&moderator, "KeyA", "ش").await;
        moderator.until_shown("[data-said] form.done").await;

        onlooker.press("[data-live-notice] button").await;
        let number = until("the comment in the open page", || async { number_of(&onlooker, WORDS).await }).await;
        assert_eq!(onlooker.js("return window.neverLeft === true").await, json!(true), "the page was loaded anew");
        assert!(onlooker.shows(&format!("#c-{number} .comment-words")).await);
        let shown = onlooker.text(&format!("#c-{number} .comment-number")).await.unwrap_or_default();
        assert!(shown.contains(&number), "«{shown}» does not say its number {number}");

        guest.reload().await;
        guest.until_said(&format!("#c-{number}"), WORDS).await;
        assert!(!guest.shows("#own .own").await, "what is public is still shown as waiting");

        moderator.press_key("KeyU", "ع").await;
        onlooker.until_shown(&format!("#c-{number}.gone")).await;
        assert!(!in_page(&onlooker, WORDS).await, "the words are still in the open page");
        assert_eq!(onlooker.js("return window.neverLeft === true").await, json!(true), "the page was loaded anew");
        let fresh = driver.browser(PHONE).await;
        fresh.open(&story).await;
        assert!(fresh.shows(&format!("#c-{number}.gone")).await, "a fresh visit finds no tombstone");
        assert!(!in_page(&fresh, WORDS).await, "a fresh visit still reads the words");
        for (who, browser) in [("guest", &guest), ("onlooker", &onlooker), ("moderator", &moderator)] {
            let said = browser.complaints().await;
            assert!(said.is_empty(), "{who}: {said:#?}");
        }
    })
    .await;
}

/// The story's short id, as its short link says it.
async fn short_id(browser: &Browser) -> String {
    let id = browser.js("return document.querySelector('.short a[href*=\"/s/\"]').href.split('/s/')[1]").await;
    id.as_str().expect("a short link").to_owned()
}

/// Takes the card with our words in hand, as a click on its text does, and presses a key.
async fn press_on_card(moderator: &Browser, code: &str, letter: &str) {
    let find = "const card = [...document.querySelectorAll('[data-card]')].find(one => one.textContent.includes(arguments[0]));
                return card ? card.id : null;";
    let card = until("the card at the desk", || async {
        moderator.js_with(find, vec![json!(WORDS)]).await.as_str().map(str::to_owned)
    });
    moderator.press(&format!("#{} .as-sent", card.await)).await;
    moderator.press_key(code, letter).await;
}

async fn in_page(browser: &Browser, words: &str) -> bool {
    let asked = "return document.documentElement.textContent.includes(arguments[0])";
    browser.js_with(asked, vec![json!(words)]).await == json!(true)
}

async fn thread_says(browser: &Browser, words: &str) -> bool {
    let asked = "return document.querySelector('[data-thread]').textContent.includes(arguments[0])";
    browser.js_with(asked, vec![json!(words)]).await == json!(true)
}

async fn number_of(browser: &Browser, words: &str) -> Option<String> {
    let asked = "const one = [...document.querySelectorAll('[data-thread] .comment')].find(one => one.textContent.includes(arguments[0]));
                 return one ? one.id.slice(2) : null;";
    browser.js_with(asked, vec![json!(words)]).await.as_str().map(str::to_owned)
}
