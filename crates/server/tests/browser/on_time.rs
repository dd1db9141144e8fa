//! The clock publishes at the second that the page was told, and not before.

use crate::driver::DESKTOP;
use crate::guide::enter;
use crate::running::{Running, until};
use crate::with_paper;
use crate::writing::{begins, kept, leaves_the_editor, types};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Unit};

const HEADLINE: &str = "المكتبة الجديدة تفتح أبوابها في موعدها";

#[tokio::test(flavor = "multi_thread")]
async fn a_story_goes_public_at_its_second() {
    with_paper(&["--set", "paper.time-zone=UTC"], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "owner").await;
        begins(&desk, &paper, HEADLINE).await;
        types(&desk, "تُفتح المكتبة في التاسعة تمامًا.").await;
        kept(&desk).await;
        leaves_the_editor(&desk).await;
        desk.press("details:has(#goes-at) > summary").await;
        let at = (Timestamp::now() + 15.seconds()).round(Unit::Second).expect("a second");
        let typed = at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S").to_string();
        desk.js_with("document.querySelector('#goes-at').value = arguments[0]", vec![typed.into()]).await;
        desk.press("form[action$='/time'] button").await;
        desk.until_shown(".desk-head .state-scheduled").await;

        let reader = driver.browser(DESKTOP).await;
        let public = until("the story among the others", || async { among_the_others(&paper).await }).await;
        assert!(Timestamp::now() >= at, "readers had it before its second");
        reader.open(&format!("{}{public}", paper.address)).await;
        reader.until_said("h1", HEADLINE).await;
        let said = "return document.querySelector('meta[property=\"article:published_time\"]').content";
        let said: Timestamp = reader.js(said).await.as_str().expect("a time").parse().expect("a time");
        assert_eq!(said.as_second(), at.as_second(), "published {said}, and set was {at}");
    })
    .await;
}

/// The story's path, once one of the lists for readers leads there.
async fn among_the_others(paper: &Running) -> Option<String> {
    let reader = paper.reader();
    let mut lists = vec!["/".to_owned()];
    lists.extend(reader.get("/").await.values("href", "/sections/"));
    for list in lists {
        let shown = reader.get(&list).await;
        if let Some(at) = shown.body.find(HEADLINE) {
            let before = shown.body[..at].rsplit("href=\"").find(|rest| rest.starts_with("/stories/"))?;
            return before.split('"').next().map(str::to_owned);
        }
    }
    None
}
