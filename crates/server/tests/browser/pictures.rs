//! A picture is put into a story on a bad line, and what must be seen of it is pressed on it.

use crate::driver::{Browser, DESKTOP, PHONE};
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::running::until;
use crate::uploads::noise;
use crate::with_paper;
use serde_json::{Value, json};

const CHOOSES: &str = "const input = document.querySelector('#library-file');
    input.files = given.files; input.dispatchEvent(new Event('change', { bubbles: true }));";
const PASTES: &str = "document.querySelector('.ProseMirror').dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true }));";

/// How many pictures of the story have come so far that they are seen.
async fn seen(editor: &Browser, many: u64) {
    let count = "return [...document.querySelectorAll('.ProseMirror .block-picture img')]
        .filter(img => img.complete && img.naturalWidth > 0 && img.hasAttribute('width')).length";
    until("the picture in the story", || async { (editor.js(count).await.as_u64() == Some(many)).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_comes_into_a_story_through_a_lost_line() {
    with_paper(&[], |paper, driver| async move {
        let editor = driver.browser(DESKTOP).await;
        enter(&editor, &paper, "reporter").await;
        editor.open(&format!("{}/desk/stories", paper.address)).await;
        editor.press("form[action='/desk/stories'] button").await;
        editor.write("[name=headline]", "صور على خط ضعيف").await;
        editor.press(".ProseMirror").await;
        editor.cdp("Input.insertText", json!({ "text": "فقرة قبل الصور." })).await;
        editor.until_said("#save-state", "حُفظ").await;

        editor.press(".tool-more").await;
        editor.press(".menu-line").await;
        let accepts = editor.js("return document.querySelector('#library-file').accept").await;
        assert_eq!(accepts, "image/jpeg,image/png,image/webp,image/gif", "a telephone makes one of these of its own");
        editor.line(false).await;
        let size = editor.js_later(&noise(CHOOSES)).await.as_u64().expect("a size");
        assert!(size > 1_000_000, "{size} bytes are one or two parts");
        editor.until_said(".library-sending", "انقطع الخط").await;
        // What the browser says of the line is not the page's fault.
        editor.complaints().await;
        nothing_wrong(&judged(&editor, "library-sending").await);
        editor.line(true).await;
        seen(&editor, 1).await;
        assert!(!editor.shows("dialog").await);

        editor.line(false).await;
        editor.js_later(&noise(PASTES)).await;
        editor.until_said(".editor-sending", "انقطع الخط").await;
        editor.js_later(&noise(PASTES)).await;
        editor.until_said(".sending + .sending", "تنتظر دورها").await;
        editor.press(".sending + .sending button:not([hidden])").await;
        editor.line(true).await;
        seen(&editor, 2).await;
        until("no line is left", || async { (!editor.shows(".sending").await).then_some(()) }).await;
    })
    .await;
}

/// Where a point of the picture is on the screen, in hundredths of it from the left and from the top.
async fn spot(desk: &Browser, (x, y): (f64, f64)) -> Value {
    let script = "const img = document.querySelector('.focus-frame img');
        img.scrollIntoView({ block: 'start' });
        const seen = img.getBoundingClientRect();
        return { x: seen.left + seen.width * arguments[0] / 100, y: seen.top + seen.height * arguments[1] / 100 };";
    desk.js_with(script, vec![x.into(), y.into()]).await
}

async fn mouse(desk: &Browser, kind: &str, at: &Value) {
    let event = json!({ "type": kind, "x": at["x"], "y": at["y"], "button": "left", "buttons": 1, "clickCount": 1 });
    desk.cdp("Input.dispatchMouseEvent", event).await;
}

/// What stands in the boxes, what the mark says, and how the head of the front page is cut.
async fn point(desk: &Browser) -> (String, String, String) {
    let said = desk
        .js("const mark = document.querySelector('.focus-mark');
            return [
                ['focus_x', 'focus_y'].map(name => document.querySelector(`[name=${name}]`).value).join(' '),
                mark.getAttribute('aria-valuetext'),
                document.querySelector('.picture-crop-front img').className,
            ]")
        .await;
    let [boxes, mark, cut] = [0, 1, 2].map(|at| said[at].as_str().unwrap_or_default().to_owned());
    (boxes, mark, cut)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_seen_of_a_picture_is_pressed_dragged_and_moved_by_keys() {
    with_paper(&[], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "reporter").await;
        desk.open(&format!("{}/desk/pictures", paper.address)).await;
        let chooses = "document.querySelector('#picture-files').files = given.files;";
        desk.js_later(&noise(chooses)).await;
        desk.press("form[data-sending] button").await;
        desk.press("[data-uploads] a").await;
        desk.until_shown(".focus-mark").await;
        assert_eq!(point(&desk).await.0, "50 50");
        nothing_wrong(&judged(&desk, "focus").await);

        let at = spot(&desk, (25.0, 20.0)).await;
        mouse(&desk, "mousePressed", &at).await;
        mouse(&desk, "mouseReleased", &at).await;
        let (boxes, mark, cut) = point(&desk).await;
        assert_eq!((boxes.as_str(), cut.as_str()), ("25 20", "focus-x-3 focus-y-2"), "{mark}");
        assert!(mark.contains("من اليسار") && (mark.contains("25") || mark.contains("٢٥")), "{mark}");
        mouse(&desk, "mousePressed", &at).await;
        mouse(&desk, "mouseMoved", &spot(&desk, (60.0, 40.0)).await).await;
        mouse(&desk, "mouseReleased", &spot(&desk, (60.0, 40.0)).await).await;
        mouse(&desk, "mouseMoved", &at).await;
        assert_eq!(point(&desk).await.0, "60 40", "it was let go there");

        // The mark has the keyboard; arrows go as they point, in Arabic too.
        for (key, n) in [("ArrowLeft", 3), ("ArrowDown", 2)] {
            for _ in 0..n {
                desk.cdp("Input.dispatchKeyEvent", json!({ "type": "keyDown", "key": key, "code": key })).await;
            }
        }
        assert_eq!(point(&desk).await.0, "57 42");
        desk.write("[name=focus_y]", "95").await;
        assert_eq!(point(&desk).await.2, "focus-x-6 focus-y-10", "a number that is typed moves the mark");
        assert!(desk.complaints().await.is_empty());

        // With a finger.
        desk.size(PHONE).await;
        let at = spot(&desk, (70.0, 30.0)).await;
        desk.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        desk.cdp("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": [at] })).await;
        desk.cdp("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await;
        until("the touch", || async { (point(&desk).await.0 == "70 30").then_some(()) }).await;
        desk.press(".form button.main").await;
        until("it is kept", || async {
            let kept = desk.js("return document.querySelector('[name=focus_x]')?.getAttribute('value')").await;
            (kept == "70").then_some(())
        })
        .await;
        assert_eq!(point(&desk).await.2, "focus-x-7 focus-y-3");
    })
    .await;
}
