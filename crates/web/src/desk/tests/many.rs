//! One decision about many comments, and acts that are sent twice.

use super::open;
use crate::layout::address;
use crate::tests::browser::Browser;
use axum::http::StatusCode;
use newsroom::comment::State;
use newsroom::people::Role;

#[tokio::test]
async fn many_are_decided_about_after_a_look_at_what_would_change_and_undone_at_once() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let mut comments = Vec::new();
    for (name, text) in [("هدى", "أول"), ("كريم", "ثان"), ("مايا", "ثالث"), ("سامي", "رابع")]
    {
        comments.push(Browser::new(&paper).comments(&story, name, text).await);
    }
    salma.rules(&story, comments[3], "release", "").await;
    let which: Vec<String> = comments.iter().map(|comment| format!("{}.{comment}.0", story.id)).collect();
    let ticks: Vec<(&str, &str)> = which.iter().map(|which| ("which", which.as_str())).collect();
    let refusal = [("act", "release")];
    let preview = salma.post("/desk/bulk/preview", &[&ticks[..], &refusal].concat()).await;
    assert_eq!(preview.status, StatusCode::OK);
    preview.assert_order(&["تتغيّر", "هدى", "ينتظر المراجعة", "منشور", "سامي", "يبقى كما هو"]);
    let waiting = || async { paper.app.store.queue_counts().await.expect("counts").0 };
    assert_eq!(waiting().await, 3, "a look changes nothing");
    let sent_as = preview.text.split("name=\"sent_as\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let sent_as = sent_as.expect("a name").to_owned();
    // The third one is left out.
    let act = [&ticks[..2], &ticks[3..], &refusal, &[("sent_as", sent_as.as_str())]].concat();
    let done = salma.post("/desk/bulk", &act).await;
    assert_eq!(done.header("location"), format!("/desk?act={sent_as}"));
    assert_eq!(waiting().await, 1);
    assert!(salma.get(&format!("/desk?act={sent_as}")).await.text.contains("نُفّذ القرار في تعليقين"));
    assert!(paper.get(&address::story(&story.slug)).await.text.contains("أول</p>"));
    salma.post("/desk/bulk", &act).await;
    assert_eq!(paper.app.store.act(&sent_as).await.expect("an act"), (2, 2), "heard twice, done once");
    assert_eq!(salma.get("/desk/log").await.text.matches("<li class=\"log-line").count(), 3, "each has its row");
    salma.post(&format!("/desk/bulk/{sent_as}/undo"), &[]).await;
    assert_eq!(waiting().await, 3);
    assert!(!paper.get(&address::story(&story.slug)).await.text.contains("أول</p>"));
    assert!(paper.get(&address::story(&story.slug)).await.text.contains("رابع</p>"), "it was released before");
}

#[tokio::test]
async fn many_are_not_refused_without_a_reason_and_nothing_is_lost() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let which = format!("{}.{comment}.0", story.id);
    let form = [("which", which.as_str()), ("act", "refuse"), ("why", "سبب")];
    let preview = salma.post("/desk/bulk/preview", &form).await;
    assert_eq!(preview.status, StatusCode::UNPROCESSABLE_ENTITY);
    preview.assert_order(&["اختر القاعدة", "value=\"سبب\"", &format!("value=\"{which}\" checked")]);
    assert_eq!(salma.post("/desk/bulk/preview", &form[1..]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unnamed = salma.post("/desk/bulk", &form).await;
    assert_eq!(unnamed.status, StatusCode::BAD_REQUEST);
    let act = [&form[..], &[("sent_as", "a-1")]].concat();
    salma.post("/desk/bulk", &act).await;
    let state = paper.app.store.queue_entry(story.id, comment).await.expect("a comment").state;
    assert_eq!(state, State::Held);
}

#[tokio::test]
async fn a_ruling_that_is_sent_twice_is_made_once_and_answered_twice() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let comment = Browser::new(&paper).comments(&story, "هدى", "كلمة").await;
    let (of, id) = (story.id.short(), comment.short());
    let form = [
        ("story", of.as_str()),
        ("comment", id.as_str()),
        ("state", "held"),
        ("act", "release"),
        ("sent_as", "7f0c1a52-0000-4000-8000-000000000001"),
        ("revision", "0"),
    ];
    let first = salma.post_by_script("/desk/rulings", &form).await;
    let second = salma.post_by_script("/desk/rulings", &form).await;
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(first.text, second.text);
    assert_eq!(paper.app.store.rulings(None, 10).await.expect("rulings").len(), 1);
    let odd = [&form[..4], &[("sent_as", "../x")]].concat();
    assert_eq!(salma.post("/desk/rulings", &odd).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn one_whose_words_had_their_time_changes_with_no_others_and_keeps_none_of_them() {
    let (paper, story) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let gone = Browser::new(&paper).comments(&story, "هدى", "كلمة أولى").await;
    let here = Browser::new(&paper).comments(&story, "كريم", "كلمة ثانية").await;
    for comment in [gone, here] {
        salma.rules(&story, comment, "refuse", "insult").await;
    }
    let now = paper.app.now();
    paper.app.store.sweep_refused(now + jiff::SignedDuration::from_hours(1), now, 1).await.expect("swept");
    let which: Vec<String> = [gone, here].iter().map(|comment| format!("{}.{comment}.0", story.id)).collect();
    let ticks: Vec<(&str, &str)> = which.iter().map(|which| ("which", which.as_str())).collect();
    let preview = salma.post("/desk/bulk/preview", &[&ticks[..], &[("act", "release")]].concat()).await;
    assert_eq!(preview.text.matches("يبقى كما هو").count(), 1);
    let act = [&ticks[..], &[("act", "release"), ("sent_as", "act-1")]].concat();
    assert_eq!(salma.post("/desk/bulk", &act).await.status, StatusCode::SEE_OTHER);
    let state = |comment| {
        let store = store::Store::clone(&paper.app.store);
        async move { store.queue_entry(story.id, comment).await.expect("a comment").state }
    };
    assert_eq!((state(gone).await, state(here).await), (State::Refused, State::Released));
}
