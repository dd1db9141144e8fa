//! Somebody whose report changed nothing objects to that.

use super::{Objection, ObjectionForm};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Pace, Receipt};
use crate::page::Answer;
use crate::rendered::Rendered;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use newsroom::comment::Side;
use newsroom::people::Visitor;

/// `GET /reports/{receipt}/complaint`.
pub async fn complaint(receipt: Receipt, State(app): State<App>) -> Answer {
    objection(receipt)?.page(&app, String::new(), None).await
}

/// `POST /reports/{receipt}/complaint`.
pub async fn complain(
    _: Pace,
    receipt: Receipt,
    State(app): State<App>,
    Form(form): Form<ObjectionForm>,
) -> Result<Response, PageError> {
    objection(receipt)?.send(&app, &form).await
}

fn objection(Receipt { report, token }: Receipt) -> Result<Objection, PageError> {
    let ruling = report.ruling.filter(|_| report.outcome.left_it_public());
    let (ruling, _) = ruling.ok_or(PageError::Overtaken)?;
    Ok(Objection {
        side: Side::Reporter,
        by: Visitor { id: report.visitor },
        ruling,
        report: Some(report.id),
        action: format!("/reports/{token}/complaint"),
        back: format!("/reports/{token}"),
        about: Rendered::default(),
    })
}
