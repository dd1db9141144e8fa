//! The paper's country and its calendar: one press on the evening of the sighting, and a country that is looked at before it
//! is kept.

use crate::driver::DESKTOP;
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::running::until;
use crate::with_paper;

#[tokio::test(flavor = "multi_thread")]
async fn readers_have_the_right_hijri_day_after_one_press_and_another_country_once_it_is_kept() {
    with_paper(&[], |paper, driver| async move {
        let (desk, reader) = (driver.browser(DESKTOP).await, driver.browser(DESKTOP).await);
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk/country", paper.address)).await;
        desk.press("#moon button[value='-1']").await;
        desk.until_shown("#moon .chip").await;
        reader.open(&format!("{}/", paper.address)).await;
        let earlier = reader.text(".today .hijri").await.expect("a Hijri line");
        desk.press("#moon button[value='1']").await;
        until("the later day", || async {
            reader.reload().await;
            reader.text(".today .hijri").await.filter(|line| *line != earlier).map(drop)
        })
        .await;
        let before = reader.text(".today").await.expect("a date");
        desk.until_shown("#moon button[value='-1']").await;
        desk.js("document.querySelector('#country').value = 'DZ'").await;
        desk.press("button[name=press][value=try]").await;
        desk.until_said(".country-ways", "جانفي").await;
        nothing_wrong(&judged(&desk, "desk-country-tried").await);
        reader.reload().await;
        assert_eq!(reader.text(".today").await.as_ref(), Some(&before), "what is tried is nobody else's yet");
        desk.js("document.querySelector('#time-zone').value = 'Mars/Olympus'").await;
        desk.press("button[name=press][value=keep]").await;
        desk.until_shown("#time-zone-wrong").await;
        nothing_wrong(&judged(&desk, "desk-country-wrong").await);
        desk.js("document.querySelector('#time-zone').value = 'Africa/Tunis'").await;
        desk.press("button[name=press][value=keep]").await;
        until("readers to have it", || async {
            reader.reload().await;
            reader.text(".today").await.filter(|date| *date != before).map(drop)
        })
        .await;
        desk.press("form[action='/desk/country/file'] button").await;
        desk.until_said(".country-ways", "كانون الثاني").await;
    })
    .await;
}
