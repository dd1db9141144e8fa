//! Two papers, each of which follows the other one; and what an account does with what it said.

use super::net::{Net, far, person};
use crate::fediverse::far_actor::path_of;
use crate::fediverse::keys::PaperKeys;
use crate::fediverse::place::{host, story as address_of};
use crate::fediverse::signature::sign;
use crate::fediverse::words::mark_of;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::comment::State;
use newsroom::followers::Followed;
use newsroom::people::Role;
use serde_json::{Value, json};
use store::comments::OwnComment;

/// One paper's actor does something at the other one, by its own key, as an account of it would.
async fn does(from: &OpenPaper, at: &OpenPaper, activity: &Value) -> StatusCode {
    let keys = PaperKeys::of(&from.app).await.expect("a key");
    let (to, body) = (format!("{}/fediverse/paper/inbox", at.app.paper.address), activity.to_string());
    let key = format!("{}/fediverse/paper#main-key", from.app.paper.address);
    let of = host(&to).expect("a host");
    let lines = sign(&keys, &key, ("post", &of, path_of(&to)), Some(body.as_bytes()), from.app.now()).expect("signed");
    super::net::posts(at, &to, &body, &lines).await.status
}

#[tokio::test]
async fn two_papers_follow_each_other_and_hear_of_each_others_stories() {
    let net = Net::default();
    let (one, other) = (net.opens("marfa.example").await, net.opens("mina.example").await);
    let actor = |paper: &OpenPaper| format!("{}/fediverse/paper", paper.app.paper.address);
    for (from, at) in [(&one, &other), (&other, &one)] {
        let follow = json!({ "id": format!("{}#follow", actor(from)), "type": "Follow", "actor": actor(from), "object": actor(at) });
        assert_eq!(does(from, at, &follow).await, StatusCode::ACCEPTED);
        net.settles(at).await;
        assert_eq!(at.app.store.count_far_followers(Followed::Paper).await.expect("counted"), 1);
        let accepted = net.sent_to(&format!("{}/inbox", actor(from)));
        assert_eq!((&accepted[0]["type"], &accepted[0]["object"]["actor"]), (&json!("Accept"), &json!(actor(from))));
    }
    let story = one.publishes("خط الترام").await;
    net.settles(&one).await;
    let told = net.sent_to("https://mina.example/fediverse/inbox");
    assert_eq!(
        (&told[0]["type"], &told[0]["object"]["id"]),
        (&json!("Create"), &json!(address_of(&one.app.paper, story.id)))
    );
    assert!(one.app.store.failing_far_inboxes().await.expect("read").is_empty(), "the other one took it");
    let reply = json!({
        "id": format!("{}/note#create", actor(&other)), "type": "Create", "actor": actor(&other),
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "object": { "id": format!("{}/note", actor(&other)), "type": "Note", "attributedTo": actor(&other),
            "to": "as:Public", "inReplyTo": address_of(&one.app.paper, story.id), "content": "<p>مبارك</p>" },
    });
    assert_eq!(does(&other, &one, &reply).await, StatusCode::ACCEPTED);
    net.settles(&one).await;
    let held = own(&one, &actor(&other), &format!("{}/note", actor(&other))).await;
    assert_eq!((held.state, held.text.as_str()), (State::Held, "مبارك"));
    assert_eq!(held.name, "المرفأ (@paper@mina.example)");
}

async fn own(paper: &OpenPaper, actor: &str, note: &str) -> OwnComment {
    let store = &paper.app.store;
    let comment = store.far_comment(&mark_of(&paper.app, note)).await.expect("read").expect("a comment");
    let visitor = store.known_far_person(&mark_of(&paper.app, actor)).await.expect("read").expect("a visitor");
    store.own_comment(comment.story, comment.comment, visitor).await.expect("theirs")
}

const ACTOR: &str = "https://social.example/users/rami";
const NOTE: &str = "https://social.example/users/rami/notes/1";

fn says(paper: &OpenPaper, kind: &str, under: &str, (note, words): (&str, &str)) -> Value {
    let public = "https://www.w3.org/ns/activitystreams#Public";
    let _ = paper;
    json!({
        "id": format!("{note}#{kind}-{}", words.len()), "type": kind, "actor": ACTOR, "to": [public],
        "object": { "id": note, "type": "Note", "attributedTo": ACTOR, "to": [public], "inReplyTo": under, "content": format!("<p>{words}</p>") },
    })
}

#[tokio::test]
async fn what_waits_can_be_reworded_and_what_readers_have_stays_as_it_was_let_through() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    net.says(ACTOR, Ok(person(&far, "rami")));
    let under = address_of(&paper.app.paper, story.id);
    far.tells(&paper, &net, &says(&paper, "Create", &under, (NOTE, "كلمة أولى"))).await;
    let page = address::story(&story.slug);
    assert!(!paper.get(&page).await.text.contains("كلمة أولى"), "it waits");
    far.tells(&paper, &net, &says(&paper, "Update", &under, (NOTE, "كلمة ثانية"))).await;
    let held = own(&paper, ACTOR, NOTE).await;
    assert_eq!((held.state, held.text.as_str()), (State::Held, "كلمة ثانية"));
    salma.rules(&story, held.id, "release", "").await;
    let text = paper.get(&page).await.text;
    assert!(text.contains("كلمة ثانية") && text.contains("@rami@social.example"));
    far.tells(&paper, &net, &says(&paper, "Update", &under, (NOTE, "كلمة أخرى تمامًا"))).await;
    assert_eq!(own(&paper, ACTOR, NOTE).await.text, "كلمة ثانية");
    let answer = format!("{NOTE}2");
    far.tells(&paper, &net, &says(&paper, "Create", NOTE, (&answer, "وهذا جواب"))).await;
    assert_eq!(own(&paper, ACTOR, &answer).await.reply_to, Some(held.id), "an answer to what readers have");
}

#[tokio::test]
async fn nobody_takes_back_what_another_account_said() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    let other = super::net::far("https://social.example/users/other");
    net.says(ACTOR, Ok(person(&far, "rami")));
    net.says(&other.actor, Ok(person(&other, "other")));
    let under = address_of(&paper.app.paper, story.id);
    far.tells(&paper, &net, &says(&paper, "Create", &under, (NOTE, "كلمة أولى"))).await;
    let delete =
        |actor: &str| json!({ "id": format!("{actor}#delete"), "type": "Delete", "actor": actor, "object": NOTE });
    other.tells(&paper, &net, &delete(&other.actor)).await;
    assert_eq!(own(&paper, ACTOR, NOTE).await.state, State::Held);
    far.tells(&paper, &net, &delete(ACTOR)).await;
    assert_eq!(own(&paper, ACTOR, NOTE).await.state, State::Withdrawn);
    far.tells(&paper, &net, &says(&paper, "Create", &under, (NOTE, "كلمة أولى"))).await;
    assert_eq!(own(&paper, ACTOR, NOTE).await.state, State::Withdrawn, "sent again it does not come again");
}

#[tokio::test]
async fn an_account_that_is_no_more_follows_nobody_and_its_words_are_taken_back() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    let whom = "https://marfa.example/fediverse/paper";
    far.tells(&paper, &net, &json!({ "id": format!("{ACTOR}#f"), "type": "Follow", "actor": ACTOR, "object": whom }))
        .await;
    let under = address_of(&paper.app.paper, story.id);
    far.tells(&paper, &net, &says(&paper, "Create", &under, (NOTE, "كلمة أولى"))).await;
    // Its server tells everybody, and says so itself when it is asked; the paper still knows the key.
    net.says(ACTOR, Err(410));
    let gone = json!({ "id": format!("{ACTOR}#delete"), "type": "Delete", "actor": ACTOR, "object": ACTOR });
    far.tells(&paper, &net, &gone).await;
    assert_eq!(own(&paper, ACTOR, NOTE).await.state, State::Withdrawn);
    assert_eq!(paper.app.store.count_far_followers(Followed::Paper).await.expect("counted"), 0);
}

#[tokio::test]
async fn whoever_is_kept_from_commenting_is_kept_from_it_also_from_there() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    let under = address_of(&paper.app.paper, story.id);
    far.tells(&paper, &net, &says(&paper, "Create", &under, (NOTE, "كلمة أولى"))).await;
    let store = &paper.app.store;
    let visitor = store.known_far_person(&mark_of(&paper.app, ACTOR)).await.expect("read").expect("a visitor");
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let form = [("kind", "ban"), ("days", "1"), ("why", "تجربة")];
    let got = editor.post(&format!("/desk/visitors/{}/measures", visitor.id), &form).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text);
    let second = format!("{NOTE}2");
    far.tells(&paper, &net, &says(&paper, "Create", &under, (&second, "كلمة ثانية"))).await;
    assert!(store.far_comment(&mark_of(&paper.app, &second)).await.expect("read").is_none());
}
