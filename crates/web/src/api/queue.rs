//! What waits for a person, with its words: for keys that open it, and kept by nobody on the way.

use super::asked::{Asked, Place};
use super::cursor::{PageQuery, cursor};
use super::problem::ApiProblem;
use super::program::Program;
use super::stories::named;
use crate::app::App;
use axum::Json;
use axum::extract::State;
use newsroom::people::Scope;
use newsroom::{CommentId, SectionId};
use serde::Serialize;
use store::queue::{Queue, QueueEntry};
use utoipa::ToSchema;

/// A comment as the desk sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueEntry)]
pub struct Entry {
    /// Its short id.
    comment: String,
    /// The short id of the story, or of the thread of another site's page.
    story: String,
    headline: String,
    /// The short id of the story's section.
    section: Option<String>,
    /// Signed with.
    name: String,
    /// As sent.
    text: String,
    /// `held`, `released`, `refused`, `withdrawn` or `taken-down`.
    state: String,
    /// Which words of its author these are: a ruling says that it is about them.
    revision: i64,
    /// Its number, if it was ever public.
    number: Option<i64>,
    #[schema(format = DateTime)]
    received_at: String,
    /// What the engine advises, 0 to 1,000: from 600 on to be looked at first.
    priority: u16,
    /// The kinds of what it found.
    findings: Vec<String>,
    /// Readers' reports of it.
    reports: i64,
}

/// A page of the queue: highest priority first, then the oldest; of copies the first alone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueuePage)]
pub struct Entries {
    items: Vec<Entry>,
    /// The cursor of the next page, where there is one.
    next: Option<String>,
}

/// Comments that wait, of the whole paper or of the sections of the member of the staff.
#[utoipa::path(get, path = "/api/v1/queue", tag = "moderation", params(PageQuery),
    responses((status = 200, description = "A page of what waits", body = Entries)))]
pub async fn queue(
    program: Program,
    State(app): State<App>,
    Asked(query): Asked<PageQuery>,
) -> Result<Json<Entries>, ApiProblem> {
    program.needs(Scope::CommentsModerate, &[])?;
    let (limit, after) = (query.limit()?, query.after::<3>()?);
    let after = after.map(|[priority, received, comment]| (priority, received, CommentId(comment)));
    let page = app.store.queue_page(Queue::Waiting, program.staff().bound_to(), after, limit).await?;
    let next = page.next.map(|(priority, received, comment)| cursor([priority, received, comment.0]));
    Ok(Json(Entries { items: page.entries.into_iter().map(Entry::of).collect(), next }))
}

/// One comment, in whatever state.
#[utoipa::path(get, path = "/api/v1/queue/{story}/{comment}", tag = "moderation",
    params(("story" = String, Path, description = "The story's short id"), ("comment" = String, Path, description = "Its short id")),
    responses((status = 200, description = "The comment", body = Entry)))]
pub async fn entry(
    program: Program,
    State(app): State<App>,
    Place((story, comment)): Place<(String, String)>,
) -> Result<Json<Entry>, ApiProblem> {
    Ok(Json(Entry::of(found(&app, &program, &story, &comment).await?)))
}

/// The comment that an address names, where the key and its member may look at it.
///
/// # Errors
/// [`ApiProblem::Scope`], [`ApiProblem::Forbidden`], [`ApiProblem::NotFound`].
pub async fn found(app: &App, program: &Program, story: &str, comment: &str) -> Result<QueueEntry, ApiProblem> {
    program.needs(Scope::CommentsModerate, &[])?;
    let (story, comment) = (named(story)?, CommentId::from_short(comment).ok_or(ApiProblem::NotFound)?);
    program.answers_for(app, story).await?;
    Ok(app.store.queue_entry(story, comment).await?)
}

impl Entry {
    fn of(entry: QueueEntry) -> Self {
        let mut findings: Vec<String> =
            entry.verdict.findings.iter().map(|finding| finding.category.name().to_owned()).collect();
        findings.dedup();
        Self {
            comment: entry.comment.short(),
            story: entry.story.short(),
            headline: entry.headline,
            section: entry.section.map(SectionId::short),
            name: entry.name,
            text: entry.text,
            state: entry.state.key().to_owned(),
            revision: entry.revision.0,
            number: entry.number,
            received_at: entry.received_at.to_string(),
            priority: entry.verdict.priority,
            findings,
            reports: entry.reports,
        }
    }
}
