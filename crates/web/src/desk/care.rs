//! What a moderator does beside deciding: gives a comment to somebody, asks for a second opinion, writes a note, says that a
//! finding is wrong, chooses a comment for the paper; and takes each of it back.

use super::around::Around;
use super::one::One;
use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::comments::{WantsFragment, fragment};
use crate::error::PageError;
use crate::guard::Moderator;
use crate::likeness::near_comments;
use crate::page::Page;
use crate::rendered::Rendered;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::happening::Happening;
use newsroom::people::May;
use newsroom::{CommentId, StaffId, StoryId};
use serde::Deserialize;
use store::StoreError;

/// A note has at most so many letters.
const LONGEST_NOTE: usize = 2_000;

/// An act as the card's forms send it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CareForm {
    story: String,
    comment: String,
    act: String,
    /// To whom a comment is given; empty: to oneself.
    to: String,
    note: String,
    /// The key of the reason of a finding.
    reason: String,
}

/// `POST /desk/care`.
pub async fn care(
    moderator: Moderator,
    wants: WantsFragment,
    State(app): State<App>,
    Form(form): Form<CareForm>,
) -> Result<Response, PageError> {
    let ids = StoryId::from_short(&form.story).zip(CommentId::from_short(&form.comment));
    let (story, comment) = ids.ok_or(PageError::BadRequest("no such comment"))?;
    moderator.answers_for(&app, story).await?;
    let notice = match carry_out(&app, &moderator, (story, comment), &form).await? {
        Ok(happening) => {
            aftermath::tell(&app, &happening).await;
            None
        }
        Err(StoreError::Conflict(_)) => Some("desk.overtaken"),
        Err(error) => return Err(error.into()),
    };
    if !wants.0 && notice.is_none() {
        return Ok(Redirect::to(&format!("/desk/comments/{story}/{comment}")).into_response());
    }
    let entry = app.store.queue_entry(story, comment).await?;
    let around = Around::of(&app, &moderator).await?;
    let state = around.t.s(&format!("state.{}", entry.state.key()));
    let mut card = around.card(&app, entry).await?;
    let status = if notice.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    if let Some(notice) = notice {
        card = card.back(around.t.with(notice, 1, &[("state", &state)]), String::new());
    }
    let card = Rendered::of(&card)?;
    if wants.0 {
        return Ok(fragment(status, card));
    }
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "waiting").await?;
    Ok(Page::private(&One::new(frame, shell, card))?.with_status(status).into_response())
}

/// `GET /desk/comments/{story}/{comment}`: one card, whatever has become of the comment.
pub async fn one(
    moderator: Moderator,
    Path((story, comment)): Path<(String, String)>,
    wants: WantsFragment,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let ids = StoryId::from_short(&story).zip(CommentId::from_short(&comment));
    let (story, comment) = ids.ok_or(PageError::NotFound)?;
    moderator.answers_for(&app, story).await?;
    let entry = app.store.queue_entry(story, comment).await?;
    let around = Around::of(&app, &moderator).await?;
    if wants.0 {
        return Ok(fragment(StatusCode::OK, Rendered::of(&around.card(&app, entry).await?)?));
    }
    let near = near_comments(&app, &moderator, &entry).await?;
    let card = Rendered::of(&around.card(&app, entry).await?)?;
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "waiting").await?;
    Ok(Page::private(&One::new(frame, shell, card).beside(near))?.into_response())
}

async fn carry_out(
    app: &App,
    moderator: &Moderator,
    about: (StoryId, CommentId),
    form: &CareForm,
) -> Result<Result<Happening, StoreError>, PageError> {
    let (by, now) = (moderator.actor(), app.now());
    let note = form.note()?;
    Ok(match form.act.as_str() {
        "assign" => app.store.assign(about, Some(form.whom(app, moderator).await?), by, now).await,
        "unassign" => app.store.assign(about, None, by, now).await,
        "escalate" => {
            let alone = moderator.staff.role.may(May::ManageStaff);
            app.store.escalate(about, (moderator.staff.id, alone), &note, now).await
        }
        "take-escalation-back" => {
            let entry = app.store.queue_entry(about.0, about.1).await?;
            let asked = entry.escalated.ok_or(PageError::Overtaken)?;
            // Whoever asked alone, or whoever may settle it anyway: the question is not to be swept away by it.
            if asked.by != moderator.staff.id && !moderator.staff.role.may(May::ManageStaff) {
                return Err(PageError::Forbidden);
            }
            app.store.take_back_escalation(about, by, now).await
        }
        "note" if note.is_empty() => return Err(PageError::BadRequest("an empty note")),
        "note" => app.store.note_comment(about, &note, by, now).await,
        "dispute" | "agree" => {
            let entry = app.store.queue_entry(about.0, about.1).await?;
            let found = entry.verdict.findings.iter().any(|finding| finding.reason.key() == form.reason);
            if !found {
                return Err(PageError::BadRequest("no such finding"));
            }
            app.store.dispute(about, (&form.reason, form.act == "dispute"), by, now).await
        }
        "feature" => app.store.feature(about, true, by, now).await,
        "unfeature" => app.store.feature(about, false, by, now).await,
        _ => return Err(PageError::BadRequest("no such act")),
    })
}

impl CareForm {
    fn note(&self) -> Result<String, PageError> {
        let note = self.note.replace('\0', "").trim().to_owned();
        match note.chars().nth(LONGEST_NOTE) {
            Some(_) => Err(PageError::TooLarge),
            None => Ok(note),
        }
    }

    /// To whom it is given: somebody who may rule on it.
    async fn whom(&self, app: &App, moderator: &Moderator) -> Result<StaffId, PageError> {
        if self.to.is_empty() {
            return Ok(moderator.staff.id);
        }
        let to = StaffId::from_short(&self.to).ok_or(PageError::BadRequest("nobody"))?;
        let staff = app.store.staff_at_work().await?;
        let may = staff.iter().any(|somebody| somebody.id == to && somebody.role.may(May::Moderate));
        if may { Ok(to) } else { Err(PageError::BadRequest("nobody")) }
    }
}
