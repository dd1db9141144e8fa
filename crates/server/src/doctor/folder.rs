//! The data folder and the disk under it.

use super::configuration::{is_open, owned};
use super::report::Report;
use crate::computer::disk;
use crate::settings::Settings;
use rustix::fs::{Access, access};
use std::path::Path;
use store::Place;

/// Less free space than this is little: the log of writes alone may take 64 MB, and pictures come by the megabyte.
const LITTLE: u64 = 1_000_000_000;

/// Looks at them.
pub fn data(report: &mut Report<'_>, settings: &Settings) {
    let folder = settings.data_folder();
    let name = folder.display().to_string();
    let texts = [("folder", name.as_str())];
    let Some(nearest) = disk::nearest(&folder) else { return report.wrong("folder", "nowhere", &texts) };
    let is_there = folder.is_dir();
    let may_write = access(&nearest, Access::WRITE_OK | Access::EXEC_OK).is_ok();
    match (is_there, may_write) {
        (true, true) => report.fine("folder", "there", &texts),
        (false, true) => report.warn("folder", "to-be-made", &texts),
        (_, false) => report.wrong("folder", "unwritable", &[("folder", &nearest.display().to_string())]),
    }
    if is_there {
        whose(report, &folder, &texts);
    }
    if let Some(space) = disk::space(&folder) {
        let free = (space.free / 1_000_000).to_string();
        let texts = [("folder", name.as_str()), ("free", free.as_str())];
        match space.free < LITTLE {
            true => report.warn("disk", "little", &texts),
            false => report.fine("disk", "free", &texts),
        }
    }
    let on_file = matches!(settings.place(), Place::Folder(_));
    match disk::elsewhere(&folder).filter(|_| on_file) {
        Some(kind) => report.warn("disk", "elsewhere", &[("folder", &name), ("kind", kind)]),
        None if on_file => report.fine("disk", "here", &texts),
        None => {}
    }
}

fn whose(report: &mut Report<'_>, folder: &Path, texts: &[(&str, &str)]) {
    let Some((mode, owner)) = owned(folder) else { return };
    if is_open(mode) {
        report.warn("folder", "open", texts);
    }
    // Root may write anywhere: what it sees says little about whoever serves the paper.
    if rustix::process::geteuid().is_root() && owner != 0 {
        report.warn("folder", "as-root", texts);
    }
}
