//! Which backups are kept. What is taken away is a whole backup of this program's own and nothing else.

use super::about::{ABOUT, About, GOING, PARTIAL, UNPROVED, at_of};
use super::files;
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use newsroom::Timestamp;
use std::collections::BTreeSet;
use std::path::Path;

/// How many are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// The newest, whenever they were made.
    pub newest: u32,
    /// One of each of so many days.
    pub days: u32,
    /// One of each of so many weeks.
    pub weeks: u32,
    /// None is older than so many days, but for the newest of all: what readers are told of erasure.
    pub most_days: u32,
}

/// Those that go. One of a day or a week is its newest; days and weeks are those of UTC, as names are.
pub fn goes(all: &[Timestamp], keep: Keep, now: Timestamp) -> Vec<Timestamp> {
    let mut all = all.to_vec();
    all.sort_unstable_by(|one, other| other.cmp(one));
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let today = day(now);
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let mut gone = Vec::new();
    for (place, at) in all.into_iter().enumerate() {
        let date = day(at);
        let ago = (today - date).get_days().max(0).unsigned_abs();
        let monday = i32::from(date.iso_week_date().year()) * 100 + i32::from(date.iso_week_date().week());
        let of_day = days.insert(date) && ago < keep.days;
        let of_week = weeks.insert(monday) && ago < keep.weeks.saturating_mul(7);
        let wanted = (place as u64) < u64::from(keep.newest) || of_day || of_week;
        if place > 0 && (!wanted || ago > keep.most_days) {
            gone.push(at);
        }
    }
    gone
}

/// Takes a whole backup away. `false`: it is none of ours, or something else stands in it, and it was left alone.
pub fn take_away(into: &Path, name: &str) -> Result<bool> {
    let folder = into.join(name);
    let Ok(about) = About::read(&folder) else { return Ok(false) };
    if about.name != name || !folder.symlink_metadata()?.is_dir() || !holds_nothing_else(&about, &folder)? {
        return Ok(false);
    }
    let going = into.join(format!("{name}.{GOING}"));
    std::fs::rename(&folder, &going).with_context(|| folder.display().to_string())?;
    files::flush(into)?;
    finish(&about, &going).with_context(|| going.display().to_string())?;
    Ok(true)
}

/// Goes on with what was broken off: folders that were being made or taken away when their process ended. Whoever calls
/// this holds the folder's lock, so nobody is at them.
pub fn tidy_up(into: &Path) -> Result<()> {
    for inside in std::fs::read_dir(into)? {
        let inside = inside?;
        let name = inside.file_name();
        let Some((of, end)) = name.to_str().and_then(|name| name.rsplit_once('.')) else { continue };
        if at_of(of).is_none() || !inside.file_type()?.is_dir() {
            continue;
        }
        match end {
            PARTIAL => std::fs::remove_dir_all(inside.path())?,
            GOING => {
                if let Ok(about) = About::read(&inside.path()) {
                    finish(&about, &inside.path())?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Of those that could not be proved only the newest stays.
pub fn only_newest_unproved(into: &Path, newest: &str) -> Result<()> {
    for inside in std::fs::read_dir(into)? {
        let name = inside?.file_name();
        let Some(of) = name.to_str().and_then(|name| name.strip_suffix(&format!(".{UNPROVED}"))) else { continue };
        let folder = into.join(&name);
        if of != newest
            && let Ok(about) = About::read(&folder)
            && about.name == of
            && holds_nothing_else(&about, &folder)?
        {
            finish(&about, &folder)?;
        }
    }
    Ok(())
}

/// Every file in it is one that it names.
fn holds_nothing_else(about: &About, folder: &Path) -> Result<bool> {
    let mut named: BTreeSet<_> = about.files.iter().filter_map(|kept| kept.below(folder)).collect();
    named.insert(folder.join(ABOUT));
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for inside in std::fs::read_dir(folder)? {
            let inside = inside?;
            if inside.file_type()?.is_dir() {
                folders.push(inside.path());
            } else if !named.contains(&inside.path()) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Its files, then its folders, which must be empty then, and what it says of itself last.
fn finish(about: &About, folder: &Path) -> std::io::Result<()> {
    for file in about.files.iter().filter_map(|kept| kept.below(folder)) {
        gone(std::fs::remove_file(file))?;
    }
    empty_folders(folder)?;
    gone(std::fs::remove_file(folder.join(ABOUT)))?;
    std::fs::remove_dir(folder)
}

fn empty_folders(folder: &Path) -> std::io::Result<()> {
    for inside in std::fs::read_dir(folder)? {
        let inside = inside?;
        if inside.file_type()?.is_dir() {
            empty_folders(&inside.path())?;
            std::fs::remove_dir(inside.path())?;
        }
    }
    Ok(())
}

fn gone(removed: std::io::Result<()>) -> std::io::Result<()> {
    match removed {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Keep, goes};
    use newsroom::Timestamp;

    fn at(text: &str) -> Timestamp {
        format!("{text}:00Z").parse().unwrap()
    }

    fn kept(all: &[&str], keep: Keep, now: &str) -> Vec<String> {
        let all: Vec<_> = all.iter().map(|text| at(text)).collect();
        let gone = goes(&all, keep, at(now));
        let kept = all.into_iter().filter(|at| !gone.contains(at));
        kept.map(|at| at.to_string()[..16].to_owned()).collect()
    }

    const ALL: &[&str] = &[
        "2026-11-30T05:00",
        "2026-11-30T04:00",
        "2026-11-30T03:00",
        "2026-11-29T22:00",
        "2026-11-29T10:00",
        "2026-11-28T10:00",
        "2026-11-22T10:00",
        "2026-11-17T10:00",
        "2026-11-09T10:00",
        "2026-10-05T10:00",
    ];

    #[test]
    fn the_newest_one_a_day_and_one_a_week_stay() {
        let keep = Keep { newest: 2, days: 2, weeks: 3, most_days: 30 };
        let stay = ["2026-11-30T05:00", "2026-11-30T04:00", "2026-11-29T22:00", "2026-11-22T10:00", "2026-11-17T10:00"];
        // The 17th and the 22nd are of one week, of which the newest stays.
        let stay: Vec<&str> = stay.into_iter().filter(|at| !at.contains("-17T")).collect();
        assert_eq!(kept(ALL, keep, "2026-11-30T06:00"), stay);
    }

    #[test]
    fn none_is_older_than_readers_are_told_but_the_last_one_there_is() {
        let keep = Keep { newest: 10, days: 100, weeks: 100, most_days: 10 };
        let kept = kept(ALL, keep, "2026-11-30T06:00");
        assert_eq!(kept.last().unwrap(), "2026-11-22T10:00");
        assert_eq!(self::kept(&["2025-01-01T00:00"], keep, "2026-11-30T06:00"), ["2025-01-01T00:00"]);
    }
}
