//! `cargo xtask faults nodes`: three nodes over one PostgreSQL with a standby and one S3-compatible store, each on a machine of its own
//! (network namespaces), are cut off, killed, restarted and lose their database, while people are at work on them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};

use super::browser::{Browser, Heard, values};
use super::chance::Chance;
use super::ledger::Ledger;
use super::marks::word_of;

mod crowd;
mod database;
mod desk;
mod live;
mod mail;
mod network;
mod newsletter;
mod node;
mod people;
mod plan;
mod proof;
mod report;
mod store;
mod tally;
#[cfg(test)]
mod tests;
mod town;
mod watch;

use crowd::{Left, Staff};
use database::Servers;
use mail::Sink;
use network::Network;
use newsletter::Newsletter;
use node::Nodes;
use plan::Stage;
use report::{Outcome, Report};
use store::Store;
use town::{HOST, Town, held};

/// Stories under which people comment.
const STORIES: usize = 4;
const SCOPES: &[&str] = &["stories:read", "stories:write", "comments:read", "comments:moderate"];
/// What was done at the very end may take so long to be seen.
const SETTLED: Duration = Duration::from_secs(10);

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    seed: u64,
    program: PathBuf,
    /// How long what is cut off stays so.
    seconds: Duration,
    root: PathBuf,
}

impl Asked {
    fn of(root: &Path, words: &[String]) -> Result<Self> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |now| now.as_secs());
        let program = crate::cargo::made(root, "release").join("midad");
        let mut asked = Self { seed: now, program, seconds: Duration::from_secs(30), root: root.to_path_buf() };
        let mut words = words.iter();
        while let Some(flag) = words.next() {
            let value = words.next().with_context(|| format!("{flag} takes a value"))?;
            let number = || value.parse::<u64>().with_context(|| format!("{flag} takes a number"));
            match flag.as_str() {
                "--seed" => asked.seed = number()?,
                "--seconds" => asked.seconds = Duration::from_secs(number()?),
                "--program" => asked.program = std::path::absolute(value).context("--program")?,
                _ => bail!("faults nodes takes --program PATH, --seconds N, --seed N"),
            }
        }
        let program = asked.program.display();
        ensure!(
            asked.program.is_file(),
            "there is no program {program}: cargo build --release --package server --bin midad"
        );
        Ok(asked)
    }
}

/// `cargo xtask faults nodes`; true where nothing was lost and nothing leaked.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let asked = Asked::of(root, words)?;
    let folder = std::env::temp_dir().join(format!("midad-nodes-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    eprintln!("faults: three nodes, seed {}, everything lies in {}", asked.seed, folder.display());
    let outcome = run(&asked, &folder)?;
    println!("{}", Report { asked: &asked, outcome: &outcome });
    let good = outcome.ledger.findings.is_empty();
    if good {
        // What is left behind is in the system's own folder for such things.
        let _ = std::fs::remove_dir_all(&folder);
    } else {
        eprintln!("faults: logs and databases stay in {}", folder.display());
    }
    Ok(good)
}

fn run(asked: &Asked, folder: &Path) -> Result<Outcome> {
    let start = Instant::now();
    let machines: Vec<(&str, u8)> = node::MACHINES
        .into_iter()
        .zip(node::PLACES)
        .chain(database::MACHINES.into_iter().zip(database::PLACES))
        .chain([(store::MACHINE, store::PLACE)])
        .collect();
    database::programs()?;
    let network = Network::lay(&machines)?;
    let bucket = Store::open(&network, folder)?;
    let mail = Sink::open(network.address(1))?;
    let mut servers = Servers::open(&network, folder)?;
    let databases = (&*servers.url(), &*servers.replica_url());
    let mut nodes = Nodes::new(&network, &asked.program, folder, databases, &bucket, &mail)?;
    nodes.begin(0, "demo")?;
    nodes.until_ready(0)?;
    nodes.stop(0)?;
    for node in 0..node::MACHINES.len() {
        nodes.begin(node, "serve")?;
        nodes.until_ready(node)?;
    }
    let doors = [0, 1, 2].map(|node| nodes.address(node));
    let staff = staff(asked, &nodes, doors[0])?;
    let town = town(asked, &staff, doors)?;
    let newsletter = Newsletter::open(&town, staff.editor.clone(), &mail)?;
    let mut outcome = at_work(asked, &town, staff, (&network, &mut nodes, &mut servers), (newsletter, &mail), folder)?;
    outcome.took = start.elapsed();
    Ok(outcome)
}

/// The invented newspaper's people, as the demo has them.
fn staff(asked: &Asked, nodes: &Nodes<'_>, door: SocketAddr) -> Result<Staff> {
    let people = std::fs::read_to_string(asked.root.join("fixtures/staff.txt")).context("fixtures/staff.txt")?;
    let named = |role: &str| {
        let mut lines = people.lines().filter_map(|line| line.split_once(" | "));
        let found = lines.find(|(of, _)| of.trim() == role).map(|(_, name)| name.trim().to_owned());
        found.context("somebody has this role")
    };
    let (owner, moderator) = (named("owner")?, named("moderator")?);
    let mut words = vec!["api-key", "add", "faults", "--per-minute", "6000", "--for", &owner];
    SCOPES.iter().for_each(|scope| words.extend(["--scope", scope]));
    let said = nodes.must(&words)?;
    let key = said.split_whitespace().find(|word| word.starts_with("midad_")).context("no key was told")?.to_owned();
    let signed_in = |name: &str, number: u8| {
        let said = nodes.must(&["staff", "link", name])?;
        let token = said.split("/sign-in/").nth(1).and_then(|rest| rest.split_whitespace().next());
        let mut browser = Browser::through_a_proxy(door, HOST, people::from(number));
        let heard = browser.send(&format!("/sign-in/{}", token.context("no link was told")?), &[]);
        ensure!(matches!(&heard, Heard::Whole(answer) if answer.status == 303), "nobody was signed in: {heard:?}");
        Ok(browser)
    };
    let program = Browser::through_a_proxy(door, HOST, people::from(1)).holding(&key);
    Ok(Staff { moderator: signed_in(&moderator, 2)?, editor: signed_in(&owner, 3)?, program })
}

/// Where people meet: stories of the front page that take comments.
fn town(asked: &Asked, staff: &Staff, doors: [SocketAddr; 3]) -> Result<Town> {
    let Heard::Whole(sections) = staff.program.clone().get("/api/v1/sections") else {
        bail!("the API does not answer")
    };
    let section = sections.json()[0]["id"].as_str().context("the paper has no section")?.to_owned();
    let mut reader = Browser::through_a_proxy(doors[0], HOST, people::from(4));
    let Heard::Whole(front) = reader.get("/") else { bail!("the front page does not answer") };
    let mut stories = Vec::new();
    for path in values(&front.text(), "href", "/stories/") {
        let takes = matches!(reader.get(&path), Heard::Whole(story) if story.text().contains("id=\"comment-form\""));
        if takes && stories.len() < STORIES {
            stories.push(path);
        }
    }
    ensure!(!stories.is_empty(), "no story of the front page takes comments");
    Ok(Town::new(doors, stories, &section, Ledger::new(&word_of(asked.seed))))
}

/// People come, things happen to the paper, people go; then it is looked at.
fn at_work<'n>(
    asked: &Asked,
    town: &Town,
    staff: Staff,
    (network, nodes, servers): (&'n Network, &mut Nodes<'n>, &mut Servers<'n>),
    (mut newsletter, mail): (Newsletter, &Sink),
    folder: &Path,
) -> Result<Outcome> {
    let (mut chance, left, mut editor) = (Chance::new(asked.seed), Left::default(), staff.editor.clone());
    let (mut recoveries, mut played) = (Vec::new(), Ok(()));
    std::thread::scope(|scope| {
        crowd::come(scope, town, (staff, mail), &mut chance, &left);
        let (newsletter, seconds) = (&mut newsletter, asked.seconds);
        let mut stage = Stage { town, network, nodes, servers, newsletter, chance, seconds, recoveries: Vec::new() };
        played = stage.play();
        recoveries = std::mem::take(&mut stage.recoveries);
        let waits = Instant::now();
        while town.watch.waiting() > 0 && waits.elapsed() < SETTLED {
            std::thread::sleep(Duration::from_millis(100));
        }
        town.close();
    });
    let closed_at = Instant::now();
    if let Err(problem) = played {
        town.find("the run could not go on", format!("{problem:#}"));
    }
    let letters = newsletter.count(town, mail, servers, std::mem::take(&mut *held(&left.addresses)))?;
    let clock = proof::publications(town, servers, &held(&left.timed))?;
    proof::everything(town, nodes, folder)?;
    let pictures = proof::nodes_agree(town, &mut editor, &held(&left.pictures));
    let seen = std::mem::take(&mut *held(&left.seen));
    let missed = seen.iter().map(|one| one.compare(town, closed_at)).sum();
    nodes.panics().into_iter().for_each(|line| town.find("a panic", line));
    nodes.ended().into_iter().for_each(|line| town.find("it ended by itself", line));
    for kind in super::run::was_idle(&town.ledger(), usize::MAX) {
        town.find("nothing was proved", format!("no act of this kind was acknowledged: {}", kind.words()));
    }
    let (phases, samples) = (town.phases(), std::mem::take(&mut *held(&town.watch.samples)));
    let ledger = std::mem::take(&mut *town.ledger());
    Ok(Outcome { phases, recoveries, samples, seen, missed, letters, clock, pictures, ledger, took: Duration::ZERO })
}
