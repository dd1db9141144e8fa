//! Texts that would run wherever a page prints them without care go in through the forms of readers and of the staff, and come
//! out in pages, feeds, letters, streams, JSON and under other sites' pages: none runs.
//!
//! Pages are opened as they are served and, since the policy that comes with them would hide a fault, once more without it.
//! `MIDAD_XSS_PAYLOADS=all` or a number says how many texts there are; as shipped fifty.

mod bare;
mod inputs;
mod look;
mod outputs;
mod payloads;

use crate::driver::{Browser, DESKTOP, Driver};
use crate::everyone::nothing_wrong;
use crate::running::mailbox::Mailbox;
use crate::running::{Reader, Running, until};
use crate::with_paper;
use bare::{Bare, HTML};
use inputs::NAME;
use outputs::Round;
use payloads::Payload;
use serde_json::json;

/// How many texts: `all`, or a number.
const HOW_MANY: &str = "MIDAD_XSS_PAYLOADS";
/// As many as go in at once, and as many as there are where nobody asks for more.
const AT_ONCE: usize = 50;
/// Where not all are asked for, every so many stories and refused forms are opened by themselves. The others are in lists.
const EVERY: usize = 5;

/// A browser, what it found, and how much it looked at.
struct Eye {
    browser: Browser,
    found: Vec<String>,
    pages: usize,
}

impl Eye {
    fn of(browser: Browser) -> Self {
        Self { browser, found: Vec::new(), pages: 0 }
    }

    async fn see(&mut self, address: &str, called: &str) {
        self.found.extend(look::look(&self.browser, address, called).await);
        self.pages += 1;
    }

    /// The page that is open, after something has come into it.
    async fn see_again(&mut self, called: &str) {
        self.found.extend(look::found(&self.browser, called).await);
        self.pages += 1;
    }
}

/// A paper with whoever writes in it, and whoever looks at it.
struct Scene {
    paper: Running,
    owner: Reader,
    guest: Reader,
    stranger: Reader,
    /// The paper without its policy: as the owner, the author of comments and a stranger get it.
    bare_owner: Bare,
    bare_guest: Bare,
    bare_stranger: Bare,
    /// Somebody who looks at everything, and somebody who is signed in as the owner.
    eye: Eye,
    staff: Eye,
    site: String,
    picture: String,
    each: usize,
}

impl Scene {
    async fn open(paper: Running, driver: &Driver, each: usize) -> Self {
        let (owner, cookies) = inputs::signed_in(&paper, "owner").await;
        let (guest, stranger) = (paper.reader(), paper.reader());
        let (bare_owner, bare_guest, bare_stranger) =
            (Bare::of(&owner).await, Bare::of(&guest).await, Bare::of(&stranger).await);
        let staff = driver.browser(DESKTOP).await;
        for (name, value) in cookies {
            staff.cdp("Network.setCookie", json!({ "url": paper.address, "name": name, "value": value })).await;
        }
        let feeds = [("text", "full"), ("comments", "yes"), ("delay", "0"), ("seen", "")];
        inputs::takes(&owner, "/desk/site/feeds", &feeds).await;
        let site = inputs::site(&owner, &bare_stranger.elsewhere).await;
        let picture = inputs::picture(&owner).await;
        let eye = Eye::of(driver.browser(DESKTOP).await);
        let staff = Eye::of(staff);
        Self { paper, owner, guest, stranger, bare_owner, bare_guest, bare_stranger, eye, staff, site, picture, each }
    }

    /// Everything of some texts: in, and out again.
    async fn round(&mut self, number: usize, some: &[Payload]) {
        let slug = format!("xss-{number}");
        let section = inputs::section(&self.owner, &slug, some).await;
        let mut stories = Vec::new();
        for at in 0..some.len() {
            stories.push(inputs::story(&self.owner, (section.as_str(), self.picture.as_str()), some, at).await);
        }
        let story = stories.first().expect("a story");
        inputs::corrects(&self.owner, story, some).await;
        for payload in some {
            inputs::comment(&self.guest, &story.path, &payload.text).await;
        }
        let (id, path) = (story.id.clone(), story.path.clone());
        self.while_it_waits(&id, &path).await;
        self.released_in_an_open_page(&id, &path, some).await;
        inputs::comment(&self.guest, &path, &format!("{} {NAME}", some[0].text)).await;
        let refused = inputs::waiting(&self.owner, &id).await.remove(0);
        let author = inputs::refuses(&self.owner, &refused, some).await;
        inputs::objects(&self.guest, &refused, some).await;
        let receipts = inputs::reports(&self.stranger, &path, some).await;
        let thread = self.elsewhere(number, some).await;
        let round = Round { section: slug, stories, refused, author, receipts, thread };
        self.every_page(&round).await;
        self.every_document(&round, some).await;
        // The driver keeps what went over the wire until somebody asks for it.
        for browser in [&self.eye.browser, &self.staff.browser] {
            browser.traffic().await;
        }
    }

    /// What its author and the desk see of a comment before anybody has decided.
    async fn while_it_waits(&mut self, id: &str, path: &str) {
        for path in [path, "/me"] {
            self.eye.see(&format!("{}{path}", self.bare_guest.address), &format!("{path} to its author")).await;
        }
        let queue = format!("/desk?story={id}");
        self.eye.see(&format!("{}{queue}", self.bare_owner.address), "the queue").await;
        assert!(self.eye.browser.shows("[data-card]").await, "the queue shows no card: is nobody signed in?");
        self.staff.see(&format!("{}{queue}", self.paper.address), "the queue as served").await;
        assert!(self.staff.browser.shows("[data-card]").await, "the queue shows no card: is nobody signed in?");
    }

    /// Comments and breaking news come into a page that is open, by its stream.
    async fn released_in_an_open_page(&mut self, id: &str, path: &str, some: &[Payload]) {
        self.eye.see(&format!("{}{path}", self.bare_stranger.address), "the open page").await;
        let released = inputs::release(&self.owner, id, &format!("xss-{id}")).await;
        assert_eq!(released, some.len(), "not every comment was let through");
        let shown = "document.querySelector('[data-live-notice] button')?.click();
            return document.querySelectorAll('[data-thread] .comment').length";
        let browser = &self.eye.browser;
        until("the comments in the open page", || async {
            let comments = browser.js(shown).await.as_u64()?;
            (comments >= some.len() as u64).then_some(())
        })
        .await;
        inputs::raises(&self.owner, some).await;
        self.eye.browser.until_shown(".masthead .breaking-line").await;
        self.eye.see_again("the open page, after its stream").await;
    }

    /// Under a page of another site: in that page, as the part that is sent, and in the paper's own page of the thread.
    async fn elsewhere(&mut self, number: usize, some: &[Payload]) -> String {
        let page = format!(
            "<!doctype html><html lang=\"ar\" dir=\"rtl\"><meta charset=\"utf-8\"><title>{number}</title><body>\
             <script async src=\"{}/embed.js\" data-site=\"{}\"></script><midad-comments></midad-comments>",
            self.paper.address, self.site
        );
        let kept = self.bare_stranger.keep(HTML, &page);
        let place = kept.strip_prefix(&self.bare_stranger.address).expect("a place of that server");
        let page = format!("http://{}{place}", self.bare_stranger.elsewhere);
        let (thread, id) = inputs::comments_elsewhere(&self.stranger, &self.site, &page, some).await;
        inputs::release(&self.owner, &id, &format!("xss-{id}")).await;
        self.eye.browser.open(&page).await;
        let says =
            "return Boolean(document.querySelector('midad-comments')?.shadowRoot?.textContent.includes(arguments[0]))";
        let browser = &self.eye.browser;
        until("the thread under the other page", || async {
            (browser.js_with(says, vec![json!(NAME)]).await == json!(true)).then_some(())
        })
        .await;
        self.eye.see_again("a page of another site").await;
        let part = outputs::embedded(&self.stranger, &self.site, &page).await;
        self.eye.see(&self.bare_stranger.keep(HTML, &part), "the thread of another site").await;
        thread
    }

    /// Every page as it is served, and without its policy; then the strip that stood on all of them ends.
    async fn every_page(&mut self, round: &Round) {
        let mut public = round.public(&self.guest).await;
        public.extend(round.receipts.iter().cloned());
        for path in &public {
            self.eye.see(&format!("{}{path}", self.bare_guest.address), path).await;
            self.eye.see(&format!("{}{path}", self.paper.address), &format!("{path} as served")).await;
        }
        for path in &round.desk() {
            self.eye.see(&format!("{}{path}", self.bare_owner.address), path).await;
            if path == outputs::WITHOUT_SCRIPTS {
                outputs::no_script_runs_there(&self.owner, path).await;
                continue;
            }
            self.staff.see(&format!("{}{path}", self.paper.address), &format!("{path} as served")).await;
        }
        for story in round.stories.iter().step_by(self.each) {
            self.eye.see(&format!("{}{}", self.bare_stranger.address, story.path), &story.path).await;
        }
        inputs::lowers(&self.owner).await;
    }

    /// Answers that are no pages of their own: to a form that is not taken, to a search, to programs.
    async fn every_document(&mut self, round: &Round, some: &[Payload]) {
        for payload in some.iter().step_by(self.each) {
            let answer = inputs::refused_name(&self.guest, &round.talked_about().path, &payload.text).await;
            self.eye.see(&self.bare_guest.keep(HTML, &answer), &format!("a form with {}", payload.text)).await;
        }
        let searches = inputs::searches(some);
        for words in &searches {
            let path = format!("/search?q={}", inputs::encoded(words));
            let got = self.guest.get(&path).await;
            assert_eq!(got.status, 200, "{path}: {}", got.body);
            self.eye.see(&self.bare_guest.keep(HTML, &got.body), &path).await;
        }
        let last = format!("/search?q={}&in=comments", inputs::encoded(&searches[0]));
        self.eye.see(&format!("{}{last}", self.paper.address), "a search as served").await;
        for (called, kind, body) in round.documents(&self.guest).await {
            self.eye.see(&self.bare_guest.keep(kind, &body), &called).await;
        }
    }

    /// What was found, in all.
    fn found(&self) -> Vec<String> {
        let mut found = [&self.eye.found[..], &self.staff.found[..]].concat();
        for bare in [&self.bare_owner, &self.bare_guest, &self.bare_stranger] {
            found.extend(bare.ran().into_iter().map(|path| format!("{path} was asked for")));
        }
        found
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_typed_runs_in_a_page_a_feed_a_letter_or_a_stream() {
    let mailbox = Mailbox::open().await;
    let smtp = format!("mail.smtp={}", mailbox.address);
    let pace = ["--set", "paper.posts-per-minute=1000000", "--set", "toll.asked=never"];
    let mail = ["--set", smtp.as_str(), "--set", "mail.from=paper@harbour.example"];
    with_paper(&[&pace[..], &mail[..]].concat(), |paper, driver| async move {
        let payloads = asked_for();
        let each = if payloads.len() > AT_ONCE { 1 } else { EVERY };
        let mut scene = Scene::open(paper, &driver, each).await;
        what_is_not_escaped_is_seen(&scene.eye.browser, &Bare::of(&scene.stranger).await).await;
        for (number, some) in payloads.chunks(AT_ONCE).enumerate() {
            scene.round(number, some).await;
            nothing_wrong(&scene.found());
        }
        let letter = inputs::letter(&scene.owner, &mailbox, &scene.paper.address).await;
        scene.eye.see(&scene.bare_guest.keep(HTML, &letter.html), "a letter").await;
        nothing_wrong(&scene.found());
        println!("{} texts, {} pages looked at, none ran", payloads.len(), scene.eye.pages + scene.staff.pages);
    })
    .await;
}

/// The texts that whoever runs the tests wants to have.
fn asked_for() -> Vec<Payload> {
    match std::env::var(HOW_MANY).as_deref() {
        Ok("all") => payloads::all(),
        Ok(number) => payloads::chosen(number.parse().unwrap_or_else(|_| panic!("{HOW_MANY} is all or a number"))),
        Err(_) => payloads::chosen(AT_ONCE),
    }
}

/// The look itself can fail: a text that a page prints as it came leaves its mark, and a link that runs under a finger is found.
async fn what_is_not_escaped_is_seen(browser: &Browser, bare: &Bare) {
    let all = payloads::all();
    let page = |start: &str, call: &str| {
        let fits = |payload: &&Payload| payload.text.starts_with(start) && payload.call.starts_with(call);
        let text = &all.iter().find(fits).expect("such a text").text;
        bare.keep(HTML, &format!("<!doctype html><title>control</title><p>{text}</p>"))
    };
    for start in ["<script>", "<img src=x onerror", "<svg onload", "<details open", "<iframe srcdoc"] {
        let found = look::look(browser, &page(start, "top."), start).await;
        assert!(found.iter().any(|line| line.ends_with(" ran")), "{start} did not run, or nobody saw it: {found:?}");
    }
    let found = look::look(browser, &page("<a href", "window."), "a link").await;
    assert!(found.iter().any(|line| line.contains("href=javascript:")), "a link that runs was not seen: {found:?}");
    browser.open(&page("<script>", "fetch(")).await;
    until("the request of a text that runs", || async { (!bare.ran().is_empty()).then_some(()) }).await;
}
