//! Whatever another server signs and sends: it is taken, refused or put off, looked at in the background, and never a fault.

use super::net::{Net, far, person, reaches};
use crate::fediverse::place::story as address_of;
use crate::paper::Paper;
use crate::tests::mutation::{Target, fuzz};
use crate::tests::open_paper::OpenPaper;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;

const ACTOR: &str = "https://social.example/users/rami";
const INBOX: &str = "/fediverse/inbox";
/// What stands in the seeds for the address of a story.
const STORY: &str = "https://marfa.example/a-story";

#[test]
fn any_signed_activity_is_answered_and_looked_at() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let _inside = runtime.enter();
    let (net, far) = (Net::default(), far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    let paper = runtime.block_on(opened(&net));
    let story = runtime.block_on(paper.publishes("خبر"));
    let address = address_of(&paper.app.paper, story.id);
    let to = format!("{}{INBOX}", paper.app.paper.address);
    let mut number = 0_u32;
    fuzz(&Target { name: "inbox", texts: 60, longest: 64 * 1024 }, |sent| {
        number += 1;
        let body = match std::str::from_utf8(sent) {
            Ok(text) => text.replace(STORY, &address).into_bytes(),
            Err(_) => sent.to_vec(),
        };
        no_other_account_is_there(&net, &body);
        let mut request = Request::post(INBOX).header("content-type", "application/activity+json");
        for (name, value) in far.signs(&to, &body, paper.app.now()) {
            request = request.header(name, value);
        }
        // From many networks, so that the pace of one is not what is tried.
        request = request.header("x-forwarded-for", format!("198.51.100.{}", number % 250));
        let got = runtime.block_on(paper.send(request.body(Body::from(body)).expect("a request")));
        assert_ne!(got.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", got.text);
        runtime.block_on(net.settles(&paper));
    });
}

/// A paper that the Fediverse reaches, behind a proxy.
async fn opened(net: &Net) -> OpenPaper {
    let address = String::from("https://marfa.example");
    let paper = Paper { name: "المرفأ".into(), address, behind_proxy: true, ..Paper::default() };
    let paper = OpenPaper::open_as(paper).await;
    reaches(&paper).await;
    net.settles(&paper).await;
    paper
}

/// An account that a damaged activity names is said to be no more, so that nothing waits for it.
fn no_other_account_is_there(net: &Net, body: &[u8]) {
    let said: Option<Value> = serde_json::from_slice(body).ok();
    let actor = said.as_ref().and_then(|said| said["actor"].as_str());
    if let Some(actor) = actor.filter(|actor| *actor != ACTOR) {
        net.says(actor, Err(410));
    }
}
