//! A power cut in the middle of a rush: what the paper has acknowledged is there afterwards, once, and nothing of it is
//! public.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use reqwest::StatusCode;
use running::rush::{self, Rush, nothing_is_public, number_in, serve, text};
use running::{Launch, Reader, Running, rows};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::Place;
use tokio::sync::Notify;

/// Comments that would be sent if nothing happened.
const COMMENTS: usize = 2_000;
/// People who send at the same time.
const POSTERS: usize = 64;
/// The lights go out after so many answers.
const UNTIL_THE_CUT: usize = 700;
/// Stories under which they write.
const STORIES: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_power_cut_on_sqlite() {
    let trial = Trial::sqlite();
    cut_on(trial).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_power_cut_on_postgresql() {
    match Trial::postgres().await {
        Some(trial) => cut_on(trial).await,
        None => println!("NOT RUN: PostgreSQL (MIDAD_TEST_POSTGRES is not set)"),
    }
}

async fn cut_on(trial: Trial) {
    let ended = tokio::spawn(cut_in_the_middle(trial.place.clone())).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

async fn cut_in_the_middle(place: Place) {
    let paper = serve(&place).await;
    let stories = paper.reader().open_stories(STORIES).await;
    let cut = Arc::new(Cut { rush: Rush::under(stories), enough: Notify::new() });
    let rush = &cut.rush;
    let posters = start_posters(&paper, &cut);
    cut.enough.notified().await;
    paper.kill9();
    for poster in posters {
        poster.await.expect("a poster ends");
    }
    let answered = rush.answered();
    assert!(answered.len() >= UNTIL_THE_CUT, "{} answers", answered.len());
    assert!(answered.len() < COMMENTS, "the cut came too late: everything was answered");

    let paper = serve(&place).await;
    nothing_is_public(&paper.reader(), &rush.stories).await;
    kept_once(&place, &answered, cut.begun());
    agrees(&place);

    // The paper goes on where it stood.
    let answer = paper.reader().try_to_comment(&rush.stories[0], "نادر", &text(COMMENTS)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let mut answered = answered;
    answered.insert(COMMENTS);
    kept_once(&place, &answered, COMMENTS + 1);
    paper.stop().await;
    agrees(&place);
}

/// The rush, and when enough of it was acknowledged.
struct Cut {
    rush: Rush,
    enough: Notify,
}

impl Cut {
    /// Comments with a lower number were begun to be sent.
    fn begun(&self) -> usize {
        self.rush.next.load(Ordering::SeqCst).min(COMMENTS)
    }

    fn note(&self, number: usize) {
        if self.rush.note(number) == UNTIL_THE_CUT {
            self.enough.notify_one();
        }
    }
}

fn start_posters(paper: &Running, cut: &Arc<Cut>) -> Vec<tokio::task::JoinHandle<()>> {
    let poster = |_| {
        let (reader, cut) = (paper.reader(), cut.clone());
        tokio::spawn(async move { send_until_it_breaks(&reader, &cut).await })
    };
    (0..POSTERS).map(poster).collect()
}

/// One person, one comment after the other, until the line breaks.
async fn send_until_it_breaks(reader: &Reader, cut: &Cut) {
    loop {
        let number = cut.rush.next.fetch_add(1, Ordering::SeqCst);
        if number >= COMMENTS {
            return;
        }
        let story = cut.rush.story(number);
        let Ok(answer) = reader.try_to_comment(story, "زائر مجهول", &text(number)).await else { return };
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        cut.note(number);
    }
}

/// Every comment of the rush by its number, from the paper's own export.
fn kept(place: &Place) -> BTreeMap<usize, Vec<Value>> {
    let export = Launch::new(&["export", "-"]).on(place).must().out;
    let mut kept: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for row in rows(&export).remove("comments").expect("comments are exported") {
        let text = row["text"].as_str().expect("a comment has a text");
        if let Some(number) = number_in(text) {
            assert_eq!(text.replace('\r', ""), rush::text(number), "the text is not the one sent");
            kept.entry(number).or_default().push(row);
        }
    }
    kept
}

fn kept_once(place: &Place, answered: &BTreeSet<usize>, begun: usize) {
    let kept = kept(place);
    let lost: Vec<&usize> = answered.iter().filter(|number| !kept.contains_key(number)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    for (number, rows) in &kept {
        assert_eq!(rows.len(), 1, "comment {number} is there {} times", rows.len());
        assert_eq!(rows[0]["state"], "held", "comment {number}");
        assert!(rows[0]["number"].is_null(), "comment {number} has a public number");
        assert!(*number < begun, "nobody sent comment {number}");
    }
}

/// `midad check` finds nothing wrong.
fn agrees(place: &Place) {
    Launch::new(&["check"]).on(place).must();
}
