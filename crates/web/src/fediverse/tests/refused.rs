//! What is not believed, and who is not heard.

use super::net::{Net, far, person, posts};
use crate::fediverse::place::story as address_of;
use crate::layout::address;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::people::Role;
use newsroom::site::Part;
use newsroom::story::Published;
use serde_json::{Value, json};

const ACTOR: &str = "https://social.example/users/rami";
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

fn reply(paper: &OpenPaper, story: &Published, number: u32) -> Value {
    json!({
        "id": format!("{ACTOR}/notes/{number}/activity"), "type": "Create", "actor": ACTOR, "to": [PUBLIC],
        "object": {
            "id": format!("{ACTOR}/notes/{number}"), "type": "Note", "attributedTo": ACTOR, "to": [PUBLIC],
            "inReplyTo": address_of(&paper.app.paper, story.id), "content": "<p>كلام من بعيد</p>",
        },
    })
}

async fn waiting(paper: &OpenPaper) -> i64 {
    paper.app.store.tally().await.expect("counted").iter().find(|(state, _)| state == "held").map_or(0, |(_, n)| *n)
}

#[tokio::test]
async fn forged_old_changed_and_unsigned_requests_are_refused() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    let to = "https://marfa.example/fediverse/paper/inbox";
    let body = reply(&paper, &story, 1).to_string();
    let now = paper.app.now();
    let good = far.signs(to, body.as_bytes(), now);
    let without = |name: &str| good.iter().filter(|(one, _)| *one != name).cloned().collect::<Vec<_>>();
    let told = [
        ("no signature", posts(&paper, to, &body, &without("signature")).await),
        ("no digest of the body", posts(&paper, to, &body, &without("digest")).await),
        ("another body", posts(&paper, to, &body.replace("بعيد", "قريب"), &good).await),
        (
            "date too far from now",
            posts(&paper, to, &body, &far.signs(to, body.as_bytes(), now - SignedDuration::from_hours(2))).await,
        ),
    ];
    for (why, got) in told {
        assert_eq!((got.status, got.text.as_str()), (StatusCode::UNAUTHORIZED, why));
    }
    let stranger = super::net::far("https://elsewhere.example/users/x");
    let forged = posts(&paper, to, &body, &stranger.signs(to, body.as_bytes(), now)).await;
    assert_eq!((forged.status, forged.text.as_str()), (StatusCode::UNAUTHORIZED, "another host"));
    let elsewhere =
        posts(&paper, to, &body, &far.signs("https://other.example/fediverse/paper/inbox", body.as_bytes(), now)).await;
    assert_eq!(elsewhere.status, StatusCode::ACCEPTED, "whose it is, is looked at later");
    net.settles(&paper).await;
    assert_eq!(waiting(&paper).await, 0, "it is signed for another host");
    assert_eq!(net.asked(ACTOR), 1, "and the account was asked for");
    assert_eq!(posts(&paper, to, &body, &good).await.status, StatusCode::ACCEPTED);
    net.settles(&paper).await;
    assert_eq!((waiting(&paper).await, net.asked(ACTOR)), (1, 1), "the key is known");
}

#[tokio::test]
async fn a_key_that_changed_is_asked_for_once_more_and_another_ones_is_not_taken() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    let mut old = person(&far, "rami");
    old["publicKey"]["publicKeyPem"] = json!(super::net::paper_pem());
    net.says(ACTOR, Ok(old));
    far.tells(&paper, &net, &reply(&paper, &story, 1)).await;
    assert_eq!((waiting(&paper).await, net.asked(ACTOR)), (0, 1), "not by this key");
    net.says(ACTOR, Ok(person(&far, "rami")));
    far.tells(&paper, &net, &reply(&paper, &story, 2)).await;
    assert_eq!((waiting(&paper).await, net.asked(ACTOR)), (1, 2));
    let mut other = person(&far, "rami");
    other["publicKey"]["owner"] = json!("https://social.example/users/other");
    net.says("https://social.example/users/b", Ok(other));
    let mut said = reply(&paper, &story, 3);
    said["actor"] = json!("https://social.example/users/b");
    far.tells(&paper, &net, &said).await;
    assert_eq!(waiting(&paper).await, 1, "signed by another account's key");
}

#[tokio::test]
async fn a_blocked_server_and_all_below_it_are_not_heard() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    let follow = json!({ "id": format!("{ACTOR}/f/1"), "type": "Follow", "actor": ACTOR, "object": "https://marfa.example/fediverse/paper" });
    far.tells(&paper, &net, &follow).await;
    let owner = paper.app.store.add_staff("ليلى", Role::Owner, paper.app.now()).await.expect("added").id;
    let paper_of = newsroom::followers::Followed::Paper;
    assert_eq!(paper.app.store.count_far_followers(paper_of).await.expect("counted"), 1);
    paper.app.store.block_far_host("example", "تجربة", owner, paper.app.now()).await.expect("blocked");
    assert_eq!(
        far.sends(&paper, &reply(&paper, &story, 1)).await.status,
        StatusCode::ACCEPTED,
        "a whole ending is no host"
    );
    paper.app.store.block_far_host("social.example", "كلام كثير", owner, paper.app.now()).await.expect("blocked");
    assert_eq!(paper.app.store.count_far_followers(paper_of).await.expect("counted"), 0, "nobody there is told");
    assert_eq!(far.sends(&paper, &reply(&paper, &story, 2)).await.status, StatusCode::FORBIDDEN);
    let below = super::net::far("https://a.social.example/users/x");
    let mut said = reply(&paper, &story, 3);
    said["actor"] = json!(below.actor);
    assert_eq!(below.sends(&paper, &said).await.status, StatusCode::FORBIDDEN);
    net.settles(&paper).await;
    assert_eq!(waiting(&paper).await, 0, "also what waited to be looked at");
    paper.app.store.unblock_far_host("social.example", owner, paper.app.now()).await.expect("heard again");
    far.tells(&paper, &net, &reply(&paper, &story, 4)).await;
    assert_eq!(waiting(&paper).await, 1);
}

#[tokio::test]
async fn what_is_no_business_of_the_papers_is_answered_and_forgotten() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    let mut elsewhere = reply(&paper, &story, 1);
    elsewhere["object"]["inReplyTo"] = json!("https://social.example/notes/1");
    let like = json!({ "id": format!("{ACTOR}#like"), "type": "Like", "actor": ACTOR, "object": address_of(&paper.app.paper, story.id) });
    let boost = json!({ "id": format!("{ACTOR}#boost"), "type": "Announce", "actor": ACTOR, "object": address_of(&paper.app.paper, story.id) });
    let gone = json!({ "id": format!("{ACTOR}#delete"), "type": "Delete", "actor": ACTOR, "object": ACTOR });
    let odd = json!({ "id": format!("{ACTOR}#odd"), "type": "EmojiReact", "actor": ACTOR, "object": "x" });
    for said in [elsewhere, like, boost, gone, odd] {
        far.tells(&paper, &net, &said).await;
    }
    assert_eq!((waiting(&paper).await, net.asked(ACTOR)), (0, 0), "nobody is asked because of it");
    assert_eq!(
        posts(&paper, "https://marfa.example/fediverse/inbox", "no JSON", &[]).await.status,
        StatusCode::BAD_REQUEST
    );
    let large = "x".repeat(300 * 1024);
    let got = posts(&paper, "https://marfa.example/fediverse/inbox", &large, &[]).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn only_what_is_said_to_everybody_under_a_story_that_takes_comments_comes_in() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    let mut quiet = reply(&paper, &story, 1);
    quiet["object"]["to"] = json!([format!("{ACTOR}/followers")]);
    quiet["object"]["cc"] = json!([PUBLIC]);
    let mut of_other = reply(&paper, &story, 2);
    of_other["object"]["attributedTo"] = json!("https://social.example/users/other");
    let mut empty = reply(&paper, &story, 3);
    empty["object"]["content"] = json!("<p> </p>");
    let mut closed = reply(&paper, &story, 4);
    let mut draft = paper.draft("خبر مغلق");
    draft.comments = newsroom::story::CommentPolicy::Closed;
    let shut = paper.publishes_draft(draft, paper.app.now()).await;
    closed["object"]["inReplyTo"] = json!(format!("https://marfa.example{}", address::story(&shut.slug)));
    let mut waits = reply(&paper, &story, 5);
    let not_yet = paper.draft("خبر لم يصدر");
    paper.app.store.keep_draft(&not_yet, newsroom::people::Actor::Program, paper.app.now()).await.expect("kept");
    waits["object"]["inReplyTo"] = json!(address_of(&paper.app.paper, not_yet.id));
    for said in [quiet, of_other, empty, closed, waits] {
        far.tells(&paper, &net, &said).await;
    }
    assert_eq!(waiting(&paper).await, 0);
    for turn in ["first", "again"] {
        far.tells(&paper, &net, &reply(&paper, &story, 6)).await;
        assert_eq!(waiting(&paper).await, 1, "{turn}");
    }
}

#[tokio::test]
async fn what_is_answered_tells_nobody_whether_a_message_waits_here() {
    let net = Net::default();
    let paper = net.opens("marfa.example").await;
    let (story, far) = (paper.publishes("خبر").await, far(ACTOR));
    net.says(ACTOR, Ok(person(&far, "rami")));
    far.tells(&paper, &net, &reply(&paper, &story, 1)).await;
    assert_eq!(waiting(&paper).await, 1);
    let about = |kind: &str, number: u32| {
        let mut said = reply(&paper, &story, number);
        said["type"] = json!(kind);
        said
    };
    let answered = async |kind: &str, number| far.sends(&paper, &about(kind, number)).await.status;
    for kind in ["Update", "Delete"] {
        assert_eq!(answered(kind, 1).await, answered(kind, 9).await, "{kind}");
    }
    let owner = paper.app.store.add_staff("ليلى", Role::Owner, paper.app.now()).await.expect("added").id;
    let shut = r#"{"reading_only":true}"#;
    paper.app.store.keep_site(Part::Doors, None, shut, owner, paper.app.now()).await.expect("kept");
    paper.app.site.take_up(&paper.app.store).await.expect("taken up");
    for (kind, status) in [
        ("Create", StatusCode::SERVICE_UNAVAILABLE),
        ("Update", StatusCode::SERVICE_UNAVAILABLE),
        ("Delete", StatusCode::ACCEPTED),
    ] {
        assert_eq!([answered(kind, 1).await, answered(kind, 9).await], [status; 2], "{kind}");
    }
}
