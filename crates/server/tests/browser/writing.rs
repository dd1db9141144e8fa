//! A story from an empty page to its readers, with the line lost in the middle of a sentence.

use crate::driver::{Browser, DESKTOP};
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::running::{Running, until};
use crate::with_paper;
use serde_json::json;

const HEADLINE: &str = "حديقة الميناء تُفتح بعد عام من الترميم";
const FIRST: &str = "فُتحت الحديقة صباح اليوم أمام الزوار.";
const WITHOUT_LINE: &str = " وقال المهندس إن العمل انتهى في موعده.";
/// Words of the first sentence that somebody asks about.
const PASSAGE: &str = "صباح اليوم";
/// Chooses them with the mouse.
const CHOOSES: &str = "
    const text = document.querySelector('.ProseMirror');
    text.focus();
    const words = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (words.nextNode() && !words.currentNode.data.includes(arguments[0]));
    const from = words.currentNode.data.indexOf(arguments[0]);
    getSelection().setBaseAndExtent(words.currentNode, from, words.currentNode, from + arguments[0].length);
";
const FROM_WORD: &str =
    "<p class=MsoNormal dir=RTL style='color:red'><span>وصل الزوار</span><o:p></o:p></p><p>&nbsp;</p>";

/// Begins a story and gives it a headline.
pub async fn begins(browser: &Browser, paper: &Running, headline: &str) {
    browser.open(&format!("{}/desk/stories", paper.address)).await;
    browser.press("form[action='/desk/stories'] button").await;
    browser.write("[name=headline]", headline).await;
}

/// Writes at the end of the text.
pub async fn types(browser: &Browser, words: &str) {
    browser.until_shown(".ProseMirror").await;
    // Not pressed: where the text ends on the screen, the row with the button may lie over it.
    let to_the_end = "const text = document.querySelector('.ProseMirror'); text.focus();
        getSelection().selectAllChildren(text); getSelection().collapseToEnd()";
    browser.js(to_the_end).await;
    browser.cdp("Input.insertText", json!({ "text": words })).await;
}

/// Waits until the server has what was written.
pub async fn kept(browser: &Browser) {
    browser.until_shown("#save-state[data-state=saved]").await;
}

/// Chooses a section and sends the form; the path of the story on the desk.
pub async fn leaves_the_editor(browser: &Browser) -> String {
    browser.js("document.querySelector('[name=section]').selectedIndex = 1").await;
    browser.press("#story-form button.main").await;
    browser.until_shown(".story.preview").await;
    browser.js("return location.pathname").await.as_str().expect("a path").to_owned()
}

/// Publishes a story from its page on the desk; its public path.
pub async fn goes_public(browser: &Browser, story: &str) -> String {
    browser.press(&format!("form[action='{story}/publication'] button")).await;
    until("the public story", || async {
        let path = browser.js("return location.pathname").await.as_str()?.to_owned();
        path.starts_with("/stories/").then_some(path)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_written_through_a_lost_line_published_and_corrected() {
    with_paper(&[], |paper, driver| async move {
        let editor = driver.browser(DESKTOP).await;
        enter(&editor, &paper, "owner").await;
        begins(&editor, &paper, HEADLINE).await;
        types(&editor, FIRST).await;
        kept(&editor).await;
        nothing_wrong(&judged(&editor, "writing").await);

        editor.line(false).await;
        types(&editor, WITHOUT_LINE).await;
        editor.until_said("#save-state", "لا اتصال").await;
        editor.line(true).await;
        kept(&editor).await;
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

        let desk = leaves_the_editor(&editor).await;
        editor.until_said(".story.preview", FIRST).await;
        nothing_wrong(&judged(&editor, "story-on-the-desk").await);
        let public = goes_public(&editor, &desk).await;
        let shown = paper.reader().get(&public).await;
        assert!(shown.body.contains(HEADLINE) && shown.body.contains(WITHOUT_LINE.trim()), "{}", shown.body);
        editor.open(&format!("{}{desk}", paper.address)).await;
        editor.write("#correction", "فُتحت مساءً لا صباحًا.").await;
        editor.press("button[value=correction]").await;
        editor.until_said(".corrections", "فُتحت مساءً لا صباحًا.").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_without_a_line_is_there_after_a_reload_before_the_server_has_it() {
    with_paper(&[], |paper, driver| async move {
        let editor = driver.browser(DESKTOP).await;
        enter(&editor, &paper, "owner").await;
        begins(&editor, &paper, HEADLINE).await;
        types(&editor, FIRST).await;
        kept(&editor).await;
        editor.line(false).await;
        types(&editor, WITHOUT_LINE).await;
        editor.until_said("#save-state", "لا اتصال").await;

        // The page comes back before the text has gone anywhere: what sends it is held up.
        editor.cdp("Network.setBlockedURLs", json!({ "urls": ["*/autosave"] })).await;
        editor.line(true).await;
        editor.reload().await;
        editor.until_said(".ProseMirror", WITHOUT_LINE.trim()).await;
        editor.until_said(".ProseMirror", FIRST).await;
        let shown = editor.js("return fetch(location.href).then(got => got.text())").await;
        let shown = shown.as_str().expect("the page");
        assert!(shown.contains(FIRST) && !shown.contains(WITHOUT_LINE.trim()), "the server has it already");

        editor.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await;
        editor.js("dispatchEvent(new Event('online'))").await;
        kept(&editor).await;
        let shown = editor.js("return fetch(location.href).then(got => got.text())").await;
        assert!(shown.as_str().is_some_and(|page| page.contains(WITHOUT_LINE.trim())), "it went to the server");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_chosen_in_the_text_go_into_a_note_and_are_marked_and_reached_from_it() {
    with_paper(&[], |paper, driver| async move {
        let editor = driver.browser(DESKTOP).await;
        enter(&editor, &paper, "owner").await;
        begins(&editor, &paper, HEADLINE).await;
        types(&editor, FIRST).await;
        kept(&editor).await;
        editor.js_with(CHOOSES, vec![PASSAGE.into()]).await;
        editor.press(".tools [aria-keyshortcuts='Control+Alt+M']").await;
        let quoted = "return document.querySelector('[name=note_quote]').value";
        until("the words in the form", || async { (editor.js(quoted).await == PASSAGE).then_some(()) }).await;
        assert_eq!(editor.js("return document.activeElement.name").await, "note_text");
        editor.write("[name=note_text]", "من أي ساعة؟").await;
        nothing_wrong(&judged(&editor, "writing-note").await);
        editor.press("#notes button[type=submit]").await;
        editor.until_said(".story-notes .note-quote", PASSAGE).await;

        let story = editor.js("return location.pathname").await.as_str().expect("a path").to_owned();
        editor.open(&format!("{}{story}/edit", paper.address)).await;
        editor.until_said(".ProseMirror .noted", PASSAGE).await;
        editor.press("#notes [data-note] button").await;
        let chosen = "return getSelection().toString()";
        until("the passage", || async { (editor.js(chosen).await == PASSAGE).then_some(()) }).await;
        nothing_wrong(&judged(&editor, "writing-noted").await);
    })
    .await;
}
