//! What the staff does about a reader and writes down about one.

use super::page::{MeasureForm, VisitorQuery, is_there, page, whose};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::people::{Measure, MeasureKind, too_long};
use newsroom::{MeasureId, Timestamp, VisitorId};
use serde::Deserialize;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest measure with an end, in days.
const LONGEST: u32 = 3_650;

/// A note as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    text: String,
}

/// Why a measure is taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    visitor: String,
    why: String,
}

/// `POST /desk/visitors/{visitor}/measures`.
pub async fn take_measure(
    moderator: Moderator,
    Path(visitor): Path<String>,
    State(app): State<App>,
    Form(form): Form<MeasureForm>,
) -> Result<Response, PageError> {
    let visitor = whose(&app, VisitorId::from_short(&visitor).ok_or(PageError::NotFound)?).await?;
    let kind = MeasureKind::from_key(&form.kind).ok_or(PageError::BadRequest("no such measure"))?;
    allowed(&app, &moderator, visitor, kind).await?;
    let at = app.now();
    let measure = Measure {
        id: MeasureId(app.store.id(at)),
        visitor,
        kind,
        why: arabic::clean::line(&form.why),
        by: moderator.staff.id,
        at,
        until: until(kind, &form.days, at)?,
        acknowledged: None,
    };
    let measure = match measure.checked() {
        Ok(measure) => measure,
        Err(problem) => {
            let typed = (form, Some(problem.key()));
            let again = page(&app, &moderator, visitor, &VisitorQuery::default(), typed).await?;
            return Ok(again.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let happening = app.store.take_measure(&measure).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_the_page(visitor))
}

/// `POST /desk/measures/{measure}/lifting`.
pub async fn lift_measure(
    moderator: Moderator,
    Path(measure): Path<String>,
    State(app): State<App>,
    Form(form): Form<LiftForm>,
) -> Result<Response, PageError> {
    let measure = MeasureId::from_short(&measure).ok_or(PageError::NotFound)?;
    // One of a reader whose data are gone names nobody.
    let visitor = VisitorId::from_short(&form.visitor);
    if visitor.is_none() && !form.visitor.is_empty() {
        return Err(PageError::NotFound);
    }
    let why = arabic::clean::line(&form.why);
    if too_long(&why) {
        return Err(PageError::TooLarge);
    }
    match visitor {
        Some(visitor) => {
            let lines = app.store.measures_of(visitor).await?;
            let line = lines.iter().find(|line| line.measure.id == measure).ok_or(PageError::NotFound)?;
            allowed(&app, &moderator, visitor, line.measure.kind).await?;
        }
        None if moderator.sections().is_some() => return Err(PageError::Forbidden),
        None => {}
    }
    let happening = app.store.lift_measure(measure, moderator.actor(), &why, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(visitor.map_or_else(|| Redirect::to("/desk").into_response(), to_the_page))
}

/// `POST /desk/visitors/{visitor}/notes`.
pub async fn note_visitor(
    moderator: Moderator,
    Path(visitor): Path<String>,
    State(app): State<App>,
    Form(form): Form<NoteForm>,
) -> Result<Response, PageError> {
    let visitor = whose(&app, VisitorId::from_short(&visitor).ok_or(PageError::NotFound)?).await?;
    let text = form.text.replace('\0', "").trim().to_owned();
    if too_long(&text) {
        return Err(PageError::TooLarge);
    }
    allowed(&app, &moderator, visitor, MeasureKind::Warn).await?;
    if !text.is_empty() {
        let happening = app.store.note_visitor(visitor, moderator.staff.id, &text, app.now()).await?;
        aftermath::tell(&app, &happening).await;
    }
    Ok(to_the_page(visitor))
}

/// Whoever is bound to sections measures those who commented there.
async fn allowed(app: &App, moderator: &Moderator, visitor: VisitorId, kind: MeasureKind) -> Result<(), PageError> {
    match moderator.staff.may_measure(kind, is_there(app, moderator, visitor).await?) {
        true => Ok(()),
        false => Err(PageError::Forbidden),
    }
}

/// When a measure ends. A warning has no end: it is acknowledged.
fn until(kind: MeasureKind, days: &str, now: Timestamp) -> Result<Option<Timestamp>, PageError> {
    if kind == MeasureKind::Warn || days.is_empty() {
        return Ok(None);
    }
    let days = arabic::digits::to_western(days).trim().parse().ok().filter(|days| (1..=LONGEST).contains(days));
    let days: u32 = days.ok_or(PageError::BadRequest("no such span"))?;
    now.checked_add(DAY * days).map(Some).map_err(|_| PageError::BadRequest("no such span"))
}

fn to_the_page(visitor: VisitorId) -> Response {
    Redirect::to(&format!("/desk/visitors/{visitor}")).into_response()
}
