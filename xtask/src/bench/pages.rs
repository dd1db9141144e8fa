//! Pages as readers get them: `cargo xtask bench pages [--seconds N]`. Ready ones beside nginx with the same bytes pressed
//! beforehand; pages that are made anew for every request; a page of a very long thread; and what the process takes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::load::{Measured, Tools};
use super::nginx::Nginx;
use super::paper::{Paper, Place, free_port};
use super::table::{Line, Table};
use super::{ROUNDS, encoded, machine, say, seconds};

/// All comments of the story stand on its page.
const ON_A_PAGE: &str = "paper.comments-per-page=200";
const NONE_KEPT: &str = "pages.kept-megabytes=0";
const COMMENTS: &str = "200";
const LONG: &str = "20000";
const COLD_STARTS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures and prints.
pub fn command(root: &Path, words: &[String]) -> Result<bool> {
    let each = seconds(words)?;
    let tools = Tools::build(root)?;
    let folder = std::env::temp_dir().join(format!("midad-bench-pages-{}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let measured = Bench { tools: &tools, folder: &folder, each }.everything();
    // What is left behind is in the system's own folder for such things.
    let _ = std::fs::remove_dir_all(&folder);
    let (table, facts) = measured?;
    println!("\n{}\n\n{table}\n\n| What | measured |\n|---|--:|", machine::line(each, ROUNDS));
    facts.iter().for_each(|(what, much)| println!("| {what} | {much} |"));
    Ok(true)
}

struct Bench<'b> {
    tools: &'b Tools,
    folder: &'b Path,
    each: Duration,
}

type Facts = Vec<(String, String)>;

impl Bench<'_> {
    fn everything(&self) -> Result<(Table, Facts)> {
        let (mut table, mut facts) = (Table::default(), Facts::new());
        let place = Place::folder(&self.folder.join("paper"));
        say("a paper with two stories");
        Paper::start(self.tools, &place)?.stop()?;
        let model = self.tools.any_slug(self.folder, &place)?;
        let (short, long) = (self.tools.fill(&place, &model, COMMENTS)?, self.tools.fill(&place, &model, LONG)?);
        facts.push(("first full page after a cold start, the middle of five, ms".to_owned(), self.cold(&place)?));
        self.ready(&place, &short, &mut table, &mut facts)?;
        self.anew(&place, (&short, &long), &mut table, &mut facts)?;
        Ok((table, facts))
    }

    /// From the start of the program to a whole page.
    fn cold(&self, place: &Place) -> Result<String> {
        say("cold starts");
        let mut took = Vec::new();
        for _ in 0..COLD_STARTS {
            took.push(cold_start(&self.tools.midad, place)?.as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        Ok(format!("{:.0}", took[COLD_STARTS / 2]))
    }

    fn ready(&self, place: &Place, slug: &str, table: &mut Table, facts: &mut Facts) -> Result<()> {
        let paper = Paper::start_with(self.tools, place, &[ON_A_PAGE])?;
        std::thread::sleep(self.each);
        facts.push(("memory at rest, MB".to_owned(), megabytes(paper.takes()?.1)));
        let story = format!("{}/stories/{}", paper.address, encoded(slug));
        let front = format!("{}/", paper.address);
        let files = self.folder.join("static");
        std::fs::create_dir_all(&files).context("a folder for nginx")?;
        for (name, address) in [("story", &story), ("front", &front)] {
            self.tools.fetch(address, &files.join(name), false)?;
            self.tools.fetch(address, &files.join(format!("{name}.gz")), true)?;
        }
        facts.push(("story page as gzip, KiB".to_owned(), kibibytes(&files.join("story.gz"))?));
        facts.push(("the same as it is, KiB".to_owned(), kibibytes(&files.join("story"))?));
        facts.push(self.first_visit(&paper, &files)?);
        let nginx = Nginx::start(&files)?;
        for (what, name, address, gzip) in [
            ("story page with 200 comments, gzip", "story", &story, true),
            ("story page with 200 comments, plain", "story", &story, false),
            ("front page, gzip", "front", &front, true),
        ] {
            say(what);
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                ours.push(self.tools.read(address, self.each, gzip)?);
                theirs.push(self.tools.read(&format!("{}/{name}", nginx.address), self.each, gzip)?);
            }
            table.add(Line::page(what, "ready", &ours, &theirs));
            table.add_static(what, &theirs);
        }
        facts.push(("memory under that load, MB".to_owned(), megabytes(paper.takes()?.1)));
        paper.stop()
    }

    /// The story page and what it asks for before it is whole, without pictures.
    fn first_visit(&self, paper: &Paper, files: &Path) -> Result<(String, String)> {
        let html = std::fs::read_to_string(files.join("story")).context("the story page")?;
        let mut asked: Vec<&str> = html.split('"').filter(|part| part.starts_with("/assets/")).collect();
        asked.sort_unstable();
        asked.dedup();
        let mut bytes = std::fs::metadata(files.join("story.gz")).context("the story page")?.len();
        for path in &asked {
            let file = files.join("asset");
            self.tools.fetch(&format!("{}{path}", paper.address), &file, true)?;
            bytes += std::fs::metadata(&file).context("an asset")?.len();
        }
        let what = format!("first visit of a story without pictures, {} requests, KiB", asked.len() + 1);
        Ok((what, format!("{:.1}", whole(bytes) / 1024.0)))
    }

    fn anew(&self, place: &Place, slugs: (&str, &str), table: &mut Table, facts: &mut Facts) -> Result<()> {
        let paper = Paper::start_with(self.tools, place, &[ON_A_PAGE, NONE_KEPT])?;
        let (short, front) = (format!("{}/stories/{}", paper.address, encoded(slugs.0)), format!("{}/", paper.address));
        for (what, address) in [("story page with 200 comments", &short), ("front page", &front)] {
            say(&format!("{what}, made anew"));
            self.tools.read(address, Duration::from_secs(1), false)?;
            let before = paper.takes()?.0;
            let measured = self.tools.read(address, self.each, false)?;
            let requests = measured.per_second * self.each.as_secs_f64();
            let each = (paper.takes()?.0 - before) / requests * 1e3;
            table.add(Line::bare(&format!("{what}, made anew for each request, plain"), "midad", measured));
            facts.push((format!("{what}, made anew: processor time for one, ms"), format!("{each:.2}")));
        }
        paper.stop()?;
        let paper = Paper::start_with(self.tools, place, &[NONE_KEPT])?;
        say("a page of a long thread");
        let address = |slug: &str| format!("{}/stories/{}", paper.address, encoded(slug));
        let (mut of_short, mut of_long): (Vec<Measured>, Vec<Measured>) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            of_short.push(self.tools.read(&address(slugs.0), self.each, false)?);
            of_long.push(self.tools.read(&address(slugs.1), self.each, false)?);
        }
        let mut times: Vec<f64> = of_short.iter().zip(&of_long).map(|(s, l)| s.per_second / l.per_second).collect();
        times.sort_by(f64::total_cmp);
        let what = "first page of a thread of 20,000, beside one of 200, times as long";
        facts.push((what.to_owned(), format!("{:.2}", times[ROUNDS / 2])));
        paper.stop()
    }
}

/// Starts the program on data that are there, and asks for the front page until it is whole.
fn cold_start(program: &Path, place: &Place) -> Result<Duration> {
    let port = free_port()?;
    let mut command = Command::new(program);
    command.arg("serve").args(place.flags()).args(["--listen", &format!("127.0.0.1:{port}")]);
    let begun = Instant::now();
    let child = command.current_dir(std::env::temp_dir()).stdin(Stdio::null()).stdout(Stdio::null()).spawn();
    let _child = Ended(child.context("midad")?);
    while !is_whole(port).unwrap_or(false) {
        ensure!(begun.elapsed() < PATIENCE, "midad shows no page");
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(begun.elapsed())
}

fn is_whole(port: u16) -> Result<bool> {
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    line.set_read_timeout(Some(PATIENCE))?;
    write!(line, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut page = String::new();
    line.read_to_string(&mut page)?;
    Ok(page.starts_with("HTTP/1.1 200 ") && page.trim_end().ends_with("</html>"))
}

/// A program that ends with the measurement.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // One that has ended already is ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0}", whole(bytes) / 1e6)
}

fn kibibytes(file: &Path) -> Result<String> {
    Ok(format!("{:.1}", whole(std::fs::metadata(file).context("a page")?.len()) / 1024.0))
}

#[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
fn whole(bytes: u64) -> f64 {
    bytes as f64
}
