//! `POST /desk/stories`: a new story, in the hands of whoever begins it.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use axum::extract::State;
use axum::response::Redirect;
use newsroom::StoryId;
use newsroom::byline::Byline;
use newsroom::story::{Draft, StoryText, Work};

/// Begins one and leads to where it is written. Whoever is bound to one section writes for it.
pub async fn begin(writer: Writer, State(app): State<App>) -> Result<Redirect, PageError> {
    let now = app.now();
    let section = writer.sections().and_then(|sections| sections.first().copied());
    let text = StoryText {
        section,
        language: app.to_readers().paper.writing.language.into(),
        bylines: Byline::new(&writer.staff.name, None).into_iter().collect(),
        ..StoryText::default()
    };
    let draft = Draft { id: StoryId(app.store.id(now)), text, comments: Default::default(), begun_at: now };
    let work = Work { begun_by: Some(writer.staff.id), ..Work::default() };
    let happening = app.store.begin_story(&draft, &work, writer.staff.id, now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/stories/{}/edit", draft.id)))
}
