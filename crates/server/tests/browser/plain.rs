//! Without scripts everything works: with forms, links and pages that are loaded anew.

use crate::driver::PHONE;
use crate::pages;
use crate::with_paper;

const NAME: &str = "عامل في المخبز";
const GOOD: &str = "نعمل من الثالثة فجرا، ونفهم من يسأل عن السعر.";
const OFF_TOPIC: &str = "أبيع دراجة قديمة بحالة جيدة.";

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_a_comment_is_sent_released_and_refused_by_plain_forms() {
    with_paper(&[], |paper, driver| async move {
        let path = pages::quiet(&paper.reader()).await;
        let story = format!("{}{path}", paper.address);
        let guest = driver.browser_without_scripts(PHONE).await;
        for words in [GOOD, OFF_TOPIC] {
            guest.open(&story).await;
            guest.write("#form-name", NAME).await;
            guest.write("#form-text", words).await;
            guest.press("#comment-form button[type=submit]").await;
            guest.until_said("#own", words).await;
        }
        assert!(guest.shows("#own .own .state.waits").await, "the guest is not told that it waits");
        assert!(!guest.shows("[data-copy]").await, "a button that only scripts can serve is shown: are they off?");

        let moderator = driver.browser_without_scripts(PHONE).await;
        moderator.open(&paper.link_for("moderator").await).await;
        moderator.press("form[action^='/sign-in/'] button").await;
        moderator.until_shown("[data-desk]").await;
        let shown = paper.reader().get(&path).await;
        let short = shown.values("href", &format!("{}/s/", paper.address)).remove(0);
        let at_desk = format!("{}/desk?story={}", paper.address, short.rsplit('/').next().unwrap_or_default());

        moderator.open(&at_desk).await;
        moderator.press_path(&format!("{}//button[@value='release']", card(GOOD))).await;
        moderator.until_said(".desk", NAME).await;
        moderator.open(&at_desk).await;
        moderator.press_path(&format!("{}//details/summary[..//input[@name='reason']]", card(OFF_TOPIC))).await;
        moderator.press_path(&format!("{}//input[@name='reason' and @value='off-topic']", card(OFF_TOPIC))).await;
        moderator.press_path(&format!("{}//button[@value='refuse']", card(OFF_TOPIC))).await;
        moderator.until_said(".desk", NAME).await;

        guest.open(&story).await;
        guest.until_said("[data-thread]", GOOD).await;
        let thread = guest.text("[data-thread]").await.unwrap_or_default();
        assert!(!thread.contains(OFF_TOPIC), "what was refused is public");
        let own = guest.text("#own").await.unwrap_or_default();
        assert!(own.contains(OFF_TOPIC) && !own.contains(GOOD), "{own}");
        assert!(guest.shows("#own .comment-rule").await, "the guest is not told by which rule");
    })
    .await;
}

fn card(words: &str) -> String {
    format!("//article[@data-card][contains(., '{words}')]")
}
