//! A whole newspaper moves in from WordPress or another system, and the report proves it.

use crate::bring::{section, share};
use crate::settings::Settings;
use crate::upkeep::print;
use crate::{moved, old_site};
use anyhow::{Context, Result, anyhow};
use clap::ArgMatches;
use darkroom::{Answer, Job, Refused, widths};
use moderation::Models;
use moving::MovingError;
use moving::old::{BringOptions, Developed, Files, Kept, OldFile, Progress, Report, bring};
use moving::others::{Others, System, squarespace};
use moving::wxr::Wxr;
use newsroom::Timestamp;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use store::pictures::NewPicture;
use web::Words;

/// The word of the one system whose exports are WordPress's with habits of its own.
pub const SQUARESPACE: &str = "squarespace";

/// Brings exports of WordPress in.
pub async fn wordpress(settings: &Settings, store: &Store, asked: &ArgMatches, t: &Words) -> Result<()> {
    let kinds: Vec<String> = asked.get_many::<String>("story-kind").into_iter().flatten().cloned().collect();
    moves_in(settings, store, &Wxr::new(old_files(asked)?, kinds), asked, t).await
}

/// Brings exports of another system in, by its word.
pub async fn other(settings: &Settings, store: &Store, word: &str, asked: &ArgMatches, t: &Words) -> Result<()> {
    let files = old_files(asked)?;
    if word == SQUARESPACE {
        return moves_in(settings, store, &squarespace(files), asked, t).await;
    }
    let system = System::ALL.into_iter().find(|system| system.word() == word).context(word.to_owned())?;
    let site = asked.get_one::<String>("site").map_or("", String::as_str);
    moves_in(settings, store, &Others::new(system, files, site), asked, t).await
}

/// What was kept, whatever it was kept in, with the report.
async fn moves_in(settings: &Settings, store: &Store, kept: &dyn Kept, asked: &ArgMatches, t: &Words) -> Result<()> {
    let options = BringOptions {
        dry_run: asked.get_flag("dry-run"),
        publish: !asked.get_flag("drafts"),
        release_approved: asked.get_flag("release-approved"),
        section: section(store, asked, t).await?,
        language: settings.paper(t)?.writing.language,
        rulebook: settings.rulebook(store, t).await?,
        models: Models::shipped(),
        files: asked.get_one::<String>("media").map(|folder| folder_of_files(Path::new(folder))).transpose()?,
        fetch: asked.get_flag("fetch-media").then(|| settings.road(t)).transpose()?.map(old_site::over),
        why: t.s("moved.why-released"),
    };
    let progress = share(t);
    let mut told = |at: Progress| {
        progress.set_length(at.all.max(1) * 2);
        progress.set_position(at.read + if at.round > 1 { at.all } else { 0 });
    };
    let brought = bring(store, kept, &options, Timestamp::now(), &mut told).await;
    progress.finish_and_clear();
    let report = brought.map_err(|problem| said(&problem, t))?;
    if let Some(path) = asked.get_one::<String>("report") {
        keep_report(&report, Path::new(path), t).with_context(|| path.clone())?;
    }
    moved::lines(&report, t).iter().for_each(|line| print(line));
    if report.problems().is_empty() { Ok(()) } else { Err(anyhow!(t.s("moved.not-whole"))) }
}

/// The files that are named.
fn old_files(asked: &ArgMatches) -> Result<Vec<OldFile>> {
    asked.get_many::<String>("files").into_iter().flatten().map(|path| old_file(path)).collect()
}

/// The file, the place, and what is wrong there, in words.
fn said(problem: &MovingError, t: &Words) -> anyhow::Error {
    match problem {
        MovingError::Broken(broken) => {
            let said = if broken.said.is_empty() { String::new() } else { format!(" ({})", broken.said) };
            anyhow!("{}: {}{said}", broken.place, t.s(broken.why.key()))
        }
        MovingError::Unreadable { .. } | MovingError::Store(_) => anyhow!("{problem}"),
    }
}

/// A file that is opened as often as it is read.
fn old_file(path: &str) -> Result<OldFile> {
    let length = std::fs::metadata(path).with_context(|| path.to_owned())?.len();
    let opened = PathBuf::from(path);
    let open = move || File::open(&opened).map(|file| Box::new(file) as Box<dyn Read + Send>);
    Ok(OldFile::new(path, length, open))
}

/// Files of pictures in a folder, none from outside of it and none that no picture may be as long as.
fn folder_of_files(folder: &Path) -> Result<Arc<Files>> {
    let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
    Ok(Arc::new(move |path: &str| {
        let file = folder.join(path).canonicalize().ok().filter(|file| file.starts_with(&folder))?;
        let length = std::fs::metadata(&file).ok().filter(std::fs::Metadata::is_file)?.len();
        if usize::try_from(length).is_ok_and(|length| length > darkroom::MOST_BYTES) {
            return Some(Developed::Refused);
        }
        let new = developed(&std::fs::read(&file).ok()?);
        Some(new.map_or(Developed::Refused, |new| Developed::Picture(Box::new(new))))
    }))
}

/// The file as the library has it.
fn developed(bytes: &[u8]) -> Result<NewPicture, Refused> {
    let Answer::Developed(developed) = Job::Develop.here(bytes)? else { return Err(Refused::Broken) };
    let smaller = match widths(developed.size.0).next() {
        Some(width) => match (Job::Press { width }).here(&developed.bytes)? {
            Answer::Pressed(smaller) => Some((width, smaller)),
            _ => return Err(Refused::Broken),
        },
        None => None,
    };
    Ok(old_site::for_the_library(*developed, smaller))
}

/// The whole report, as a page or as JSON, by the ending of the file's name.
fn keep_report(report: &Report, path: &Path, t: &Words) -> Result<()> {
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let text = if is_json { serde_json::to_string_pretty(report)? } else { moved::page(report, t) };
    std::fs::write(path, text)?;
    Ok(())
}
