//! People who comment at the same time, each text with a number of its own, so that what became of each can be told.

use super::{Launch, Reader, Running};
use reqwest::StatusCode;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use store::Place;

/// What the posters share.
#[derive(Default)]
pub struct Rush {
    /// Under which they write, in turn.
    pub stories: Vec<String>,
    /// The number of the next text.
    pub next: AtomicUsize,
    answered: Mutex<BTreeSet<usize>>,
}

impl Rush {
    /// Under these stories.
    pub fn under(stories: Vec<String>) -> Self {
        Self { stories, ..Self::default() }
    }

    /// The numbers of what was acknowledged.
    pub fn answered(&self) -> BTreeSet<usize> {
        self.answered.lock().expect("no poster panicked").clone()
    }

    /// One more was acknowledged; how many were.
    pub fn note(&self, number: usize) -> usize {
        let mut answered = self.answered.lock().expect("no poster panicked");
        assert!(answered.insert(number), "{number} was sent twice");
        answered.len()
    }

    /// The story of a number.
    pub fn story(&self, number: usize) -> &str {
        &self.stories[number % self.stories.len()]
    }
}

/// The demo newspaper on a place, at a pace that no people keep.
pub async fn serve(place: &Place) -> Running {
    Launch::new(&["demo"]).on(place).set("paper.posts-per-minute=1000000").start().await
}

/// The text of a number.
pub fn text(number: usize) -> String {
    format!("أتابع هذا الخبر منذ بدايته.\nرقم رسالتي {}", token(number))
}

/// What stands in the text of a number and in no other.
pub fn token(number: usize) -> String {
    format!("rush-{number:05}-end")
}

/// The number of a text of the rush.
pub fn number_in(text: &str) -> Option<usize> {
    let (number, _) = text.split_once("rush-")?.1.split_once("-end")?;
    Some(number.parse().expect("a number"))
}

/// No page shows a text of the rush.
pub async fn nothing_is_public(reader: &Reader, stories: &[String]) {
    for story in stories {
        for path in [story.clone(), format!("{story}?sort=newest"), "/".to_owned()] {
            let page = reader.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.body.contains("rush-"), "{path} shows a comment that waits");
        }
    }
}
