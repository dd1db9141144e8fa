//! For tests: somebody with a browser, who keeps cookies, fills in forms and comes from the paper's own pages.

use crate::guard::{hash_of, reader_cookie, session_cookie};
use crate::layout::address;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use newsroom::followers::Wish;
use newsroom::people::{Actor, EmailAddress, Role, Staff};
use newsroom::profile::Language;
use newsroom::story::Published;
use newsroom::{CommentId, ReaderLinkId, SectionId, SubscriberId, Timestamp};
use std::collections::BTreeMap;
use std::sync::Mutex;
use store::people::NewSession;
use store::readers::Entry;

/// What the desk calls [`axum::http::HeaderMap`] when a script asks.
pub const FRAGMENT: (&str, &str) = ("accept", "text/vnd.midad.fragment");
/// A form sent from a page of the paper.
const FROM_HERE: (&str, &str) = ("sec-fetch-site", "same-origin");

/// One browser at one paper.
pub struct Browser<'p> {
    pub(crate) paper: &'p OpenPaper,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl<'p> Browser<'p> {
    /// A browser that was never here.
    pub fn new(paper: &'p OpenPaper) -> Self {
        Self { paper, cookies: Mutex::default() }
    }

    /// A member of the staff, signed in by a link of their own.
    pub async fn of_staff(paper: &'p OpenPaper, name: &str, role: Role) -> Self {
        let staff = paper.app.store.add_staff(name, role, paper.app.now()).await.expect("added staff");
        let link = crate::make_sign_in_link(&paper.app, staff.id, 24).await.expect("a link");
        let browser = Self::new(paper);
        assert_eq!(browser.post(&link, &[]).await.status, StatusCode::SEE_OTHER, "signed in");
        browser
    }

    /// A reader with an account, signed in by a link to an address; nothing was sent from this browser before.
    pub async fn of_reader(paper: &'p OpenPaper, email: &str) -> Self {
        let browser = Self::new(paper);
        browser.enters(email).await;
        browser
    }

    /// Opens a link to an address that this browser did not ask for.
    pub async fn enters(&self, email: &str) -> Got {
        let link = reader_link(self.paper, email, self.paper.app.now()).await;
        let got = self.post(&format!("/reader/link/{link}"), &[]).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "signed in");
        got
    }

    /// Carries the sign-in of an account that was opened at a time.
    pub async fn reads_as_account(&self, at: Timestamp) {
        let link = reader_link(self.paper, "somebody@readers.example", at).await;
        let (token, until) = (store_id(self.paper).to_string(), at + SignedDuration::from_hours(12));
        let session = NewSession { token: hash_of(&token), until, device: String::new() };
        let entered =
            self.paper.app.store.enter_by_link(&hash_of(&link), Entry { session, guest: None, kept: None }, at).await;
        entered.expect("the link holds").expect("signed in");
        self.jar().insert(reader_cookie(&self.paper.app).to_owned(), token);
    }

    /// Carries the sign-in of somebody new of this role, bound to these sections, who came in at a time.
    pub async fn signs_in(&self, role: Role, sections: &[SectionId], at: Timestamp) -> Staff {
        let (store, token) = (&self.paper.app.store, store_id(self.paper).to_string());
        let staff = store.add_staff(&token, role, at).await.expect("added staff");
        store.place_staff(staff.id, (role, sections), Actor::Program, at).await.expect("placed staff");
        let (link, session) = (hash_of(&format!("link {token}")), hash_of(&token));
        let until = at + SignedDuration::from_hours(12);
        store.keep_sign_in_link(&link, staff.id, until).await.expect("a link");
        let session = NewSession { token: session, until, device: String::new() };
        store.sign_in(&link, session, at).await.expect("the link holds").expect("signed in");
        self.jar().insert(session_cookie(&self.paper.app).to_owned(), token);
        staff
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Got {
        self.send("GET", path, &[], &[]).await
    }

    /// Sends a form from a page of the paper.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Got {
        self.send("POST", path, form, &[FROM_HERE]).await
    }

    /// Sends a form as a page's script does.
    pub async fn post_by_script(&self, path: &str, form: &[(&str, &str)]) -> Got {
        self.send("POST", path, form, &[FROM_HERE, FRAGMENT]).await
    }

    /// Any request.
    pub async fn send(&self, method: &str, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Got {
        let got = self.paper.send(self.request(method, path, form, headers)).await;
        self.keep_cookies(&got);
        got
    }

    /// Any request, of whose answer the body is not waited for.
    pub async fn send_unread(&self, method: &str, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Got {
        let got = self.paper.send_unread(self.request(method, path, form, headers)).await;
        self.keep_cookies(&got);
        got
    }

    /// The request by which it asks for a page, for whoever answers it otherwise.
    pub fn asks(&self, path: &str) -> Request<Body> {
        self.request("GET", path, &[], &[])
    }

    fn request(&self, method: &str, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Request<Body> {
        let cookies: Vec<String> = self.jar().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header("cookie", cookies.join("; "));
        request = request.header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::from(encoded(form))).expect("a request")
    }

    fn keep_cookies(&self, got: &Got) {
        for line in got.headers.get_all("set-cookie") {
            let (name, value) =
                line.to_str().expect("text").split(';').next().expect("a pair").split_once('=').expect("=");
            self.jar().insert(name.to_owned(), value.to_owned());
        }
    }

    /// Comments under a story as a page's script does; the new comment's id.
    pub async fn comments(&self, story: &Published, name: &str, text: &str) -> CommentId {
        self.answers(story, "", name, text).await
    }

    /// Comments in answer to a number.
    pub async fn answers(&self, story: &Published, number: &str, name: &str, text: &str) -> CommentId {
        let path = format!("{}/comments", address::story(&story.slug));
        let got = self.post_by_script(&path, &[("name", name), ("text", text), ("reply_to", number)]).await;
        assert_eq!(got.status, StatusCode::CREATED, "{}", got.text);
        let id = got.text.split("id=\"own-").nth(1).and_then(|rest| rest.split('"').next()).expect("an own comment");
        CommentId::from_short(id).expect("an id")
    }

    /// Rules on a waiting comment.
    pub async fn rules(&self, story: &Published, comment: CommentId, act: &str, reason: &str) -> Got {
        let entry = self.paper.app.store.queue_entry(story.id, comment).await.expect("a comment");
        let (story, comment) = (story.id.short(), comment.short());
        let revision = entry.revision.to_string();
        let form = [
            ("story", story.as_str()),
            ("comment", comment.as_str()),
            ("state", entry.state.key()),
            ("revision", revision.as_str()),
            ("act", act),
            ("reason", reason),
            ("why", ""),
        ];
        self.post("/desk/rulings", &form).await
    }

    /// The cookies as they are.
    pub fn jar(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().expect("cookies")
    }
}

/// The token of a link to an address, as it would stand in the mail.
pub async fn reader_link(paper: &OpenPaper, email: &str, at: Timestamp) -> String {
    let (store, token) = (&paper.app.store, store_id(paper).to_string());
    let (email, until) = (EmailAddress::new(email).expect("an address"), at + SignedDuration::from_mins(20));
    assert!(store.ask_reader_link(&email, None, (Language::Ar, until), at).await.expect("asked"), "not too many");
    let jobs = store.claim_jobs("mail", paper.app.now(), paper.app.now(), 100).await.expect("jobs");
    let last = jobs.iter().filter(|job| job.payload.contains("link")).max_by_key(|job| job.id).expect("a job");
    let id = last.payload.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("an id");
    let armed = store.arm_reader_link(ReaderLinkId(id), &hash_of(&token), until, at).await.expect("armed");
    assert!(armed.is_some(), "the link can be sent");
    for job in jobs {
        store.finish_job(job.id).await.expect("done");
    }
    token
}

/// A reader of the newsletter whose address is confirmed.
pub async fn newsletter_reader(paper: &OpenPaper, email: &str, wish: &Wish) -> SubscriberId {
    let (store, now, token) = (&paper.app.store, paper.app.now(), store_id(paper).to_string());
    let (email, until) = (EmailAddress::new(email).expect("an address"), now + SignedDuration::from_hours(72));
    assert!(store.ask_newsletter(&email, wish, until, now).await.expect("asked"), "a letter goes out");
    let jobs = store.claim_jobs("mail", now, now, 100).await.expect("jobs");
    let last = jobs.iter().filter(|job| job.payload.contains("newsletter")).max_by_key(|job| job.id).expect("a job");
    let id = last.payload.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("an id");
    for job in &jobs {
        store.finish_job(job.id).await.expect("done");
    }
    let armed = store.arm_subscriber(SubscriberId(id), &hash_of(&token), until, now).await.expect("armed");
    assert!(armed.is_some_and(|armed| armed.confirms));
    store.confirm_newsletter(&hash_of(&token), now).await.expect("confirmed").expect("the link holds")
}

fn store_id(paper: &OpenPaper) -> i64 {
    paper.app.store.id(paper.app.now())
}

pub(crate) fn encoded(form: &[(&str, &str)]) -> String {
    let pairs = form.iter().map(|(name, value)| format!("{name}={}", address::encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}
