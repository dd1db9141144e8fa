//! A ruling is about the words that were read. An author who rewrites them meanwhile is not let through by it.

use super::open;
use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::http::StatusCode;
use newsroom::CommentId;
use newsroom::comment::State;
use newsroom::people::Role;
use newsroom::story::Published;

const READ: &str = "كلام لطيف عن المحطة.";
const UNREAD: &str = "كلام آخر لم يقرأه أحد.";

async fn rewrites(huda: &Browser<'_>, story: &Published, comment: CommentId) {
    let edit = format!("{}/own/{comment}/edit", address::story(&story.slug));
    let sent = huda.post(&edit, &[("name", "هدى"), ("text", UNREAD)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
}

async fn state(paper: &OpenPaper, story: &Published, comment: CommentId) -> State {
    paper.app.store.queue_entry(story.id, comment).await.expect("a comment").state
}

/// What a field of the page would send.
fn field<'g>(page: &'g Got, name: &str) -> &'g str {
    let begins = format!("name=\"{name}\" value=\"");
    page.text
        .split(&begins)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("{name}: {}", page.text))
}

#[tokio::test]
async fn words_that_were_rewritten_after_they_were_read_are_not_released_by_the_click() {
    let (paper, story) = open().await;
    let (salma, huda) = (Browser::of_staff(&paper, "سلمى", Role::Moderator).await, Browser::new(&paper));
    let comment = huda.comments(&story, "هدى", READ).await;
    let seen = salma.get("/desk").await;
    assert!(seen.text.contains(READ));
    let click = |page: &Got| {
        let sent = ["story", "comment", "state", "revision"].map(|name| (name, field(page, name).to_owned()));
        sent.into_iter().chain([("act", "release".to_owned()), ("why", "لطيف".to_owned())]).collect::<Vec<_>>()
    };
    let first = click(&seen);
    let pairs: Vec<(&str, &str)> = first.iter().map(|(name, value)| (*name, value.as_str())).collect();
    rewrites(&huda, &story, comment).await;

    let answer = salma.post("/desk/rulings", &pairs).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    answer.assert_order(&["غيّر صاحب التعليق كلامه وأنت تقرأ", UNREAD, "value=\"لطيف\""]);
    let by_script = salma.post_by_script("/desk/rulings", &pairs).await;
    assert_eq!(by_script.status, StatusCode::CONFLICT);
    assert!(by_script.text.starts_with("<article"), "the script puts the card in its place");
    assert_eq!(state(&paper, &story, comment).await, State::Held);
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains(UNREAD));

    let again = click(&answer);
    let pairs: Vec<(&str, &str)> = again.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(salma.post("/desk/rulings", &pairs).await.status, StatusCode::SEE_OTHER, "now it was read");
    assert!(paper.get(&address::story(&story.slug)).await.text.contains(UNREAD));
}

#[tokio::test]
async fn a_form_that_does_not_say_what_was_read_decides_nothing() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", READ).await;
    let (of, id) = (story.id.short(), comment.short());
    let form = [("story", of.as_str()), ("comment", id.as_str()), ("state", "held"), ("act", "release")];
    for said in [&form[..], &[&form[..], &[("revision", "أولى")]].concat(), &[&form[..], &[("revision", "1")]].concat()]
    {
        assert_eq!(salma.post("/desk/rulings", said).await.status, StatusCode::CONFLICT, "{said:?}");
    }
    let whole = format!("{of}.{id}");
    for which in [("which", whole.as_str()), ("kin", id.as_str())] {
        salma.post("/desk/bulk", &[which, ("act", "release"), ("sent_as", "act-9")]).await;
    }
    assert_eq!(state(&paper, &story, comment).await, State::Held);
}

#[tokio::test]
async fn many_are_decided_about_as_they_were_shown_and_the_rewritten_one_waits() {
    let (paper, story) = open().await;
    let (salma, huda) = (Browser::of_staff(&paper, "سلمى", Role::Moderator).await, Browser::new(&paper));
    let comment = huda.comments(&story, "هدى", READ).await;
    let long = format!("أوله كلام {}وآخره كلام.", "وكلام ".repeat(60));
    let other = Browser::new(&paper).comments(&story, "كريم", &long).await;
    let ticks: Vec<String> = [comment, other].map(|one| format!("{}.{one}", story.id)).into();
    let shown: Vec<(&str, &str)> =
        ticks.iter().map(|tick| ("which", tick.as_str())).chain([("act", "release")]).collect();
    let preview = salma.post("/desk/bulk/preview", &shown).await;
    assert!(preview.text.contains("وآخره كلام."), "whole texts, not their beginnings");
    let values = preview.text.split("name=\"which\" value=\"").skip(1);
    let values: Vec<String> = values.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
    assert_eq!(values.len(), 2);
    rewrites(&huda, &story, comment).await;
    let run = values.iter().map(|value| ("which", value.as_str()));
    let run: Vec<(&str, &str)> = run.chain([("act", "release"), ("sent_as", field(&preview, "sent_as"))]).collect();
    salma.post("/desk/bulk", &run).await;
    assert_eq!(state(&paper, &story, comment).await, State::Held);
    assert_eq!(state(&paper, &story, other).await, State::Released);
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains(UNREAD));
}
