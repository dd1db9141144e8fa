//! The weekly sample: a moderator looks at decisions of others without seeing them, and the page says how far the desk
//! agrees.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::desk::{Shell, excerpt};
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use newsroom::RulingId;
use newsroom::agreement::alpha;
use newsroom::comment::RefusalReason;
use serde::Deserialize;
use store::StoreError;
use store::quality::{Looked, SecondLook, Settled, Week};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Weeks begin on a Monday: 1970-01-05 was one.
const FIRST_MONDAY: i64 = 4 * 24 * 60 * 60;
/// From here on Krippendorff draws conclusions, and tentative ones.
const FIRM: f64 = 0.8;
const TENTATIVE: f64 = 0.667;
/// Fewer pairs say nothing.
const FEWEST_PAIRS: usize = 20;

#[derive(Template)]
#[template(path = "quality/page.html")]
struct QualityPage {
    frame: Frame,
    shell: Shell,
    card: Option<SecondLook>,
    notice: Option<String>,
    agreement: String,
    apart: Vec<Apart>,
}

/// A card on which two people disagree.
struct Apart {
    looked: Looked,
    excerpt: String,
    first: String,
    second: String,
}

/// What somebody would have decided.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LookForm {
    ruling: String,
    act: String,
    reason: String,
}

/// `GET /desk/quality`.
pub async fn show(moderator: Moderator, State(app): State<App>) -> Answer {
    page(&app, &moderator, None).await
}

/// `POST /desk/quality`: a second look is kept, and the next card shown.
pub async fn look(
    moderator: Moderator,
    State(app): State<App>,
    Form(form): Form<LookForm>,
) -> Result<Response, PageError> {
    let ruling = RulingId::from_short(&form.ruling).ok_or(PageError::BadRequest("no such card"))?;
    let reason = RefusalReason::from_key(&form.reason);
    let second = match (form.act.as_str(), reason) {
        ("release", _) => None,
        ("refuse", Some(reason)) => Some(reason),
        ("refuse", None) => {
            let page = page(&app, &moderator, Some("desk.reason-missing")).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
        _ => return Err(PageError::BadRequest("no such look")),
    };
    // Only the card that is theirs to look at: not their own decision, not another section's.
    let week = last_week(app.now());
    let sections = moderator.sections().map(<[_]>::to_vec);
    let next = app.store.second_look(week.from, moderator.staff.id, sections).await?;
    if next.is_none_or(|card| card.ruling != ruling) {
        let page = page(&app, &moderator, Some("quality.overtaken")).await?;
        return Ok(page.with_status(StatusCode::CONFLICT).into_response());
    }
    match app.store.keep_second_look(ruling, second, moderator.staff.id, app.now()).await {
        Ok(()) => Ok(Redirect::to("/desk/quality").into_response()),
        Err(StoreError::Conflict(_)) => {
            let page = page(&app, &moderator, Some("quality.overtaken")).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Draws last week's sample where it is not drawn yet.
///
/// # Errors
/// When the store cannot answer.
pub async fn draw(app: &App) -> Result<(), StoreError> {
    let week = last_week(app.now());
    app.store.draw_sample(week, week.from.as_millisecond().unsigned_abs()).await.map(drop)
}

/// The last week that is over, in UTC.
pub fn last_week(now: Timestamp) -> Week {
    let seconds = now.as_second() - FIRST_MONDAY;
    let begun = seconds - seconds.rem_euclid(WEEK.as_secs()) + FIRST_MONDAY;
    let to = Timestamp::from_second(begun).unwrap_or(now);
    Week { from: to.checked_sub(WEEK).unwrap_or(to), to }
}

async fn page(app: &App, moderator: &Moderator, notice: Option<&str>) -> Answer {
    let week = last_week(app.now());
    let sections = moderator.sections().map(<[_]>::to_vec);
    let card = app.store.second_look(week.from, moderator.staff.id, sections).await?;
    let looked = app.store.looked_twice(week.from).await?;
    let (frame, shell) = Shell::of_moderator(app, moderator, "quality").await?;
    let agreement = agreement(&frame.t, &looked);
    let notice = notice.map(|key| frame.t.s(key));
    let apart = looked.into_iter().filter(|one| one.first != one.second).map(|one| Apart::new(&frame.t, one)).collect();
    Page::private(&QualityPage { frame, shell, card, notice, agreement, apart })
}

/// Let through or not, as a number and as what it can say.
fn agreement(t: &Words, looked: &[Looked]) -> String {
    let pairs = looked.iter().map(|one| (one.first.0.is_some(), one.second.0.is_some()));
    let said = match alpha(pairs) {
        _ if looked.len() < FEWEST_PAIRS => return t.n("quality.too-few", looked.len()),
        None => return t.n("quality.one-value", looked.len()),
        Some(alpha) if alpha >= FIRM => ("quality.firm", alpha),
        Some(alpha) if alpha >= TENTATIVE => ("quality.tentative", alpha),
        Some(alpha) => ("quality.weak", alpha),
    };
    t.with(said.0, looked.len() as u64, &[("alpha", &format!("{:.2}", said.1))])
}

impl Apart {
    fn new(t: &Words, looked: Looked) -> Self {
        let words = |settled: Settled| match settled.0 {
            None => t.s("quality.let-through"),
            Some(reason) => t.s(&format!("refusal.{reason}")),
        };
        Self { excerpt: excerpt(&looked.card.text), first: words(looked.first), second: words(looked.second), looked }
    }
}

impl QualityPage {
    fn reasons(&self) -> Vec<(&'static str, String)> {
        let words = |reason: RefusalReason| (reason.key(), self.frame.t.s(&format!("refusal.{}", reason.key())));
        RefusalReason::ALL.into_iter().map(words).collect()
    }
}
