//! Every ruling that was made, newest first. Lines are added and never changed; what was undone says so.

use super::ruling::said;
use super::shell::Shell;
use crate::app::App;
use crate::comments::when;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::RulingId;
use serde::Deserialize;
use store::queue::RulingLine;

/// Rulings on a page.
const AT_ONCE: u32 = 50;
/// Of a comment's text so many signs are shown in a line.
const SHOWN: usize = 140;

/// Which part of the log.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "desk/log.html")]
struct LogPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    next: Option<RulingId>,
}

struct Line {
    line: RulingLine,
    when: String,
    said: String,
    excerpt: String,
    undone: Option<String>,
}

/// `GET /desk/log`.
pub async fn log(moderator: Moderator, Query(query): Query<LogQuery>, State(app): State<App>) -> Answer {
    let before = query.before.as_deref().and_then(RulingId::from_short);
    let lines = app.store.rulings(before, AT_ONCE).await?;
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "log").await?;
    let next = lines.last().filter(|_| lines.len() >= AT_ONCE as usize).map(|line| line.ruling.id);
    let lines = lines.into_iter().map(|line| Line::new(&app, &frame, line)).collect();
    Page::private(&LogPage { frame, shell, lines, next })
}

impl Line {
    fn new(app: &App, frame: &Frame, line: RulingLine) -> Self {
        let t = &frame.t;
        let undone = line
            .undone
            .as_ref()
            .map(|(at, by)| t.with("log.undone", 1, &[("name", by), ("time", &when(t, &app.paper, *at))]));
        Self {
            when: when(t, &app.paper, line.ruling.at),
            said: said(t, &line.ruling.decision, &line.name),
            excerpt: excerpt(&line.text),
            undone,
            line,
        }
    }
}

/// The beginning of a text on one line.
pub fn excerpt(text: &str) -> String {
    let line = arabic::clean::line(text);
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
