//! How long a move takes: an invented paper of so many stories and comments, written as an export of WordPress into the
//! system's folder for such things, comes into an empty one. Prints one line of JSON: seconds from the file's first byte to the
//! report, and the most memory that it took.
#![allow(clippy::print_stdout, reason = "its answer is what it prints")]

mod invented;

use invented::Written;
use moderation::{Models, Rulebook};
use moving::old::{BringOptions, OldFile, bring};
use moving::wxr::Wxr;
use newsroom::Timestamp;
use newsroom::profile::Language;
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;
use store::{Place, Store};

const USAGE: &str = "import FOLDER-OR-POSTGRES STORIES COMMENTS released|held";
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [place, stories, comments, how] = &words[..] else { return Err(USAGE.into()) };
    let (stories, comments): (u64, u64) = (stories.parse()?, comments.parse()?);
    let place = if place.starts_with("postgres") {
        Place::Postgres(place.clone())
    } else {
        Place::Folder(PathBuf::from(place))
    };
    let store = Store::open(&place).await?;
    let path = std::env::temp_dir().join(format!("midad-invented-{}.xml", std::process::id()));
    let length = std::io::copy(&mut Written::new(stories, comments), &mut File::create(&path)?)?;
    let opened = path.clone();
    let open = move || File::open(&opened).map(|file| Box::new(file) as Box<dyn Read + Send>);
    let file = OldFile::new("invented.xml", length, open);
    let options = BringOptions {
        dry_run: false,
        publish: true,
        release_approved: how == "released",
        section: None,
        language: Language::Ar,
        rulebook: Rulebook::default(),
        models: Models::shipped(),
        files: None,
        fetch: None,
        why: "measured".to_owned(),
    };
    let begun = Instant::now();
    let report = bring(&store, &Wxr::new(vec![file], Vec::new()), &options, Timestamp::now(), &mut |_| {}).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let agrees = report.problems().is_empty();
    println!(
        "{{\"stories\":{},\"comments\":{},\"seconds\":{seconds:.1},\"most_memory_mb\":{},\"agrees\":{agrees}}}",
        report.stories.public,
        report.comments.public + report.comments.inside,
        most_memory_mb()
    );
    store.close().await;
    std::fs::remove_file(&path)?;
    Ok(())
}

/// The most memory that this process has had, in megabytes, as Linux tells it.
fn most_memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}
