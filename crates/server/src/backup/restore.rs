//! The way back: into an empty place, after every file was compared with its sum, and with `midad check` at the end.

use super::about::{About, DUMP, Engine, Kept, SQLITE, below};
use super::bucket::MARK;
use super::fetched::Fetched;
use super::seal::Keys;
use super::{dump, files, followed};
use crate::bring::bar;
use crate::commands::text;
use crate::settings::Settings;
use crate::upkeep::{self, complain, print};
use anyhow::{Context, Result, anyhow};
use clap::{Arg, ArgMatches, Command, value_parser};
use newsroom::Timestamp;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::Place;
use web::Words;

/// The end of the name of a file that is not whole yet.
const RESTORING: &str = "restoring";

/// The command.
pub fn command(t: &Words) -> Command {
    let folder = Arg::new("folder").value_name("BACKUP_FOLDER").required(true).help(t.s("cli.restore.folder"));
    let identity = Arg::new("identity").long("identity").value_name("FILE").help(t.s("cli.restore.identity"));
    let until = Arg::new("until").long("until").value_name("TIME").help(t.s("cli.restore.until-help"));
    let until = until.value_parser(value_parser!(Timestamp));
    Command::new("restore").about(t.s("cli.restore")).arg(folder).arg(identity).arg(until)
}

/// Puts a backup back.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<ExitCode> {
    let said = text(asked, "folder");
    let in_bucket = said.strip_prefix(MARK);
    let keys = asked.get_one::<String>("identity").map(|file| Keys::read(file)).transpose()?;
    if let Some(until) = asked.get_one::<Timestamp>("until") {
        anyhow::ensure!(in_bucket.is_none(), t.s("cli.restore.until-in-bucket"));
        let (place, pictures) = (settings.place(), settings.pictures_folder());
        followed::restore(Path::new(said), *until, (&place, &pictures), keys.as_ref(), t).await?;
        return upkeep::check_data(settings, t).await;
    }
    let fetched = match in_bucket {
        Some(name) => Some(Fetched::begin(settings, name, t).await?),
        None => None,
    };
    let folder = fetched.as_ref().map_or_else(|| PathBuf::from(said), |fetched| fetched.folder.clone());
    let about = About::read(&folder).with_context(|| t.s("cli.restore.no-backup"))?;
    let back = Back { folder, about, keys, place: settings.place(), pictures: settings.pictures_folder() };
    back.must_fit(t).await?;
    if let Some(fetched) = &fetched {
        fetched.bring(&back.about, t).await?;
    }
    back.must_open(t)?;
    back.must_be_whole(t)?;
    let mut written = Written::default();
    back.put(&mut written).await.with_context(|| t.s("cli.restore.failed"))?;
    written.stays();
    drop(fetched);
    back.tell(t);
    upkeep::check_data(settings, t).await
}

/// A backup on its way back.
struct Back {
    folder: PathBuf,
    about: About,
    keys: Option<Keys>,
    place: Place,
    pictures: PathBuf,
}

impl Back {
    /// The place takes it: it is of the same database, empty, and this program is new enough.
    async fn must_fit(&self, t: &Words) -> Result<()> {
        let same = match self.place {
            Place::Folder(_) => self.about.engine == Engine::Sqlite,
            Place::Postgres(_) => self.about.engine == Engine::Postgresql,
        };
        anyhow::ensure!(same, t.s("cli.restore.other-database"));
        if self.about.schema > store::newest_schema() {
            return Err(anyhow!(t.with("cli.restore.newer", 1, &[("program", &self.about.program)])));
        }
        let pictures = Place::Folder(self.pictures.clone());
        let empty = self.place.is_vacant().await.with_context(|| t.s("cli.no-data"))?;
        let no_pictures = self.about.pictures().next().is_none();
        anyhow::ensure!(empty && (no_pictures || pictures.is_vacant().await?), t.s("cli.restore.not-empty"));
        if self.about.engine == Engine::Postgresql {
            dump::must_be_here(t).await?;
        }
        Ok(())
    }

    /// Where it is encrypted, one of the keys opens it.
    fn must_open(&self, t: &Words) -> Result<()> {
        let Some(first) = self.about.files.iter().find(|kept| kept.plain.is_some()) else { return Ok(()) };
        match (&self.keys, first.below(&self.folder)) {
            (None, _) => Err(anyhow!(t.s("cli.restore.encrypted"))),
            (Some(keys), Some(file)) if keys.fit(&file) => Ok(()),
            (Some(_), _) => Err(anyhow!(t.s("cli.restore.other-key"))),
        }
    }

    /// Every file is there, and what it was.
    fn must_be_whole(&self, t: &Words) -> Result<()> {
        let progress = bar(self.about.files.len() as u64, t);
        let mut wrong = 0_u64;
        for kept in &self.about.files {
            let sum = kept.below(&self.folder).map(|file| files::sum_of(&file));
            let said = match sum {
                Some(Ok(sum)) if sum == kept.sum => None,
                Some(Err(problem)) => Some(problem.to_string()),
                _ => Some(t.s("cli.restore.other-sum")),
            };
            if let Some(said) = said {
                wrong += 1;
                progress.suspend(|| complain(&format!("{}: {said}", kept.name)));
            }
            progress.inc(1);
        }
        progress.finish_and_clear();
        if wrong == 0 { Ok(()) } else { Err(anyhow!(t.s("cli.restore.damaged"))) }
    }

    /// The pictures first, the database last: it makes the place a paper.
    async fn put(&self, written: &mut Written) -> Result<()> {
        for kept in self.about.pictures() {
            let key = kept.name.strip_prefix("pictures/").unwrap_or(&kept.name);
            let key = if kept.plain.is_some() { key.strip_suffix(".age").unwrap_or(key) } else { key };
            let to = below(&self.pictures, key).ok_or_else(|| anyhow!("{key} is no key"))?;
            self.bring(kept, &to, written)?;
        }
        if self.pictures.is_dir() {
            files::flush_all(&self.pictures)?;
        }
        let name = if self.about.engine == Engine::Sqlite { SQLITE } else { DUMP };
        let is_it = |kept: &&Kept| kept.name == name || kept.name == format!("{name}.age");
        let database = self.about.files.iter().find(is_it).ok_or_else(|| anyhow!("{name} is not in it"))?;
        match &self.place {
            Place::Folder(folder) => {
                let to = folder.join(SQLITE);
                let part = folder.join(format!("{SQLITE}.{RESTORING}"));
                self.bring(database, &part, written)?;
                // A paper that was begun there meanwhile is not written over, and its log is not taken for this one's.
                for beside in ["", "-wal", "-shm"] {
                    let beside = folder.join(format!("{SQLITE}{beside}"));
                    anyhow::ensure!(!beside.exists(), "{} has come into being meanwhile", beside.display());
                }
                std::fs::hard_link(&part, &to).with_context(|| to.display().to_string())?;
                std::fs::remove_file(&part).with_context(|| part.display().to_string())?;
                Ok(files::flush(folder)?)
            }
            Place::Postgres(_) => self.put_dump(database).await,
        }
    }

    /// A dump goes in as it is; one that is encrypted stands in the open beside the backup meanwhile.
    async fn put_dump(&self, dump: &Kept) -> Result<()> {
        let sealed = dump.below(&self.folder).ok_or_else(|| anyhow!("{} is no name", dump.name))?;
        if dump.plain.is_none() {
            return dump::restore(&sealed, &self.place).await;
        }
        let mut open = Written::default();
        let part = std::env::temp_dir().join(format!("midad-{}-{}.{RESTORING}", std::process::id(), self.about.name));
        self.bring(dump, &part, &mut open)?;
        dump::restore(&part, &self.place).await
    }

    /// Brings a file to a new place, decrypted, and compares it.
    fn bring(&self, kept: &Kept, to: &Path, written: &mut Written) -> Result<()> {
        let named = || to.display().to_string();
        let from = kept.below(&self.folder).ok_or_else(|| anyhow!("{} is no name", kept.name))?;
        if let Some(above) = to.parent().filter(|above| !above.as_os_str().is_empty()) {
            let missing = above.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
            let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
            written.folders.extend(missing.into_iter().rev());
            files::private_folder(above).with_context(named)?;
        }
        // Somebody else's stays, also when this is broken off.
        anyhow::ensure!(!to.exists(), "{} is there already", to.display());
        written.files.push(to.to_owned());
        let sum = match (&kept.plain, &self.keys) {
            (Some(_), Some(keys)) => keys.open(&from, to).with_context(named)?,
            _ => files::copy(&from, to).with_context(named)?,
        };
        anyhow::ensure!(sum == *kept.plain(), "{}: other bytes than were kept", kept.name);
        Ok(())
    }

    fn tell(&self, t: &Words) {
        let about = &self.about;
        let (rows, files) = (t.number(about.all_rows()), t.number(about.pictures().count()));
        let texts =
            [("name", about.name.as_str()), ("at", &about.at.to_string()), ("rows", &rows), ("pictures", &files)];
        print(&t.with("cli.restore.done", 1, &texts));
        if about.pictures_elsewhere > 0 {
            print(&t.with("cli.backup.elsewhere", 1, &[("pictures", &t.number(about.pictures_elsewhere))]));
        }
        about.not_proved.iter().for_each(|wrong| complain(wrong));
    }
}

/// What was written: it goes again when the rest does not come.
#[derive(Default)]
struct Written {
    files: Vec<PathBuf>,
    /// Folders that were not there before, each after the one in which it stands.
    folders: Vec<PathBuf>,
}

impl Written {
    fn stays(mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
        // One in which somebody else has put something meanwhile stays.
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
