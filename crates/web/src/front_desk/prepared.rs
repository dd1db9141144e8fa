//! The draft as it stands, and steps on it: whoever takes one names the version that they read.

use super::change::ReadForm;
use super::show::{self, Notice};
use crate::app::App;
use crate::error::PageError;
use crate::guard::Member;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::front::{Change, Impossible, Layout};
use newsroom::{SectionId, StaffId};
use store::front::{FrontDraft, SavedDraft};

/// The page that is being prepared, whoever began it.
pub(super) struct Prepared {
    pub(super) layout: Layout,
    pub(super) draft: FrontDraft,
}

impl Prepared {
    pub(super) async fn now(app: &App) -> Result<Self, PageError> {
        let draft = app.store.front_draft().await?;
        let sections: Vec<SectionId> = app.store.sections().await?.into_iter().map(|section| section.id).collect();
        let layout = match draft.layout.clone() {
            Some(layout) => layout.of_sections(&sections),
            None => app.store.standard_front().await?,
        };
        Ok(Self { layout, draft })
    }
}

/// What became of a step.
pub(super) enum Taken {
    Kept,
    Refused(Impossible),
    /// Somebody else saved since the page was read.
    Overtaken,
}

/// A form that can be sent again over what somebody else saved: where it goes, and its fields without the version.
pub(super) struct Again {
    pub(super) action: String,
    pub(super) fields: Vec<(&'static str, String)>,
}

impl Again {
    /// The same, from somebody who was told which launch readers have now.
    pub(super) fn told_of(mut self, launch: &str) -> Self {
        self.fields.retain(|(name, _)| !["seen", "over"].contains(name));
        self.fields.extend(["seen", "over"].map(|name| (name, launch.to_owned())));
        self
    }

    /// It gives a page to the clock.
    pub(super) fn is_timed(&self) -> bool {
        self.fields.iter().any(|(name, value)| *name == "act" && value == "later")
    }
}

/// A step after which changes are lost that somebody saved: the keys of what is asked, and of the button that says yes.
pub(super) type Question = (&'static str, &'static str);

/// Asks before changes are lost; nothing where the draft that was read has none, or the form says that it is meant.
pub(super) async fn asks(
    app: &App,
    editor: &Member,
    form: &ReadForm,
    (question, yes): Question,
    mut again: Again,
) -> Result<Option<Response>, PageError> {
    let draft = app.store.front_draft().await?;
    if form.sure == "yes" || draft.saved.is_none() || draft.version != form.read {
        return Ok(None);
    }
    again.fields.push(("sure", "yes".to_owned()));
    let page = show::page(app, editor, Notice::Sure(question, yes, again)).await?;
    Ok(Some(page.into_response()))
}

/// Takes a step on the draft that was read.
pub(super) async fn take(
    app: &App,
    by: StaffId,
    read: i64,
    step: impl FnOnce(&Layout) -> Result<Change, Impossible>,
) -> Result<Taken, PageError> {
    let prepared = Prepared::now(app).await?;
    if prepared.draft.version != read {
        return Ok(Taken::Overtaken);
    }
    let changed = step(&prepared.layout).and_then(|change| prepared.layout.with(change));
    match changed {
        Err(why) => Ok(Taken::Refused(why)),
        Ok(layout) => keep(app, &layout, read, by).await,
    }
}

/// Keeps a whole layout as the draft.
pub(super) async fn keep(app: &App, layout: &Layout, read: i64, by: StaffId) -> Result<Taken, PageError> {
    Ok(match app.store.save_front_draft(layout, read, by, app.now()).await? {
        SavedDraft::Kept(_) => Taken::Kept,
        SavedDraft::Overtaken => Taken::Overtaken,
    })
}

/// Leads on after a step; or shows the draft as it is now, with what was wanted and could not be.
pub(super) async fn answer(
    app: &App,
    editor: &Member,
    taken: Taken,
    again: Again,
    to: &str,
) -> Result<Response, PageError> {
    let (notice, status) = match taken {
        Taken::Kept => return Ok(Redirect::to(to).into_response()),
        Taken::Refused(why) => (Notice::Problem(why.key()), StatusCode::UNPROCESSABLE_ENTITY),
        Taken::Overtaken => (Notice::Overtaken(again), StatusCode::CONFLICT),
    };
    Ok(show::page(app, editor, notice).await?.with_status(status).into_response())
}
