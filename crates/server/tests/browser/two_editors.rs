//! Two at one story: they see each other, and where both wrote at one place a person chooses. Nothing of either is lost.

use crate::driver::{Browser, DESKTOP};
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::running::{name_of, until};
use crate::with_paper;
use crate::writing::{begins, kept, types};
use serde_json::json;

const FIRST: &str = "افتُتح الجسر صباح اليوم.";
const MINE: &str = " وعبره أول الترامات عند الثامنة.";
const THEIRS: &str = " وحضر الافتتاح أهل الحي.";
const LATER: &str = " وتستمر التجربة شهرًا.";
const STANDFIRST: &str = "جسر طوله مئة متر فوق القناة القديمة.";

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_at_one_place_lose_nothing() {
    with_paper(&[], |paper, driver| async move {
        let (one, other) = (driver.browser(DESKTOP).await, driver.browser(DESKTOP).await);
        enter(&one, &paper, "owner").await;
        enter(&other, &paper, "editor").await;
        begins(&one, &paper, "جسر القناة يُفتح").await;
        types(&one, FIRST).await;
        kept(&one).await;
        let address = one.js("return location.href").await.as_str().expect("an address").to_owned();
        other.open(&address).await;
        other.until_said(".ProseMirror", FIRST).await;
        other.until_said("#others", name_of("owner")).await;
        one.until_said("#others", name_of("editor")).await;

        // What one writes does not reach the server; meanwhile the other's does.
        one.line(false).await;
        types(&one, MINE).await;
        one.write("[name=standfirst]", STANDFIRST).await;
        one.until_said("#save-state", "لا اتصال").await;
        types(&other, THEIRS).await;
        kept(&other).await;
        one.line(true).await;
        one.until_said(".conflict .conflict-mine", MINE.trim()).await;
        one.until_said(".conflict .conflict-theirs", THEIRS.trim()).await;
        one.until_shown("#save-state[data-state=conflict]").await;
        nothing_wrong(&judged(&one, "two-editors").await);
        one.size(DESKTOP).await;
        // Mine, theirs, both.
        one.js("document.querySelector('.conflict').scrollIntoView({ block: 'center' })").await;
        one.press(".conflict .conflict-head .block-ways button:nth-child(3)").await;
        kept(&one).await;

        types(&other, LATER).await;
        for words in [FIRST, MINE, THEIRS, LATER] {
            other.until_said(".ProseMirror", words.trim()).await;
        }
        kept(&other).await;
        assert_eq!(standfirst(&other).await, STANDFIRST, "a field that one alone wrote came over by itself");
        assert!(!other.shows(".conflict").await, "nobody else wrote at that place");
        one.reload().await;
        for words in [FIRST, MINE, THEIRS, LATER] {
            one.until_said(".ProseMirror", words.trim()).await;
        }
        until("the standfirst", || async { (standfirst(&one).await == STANDFIRST).then_some(()) }).await;
    })
    .await;
}

async fn standfirst(browser: &Browser) -> String {
    let value = browser.js("return document.querySelector('[name=standfirst]').value").await;
    value.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_headline_that_two_wrote_is_offered_beside_the_other() {
    with_paper(&[], |paper, driver| async move {
        let (one, other) = (driver.browser(DESKTOP).await, driver.browser(DESKTOP).await);
        enter(&one, &paper, "owner").await;
        enter(&other, &paper, "editor").await;
        begins(&one, &paper, "جسر القناة").await;
        kept(&one).await;
        other.open(one.js("return location.href").await.as_str().expect("an address")).await;
        other.until_shown(".ProseMirror").await;
        one.line(false).await;
        one.write("[name=headline]", "جسر القناة يُفتح بعد عام").await;
        one.until_said("#save-state", "لا اتصال").await;
        other.write("[name=headline]", "جسر القناة أمام الترام").await;
        kept(&other).await;
        one.line(true).await;
        one.until_said(".offer", "جسر القناة يُفتح بعد عام").await;
        let headline = "return document.querySelector('[name=headline]').value";
        assert_eq!(one.js(headline).await, json!("جسر القناة أمام الترام"), "the server's word stands");
        one.press(".offer .offer-ways button:first-child").await;
        kept(&one).await;
        one.reload().await;
        one.until_shown(".ProseMirror").await;
        assert_eq!(one.js(headline).await, json!("جسر القناة يُفتح بعد عام"));
    })
    .await;
}
