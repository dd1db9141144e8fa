//! Pictures are sent on a bad line: the page waits for it, goes on, and says how far it is.

use crate::driver::DESKTOP;
use crate::everyone::{judged, nothing_wrong};
use crate::guide::enter;
use crate::running::until;
use crate::with_paper;
use serde_json::json;

/// Puts a picture of noise of some megabytes, and a file that is no picture, into the form.
const CHOOSES: &str = "
    const done = arguments[arguments.length - 1];
    const canvas = new OffscreenCanvas(1200, 900);
    const context = canvas.getContext('2d');
    const noise = context.createImageData(1200, 900);
    noise.data.forEach((_, at) => (noise.data[at] = at % 4 === 3 ? 255 : Math.floor(Math.random() * 256)));
    context.putImageData(noise, 0, 0);
    canvas.convertToBlob({ type: 'image/png' }).then(blob => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([blob], 'ضجيج.png', { type: 'image/png' }));
        chosen.items.add(new File(['<html>'], 'صفحة.jpg', { type: 'image/jpeg' }));
        document.querySelector('#picture-files').files = chosen.files;
        done(blob.size);
    });
";

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_on_when_the_line_is_back() {
    with_paper(&[], |paper, driver| async move {
        let desk = driver.browser(DESKTOP).await;
        enter(&desk, &paper, "reporter").await;
        desk.open(&format!("{}/desk/pictures", paper.address)).await;
        let size = desk.js_later(CHOOSES).await.as_u64().expect("a size");
        assert!(size > 1_000_000, "{size} bytes are one or two parts");
        desk.cdp("Network.enable", json!({})).await;
        let line = |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        desk.cdp("Network.emulateNetworkConditions", line(true)).await;
        desk.press("form[data-sending] button").await;
        desk.until_said("[data-uploads]", "انقطع الخط").await;
        desk.cdp("Network.emulateNetworkConditions", line(false)).await;
        desk.js("dispatchEvent(new Event('online'))").await;
        desk.until_said("[data-uploads] li[data-done=kept]", "ضجيج.png").await;
        desk.until_said("[data-uploads] li[data-done=refused]", "صفحة.jpg").await;
        // What the browser says of the line is not the page's fault.
        desk.complaints().await;
        nothing_wrong(&judged(&desk, "uploads").await);
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
