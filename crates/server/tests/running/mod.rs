//! The program itself, as an administrator starts it: on a free port, on data of its own, and ended with the test.
//!
//! Nothing here knows the inside of the newspaper. What a test learns it reads from the terminal or over HTTP.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod bucket;
pub mod collector;
pub mod kept;
pub mod mailbox;
pub mod provider;
mod reader;
pub mod rush;

pub use reader::Reader;

use std::collections::BTreeMap;
use std::future::Future;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use store::Place;

/// How long a test waits for something that must come: a loaded machine with two cores is slow.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two looks.
const A_MOMENT: Duration = Duration::from_millis(25);
/// The staff of the demo newspaper, `role | name` in each line.
const STAFF: &str = include_str!("../../../../fixtures/staff.txt");

/// Looks again and again until there is something, and fails with `what` when it does not come.
pub async fn until<T, F>(what: &str, mut look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    let start = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(A_MOMENT).await;
    }
}

/// A command line about to be run, in an empty folder and without the settings of whoever runs the tests.
#[derive(Debug, Clone)]
pub struct Launch {
    words: Vec<String>,
    language: String,
    folder: Folder,
}

impl Launch {
    /// `midad WORDS…`.
    pub fn new(words: &[&str]) -> Self {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Self { words, language: "en".to_owned(), folder: Folder::new() }
    }

    /// On these data.
    pub fn on(self, place: &Place) -> Self {
        match place {
            Place::Folder(folder) => self.with("--data", &folder.display().to_string()),
            Place::Postgres(address) => self.with("--database", address),
        }
    }

    /// With a flag and its value.
    pub fn with(mut self, flag: &str, value: &str) -> Self {
        self.words.extend([flag.to_owned(), value.to_owned()]);
        self
    }

    /// With another setting than the one shipped: `KEY=VALUE`.
    pub fn set(self, pair: &str) -> Self {
        self.with("--set", pair)
    }

    /// For somebody who reads this language.
    pub fn in_language(mut self, tag: &str) -> Self {
        self.language = tag.to_owned();
        self
    }

    /// Where it runs: relative paths and `midad.toml` are looked for here.
    pub fn folder(&self) -> &PathBuf {
        &self.folder.0.0
    }

    /// Runs to the end.
    pub fn run(&self) -> Ran {
        let output = self.command().output().expect("the program starts");
        Ran::of(&output)
    }

    /// Runs to the end and must succeed.
    pub fn must(&self) -> Ran {
        let ran = self.run();
        assert!(ran.success, "midad {} failed:\n{}{}", self.words.join(" "), ran.out, ran.err);
        ran
    }

    /// Starts serving on a free port and waits until the paper answers.
    pub async fn start(self) -> Running {
        self.start_as("127.0.0.1").await
    }

    /// The same under another name of this machine.
    pub async fn start_as(self, host: &str) -> Running {
        let port = free_port();
        let address = format!("http://{host}:{port}");
        let launch = self.with("--listen", &format!("127.0.0.1:{port}"));
        let address_set = format!("paper.address={address}");
        let by_itself = launch.is_demo() && host == "127.0.0.1";
        let launch = if by_itself { launch } else { launch.set(&address_set) };
        let mut child = launch.command().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let said = Said::default();
        said.listen(child.stdout.take());
        said.listen(child.stderr.take());
        let mut running = Running { child: Some(child), address, said, folder: launch.folder };
        running.until_ready().await;
        running
    }

    fn is_demo(&self) -> bool {
        self.words.first().is_some_and(|word| word == "demo")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_midad"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIDAD_")) {
            command.env_remove(name);
        }
        command.args(&self.words).current_dir(self.folder()).env("MIDAD_LANGUAGE", &self.language).stdin(Stdio::null());
        command
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    /// With exit code 0.
    pub success: bool,
    /// The exit code; nothing where a signal ended it.
    pub code: Option<i32>,
    /// What it said, without the marks that isolate directions.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| without_isolates(&String::from_utf8_lossy(bytes));
        let status = output.status;
        Self { success: status.success(), code: status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// A paper that is being served. Dropped with the test, it is killed.
#[derive(Debug)]
pub struct Running {
    child: Option<Child>,
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    said: Said,
    folder: Folder,
}

impl Running {
    /// Someone who reads it, without any cookie yet.
    pub fn reader(&self) -> Reader {
        Reader::new(&self.address)
    }

    /// Everything it has printed so far.
    pub fn said(&self) -> String {
        self.said.all()
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }

    /// The one-time link printed for whoever has this role in the demo newspaper: a whole address.
    pub async fn link_for(&self, role: &str) -> String {
        let name = name_of(role);
        until("a printed sign-in link", || async { link_after(&self.said(), name) }).await
    }

    /// Every one-time link printed so far.
    pub fn links(&self) -> Vec<String> {
        self.said().lines().filter_map(link).collect()
    }

    /// Ends it as a power cut would (SIGKILL), and waits until it is gone.
    pub fn kill9(mut self) {
        self.end();
    }

    /// Asks it to stop (SIGTERM) and waits until it has; it must end well.
    pub async fn stop(mut self) {
        let mut child = self.child.take().expect("it runs");
        let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(asked.expect("there is a program kill").success());
        let ended = until("the paper to stop", || {
            let ended = child.try_wait().expect("it can be waited for");
            async move { ended }
        });
        let ended = ended.await;
        assert!(ended.success(), "it did not end well: {ended}\n{}", self.said());
    }

    async fn until_ready(&mut self) {
        let reader = self.reader();
        let said = self.said.clone();
        let address = self.address.clone();
        let child = self.child.as_mut().expect("it runs");
        until("the paper to answer", || {
            if let Some(status) = child.try_wait().expect("it can be waited for") {
                panic!("it ended ({status}) before it was ready:\n{}", said.all());
            }
            let (reader, ready) = (reader.clone(), said.all().contains(&address));
            async move { (ready && reader.answers().await).then_some(()) }
        })
        .await;
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself; what matters is that it is gone.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a program has printed so far, both streams, line by line.
#[derive(Debug, Clone, Default)]
struct Said(Arc<Mutex<String>>);

impl Said {
    fn listen(&self, stream: Option<impl Read + Send + 'static>) {
        let (stream, said) = (stream.expect("it is piped"), self.0.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut said = said.lock().expect("no reader panicked");
                said.push_str(&without_isolates(&line));
                said.push('\n');
            }
        });
    }

    fn all(&self) -> String {
        self.0.lock().expect("no reader panicked").clone()
    }
}

/// An empty folder that goes with its last user.
#[derive(Debug, Clone)]
struct Folder(Arc<Emptied>);

#[derive(Debug)]
struct Emptied(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("midad_run_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder for the run");
        Self(Arc::new(Emptied(folder)))
    }
}

impl std::ops::Deref for Emptied {
    type Target = PathBuf;

    fn deref(&self) -> &PathBuf {
        &self.0
    }
}

impl Drop for Emptied {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A port that nobody listens on at this moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it has an address").port()
}

/// The name of whoever has this role in the demo newspaper.
pub fn name_of(role: &str) -> &'static str {
    let mut people = STAFF.lines().filter_map(|line| line.split_once('|'));
    people.find(|(of, _)| of.trim() == role).map(|(_, name)| name.trim()).expect("somebody has this role")
}

/// The rows of an export by table, in the order of the file.
pub fn rows(export: &str) -> BTreeMap<String, Vec<serde_json::Value>> {
    let mut tables: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    for line in export.lines() {
        let mut line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        if let (Some(table), Some(row)) = (line["table"].as_str().map(str::to_owned), line.get_mut("row")) {
            tables.entry(table).or_default().push(row.take());
        }
    }
    tables
}

fn link_after(said: &str, name: &str) -> Option<String> {
    let mut lines = said.lines().skip_while(|line| !line.contains(name));
    lines.next()?;
    link(lines.next()?)
}

fn link(line: &str) -> Option<String> {
    let start = line.find("http://")?;
    let address: &str = line[start..].split_whitespace().next()?;
    address.contains("/sign-in/").then(|| address.to_owned())
}

/// Texts of others are printed between U+2066…U+2069.
fn without_isolates(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
