//! What a first visit costs: bytes, requests, and the calm of the page while it arrives.

use crate::driver::PHONE;
use crate::pages;
use crate::running::until;
use crate::with_paper;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Mutex;

/// Bytes of HTML, CSS, scripts and fonts on the wire, with their headers.
const MOST_BYTES: u64 = 60 * 1024;
/// Requests without pictures.
const MOST_REQUESTS: usize = 8;
/// Chromium calls a shift of 0.1 good; here nothing may move that an eye would see.
const MOST_SHIFT: f64 = 0.005;
const COMMENTS: u64 = 50;

#[tokio::test(flavor = "multi_thread")]
async fn a_story_with_fifty_comments_is_light_and_stands_still() {
    with_paper(&[], |paper, driver| async move {
        let story = format!("{}{}", paper.address, pages::discussed(&paper.reader()).await);
        let browser = driver.browser(PHONE).await;
        browser.open(&story).await;
        assert_eq!(browser.js("return document.querySelectorAll('[data-thread] .comment').length").await, json!(COMMENTS));
        until("the faces and pictures", || async {
            let arrived = "return document.readyState === 'complete' && document.fonts.status === 'loaded'";
            (browser.js(arrived).await == json!(true)).then_some(())
        })
        .await;
        // What is on its way may be a picture: that is known when it is answered.
        let traffic = Mutex::new(Vec::new());
        let sent = until("the answers", || async {
            let more = browser.traffic().await;
            let mut traffic = traffic.lock().await;
            traffic.extend(more);
            Sent::of(&traffic)
        })
        .await;
        println!("{sent:#?}");
        assert!(sent.bytes() <= MOST_BYTES, "{} bytes: {sent:#?}", sent.bytes());
        assert!(sent.0.len() <= MOST_REQUESTS, "{} requests: {sent:#?}", sent.0.len());
        assert!(sent.0.values().any(|(address, _)| address.ends_with(".css")), "no stylesheet: {sent:#?}");

        // Down to the end and up again, so that what is loaded late is loaded.
        for place in ["document.body.scrollHeight", "0"] {
            browser.js(&format!("scrollTo(0, {place})")).await;
            until("the pictures", || async {
                let loaded = "return [...document.images].filter(one => one.getBoundingClientRect().top < innerHeight).every(one => one.complete)";
                (browser.js(loaded).await == json!(true)).then_some(())
            })
            .await;
        }
        let shifts = browser.js_later(SHIFTS).await;
        let sum: f64 = shifts.as_array().expect("a list").iter().filter_map(|shift| shift["value"].as_f64()).sum();
        assert!(sum <= MOST_SHIFT, "the page moves by {sum}: {shifts:#}");
    })
    .await;
}

/// Every movement of the page since it was opened, and what moved.
const SHIFTS: &str = r"
    const done = arguments[arguments.length - 1];
    const name = one => one ? `${one.nodeName}.${one.className || ''}` : '?';
    const read = entries => entries.map(entry => ({ value: entry.value, moved: entry.sources.map(source => name(source.node)) }));
    const watch = new PerformanceObserver(() => {});
    watch.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(read(watch.takeRecords()))));
";

/// Every answer but pictures: its address, and its bytes on the wire.
#[derive(Debug, Default)]
struct Sent(BTreeMap<String, (String, u64)>);

impl Sent {
    /// None while something was asked for and not answered.
    fn of(traffic: &[Value]) -> Option<Self> {
        let (mut sent, mut waiting) = (Self::default(), BTreeSet::new());
        for event in traffic {
            let (method, params) = (event["method"].as_str().unwrap_or_default(), &event["params"]);
            let id = params["requestId"].as_str().unwrap_or_default().to_owned();
            if matches!(method, "Network.responseReceived" | "Network.requestServedFromCache" | "Network.loadingFailed")
            {
                waiting.remove(&id);
            }
            match method {
                "Network.requestWillBeSent" if params["type"] != "Image" => {
                    let address = params["request"]["url"].as_str().unwrap_or_default().to_owned();
                    if address.starts_with("http") {
                        waiting.insert(id.clone());
                        sent.0.insert(id, (address, 0));
                    }
                }
                // The paper's sign is a picture too, and what the browser has already costs nothing.
                "Network.responseReceived" if is_picture(params) => drop(sent.0.remove(&id)),
                "Network.requestServedFromCache" => drop(sent.0.remove(&id)),
                "Network.loadingFinished" => {
                    if let (Some(known), Some(bytes)) = (sent.0.get_mut(&id), params["encodedDataLength"].as_f64()) {
                        known.1 = bytes as u64;
                    }
                }
                _ => {}
            }
        }
        waiting.is_empty().then_some(sent)
    }

    fn bytes(&self) -> u64 {
        self.0.values().map(|(_, bytes)| bytes).sum()
    }
}

fn is_picture(params: &Value) -> bool {
    params["response"]["mimeType"].as_str().is_some_and(|kind| kind.starts_with("image/"))
}
