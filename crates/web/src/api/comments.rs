//! Comments as readers have them.

use super::asked::{Asked, Place};
use super::cursor::{PageQuery, cursor};
use super::problem::ApiProblem;
use super::program::Program;
use super::stories::named;
use crate::app::App;
use axum::Json;
use axum::extract::State;
use newsroom::people::Scope;
use newsroom::story::{CommentPolicy, Story};
use serde::Serialize;
use store::thread::{Sort, Stands, ThreadEntry};
use utoipa::ToSchema;

/// A place in a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    /// Its short id.
    id: String,
    /// Its number under the story: never given again.
    number: i64,
    /// The number of the comment that it stands under; its own where it stands at level one.
    root: i64,
    /// The number of the comment it answers, where that is another one.
    answers: Option<i64>,
    /// `released`, or what became of it: `withdrawn`, `taken-down`, `under-review`.
    state: String,
    /// Signed with; while it is released.
    name: Option<String>,
    /// As sent; while it is released.
    text: Option<String>,
    #[schema(format = DateTime)]
    received_at: Option<String>,
}

/// A page of a thread, first released first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentPage)]
pub struct Comments {
    items: Vec<Comment>,
    /// The cursor of the next page, where there is one.
    next: Option<String>,
    /// How many are released in the whole thread.
    released: i64,
}

/// Released comments of a public story, with the places of those that are gone.
#[utoipa::path(get, path = "/api/v1/stories/{story}/comments", tag = "comments",
    params(("story" = String, Path, description = "The story's short id"), PageQuery),
    responses((status = 200, description = "A page of the thread", body = Comments)))]
pub async fn comments(
    program: Program,
    State(app): State<App>,
    Place(story): Place<String>,
    Asked(query): Asked<PageQuery>,
) -> Result<Json<Comments>, ApiProblem> {
    program.needs(Scope::CommentsRead, &[])?;
    let (limit, after) = (query.limit()?, query.after::<2>()?);
    let Story::Published(story) = app.store.story(named(&story)?).await? else { return Err(ApiProblem::NotFound) };
    if story.comments == CommentPolicy::Hidden {
        return Err(ApiProblem::NotFound);
    }
    let after = after.map(|[root, number]| (root, number));
    let page = app.store.thread(story.id, Sort::Oldest, after, limit).await?;
    let next = page.next.map(|(root, number)| cursor([root, number]));
    let items = page.entries.into_iter().map(Comment::of).collect();
    Ok(Json(Comments { items, next, released: page.released }))
}

impl Comment {
    fn of(entry: ThreadEntry) -> Self {
        let (state, said) = match entry.stands {
            Stands::Comment { name, text, received_at, .. } => ("released", Some((name, text, received_at))),
            Stands::Withdrawn => ("withdrawn", None),
            Stands::TakenDown => ("taken-down", None),
            Stands::UnderReview => ("under-review", None),
        };
        let (name, text, received_at) = match said {
            Some((name, text, at)) => (Some(name), Some(text), Some(at.to_string())),
            None => (None, None, None),
        };
        Self {
            id: entry.id.short(),
            number: entry.number,
            root: entry.root,
            answers: entry.answers.map(|(number, _)| number),
            state: state.to_owned(),
            name,
            text,
            received_at,
        }
    }
}
