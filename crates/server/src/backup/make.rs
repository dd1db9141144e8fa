//! Makes a backup and proves it. Until it is proved it has another name, and when it cannot be, it never gets its own.

use super::about::{self, About, DUMP, Engine, FORM, Kept, PARTIAL, Proof, SQLITE, UNPROVED};
use super::seal::Seal;
use super::{dump, files, keep, pictures};
use anyhow::{Context, Result, anyhow};
use newsroom::Timestamp;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::copies::Moment;
use store::{Place, Store, StoreError};
use web::Words;

/// The folder in which a copy stands before it is encrypted: among the data, which are as readable as it is.
const IN_HAND: &str = "backup-in-hand";

/// Rows by table.
type Rows = BTreeMap<String, u64>;

/// What is to be backed up, and how.
pub struct Wanted {
    /// The paper's data.
    pub place: Place,
    /// The data folder, where a copy may stand in the open before it is encrypted.
    pub data: PathBuf,
    /// The folder of its pictures.
    pub pictures: PathBuf,
    /// Where backups are kept.
    pub into: PathBuf,
    /// To whom it is encrypted; none: to nobody.
    pub seal: Option<Seal>,
    /// A database of PostgreSQL in which the copy is restored for a proof.
    pub prove_in: Option<Place>,
}

/// A backup that is being made.
struct Making<'w> {
    wanted: &'w Wanted,
    /// Where it grows.
    partial: PathBuf,
    /// Where the copy of the database stands in the open.
    work: PathBuf,
    proved: Vec<Proof>,
    wrong: Vec<String>,
    files: Vec<Kept>,
}

/// Makes one; it is proved when it says nothing that is not. Only one is made in a folder at a time.
pub async fn make(wanted: &Wanted, t: &Words) -> Result<About> {
    let into = &wanted.into;
    files::private_folder(into).with_context(|| into.display().to_string())?;
    let _alone = alone_in(into, t)?;
    keep::tidy_up(into).with_context(|| into.display().to_string())?;
    let (at, name) = next(into).await;
    let partial = into.join(format!("{name}.{PARTIAL}"));
    files::new_folder(&partial).with_context(|| partial.display().to_string())?;
    let hand = match &wanted.seal {
        Some(_) => Some(InHand::take(&wanted.data, t)?),
        None => None,
    };
    let work = hand.as_ref().map_or_else(|| partial.clone(), |hand| hand.folder.clone());
    let (proved, wrong, files) = (Vec::new(), Vec::new(), Vec::new());
    let made = Making { wanted, partial: partial.clone(), work, proved, wrong, files }.make(name, at, t).await;
    if made.is_err() {
        // It was begun by this run and is of no use to anybody.
        let _ = std::fs::remove_dir_all(&partial);
    }
    made
}

impl Making<'_> {
    async fn make(mut self, name: String, at: Timestamp, t: &Words) -> Result<About> {
        let begun = Instant::now();
        let store = look(&self.wanted.place, t).await?;
        let schema = store.schema_number().await?;
        // Files that are here now may be gone when the database is copied: a paper of many takes its time.
        let known = store.moment().await?.files;
        pictures::take(self.wanted, &self.partial, &known, &mut Vec::new())?;
        let (engine, moment) = match self.wanted.place {
            Place::Folder(_) => (Engine::Sqlite, self.copy_file(&store).await?),
            Place::Postgres(_) => (Engine::Postgresql, self.dump(&store, t).await?),
        };
        store.close().await;
        match engine {
            Engine::Sqlite => self.check_copy(&moment).await,
            Engine::Postgresql => self.check_dump(&moment).await?,
        }
        self.take_database(if engine == Engine::Sqlite { SQLITE } else { DUMP })?;
        self.take_pictures(&moment)?;
        let about = About {
            form: FORM,
            name,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema,
            engine,
            at,
            took_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
            rows: moment.rows,
            pictures_elsewhere: moment.in_bucket,
            encrypted_to: self.wanted.seal.as_ref().map(Seal::keys).unwrap_or_default(),
            proved: self.proved,
            not_proved: self.wrong,
            files: self.files,
        };
        end(&self.wanted.into, &self.partial, &about).with_context(|| self.partial.display().to_string())?;
        Ok(about)
    }

    async fn copy_file(&self, store: &Store) -> Result<Moment> {
        Ok(store.copy_file(&self.work.join(SQLITE)).await?)
    }

    async fn dump(&self, store: &Store, t: &Words) -> Result<Moment> {
        dump::must_fit(store, t).await?;
        dump::dump(store, &self.wanted.place, &self.work.join(DUMP)).await
    }

    /// Opens the copy as it stands, changing nothing, and asks it what `midad check` asks the paper.
    async fn check_copy(&mut self, moment: &Moment) {
        match check(&Place::Folder(self.work.clone())).await {
            Ok((wrong, rows)) => {
                self.judge(Proof::Checked, wrong);
                self.judge(Proof::Rows, differences(&moment.rows, &rows));
            }
            Err(problem) => self.wrong.push(problem.to_string()),
        }
    }

    /// Reads the dump to its end and counts its rows; where there is a database for it, restores it there as well.
    async fn check_dump(&mut self, moment: &Moment) -> Result<()> {
        let file = self.work.join(DUMP);
        match dump::read_through(&file).await {
            Ok(rows) => {
                self.judge(Proof::ReadThrough, Vec::new());
                self.judge(Proof::Rows, differences(&moment.rows, &rows));
            }
            Err(problem) => self.wrong.push(format!("{problem:#}")),
        }
        let Some(place) = &self.wanted.prove_in else { return Ok(()) };
        // Asked again: the dump may have taken hours. What is not ours is neither written over nor taken away.
        if !place.is_vacant().await? {
            self.wrong.push("the database for the proof is not empty any more".to_owned());
            return Ok(());
        }
        // One that fails leaves nothing behind: it is one transaction.
        let restored = match dump::restore(&file, place).await {
            Ok(()) => {
                let checked = check(place).await.map_err(anyhow::Error::from);
                place.take_proof_away().await?;
                checked
            }
            Err(problem) => Err(problem),
        };
        match restored {
            Ok((mut wrong, rows)) => {
                wrong.extend(differences(&moment.rows, &rows));
                self.judge(Proof::Restored, wrong);
            }
            Err(problem) => self.wrong.push(format!("{problem:#}")),
        }
        Ok(())
    }

    /// Takes the copy of the database in, and what it is.
    fn take_database(&mut self, name: &str) -> Result<()> {
        let copy = self.work.join(name);
        let kept = match &self.wanted.seal {
            None => Kept { name: name.to_owned(), sum: files::sum_of(&copy)?, plain: None },
            Some(seal) => {
                let name = format!("{name}.age");
                let sealed = self.partial.join(&name);
                let plain = seal.close(&copy, &sealed)?;
                let same = seal.inside(&sealed)? == plain;
                self.judge(
                    Proof::Decrypted,
                    if same { Vec::new() } else { vec![format!("{name}: other bytes inside")] },
                );
                Kept { name, sum: files::sum_of(&sealed)?, plain: Some(plain) }
            }
        };
        self.files.push(kept);
        Ok(())
    }

    /// Takes in what is still missing of the pictures that the copy names, and looks at every one.
    fn take_pictures(&mut self, moment: &Moment) -> Result<()> {
        let mut wrong = Vec::new();
        pictures::take(self.wanted, &self.partial, &moment.files, &mut wrong)?;
        pictures::leave_out_others(self.wanted, &self.partial, &moment.files)?;
        self.files.extend(pictures::look_at(self.wanted, &self.partial, &moment.files, &mut wrong)?);
        self.judge(Proof::Pictures, wrong);
        Ok(())
    }

    fn judge(&mut self, proof: Proof, wrong: Vec<String>) {
        if wrong.is_empty() {
            self.proved.push(proof);
        }
        self.wrong.extend(wrong);
    }
}

/// Now, and a name that no backup has: names are of seconds.
async fn next(into: &Path) -> (Timestamp, String) {
    loop {
        let at = Timestamp::now();
        let name = about::name_at(at);
        if !into.join(&name).exists() {
            return (at, name);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The data as they are: a copy is made by the program that serves the paper, or by one as old.
pub async fn look(place: &Place, t: &Words) -> Result<Store> {
    let opened = Store::open_to_look(place).await;
    opened.map_err(|problem| match problem {
        StoreError::Schema(_) => anyhow!(problem).context(t.s("cli.backup.other-schema")),
        other => anyhow!(other).context(t.s("cli.no-data")),
    })
}

/// What `midad check` finds in data that are only looked at, and the rows of every table. Pictures that stand outside are
/// looked at by whoever copies them.
async fn check(place: &Place) -> Result<(Vec<String>, Rows), StoreError> {
    let store = Store::open_to_look(place).await?;
    let found = store.check().await?;
    let rows = store.moment().await?.rows;
    store.close().await;
    Ok((found.into_iter().map(|found| format!("{}: {}", found.what, found.detail)).collect(), rows))
}

/// Tables of which the copy does not hold as many rows as the paper did.
fn differences(paper: &Rows, copy: &Rows) -> Vec<String> {
    let differs = |(table, rows): (&String, &u64)| match copy.get(table) {
        Some(there) if there == rows => None,
        there => Some(format!("rows: table {table} had {rows}, the copy has {}", there.copied().unwrap_or(0))),
    };
    paper.iter().filter_map(differs).collect()
}

/// Says what it is, flushes everything, and gives it its name: the one of a proved backup, or that of one that is not.
fn end(into: &Path, partial: &Path, about: &About) -> Result<()> {
    about.write(partial)?;
    files::flush_all(partial)?;
    let name = if about.not_proved.is_empty() { about.name.clone() } else { format!("{}.{UNPROVED}", about.name) };
    std::fs::rename(partial, into.join(&name))?;
    files::flush(into)?;
    if !about.not_proved.is_empty() {
        keep::only_newest_unproved(into, &about.name)?;
    }
    Ok(())
}

/// Nobody else makes a backup in this folder meanwhile.
fn alone_in(folder: &Path, t: &Words) -> Result<File> {
    files::lock(folder, files::MAKING).map_err(|problem| match problem.kind() {
        std::io::ErrorKind::WouldBlock => anyhow!(t.s("cli.backup.another")),
        _ => anyhow!(problem).context(folder.display().to_string()),
    })
}

/// A folder for what is not encrypted yet; it goes when this does.
struct InHand {
    folder: PathBuf,
    _alone: File,
}

impl InHand {
    fn take(data: &Path, t: &Words) -> Result<Self> {
        let folder = data.join(IN_HAND);
        let named = || folder.display().to_string();
        files::private_folder(data).with_context(named)?;
        let alone = alone_in(data, t)?;
        // What a run left that was killed.
        if folder.symlink_metadata().is_ok_and(|there| there.is_dir()) {
            std::fs::remove_dir_all(&folder).with_context(named)?;
        }
        files::new_folder(&folder).with_context(named)?;
        Ok(Self { folder, _alone: alone })
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
