//! The paper's certificate and its key, where it ends TLS itself.

use super::report::Report;
use crate::lines::{Certificate, certificate_is_for, certificate_until};
use crate::settings::Settings;
use jiff::SignedDuration;
use newsroom::Timestamp;

/// A certificate that ends within this time should have been renewed.
const ENDS_SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Looks at them.
pub fn look(report: &mut Report<'_>, settings: &Settings) {
    let Some(file) = settings.certificate_file() else { return };
    let name = file.display().to_string();
    if settings.asks_an_authority() && !file.exists() {
        return report.warn("certificate", "to-come", &[("file", &name)]);
    }
    let until = match certificate_until(&file) {
        Ok(until) => until,
        Err(why) => return report.wrong("certificate", "unread", &[("file", &name), ("why", &why)]),
    };
    let key = settings.key_file().unwrap_or_else(|| file.clone());
    if Certificate::read(&name, &key.display().to_string()).is_none() {
        return report.wrong("certificate", "no-pair", &[("file", &name), ("key", &key.display().to_string())]);
    }
    let said = until.strftime("%Y-%m-%d").to_string();
    let texts = [("file", name.as_str()), ("until", said.as_str())];
    match until.duration_since(Timestamp::now()) {
        left if left.is_negative() => report.wrong("certificate", "ended", &texts),
        left if left < ENDS_SOON => report.warn("certificate", "ends", &texts),
        _ => report.fine("certificate", "good", &texts),
    }
    if let Some(host) = settings.public_host()
        && !certificate_is_for(&file, &host)
    {
        report.wrong("certificate", "of-another", &[("file", &name), ("host", &host)]);
    }
}
