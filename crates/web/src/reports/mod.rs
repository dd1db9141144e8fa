//! What became of a report: told at an address that only whoever sent it has. And the way in for trusted flaggers.

mod flagger;

#[cfg(test)]
mod tests;

pub use flagger::{ask, enter};

use crate::app::App;
use crate::comments::when;
use crate::guard::Receipt;
use crate::layout::{Frame, address};
use crate::me::Appealed;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::comment::{ReportOutcome, Side, open_until};
use newsroom::people::Visitor;
use serde::Deserialize;
use store::reports::ReportStatus;

/// How the reader came here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StatusQuery {
    /// `now`: straight from the form; `before`: from the form, and had reported already.
    sent: String,
}

#[derive(Template)]
#[template(path = "reports/status.html")]
struct StatusPage {
    frame: Frame,
    report: ReportStatus,
    token: String,
    sent: String,
    ground: String,
    when: String,
    /// The comment's place on the page; empty where there is nothing to read.
    story: String,
    outcome: String,
    decided: Option<String>,
    rule: Option<String>,
    /// The reporter's own objection, and how it stands.
    appeal: Option<Appealed>,
    may_complain: bool,
}

/// `GET /reports/{receipt}`.
pub async fn status(receipt: Receipt, Query(query): Query<StatusQuery>, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let (report, t) = (receipt.report, frame.t);
    let by = Visitor { id: report.visitor };
    let appeal = app.store.appeal_of(report.about, None, Side::Reporter, by).await?;
    let appeal = appeal.map(|appeal| Appealed::new(&app, t, &appeal.for_its_maker()));
    Page::private(&StatusPage {
        ground: t.s(&format!("refusal.{}", report.ground)),
        when: when(&t, &app.paper, report.at),
        story: report.slug.as_deref().map(address::story).unwrap_or_default(),
        outcome: t.s(&format!("report.outcome.{}", report.outcome.key())),
        decided: report.decided_at.map(|at| when(&t, &app.paper, at)),
        rule: report.ruling.and_then(|(_, decision)| decision.reason()).map(|r| t.s(&format!("refusal.{}", r.key()))),
        may_complain: appeal.is_none() && may_complain(&report, frame.now),
        token: receipt.token,
        sent: query.sent,
        frame,
        appeal,
        report,
    })
}

/// Nothing was done about it, by a ruling of the last six months.
fn may_complain(report: &ReportStatus, now: newsroom::Timestamp) -> bool {
    let in_time = report.decided_at.is_some_and(|at| now <= open_until(at));
    report.outcome.left_it_public() && report.ruling.is_some() && in_time
}
