//! A reader's own page: every comment that was sent from this device, what became of it, and why. For one person only.

mod data;
mod decided;

#[cfg(test)]
mod tests;

pub use data::data;
pub use decided::decided;

use crate::app::App;
use crate::comments::{Paragraph, Piece, Told, paragraphs, when};
use crate::error::PageError;
use crate::guard::{MaybeReader, MaybeVisitor, kept_as};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::SignedDuration;
use newsroom::comment::{AppealState, Side, State as CommentState, open_until};
use newsroom::people::{MeasureKind, Measures};
use newsroom::{CommentId, Timestamp};
use serde::Deserialize;
use store::comments::{Mine, MyAppeal};

/// Comments on a page.
const AT_ONCE: u32 = 20;

/// Which part of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MeQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "me/one.html")]
struct OnePage {
    frame: Frame,
    comment: Rendered,
}

#[derive(Template)]
#[template(path = "me/page.html")]
struct MePage {
    frame: Frame,
    /// What holds against comments from here.
    measures: Vec<Rendered>,
    comments: Vec<Rendered>,
    next: Option<CommentId>,
    begins: bool,
    /// The reader is signed in: the comments are an account's, not a device's.
    account: bool,
}

/// One comment with its state and, where something was restricted, the reasons.
#[derive(Template)]
#[template(path = "me/comment.html")]
struct MyComment<'m> {
    t: Words,
    mine: &'m Mine,
    paragraphs: Vec<Paragraph<'m>>,
    /// The story's address; empty where there is no story to read.
    story: String,
    when: String,
    state: String,
    waits: bool,
    decided: Option<Rendered>,
    appeal: Option<Appealed>,
    /// Until when its words are kept because of an authority's order.
    kept_until: Option<String>,
    /// Until when an objection is taken; none where there is nothing to object to, or it was objected to.
    open_until: Option<String>,
}

/// An objection as whoever made it is told of it.
#[derive(Debug)]
pub struct Appealed {
    /// Since when, and when it is due.
    pub when: String,
    /// How it stands.
    pub state: String,
    /// What was answered.
    pub answer: String,
    /// Decided by whoever had ruled.
    pub same_person: bool,
}

/// `GET /me`.
pub async fn show(
    MaybeReader(reader): MaybeReader,
    MaybeVisitor(visitor): MaybeVisitor,
    Query(query): Query<MeQuery>,
    State(app): State<App>,
) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let measures = match visitor {
        Some(visitor) => {
            let kept = kept_as(&app, visitor.id);
            told(&app, frame.t, &app.store.measures_on_either(visitor.id, kept, frame.now).await?)?
        }
        None => Vec::new(),
    };
    let before = query.before.as_deref().and_then(CommentId::from_short);
    let mut mine = match visitor {
        Some(visitor) => app.store.mine(visitor, before, AT_ONCE + 1).await?,
        None => Vec::new(),
    };
    let more = mine.len() > AT_ONCE as usize;
    mine.truncate(AT_ONCE as usize);
    let next = mine.last().filter(|_| more).map(|last| last.own.id);
    let comments = mine.iter().map(|mine| comment(&app, frame.t, mine)).collect::<Result<_, _>>()?;
    let (begins, account) = (before.is_none(), reader.is_some());
    Page::private(&MePage { frame, measures, comments, next, begins, account })
}

/// Every measure in force but warnings: those stand above the next form, where they are acknowledged.
fn told(app: &App, t: Words, measures: &Measures) -> Result<Vec<Rendered>, askama::Error> {
    let told = measures.0.iter().filter(|measure| measure.kind != MeasureKind::Warn);
    told.map(|measure| Rendered::of(&Told::of(app, t, measure))).collect()
}

/// `GET /me/{comment}`.
pub async fn show_one(
    MaybeVisitor(visitor): MaybeVisitor,
    Path(comment): Path<String>,
    State(app): State<App>,
) -> Answer {
    let id = CommentId::from_short(&comment).ok_or(PageError::NotFound)?;
    let mine = app.store.one_of_mine(visitor.ok_or(PageError::NotFound)?, id).await?;
    let frame = Frame::new(&app, app.now()).await?;
    let comment = self::comment(&app, frame.t, &mine)?;
    Page::private(&OnePage { frame, comment })
}

/// One comment as its author finds it here.
///
/// # Errors
/// When a template cannot be rendered.
pub fn comment(app: &App, t: Words, mine: &Mine) -> Result<Rendered, askama::Error> {
    // The authority asks that its author is not told yet.
    let silent = mine.ordered.is_some_and(|order| order.is_silent(app.now()));
    Rendered::of(&MyComment {
        t,
        mine,
        paragraphs: paragraphs(&mine.own.text, false),
        story: mine.slug.as_deref().map(address::story).unwrap_or_default(),
        when: when(&t, &app.paper, mine.own.received_at),
        state: t.s(&format!("state.{}.own", mine.own.state.key())),
        waits: mine.own.state == CommentState::Held,
        decided: (!silent)
            .then(|| decided(app, t, mine))
            .flatten()
            .map(|decided| Rendered::of(&decided))
            .transpose()?,
        appeal: mine.appeal.as_ref().map(|appeal| Appealed::new(app, t, appeal)),
        kept_until: mine.ordered.filter(|_| !silent).map(|order| when(&t, &app.paper, order.keep_until)),
        open_until: objectionable_until(app, mine).map(|until| when(&t, &app.paper, until)),
    })
}

/// Until when the ruling that holds can be objected to, where it can and was not: six months, or until the words go.
fn objectionable_until(app: &App, mine: &Mine) -> Option<Timestamp> {
    let (ruling, now) = (mine.ruling.as_ref()?, app.now());
    let kept_for = SignedDuration::from_hours(24 * i64::from(app.paper.refused_kept_days));
    let public = mine.own.state == CommentState::Released;
    let words_go = ruling.at.saturating_add(kept_for).ok().filter(|_| !public);
    let until = words_go.map_or(open_until(ruling.at), |words_go| words_go.min(open_until(ruling.at)));
    let again = mine.appeal.as_ref().is_some_and(|appeal| appeal.ruling == ruling.id);
    let kept = !mine.own.text.is_empty() && mine.ordered.is_none();
    (!again && kept && now <= until && Side::Author.may_object_to(ruling.decision, mine.own.state)).then_some(until)
}

impl Appealed {
    /// In words.
    pub fn new(app: &App, t: Words, appeal: &MyAppeal) -> Self {
        let (at, due) = (when(&t, &app.paper, appeal.at.0), when(&t, &app.paper, appeal.at.1));
        let key = if appeal.state == AppealState::Open { "appeal.since-and-due" } else { "appeal.since" };
        Self {
            when: t.with(key, 1, &[("time", &at), ("due", &due)]),
            state: t.s(&format!("appeal.state.{}", appeal.state.key())),
            answer: appeal.answer.clone(),
            same_person: appeal.same_person,
        }
    }
}
