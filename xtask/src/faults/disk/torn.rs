//! Pages torn in the middle, and a picture's file with another byte in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::super::chance::Chance;
use super::super::house::{House, Place};
use super::{Is, Line, copy};

/// Pages that are torn in each way.
const PAGES: usize = 10;

/// Ways to tear a page.
const WAYS: [(&str, Tear); 3] = [
    ("the page's first 16 bytes flipped", flip_head),
    ("its second half zeros", zero_half),
    ("its second half that of another page", half_of_another),
];

type Tear = fn(&mut [u8], usize, usize, &mut Chance);

/// What `midad check` says of copies of the paper with a torn page each.
pub fn torn(house: &House, paper: &Path, chance: &mut Chance) -> Result<Vec<Line>> {
    let folder = house.folder.join("torn");
    copy(paper, &folder)?;
    let copied = house.on(Place::Folder(folder.clone()), house.port);
    let file = folder.join("midad.db");
    let whole = std::fs::read(&file).context("the data file")?;
    let size = match u16::from_be_bytes([whole[16], whole[17]]) {
        1 => 65_536,
        size => usize::from(size),
    };
    let rows = exported(&copied)?;
    let mut lines = Vec::new();
    for (name, tear) in WAYS {
        let mut torn = Torn::default();
        for _ in 0..PAGES {
            // The first page holds the schema; a paper without it does not open at all.
            let page = 1 + chance.below(whole.len() / size - 1);
            let mut bytes = whole.clone();
            tear(&mut bytes, page * size, size, chance);
            std::fs::write(&file, &bytes).context("the copy")?;
            clear_beside(&folder);
            torn.count(&copied, &rows)?;
        }
        lines.push(torn.line(name));
    }
    std::fs::write(&file, &whole).context("the copy")?;
    clear_beside(&folder);
    lines.extend(picture(&copied, &folder, chance)?);
    let sound = copied.run(&["check"])?.status.success();
    lines.push(Line::good_when(sound, "the copy as it was", if sound { "called sound" } else { "not called sound" }));
    Ok(lines)
}

/// What became of pages that were torn in one way.
#[derive(Default)]
struct Torn {
    seen: usize,
    /// An export gives the same rows: the page was free, or an index's.
    same: usize,
    /// `midad check` calls it sound, and rows of these tables are others or cannot be read.
    unseen: BTreeMap<String, usize>,
}

impl Torn {
    fn count(&mut self, copied: &House, rows: &BTreeSet<String>) -> Result<()> {
        if !copied.run(&["check"])?.status.success() {
            self.seen += 1;
            return Ok(());
        }
        let Ok(now) = exported(copied) else {
            *self.unseen.entry("an export fails".to_owned()).or_default() += 1;
            return Ok(());
        };
        if now == *rows {
            self.same += 1;
            return Ok(());
        }
        let table = |row: &String| row.split('"').nth(3).unwrap_or_default().to_owned();
        let tables: BTreeSet<String> = now.symmetric_difference(rows).map(table).collect();
        for table in tables {
            *self.unseen.entry(table).or_default() += 1;
        }
        Ok(())
    }

    fn line(&self, name: &str) -> Line {
        let unseen = PAGES - self.seen - self.same;
        let tables: Vec<String> = self.unseen.iter().map(|(table, times)| format!("{table} {times}")).collect();
        let what = if unseen == 0 { String::new() } else { format!(" (rows of: {})", tables.join(", ")) };
        let came = format!(
            "{} of {PAGES} seen by `midad check`; {} harmless (free pages, indexes): an export is the same; {unseen} unseen{what}",
            self.seen, self.same
        );
        Line::new(name, came, if unseen == 0 { Is::Good } else { Is::Poor })
    }
}

/// SQLite's journal of an earlier trial is of another file.
fn clear_beside(folder: &Path) {
    for name in ["midad.db-wal", "midad.db-shm"] {
        // Mostly there is none.
        let _ = std::fs::remove_file(folder.join(name));
    }
}

fn flip_head(bytes: &mut [u8], at: usize, _: usize, _: &mut Chance) {
    bytes[at..at + 16].iter_mut().for_each(|byte| *byte ^= 0xff);
}

fn zero_half(bytes: &mut [u8], at: usize, size: usize, _: &mut Chance) {
    bytes[at + size / 2..at + size].fill(0);
}

fn half_of_another(bytes: &mut [u8], at: usize, size: usize, chance: &mut Chance) {
    let other = chance.below(bytes.len() / size) * size;
    bytes.copy_within(other + size / 2..other + size, at + size / 2);
}

/// The rows of an export. Those of pictures are left out: their files are looked at on their own.
fn exported(house: &House) -> Result<BTreeSet<String>> {
    let file = house.folder.join("torn.jsonl");
    house.must(&["export", &file.display().to_string()])?;
    let text = std::fs::read_to_string(&file).context("the export")?;
    let row = |line: &&str| {
        line.contains("\"table\"")
            && !line.contains("\"table\":\"pictures\"")
            && !line.contains("\"table\": \"pictures\"")
    };
    Ok(text.lines().filter(row).map(str::to_owned).collect())
}

/// One bit of a picture is another one.
fn picture(house: &House, folder: &Path, chance: &mut Chance) -> Result<Vec<Line>> {
    let all = files(&folder.join("pictures"))?;
    let Some(file) = chance.one_of(&all) else {
        return Ok(vec![Line::new("a bit flipped in a picture's file", "the paper has none", Is::NotRun)]);
    };
    let whole = std::fs::read(file).context("a picture")?;
    ensure!(!whole.is_empty(), "{} is empty", file.display());
    let mut bytes = whole.clone();
    let at = chance.below(bytes.len());
    bytes[at] ^= 1;
    std::fs::write(file, &bytes).context("a picture")?;
    let seen = !house.run(&["check"])?.status.success();
    std::fs::write(file, &whole).context("a picture")?;
    let came = if seen { "seen by `midad check`" } else { "not seen by `midad check`" };
    Ok(vec![Line::good_when(seen, "a bit flipped in a picture's file", came)])
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry.context("a folder")?.path();
        if path.is_dir() { all.extend(files(&path)?) } else { all.push(path) }
    }
    all.sort();
    Ok(all)
}
