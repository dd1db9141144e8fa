//! Commands that an administrator runs beside the paper while it is served: an import, an export.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use super::chance::Chance;
use super::files;
use super::house::House;
use super::ledger::{Ended, Kind, Standing};
use super::proof::{Kept, has_all};
use super::street::Street;

const A_MOMENT: Duration = Duration::from_millis(5);
/// Stories in an old paper.
const STORIES: usize = 3;

/// An import that was stopped: its file, and the stories in it. It is to be run again.
#[derive(Debug, Clone)]
pub struct Stopped {
    file: PathBuf,
    numbers: Vec<u32>,
}

/// Runs one command beside the paper. With the power cut it is killed too, every other time; else it goes on by itself.
pub fn beside(
    street: &Street<'_>,
    house: &House,
    mut chance: Chance,
    stopped: Option<Stopped>,
) -> Result<Option<Stopped>> {
    std::thread::sleep(chance.ms(0, 300));
    match stopped {
        Some(stopped) => import(street, house, &mut chance, stopped),
        None if chance.once_in(2) => export(street, house, &mut chance).map(|()| None),
        None => {
            let stopped = new_import(street, house)?;
            import(street, house, &mut chance, stopped)
        }
    }
}

fn new_import(street: &Street<'_>, house: &House) -> Result<Stopped> {
    let mut ledger = street.ledger();
    let numbers: Vec<u32> = (0..STORIES).map(|_| ledger.begin_story(Kind::Import, Standing::Public)).collect();
    let stories: Vec<(u32, String)> = numbers.iter().map(|number| (*number, ledger.of_story(*number))).collect();
    let file = house.folder.join(format!("old-{}.xml", numbers[0]));
    std::fs::write(&file, files::old_paper(&stories)).with_context(|| file.display().to_string())?;
    Ok(Stopped { file, numbers })
}

fn import(street: &Street<'_>, house: &House, chance: &mut Chance, what: Stopped) -> Result<Option<Stopped>> {
    for number in &what.numbers {
        if let Some(story) = street.ledger().stories.get_mut(number) {
            story.fate.begin_again(Kind::Import);
        }
    }
    let file = what.file.display().to_string();
    let mut command = house.command(&["import", "wordpress", &file, "--section", "city"])?;
    let log = std::fs::File::create(house.folder.join("import.txt")).context("a log")?;
    let err = log.try_clone().context("a log")?;
    let child = command.stdout(Stdio::from(log)).stderr(Stdio::from(err)).spawn().context("midad import")?;
    let ended = to_its_end(street, child, chance)?;
    for number in &what.numbers {
        let mut ledger = street.ledger();
        ledger.end_story(*number, ended);
        if let Some(story) = ledger.stories.get_mut(number) {
            story.path = Some(format!("/stories/old-{number}"));
        }
    }
    if ended == Ended::Done {
        return Ok(None);
    }
    if ended == Ended::Not {
        let said = std::fs::read_to_string(house.folder.join("import.txt")).unwrap_or_default();
        street.ledger().find("a command beside the paper failed", format!("midad import wordpress {file}: {said}"));
    }
    Ok(Some(what))
}

fn export(street: &Street<'_>, house: &House, chance: &mut Chance) -> Result<()> {
    let before: BTreeSet<u32> = {
        let ledger = street.ledger();
        let there = ledger.comments.iter().filter(|(_, comment)| comment.fate.must_be_there());
        there.map(|(number, _)| *number).collect()
    };
    let (file, log) = (house.folder.join("beside.jsonl"), house.folder.join("export.txt"));
    let mut command = house.command(&["export", &file.display().to_string()])?;
    let err = std::fs::File::create(&log).context("a log")?;
    let child = command.stdout(Stdio::null()).stderr(err).spawn().context("midad export")?;
    let ended = to_its_end(street, child, chance)?;
    street.ledger().count(Kind::Export, ended);
    match ended {
        Ended::Done => {
            let kept = Kept::read(&file, &street.ledger().word)?;
            has_all(&mut street.ledger(), &kept, &before);
        }
        Ended::Not => {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            street.ledger().find("a command beside the paper failed", format!("midad export: {said}"));
        }
        Ended::Perhaps => {}
    }
    // A part of a file is left where the command was killed.
    let _ = std::fs::remove_file(&file);
    Ok(())
}

/// Waits; once the street is closed it may be killed.
fn to_its_end(street: &Street<'_>, mut child: Child, chance: &mut Chance) -> Result<Ended> {
    let dies = chance.once_in(2);
    loop {
        if let Some(status) = child.try_wait().context("a command")? {
            return Ok(if status.success() { Ended::Done } else { Ended::Not });
        }
        if dies && !street.is_open() {
            child.kill().context("a command")?;
            child.wait().context("a command")?;
            return Ok(Ended::Perhaps);
        }
        std::thread::sleep(A_MOMENT);
    }
}
