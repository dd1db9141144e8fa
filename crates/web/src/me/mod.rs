//! A reader's own page: every comment that was sent from this device, what became of it, and why. For one person only.

mod decided;

#[cfg(test)]
mod tests;

pub use decided::decided;

use crate::app::App;
use crate::comments::{Paragraph, Piece, paragraphs, when};
use crate::guard::MaybeVisitor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::extract::{Query, State};
use newsroom::CommentId;
use newsroom::comment::State as CommentState;
use serde::Deserialize;
use store::comments::Mine;

/// Comments on a page.
const AT_ONCE: u32 = 20;

/// Which part of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MeQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "me/page.html")]
struct MePage {
    frame: Frame,
    comments: Vec<Rendered>,
    next: Option<CommentId>,
    begins: bool,
}

/// One comment with its state and, where something was restricted, the reasons.
#[derive(Template)]
#[template(path = "me/comment.html")]
struct MyComment<'m> {
    t: Words,
    mine: &'m Mine,
    paragraphs: Vec<Paragraph>,
    /// The story's address; empty where there is no story to read.
    story: String,
    when: String,
    state: String,
    waits: bool,
    decided: Option<Rendered>,
}

/// `GET /me`.
pub async fn show(MaybeVisitor(visitor): MaybeVisitor, Query(query): Query<MeQuery>, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let before = query.before.as_deref().and_then(CommentId::from_short);
    let mut mine = match visitor {
        Some(visitor) => app.store.mine(visitor, before, AT_ONCE + 1).await?,
        None => Vec::new(),
    };
    let more = mine.len() > AT_ONCE as usize;
    mine.truncate(AT_ONCE as usize);
    let next = mine.last().filter(|_| more).map(|last| last.own.id);
    let comments = mine.iter().map(|mine| comment(&app, frame.t, mine)).collect::<Result<_, _>>()?;
    Page::private(&MePage { frame, comments, next, begins: before.is_none() })
}

/// One comment as its author finds it here.
///
/// # Errors
/// When a template cannot be rendered.
pub fn comment(app: &App, t: Words, mine: &Mine) -> Result<Rendered, askama::Error> {
    Rendered::of(&MyComment {
        t,
        mine,
        paragraphs: paragraphs(&mine.own.text, false),
        story: mine.slug.as_deref().map(address::story).unwrap_or_default(),
        when: when(&t, &app.paper, mine.own.received_at),
        state: t.s(&format!("state.{}.own", mine.own.state.key())),
        waits: mine.own.state == CommentState::Held,
        decided: decided(app, t, mine).map(|decided| Rendered::of(&decided)).transpose()?,
    })
}
