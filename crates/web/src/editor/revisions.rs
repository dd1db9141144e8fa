//! What a story said before, beside what it says now; and an earlier text put before the writer again.

use super::chosen::compared;
use super::diff::Part;
use super::guard::{Seen, Written, may_write};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Writer;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use newsroom::happening::What;
use newsroom::story::StoryText;
use newsroom::{StoryId, StoryRevisionId};
use serde::Deserialize;
use store::stories::{RevisionLine, Saved, Writing};

const AT_ONCE: u32 = 40;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    before: Option<String>,
}

/// The parts of the address of an earlier text.
#[derive(Debug, Deserialize)]
pub struct Which {
    revision: String,
}

struct Line {
    id: StoryRevisionId,
    by: Option<String>,
    when: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "editor/revisions.html")]
struct Revisions {
    frame: Frame,
    shell: Shell,
    id: StoryId,
    headline: String,
    lines: Vec<Line>,
    next: Option<StoryRevisionId>,
}

#[derive(Template)]
#[template(path = "editor/revision.html")]
struct Revision {
    frame: Frame,
    shell: Shell,
    id: StoryId,
    line: Line,
    theirs: Vec<Part>,
    may_restore: bool,
}

/// `GET /desk/stories/{id}/revisions`.
pub async fn list(writer: Writer, story: Seen, Query(query): Query<ListQuery>, State(app): State<App>) -> Answer {
    let id = story.0.story.id();
    let before = query.before.as_deref().and_then(StoryRevisionId::from_short);
    let found = app.store.story_revisions(id, before, AT_ONCE).await?;
    let (frame, shell) = Shell::of_member(&app, &writer, "stories").await?;
    let next = found.last().filter(|_| found.len() >= AT_ONCE as usize).map(|last| last.id);
    let lines = found.into_iter().map(|line| in_words(&app, &frame, line)).collect();
    Page::private(&Revisions { headline: story.0.text.headline, frame, shell, id, lines, next })
}

/// `GET /desk/stories/{id}/revisions/{revision}`: what it said then, beside what is written on it now.
pub async fn revision(writer: Writer, story: Seen, Path(which): Path<Which>, State(app): State<App>) -> Answer {
    let (line, said) = named(&app, story.0.story.id(), &which).await?;
    let (frame, shell) = Shell::of_member(&app, &writer, "stories").await?;
    let theirs = compared(&app, &frame, &writer, (&said, &story.0.text)).await?;
    let page = Revision {
        id: story.0.story.id(),
        line: in_words(&app, &frame, line),
        theirs,
        may_restore: may_write(&writer.staff, &story.0),
        frame,
        shell,
    };
    Page::private(&page)
}

/// `POST /desk/stories/{id}/revisions/{revision}/restoration`: what it said then is written on it now. What was written stays
/// among the earlier texts, and readers see nothing of it before it is published.
pub async fn restore(
    writer: Writer,
    story: Written,
    Path(which): Path<Which>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let story = story.0;
    let id = story.story.id();
    let (line, said) = named(&app, id, &which).await?;
    // Corrections were told to readers, and are not taken back by going back.
    let mut text = StoryText { corrections: story.text.corrections.clone(), section: story.text.section, ..said };
    // A picture that was removed from the library since is to be supplied again.
    super::pictured::with_sizes(&app, &mut text).await?;
    let writing = Writing { text, comments: super::page::policy(&story), read: story.version, on_purpose: true };
    let now = app.now();
    match app.store.save_writing(id, &writing, writer.staff.id, now).await? {
        Saved::Kept(_) => {
            let what = What::StoryRestored { story: id, revision: line.id.0 };
            let happening = app.store.note(writer.actor(), what, "", now).await?;
            aftermath::tell(&app, &happening).await;
            Ok(Redirect::to(&format!("/desk/stories/{id}/edit")))
        }
        Saved::Overtaken => Err(PageError::Overtaken),
    }
}

async fn named(app: &App, story: StoryId, which: &Which) -> Result<(RevisionLine, StoryText), PageError> {
    let revision = StoryRevisionId::from_short(&which.revision).ok_or(PageError::NotFound)?;
    Ok(app.store.story_revision(story, revision).await?)
}

fn in_words(app: &App, frame: &Frame, line: RevisionLine) -> Line {
    Line {
        id: line.id,
        when: when(&frame.t, &app.paper, line.at),
        kind: frame.t.s(&format!("revision.{}", line.kind.key())),
        by: line.by,
    }
}
