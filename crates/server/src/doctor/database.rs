//! The database: whether it answers, how old its schema is, and what is special about its engine.

use super::report::Report;
use crate::settings::Settings;
use std::net::IpAddr;
use store::condition::Seen;
use store::{CopyState, Place, newest_schema};

/// PostgreSQL 14 is maintained no longer since November 2026 (<https://www.postgresql.org/support/versioning/>).
const OLDEST_MAINTAINED: u32 = 15;

/// Looks at it; what was seen, for those who look at other things by it.
pub async fn look(report: &mut Report<'_>, settings: &Settings) -> Option<Seen> {
    let place = settings.place();
    if let Place::Folder(folder) = &place
        && !folder.join("midad.db").exists()
    {
        report.warn("database", "none-yet", &[("folder", &folder.display().to_string())]);
        return None;
    }
    if let Place::Postgres(_) = &place {
        line(report, &place);
    }
    let seen = match place.look().await {
        Ok(seen) => seen,
        Err(problem) => {
            report.wrong("database", "away", &[("why", &problem.to_string())]);
            return None;
        }
    };
    let engine = match &place {
        Place::Folder(_) => format!("SQLite {}", seen.version),
        Place::Postgres(_) => format!("PostgreSQL {}", seen.version),
    };
    report.fine("database", "answers", &[("engine", &engine)]);
    schema(report, &seen);
    if seen.journal.as_deref().is_some_and(|journal| journal != "wal") {
        report.warn("database", "journal", &[("journal", seen.journal.as_deref().unwrap_or_default())]);
    }
    if matches!(place, Place::Postgres(_)) && major(&seen.version).is_some_and(|number| number < OLDEST_MAINTAINED) {
        report.warn("database", "old", &[("version", &seen.version)]);
    }
    if let Some(address) = settings.replica() {
        copy(report, &place, address).await;
    }
    Some(seen)
}

/// A paper goes on without its copy: one that is away is no harm, and one that follows nobody is never asked.
async fn copy(report: &mut Report<'_>, place: &Place, address: &str) {
    line(report, &Place::Postgres(address.to_owned()));
    match place.look_at_copy(address).await {
        Ok(CopyState::Follows { behind }) => report.fine("database", "copy", &[("bytes", &behind.to_string())]),
        Ok(CopyState::OfBefore) => report.warn("database", "copy-of-before", &[]),
        Ok(CopyState::OfAnother) => report.wrong("database", "copy-of-another", &[]),
        Ok(CopyState::OnItsOwn) => report.wrong("database", "copy-on-its-own", &[]),
        Ok(CopyState::Away(why)) => report.warn("database", "copy-away", &[("why", &why)]),
        Err(problem) => report.wrong("database", "copy-unread", &[("why", &problem.to_string())]),
    }
}

pub(super) fn schema(report: &mut Report<'_>, seen: &Seen) {
    let (done, ours) = (seen.schema.to_string(), newest_schema().to_string());
    let texts = [("schema", done.as_str()), ("ours", ours.as_str())];
    match seen.schema {
        0 => report.warn("database", "empty", &[]),
        _ if !seen.fits => report.wrong("database", "newer", &texts),
        done if done < newest_schema() => report.warn("database", "older", &texts),
        _ => report.fine("database", "schema", &texts),
    }
}

/// Whether the line to a server elsewhere is protected.
pub(super) fn line(report: &mut Report<'_>, place: &Place) {
    let Ok(environment) = place.environment() else { return };
    let of = |name: &str| environment.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    let hosts = of("PGHOST");
    let elsewhere: Vec<&str> = hosts.split(',').filter(|host| !is_here(host)).collect();
    match (elsewhere.is_empty(), of("PGSSLMODE").is_empty()) {
        (true, _) => {}
        (false, false) => report.fine("database", "protected", &[("host", hosts)]),
        (false, true) => report.warn("database", "unprotected", &[("host", hosts)]),
    }
}

/// This machine, by a name, an address or the folder of a socket.
pub fn is_here(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.is_empty()
        || host == "localhost"
        || host.starts_with('/')
        || address.is_ok_and(|address| address.is_loopback())
}

/// The first number of a version.
pub fn major(version: &str) -> Option<u32> {
    version.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
}
