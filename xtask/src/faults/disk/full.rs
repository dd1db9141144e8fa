//! A disk without room, and with room again.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::super::browser::{Browser, Heard};
use super::super::chance::Chance;
use super::super::house::{House, Place};
use super::super::ledger::{Ended, Ledger};
use super::super::proof::{Kept, compare};
use super::{Is, Line, Mounted, Writers, comment, copy, open_story, read, refusal};

/// Room beside the data, in KiB.
const ROOM: u64 = 12 * 1024;
/// Comments sent while there is no room.
const TRIES: usize = 20;
/// How long a paper may take to go on once there is room.
const PATIENCE: Duration = Duration::from_secs(20);

/// Readers go on reading, who writes is told, and what was acknowledged is there when there is room again.
pub fn full(house: &House, paper: &Path, chance: &mut Chance, writers: &Writers<'_>) -> Result<Vec<Line>> {
    let disk = house.folder.join("disk");
    std::fs::create_dir_all(&disk).context("a folder")?;
    let size = format!("size={}k", kib(paper)? + ROOM);
    let _mounted = match Mounted::new(&["-t", "tmpfs", "-o", &size, "tmpfs"], &disk) {
        Ok(mounted) => mounted,
        Err(why) => return Ok(vec![Line::new("a full disk", format!("NOT RUN: {why:#}"), Is::NotRun)]),
    };
    copy(paper, &disk.join("paper"))?;
    let house = house.on(Place::Folder(disk.join("paper")), crate::bench::free_port()?);
    let mut ledger = Ledger::new(&super::super::marks::word_of(chance.next()));
    let (served, _) = house.open("serve")?;
    let story = open_story(house.port)?;
    let mut visitor = Browser::new(house.port);
    send(&mut ledger, &mut visitor, &story, chance);
    let draft = begin_draft(house.port, writers)?;

    fill(&disk)?;
    let mut lines = refused(&mut ledger, &mut visitor, &story, chance);
    lines.push(refusal("a full disk: a story's text at the desk", write(house.port, writers, &draft)));
    let (answered, asked) = read(house.port, &story);
    let came = format!("{answered} of {asked} pages answered");
    lines.push(Line::good_when(answered == asked, "a full disk: reading", came));
    served.kill();
    lines.push(match house.open("serve") {
        Ok((served, took)) => {
            served.kill();
            Line::new(
                "a full disk: killed and started again",
                format!("answers after {} ms", took.as_millis()),
                Is::Good,
            )
        }
        Err(why) => Line::new("a full disk: killed and started again", format!("{why:#}").replace('|', "/"), Is::Poor),
    });
    std::fs::remove_file(disk.join("filler")).context("the filler")?;
    let (served, _) = house.open("serve")?;
    lines.extend(goes_on(&house, &disk, &mut ledger, &mut visitor, &story, chance)?);
    served.stop()?;
    lines.push(sound(&house, &mut ledger)?);
    Ok(lines)
}

/// No room, and the same process with room again.
fn goes_on(
    house: &House,
    disk: &Path,
    ledger: &mut Ledger,
    visitor: &mut Browser,
    story: &str,
    chance: &mut Chance,
) -> Result<Vec<Line>> {
    fill(disk)?;
    for _ in 0..TRIES {
        send(ledger, visitor, story, chance);
    }
    std::fs::remove_file(disk.join("filler")).context("the filler")?;
    let start = Instant::now();
    let mut went = false;
    while !went && start.elapsed() < PATIENCE {
        went = send(ledger, visitor, story, chance).0 == Some(303);
    }
    let came = if went {
        format!("comments are taken after {} ms", start.elapsed().as_millis())
    } else {
        "no comment is taken".to_owned()
    };
    let panics = house.panics();
    Ok(vec![
        Line::good_when(went, "room again, without a start", came),
        Line::good_when(panics.is_empty(), "a full disk: panics", panics.len().to_string()),
    ])
}

/// A draft with room for it; its short id.
fn begin_draft(port: u16, writers: &Writers<'_>) -> Result<String> {
    let text = serde_json::json!({ "headline": "Un titre", "body": "Un texte." });
    let Heard::Whole(answer) = writers.program.at(port).call("POST", "/api/v1/stories", None, &text) else {
        bail!("the API does not answer");
    };
    answer.json()["id"].as_str().map(str::to_owned).context("no story was begun")
}

/// An editor presses «keep» in the page without a script.
fn write(port: u16, writers: &Writers<'_>, draft: &str) -> (Option<u16>, bool) {
    let text = "Un texte que personne ne veut taper deux fois.";
    let fields = [("version", "0"), ("kind", "news"), ("headline", "Un titre"), ("language", "ar"), ("text", text)];
    match writers.editor.at(port).send(&format!("/desk/stories/{draft}/text"), &fields) {
        Heard::Whole(answer) => (Some(answer.status), answer.text().contains(text)),
        Heard::Broken | Heard::NotSent => (None, false),
    }
}

/// Comments while there is no room: what little is left takes some.
fn refused(ledger: &mut Ledger, visitor: &mut Browser, story: &str, chance: &mut Chance) -> Vec<Line> {
    let all: Vec<_> = (0..TRIES).map(|_| send(ledger, visitor, story, chance)).collect();
    let taken = all.iter().filter(|(status, _)| *status == Some(303)).count();
    match all.into_iter().find(|(status, _)| *status != Some(303)) {
        Some(heard) => vec![refusal(&format!("a full disk: a comment ({taken} of {TRIES} still found room)"), heard)],
        None => vec![Line::new("a full disk: a comment", "all found room: the disk was not full", Is::NotRun)],
    }
}

/// What was acknowledged is there, once, and what was refused is not.
fn sound(house: &House, ledger: &mut Ledger) -> Result<Line> {
    let file = house.folder.join("full.jsonl");
    house.must(&["export", &file.display().to_string()])?;
    compare(ledger, &Kept::read(&file, &ledger.word)?);
    let checked = house.run(&["check"])?;
    let findings: Vec<String> =
        ledger.findings.iter().map(|finding| format!("{}: {}", finding.what, finding.detail)).collect();
    let good = findings.is_empty() && checked.status.success();
    let done = ledger.counts.values().map(|count| count.done).sum::<usize>();
    let came = match good {
        true => format!("all {done} acknowledged comments are there, once; `midad check` finds nothing"),
        false => format!("{} {}", findings.join("; "), checked.err.trim()),
    };
    Ok(Line::good_when(good, "a full disk: what was acknowledged", came))
}

fn send(ledger: &mut Ledger, visitor: &mut Browser, story: &str, chance: &mut Chance) -> (Option<u16>, bool) {
    let (number, text) = ledger.begin_comment(story, (&chance.words(30), &chance.words(30)));
    let heard = comment(visitor, story, &text);
    let ended = match heard.0 {
        Some(200..400) => Ended::Done,
        // A failure may have come after the commit.
        Some(500..) | None => Ended::Perhaps,
        Some(_) => Ended::Not,
    };
    ledger.end_comment(number, ended);
    heard
}

/// Writes until there is no room.
fn fill(disk: &Path) -> Result<()> {
    let mut filler = std::fs::File::create(disk.join("filler")).context("the filler")?;
    for size in [64 * 1024, 4096, 1] {
        while filler.write_all(&vec![0; size]).is_ok() {}
    }
    Ok(())
}

/// What a folder takes, in KiB, each file rounded up to pages.
fn kib(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry.context("a folder")?;
        let about = entry.metadata().context("a file")?;
        sum += if about.is_dir() { kib(&entry.path())? } else { about.len().div_ceil(4096) * 4 };
    }
    Ok(sum)
}
