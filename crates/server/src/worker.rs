//! The worker that decodes a picture or draws the first page of a printed issue: this program again, in a process that may
//! use little and is ended when it takes too long. A file that breaks its decoder breaks nothing else.

use rustix::process::{Resource, Rlimit, setrlimit};
use std::io::{Read, Write};
use std::process::{ExitCode, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use web::Working;

/// The command that nobody types; it stands in no list.
pub const NAME: &str = "darkroom-worker";
/// Bytes of memory that it may address: the picture as it came, as pixels, and as it is pressed.
const MEMORY: u64 = 1_536 * 1024 * 1024;
/// Seconds of the processor.
const SECONDS: u64 = 40;
/// On a busy machine it may take longer than its seconds, and not much.
const PATIENCE: Duration = Duration::from_secs(60);

/// The worker's life: limits, one job, one answer. What it may use stands behind its name; by itself it is what the program
/// gives.
pub fn work() -> ExitCode {
    let mut given = std::env::args().skip(2).map(|word| word.parse::<u64>().ok());
    let (memory, seconds) = (given.next().unwrap_or(Some(MEMORY)), given.next().unwrap_or(Some(SECONDS)));
    let (Some(memory), Some(seconds)) = (memory, seconds) else { return ExitCode::FAILURE };
    let most = |n: u64| Rlimit { current: Some(n), maximum: Some(n) };
    let limits = [(Resource::As, most(memory)), (Resource::Cpu, most(seconds)), (Resource::Core, most(0))];
    if limits.into_iter().any(|(what, limit)| setrlimit(what, limit).is_err()) {
        return ExitCode::FAILURE;
    }
    let mut asked = Vec::new();
    let most = darkroom::MOST_BYTES.max(darkroom::MOST_PDF_BYTES) as u64 + darkroom::MOST_BESIDE as u64;
    if std::io::stdin().lock().take(most).read_to_end(&mut asked).is_err() {
        return ExitCode::FAILURE;
    }
    match std::io::stdout().lock().write_all(&darkroom::work(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Has a job done by a worker; no bytes where it was ended.
pub fn ask(asked: Vec<u8>) -> Working {
    Box::pin(async move {
        match tokio::time::timeout(PATIENCE, answer(asked)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(problem)) => {
                tracing::warn!(%problem, "a file could not be decoded");
                Vec::new()
            }
            Err(_) => Vec::new(),
        }
    })
}

async fn answer(asked: Vec<u8>) -> std::io::Result<Vec<u8>> {
    // Dropped when nobody waits any more: it is ended then.
    let mut child = Command::new(std::env::current_exe()?)
        .arg(NAME)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let (Some(mut to), Some(mut from)) = (child.stdin.take(), child.stdout.take()) else { return Ok(Vec::new()) };
    let mut out = Vec::new();
    // A worker that reads no more has said already why.
    let telling = async move { drop(to.write_all(&asked).await) };
    let (read, ()) = tokio::join!(from.read_to_end(&mut out), telling);
    read?;
    let ended = child.wait().await?;
    Ok(if ended.success() { out } else { Vec::new() })
}
