//! What a process counts of its own work, for whoever watches it from outside. Nothing in it is of any reader, story or word.
//!
//! Where nobody installed a recorder, counting costs nothing and is kept nowhere.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::toll::Counted;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use metrics::{
    Counter, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};
use std::time::Duration;
use store::queue::Queue;
use store::{CopyState, StoreError};

/// What was asked for, as far as it is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page of readers, ready or made anew.
    Page,
    /// The desk and its door.
    Desk,
    /// A form that a reader sent.
    Form,
    /// A program: of the house, of another comment system, of another site or of the Fediverse.
    Program,
    /// A stream of news, which lasts as long as the page is open.
    Stream,
    /// A file: a stylesheet, a script, a picture.
    File,
}

/// By kind, what was answered and how long it took to begin.
#[derive(Debug)]
pub struct Measures([Of; Kind::ALL.len()]);

/// One kind's.
#[derive(Debug)]
struct Of {
    /// By the first digit of the status.
    answered: [Counter; CLASSES.len()],
    took: Histogram,
}

/// By their first digit; no other status is ever sent.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Page, Self::Desk, Self::Form, Self::Program, Self::Stream, Self::File];

    /// Of a request.
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let first = path.split('/').nth(1).unwrap_or_default();
        match first {
            _ if path.ends_with("/live") && request.method() == Method::GET => Self::Stream,
            "desk" | "sign-in" | "sign-out" => Self::Desk,
            "assets" | "pictures" | "house" | "embed.js" | "embed.css" | "icon.svg" | "icon.png" | "favicon.ico" => {
                Self::File
            }
            "api" | "embed" | "fediverse" | ".well-known" | "nodeinfo" | "v1alpha1" => Self::Program,
            _ if first.starts_with("comments:") => Self::Program,
            // Asked before a form is sent, and part of that.
            "toll" => Self::Form,
            _ if matches!(*request.method(), Method::GET | Method::HEAD) => Self::Page,
            _ => Self::Form,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Desk => "desk",
            Self::Form => "form",
            Self::Program => "program",
            Self::Stream => "stream",
            Self::File => "file",
        }
    }
}

impl Default for Measures {
    /// Counted by the recorder that is installed now.
    fn default() -> Self {
        describe_counter!("midad_answers_total", "Answers, by what was asked for and by the class of their status.");
        let told = "How long it took until an answer began.";
        describe_histogram!("midad_answer_seconds", Unit::Seconds, told);
        Self(Kind::ALL.map(|kind| Of {
            answered: CLASSES.map(|status| counter!("midad_answers_total", "kind" => kind.name(), "status" => status)),
            took: histogram!("midad_answer_seconds", "kind" => kind.name()),
        }))
    }
}

impl Measures {
    /// One more was answered.
    pub fn answered(&self, kind: Kind, status: StatusCode, took: Duration) {
        let Some(of) = Kind::ALL.iter().position(|one| *one == kind).and_then(|at| self.0.get(at)) else { return };
        if let Some(counter) = of.answered.get(usize::from(status.as_u16() / 100).wrapping_sub(1)) {
            counter.increment(1);
        }
        of.took.record(took);
    }
}

/// Notes how things stand now: ready pages, open streams, the desk's queues and jobs.
///
/// # Errors
/// When the store cannot answer: what does not come from it is noted all the same, and that it failed.
pub async fn note(app: &App) -> Result<(), StoreError> {
    let ((pages, bytes), (ready, made)) = (app.page_cache.size(), app.page_cache.counted());
    number("midad_ready_pages", "Pages that are kept ready.", pages);
    number("midad_ready_pages_bytes", "What they take at most.", bytes);
    counter!("midad_pages_handed_out_total").absolute(ready);
    counter!("midad_pages_made_total").absolute(made);
    counter!("midad_sent_away_total").absolute(app.crowd.sent_away());
    for what in Counted::ALL {
        counter!("midad_toll_total", "what" => what.name()).absolute(app.toll.counted(what));
    }
    number("midad_under_attack", "1 while more is sent than usual.", usize::from(app.toll.is_under_attack()));
    describe_counter!("midad_slow_statements_total", "Statements that took the store longer than is set.");
    counter!("midad_slow_statements_total").absolute(app.store.slow_statements());
    let (readers, desks) = app.hub.listeners();
    number("midad_streams_readers", "Open pages of readers that hear news.", readers);
    number("midad_streams_desk", "Open pages of the desk that hear news.", desks);
    let stored = from_store(app).await;
    number("midad_store_answers", "1 while the store answers.", usize::from(stored.is_ok()));
    stored
}

async fn from_store(app: &App) -> Result<(), StoreError> {
    let counts = app.store.desk_counts().await?;
    describe_gauge!("midad_desk", "Comments that stand in a queue of the desk.");
    for (name, queue) in [("waiting", Queue::Waiting), ("reported", Queue::Reported)] {
        gauge!("midad_desk", "queue" => name).set(as_gauge(counts.of(queue, None).unwrap_or_default()));
    }
    describe_gauge!("midad_jobs", "Jobs after a commit: due, or set aside after too many failures.");
    for (kind, due, aside) in app.store.jobs_standing(app.now()).await? {
        gauge!("midad_jobs", "kind" => kind.clone(), "state" => "due").set(as_gauge(due));
        gauge!("midad_jobs", "kind" => kind, "state" => "aside").set(as_gauge(aside));
    }
    if let Some(copy) = app.store.replica().await? {
        let follows = matches!(copy.state, CopyState::Follows { .. });
        number("midad_replica_follows", "1 while the copy of the database follows it.", usize::from(follows));
        describe_counter!("midad_replica_reads_total", "What was to be read from the copy, and who answered.");
        for (by, reads) in [("copy", copy.answered), ("database", copy.passed_by)] {
            counter!("midad_replica_reads_total", "by" => by).absolute(reads);
        }
    }
    Ok(())
}

fn number(name: &'static str, told: &'static str, value: usize) {
    describe_gauge!(name, told);
    gauge!(name).set(as_gauge(i64::try_from(value).unwrap_or(i64::MAX)));
}

/// Whole numbers below 2⁵³ stay what they are.
#[expect(clippy::cast_precision_loss, reason = "no count of ours is larger than 2⁵³")]
fn as_gauge(value: i64) -> f64 {
    value as f64
}
