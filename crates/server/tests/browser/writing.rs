//! A story from an empty page to its readers, with the line lost in the middle of a sentence.

use crate::driver::{Browser, DESKTOP};
use crate::everyone::{judged, nothing_wrong};
use crate::running::until;
use crate::with_paper;
use serde_json::json;

const HEADLINE: &str = "حديقة الميناء تُفتح بعد عام من الترميم";
const FIRST: &str = "فُتحت الحديقة صباح اليوم أمام الزوار.";
const WITHOUT_LINE: &str = " وقال المهندس إن العمل انتهى في موعده.";
const FROM_WORD: &str =
    "<p class=MsoNormal dir=RTL style='color:red'><span>وصل الزوار</span><o:p></o:p></p><p>&nbsp;</p>";

async fn types(browser: &Browser, words: &str) {
    browser.press(".ProseMirror").await;
    let to_the_end =
        "getSelection().selectAllChildren(document.querySelector('.ProseMirror')); getSelection().collapseToEnd()";
    browser.js(to_the_end).await;
    browser.cdp("Input.insertText", json!({ "text": words })).await;
}

async fn line(browser: &Browser, offline: bool) {
    browser.cdp("Network.enable", json!({})).await;
    let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp("Network.emulateNetworkConditions", conditions).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_written_through_a_lost_line_published_and_corrected() {
    with_paper(&[], |paper, driver| async move {
        let editor = driver.browser(DESKTOP).await;
        editor.open(&paper.link_for("owner").await).await;
        editor.press("form[action^='/sign-in/'] button").await;
        editor.until_shown("[data-desk]").await;
        editor.open(&format!("{}/desk/stories", paper.address)).await;
        editor.press("form[action='/desk/stories'] button").await;
        editor.write("[name=headline]", HEADLINE).await;
        types(&editor, FIRST).await;
        editor.until_said("#save-state", "حُفظ").await;
        nothing_wrong(&judged(&editor, "writing").await);

        line(&editor, true).await;
        types(&editor, WITHOUT_LINE).await;
        editor.until_said("#save-state", "لا اتصال").await;
        line(&editor, false).await;
        editor.js("dispatchEvent(new Event('online'))").await;
        editor.until_said("#save-state", "حُفظ").await;
        editor.reload().await;
        editor.until_said(".ProseMirror", WITHOUT_LINE.trim()).await;

        let paste = "const data = new DataTransfer(); data.setData('text/html', arguments[0]);
            const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector('.ProseMirror').dispatchEvent(event);";
        types(&editor, "\n").await;
        editor.js_with(paste, vec![FROM_WORD.into()]).await;
        editor.until_said(".ProseMirror", "وصل الزوار").await;
        let coloured = editor.js("return document.querySelectorAll('.ProseMirror [style*=color]').length").await;
        assert_eq!(coloured, 0, "what Word painted is gone");

        editor.js("document.querySelector('[name=section]').selectedIndex = 1").await;
        editor.press("#story-form button.main").await;
        editor.until_said(".story.preview", FIRST).await;
        nothing_wrong(&judged(&editor, "story-on-the-desk").await);
        let desk = editor.js("return location.pathname").await.as_str().expect("a path").to_owned();
        editor.press(&format!("form[action='{desk}/publication'] button")).await;
        let public = until("the public story", || async {
            let path = editor.js("return location.pathname").await.as_str()?.to_owned();
            path.starts_with("/stories/").then_some(path)
        })
        .await;
        let shown = paper.reader().get(&public).await;
        assert!(shown.body.contains(HEADLINE) && shown.body.contains(WITHOUT_LINE.trim()), "{}", shown.body);
        editor.open(&format!("{}{desk}", paper.address)).await;
        editor.write("#correction", "فُتحت مساءً لا صباحًا.").await;
        editor.press("button[value=correction]").await;
        editor.until_said(".corrections", "فُتحت مساءً لا صباحًا.").await;
    })
    .await;
}
