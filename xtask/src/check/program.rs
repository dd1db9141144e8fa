//! Runs a program, shows what it prints as it prints it, and keeps it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result, anyhow};

use crate::cargo;

/// A program about to run.
pub struct Program {
    command: Command,
    quiet_from: fn(&str) -> bool,
    shown_anyway: fn(&str) -> bool,
}

/// A program that has ended.
pub struct Ran {
    /// Whether it ended with success.
    pub success: bool,
    /// Everything it printed, line by line, both streams as they came.
    pub printed: String,
}

impl Program {
    /// `name` with `words`, in the folder `place`, without standard input.
    pub fn new(name: &str, words: &[&str], place: &Path) -> Self {
        let mut command = Command::new(name);
        command.args(words).current_dir(place).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { command, quiet_from: |_| false, shown_anyway: |_| true }
    }

    /// Cargo, in the repository's root.
    pub fn cargo(root: &Path, words: &[&str]) -> Self {
        let mut cargo = Self::new(&cargo::program(), words, root);
        cargo::unsaid().iter().for_each(|variable| cargo.tell(variable, None));
        cargo
    }

    /// Sets an environment variable, or makes sure that it is not set.
    pub fn tell(&mut self, variable: &str, value: Option<&str>) {
        match value {
            Some(value) => self.command.env(variable, value),
            None => self.command.env_remove(variable),
        };
    }

    /// After the first line for which `last` holds, shows only lines for which
    /// `anyway` holds. All are kept.
    pub fn quiet_from(mut self, last: fn(&str) -> bool, anyway: fn(&str) -> bool) -> Self {
        self.quiet_from = last;
        self.shown_anyway = anyway;
        self
    }

    /// Runs to the end.
    pub fn run(mut self) -> Result<Ran> {
        println!("{}", self.as_typed());
        let mut child = self.command.spawn().with_context(|| format!("starting {:?}", self.command.get_program()))?;
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let ear = Ear {
            quiet_from: self.quiet_from,
            shown_anyway: self.shown_anyway,
            quiet: AtomicBool::new(false),
            kept: Mutex::new(String::new()),
        };
        std::thread::scope(|scope| {
            scope.spawn(|| ear.listen(err));
            ear.listen(out);
        });
        let status = child.wait().context("waiting for a program to end")?;
        let printed = ear.kept.into_inner();
        let printed = printed.map_err(|_| anyhow!("a reader panicked"))?;
        Ok(Ran { success: status.success(), printed })
    }

    /// The command as a person would type it, to try it again alone.
    fn as_typed(&self) -> String {
        let mut words = vec![self.command.get_program()];
        words.extend(self.command.get_args());
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        format!("$ {}", words.join(" "))
    }
}

/// Listens to both streams of a program.
struct Ear {
    quiet_from: fn(&str) -> bool,
    shown_anyway: fn(&str) -> bool,
    quiet: AtomicBool,
    kept: Mutex<String>,
}

impl Ear {
    fn listen(&self, stream: Option<impl Read>) {
        let Some(stream) = stream else { return };
        for line in BufReader::new(stream).split(b'\n') {
            // A broken pipe ends the story as the end of the stream does.
            let Ok(line) = line else { return };
            self.hear(&String::from_utf8_lossy(&line));
        }
    }

    fn hear(&self, line: &str) {
        if !self.quiet.load(Ordering::Relaxed) || (self.shown_anyway)(line) {
            println!("{line}");
        }
        if (self.quiet_from)(line) {
            self.quiet.store(true, Ordering::Relaxed);
        }
        if let Ok(mut kept) = self.kept.lock() {
            kept.push_str(line);
            kept.push('\n');
        }
    }
}

/// The first of these programs that a folder of `PATH` has.
pub fn in_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let places = folders.iter().map(|folder| folder.join(name));
        places.into_iter().find(|place| place.is_file())
    })
}
