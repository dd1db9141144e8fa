//! Pages as readers get them: `cargo xtask bench pages [--seconds N]`. Ready ones beside nginx with the same bytes pressed
//! beforehand; pages that are made anew for every request; a page of a very long thread; and what the process takes.

use std::fmt;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::load::{BROTLI, GZIP, Measured, Tools};
use super::nginx::Nginx;
use super::paper::{Paper, Place, free_port};
use super::table::{Line, Table};
use super::{ROUNDS, encoded, machine, say, seconds};

/// All comments of the story stand on its page.
const ON_A_PAGE: &str = "paper.comments-per-page=200";
const NONE_KEPT: &str = "pages.kept-megabytes=0";
const COMMENTS: &str = "200";
const LONG: &str = "20000";
/// The ready pages.
pub(super) const STORY_GZIP: &str = "story page with 200 comments, gzip";
pub(super) const STORY_PLAIN: &str = "story page with 200 comments, plain";
pub(super) const FRONT_GZIP: &str = "front page, gzip";
/// At rest: a processor worked less than this share for so long.
const QUIET_FOR: Duration = Duration::from_secs(5);
const QUIET_SHARE: f64 = 0.02;
const QUIET_WITHIN: Duration = Duration::from_secs(240);
/// While the last minute before a mass of news is read again, every second for ten minutes, it takes a quarter of a processor.
const BUSY_SHARE: f64 = 0.45;
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
    println!("\n{}\n\n{}", machine::line(each, ROUNDS), measured?);
    Ok(true)
}

/// Where it is measured.
pub(super) struct Bench<'b> {
    pub tools: &'b Tools,
    pub folder: &'b Path,
    pub each: Duration,
}

/// What was measured.
#[derive(Default)]
pub(super) struct Figures {
    /// Ready pages: the story plain, as gzip, and the front page as gzip; ours and nginx's, round by round.
    pub ready: Vec<Ready>,
    /// From the start of the program to a whole page, milliseconds, the middle of five.
    pub cold_ms: f64,
    /// Memory at rest and under the load of ready pages, MB.
    pub memory: [f64; 2],
    /// The story page as gzip and plain, KiB.
    pub story_kib: [f64; 2],
    /// A first visit of a story without pictures: requests, and KiB on the line with brotli and with gzip.
    pub first_visit: (usize, [f64; 2]),
    /// Processor time for a page that is made anew, milliseconds: the story, the front page; and how many a second.
    pub anew: Vec<(&'static str, f64, Measured)>,
    /// How many times as long the first page of a thread of 20,000 takes as that of 200.
    pub long_thread: f64,
}

/// A page that is ready, beside the same bytes from nginx.
pub(super) struct Ready {
    pub what: &'static str,
    pub ours: Vec<Measured>,
    pub theirs: Vec<Measured>,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::default();
        for ready in &self.ready {
            table.add(Line::page(ready.what, "ready", &ready.ours, &ready.theirs));
            table.add_static(ready.what, &ready.theirs);
        }
        for (what, _, measured) in &self.anew {
            table.add(Line::bare(&format!("{what}, made anew for each request, plain"), "midad", *measured));
        }
        writeln!(f, "{table}\n\n| What | measured |\n|---|--:|")?;
        writeln!(f, "| first full page after a cold start, the middle of five, ms | {:.0} |", self.cold_ms)?;
        writeln!(f, "| memory at rest, MB | {:.0} |", self.memory[0])?;
        writeln!(f, "| memory under the load of ready pages, MB | {:.0} |", self.memory[1])?;
        writeln!(f, "| story page as gzip, KiB | {:.1} |", self.story_kib[0])?;
        writeln!(f, "| the same as it is, KiB | {:.1} |", self.story_kib[1])?;
        let (requests, [brotli, gzip]) = self.first_visit;
        writeln!(f, "| first visit of a story without pictures, {requests} requests, brotli, KiB | {brotli:.1} |")?;
        writeln!(f, "| the same with gzip, KiB | {gzip:.1} |")?;
        for (what, ms, _) in &self.anew {
            writeln!(f, "| {what}, made anew: processor time for one, ms | {ms:.2} |")?;
        }
        let times = self.long_thread;
        writeln!(f, "| first page of a thread of 20,000, beside one of 200, times as long | {times:.2} |")
    }
}

impl Bench<'_> {
    /// A paper of its own, with a story of 200 and one of 20,000 comments.
    pub fn everything(&self) -> Result<Figures> {
        let place = Place::folder(&self.folder.join("paper"));
        say("a paper with two stories");
        Paper::start(self.tools, &place)?.stop()?;
        let at_rest = self.at_rest(&place)?;
        let model = self.tools.any_slug(self.folder, &place)?;
        let (short, long) = (self.tools.fill(&place, &model, COMMENTS)?, self.tools.fill(&place, &model, LONG)?);
        let mut figures = Figures { cold_ms: self.cold(&place)?, memory: [at_rest, 0.0], ..Figures::default() };
        self.ready(&place, &short, &mut figures)?;
        self.anew(&place, &short, &mut figures)?;
        figures.long_thread = self.long_thread(&place, (&short, &long))?;
        Ok(figures)
    }

    /// MB of a demo that was started again and has nothing left to do.
    fn at_rest(&self, place: &Place) -> Result<f64> {
        say("at rest");
        let paper = Paper::start(self.tools, place)?;
        comes_to_rest(&paper, QUIET_SHARE)?;
        let memory = megabytes(paper.takes()?.1);
        paper.stop()?;
        Ok(memory)
    }

    /// From the start of the program to a whole page, milliseconds.
    fn cold(&self, place: &Place) -> Result<f64> {
        say("cold starts");
        let mut took = Vec::new();
        for _ in 0..COLD_STARTS {
            took.push(cold_start(&self.tools.midad, place)?.as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        Ok(took[COLD_STARTS / 2])
    }

    fn ready(&self, place: &Place, slug: &str, figures: &mut Figures) -> Result<()> {
        let paper = Paper::start_with(self.tools, place, &[ON_A_PAGE])?;
        let story = format!("{}/stories/{}", paper.address, encoded(slug));
        let front = format!("{}/", paper.address);
        let files = self.folder.join("static");
        std::fs::create_dir_all(&files).context("a folder for nginx")?;
        for (name, address) in [("story", &story), ("front", &front)] {
            self.tools.fetch(address, &files.join(name), None)?;
            self.tools.fetch(address, &files.join(format!("{name}.gz")), Some(GZIP))?;
        }
        figures.story_kib = [kibibytes(&files.join("story.gz"))?, kibibytes(&files.join("story"))?];
        figures.first_visit = self.first_visit(&paper, &story, &files)?;
        // Twenty thousand comments were just released: they are told of and read for their meaning first.
        comes_to_rest(&paper, BUSY_SHARE)?;
        let nginx = Nginx::start(&files)?;
        for (what, name, address, gzip) in [
            (STORY_GZIP, "story", &story, true),
            (STORY_PLAIN, "story", &story, false),
            (FRONT_GZIP, "front", &front, true),
        ] {
            say(what);
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                ours.push(self.tools.read(address, self.each, gzip)?);
                theirs.push(self.tools.read(&format!("{}/{name}", nginx.address), self.each, gzip)?);
            }
            figures.ready.push(Ready { what, ours, theirs });
        }
        figures.memory[1] = megabytes(paper.takes()?.1);
        paper.stop()
    }

    /// The story page and what it asks for before it is whole, without pictures: requests and KiB. Faces of letters that the page
    /// names only in its style are not among them: its text is in Arabic.
    fn first_visit(&self, paper: &Paper, story: &str, files: &Path) -> Result<(usize, [f64; 2])> {
        let html = std::fs::read_to_string(files.join("story")).context("the story page")?;
        // What a browser asks for by itself: not what a script may ask for later (`data-…`).
        let parts: Vec<&str> = html.split('"').collect();
        let named = parts.windows(2).filter(|pair| pair[0].ends_with(" src=") || pair[0].ends_with(" href="));
        let mut asked: Vec<&str> = named.map(|pair| pair[1]).filter(|part| part.starts_with("/assets/")).collect();
        asked.sort_unstable();
        asked.dedup();
        let weighs = |coding| -> Result<f64> {
            let (mut kib, file) = (0.0, files.join("asset"));
            let parts = asked.iter().map(|path| format!("{}{path}", paper.address));
            for address in parts.chain([story.to_owned()]) {
                self.tools.fetch(&address, &file, Some(coding))?;
                kib += kibibytes(&file)?;
            }
            Ok(kib)
        };
        Ok((asked.len() + 1, [weighs(BROTLI)?, weighs(GZIP)?]))
    }

    fn anew(&self, place: &Place, slug: &str, figures: &mut Figures) -> Result<()> {
        let paper = Paper::start_with(self.tools, place, &[ON_A_PAGE, NONE_KEPT])?;
        let (story, front) = (format!("{}/stories/{}", paper.address, encoded(slug)), format!("{}/", paper.address));
        for (what, address) in [("story page with 200 comments", &story), ("front page", &front)] {
            say(&format!("{what}, made anew"));
            self.tools.read(address, Duration::from_secs(1), false)?;
            let before = paper.takes()?.0;
            let measured = self.tools.read(address, self.each, false)?;
            let requests = measured.per_second * self.each.as_secs_f64();
            figures.anew.push((what, (paper.takes()?.0 - before) / requests * 1e3, measured));
        }
        paper.stop()
    }

    fn long_thread(&self, place: &Place, (short, long): (&str, &str)) -> Result<f64> {
        let paper = Paper::start_with(self.tools, place, &[NONE_KEPT])?;
        say("a page of a long thread");
        let address = |slug: &str| format!("{}/stories/{}", paper.address, encoded(slug));
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let of_short = self.tools.read(&address(short), self.each, false)?.per_second;
            times.push(of_short / self.tools.read(&address(long), self.each, false)?.per_second);
        }
        paper.stop()?;
        times.sort_by(f64::total_cmp);
        Ok(times[ROUNDS / 2])
    }
}

/// Waits until the paper takes no more than this share of a processor.
fn comes_to_rest(paper: &Paper, share: f64) -> Result<()> {
    let (begun, mut worked) = (Instant::now(), paper.takes()?.0);
    loop {
        std::thread::sleep(QUIET_FOR);
        let now = paper.takes()?.0;
        if now - worked <= share * QUIET_FOR.as_secs_f64() {
            return Ok(());
        }
        ensure!(begun.elapsed() < QUIET_WITHIN, "midad does not come to rest");
        worked = now;
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

fn megabytes(bytes: u64) -> f64 {
    whole(bytes) / 1e6
}

fn kibibytes(file: &Path) -> Result<f64> {
    Ok(whole(std::fs::metadata(file).context("a page")?.len()) / 1024.0)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
fn whole(bytes: u64) -> f64 {
    bytes as f64
}
