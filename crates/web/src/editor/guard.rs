//! A story in the hands of somebody who may write on it.

use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use newsroom::StoryId;
use newsroom::people::{May, Staff};
use newsroom::story::Story;
use serde::Deserialize;
use store::stories::OnDesk;

/// The story that an address names: one on which whoever asks may write.
#[derive(Debug)]
pub struct Written(pub OnDesk);

/// The story that an address names: one that whoever asks may read, in whatever state.
#[derive(Debug)]
pub struct Seen(pub OnDesk);

/// The story that an address names: one that whoever asks answers for, whoever has it in hand. For what decides about it.
#[derive(Debug)]
pub struct Answered(pub OnDesk);

/// The story that an address names: one where whoever asks may take ideas. Whether it is an idea, and nobody has it, is asked
/// when it is taken.
#[derive(Debug)]
pub struct Offered(pub OnDesk);

/// The part of an address that names the story, also where more stands behind it.
#[derive(Debug, Deserialize)]
struct Named {
    id: String,
}

/// Whether somebody may read it before readers do: the desk in its sections, others what is in their own hands, and ideas
/// that they may take.
pub fn may_read(staff: &Staff, story: &OnDesk) -> bool {
    let desk = staff.role.may(May::ReadStories) && staff.answers_for(story.text.section);
    let own = staff.role.may(May::WriteStories) && story.work.is_in_hands_of(staff.id);
    desk || own || may_take(staff, story)
}

/// Whether it is an idea that somebody may take.
pub fn may_take(staff: &Staff, story: &OnDesk) -> bool {
    matches!(story.story, Story::Draft(_)) && story.work.may_be_taken_by(staff, story.text.section)
}

/// Whether it stands in a section that somebody of the desk answers for.
pub fn may_decide(staff: &Staff, story: &OnDesk) -> bool {
    staff.role.may(May::ReadStories)
        && staff.answers_for(story.story.text().section)
        && staff.answers_for(story.text.section)
}

/// Whether somebody may write on it.
pub fn may_write(staff: &Staff, story: &OnDesk) -> bool {
    let public = !matches!(story.story, Story::Draft(_));
    may_read(staff, story) && story.work.may_be_written_by(staff, public)
}

async fn named(parts: &mut Parts, app: &App, may: fn(&Staff, &OnDesk) -> bool) -> Result<OnDesk, PageError> {
    let Path(Named { id }) = Path::<Named>::from_request_parts(parts, app).await.map_err(|_| PageError::NotFound)?;
    let id = StoryId::from_short(&id).ok_or(PageError::NotFound)?;
    // The handler's own guard stands before it in the signature; this asks again, and never for less.
    let writer = Writer::from_request_parts(parts, app).await.map_err(|_| PageError::Forbidden)?;
    let story = app.store.on_desk(id).await?;
    if may(&writer.staff, &story) { Ok(story) } else { Err(PageError::Forbidden) }
}

impl FromRequestParts<App> for Written {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        named(parts, app, may_write).await.map(Self)
    }
}

impl FromRequestParts<App> for Answered {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        named(parts, app, may_decide).await.map(Self)
    }
}

impl FromRequestParts<App> for Offered {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let takes = |staff: &Staff, story: &OnDesk| story.work.is_offered_to(staff, story.text.section);
        named(parts, app, takes).await.map(Self)
    }
}

impl FromRequestParts<App> for Seen {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        named(parts, app, may_read).await.map(Self)
    }
}
