//! On what it was measured: without it a number says nothing.

use std::process::Command;
use std::time::Duration;

/// One line: processor, cores, system, versions, and how it was measured.
pub fn line(each: Duration, rounds: usize) -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("?").to_owned();
    format!(
        "{} · {} · {} · {} s each, the middle of {rounds} rounds for pages, load {load} at the end; the load comes from the same machine.",
        machine(),
        said("nginx", &["-v"]),
        said("wrk", &["-v"]),
        each.as_secs(),
    )
}

/// Processor, cores, system and versions.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = first_match("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = first_match("/proc/meminfo", "MemTotal").unwrap_or_default();
    format!(
        "{cores} cores of {processor}, {memory} of memory, {} · {} · {}",
        said("uname", &["-sr"]),
        said("rustc", &["--version"]),
        said("psql", &["--version"]),
    )
}

fn first_match(file: &str, start: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(start))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The first line that a program says about itself, on whichever stream.
fn said(program: &str, words: &[&str]) -> String {
    let Ok(output) = Command::new(program).args(words).output() else { return format!("no {program}") };
    let both = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&both);
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or(program).chars().take(60).collect()
}
