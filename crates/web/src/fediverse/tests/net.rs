//! For tests: a network of papers and of servers that only say what a test puts into their mouths.

use crate::desk_notices::Undelivered;
use crate::fediverse::far_actor::path_of;
use crate::fediverse::keys::{NAME, PaperKeys};
use crate::fediverse::place::host;
use crate::fediverse::signature::{pem_of, sign};
use crate::fediverse::{Carried, Courier, fill, turn};
use crate::followers::{FollowersFollower, follow};
use crate::paper::Paper;
use crate::speaking::router;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use newsroom::Timestamp;
use newsroom::followers::{FediverseSettings, FollowersPart};
use newsroom::people::Role;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// Keys of tests and of nothing else.
const PAPER_KEY: &str = include_str!("paper_key.txt");
const OTHER_KEY: &str = include_str!("other_key.txt");

/// What stands where, what was sent where, and who answers with what.
#[derive(Debug, Default, Clone)]
pub struct Net(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    papers: Mutex<BTreeMap<String, crate::app::App>>,
    documents: Mutex<BTreeMap<String, Result<Value, u16>>>,
    answers: Mutex<BTreeMap<String, u16>>,
    sent: Mutex<Vec<(String, Value)>>,
    asked: Mutex<Vec<String>>,
}

impl Net {
    /// A paper that the Fediverse reaches, at `https://HOST`.
    pub async fn opens(&self, host: &str) -> OpenPaper {
        let paper = Paper { name: "المرفأ".into(), address: format!("https://{host}"), ..Paper::default() };
        let paper = OpenPaper::open_as(paper).await;
        reaches(&paper).await;
        self.0.papers.lock().expect("open").insert(host.to_owned(), paper.app.clone());
        let mut follower = FollowersFollower::default();
        follow(&paper.app, &mut follower).await.expect("the beginning is noted");
        paper
    }

    /// A document of another server, or the status with which it answers.
    pub fn says(&self, url: &str, document: Result<Value, u16>) {
        self.0.documents.lock().expect("open").insert(url.to_owned(), document);
    }

    /// What is sent there is answered with this status.
    pub fn answers(&self, url: &str, status: u16) {
        self.0.answers.lock().expect("open").insert(url.to_owned(), status);
    }

    /// What was sent to an address, in order.
    pub fn sent_to(&self, url: &str) -> Vec<Value> {
        let sent = self.0.sent.lock().expect("open");
        sent.iter().filter(|(to, _)| to == url).map(|(_, said)| said.clone()).collect()
    }

    /// How often an address was asked.
    pub fn asked(&self, url: &str) -> usize {
        self.0.asked.lock().expect("open").iter().filter(|one| *one == url).count()
    }

    /// Everything that happened is told, and everything that came is looked at.
    pub async fn settles(&self, paper: &OpenPaper) {
        let mut follower = FollowersFollower::default();
        follow(&paper.app, &mut follower).await.expect("read on");
        fill(&paper.app).await.expect("filled");
        while turn(&paper.app, self).await.expect("done") > 0 {}
    }

    async fn carry(
        self,
        method: &'static str,
        url: String,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Undelivered> {
        if method == "POST" {
            let said = serde_json::from_slice(&body).expect("JSON");
            self.0.sent.lock().expect("open").push((url.clone(), said));
            let answer = self.0.answers.lock().expect("open").get(&url).copied();
            if let Some(status) = answer {
                return Err(Undelivered::Status(status));
            }
        } else {
            self.0.asked.lock().expect("open").push(url.clone());
            let document = self.0.documents.lock().expect("open").get(&url).cloned();
            match document {
                Some(Ok(said)) => return Ok(said.to_string().into_bytes()),
                Some(Err(status)) => return Err(Undelivered::Status(status)),
                None => {}
            }
        }
        let of = host(&url).expect("a host");
        let app = self.0.papers.lock().expect("open").get(&of).cloned();
        let Some(app) = app else { return if method == "POST" { Ok(Vec::new()) } else { Err(Undelivered::Unreached) } };
        let mut request = Request::builder().method(method).uri(path_of(&url)).header("host", of);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = router(app).oneshot(request.body(Body::from(body)).expect("a request")).await.expect("an answer");
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a body").to_vec();
        if status.is_success() { Ok(bytes) } else { Err(Undelivered::Status(status.as_u16())) }
    }
}

impl Courier for Net {
    fn get(&self, url: &str, headers: Vec<(&'static str, String)>) -> Carried {
        Box::pin(self.clone().carry("GET", url.to_owned(), headers, Vec::new()))
    }

    fn post(&self, url: &str, headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Carried {
        Box::pin(self.clone().carry("POST", url.to_owned(), headers, body))
    }
}

/// Switches it on, with a key of tests: making one takes its time.
pub async fn reaches(paper: &OpenPaper) {
    let (store, now) = (&paper.app.store, paper.app.now());
    store.secret_or(NAME, PAPER_KEY.trim()).await.expect("a key");
    let by = store.add_staff("مفتاح", Role::Owner, now).await.expect("added").id;
    let on = FediverseSettings { on: true };
    store.keep_follower_settings((FollowersPart::Fediverse, None), &on, by, now).await.expect("switched on");
    paper.app.followers.take_up(store).await.expect("read");
}

/// An account of another server, which signs what it sends.
pub struct Far {
    /// Its address.
    pub actor: String,
    keys: PaperKeys,
}

/// The account of an address.
pub fn far(actor: &str) -> Far {
    Far { actor: actor.to_owned(), keys: PaperKeys::read(OTHER_KEY.trim()).expect("a key") }
}

impl Far {
    /// The public half of its key.
    pub fn pem(&self) -> String {
        self.keys.public()
    }

    /// The lines that sign what it sends.
    pub fn signs(&self, to: &str, body: &[u8], at: Timestamp) -> Vec<(&'static str, String)> {
        let key = format!("{}#main-key", self.actor);
        let (of, path) = (host(to).expect("a host"), path_of(to));
        sign(&self.keys, &key, ("post", &of, path), Some(body), at).expect("signed")
    }

    /// Sends an activity to the paper's inbox, signed now.
    pub async fn sends(&self, paper: &OpenPaper, activity: &Value) -> Got {
        let (to, body) = (format!("{}/fediverse/inbox", paper.app.paper.address), activity.to_string());
        let lines = self.signs(&to, body.as_bytes(), paper.app.now());
        posts(paper, &to, &body, &lines).await
    }

    /// The same, and it was taken and looked at.
    pub async fn tells(&self, paper: &OpenPaper, net: &Net, activity: &Value) {
        let got = self.sends(paper, activity).await;
        assert_eq!(got.status, StatusCode::ACCEPTED, "{}", got.text);
        net.settles(paper).await;
    }
}

/// A request to an inbox with these lines.
pub async fn posts(paper: &OpenPaper, to: &str, body: &str, lines: &[(&'static str, String)]) -> Got {
    let mut request = Request::post(path_of(to)).header("content-type", "application/activity+json");
    for (name, value) in lines {
        request = request.header(*name, value);
    }
    paper.send(request.body(Body::from(body.to_owned())).expect("a request")).await
}

/// As an account says itself to others.
pub fn person(far: &Far, user: &str) -> Value {
    let (actor, of) = (&far.actor, host(&far.actor).expect("a host"));
    serde_json::json!({
        "id": actor, "type": "Person", "preferredUsername": user, "name": "رامي", "inbox": format!("{actor}/inbox"),
        "endpoints": { "sharedInbox": format!("https://{of}/inbox") },
        "publicKey": { "id": format!("{actor}#main-key"), "owner": actor, "publicKeyPem": far.pem() },
    })
}

#[test]
fn the_public_half_is_read_as_it_is_written() {
    let far = far("https://social.example/users/a");
    let key = crate::fediverse::signature::key_of(&far.pem()).expect("a key");
    assert_eq!(pem_of(&key), far.pem());
}

/// The public half of the papers' key.
pub fn paper_pem() -> String {
    PaperKeys::read(PAPER_KEY.trim()).expect("a key").public()
}
