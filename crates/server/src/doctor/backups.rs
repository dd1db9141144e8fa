//! Backups: whether they are set, whether they come, and whether what makes them is here.

use super::database::major;
use super::report::Report;
use crate::backup::{self, Step, dump_version};
use crate::computer::disk;
use crate::settings::Settings;
use jiff::SignedDuration;
use newsroom::Timestamp;
use rustix::fs::{Access, access};
use std::path::Path;
use store::Place;
use store::condition::Seen;
use web::Words;

/// Where nobody says how often one is made, one that is older than this deserves a look.
const OLD: SignedDuration = SignedDuration::from_hours(8 * 24);

/// Looks at them.
pub async fn look(report: &mut Report<'_>, settings: &Settings, seen: Option<&Seen>, t: &Words) {
    let Some(folder) = settings.backup_folder() else { return report.warn("backup", "none-set", &[]) };
    let name = folder.display().to_string();
    let every = settings.backup_plan(t).ok().flatten().map(|plan| plan.every);
    if every.is_none() {
        report.warn("backup", "by-hand", &[("folder", &name)]);
    }
    if disk::nearest(&folder).is_none_or(|nearest| access(&nearest, Access::WRITE_OK | Access::EXEC_OK).is_err()) {
        report.wrong("backup", "unwritable", &[("folder", &name)]);
    }
    newest(report, &folder, every);
    bucket(report, settings, t);
    if matches!(settings.place(), Place::Postgres(_)) {
        programs(report, seen, t).await;
    }
}

/// The newest that was proved, and what has gone wrong since.
pub fn newest(report: &mut Report<'_>, folder: &Path, every: Option<SignedDuration>) {
    let (name, noted) = (folder.display().to_string(), backup::noted(folder));
    let Some(proved) = noted.proved else { return report.warn("backup", "none-yet", &[("folder", &name)]) };
    let at = proved.at.to_string();
    let texts = [("folder", name.as_str()), ("at", at.as_str())];
    match Timestamp::now().duration_since(proved.at) > every.map_or(OLD, |every| every * 2) {
        true => report.warn("backup", "old", &texts),
        false => report.fine("backup", "proved", &texts),
    }
    if let Some(failed) = noted.failed.filter(|failed| failed.at > proved.at) {
        let case = match failed.step {
            Step::Making => "failed",
            Step::Carrying => "not-carried",
        };
        report.warn("backup", case, &[("at", &failed.at.to_string()), ("why", &failed.why)]);
    }
}

/// Whoever has the bucket can read what is not encrypted there. A setting that does not fit is told with the others.
fn bucket(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    let Ok(Some(bucket)) = settings.backup_bucket(t) else { return };
    let texts = [("bucket", bucket.name())];
    match settings.backup_keys().is_empty() {
        true => report.warn("backup", "bucket-open", &texts),
        false => report.fine("backup", "bucket", &texts),
    }
}

/// Those of PostgreSQL itself, no older than the server.
async fn programs(report: &mut Report<'_>, seen: Option<&Seen>, t: &Words) {
    let server = seen.and_then(|seen| major(&seen.version)).unwrap_or_default();
    match dump_version(t).await {
        Err(problem) => report.wrong("backup", "no-program", &[("why", &format!("{problem:#}"))]),
        Ok(ours) if ours < server => {
            let said = (ours.to_string(), server.to_string());
            report.wrong("backup", "old-program", &[("ours", &said.0), ("server", &said.1)]);
        }
        Ok(ours) => report.fine("backup", "program", &[("ours", &ours.to_string())]),
    }
}
