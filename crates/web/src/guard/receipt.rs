//! Whoever holds the receipt of a report: an address that nobody guesses and that is written down nowhere.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use newsroom::ReportId;
use sha2::Sha256;
use std::collections::HashMap;
use store::reports::ReportStatus;

/// What the seal is over, besides the report: device keys are sealed with the same key over other bytes.
const PURPOSE: &[u8] = b"report receipt";
/// Of the seal so many bytes stand in the address.
const SEAL_BYTES: usize = 18;

/// The report whose receipt the address is.
#[derive(Debug)]
pub struct Receipt {
    /// The report, as whoever sent it may see it.
    pub report: ReportStatus,
    /// The address's last part.
    pub token: String,
}

impl FromRequestParts<App> for Receipt {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let names = Path::<HashMap<String, String>>::from_request_parts(parts, app).await;
        let token = names.ok().and_then(|Path(mut names)| names.remove("receipt")).ok_or(PageError::NotFound)?;
        let report = read(app, &token).ok_or(PageError::NotFound)?;
        Ok(Self { report: app.store.report_status(report).await?, token })
    }
}

/// The last part of the address at which a report's state is told.
pub fn receipt_of(app: &App, report: ReportId) -> String {
    let sealed = seal(app, report).map(|mac| mac.finalize().into_bytes());
    // HMAC takes keys of any length; should that ever change, an empty seal is one that no check lets pass.
    let seal = sealed.map(|seal| URL_SAFE_NO_PAD.encode(&seal[..SEAL_BYTES])).unwrap_or_default();
    format!("{report}.{seal}")
}

fn read(app: &App, token: &str) -> Option<ReportId> {
    let (report, sent) = token.split_once('.')?;
    let (report, sent) = (ReportId::from_short(report)?, URL_SAFE_NO_PAD.decode(sent).ok()?);
    if sent.len() != SEAL_BYTES {
        return None;
    }
    seal(app, report)?.verify_truncated_left(&sent).ok()?;
    Some(report)
}

fn seal(app: &App, report: ReportId) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&app.visitor_key).ok()?;
    mac.update(PURPOSE);
    mac.update(&report.0.to_be_bytes());
    Some(mac)
}
