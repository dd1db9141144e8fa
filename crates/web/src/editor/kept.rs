//! `POST /desk/stories/{id}/text`: the story is kept because somebody said so, with or without a script in the page; and what
//! was noted at it in the same form, so that neither is lost by sending the other.

use super::form::StoryForm;
use super::guard::Written;
use super::page::{self, Trouble};
use super::taken_up;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use crate::newsroom_desk::{NoteForm, keep_note};
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use store::stories::Saved;

/// Keeps it and leads to where it can be looked at; or the page again with what was typed, and what is wrong.
pub async fn keep(
    writer: Writer,
    story: Written,
    State(app): State<App>,
    Form(form): Form<StoryForm>,
) -> Result<Response, PageError> {
    let story = story.0;
    let checked = match form.check(&app, &writer.staff, &story, true).await? {
        Ok(checked) => checked,
        Err(problems) => {
            let trouble = Trouble { problems, ..Trouble::default() };
            let page = page::again(&app, &writer, story, form, trouble).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let id = story.story.id();
    let saved = app.store.save_writing(id, &checked.writing, writer.staff.id, app.now()).await?;
    if let Saved::Kept(_) = saved {
        taken_up::by_writing(&app, &writer, &story, &checked.writing.text.body).await?;
        if let Some(note) = &checked.note {
            keep_note(&app, &writer, id, note).await?;
        }
    }
    match saved {
        Saved::Kept(_) if checked.amended.is_empty() => {
            Ok(Redirect::to(&format!("/desk/stories/{id}")).into_response())
        }
        Saved::Kept(version) => {
            let form = StoryForm { version, note: NoteForm::default(), ..form };
            let trouble = Trouble { amended: checked.amended, ..Trouble::default() };
            Ok(page::again(&app, &writer, app.store.on_desk(id).await?, form, trouble).await?.into_response())
        }
        Saved::Overtaken => {
            let theirs = app.store.on_desk(id).await?;
            // Whoever keeps it now has seen what the colleague wrote: it stands on the page, and among the earlier texts.
            let form = StoryForm { version: theirs.version, ..form };
            let trouble = Trouble { overtaken: true, ..Trouble::default() };
            let page = page::again(&app, &writer, theirs, form, trouble).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
    }
}
