//! A power cut in the middle of a rush: what the paper has acknowledged is there afterwards, once, and nothing of it is
//! public.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../store/tests/both/mod.rs"]
mod both;
mod running;

use both::Trial;
use reqwest::StatusCode;
use running::{Launch, Reader, Running, rows};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
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
    let rush = Arc::new(Rush { stories, ..Rush::default() });
    let posters = start_posters(&paper, &rush);
    rush.enough.notified().await;
    paper.kill9();
    for poster in posters {
        poster.await.expect("a poster ends");
    }
    let answered = rush.answered();
    assert!(answered.len() >= UNTIL_THE_CUT, "{} answers", answered.len());
    assert!(answered.len() < COMMENTS, "the cut came too late: everything was answered");

    let paper = serve(&place).await;
    nothing_is_public(&paper.reader(), &rush.stories).await;
    kept_once(&place, &answered, rush.begun());
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

async fn serve(place: &Place) -> Running {
    Launch::new(&["demo"]).on(place).set("paper.posts-per-minute=1000000").start().await
}

/// What the posters share.
#[derive(Default)]
struct Rush {
    stories: Vec<String>,
    next: AtomicUsize,
    answered: Mutex<BTreeSet<usize>>,
    enough: Notify,
}

impl Rush {
    fn answered(&self) -> BTreeSet<usize> {
        self.answered.lock().expect("no poster panicked").clone()
    }

    /// Comments with a lower number were begun to be sent.
    fn begun(&self) -> usize {
        self.next.load(Ordering::SeqCst).min(COMMENTS)
    }

    fn note(&self, number: usize) {
        let mut answered = self.answered.lock().expect("no poster panicked");
        assert!(answered.insert(number), "{number} was sent twice");
        if answered.len() == UNTIL_THE_CUT {
            self.enough.notify_one();
        }
    }
}

fn start_posters(paper: &Running, rush: &Arc<Rush>) -> Vec<tokio::task::JoinHandle<()>> {
    let poster = |_| {
        let (reader, rush) = (paper.reader(), rush.clone());
        tokio::spawn(async move { send_until_it_breaks(&reader, &rush).await })
    };
    (0..POSTERS).map(poster).collect()
}

/// One person, one comment after the other, until the line breaks.
async fn send_until_it_breaks(reader: &Reader, rush: &Rush) {
    loop {
        let number = rush.next.fetch_add(1, Ordering::SeqCst);
        if number >= COMMENTS {
            return;
        }
        let story = &rush.stories[number % rush.stories.len()];
        let Ok(answer) = reader.try_to_comment(story, "زائر مجهول", &text(number)).await else { return };
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        rush.note(number);
    }
}

fn text(number: usize) -> String {
    format!("أتابع هذا الخبر منذ بدايته.\nرقم رسالتي {}", token(number))
}

fn token(number: usize) -> String {
    format!("rush-{number:05}-end")
}

/// Every comment of the rush by its number, from the paper's own export.
fn kept(place: &Place) -> BTreeMap<usize, Vec<Value>> {
    let export = Launch::new(&["export", "-"]).on(place).must().out;
    let mut kept: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for row in rows(&export).remove("comments").expect("comments are exported") {
        let text = row["text"].as_str().expect("a comment has a text");
        let number = text.split_once("rush-").and_then(|(_, rest)| rest.split_once("-end"));
        if let Some((number, _)) = number {
            let number = number.parse().expect("a number");
            assert_eq!(text.replace('\r', ""), self::text(number), "the text is not the one sent");
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

async fn nothing_is_public(reader: &Reader, stories: &[String]) {
    for story in stories {
        for path in [story.clone(), format!("{story}?sort=newest"), "/".to_owned()] {
            let page = reader.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.body.contains("rush-"), "{path} shows a comment that waits");
        }
    }
}

/// `midad check` finds nothing wrong.
fn agrees(place: &Place) {
    Launch::new(&["check"]).on(place).must();
}
