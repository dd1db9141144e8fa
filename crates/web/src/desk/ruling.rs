//! A person decides about a comment, and may undo it.

use super::around::Around;
use super::done::Done;
use super::one::One;
use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::comments::{WantsFragment, fragment};
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::Page;
use crate::rendered::Rendered;
use arabic::runs::clusters;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State as CommentState};
use newsroom::{CommentId, RulingId, StoryId};
use serde::Deserialize;
use store::StoreError;
use store::queue::{HELD_BACK, ORDERED, QueueEntry, REWRITTEN, SENT_BEFORE};

/// No comment has these words.
pub const NOTHING_READ: Revision = Revision(-1);

/// Grapheme clusters of what is written for colleagues beside a ruling; the forms' fields take no more.
pub const MOST_WHY: usize = 1_000;
/// What a form with a mistake is told.
pub const WHY_TOO_LONG: &str = "desk.why-long";
const REASON_MISSING: &str = "desk.reason-missing";

/// A ruling as the card's form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RulingForm {
    story: String,
    comment: String,
    /// The state in which the moderator saw the comment.
    state: String,
    /// The words that the moderator read; anything else than a number is no reading.
    revision: String,
    act: String,
    reason: String,
    why: String,
    /// The name that the browser gave this press of a button, so that it can be sent twice; empty where there is no script.
    sent_as: String,
}

/// Which ruling is undone, and where to go on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UndoForm {
    story: String,
    /// `log`, or anything else for the queue.
    back: String,
}

/// `POST /desk/rulings`.
pub async fn rule(
    moderator: Moderator,
    wants: WantsFragment,
    State(app): State<App>,
    Form(form): Form<RulingForm>,
) -> Result<Response, PageError> {
    let (story, comment) = form.about()?;
    moderator.answers_for(&app, story).await?;
    let entry = app.store.queue_entry(story, comment).await?;
    let act = act_name(&form.sent_as)?;
    if let Some(made) = already(&app, act, &entry).await? {
        return done(&app, &made, &entry.name, wants).await;
    }
    if entry.state.key() != form.state {
        return back(&app, &moderator, entry, &form, "desk.overtaken", wants).await;
    }
    let read = form.revision.parse().unwrap_or(NOTHING_READ);
    if read != entry.revision {
        return back(&app, &moderator, entry, &form, "desk.rewritten", wants).await;
    }
    if clusters(&form.why) > MOST_WHY {
        return back(&app, &moderator, entry, &form, WHY_TOO_LONG, wants).await;
    }
    let Some(decision) = form.decision(&entry)? else {
        return back(&app, &moderator, entry, &form, REASON_MISSING, wants).await;
    };
    let ruling = form.ruling(&app, &moderator, &entry, decision);
    let ruled = match act {
        Some(act) => app.store.rule_in_act(&ruling, read, act).await,
        None => app.store.rule(&ruling, read).await,
    };
    match ruled {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(why)) if why == SENT_BEFORE => {
            let made = already(&app, act, &entry).await?.ok_or(PageError::Overtaken)?;
            return done(&app, &made, &entry.name, wants).await;
        }
        Err(StoreError::Conflict(why)) => {
            let notice = match why.as_str() {
                "escalated" => "desk.not-alone",
                REWRITTEN => "desk.rewritten",
                HELD_BACK => "desk.held-back",
                ORDERED => "desk.ordered",
                _ => "desk.overtaken",
            };
            let entry = app.store.queue_entry(story, comment).await?;
            return back(&app, &moderator, entry, &form, notice, wants).await;
        }
        Err(error) => return Err(error.into()),
    }
    done(&app, &ruling, &entry.name, wants).await
}

/// The name of an act, as browsers make them; none where there is none.
pub fn act_name(name: &str) -> Result<Option<&str>, PageError> {
    let fits = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match (name.is_empty(), fits) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(name)),
        (false, false) => Err(PageError::BadRequest("no name of an act")),
    }
}

/// The ruling that this act has made already: the browser did not hear the answer and has sent it again.
async fn already(app: &App, act: Option<&str>, entry: &QueueEntry) -> Result<Option<Ruling>, StoreError> {
    let Some(act) = act else { return Ok(None) };
    let about = (entry.story, entry.comment);
    match app.store.ruling_of_act(act, about).await? {
        Some(ruling) => app.store.ruling(ruling).await.map(Some),
        None => Ok(None),
    }
}

/// `POST /desk/rulings/{ruling}/undo`.
pub async fn undo(
    moderator: Moderator,
    Path(ruling): Path<String>,
    wants: WantsFragment,
    State(app): State<App>,
    Form(form): Form<UndoForm>,
) -> Result<Response, PageError> {
    let ruling = RulingId::from_short(&ruling).ok_or(PageError::NotFound)?;
    let story = StoryId::from_short(&form.story).ok_or(PageError::NotFound)?;
    moderator.answers_for(&app, story).await?;
    let happening = app.store.undo(ruling, story, moderator.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    let comment = happening.what.comment().filter(|_| wants.0);
    let Some(comment) = comment else {
        return Ok(Redirect::to(if form.back == "log" { "/desk/log" } else { "/desk" }).into_response());
    };
    let entry = app.store.queue_entry(story, comment).await?;
    let card = Around::of(&app, &moderator).await?.card(&app, entry).await?;
    Ok(fragment(StatusCode::OK, Rendered::of(&card)?))
}

async fn done(app: &App, ruling: &Ruling, name: &str, wants: WantsFragment) -> Result<Response, PageError> {
    if !wants.0 {
        return Ok(Redirect::to(&format!("/desk?done={}", ruling.id)).into_response());
    }
    let t = Frame::bare(app, app.now()).t;
    Ok(fragment(StatusCode::OK, Rendered::of(&Done::new(t, ruling, name))?))
}

/// The comment as it is now, with what the moderator had typed and why nothing was done.
async fn back(
    app: &App,
    moderator: &Moderator,
    entry: QueueEntry,
    form: &RulingForm,
    notice: &str,
    wants: WantsFragment,
) -> Result<Response, PageError> {
    let (frame, shell) = Shell::of_moderator(app, moderator, "waiting").await?;
    let typed_wrong = [REASON_MISSING, WHY_TOO_LONG].contains(&notice);
    let status = if typed_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
    let state = frame.t.s(&format!("state.{}", entry.state.key()));
    let notice = frame.t.with(notice, 1, &[("state", &state)]);
    let card = Around::of(app, moderator).await?.card(app, entry).await?;
    let card = Rendered::of(&card.back(notice, form.why.clone()))?;
    if wants.0 {
        return Ok(fragment(status, card));
    }
    Ok(Page::private(&One::new(frame, shell, card))?.with_status(status).into_response())
}

impl RulingForm {
    fn about(&self) -> Result<(StoryId, CommentId), PageError> {
        let ids = StoryId::from_short(&self.story).zip(CommentId::from_short(&self.comment));
        ids.ok_or(PageError::BadRequest("no such comment"))
    }

    /// What was decided; none when a reason is missing. What is public stays shown as it is, but for what was asked.
    fn decision(&self, entry: &QueueEntry) -> Result<Option<Decision>, PageError> {
        let public = entry.state == CommentState::Released;
        let (collapsed, links) = (public && entry.collapsed, public && entry.links);
        let reason = RefusalReason::from_key(&self.reason)
            .filter(|reason| !reason.is_explained_to_author() || !self.why.trim().is_empty());
        Ok(match (self.act.as_str(), entry.state) {
            ("release", _) => Some(Decision::Release { collapsed, links }),
            ("release-collapsed", _) => Some(Decision::Release { collapsed: true, links }),
            ("release-links", _) => Some(Decision::Release { collapsed, links: true }),
            ("unfold", CommentState::Released) => Some(Decision::Release { collapsed: false, links }),
            ("unlink", CommentState::Released) => Some(Decision::Release { collapsed, links: false }),
            ("refuse", CommentState::Released) => reason.map(|reason| Decision::TakeDown { reason }),
            ("refuse", _) => reason.map(|reason| Decision::Refuse { reason }),
            _ => return Err(PageError::BadRequest("no such ruling")),
        })
    }

    fn ruling(&self, app: &App, moderator: &Moderator, entry: &QueueEntry, decision: Decision) -> Ruling {
        let at = app.now();
        Ruling {
            id: RulingId(app.store.id(at)),
            story: entry.story,
            comment: entry.comment,
            decision,
            by: RuledBy::Staff(moderator.staff.id),
            at,
            why: self.why.replace('\0', "").trim().to_owned(),
        }
    }
}
