//! Whoever holds the receipt of a report or of an erasure: an address that nobody guesses and that is written down nowhere.

use super::Seal;
use crate::app::App;
use crate::error::PageError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use newsroom::{ErasureId, ReportId};
use std::collections::HashMap;
use store::erasures::Erasure;
use store::reports::ReportStatus;

/// What the seal is over, besides the report.
const REPORT: &[u8] = b"report receipt";
const ERASURE: &[u8] = b"erasure receipt";

/// The report whose receipt the address is.
#[derive(Debug)]
pub struct Receipt {
    /// The report, as whoever sent it may see it.
    pub report: ReportStatus,
    /// The address's last part.
    pub token: String,
}

/// The erasure whose receipt the address is: it outlives the device key of whoever asked.
#[derive(Debug)]
pub struct ErasureReceipt(pub Erasure);

impl FromRequestParts<App> for Receipt {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let token = named(parts, app, "receipt").await?;
        let report = read(app, REPORT, &token).map(ReportId).ok_or(PageError::NotFound)?;
        Ok(Self { report: app.store.report_status(report).await?, token })
    }
}

impl FromRequestParts<App> for ErasureReceipt {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let token = named(parts, app, "erasure").await?;
        let erasure = read(app, ERASURE, &token).map(ErasureId).ok_or(PageError::NotFound)?;
        Ok(Self(app.store.erasure(erasure).await?))
    }
}

/// The last part of the address at which a report's state is told.
pub fn receipt_of(app: &App, report: ReportId) -> String {
    write(app, REPORT, report.0)
}

/// The last part of the address at which it is told how far an erasure is.
pub fn erasure_receipt(app: &App, erasure: ErasureId) -> String {
    write(app, ERASURE, erasure.0)
}

async fn named(parts: &mut Parts, app: &App, name: &str) -> Result<String, PageError> {
    let names = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
    names.ok().and_then(|Path(mut names)| names.remove(name)).ok_or(PageError::NotFound)
}

fn write(app: &App, purpose: &[u8], id: i64) -> String {
    format!("{}.{}", ReportId(id), Seal::over(app, purpose, &[&id.to_be_bytes()]).short())
}

fn read(app: &App, purpose: &[u8], token: &str) -> Option<i64> {
    let (id, sent) = token.split_once('.')?;
    let ReportId(id) = ReportId::from_short(id)?;
    Seal::over(app, purpose, &[&id.to_be_bytes()]).matches_short(sent).then_some(id)
}
