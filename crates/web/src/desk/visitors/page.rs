//! The page of one reader.

use super::super::shell::Shell;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::people::{Actor, MeasureKind, Staff};
use newsroom::{CommentId, StaffId, StoryId, VisitorId};
use serde::Deserialize;
use store::visitors::{MeasureLine, NoteLine, Place, UsedName, Visited, VisitorComment};

/// Comments on a page.
const AT_ONCE: u32 = 20;

/// Which part of the comments.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VisitorQuery {
    after: Option<String>,
}

/// What was typed and could not be taken.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MeasureForm {
    /// Which measure, by its word.
    pub kind: String,
    /// For how many days; empty: until somebody takes it back.
    pub days: String,
    /// What the reader is told.
    pub why: String,
}

#[derive(Template)]
#[template(path = "desk/visitors/page.html")]
struct VisitorPage {
    frame: Frame,
    shell: Shell,
    visited: Visited,
    /// Since when it is an account; none: a device.
    account: Option<String>,
    first_seen: String,
    last_seen: String,
    names: Vec<(UsedName, String)>,
    measures: Vec<Taken>,
    notes: Vec<(NoteLine, String, String)>,
    comments: Vec<Sent>,
    next: Option<String>,
    typed: MeasureForm,
    problem: Option<&'static str>,
    /// Which measures whoever reads may take and take back.
    may: Vec<MeasureKind>,
}

/// A measure in a line.
struct Taken {
    line: MeasureLine,
    said: String,
    by: String,
    when: String,
    /// Why it holds no more; none while it holds.
    over: Option<String>,
}

/// A comment in a line.
struct Sent {
    comment: VisitorComment,
    when: String,
    state: String,
    /// Stands in a section that whoever reads this answers for.
    theirs: bool,
    address: String,
}

/// `GET /desk/comments/{story}/{comment}/visitor`: to the page of the comment's author.
pub async fn author(
    moderator: Moderator,
    Path((story, comment)): Path<(String, String)>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let ids = StoryId::from_short(&story).zip(CommentId::from_short(&comment));
    let (story, comment) = ids.ok_or(PageError::NotFound)?;
    moderator.answers_for(&app, story).await?;
    let visitor = app.store.author_of(story, comment).await?;
    Ok(Redirect::to(&format!("/desk/visitors/{visitor}")))
}

/// `GET /desk/visitors/{visitor}`.
pub async fn visitor(
    moderator: Moderator,
    Path(visitor): Path<String>,
    Query(query): Query<VisitorQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let asked = VisitorId::from_short(&visitor).ok_or(PageError::NotFound)?;
    let visitor = whose(&app, asked).await?;
    if visitor != asked {
        return Ok(Redirect::to(&format!("/desk/visitors/{visitor}")).into_response());
    }
    let page = page(&app, &moderator, visitor, &query, (MeasureForm::default(), None)).await?;
    Ok(page.into_response())
}

/// A visitor, or the account to which a device's history went: pages that were open before go on working.
pub(super) async fn whose(app: &App, visitor: VisitorId) -> Result<VisitorId, PageError> {
    Ok(app.store.moved_to(visitor).await?.unwrap_or(visitor))
}

/// The page, with what was typed and why it could not be taken.
pub(super) async fn page(
    app: &App,
    moderator: &Moderator,
    visitor: VisitorId,
    query: &VisitorQuery,
    (typed, problem): (MeasureForm, Option<&'static str>),
) -> Answer {
    let visited = app.store.visited(visitor).await?;
    let after = query.after.as_deref().and_then(place);
    let comments = app.store.comments_of(visitor, after, AT_ONCE).await?;
    let (frame, shell) = Shell::of_moderator(app, moderator, "visitor").await?;
    let (t, staff) = (frame.t, app.store.staff().await?);
    let day = |at| when(&t, &app.paper, at);
    let next = comments.last().filter(|_| comments.len() >= AT_ONCE as usize);
    let next = next.map(|last| format!("?after={}.{}", last.received_at.as_millisecond(), last.comment));
    let names = app.store.names_of(visitor).await?.into_iter().map(|used| (used.clone(), day(used.last))).collect();
    let measures = app.store.measures_of(visitor).await?;
    let measures = measures.into_iter().map(|line| Taken::of(app, t, line, &staff)).collect();
    let notes = app.store.notes_of(visitor).await?.into_iter();
    let notes = notes.map(|note| (note.clone(), day(note.at), name_of(&staff, note.by))).collect();
    let comments = comments.into_iter().map(|comment| Sent::of(app, t, comment, moderator)).collect();
    let there = is_there(app, moderator, visitor).await?;
    let may = MeasureKind::ALL.into_iter().filter(|kind| moderator.staff.may_measure(*kind, there)).collect();
    let account = app.store.reader_of(visitor).await?.map(|reader| day(reader.since));
    let (first_seen, last_seen) = (day(visited.first_seen), day(visited.last_seen));
    let page = VisitorPage {
        frame,
        shell,
        visited,
        account,
        first_seen,
        last_seen,
        names,
        measures,
        notes,
        comments,
        next,
        typed,
        problem,
        may,
    };
    Page::private(&page)
}

/// Whether a reader has commented in a section that a moderator answers for.
pub(super) async fn is_there(app: &App, moderator: &Moderator, visitor: VisitorId) -> Result<bool, PageError> {
    match moderator.sections() {
        None => Ok(true),
        Some(sections) => Ok(app.store.has_commented_in(visitor, sections).await?),
    }
}

impl Taken {
    fn of(app: &App, t: Words, line: MeasureLine, staff: &[Staff]) -> Self {
        let day = |at| when(&t, &app.paper, at);
        let measure = &line.measure;
        let until = measure.until.map(|until| t.with("measured.until", 1, &[("time", &day(until))]));
        let over = match (&line.ended, measure.acknowledged) {
            (Some((at, Actor::Staff(by), _)), _) => {
                Some(t.with("measure.lifted", 1, &[("name", &name_of(staff, *by)), ("time", &day(*at))]))
            }
            (Some((at, _, _)), _) => Some(t.with("measure.ran-out", 1, &[("time", &day(*at))])),
            (None, Some(at)) => Some(t.with("measure.acknowledged", 1, &[("time", &day(at))])),
            (None, None) => measure
                .until
                .filter(|until| *until <= app.now())
                .map(|until| t.with("measure.ran-out", 1, &[("time", &day(until))])),
        };
        Self {
            said: format!("{} {}", t.s(&format!("measure.{}", measure.kind.key())), until.unwrap_or_default()),
            by: name_of(staff, measure.by),
            when: day(measure.at),
            over,
            line,
        }
    }
}

impl Sent {
    fn of(app: &App, t: Words, comment: VisitorComment, moderator: &Moderator) -> Self {
        Self {
            when: when(&t, &app.paper, comment.received_at),
            state: t.s(&format!("state.{}", comment.state.key())),
            theirs: moderator.staff.answers_for(comment.section),
            address: comment.slug.as_deref().map(address::story).unwrap_or_default(),
            comment,
        }
    }
}

impl VisitorPage {
    /// Some measure may be taken.
    fn may_any(&self) -> bool {
        !self.may.is_empty()
    }

    /// Whoever reads may take this one back.
    fn may_lift(&self, taken: &Taken) -> bool {
        self.may.contains(&taken.line.measure.kind)
    }
}

/// Somebody who works here no more has no name any more.
fn name_of(staff: &[Staff], id: StaffId) -> String {
    staff.iter().find(|somebody| somebody.id == id).map_or_else(|| id.short(), |somebody| somebody.name.clone())
}

fn place(text: &str) -> Option<Place> {
    let (at, comment) = text.split_once('.')?;
    Some((at.parse().ok()?, CommentId::from_short(comment)?))
}
