//! One update at the desk: put right, or removed with a reason.

use super::desk::{in_the_way, to_desk};
use super::form::{EntryForm, RemovalForm};
use super::page::{facts, wrong};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::editor::Answered;
use crate::error::PageError;
use crate::guard::{Editor, Member};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::live::{EntryProblem, MOST_CLUSTERS, reason};
use newsroom::{LiveEntryId, StoryId};
use store::StoreError;
use store::live::{DeskEntry, EarlierText};

/// Earlier texts that are shown.
const EARLIER: u32 = 20;

#[derive(Template)]
#[template(path = "coverage/entry_desk.html")]
struct EntryDesk {
    frame: Frame,
    shell: Shell,
    id: StoryId,
    entry: DeskEntry,
    facts: String,
    refused: Option<&'static str>,
    form: EntryForm,
    problems: Vec<EntryProblem>,
    why: String,
    wrong_why: Option<String>,
    /// What it said before, with whose it was.
    earlier: Vec<(EarlierText, String)>,
}

/// What was tried.
#[derive(Default)]
struct Tried {
    form: Option<EntryForm>,
    problems: Vec<EntryProblem>,
    refused: Option<&'static str>,
    why: String,
    /// The key of what is wrong with it, and by how much.
    wrong_why: Option<(&'static str, usize)>,
}

/// `GET /desk/stories/{id}/live/entries/{entry}`.
pub async fn edit(
    editor: Editor,
    story: Answered,
    Path((_, entry)): Path<(String, String)>,
    State(app): State<App>,
) -> Answer {
    page(&app, &editor, named(&story, &entry)?, Tried::default()).await
}

/// `POST /desk/stories/{id}/live/entries/{entry}`: puts it right, for readers to see.
pub async fn change(
    editor: Editor,
    story: Answered,
    Path((_, entry)): Path<(String, String)>,
    State(app): State<App>,
    Form(form): Form<EntryForm>,
) -> Result<Response, PageError> {
    let which = named(&story, &entry)?;
    let new = match form.check() {
        Ok(new) => new,
        Err(problems) => {
            let page = page(&app, &editor, which, Tried { form: Some(form), problems, ..Tried::default() }).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let read = form.read.parse().unwrap_or(-1);
    match app.store.change_live_entry(which, read, &new, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell_each(&app, happening.as_slice()).await,
        Err(error) => {
            let refused = Some(in_the_way(error)?);
            let page = page(&app, &editor, which, Tried { form: Some(form), refused, ..Tried::default() }).await?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
    }
    Ok(to_desk(which.0, "changed"))
}

/// `POST /desk/stories/{id}/live/entries/{entry}/removal`: readers see that there was one. One that is removed stays so.
pub async fn remove(
    editor: Editor,
    story: Answered,
    Path((_, entry)): Path<(String, String)>,
    State(app): State<App>,
    Form(form): Form<RemovalForm>,
) -> Result<Response, PageError> {
    let which = named(&story, &entry)?;
    let why = match reason(&form.why) {
        Ok(why) => why,
        Err(problem) => {
            let wrong_why = Some((problem.key(), problem.over()));
            let page = page(&app, &editor, which, Tried { why: form.why, wrong_why, ..Tried::default() }).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    match app.store.remove_live_entry(which, &why, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(to_desk(which.0, "removed"))
}

fn named(story: &Answered, entry: &str) -> Result<(StoryId, LiveEntryId), PageError> {
    Ok((story.0.story.id(), LiveEntryId::from_short(entry).ok_or(PageError::NotFound)?))
}

async fn page(app: &App, member: &Member, (id, entry): (StoryId, LiveEntryId), tried: Tried) -> Answer {
    let entry = app.store.live_entry_of_desk(id, entry).await?.ok_or(PageError::NotFound)?;
    let (frame, shell) = Shell::of_member(app, member, "stories").await?;
    let earlier = app.store.earlier_live_texts(entry.id, EARLIER).await?.into_iter().map(|text| {
        let time = when(&frame.t, &app.paper, text.at);
        let facts = frame.t.with("coverage.written-by", 1, &[("name", &text.by), ("time", &time)]);
        (text, facts)
    });
    let kept = || EntryForm {
        headline: entry.headline.clone(),
        text: entry.text.clone(),
        important: if entry.important { "yes".to_owned() } else { String::new() },
        read: String::new(),
    };
    Page::private(&EntryDesk {
        id,
        facts: facts(app, &frame, &entry),
        refused: tried.refused,
        form: tried.form.unwrap_or_else(kept),
        problems: tried.problems,
        why: tried.why,
        wrong_why: tried.wrong_why.map(|(key, over)| frame.t.n(&format!("coverage.problem.{key}"), over)),
        earlier: earlier.collect(),
        entry,
        frame,
        shell,
    })
}

impl EntryDesk {
    /// The text that whoever typed has read: after a refusal for its own faults still the one of then.
    fn read(&self) -> String {
        if self.problems.is_empty() { self.entry.revision.to_string() } else { self.form.read.clone() }
    }

    fn wrong(&self, of_headline: bool) -> Option<String> {
        wrong(&self.frame, &self.problems, of_headline)
    }

    fn text_hint(&self) -> String {
        self.frame.t.n("coverage.text-hint", MOST_CLUSTERS)
    }

    fn refused_words(&self, refused: &str) -> String {
        self.frame.t.s(&format!("coverage.refused.{refused}"))
    }
}
