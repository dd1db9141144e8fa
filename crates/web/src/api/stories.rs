//! Stories, as far as the member of the staff sees them.

use super::asked::{Asked, Place};
use super::cursor::{PageQuery, cursor};
use super::problem::ApiProblem;
use super::program::Program;
use crate::app::App;
use crate::editor::may_read;
use crate::layout::address;
use axum::Json;
use axum::extract::State;
use newsroom::body::write_text_form;
use newsroom::people::{May, Scope};
use newsroom::story::{Story, TypedStory};
use newsroom::{SectionId, StoryId, Timestamp};
use serde::Serialize;
use store::stories::{OnDesk, StoryLine};
use utoipa::ToSchema;

/// A line of the list of stories.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StoryLine)]
pub struct Line {
    /// Its short id.
    id: String,
    headline: String,
    /// The word of its kind: `news`, `opinion` …
    kind: String,
    /// `draft`, `published` or `withdrawn`.
    state: String,
    /// In its address, once it has one.
    slug: Option<String>,
    /// What readers may do under it: `open-after-review`, `held-back`, `closed` or `hidden`.
    comments: String,
    #[schema(format = DateTime)]
    touched_at: String,
}

/// A page of stories, last touched first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StoryPage)]
pub struct Lines {
    items: Vec<Line>,
    /// The cursor of the next page, where there is one.
    next: Option<String>,
}

/// A story as the desk has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Story)]
pub struct Whole {
    /// Its short id.
    id: String,
    /// `draft`, `published` or `withdrawn`.
    state: String,
    /// The number of its text: whoever changes it says which one they read.
    version: i64,
    /// Readers have another text than this one.
    pending: bool,
    kind: String,
    kicker: String,
    headline: String,
    standfirst: String,
    dateline: String,
    /// In the readable text form.
    body: String,
    /// The short id of its section.
    section: Option<String>,
    /// Names between commas.
    tags: String,
    /// One `name | for whom` a line.
    bylines: String,
    /// The tag of its language (BCP 47).
    language: String,
    comments: String,
    /// Where readers find it, once it was public.
    url: Option<String>,
    #[schema(format = DateTime)]
    published_at: Option<String>,
    #[schema(format = DateTime)]
    updated_at: Option<String>,
}

/// The story of a short id.
///
/// # Errors
/// [`ApiProblem::NotFound`] when it is none.
pub fn named(id: &str) -> Result<StoryId, ApiProblem> {
    StoryId::from_short(id).ok_or(ApiProblem::NotFound)
}

/// Stories that the member of the staff sees at the desk: of the whole paper or its sections, or in their own hands.
#[utoipa::path(get, path = "/api/v1/stories", tag = "stories", params(PageQuery),
    responses((status = 200, description = "A page of stories", body = Lines)))]
pub async fn stories(
    program: Program,
    State(app): State<App>,
    Asked(query): Asked<PageQuery>,
) -> Result<Json<Lines>, ApiProblem> {
    program.needs(Scope::StoriesRead, &[])?;
    let (limit, after) = (query.limit()?, query.after::<2>()?);
    let before = after.map(|[at, story]| Ok::<_, ApiProblem>((time(at)?, StoryId(story)))).transpose()?;
    let (staff, more) = (program.staff(), limit + 1);
    let mut found = if staff.role.may(May::ReadStories) {
        let sections: Option<&[SectionId]> = staff.bound_to();
        app.store.story_lines(sections, before, more).await?
    } else {
        app.store.story_lines_in_hands(staff.id, before, more).await?
    };
    let is_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| is_more).map(|last| cursor([last.touched_at.as_millisecond(), last.id.0]));
    Ok(Json(Lines { items: found.into_iter().map(Line::of).collect(), next }))
}

/// One story with its text.
#[utoipa::path(get, path = "/api/v1/stories/{story}", tag = "stories", params(("story" = String, Path, description = "Its short id")),
    responses((status = 200, description = "The story", body = Whole)))]
pub async fn story(
    program: Program,
    State(app): State<App>,
    Place(story): Place<String>,
) -> Result<Json<Whole>, ApiProblem> {
    program.needs(Scope::StoriesRead, &[])?;
    let story = app.store.on_desk(named(&story)?).await?;
    if !may_read(program.staff(), &story) {
        return Err(ApiProblem::Forbidden);
    }
    Ok(Json(Whole::of(&app, &story)))
}

/// A time out of a cursor.
///
/// # Errors
/// [`ApiProblem::Malformed`] when it is none.
pub fn time(ms: i64) -> Result<Timestamp, ApiProblem> {
    let wrong = |_| ApiProblem::Malformed("?cursor".into(), "no cursor of this list".into());
    Timestamp::from_millisecond(ms).map_err(wrong)
}

impl Line {
    fn of(line: StoryLine) -> Self {
        Self {
            id: line.id.short(),
            headline: line.headline,
            kind: line.kind.key().to_owned(),
            state: line.state,
            slug: line.slug,
            comments: line.comments.key().to_owned(),
            touched_at: line.touched_at.to_string(),
        }
    }
}

impl Whole {
    /// A story as it is written now.
    pub fn of(app: &App, story: &OnDesk) -> Self {
        let typed = TypedStory::of(&story.text);
        let (state, was, comments) = match &story.story {
            Story::Draft(draft) => ("draft", None, draft.comments),
            Story::Published(published) => ("published", Some(published), published.comments),
            Story::Withdrawn(withdrawn) => ("withdrawn", Some(&withdrawn.was), withdrawn.was.comments),
        };
        Self {
            id: story.story.id().short(),
            state: state.to_owned(),
            version: story.version,
            pending: story.pending,
            kind: typed.kind,
            kicker: typed.kicker,
            headline: typed.headline,
            standfirst: typed.standfirst,
            dateline: typed.dateline,
            body: write_text_form(&story.text.body),
            section: story.text.section.map(SectionId::short),
            tags: typed.tags,
            bylines: typed.bylines,
            language: typed.language,
            comments: comments.key().to_owned(),
            url: was.map(|was| address::whole(&app.paper, &address::story(&was.slug))),
            published_at: was.map(|was| was.published_at.to_string()),
            updated_at: was.and_then(|was| was.updated_at).map(|at| at.to_string()),
        }
    }
}
