//! Files are sent on a bad line: the page waits for it, goes on, and says how far it is.

use crate::driver::DESKTOP;
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::pdfs;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

/// The file of an issue has a run of so many sevens in it.
const SEVENS: usize = 1_500_000;

/// Puts a printed issue into the form: what stands before its sevens, how many they are, and what stands behind them.
const CHOOSES_ISSUE: &str = "
    const chosen = new DataTransfer();
    const bytes = [arguments[0], '7'.repeat(arguments[1]), arguments[2]];
    chosen.items.add(new File(bytes, 'الليلة.pdf', { type: 'application/pdf' }));
    document.querySelector('#file').files = chosen.files;
";

/// Nobody keeps parts from here on, and the whole is not taken either.
const TAKES_NOTHING: &str = "
    window.before = window.fetch;
    window.fetch = async path => path.endsWith('/parts') ? new Response('{\"part\":\"1\",\"at\":0}', { status: 201 })
        : new Response('', { status: path.includes('/parts/') ? 404 : 503 });
";

/// Puts the picture, and a file that is no picture, into the form.
const CHOOSES: &str = "given.items.add(new File(['<html>'], 'صفحة.jpg', { type: 'image/jpeg' }));
    document.querySelector('#picture-files').files = given.files;";

/// A picture of noise of some megabytes, handed on as these lines say; its bytes.
pub fn noise(hands_on: &str) -> String {
    "const done = arguments[arguments.length - 1];
    const canvas = new OffscreenCanvas(1200, 900);
    const context = canvas.getContext('2d');
    const noise = context.createImageData(1200, 900);
    noise.data.forEach((_, at) => (noise.data[at] = at % 4 === 3 ? 255 : Math.floor(Math.random() * 256)));
    context.putImageData(noise, 0, 0);
    canvas.convertToBlob({ type: 'image/png' }).then(blob => {
        const given = new DataTransfer();
        given.items.add(new File([blob], 'ضجيج.png', { type: 'image/png' }));
        HANDS_ON
        done(blob.size);
    });"
    .replace("HANDS_ON", hands_on)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_on_when_the_line_is_back() {
    with_paper(&[], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "reporter").await;
        desk.open(&format!("{}/desk/pictures", paper.address)).await;
        let size = desk.js_later(&noise(CHOOSES)).await.as_u64().expect("a size");
        assert!(size > 1_000_000, "{size} bytes are one or two parts");
        desk.line(false).await;
        desk.press("form[data-sending] button[type=submit]").await;
        desk.until_said("[data-uploads]", "انقطع الخط").await;
        desk.line(true).await;
        desk.until_said("[data-uploads] li[data-done=kept]", "ضجيج.png").await;
        desk.until_said("[data-uploads] li[data-done=refused]", "صفحة.jpg").await;
        // What the browser says of the line is not the page's fault.
        desk.complaints().await;
        nothing_wrong(&judged(&desk, "uploads").await);
        desk.js(TAKES_NOTHING).await;
        desk.js_later(&noise(CHOOSES)).await;
        desk.press("form[data-sending] button[type=submit]").await;
        desk.until_said("[data-uploads] li:nth-child(3)[data-done=refused]", "لم تُرفع").await;
        desk.until_said("[data-uploads] li:nth-child(4)[data-done=refused]", "لم تُرفع").await;
        desk.js("window.fetch = window.before").await;
        desk.press("[data-uploads] li:nth-child(3) button").await;
        desk.until_said("[data-uploads] li:nth-child(3)[data-done=kept]", "حُفظت الصورة").await;
        desk.press("[data-uploads] a").await;
        let path = until("the picture's page", || async {
            let path = desk.js("return location.pathname").await.as_str()?.to_owned();
            path.starts_with("/desk/pictures/").then_some(path)
        })
        .await;
        desk.until_shown(".picture-crops").await;
        assert!(path.ends_with(".jpg"), "{path}");
        assert!(desk.complaints().await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_issue_says_how_far_it_is_is_stopped_and_goes_on() {
    with_paper(&[], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "owner").await;
        desk.open(&format!("{}/desk/issues", paper.address)).await;
        let file = String::from_utf8(pdfs::heavy(SEVENS)).expect("text");
        let (before, behind) = file.split_once(&"7".repeat(SEVENS)).expect("the sevens");
        desk.js_with(CHOOSES_ISSUE, vec![json!(before), json!(SEVENS), json!(behind)]).await;
        desk.write("#number", "4777").await;
        desk.line(false).await;
        desk.press("form[data-fills] button[type=submit]").await;
        desk.until_said("[data-uploads]", "انقطع الخط").await;
        desk.until_said(".upload-far", "0").await;
        nothing_wrong(&judged(&desk, "upload-of-an-issue").await);
        desk.press(".upload-far button").await;
        desk.until_said("[data-uploads] li[data-done=refused]", "أُوقف الرفع").await;
        desk.line(true).await;
        desk.press("[data-uploads] li > button").await;
        desk.until_said("main .done", "نُشر العدد").await;
        desk.until_said("main", "الليلة.pdf").await;
        desk.complaints().await;
        let found = paper.reader().get("/issues/4777").await;
        assert_eq!(found.status, 200);
    })
    .await;
}
