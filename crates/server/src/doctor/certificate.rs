//! The paper's certificate and its key, where it ends TLS itself.

use super::report::Report;
use crate::lines::{Certificate, certificate_ends_soon, certificate_holds, certificate_is_for};
use crate::settings::Settings;
use newsroom::Timestamp;

/// Looks at them.
pub fn look(report: &mut Report<'_>, settings: &Settings) {
    let Some(file) = settings.certificate_file() else { return };
    if let Some(refusal) = settings.certificate_refused() {
        let at = refusal.at.strftime("%Y-%m-%d %H:%M").to_string();
        report.wrong("certificate", "refused", &[("at", &at), ("why", &refusal.why)]);
    }
    let name = file.display().to_string();
    if settings.asks_a_certifier() && !file.exists() {
        return report.warn("certificate", "to-come", &[("file", &name)]);
    }
    let holds = match certificate_holds(&file) {
        Ok(holds) => holds,
        Err(why) => return report.wrong("certificate", "unread", &[("file", &name), ("why", &why)]),
    };
    let key = settings.key_file().unwrap_or_else(|| file.clone());
    if Certificate::read(&name, &key.display().to_string()).is_none() {
        return report.wrong("certificate", "no-pair", &[("file", &name), ("key", &key.display().to_string())]);
    }
    let (now, (_, until)) = (Timestamp::now(), holds);
    let said = until.strftime("%Y-%m-%d").to_string();
    let texts = [("file", name.as_str()), ("until", said.as_str())];
    if until < now {
        report.wrong("certificate", "ended", &texts);
    } else if certificate_ends_soon(holds, now) {
        report.warn("certificate", "ends", &texts);
    } else {
        report.fine("certificate", "good", &texts);
    }
    if let Some(host) = settings.public_host()
        && !certificate_is_for(&file, &host)
    {
        report.wrong("certificate", "of-another", &[("file", &name), ("host", &host)]);
    }
}
