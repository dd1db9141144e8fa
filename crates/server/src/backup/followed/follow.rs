//! Keeps what is written, once a second, as long as the paper is served.

use super::super::files;
use super::super::seal::Seal;
use super::names::{self, FILE, PARTIAL, Piece, SEALED};
use super::pictures;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::SignedDuration;
use newsroom::Timestamp;
use std::collections::HashSet;
use std::fs::File;
use std::future::Future;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::log_of_writes::{FollowedLog, Look, Span};
use store::{Place, Store, StoreError};

/// How often is looked for something new. What was acknowledged longer ago is kept.
const EVERY: Duration = Duration::from_secs(1);
/// How often is looked for new pictures.
const PICTURES_EVERY: Duration = Duration::from_secs(10);
/// After a failure the file is copied again so soon at the earliest.
const AGAIN: Duration = Duration::from_secs(60);
/// A folder begins anew so often, so that no way back is longer.
const A_FOLDER: SignedDuration = SignedDuration::from_hours(24);
/// A copy that failed while an older folder goes on is tried again so much later.
const ONCE_MORE: SignedDuration = SignedDuration::from_hours(1);
/// The log is emptied into the file when so many bytes of it are kept.
const FULL: u64 = 16 * 1024 * 1024;
/// A copy under which the log is emptied is made again, so often.
const MOST_TRIES: usize = 3;
/// More bytes that cannot be kept are not collected: the disk is the paper's.
const MOST: u64 = 1024 * 1024 * 1024;

/// What is followed, and to where.
pub struct Following {
    /// The paper's data.
    pub place: Place,
    /// The folder of its pictures.
    pub pictures: PathBuf,
    /// The folder of backups.
    pub into: PathBuf,
    /// To whom it is encrypted; none: to nobody.
    pub seal: Option<Seal>,
    /// How many days one can go back.
    pub days: u32,
}

/// A folder that grows.
struct Growing {
    folder: PathBuf,
    begun: Timestamp,
    log: FollowedLog,
    /// Which log it is since the copy.
    number: u32,
    /// Bytes of the logs before it.
    behind: u64,
    /// The last piece could not be kept, which was said.
    late: bool,
}

/// Follows the log and the pictures until it is told to stop.
pub async fn run(store: Store, plan: Following, stop: impl Future<Output = ()>) {
    let plan = Arc::new(plan);
    tokio::select! {
        () = follow_log(&store, &plan, stop) => {}
        () = follow_pictures(&store, &plan) => {}
    }
}

async fn follow_pictures(store: &Store, plan: &Arc<Following>) {
    let mut known = HashSet::new();
    loop {
        if let Err(problem) = pictures::keep(store, plan, &mut known).await {
            tracing::error!(problem = format!("{problem:#}"), "pictures are not kept beside the log of writes");
            tokio::time::sleep(AGAIN).await;
        }
        tokio::time::sleep(PICTURES_EVERY).await;
    }
}

/// Follows the log until it is told to stop, and then once more.
async fn follow_log(store: &Store, plan: &Arc<Following>, stop: impl Future<Output = ()>) {
    let (mut growing, mut failed): (Option<Growing>, Option<Instant>) = (None, None);
    tokio::pin!(stop);
    loop {
        let last = tokio::select! {
            () = &mut stop => true,
            () = tokio::time::sleep(EVERY) => false,
        };
        if failed.is_none_or(|at| at.elapsed() >= AGAIN) || growing.is_some() {
            match turn(store, plan, growing.take()).await {
                Ok(grown) => {
                    if failed.take().is_some() {
                        tracing::info!("the log of writes is kept again");
                    }
                    growing = Some(grown);
                }
                Err(problem) => {
                    tracing::error!(
                        problem = format!("{problem:#}"),
                        "the log of writes is not kept beside the backups"
                    );
                    failed = Some(Instant::now());
                    // What nobody keeps is not collected on the paper's own disk.
                    if let Err(problem) = store.end_log().await {
                        tracing::error!(%problem, "the log of writes grows");
                    }
                }
            }
        }
        if last {
            return;
        }
    }
}

/// Keeps what is new, in a new folder where the old one is over or its thread is broken.
async fn turn(store: &Store, plan: &Arc<Following>, growing: Option<Growing>) -> Result<Growing> {
    let Some(growing) = growing else { return begin(store, plan, None).await };
    let (mut growing, kept) = keep(plan, growing).await?;
    match kept {
        Ok(true) => {}
        Ok(false) => {
            tracing::warn!("the thread of the log of writes broke; it is taken up from a new copy");
            return begin(store, plan, None).await;
        }
        // Tried again a second later, as long as there is room for what waits.
        Err(problem) if growing.log.waiting() < MOST => {
            if !std::mem::replace(&mut growing.late, true) {
                tracing::error!(problem = format!("{problem:#}"), "the log of writes cannot be kept at this moment");
            }
            return Ok(growing);
        }
        Err(problem) => return Err(problem),
    }
    growing.late = false;
    if Timestamp::now().duration_since(growing.begun) >= A_FOLDER {
        match begin(store, plan, Some(&mut growing)).await {
            Ok(next) => return Ok(next),
            Err(problem) => {
                tracing::error!(
                    problem = format!("{problem:#}"),
                    "the file could not be copied anew; the old folder goes on"
                );
                growing.begun += ONCE_MORE;
            }
        }
    }
    if growing.log.bytes() <= FULL {
        return Ok(growing);
    }
    match keep_and_empty(store, plan, growing).await? {
        (growing, Ok(true)) => Ok(growing),
        (_, Ok(false)) => begin(store, plan, None).await,
        (_, Err(problem)) => Err(problem),
    }
}

/// Begins a new folder; the one before it goes on up to there.
async fn begin(store: &Store, plan: &Arc<Following>, mut old: Option<&mut Growing>) -> Result<Growing> {
    for _ in 0..MOST_TRIES {
        if let Some(growing) = begin_once(store, plan, old.as_deref_mut()).await? {
            return Ok(growing);
        }
    }
    anyhow::bail!("the log of writes was emptied {MOST_TRIES} times while the file was copied")
}

/// Copies the file, with what stands in the log, into a new folder. None: the log was emptied meanwhile, as after an erasure, and
/// the copy is worth nothing.
async fn begin_once(store: &Store, plan: &Arc<Following>, old: Option<&mut Growing>) -> Result<Option<Growing>> {
    let partial = plan.into.join(PARTIAL);
    let named = || partial.display().to_string();
    files::private_folder(&plan.into).with_context(|| plan.into.display().to_string())?;
    if partial.symlink_metadata().is_ok_and(|there| there.is_dir()) {
        std::fs::remove_dir_all(&partial).with_context(named)?;
    }
    files::new_folder(&partial).with_context(named)?;
    let copy = partial.join("midad.db");
    store.begin_log().await?;
    let log = match store.copy_under_log(&plan.place, &copy).await {
        Err(StoreError::Busy(_)) => return Ok(None),
        log => log?,
    };
    let begun = Timestamp::now();
    let growing = Growing { folder: partial.clone(), begun, log, number: 0, behind: 0, late: false };
    let (press, folder) = (Arc::clone(plan), partial.clone());
    let pressing = tokio::task::spawn_blocking(move || {
        pressed(press.seal.as_ref(), &folder, FILE, |to| {
            std::io::copy(&mut File::open(&copy)?, to)?;
            Ok(true)
        })?;
        std::fs::remove_file(&copy)?;
        Ok::<(), anyhow::Error>(())
    });
    pressing.await?.with_context(named)?;
    if let Some(old) = old {
        // Nothing has emptied the log since: what was written during the copy is in both.
        tokio::task::block_in_place(|| old.keep(plan.seal.as_ref()))?;
    }
    let (mut growing, kept) = keep_and_empty(store, plan, growing).await?;
    if !kept? {
        return Ok(None);
    }
    // Names are of whole milliseconds, and all that the copy needs was kept before.
    growing.folder = plan.into.join(names::folder_at(Timestamp::now() + SignedDuration::from_millis(1)));
    std::fs::rename(&partial, &growing.folder).with_context(named)?;
    files::flush(&plan.into)?;
    take_away(&plan.into, plan.days)?;
    Ok(Some(growing))
}

/// Keeps what is new. False: the thread broke.
async fn keep(plan: &Arc<Following>, mut growing: Growing) -> Result<(Growing, Result<bool>)> {
    let plan = Arc::clone(plan);
    let working = tokio::task::spawn_blocking(move || {
        let kept = growing.keep(plan.seal.as_ref());
        (growing, kept)
    });
    Ok(working.await?)
}

/// Keeps what is new while nobody writes, and empties the log into the file: so nothing stands in the file alone. False: the
/// thread broke.
async fn keep_and_empty(store: &Store, plan: &Arc<Following>, growing: Growing) -> Result<(Growing, Result<bool>)> {
    let plan = Arc::clone(plan);
    let keeping = move || {
        let mut growing = growing;
        let kept = growing.keep(plan.seal.as_ref());
        let frames = matches!(kept, Ok(true)).then(|| growing.log.frames());
        ((growing, kept), frames)
    };
    let ((mut growing, kept), emptied) = store.empty_log(keeping).await?;
    if emptied {
        growing.log.was_emptied();
    }
    Ok((growing, kept))
}

impl Growing {
    fn keep(&mut self, seal: Option<&Seal>) -> Result<bool> {
        loop {
            let bytes = self.log.bytes();
            match self.log.look()? {
                Look::Same => return Ok(true),
                Look::Lost => return Ok(false),
                Look::Anew => {
                    self.number += 1;
                    self.behind += bytes;
                }
                Look::More(span) => {
                    let kept = self.write(&span, seal)?;
                    if kept {
                        self.log.kept(span);
                    }
                    return Ok(kept);
                }
            }
        }
    }

    fn write(&self, span: &Span, seal: Option<&Seal>) -> Result<bool> {
        let at = Timestamp::now().as_millisecond();
        let from = self.behind + span.from;
        let piece = Piece { log: self.number, from, to: from + span.bytes(), at };
        pressed(seal, &self.folder, &piece.name(), |to| self.log.copy(span, to))
    }
}

/// Writes a file pressed, and encrypted where that is wished; it gets its name when it is flushed. False: what was written is worth
/// nothing, and there is no file.
fn pressed(
    seal: Option<&Seal>,
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<bool>,
) -> Result<bool> {
    let (part, sealed) = (folder.join(".part"), folder.join(".sealed"));
    for stale in [&part, &sealed] {
        if stale.exists() {
            std::fs::remove_file(stale)?;
        }
    }
    let mut to = GzEncoder::new(BufWriter::new(files::new_file(&part)?), Compression::fast());
    let worth = write(&mut to)?;
    let file = to.finish()?.into_inner().map_err(|problem| problem.into_error())?;
    file.sync_all()?;
    if worth {
        match seal {
            Some(seal) => {
                seal.close(&part, &sealed)?;
                std::fs::rename(&sealed, folder.join(format!("{name}{SEALED}")))?;
            }
            None => std::fs::rename(&part, folder.join(name))?,
        }
    }
    if part.exists() {
        std::fs::remove_file(&part)?;
    }
    files::flush(folder)?;
    Ok(worth)
}

/// Takes folders away that only lead back further than so many days: the next one is as old already.
fn take_away(into: &Path, days: u32) -> Result<()> {
    let oldest = Timestamp::now() - SignedDuration::from_hours(24 * i64::from(days));
    let all = names::whole(into)?;
    for pair in all.windows(2) {
        let [(_, folder), (next, _)] = pair else { continue };
        let ours = |name: &str| Piece::read(name).is_some() || name.starts_with(FILE) || name.starts_with('.');
        let all_ours = std::fs::read_dir(folder)?
            .all(|inside| inside.is_ok_and(|inside| inside.file_name().to_str().is_some_and(ours)));
        if *next < oldest && all_ours {
            std::fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
    }
    Ok(())
}
