//! `cargo xtask bench`: what the newspaper does in a second on this machine, beside what the machine's own parts do.
//!
//! Everything runs on this machine and is measured in one run, since a number alone says more about the machine than about
//! the newspaper. Nothing runs longer than it was told to.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

mod compare;
mod desk;
mod encoder;
mod load;
mod machine;
mod nginx;
mod pages;
mod paper;
mod pastes;
mod table;
#[cfg(test)]
mod tests;

use load::{GZIP, Measured, Tools};
pub use machine::machine;
use nginx::Nginx;
pub use paper::free_port;
use paper::{Paper, Place};
use table::{Line, Table};

/// Comments under the story that is read; a page shows 50 of them.
const COMMENTS: &str = "200";
/// Connections of another comment system.
const ASKING: usize = 32;
/// Pages are read this often, nginx and the newspaper in turn, and the middle one is told.
const ROUNDS: usize = 3;
const SECONDS: u64 = 5;

/// How much is measured.
struct Plan {
    each: Duration,
    root: PathBuf,
    /// Where everything lies while it is measured; taken away at the end.
    folder: PathBuf,
}

/// `cargo xtask bench [--seconds N]`, `cargo xtask bench compare`, `… desk`, `… pages`, `… pastes` or `… encoder`.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    if let Some((first, rest)) = words.split_first() {
        let part = match first.as_str() {
            "compare" => compare::command,
            "desk" => desk::command,
            "pastes" => pastes::command,
            "pages" => pages::command,
            "encoder" => encoder::command,
            _ => return alone(root, words),
        };
        say(first);
        return part(root, rest);
    }
    alone(root, words)
}

/// The newspaper on both engines, beside nginx and the engines themselves.
fn alone(root: &Path, words: &[String]) -> Result<bool> {
    let folder = std::env::temp_dir().join(format!("midad-bench-{}", std::process::id()));
    let plan = Plan { each: seconds(words)?, root: root.to_path_buf(), folder };
    std::fs::create_dir_all(&plan.folder).with_context(|| plan.folder.display().to_string())?;
    let measured = everything(&plan);
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&plan.folder);
    let table = measured?;
    println!("\n{}\n\n{table}", machine::line(plan.each, ROUNDS));
    Ok(true)
}

fn seconds(words: &[String]) -> Result<Duration> {
    let seconds = match words {
        [] => SECONDS,
        [flag, number] if flag == "--seconds" => number.parse().context("--seconds takes a number")?,
        _ => bail!("bench takes nothing or --seconds N"),
    };
    ensure!((1..=60).contains(&seconds), "between 1 and 60 seconds");
    Ok(Duration::from_secs(seconds))
}

fn everything(plan: &Plan) -> Result<Table> {
    let tools = Tools::build(&plan.root)?;
    let mut table = Table::default();
    on_sqlite(plan, &tools, &mut table)?;
    match Place::postgres(&tools) {
        Ok(place) => {
            let ended = on_postgres(plan, &tools, &place, &mut table);
            place.clear(&tools);
            ended?;
        }
        Err(reason) => table.note(&format!("PostgreSQL was not measured: {reason:#}")),
    }
    Ok(table)
}

fn on_sqlite(plan: &Plan, tools: &Tools, table: &mut Table) -> Result<()> {
    let place = Place::folder(&plan.folder.join("paper"));
    say("bare SQLite");
    let bare = tools.bare_sqlite(&plan.folder.join("bare.db"), plan.each)?;
    measure_paper(plan, tools, &place, "SQLite", &[(1, &bare), (64, &bare)], table)?;
    table.add(Line::bare("one row, one durable commit, 1 writer (all that SQLite has)", "SQLite itself", bare));
    Ok(())
}

fn on_postgres(plan: &Plan, tools: &Tools, place: &Place, table: &mut Table) -> Result<()> {
    say("bare PostgreSQL");
    let one = tools.bare_postgres(place.word(), plan.each, 1)?;
    let many = tools.bare_postgres(place.word(), plan.each, 64)?;
    measure_paper(plan, tools, place, "PostgreSQL", &[(1, &one), (64, &many)], table)?;
    table.add(Line::bare("one row, one durable commit, 1 writer", "PostgreSQL itself", one));
    table.add(Line::bare("one row, one durable commit, 64 writers", "PostgreSQL itself", many));
    Ok(())
}

/// Reads and posts over HTTP, then the store alone; `bare` is the engine's own rate by writers.
fn measure_paper(
    plan: &Plan,
    tools: &Tools,
    place: &Place,
    engine: &'static str,
    bare: &[(usize, &Measured)],
    table: &mut Table,
) -> Result<()> {
    say(&format!("a paper on {engine}"));
    Paper::start(tools, place)?.stop()?;
    let model = tools.any_slug(&plan.folder, place)?;
    let slug = tools.fill(place, &model, COMMENTS)?;
    let paper = Paper::start(tools, place)?;
    measure_reads(plan, tools, &paper, &slug, engine, table)?;
    for (posters, bare) in bare {
        say(&format!("{} on {engine}", posters_in_words(*posters)));
        let posted = tools.post(&paper, &slug, plan.each, *posters)?;
        table.add(Line::beside(
            &format!("comments posted over HTTP, {}", posters_in_words(*posters)),
            engine,
            posted,
            bare,
        ));
    }
    say(&format!("comments:analyze on {engine}"));
    let asked = tools.analyze(&paper, place, plan.each, ASKING)?;
    let what = format!("comments scored for another system, {ASKING} connections");
    table.add(Line::bare(&what, &format!("midad, {engine}"), asked));
    paper.stop()?;
    for (writers, bare) in bare {
        say(&format!("{} without HTTP on {engine}", posters_in_words(*writers)));
        let kept = tools.keep(place, &slug, plan.each, *writers)?;
        let what = format!("comments kept without HTTP, {}", posters_in_words(*writers));
        table.add(Line::beside(&what, engine, kept, bare));
    }
    Ok(())
}

fn measure_reads(
    plan: &Plan,
    tools: &Tools,
    paper: &Paper,
    slug: &str,
    engine: &'static str,
    table: &mut Table,
) -> Result<()> {
    let story = format!("{}/stories/{}", paper.address, encoded(slug));
    let front = format!("{}/", paper.address);
    let pages = [("story page, 50 of 200 comments", "story", &story), ("front page", "front", &front)];
    let files = plan.folder.join(format!("static-{engine}"));
    std::fs::create_dir_all(&files).context("a folder for nginx")?;
    for (_, name, address) in pages {
        tools.fetch(address, &files.join(name), None)?;
        tools.fetch(address, &files.join(format!("{name}.gz")), Some(GZIP))?;
    }
    let nginx = Nginx::start(&files);
    if let Err(reason) = &nginx {
        table.note(&format!("nginx was not measured: {reason:#}"));
    }
    for (what, name, address) in pages {
        for gzip in [true, false] {
            let way = if gzip { "gzip" } else { "plain" };
            say(&format!("{what}, {way}, {engine}"));
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                ours.push(tools.read(address, plan.each, gzip)?);
                if let Ok(nginx) = &nginx {
                    theirs.push(tools.read(&format!("{}/{name}", nginx.address), plan.each, gzip)?);
                }
            }
            table.add(Line::page(&format!("{what}, {way}"), engine, &ours, &theirs));
            table.add_static(&format!("{what}, {way}"), &theirs);
        }
    }
    Ok(())
}

fn posters_in_words(posters: usize) -> String {
    if posters == 1 { "1 poster".to_owned() } else { format!("{posters} posters") }
}

/// Everything but the letters that need no encoding in a path.
fn encoded(slug: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    slug.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}
