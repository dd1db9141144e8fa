//! Which reasons of findings moderators say are wrong, most often first: for whoever keeps the rules.

use super::shell::Shell;
use crate::app::App;
use crate::comments::when;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "desk/disputes.html")]
struct DisputesPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
}

struct Line {
    sentence: String,
    times: String,
    last: String,
}

/// `GET /desk/disputes`.
pub async fn disputes(moderator: Moderator, State(app): State<App>) -> Answer {
    let reasons = app.store.disputed_reasons().await?;
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "disputes").await?;
    let t = frame.t;
    let line = |reason: store::queue::DisputedReason| Line {
        sentence: without_arguments(&t.s(&reason.reason)),
        times: t.n("desk.disputes.times", reason.times),
        last: when(&t, &app.paper, reason.last_at),
    };
    let lines = reasons.into_iter().map(line).collect();
    Page::private(&DisputesPage { frame, shell, lines })
}

/// A sentence of the locales with dots where a finding names what it saw.
fn without_arguments(sentence: &str) -> String {
    let mut parts = sentence.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + "…" + part.split_once('}').map_or(part, |(_, rest)| rest))
}
