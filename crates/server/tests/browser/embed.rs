//! A thread under a page of another site, in a browser that keeps no cookie of ours there: written, seen by its author alone, released,
//! and seen by everybody; right to left, under a strict policy of the page, which starts no worker: it computes itself before it sends.

use crate::driver::{Browser, DESKTOP, Driver, PHONE};
use crate::running::{Running, until};
use crate::{pages, toll, with_paper};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const WORDS: &str = "كان الرصيف أوسع قبل أن تُبنى المخازن.";
const ROOT: &str = "document.querySelector('midad-comments').shadowRoot";

/// A page of another site at `localhost`, while the paper is at `127.0.0.1`: to a browser these are two sites. Its policy lets
/// nothing in but the paper's script and its calls.
async fn host_page(paper: &str, site: &str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let html = format!(
        "<!doctype html><html lang=\"ar\" dir=\"rtl\"><meta charset=\"utf-8\"><title>الرصيف</title><body>\
         <p><a id=\"count\" href=\"/\" data-midad-count=\"http://localhost:{port}/quay\">؟</a></p>\
         <script async src=\"{paper}/embed.js\" data-site=\"{site}\"></script><midad-comments></midad-comments>"
    );
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n\
         content-security-policy: default-src 'none'; script-src {paper}; connect-src {paper}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{html}",
        html.len()
    );
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut asked = [0_u8; 4096];
                let _ = line.read(&mut asked).await;
                let _ = line.write_all(answer.as_bytes()).await;
            });
        }
    });
    port
}

async fn at_the_desk(paper: &Running, driver: &Driver, role: &str) -> Browser {
    let browser = driver.browser(DESKTOP).await;
    browser.open(&paper.link_for(role).await).await;
    browser.press("form[action^='/sign-in/'] button").await;
    browser.until_shown("[data-desk]").await;
    browser
}

/// Waits until the thread says this, or no longer does.
async fn says(browser: &Browser, words: &str, there: bool) {
    let script = format!("const root = {ROOT}; return Boolean(root && root.textContent.includes(arguments[0]))");
    until(&format!("the thread and «{words}»: {there}"), || async {
        let found = browser.js_with(&script, vec![json!(words)]).await;
        (found == Value::Bool(there)).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_another_site_comments_without_a_cookie_and_sees_it_released() {
    with_paper(toll::ALWAYS, |paper, driver| async move {
        let discussed = pages::quiet(&paper.reader()).await;
        toll::nothing_more_goes_without_an_answer(&paper.reader(), &discussed).await;
        let owner = at_the_desk(&paper, &driver, "owner").await;
        owner.open(&format!("{}/desk/embeds", paper.address)).await;
        owner.write("#site-name", "الرصيف").await;
        // The port of the page is known only once its site is; the pages are filled in then.
        owner.write("#site-pages", "localhost:1").await;
        owner.press("main form.form button[type=submit]").await;
        owner.until_shown("#snippet").await;
        let site = owner.js("return location.pathname.split('/').pop()").await;
        let port = host_page(&paper.address, site.as_str().expect("a site")).await;
        owner.write("#site-pages", &format!("localhost:{port}")).await;
        owner.press("#holds ~ form.form button[type=submit]").await;
        until("the host is kept", || async {
            let kept = owner.js("return document.querySelector('#site-pages')?.value.trim()").await;
            (kept == json!(format!("localhost:{port}"))).then_some(())
        })
        .await;
        let page = format!("http://localhost:{port}/quay");
        let (reader, other) = (driver.browser_without_foreign_cookies(PHONE).await, driver.browser(PHONE).await);
        reader.open(&page).await;
        says(&reader, "أضف", true).await;
        let way = reader.js(&format!("return getComputedStyle({ROOT}.querySelector('section')).direction")).await;
        assert_eq!(way, json!("rtl"));
        let fill = format!(
            "const form = {ROOT}.querySelector('form'); form.elements.name.value = 'هدى';
             form.elements.text.value = arguments[0]; form.requestSubmit();"
        );
        reader.js_with(&fill, vec![json!(WORDS)]).await;
        says(&reader, WORDS, true).await;
        let cookies = reader.js("return document.cookie").await;
        assert_eq!(cookies, json!(""), "no cookie on the page");
        reader.reload().await;
        says(&reader, WORDS, true).await;
        other.open(&page).await;
        says(&other, "أضف", true).await;
        says(&other, WORDS, false).await;
        let thread = reader.js(&format!("return {ROOT}.querySelector('.midad-by a').href.split('~')[1]")).await;
        let moderator = at_the_desk(&paper, &driver, "moderator").await;
        moderator.open(&format!("{}/desk?story={}", paper.address, thread.as_str().expect("a thread"))).await;
        let release = "const card = [...document.querySelectorAll('[data-card]')]
                .find(one => one.textContent.includes(arguments[0]));
            card.querySelector('button[value=release]').click();";
        moderator.js_with(release, vec![json!("المخازن")]).await;
        moderator.until_shown("[data-said] form.done").await;
        other.reload().await;
        says(&other, WORDS, true).await;
        // A browser keeps a count for a minute: whoever comes now gets the one of now.
        let newcomer = driver.browser(PHONE).await;
        newcomer.open(&page).await;
        let counted = until("the count", || async { newcomer.text("#count").await.filter(|text| text != "؟") }).await;
        assert!(["1", "١"].contains(&counted.as_str()), "{counted}");
        for (who, browser) in [("reader", &reader), ("other", &other)] {
            let complaints = browser.complaints().await;
            assert!(complaints.is_empty(), "{who}: {complaints:?}");
        }
    })
    .await;
}
