//! An objection to a ruling: by the comment's author from their own page, or by a reporter from the page of the report. It
//! goes to the desk, where another person decides it.

mod author;
mod reporter;

#[cfg(test)]
mod tests;

pub use author::{appeal, appeal_form};
pub use reporter::{complain, complaint};

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::page::Page;
use crate::rendered::Rendered;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::comment::Side;
use newsroom::people::Visitor;
use newsroom::{ReportId, RulingId, Timestamp};
use serde::Deserialize;
use store::StoreError;
use store::appeals::NewAppeal;

/// Grapheme clusters of an objection.
const MOST_WORDS: usize = 3_000;

/// An objection as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ObjectionForm {
    text: String,
}

#[derive(Template)]
#[template(path = "appeals/form.html")]
struct ObjectionPage {
    frame: Frame,
    title: String,
    hint: String,
    action: String,
    back: String,
    about: Rendered,
    typed: String,
    problem: Option<&'static str>,
}

/// What an objection is about, and where it comes from.
struct Objection {
    side: Side,
    by: Visitor,
    ruling: RulingId,
    report: Option<ReportId>,
    action: String,
    back: String,
    about: Rendered,
}

impl Objection {
    /// The form: fresh, or with what was typed.
    async fn page(&self, app: &App, typed: String, problem: Option<&'static str>) -> Result<Page, PageError> {
        let frame = Frame::new(app, app.now()).await?;
        let days = app.paper.appeal_days;
        Page::private(&ObjectionPage {
            title: frame.t.s(&format!("appeal.title.{}", self.side.key())),
            hint: frame.t.n("appeal.hint", days),
            action: self.action.clone(),
            back: self.back.clone(),
            about: self.about.clone(),
            typed,
            problem,
            frame,
        })
    }

    /// Takes it in, or shows the form with what is wrong.
    async fn send(&self, app: &App, form: &ObjectionForm) -> Result<Response, PageError> {
        let text = form.text.replace('\0', "").trim().to_owned();
        let problem = match arabic::runs::clusters(&text) {
            0 => Some("appeal.missing"),
            length if length > MOST_WORDS => Some("appeal.long"),
            _ => None,
        };
        if problem.is_some() {
            let page = self.page(app, text, problem).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
        let at = app.now();
        let (ruling, side, by, report) = (self.ruling, self.side, self.by, self.report);
        let new = NewAppeal { ruling, side, by, report, text: text.clone(), at, due_at: due(app, at) };
        let problem = match app.store.make_appeal(&new).await {
            Ok((_, happening)) => {
                aftermath::tell(app, &happening).await;
                return Ok(Redirect::to(&self.back).into_response());
            }
            Err(StoreError::Conflict(why)) => match why.as_str() {
                "appeals" => "appeal.before",
                "late" => "appeal.late",
                "gone" => "me.text-gone",
                _ => "appeal.overtaken",
            },
            Err(error) => return Err(error.into()),
        };
        Ok(self.page(app, text, Some(problem)).await?.with_status(StatusCode::CONFLICT).into_response())
    }
}

fn due(app: &App, at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(24 * i64::from(app.paper.appeal_days))).unwrap_or(at)
}
