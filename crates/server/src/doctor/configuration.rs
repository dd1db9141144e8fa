//! The settings: whether they can be read, whether every one of them is known and fits, and who else reads the secrets.

use super::report::Report;
use crate::settings::{Settings, unknown_variables};
use clap::ArgMatches;
use rustix::fs::{Access, access};
use std::path::Path;
use web::Words;

/// Everybody else on the machine may read, write or enter.
const OTHERS: u32 = 0o007;
/// The group or others may.
const NOT_ALONE: u32 = 0o077;

/// Gathers them; where that fails, everything else hangs in the air.
pub fn gather(report: &mut Report<'_>, line: &ArgMatches, t: &Words) -> Option<Settings> {
    match Settings::gather(line, t) {
        Ok(settings) => {
            report.fine("settings", "read", &[]);
            Some(settings)
        }
        Err(problem) => {
            report.wrong("settings", "unread", &[("why", &format!("{problem:#}"))]);
            None
        }
    }
}

/// Whether each value fits, and whether a variable was meant for the program that it does not know.
pub fn values(report: &mut Report<'_>, settings: &Settings, t: &Words) {
    let problems = settings.problems(t);
    if problems.is_empty() {
        report.fine("settings", "fit", &[]);
    }
    for why in &problems {
        report.wrong("settings", "value", &[("why", why)]);
    }
    for name in unknown_variables() {
        report.warn("settings", "variable", &[("name", &name)]);
    }
}

/// Whether files with secrets are read by those alone who should.
pub fn secrets(report: &mut Report<'_>, settings: &Settings) {
    let files = settings.secret_files();
    let mut all_well = !files.is_empty();
    for file in &files {
        all_well &= secret(report, file);
    }
    if all_well {
        report.fine("secrets", "alone", &[]);
    }
}

/// `false` where something was said about it.
fn secret(report: &mut Report<'_>, file: &Path) -> bool {
    let name = file.display().to_string();
    let texts = [("file", name.as_str())];
    if access(file, Access::READ_OK).is_err() {
        report.wrong("secrets", "unread", &texts);
        return false;
    }
    let Some((mode, owner)) = owned(file) else { return true };
    if mode & OTHERS != 0 {
        report.wrong("secrets", "open", &texts);
        return false;
    }
    if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        report.warn("secrets", "of-another", &texts);
        return false;
    }
    true
}

/// The permissions of a file, and the number of its owner.
pub fn owned(file: &Path) -> Option<(u32, u32)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let seen = std::fs::metadata(file).ok()?;
        Some((seen.mode() & 0o777, seen.uid()))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        None
    }
}

/// Others than the owner may look into it.
pub fn is_open(mode: u32) -> bool {
    mode & NOT_ALONE != 0
}
