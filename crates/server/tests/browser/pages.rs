//! Which pages there are: found in the paper as a reader finds them, by following links.

use crate::driver::Browser;
use crate::running::{Launch, Reader, Running, rows, until};
use crate::writing::{begins, leaves_the_editor, types};
use crate::{files, pdfs};
use base64::Engine;
use serde_json::json;
use store::Place;

/// A page and how it is called in reports.
#[derive(Debug, Clone)]
pub struct Page {
    /// As a file's name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// It answers with an error on purpose.
    pub fails: bool,
}

impl Page {
    /// A page that answers well.
    pub fn new(name: &str, path: &str) -> Self {
        Self { name: name.to_owned(), path: path.to_owned(), fails: false }
    }

    /// A page that says that something is not there.
    fn failing(name: &str, path: &str) -> Self {
        Self { fails: true, ..Self::new(name, path) }
    }
}

/// Every kind of page that anybody may open.
pub async fn public(paper: &Running, place: &Place) -> Vec<Page> {
    let reader = paper.reader();
    let front = reader.get("/").await;
    let mut pages = vec![Page::new("front", "/")];
    let section = front.values("href", "/sections/").remove(0);
    pages.push(Page::new("section", &section));
    let archive = reader.get("/archive").await;
    pages.push(Page::new("archive", "/archive"));
    pages.push(Page::new("month", &archive.values("href", "/archive/").remove(0)));
    for path in front.values("href", "/pages/") {
        pages.push(Page::new(&format!("page-{}", path.trim_start_matches("/pages/")), &path));
    }
    pages.extend(around_a_story(&reader).await);
    pages.push(Page::new("search", "/search?q=%D8%A7%D9%84%D8%AA%D8%B1%D8%A7%D9%85&from=2020-01-01"));
    pages.push(Page::new("search-comments", "/search?q=%D8%A7%D9%84%D8%AA%D8%B1%D8%A7%D9%85&in=comments"));
    pages.push(Page::new("issues", "/issues"));
    pages.push(Page::new("issue", "/issues/4501"));
    pages.push(Page::new("me", "/me"));
    pages.push(Page::new("newsletter", "/newsletter"));
    pages.push(Page::new("sign-in", "/sign-in"));
    pages.push(Page::failing("not-found", "/no-such-page"));
    pages.push(Page::failing("withdrawn", &withdrawn(place)));
    pages
}

async fn around_a_story(reader: &Reader) -> Vec<Page> {
    let story = discussed(reader).await;
    let shown = reader.get(&story).await;
    let mut pages = vec![Page::new("story", &story)];
    let next = shown.values("href", &format!("{story}?after=")).remove(0);
    pages.push(Page::new("story-second-page", next.split('#').next().unwrap_or_default()));
    pages.push(Page::new("story-newest", &format!("{story}?sort=newest")));
    pages.push(Page::new("tag", &shown.values("href", "/tags/").remove(0)));
    pages.push(Page::new("writer", &shown.values("href", "/writers/").remove(0)));
    let links = shown.values("href", "/stories/");
    let leads = |wanted: &dyn Fn(&str) -> bool| links.iter().find(|path| wanted(path)).expect("a link at a comment");
    let numbered = |path: &str| path.rsplit_once("/comments/").is_some_and(|(_, number)| number.parse::<u32>().is_ok());
    pages.push(Page::new("permalink", leads(&numbered)));
    pages.push(Page::new("report", leads(&|path| path.ends_with("/report"))));
    pages.push(Page::new("reply", leads(&|path| path.contains("/reply/"))));
    pages
}

/// The path of a story whose comments fill more than a page and that takes more of them.
pub async fn discussed(reader: &Reader) -> String {
    let mut lists: Vec<String> = vec!["/".to_owned()];
    lists.extend(reader.get("/").await.values("href", "/sections/"));
    for list in lists {
        for story in reader.get(&list).await.values("href", "/stories/") {
            let shown = reader.get(&story).await.body;
            if shown.contains("rel=\"next\"") && shown.contains("id=\"comment-form\"") {
                return story;
            }
        }
    }
    panic!("no story has more than a page of comments");
}

/// The path of a story with some comments that all fit on its page, and that takes more of them.
pub async fn quiet(reader: &Reader) -> String {
    for story in reader.get("/").await.values("href", "/stories/") {
        let shown = reader.get(&story).await.body;
        let comments = shown.matches("<article class=\"comment").count();
        if (1..40).contains(&comments) && !shown.contains("rel=\"next\"") && shown.contains("id=\"comment-form\"") {
            return story;
        }
    }
    panic!("no story has a few comments");
}

/// The desk as somebody sees it who is signed in with this browser and may publish.
pub async fn desk(paper: &Running, browser: &Browser) -> Vec<Page> {
    let one_of = async |asked_for: &str, state: &str| {
        browser.open(&format!("{}/desk/stories?state={asked_for}", paper.address)).await;
        let asked =
            "return document.querySelector(`li:has(.state-${arguments[0]}) a[href^='/desk/stories/']`).pathname";
        browser.js_with(asked, vec![state.into()]).await.as_str().expect(state).to_owned()
    };
    let draft = one_of("writing", "draft").await;
    vec![
        Page::new("desk", "/desk"),
        Page::new("desk-reported", "/desk/reported"),
        Page::new("desk-log", "/desk/log"),
        Page::new("desk-appeals", "/desk/appeals"),
        Page::new("desk-orders", "/desk/orders"),
        Page::new("desk-flaggers", "/desk/flaggers"),
        Page::new("desk-reasons", "/desk/reasons"),
        Page::new("desk-transparency", "/desk/transparency"),
        Page::new("desk-learning", "/desk/learning"),
        Page::new("desk-search", "/desk/search?words=%D8%A7%D9%84%D8%AA%D8%B1%D8%A7%D9%85"),
        Page::new("desk-disputes", "/desk/disputes"),
        Page::new("desk-copies", "/desk?queue=copies"),
        Page::new("desk-no-line", "/desk/offline/ar"),
        Page::new("desk-stories", "/desk/stories"),
        Page::new("desk-story", &one_of("published", "published").await),
        Page::new("desk-draft", &draft),
        Page::new("desk-writing", &format!("{draft}/edit")),
        Page::new("desk-revisions", &format!("{draft}/revisions")),
        Page::new("desk-statistics", "/desk/statistics?days=90"),
        Page::new("desk-breaking", "/desk/breaking"),
        Page::new("desk-issues", "/desk/issues"),
        Page::new("desk-front", "/desk/front"),
        Page::new("desk-front-slot", "/desk/front/slots/lead/0"),
        Page::new("desk-front-look", "/desk/front/look"),
        Page::new("desk-front-launches", "/desk/front/launches"),
        Page::new("desk-pictures", "/desk/pictures"),
        Page::new("desk-withdrawn", &one_of("withdrawn", "withdrawn").await),
        Page::new("desk-sections", "/desk/sections"),
        Page::new("desk-country", "/desk/country"),
        Page::new("desk-addresses", "/desk/addresses"),
        Page::new("desk-pages", "/desk/pages"),
        Page::new("desk-page", "/desk/pages/house-rules"),
        Page::new("desk-plan", "/desk/plan"),
        Page::new("desk-checklist", "/desk/checklist"),
        Page::new("desk-notices", "/desk/me/notices"),
        Page::new("desk-site", "/desk/site"),
        Page::new("desk-house", "/desk/site/house"),
        Page::new("desk-house-sample", "/desk/site/house/sample?scheme=light"),
        Page::new("desk-css", "/desk/site/css"),
        Page::new("desk-ads", "/desk/site/ads"),
        Page::new("desk-ads-txt", "/desk/site/ads-txt"),
        Page::new("desk-feeds", "/desk/site/feeds"),
        Page::new("desk-doors", "/desk/site/doors"),
        Page::new("desk-newsletter", "/desk/newsletter"),
        Page::new("desk-channels", "/desk/channels"),
        Page::new("desk-fediverse", "/desk/fediverse"),
        Page::new("desk-embeds", "/desk/embeds"),
        Page::new("desk-state", "/desk/state"),
    ]
}

/// The pages of a picture of the library, of an earlier text of a story, of live coverage and of a printed issue: each is
/// made first, as the demo has none.
pub async fn made(paper: &Running, browser: &Browser) -> Vec<Page> {
    let mut pages = of_a_picture(paper, browser).await;
    pages.extend(of_a_revision(paper, browser).await);
    pages.extend(of_coverage(paper, browser).await);
    pages.extend(of_an_issue(paper, browser).await);
    pages
}

/// Puts a file into a box of the page's own form.
const PUTS: &str = "
    const [css, name, type, base64] = arguments;
    const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], name, { type }));
    document.querySelector(css).files = chosen.files;
";

async fn puts(browser: &Browser, css: &str, (name, kind): (&str, &str), bytes: &[u8]) {
    browser.until_shown(css).await;
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    browser.js_with(PUTS, [css, name, kind, bytes.as_str()].map(|one| json!(one)).to_vec()).await;
}

/// The path of the page that is open, once it begins so.
async fn until_at(browser: &Browser, start: &str) -> String {
    until(start, || async {
        let path = browser.js("return location.pathname").await.as_str()?.to_owned();
        (path.starts_with(start) && path.len() > start.len()).then_some(path)
    })
    .await
}

async fn of_a_picture(paper: &Running, browser: &Browser) -> Vec<Page> {
    for width in [640, 648] {
        browser.open(&format!("{}/desk/pictures", paper.address)).await;
        puts(browser, "#picture-files", ("IMG_7.jpg", "image/jpeg"), &files::jpeg(width, 480)).await;
        browser.press("form[data-sending] button").await;
        browser.press("[data-uploads] a").await;
        until_at(browser, "/desk/pictures/").await;
        browser.write("#picture-alt", "قارب عند الرصيف").await;
        browser.js("document.querySelector('[name=rights_until]').value = new Date(Date.now() + 6 * 864e5).toISOString().slice(0, 10)")
            .await;
        browser.press("form:has(#picture-alt) button.main").await;
        browser.until_shown("#picture-alt").await;
    }
    let picture = until_at(browser, "/desk/pictures/").await;
    vec![
        Page::new("desk-picture", &picture),
        Page::new("desk-picture-replacement", &format!("{picture}/replacement")),
        Page::new("desk-picture-rights", "/desk/pictures/rights"),
        Page::new("desk-library", "/desk/pictures"),
    ]
}

async fn of_a_revision(paper: &Running, browser: &Browser) -> Vec<Page> {
    begins(browser, paper, "سوق السمك ينتقل").await;
    types(browser, "ينتقل السوق إلى الرصيف الجديد.").await;
    let story = leaves_the_editor(browser).await;
    browser.open(&format!("{}{story}/edit", paper.address)).await;
    types(browser, " ويبقى المزاد في مكانه.").await;
    browser.press("#story-form button.main").await;
    browser.until_said(".story.preview", "المزاد").await;
    browser.open(&format!("{}{story}/revisions", paper.address)).await;
    let last = "return [...document.querySelectorAll('.story-lines a')].at(-1).pathname";
    let revision = browser.js(last).await.as_str().expect("a revision").to_owned();
    vec![Page::new("desk-revision", &revision)]
}

async fn of_coverage(paper: &Running, browser: &Browser) -> Vec<Page> {
    let story = quiet(&paper.reader()).await;
    let body = paper.reader().get(&story).await.body;
    let short = body.split("/s/").nth(1).and_then(|rest| rest.split(['"', '<']).next()).expect("a short link");
    let live = format!("/desk/stories/{short}/live");
    browser.open(&format!("{}{live}", paper.address)).await;
    browser.press("form[action$='/live'] button.main").await;
    browser.write("#headline", "وصلت العربة الأولى").await;
    browser.write("#text", "الركاب على الرصيف.").await;
    browser.press("[name=important]").await;
    browser.press("form[action$='/live/entries'] button.main").await;
    browser.until_shown("ul.front-launches a").await;
    let entry = browser.js("return document.querySelector('ul.front-launches a').pathname").await;
    let entry = entry.as_str().expect("an update").to_owned();
    vec![
        Page::new("desk-coverage", &live),
        Page::new("desk-coverage-entry", &entry),
        Page::new("story-coverage", &story),
    ]
}

async fn of_an_issue(paper: &Running, browser: &Browser) -> Vec<Page> {
    browser.open(&format!("{}/desk/issues", paper.address)).await;
    browser.write("#number", "712").await;
    browser.js("document.querySelector('#day').value = '2026-03-04'").await;
    puts(browser, "#file", ("712.pdf", "application/pdf"), &pdfs::issue(2)).await;
    browser.press("[name=when][value=now]").await;
    browser.press("form[action='/desk/issues'] button.main").await;
    let desk = until_at(browser, "/desk/issues/").await;
    let public =
        browser.js("return document.querySelector('main a[href^=\"/issues/\"]:not([href$=pdf])').pathname").await;
    let public = public.as_str().expect("readers have it").to_owned();
    vec![
        Page::new("desk-issue", &desk),
        Page::new("desk-issue-list", "/desk/issues"),
        Page::new("issue", &public),
        Page::new("issues-full", "/issues"),
    ]
}

/// The path of the demo's withdrawn story, which no page links to.
fn withdrawn(place: &Place) -> String {
    let export = Launch::new(&["export", "-"]).on(place).must().out;
    let tables = rows(&export);
    let story = tables["stories"].iter().find(|story| story["state"] == "withdrawn").expect("a withdrawn story");
    format!("/stories/{}", story["slug"].as_str().expect("it had an address"))
}
