//! Backups: `midad backup` copies the paper while it is served, proves the copy and carries it to a bucket where one is set,
//! `midad restore` puts one back, and the clock of the serving process makes one by itself where the settings say so.

mod about;
mod bucket;
mod dump;
mod fetched;
mod files;
pub mod followed;
mod keep;
mod list;
mod make;
mod pictures;
pub mod restore;
mod seal;
pub mod timed;

pub use bucket::InBucket;
pub use dump::dump_version;
pub use keep::Keep;
pub use list::{Step, noted};
pub use seal::Seal;
pub use timed::Plan;

use crate::settings::Settings;
use crate::traces;
use crate::upkeep::{complain, print};
use about::About;
use anyhow::{Context, Result, anyhow};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use list::Attempt;
use make::Wanted;
use newsroom::Timestamp;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use store::Place;
use tracing::Instrument;
use web::Words;

/// The exit code of a backup that was made and proved, and did not get to the bucket.
const NOT_CARRIED: u8 = 3;

/// The command.
pub fn command(t: &Words) -> Command {
    let keep = Arg::new("keep").long("keep").value_name("N").value_parser(value_parser!(u32).range(1..=1000));
    let keys = Arg::new("encrypt-to").long("encrypt-to").value_name("RECIPIENT").action(ArgAction::Append);
    let prove = Arg::new("prove-database").long("prove-database").value_name("URL");
    let list = Arg::new("list").long("list").action(ArgAction::SetTrue);
    Command::new("backup")
        .about(t.s("cli.backup"))
        .arg(Arg::new("folder").value_name("FOLDER").help(t.s("cli.backup.folder")))
        .arg(keep.help(t.s("cli.backup.keep")))
        .arg(keys.help(t.s("cli.backup.encrypt-to")))
        .arg(prove.help(t.s("cli.backup.prove-database")))
        .arg(list.help(t.s("cli.backup.list")))
}

/// Makes one, or lists those there are.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<ExitCode> {
    let said = asked.get_one::<String>("folder").map(PathBuf::from);
    // What is wrong with the bucket keeps nobody from a backup in the folder.
    let (into, bucket) = (said.or_else(|| settings.backup_folder()), settings.backup_bucket(t));
    if asked.get_flag("list") {
        return tell(into.as_deref(), bucket, t).await;
    }
    let into = into.ok_or_else(|| anyhow!(t.s("cli.backup.no-folder")))?;
    let rules = settings.keep(t)?;
    let keep = asked.get_one::<u32>("keep").map(|newest| Keep { newest: *newest, ..rules });
    let wanted = wanted(settings, asked, into, t).await?;
    let begun = Instant::now();
    let made = make::make(&wanted, t).instrument(traces::work("make a backup")).await;
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    note(&wanted.into, made.as_ref(), took_ms);
    let about = made?;
    if !about.not_proved.is_empty() {
        about.not_proved.iter().for_each(|wrong| complain(wrong));
        complain(&t.with("cli.backup.unproved", 1, &[("name", &format!("{}.{}", about.name, about::UNPROVED))]));
        return Ok(ExitCode::FAILURE);
    }
    list::tell_one(&about, t);
    print(&format!("  {}", wanted.into.join(&about.name).display()));
    afterwards(bucket, (&wanted.into, &about), (keep, rules), t).await
}

/// Lists those of the folder and those of the bucket. Whoever has lost the folder sees the bucket all the same, and the other
/// way round.
async fn tell(into: Option<&Path>, bucket: Result<Option<InBucket>>, t: &Words) -> Result<ExitCode> {
    let none_set = matches!(bucket, Ok(None));
    match into {
        Some(into) if into.exists() || none_set => {
            list::tell(into, t).with_context(|| into.display().to_string())?;
        }
        None if none_set => return Err(anyhow!(t.s("cli.backup.no-folder"))),
        _ => {}
    }
    if let Some(bucket) = bucket? {
        bucket.tell(t).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What follows a proved backup: it is carried, and what is not kept any more goes. One run does that at a time: another one
/// would take away what this one reads, or what it has carried so far.
async fn afterwards(
    bucket: Result<Option<InBucket>>,
    (into, about): (&Path, &About),
    (keep, rules): (Option<Keep>, Keep),
    t: &Words,
) -> Result<ExitCode> {
    if matches!(bucket, Ok(None)) && keep.is_none() {
        return Ok(ExitCode::SUCCESS);
    }
    let _alone = match files::lock(into, files::CARRYING) {
        Ok(lock) => lock,
        Err(problem) if problem.kind() == ErrorKind::WouldBlock => {
            complain(&t.s("cli.backup.another-carries"));
            return Ok(ExitCode::SUCCESS);
        }
        Err(problem) => return Err(anyhow!(problem).context(into.display().to_string())),
    };
    let carried = match bucket {
        Ok(Some(bucket)) => carry(&bucket, (into, about), (keep, rules), t).await,
        Ok(None) => Ok(()),
        Err(problem) => Err(problem),
    };
    // Said and noted first: what follows may fail, too.
    let code = match carried {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => not_carried(into, about, &problem, t),
    };
    if let Some(keep) = keep {
        take_away(into, keep, t)?;
    }
    Ok(code)
}

/// Carries to the bucket what it lacks, and takes away there what is taken away in the folder, too.
async fn carry(
    bucket: &InBucket,
    (into, about): (&Path, &About),
    (keep, rules): (Option<Keep>, Keep),
    t: &Words,
) -> Result<()> {
    let carrying = bucket.carry(into, about, keep.unwrap_or(rules), t);
    let carried = carrying.instrument(traces::work("carry a backup")).await;
    // Also after a failure: readers are told how long backups are kept.
    let taken_away = match keep {
        Some(keep) => bucket.take_away(keep, t).await,
        None => Ok(()),
    };
    carried.and(taken_away)
}

/// The backup in the folder stays, and is carried with the next one; that it was not is said and noted.
fn not_carried(into: &Path, about: &About, problem: &anyhow::Error, t: &Words) -> ExitCode {
    // Some stores answer with pages of text.
    let why = format!("bucket: {problem:#}").split_whitespace().collect::<Vec<_>>().join(" ");
    complain(&t.with("cli.backup.not-carried", 1, &[("name", &about.name), ("why", &why)]));
    let (at, name) = (Timestamp::now(), about.name.clone());
    write_down(into, &Attempt { step: Step::Carrying, at, name, bytes: about.bytes(), took_ms: 0, proved: false, why });
    ExitCode::from(NOT_CARRIED)
}

async fn wanted(settings: &Settings, asked: &ArgMatches, into: PathBuf, t: &Words) -> Result<Wanted> {
    let said: Vec<String> = asked.get_many::<String>("encrypt-to").into_iter().flatten().cloned().collect();
    let keys = if said.is_empty() { settings.backup_keys() } else { said };
    let seal = Seal::of(&keys, t)?;
    let place = settings.place();
    let prove_in = asked.get_one::<String>("prove-database").map(|address| Place::Postgres(address.clone()));
    if let Some(prove_in) = &prove_in {
        anyhow::ensure!(matches!(place, Place::Postgres(_)), t.s("cli.backup.prove-sqlite"));
        let vacant = prove_in.is_vacant().await.with_context(|| t.s("cli.no-data"))?;
        anyhow::ensure!(vacant, t.s("cli.backup.prove-full"));
    }
    Ok(Wanted { place, data: settings.data_folder(), pictures: settings.pictures_folder(), into, seal, prove_in })
}

/// Notes how it ended; a folder that cannot be written is complained about anyway.
fn note(into: &Path, made: Result<&About, &anyhow::Error>, took_ms: u64) {
    let at = Timestamp::now();
    let attempt = match made {
        Ok(about) => Attempt {
            step: Step::Making,
            at,
            name: about.name.clone(),
            bytes: about.bytes(),
            took_ms,
            proved: about.not_proved.is_empty(),
            why: about.not_proved.join("; "),
        },
        Err(problem) => {
            let (name, why) = (String::new(), format!("{problem:#}"));
            Attempt { step: Step::Making, at, name, bytes: 0, took_ms, proved: false, why }
        }
    };
    write_down(into, &attempt);
}

fn write_down(into: &Path, attempt: &Attempt) {
    if let Err(problem) = list::note(into, attempt) {
        tracing::warn!(%problem, "how the backup ended could not be noted beside it");
    }
}

fn take_away(into: &Path, keep: Keep, t: &Words) -> Result<()> {
    let times: Vec<Timestamp> = list::whole(into)?.iter().filter_map(|about| about::at_of(&about.name)).collect();
    for at in keep::goes(&times, keep, Timestamp::now()) {
        let name = about::name_at(at);
        let said = if keep::take_away(into, &name)? { "cli.backup.taken-away" } else { "cli.backup.left-alone" };
        print(&t.with(said, 1, &[("name", &name)]));
    }
    Ok(())
}
