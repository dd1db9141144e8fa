//! The way back to a second: the file, then every piece of the log up to then.

use super::super::files;
use super::super::seal::Keys;
use super::names::{self, FILE, Piece, SEALED};
use super::pictures;
use crate::bring::spinner;
use crate::upkeep::{complain, print};
use anyhow::{Context, Result, anyhow};
use flate2::read::GzDecoder;
use newsroom::Timestamp;
use std::fs::{File, OpenOptions};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use store::log_of_writes::play_log;
use store::{Place, Store};
use web::Words;

/// Puts the paper of a folder of backups back as it was at a time.
///
/// # Errors
/// When nothing reaches back to it, the place is not an empty folder, or something of it cannot be read: then nothing stays there.
pub async fn restore(
    from: &Path,
    until: Timestamp,
    (place, pictures): (&Place, &Path),
    keys: Option<&Keys>,
    t: &Words,
) -> Result<()> {
    let Place::Folder(data) = place else { return Err(anyhow!(t.s("cli.restore.other-database"))) };
    anyhow::ensure!(place.is_vacant().await?, t.s("cli.restore.not-empty"));
    let all = names::whole(from).with_context(|| t.s("cli.restore.no-backup"))?;
    let (_, folder) = all.iter().rev().find(|(at, _)| *at <= until).ok_or_else(|| match all.first() {
        Some((first, _)) => anyhow!(t.with("cli.restore.too-early", 1, &[("first", &first.to_string())])),
        None => anyhow!(t.s("cli.restore.no-log")),
    })?;
    let way = Way { folder: folder.clone(), data: data.clone(), keys };
    let missing = !data.exists();
    files::private_folder(data).with_context(|| data.display().to_string())?;
    match way.go(until, t) {
        Ok(last) => {
            bring_pictures(from, (place, pictures), keys, t).await?;
            print(&t.with("cli.restore.until", 1, &[("at", &last.unwrap_or(until).min(until).to_string())]));
            Ok(())
        }
        Err(problem) => {
            for name in ["midad.db", "midad.db-wal", "midad.db-shm", ".open"] {
                // Whatever of it is there was written here, into an empty folder.
                let _ = std::fs::remove_file(data.join(name));
            }
            if missing {
                let _ = std::fs::remove_dir(data);
            }
            Err(problem.context(t.s("cli.restore.failed")))
        }
    }
}

/// Pictures that the paper names and its folder has not. One that was not kept is named by the check that follows.
async fn bring_pictures(from: &Path, (place, to): (&Place, &Path), keys: Option<&Keys>, t: &Words) -> Result<()> {
    let store = Store::open(place).await?;
    let (mut after, progress) = (String::new(), spinner(t));
    loop {
        let some = store.files_in_folder(&after).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.key);
        for file in &some {
            pictures::bring(from, file, to, keys)?;
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    store.close().await;
    if to.is_dir() {
        files::flush_all(to)?;
    }
    Ok(())
}

struct Way<'k> {
    folder: PathBuf,
    data: PathBuf,
    keys: Option<&'k Keys>,
}

impl Way<'_> {
    /// Until when it led.
    fn go(&self, until: Timestamp, t: &Words) -> Result<Option<Timestamp>> {
        let database = self.data.join("midad.db");
        let copy = [self.folder.join(FILE), self.folder.join(format!("{FILE}{SEALED}"))];
        let copy = copy.iter().find(|copy| copy.exists()).ok_or_else(|| anyhow!("{FILE} is not in it"))?;
        self.unpack(copy, &database, t)?;
        let wal = self.data.join("midad.db-wal");
        let mut last: Option<Piece> = None;
        for (piece, file) in names::pieces(&self.folder)? {
            if piece.at > until.as_millisecond() {
                continue;
            }
            if !piece.follows(last) {
                complain(&t.with("cli.restore.gap", 1, &[("name", &piece.name())]));
                break;
            }
            if last.is_some_and(|last| last.log != piece.log) {
                play_log(&database)?;
            }
            self.unpack(&file, &wal, t)?;
            last = Some(piece);
        }
        if wal.exists() {
            play_log(&database)?;
        }
        files::flush(&self.data)?;
        Ok(last.and_then(|piece| Timestamp::from_millisecond(piece.at).ok()))
    }

    /// Adds what is in a file to the end of another one.
    fn unpack(&self, from: &Path, to: &Path, t: &Words) -> Result<()> {
        let named = || from.display().to_string();
        let open = self.data.join(".open");
        let is_sealed = from.to_str().is_some_and(|name| name.ends_with(SEALED));
        let plain = if is_sealed {
            let keys = self.keys.ok_or_else(|| anyhow!(t.s("cli.restore.encrypted")))?;
            anyhow::ensure!(keys.fit(from), t.s("cli.restore.other-key"));
            keys.open(from, &open).with_context(named)?;
            open.as_path()
        } else {
            from
        };
        if !to.exists() {
            files::new_file(to).with_context(|| to.display().to_string())?;
        }
        let mut writing = OpenOptions::new().append(true).open(to).with_context(|| to.display().to_string())?;
        std::io::copy(&mut GzDecoder::new(BufReader::new(File::open(plain)?)), &mut writing).with_context(named)?;
        writing.sync_all()?;
        if is_sealed {
            std::fs::remove_file(&open)?;
        }
        Ok(())
    }
}
