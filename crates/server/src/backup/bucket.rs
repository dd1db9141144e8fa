//! Backups in a bucket. One that was proved in the folder is carried there file by file, and what it says of itself last, so
//! that one which says what it is is whole. They are kept by the rules of the folder.

use super::about::{ABOUT, About, Kept, at_of, below};
use super::keep::{Keep, goes};
use super::{files, list};
use crate::bring::bar;
use crate::upkeep::{complain, print};
use anyhow::{Context, Result, anyhow};
use futures_util::{TryStreamExt, stream};
use jiff::SignedDuration;
use newsroom::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::buckets::{Bucket, BucketSettings, Patience};
use web::Words;

/// What stands before the name of a backup in the bucket, so that nobody takes it for one of the folder.
pub const MARK: &str = "s3:";
/// Files that are on their way at once; of each a part is in memory.
const AT_ONCE: usize = 4;
/// What is not whole is left alone as long as somebody may still be carrying it.
const LEFT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Where backups stand in a bucket.
pub struct InBucket {
    bucket: Bucket,
    /// The bucket's name and the folder in it, for people: another paper's backups stand in another one.
    name: String,
    /// The folder of it in which they stand.
    prefix: String,
}

/// What stands there under names of ours.
struct Found {
    /// Whole ones, the newest first.
    whole: Vec<About>,
    /// Names of those that do not say what they are: not carried to the end, or not taken away to the end.
    broken_off: Vec<String>,
}

impl InBucket {
    /// The bucket's name, and the folder of it in which backups stand.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// In the bucket of these settings; it is not asked yet.
    pub fn open(settings: &BucketSettings, prefix: String) -> Result<Self> {
        let bucket = Bucket::open(settings, Patience::OfBackups)?;
        Ok(Self { bucket, name: format!("{}/{prefix}", settings.bucket), prefix })
    }

    /// A folder of a bucket, as a setting says it; none where it cannot be one.
    pub fn prefix(text: &str) -> Option<String> {
        let text = text.strip_suffix('/').unwrap_or(text);
        below(Path::new(""), text).map(|_| text.to_owned())
    }

    /// Prints what there is.
    pub async fn tell(&self, t: &Words) -> Result<()> {
        let found = self.look().await?;
        print(&t.with("cli.backup.in-bucket", 1, &[("bucket", &self.name)]));
        if found.whole.is_empty() {
            print(&t.s("cli.backup.none"));
        }
        found.whole.iter().for_each(|about| list::tell_as(&marked(&about.name), about, t));
        for name in &found.broken_off {
            print(&t.with("cli.backup.broken-off", 1, &[("name", &marked(name))]));
        }
        Ok(())
    }

    /// Carries every proved backup of the folder that the bucket lacks and would keep, the newest first. Where the one just
    /// made is encrypted, none goes that is not. One that cannot be carried keeps back no other; the first error is told.
    pub async fn carry(&self, into: &Path, made: &About, keep: Keep, t: &Words) -> Result<()> {
        let there: BTreeSet<String> = self.look().await?.whole.into_iter().map(|about| about.name).collect();
        let proved = list::whole(into)?.into_iter().filter(|about| about.not_proved.is_empty());
        let is_open = |about: &About| about.encrypted_to.is_empty();
        let (left_out, here): (Vec<About>, Vec<About>) = proved.partition(|about| is_open(about) && !is_open(made));
        self.tell_left_out(left_out.iter().filter(|about| !there.contains(&about.name)), t);
        let names = there.iter().chain(here.iter().map(|about| &about.name));
        let times: BTreeSet<Timestamp> = names.filter_map(|name| at_of(name)).collect();
        let gone = goes(&Vec::from_iter(times), keep, Timestamp::now());
        let is_kept = |name: &str| at_of(name).is_some_and(|at| !gone.contains(&at));
        let mut ended: Result<()> = Ok(());
        for about in here.iter().filter(|about| !there.contains(&about.name) && is_kept(&about.name)) {
            let name = marked(&about.name);
            let texts = [("name", name.as_str()), ("bucket", self.name.as_str())];
            if is_open(about) {
                complain(&t.with("cli.backup.open-in-bucket", 1, &texts));
            }
            match self.carry_one(&into.join(&about.name), about, t).await.with_context(|| about.name.clone()) {
                Ok(()) => print(&t.with("cli.backup.carried", 1, &texts)),
                Err(problem) => ended = ended.and(Err(problem)),
            }
        }
        ended
    }

    /// Names those that are not carried because they are not encrypted.
    fn tell_left_out<'a>(&self, left_out: impl Iterator<Item = &'a About>, t: &Words) {
        let names: Vec<&str> = left_out.map(|about| about.name.as_str()).collect();
        if !names.is_empty() {
            complain(&t.with("cli.backup.left-out", 1, &[("bucket", &self.name), ("names", &names.join(" "))]));
        }
    }

    /// Takes away what is not kept any more, and what was broken off.
    pub async fn take_away(&self, keep: Keep, t: &Words) -> Result<()> {
        let (found, now) = (self.look().await?, Timestamp::now());
        let times: Vec<Timestamp> = found.whole.iter().filter_map(|about| at_of(&about.name)).collect();
        let gone = goes(&times, keep, now);
        for about in found.whole.iter().filter(|about| at_of(&about.name).is_some_and(|at| gone.contains(&at))) {
            let said = if self.take_one_away(about).await? { "cli.backup.taken-away" } else { "cli.backup.left-alone" };
            print(&t.with(said, 1, &[("name", &marked(&about.name))]));
        }
        for name in &found.broken_off {
            self.tidy_up(name, now).await?;
        }
        Ok(())
    }

    /// The backup of a name, or the newest where none is said, and what it says of itself, byte for byte; none where it is not
    /// there or not whole.
    pub async fn about(&self, name: &str) -> Result<Option<(About, Vec<u8>)>> {
        let name = match name {
            "" => self.look().await?.whole.into_iter().next().map(|about| about.name),
            name => Some(name.to_owned()),
        };
        let Some(name) = name.filter(|name| at_of(name).is_some()) else { return Ok(None) };
        let bytes = self.bucket.get(&self.key(&name, ABOUT)).await?;
        let said = bytes.and_then(|bytes| About::of(&bytes).ok().map(|about| (about, bytes)));
        Ok(said.filter(|(about, _)| about.name == name))
    }

    /// Fetches every file of a backup into a folder; whether they are what was kept is for others to look at.
    pub async fn fetch(&self, about: &About, folder: &Path, t: &Words) -> Result<()> {
        let progress = &bar(about.files.len() as u64, t);
        stream::iter(about.files.iter().map(Ok::<&Kept, anyhow::Error>))
            .try_for_each_concurrent(AT_ONCE, |kept| async move {
                let to = kept.below(folder).ok_or_else(|| anyhow!("{} is no name", kept.name))?;
                if let Some(above) = to.parent() {
                    files::private_folder(above).with_context(|| above.display().to_string())?;
                }
                let file = files::new_file(&to).with_context(|| to.display().to_string())?;
                self.bucket.fetch(&self.key(&about.name, &kept.name), kept.sum.bytes, file).await?;
                progress.inc(1);
                Ok(())
            })
            .await?;
        progress.finish_and_clear();
        Ok(())
    }

    async fn look(&self) -> Result<Found> {
        let (mut whole, mut broken_off) = (Vec::new(), Vec::new());
        let names = self.bucket.folders(&self.prefix).await?;
        for name in names.into_iter().filter(|name| at_of(name).is_some()) {
            match self.bucket.get(&self.key(&name, ABOUT)).await? {
                // One that says something else is somebody else's.
                Some(bytes) => whole.extend(About::of(&bytes).ok().filter(|about| about.name == name)),
                None => broken_off.push(name),
            }
        }
        // Names are times.
        whole.sort_by(|one: &About, other| other.name.cmp(&one.name));
        Ok(Found { whole, broken_off })
    }

    /// Carries a backup out of its folder. What a run that was broken off has carried is not carried again.
    async fn carry_one(&self, folder: &Path, about: &About, t: &Words) -> Result<()> {
        let there = &self.lengths(&about.name).await?;
        let progress = &bar(about.files.len() as u64, t);
        stream::iter(about.files.iter().map(Ok::<&Kept, anyhow::Error>))
            .try_for_each_concurrent(AT_ONCE, |kept| async move {
                let key = self.key(&about.name, &kept.name);
                if there.get(&key) != Some(&kept.sum.bytes) {
                    let from = kept.below(folder).ok_or_else(|| anyhow!("{} is no name", kept.name))?;
                    let sum = files::sum_of(&from).with_context(|| from.display().to_string())?;
                    anyhow::ensure!(sum == kept.sum, "{}: other bytes than were kept", from.display());
                    self.put(&key, &from, sum.bytes).await?;
                }
                progress.inc(1);
                Ok(())
            })
            .await?;
        progress.finish_and_clear();
        // A run elsewhere may have taken for broken off what was carried long ago.
        let there = self.lengths(&about.name).await?;
        for kept in &about.files {
            let key = self.key(&about.name, &kept.name);
            anyhow::ensure!(there.get(&key) == Some(&kept.sum.bytes), "{key}: is not there whole any more");
        }
        // The last one: from here on it is whole.
        let own = folder.join(ABOUT);
        let bytes = own.metadata().with_context(|| own.display().to_string())?.len();
        self.put(&self.key(&about.name, ABOUT), &own, bytes).await
    }

    /// How long each file of a backup is that stands there, by its key.
    async fn lengths(&self, name: &str) -> Result<BTreeMap<String, u64>> {
        let listed = self.bucket.list(&self.place(name)).await?;
        Ok(listed.into_iter().map(|one| (one.key, one.bytes)).collect())
    }

    /// Puts a file under a key, and looks whether all of it arrived.
    async fn put(&self, key: &str, from: &Path, bytes: u64) -> Result<()> {
        self.bucket.put_file(key, from).await?;
        let there = self.bucket.size(key).await?.unwrap_or(0);
        anyhow::ensure!(there == bytes, "{key}: {there} bytes arrived, and {bytes} were sent");
        Ok(())
    }

    /// What it says of itself goes first: what is broken off then is no backup. `false`: something else stands in it, and it was
    /// left alone.
    async fn take_one_away(&self, about: &About) -> Result<bool> {
        let own = self.key(&about.name, ABOUT);
        let named: BTreeSet<String> = about.files.iter().map(|kept| self.key(&about.name, &kept.name)).collect();
        let there = self.bucket.list(&self.place(&about.name)).await?;
        let mut keys: Vec<String> = there.into_iter().map(|one| one.key).filter(|key| *key != own).collect();
        if !keys.iter().all(|key| named.contains(key)) {
            return Ok(false);
        }
        self.bucket.delete(&own).await?;
        keys.sort();
        self.bucket.delete_all(&keys).await?;
        Ok(true)
    }

    /// Takes away what is not whole, once nothing has come for a day.
    async fn tidy_up(&self, name: &str, now: Timestamp) -> Result<()> {
        let there = self.bucket.list(&self.place(name)).await?;
        let newest = there.iter().map(|one| one.at).max();
        if newest.is_some_and(|at| now.duration_since(at) > LEFT_FOR) {
            let keys: Vec<String> = there.into_iter().map(|one| one.key).collect();
            self.bucket.delete_all(&keys).await?;
        }
        Ok(())
    }

    /// The folder of a backup in the bucket.
    fn place(&self, name: &str) -> String {
        format!("{}/{name}", self.prefix)
    }

    /// The key of a file of a backup.
    fn key(&self, name: &str, file: &str) -> String {
        format!("{}/{name}/{file}", self.prefix)
    }
}

/// How a backup of the bucket is called, and asked for.
fn marked(name: &str) -> String {
    format!("{MARK}{name}")
}
