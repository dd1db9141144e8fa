//! What is looked at before a story goes public, as its page shows it: what keeps it back, what is said, what is in order.

use super::preview::again;
use super::steps::to_preview;
use super::tried::{Tried, TriedField, reason};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::editor::Answered;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::Frame;
use crate::words::Words;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::story::{Checklist, Looked, Missing, NotYet, Point, Stage, Story, Weight, Work};
use serde::Deserialize;
use store::stories::OnDesk;

/// A line of the list.
#[derive(Debug)]
pub(super) struct Check {
    /// `blocks`, `warns` or `met`.
    pub state: &'static str,
    /// What is to be done, or that it is in order.
    pub words: String,
    /// An editor may say that it is met, or take that back: which point, and whether it is ticked.
    pub tick: Option<(Point, bool)>,
}

/// A point that an editor says is met, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TickForm {
    point: String,
    /// `yes`, or it is taken back.
    met: String,
}

/// A reason of law as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HoldForm {
    why: String,
}

/// Whether the list keeps a story back, as it is written now.
pub fn keeps_back(list: &Checklist, story: &OnDesk) -> bool {
    let (missing, looked) = found(list, story);
    !missing.is_empty() || looked.iter().any(Looked::blocks)
}

fn found(list: &Checklist, story: &OnDesk) -> (Vec<Missing>, Vec<Looked>) {
    let comments = match &story.story {
        Story::Draft(draft) => Some(draft.comments),
        Story::Published(_) | Story::Withdrawn(_) => None,
    };
    (story.text.bare(), list.look(&story.text, &story.work, comments))
}

/// What is looked at before readers may have what is written on a story, in words; nothing where they have it. Of an idea there
/// is nothing to look at yet, unless somebody asked for more than that and is `refused`.
pub(super) async fn looked_at(app: &App, t: &Words, story: &OnDesk, refused: bool) -> Result<Vec<Check>, PageError> {
    let waits = match &story.story {
        Story::Draft(_) => refused || story.work.stage != Stage::Idea,
        Story::Published(_) => story.pending,
        Story::Withdrawn(_) => true,
    };
    if !waits {
        return Ok(Vec::new());
    }
    Ok(in_words(t, &app.store.checklist().await?, story))
}

/// What else a draft waits for; a reason of law is said above.
pub(super) fn not_yet(frame: &Frame, why: NotYet, work: &Work) -> Option<String> {
    match why {
        NotYet::Embargo(until) => {
            let until = when(&frame.t, frame.paper(), until);
            Some(frame.t.with("not-yet.embargo", 1, &[("time", &until)]))
        }
        NotYet::Killed => Some(frame.t.with("not-yet.killed", 1, &[("why", &work.killed_why)])),
        NotYet::LegalHold => None,
    }
}

/// The list in words, what keeps the story back first.
fn in_words(t: &Words, list: &Checklist, story: &OnDesk) -> Vec<Check> {
    let (missing, looked) = found(list, story);
    let missing = missing.into_iter().map(|what| Check { state: "blocks", words: t.s(what.key()), tick: None });
    let looked = looked.into_iter().map(|looked| {
        let (key, ticked) = (looked.point.key(), story.work.ticked.contains(&looked.point));
        let state = match (looked.left, looked.weight) {
            (0, _) => "met",
            (_, Weight::Blocks) => "blocks",
            (_, Weight::Warns | Weight::Off) => "warns",
        };
        let words = match looked.left {
            0 if ticked => t.s(&format!("check.{key}.ticked")),
            0 => t.s(&format!("check.{key}.title")),
            left => t.n(&format!("check.{key}"), left),
        };
        let may = looked.point.may_be_ticked() && (ticked || looked.left > 0);
        Check { state, words, tick: may.then_some((looked.point, ticked)) }
    });
    let mut all: Vec<Check> = missing.chain(looked).collect();
    all.sort_by_key(|check| ["blocks", "warns", "met"].iter().position(|state| *state == check.state));
    all
}

/// Why the clock could not publish a story, in words.
pub(super) fn held_up_words(t: &Words, why: &str) -> Vec<String> {
    let of = |key: &str| match key.starts_with("check.") {
        true => t.with("held.check", 1, &[("what", &t.s(&format!("{key}.title")))]),
        false => t.s(key),
    };
    why.split_whitespace().map(of).collect()
}

/// `POST /desk/stories/{id}/checks`: an editor says that a point is met, or takes that back.
pub async fn tick(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<TickForm>,
) -> Result<Redirect, PageError> {
    let point = Point::from_key(&form.point).filter(|point| point.may_be_ticked());
    let point = point.ok_or(PageError::BadRequest("no such point"))?;
    let id = story.0.story.id();
    let happening = app.store.tick_story(id, (point, form.met == "yes"), editor.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/stories/{id}#checks")))
}

/// `POST /desk/stories/{id}/hold`: nothing of it goes public from now on, for a reason of law.
pub async fn hold(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<HoldForm>,
) -> Result<Response, PageError> {
    set_hold(&app, &editor, story.0, &form, true).await
}

/// `POST /desk/stories/{id}/hold/lifting`.
pub async fn lift_hold(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<HoldForm>,
) -> Result<Response, PageError> {
    set_hold(&app, &editor, story.0, &form, false).await
}

/// Both ask why; without a reason the form comes back.
async fn set_hold(
    app: &App,
    editor: &Editor,
    story: OnDesk,
    form: &HoldForm,
    held: bool,
) -> Result<Response, PageError> {
    let why = match reason(&form.why, Some("hold.without-why")) {
        Ok(why) => why,
        Err(problem) => {
            let hold = TriedField::wrong(&form.why, problem);
            return again(app, editor, story, Tried { hold, ..Tried::default() }).await;
        }
    };
    let (id, by, now) = (story.story.id(), editor.actor(), app.now());
    let happening = match held {
        true => app.store.hold_story(id, &why, by, now).await?,
        false => app.store.lift_hold(id, &why, by, now).await?,
    };
    aftermath::tell(app, &happening).await;
    Ok(to_preview(id).into_response())
}
