//! What was decided, for everybody: day, story, what and by which rule; without a word of the texts and without names. Only
//! where the paper has switched it on.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::RulingId;
use newsroom::comment::Decision;
use serde::Deserialize;
use store::accounts::PublicRuling;

/// Decisions on a page.
const AT_ONCE: u32 = 50;

/// Which part of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "moderation_log/page.html")]
struct LogPage {
    frame: Frame,
    lines: Vec<Line>,
    next: Option<RulingId>,
}

struct Line {
    when: String,
    said: String,
    story: Option<(String, String)>,
    undone: bool,
}

/// `GET /moderation-log`.
pub async fn show(Query(query): Query<LogQuery>, State(app): State<App>) -> Answer {
    if !app.paper.public_log {
        return Err(PageError::NotFound);
    }
    let before = query.before.as_deref().and_then(RulingId::from_short);
    let rulings = app.store.public_rulings(before, AT_ONCE, app.now()).await?;
    let frame = Frame::new(&app, app.now()).await?;
    let next = rulings.last().filter(|_| rulings.len() >= AT_ONCE as usize).map(|last| last.id);
    let lines = rulings.into_iter().map(|ruling| Line::new(&app, &frame, ruling)).collect();
    Page::private(&LogPage { frame, lines, next })
}

impl Line {
    fn new(app: &App, frame: &Frame, ruling: PublicRuling) -> Self {
        let t = &frame.t;
        let key = match ruling.decision {
            Decision::Release { collapsed: true, .. } => "public-log.folded",
            Decision::Release { .. } => "public-log.released",
            Decision::Refuse { .. } => "public-log.refused",
            Decision::TakeDown { .. } => "public-log.taken-down",
        };
        let reason = ruling.decision.reason().map(|reason| t.s(&format!("refusal.{}", reason.key())));
        Self {
            when: when(t, &app.paper, ruling.at),
            said: t.with(key, 1, &[("reason", &reason.unwrap_or_default())]),
            story: ruling.story.map(|(headline, slug)| (headline, address::story(&slug))),
            undone: ruling.undone,
        }
    }
}
