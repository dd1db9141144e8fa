//! Every page can be used by everybody: axe-core finds nothing to mend, nothing is wider than a small phone, the page says
//! its language, and the console stays silent.
//!
//! With `MIDAD_SCREENSHOTS=FOLDER` a picture of every page is kept, for people to look at.

use crate::both::Trial;
use crate::driver::{Browser, DESKTOP, Driver, PHONE};
use crate::guide::enter;
use crate::pages::{self, Page};
use crate::running::{Launch, Reader, Running};
use base64::Engine;
use serde_json::{Value, json};
use std::path::PathBuf;
use store::Place;

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");
/// All of axe's rules; its answer as lines: which rule, where, why.
const JUDGE: &str = r"
    const done = arguments[arguments.length - 1];
    const why = node => [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ');
    const line = found => found.nodes.map(node => `${found.id}: ${node.target.join(' ')}: ${why(node)}`);
    const judged = result => result.passes.length < 10 ? ['axe looked at nothing'] : result.violations.flatMap(line);
    axe.run(document, { resultTypes: ['violations'] })
        .then(result => done(judged(result)), problem => done([`axe failed: ${problem}`]));
";
/// Also those that would come with scrolling.
const PICTURES_ARE_THERE: &str = r"
    const done = arguments[arguments.length - 1];
    for (const one of document.images) one.loading = 'eager';
    Promise.allSettled([...document.images].map(one => one.decode())).then(() => done(true));
";
/// What is wider than the screen: empty when nothing can be scrolled sideways.
const TOO_WIDE: &str = r"
    const wide = document.scrollingElement;
    if (wide.scrollWidth <= innerWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter(one => {
        const box = one.getBoundingClientRect();
        return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) && getComputedStyle(one).position !== 'absolute';
    });
    const name = one => `${one.tagName.toLowerCase()}${one.id ? '#' + one.id : ''}.${[...one.classList].join('.')}`;
    return [`${wide.scrollWidth} px wide at ${innerWidth}: ${out.slice(0, 5).map(name).join(', ')}`];
";
/// Widths at which nothing may be scrolled sideways, in CSS pixels: small phones, and a desktop.
const WIDTHS: [u32; 3] = [320, 360, 1280];

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_every_page_for_readers() {
    let Some(driver) = Driver::start().await else { return };
    let trial = Trial::sqlite();
    let ended = tokio::spawn(readers(driver, trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn readers(driver: Driver, place: Place) {
    let paper = Launch::new(&["demo"]).on(&place).start().await;
    let browser = driver.browser(PHONE).await;
    let mut problems = Vec::new();
    for page in pages::public(&paper, &place).await {
        problems.extend(look_at(&browser, &paper, &page).await);
    }
    nothing_wrong(&problems);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_the_pages_of_ones_own_comments_and_the_desk() {
    crate::with_paper(&[], |paper, driver| async move {
        let browser = driver.browser(PHONE).await;
        report_a_comment(&paper.reader()).await;
        let mut problems = Vec::new();
        for page in own_pages(&browser, &paper).await {
            problems.extend(look_at(&browser, &paper, &page).await);
        }
        let link = paper.link_for("owner").await;
        let ask = link.strip_prefix(&paper.address).expect("a link of this paper").to_owned();
        problems.extend(look_at(&browser, &paper, &Page::new("sign-in-ask", &ask)).await);
        browser.open(&link).await;
        browser.press("form[action^='/sign-in/'] button").await;
        browser.until_shown("[data-desk]").await;
        for page in pages::desk(&paper, &browser).await {
            if ["desk", "desk-reported"].contains(&page.name.as_str()) {
                browser.open(&format!("{}{}", paper.address, page.path)).await;
                assert!(browser.shows("[data-card]").await, "{} shows no card", page.name);
            }
            problems.extend(look_at(&browser, &paper, &page).await);
        }
        nothing_wrong(&problems);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_the_pages_that_the_newsroom_makes() {
    crate::with_paper(&[], |paper, driver| async move {
        let browser = driver.browser(DESKTOP).await;
        enter(&browser, &paper, "owner").await;
        let mut problems = Vec::new();
        for page in pages::made(&paper, &browser).await {
            problems.extend(look_at(&browser, &paper, &page).await);
        }
        nothing_wrong(&problems);
    })
    .await;
}

/// The desk's list of reports shall show something.
async fn report_a_comment(reader: &Reader) {
    let story = pages::quiet(reader).await;
    let shown = reader.get(&story).await;
    let form = shown.values("href", "/stories/").into_iter().find(|path| path.ends_with("/report"));
    let sent =
        reader.send(&form.expect("a comment can be reported"), &[("reason", "advertising"), ("words", "")]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

/// The pages around a comment that this browser has sent and that waits.
async fn own_pages(browser: &Browser, paper: &Running) -> Vec<Page> {
    let story = pages::quiet(&paper.reader()).await;
    browser.open(&format!("{}{story}", paper.address)).await;
    browser.write("#form-name", "سائلة من الحي").await;
    browser.write("#form-text", "هل من موعد معلن لهذا؟").await;
    browser.press("#comment-form button[type=submit]").await;
    browser.until_shown("#own .own .comment-foot a").await;
    let links =
        browser.js("return [...document.querySelectorAll('#own .own .comment-foot a')].map(a => a.pathname)").await;
    let link = |end: &str| {
        let all = links.as_array().expect("links").iter().filter_map(Value::as_str);
        all.into_iter().find(|path| path.ends_with(end)).expect(end).to_owned()
    };
    vec![
        Page::new("story-own-waiting", &story),
        Page::new("own-edit", &link("/edit")),
        Page::new("own-withdrawal", &link("/withdrawal")),
    ]
}

/// Looks at a page on a phone and on a desktop, by day and by night, and writes down what is wrong with it.
pub async fn look_at(browser: &Browser, paper: &Running, page: &Page) -> Vec<String> {
    let mut problems = Vec::new();
    browser.colours("light").await;
    browser.size(PHONE).await;
    // What an earlier page said is not this one's.
    browser.complaints().await;
    browser.open(&format!("{}{}", paper.address, page.path)).await;
    browser.js("document.documentElement.dataset.judged = 'yes'").await;
    browser.js(AXE).await;
    for (size, name) in [(PHONE, "360"), (DESKTOP, "1280")] {
        for scheme in ["light", "dark"] {
            browser.colours(scheme).await;
            browser.size(size).await;
            let found = browser.js_later(JUDGE).await;
            problems.extend(lines(&found).map(|line| format!("{} {name} {scheme}: {line}", page.name)));
            keep_picture(browser, &format!("{}-{name}-{scheme}", page.name)).await;
        }
    }
    browser.colours("light").await;
    for width in WIDTHS {
        browser.size((width, PHONE.1)).await;
        let found = browser.js(TOO_WIDE).await;
        problems.extend(lines(&found).map(|line| format!("{} {width}: {line}", page.name)));
    }
    problems.extend(says_its_language(browser, page).await);
    let own_failure = |line: &String| page.fails && line.contains("the server responded with a status of 4");
    let said = browser.complaints().await.into_iter().filter(|line| !own_failure(line));
    problems.extend(said.map(|line| format!("{} console: {line}", page.name)));
    problems
}

/// What axe finds on the page that is open, on a phone and on a desktop, and what is too wide for them.
pub async fn judged(browser: &Browser, name: &str) -> Vec<String> {
    judged_at(browser, name, &[PHONE, DESKTOP]).await
}

/// The same at these sizes.
pub async fn judged_at(browser: &Browser, name: &str, sizes: &[(u32, u32)]) -> Vec<String> {
    let mut problems = Vec::new();
    browser.js(AXE).await;
    for size in sizes {
        browser.size(*size).await;
        let (found, wide) = (browser.js_later(JUDGE).await, browser.js(TOO_WIDE).await);
        problems.extend(lines(&found).chain(lines(&wide)).map(|line| format!("{name} {}: {line}", size.0)));
        keep_picture(browser, &format!("{name}-{}", size.0)).await;
    }
    problems
}

async fn says_its_language(browser: &Browser, page: &Page) -> Option<String> {
    let root = "const root = document.documentElement;";
    let said = browser.js(&format!("{root} return [root.lang, root.dir, document.title !== '']")).await;
    (said != json!(["ar", "rtl", true])).then(|| format!("{}: lang, dir, title are {said}", page.name))
}

fn lines(found: &Value) -> impl Iterator<Item = &str> {
    found.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Fails with all of them.
pub fn nothing_wrong(problems: &[String]) {
    assert!(problems.is_empty(), "{} things to mend:\n{}", problems.len(), problems.join("\n"));
}

async fn keep_picture(browser: &Browser, name: &str) {
    let Ok(folder) = std::env::var("MIDAD_SCREENSHOTS") else { return };
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder).expect("the folder for pictures");
    browser.js_later(PICTURES_ARE_THERE).await;
    let taken = base64::engine::general_purpose::STANDARD.decode(browser.picture().await).expect("base64");
    std::fs::write(folder.join(format!("{name}.png")), taken).expect("the picture is kept");
}
