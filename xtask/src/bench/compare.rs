//! The newspaper beside its peers, in one run: `cargo xtask bench compare [--seconds N] [--beside FILE]`. What is asked of it stands
//! beside what was measured, and whether that is enough.
//!
//! Other comment systems are started by whoever measures, and named in a file of TOML, each as `[[beside]]` with `name`, `aim` (how
//! many times as many comments the newspaper is to take), `address`, `taken` (the status of an answer that takes the comment), `kind`
//! (the body's type), `body` (with `{author}` and `{text}`) and `headers` («Name: value»). They get the same texts from the same senders,
//! in turn with the newspaper.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

use super::load::{Measured, Tools};
use super::pages::{Bench, FRONT_GZIP, Figures, Ready, STORY_GZIP, STORY_PLAIN};
use super::paper::{Paper, Place};
use super::table::middle;
use super::{ROUNDS, SECONDS, encoded, machine, say};

/// Who send at once, and who wait for a comment that was released.
const SENDERS: usize = 32;
const WAITING: usize = 32;
/// The same machine sends all of it: no sum is asked of it.
const NO_SUMS: &str = "toll.asked=never";
/// Comments of a story whose new comment stands on its first page.
const FEW: &str = "20";

/// Measures and prints.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let asked = Asked::read(words)?;
    let peers = asked.beside.as_deref().map(peers).transpose()?.unwrap_or_default();
    let tools = Tools::build(root)?;
    let folder = std::env::temp_dir().join(format!("midad-bench-compare-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let measured = Compared::measure(&tools, &folder, asked.each, &peers);
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&folder);
    let compared = measured?;
    println!("\n{}\n\n{}\n{}", machine::line(asked.each, ROUNDS), compared.figures, Aims(compared.aims()));
    if peers.is_empty() {
        println!("No other comment system was named (--beside FILE): comments were not compared.");
    }
    println!(
        "Not part of this run: a paper of millions (`--example import`), Lighthouse (`npx lighthouse`): docs/performance.md."
    );
    Ok(true)
}

/// What the command line asks for.
struct Asked {
    each: Duration,
    beside: Option<PathBuf>,
}

impl Asked {
    fn read(words: &[String]) -> Result<Self> {
        let (mut seconds, mut beside) = (SECONDS, None);
        for pair in words.chunks(2) {
            match pair {
                [flag, number] if flag == "--seconds" => {
                    seconds = number.parse().context("--seconds takes a number")?
                }
                [flag, file] if flag == "--beside" => beside = Some(PathBuf::from(file)),
                _ => bail!("bench compare takes --seconds N and --beside FILE"),
            }
        }
        ensure!((1..=60).contains(&seconds), "between 1 and 60 seconds");
        Ok(Self { each: Duration::from_secs(seconds), beside })
    }
}

/// Another comment system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Peer {
    pub name: String,
    pub aim: f64,
    pub address: String,
    /// The status of an answer that takes the comment.
    pub taken: u16,
    pub kind: String,
    pub body: String,
    #[serde(default)]
    pub headers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Peers {
    beside: Vec<Peer>,
}

fn peers(file: &Path) -> Result<Vec<Peer>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    Ok(toml::from_str::<Peers>(&text).with_context(|| file.display().to_string())?.beside)
}

/// Comments taken in a second, round by round.
struct Taken {
    name: String,
    aim: f64,
    rounds: Vec<Measured>,
}

/// Comments beside SQLite that writes down the same rows and does nothing else, as many of them in a commit as are sent at once. Texts
/// are not read for their meaning, but examined by the rules: that no setting switches off.
struct Alone {
    /// Shares of SQLite's rate: sent over HTTP, and kept by the store without it.
    sent: Option<f64>,
    kept: Option<f64>,
}

impl Alone {
    fn measure(tools: &Tools, place: &Place, slug: &str, each: Duration) -> Result<Self> {
        let (mut sent, mut kept) = (Vec::new(), Vec::new());
        let file = Path::new(place.word()).join("midad.db");
        let before = file.with_extension("before.db");
        for _ in 0..ROUNDS {
            std::fs::copy(&file, &before).with_context(|| file.display().to_string())?;
            say("comments, meaning off");
            let paper = Paper::start_with(tools, place, &[NO_SUMS, "meaning=off"])?;
            let over_http = tools.send(&of_paper(&paper, slug), each, SENDERS)?;
            paper.stop()?;
            say("comments without HTTP");
            let without = tools.keep(place, slug, each, SENDERS)?;
            say("the same rows");
            let bare = tools.bare_rows(&before, &file, SENDERS)?;
            sent.push(over_http.per_second / bare.per_second);
            kept.push(without.per_second / bare.per_second);
        }
        Ok(Self { sent: middle(sent), kept: middle(kept) })
    }
}

/// The newspaper's own form.
fn of_paper(paper: &Paper, slug: &str) -> Peer {
    Peer {
        name: "Midad".to_owned(),
        aim: 1.0,
        address: format!("{}/stories/{}/comments", paper.address, encoded(slug)),
        taken: 303,
        kind: "application/x-www-form-urlencoded".to_owned(),
        body: "name={author}&text={text}&reply_to=&website=&warned=".to_owned(),
        headers: vec![format!("Origin: {}", paper.address)],
    }
}

/// Everything that was measured.
struct Compared {
    figures: Figures,
    ours: Vec<Measured>,
    others: Vec<Taken>,
    alone: Alone,
    /// Milliseconds until the last reader saw a comment that was released, each time.
    shown: Vec<f64>,
}

impl Compared {
    fn measure(tools: &Tools, folder: &Path, each: Duration, peers: &[Peer]) -> Result<Self> {
        let figures = Bench { tools, folder, each }.everything()?;
        let place = Place::folder(&folder.join("posted"));
        Paper::start(tools, &place)?.stop()?;
        let slug = tools.fill(&place, &tools.any_slug(folder, &place)?, FEW)?;
        let paper = Paper::start_with(tools, &place, &[NO_SUMS])?;
        say("a released comment");
        let shown = tools.shown(&paper, &place, &slug, WAITING)?;
        let own = of_paper(&paper, &slug);
        let mut ours = Vec::new();
        let mut others: Vec<Taken> =
            peers.iter().map(|peer| Taken { name: peer.name.clone(), aim: peer.aim, rounds: Vec::new() }).collect();
        for _ in 0..if peers.is_empty() { 1 } else { ROUNDS } {
            say("comments");
            ours.push(tools.send(&own, each, SENDERS)?);
            for (peer, taken) in peers.iter().zip(&mut others) {
                say(&format!("comments, {}", peer.name));
                taken.rounds.push(tools.send(peer, each, SENDERS)?);
            }
        }
        paper.stop()?;
        let alone = Alone::measure(tools, &place, &slug, each)?;
        Ok(Self { figures, ours, others, alone, shown })
    }

    fn aims(&self) -> Vec<Aim> {
        let figures = &self.figures;
        let mut aims = Vec::new();
        for ready in &figures.ready {
            let least = if ready.what == STORY_PLAIN { 0.9 } else { 0.7 };
            let known = [STORY_GZIP, STORY_PLAIN, FRONT_GZIP].contains(&ready.what);
            aims.extend(known.then(|| Aim::least(&format!("{}, beside nginx", ready.what), least, rate(ready))));
            if ready.what == STORY_GZIP {
                aims.push(Aim::most("its slowest hundredth, beside nginx", 2.0, slowest(ready)));
            }
        }
        if let Some((what, ms, _)) = figures.anew.first() {
            aims.push(Aim::most(&format!("{what}, made anew, processor time, ms"), 0.6, Some(*ms)));
        }
        let shown = self.shown.iter().copied().reduce(f64::max);
        aims.push(Aim::most("a released comment, until the last of 32 readers sees it, ms", 1000.0, shown));
        let (requests, [brotli, gzip]) = figures.first_visit;
        aims.push(Aim::most("first visit of a story, without pictures, brotli, KiB", 60.0, Some(brotli)));
        aims.push(Aim::most("the same with gzip, KiB", 60.0, Some(gzip)));
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        aims.push(Aim::most("the same, requests", 8.0, Some(requests as f64)));
        for other in &self.others {
            let shares = self.ours.iter().zip(&other.rounds).map(|(ours, theirs)| ours.per_second / theirs.per_second);
            aims.push(Aim::least(
                &format!("comments, 32 senders, beside {}", other.name),
                other.aim,
                middle(shares.collect()),
            ));
        }
        for (what, share) in [("over HTTP", self.alone.sent), ("without HTTP", self.alone.kept)] {
            let what = format!("comments {what}, 32 at once, meaning off, beside the same rows by SQLite alone");
            aims.push(Aim::least(&what, 0.5, share));
        }
        let long = Some(figures.long_thread);
        aims.push(Aim::most("first page of a thread of 20,000, beside one of 200, times as long", 1.3, long));
        aims.push(Aim::most("memory at rest, MB", 120.0, Some(figures.memory[0])));
        aims.push(Aim::most("memory under the load of ready pages, MB", 250.0, Some(figures.memory[1])));
        aims.push(Aim::most("first full page after a cold start, ms", 300.0, Some(figures.cold_ms)));
        aims
    }
}

fn rate(ready: &Ready) -> Option<f64> {
    middle(ready.ours.iter().zip(&ready.theirs).map(|(ours, theirs)| ours.per_second / theirs.per_second).collect())
}

fn slowest(ready: &Ready) -> Option<f64> {
    let rounds = ready.ours.iter().zip(&ready.theirs);
    middle(rounds.filter_map(|(ours, theirs)| Some(ours.p99_ms? / theirs.p99_ms?)).collect())
}

/// One thing that is asked for.
pub(super) struct Aim {
    what: String,
    bound: f64,
    is_least: bool,
    measured: Option<f64>,
}

impl Aim {
    /// So much at least.
    pub fn least(what: &str, bound: f64, measured: Option<f64>) -> Self {
        Self { what: what.to_owned(), bound, is_least: true, measured }
    }

    /// So much at most.
    pub fn most(what: &str, bound: f64, measured: Option<f64>) -> Self {
        Self { what: what.to_owned(), bound, is_least: false, measured }
    }

    fn said(&self) -> &'static str {
        let reached = |number: f64| if self.is_least { number >= self.bound } else { number <= self.bound };
        match self.measured.map(reached) {
            None => "not measured",
            Some(true) => "yes",
            Some(false) => "**no**",
        }
    }
}

/// The table of what is asked for.
pub(super) struct Aims(pub Vec<Aim>);

impl fmt::Display for Aims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| Asked for | | measured | reached |\n|---|--:|--:|---|")?;
        for aim in &self.0 {
            let bound = format!("{} {}", if aim.is_least { "≥" } else { "≤" }, aim.bound);
            let measured = aim.measured.map_or_else(|| "–".to_owned(), |number| format!("{number:.2}"));
            writeln!(f, "| {} | {bound} | {measured} | {} |", aim.what, aim.said())?;
        }
        Ok(())
    }
}
