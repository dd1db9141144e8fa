//! Files of pictures, from the folder of whoever moves or from the old site itself: into the library, each once.

use super::left::{Place, WhyChanged};
use super::report::Report;
use super::survey::Survey;
use newsroom::Timestamp;
use newsroom::body::Picture;
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use store::pictures::{Kept, NewPicture};
use store::stories::CameLater;
use store::{Store, StoreError};
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// The parts of a path behind which the old paper's own folders begin.
const FOLDERS: [&str; 2] = ["/wp-content/uploads/", "/uploads/"];

/// What became of a file that was there.
#[derive(Debug, Clone)]
pub enum Developed {
    /// A picture, with clean pixels, as the library takes it.
    Picture(Box<NewPicture>),
    /// It is none that can be taken.
    Refused,
}

/// Looks for a file by its path below the old paper's folder of files (`2019/05/tram.jpg`) and develops it; none where it is
/// not there.
pub type Files = dyn Fn(&str) -> Option<Developed> + Send + Sync;

/// What became of a file that was asked for where it stood.
#[derive(Debug, Clone)]
pub enum Fetched {
    /// It came.
    Here(Developed),
    /// The old site has it no more.
    Gone,
    /// It stands on a machine of the house's own network, which is not asked.
    Inside,
    /// Nobody answered.
    Unreached,
}

/// Answers to what was asked for, in its order.
pub type Fetching = Pin<Box<dyn Future<Output = Vec<Fetched>> + Send>>;

/// Asks the old site for files by their whole addresses, side by side: never for more than [`SIDE_BY_SIDE`].
pub type Fetch = dyn Fn(Vec<String>) -> Fetching + Send + Sync;

/// So many files are asked for side by side: an old site is often a small one.
pub const SIDE_BY_SIDE: usize = 4;

/// A host that did not answer so often in a row is not asked again in this move.
const MOST_SILENT: u32 = 20;

/// A picture in the library: its name and its size; or why there is none.
type Supplied = Result<(String, (u32, u32)), WhyChanged>;
/// A picture's file; or why there is none.
type Looked = Result<Box<NewPicture>, WhyChanged>;

/// Where files may come from, and what came so far.
pub(super) struct Media {
    files: Option<Arc<Files>>,
    fetch: Option<Arc<Fetch>>,
    hosts: OldHosts,
    /// How often in a row each host did not answer.
    silent: HashMap<String, u32>,
    came: HashMap<String, Supplied>,
}

impl Media {
    pub(super) fn new(files: Option<Arc<Files>>, fetch: Option<Arc<Fetch>>, survey: &Survey) -> Self {
        Self { files, fetch, hosts: OldHosts::of(survey), silent: HashMap::new(), came: HashMap::new() }
    }

    /// Puts pictures' files in their places where they are there; the others stay pictures that are to be supplied.
    pub(super) async fn supply(
        &mut self,
        store: &Store,
        mut pictures: Vec<&mut Picture>,
        place: &Place,
        report: &mut Report,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for some in pictures.chunks_mut(SIDE_BY_SIDE) {
            let asked: Vec<&Picture> = some.iter().map(|picture| &**picture).collect();
            self.ask(store, &asked, report.dry_run, now).await?;
            for picture in some {
                self.place(picture, place, report);
            }
        }
        Ok(())
    }

    /// Files may come from somewhere.
    pub(super) fn has_any(&self) -> bool {
        self.files.is_some() || self.fetch.is_some()
    }

    /// What is there of the files for which pictures of a story wait; of the others is noted why they are not.
    pub(super) async fn came_later(
        &mut self,
        store: &Store,
        waiting: &[Picture],
        place: &Place,
        report: &mut Report,
        now: Timestamp,
    ) -> Result<Vec<CameLater>, StoreError> {
        let mut came = Vec::new();
        for some in waiting.chunks(SIDE_BY_SIDE) {
            let asked: Vec<&Picture> = some.iter().collect();
            self.ask(store, &asked, report.dry_run, now).await?;
            for picture in some {
                match self.of(picture) {
                    Ok((name, size)) => came.push(CameLater { of: picture.file.clone(), name, size }),
                    Err(why) => {
                        report.pictures.waiting += 1;
                        report.change(&picture.file, why, place);
                    }
                }
            }
        }
        Ok(came)
    }

    /// Files that were not asked for yet go into the library.
    async fn ask(
        &mut self,
        store: &Store,
        pictures: &[&Picture],
        dry_run: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for (file, looked) in self.look(pictures, dry_run).await {
            let supplied = match looked {
                Ok(new) => Self::keep(store, &file, *new, dry_run, now).await?,
                Err(why) => Err(why),
            };
            self.came.insert(file, supplied);
        }
        Ok(())
    }

    /// What became of a picture's file.
    fn of(&self, picture: &Picture) -> Supplied {
        self.came.get(&picture.file).cloned().unwrap_or(Err(WhyChanged::PictureMissing))
    }

    fn place(&self, picture: &mut Picture, place: &Place, report: &mut Report) {
        report.pictures.used += 1;
        if picture.alt.trim().is_empty() {
            report.pictures.without_alt += 1;
            report.change(&picture.file, WhyChanged::NoAltText, place);
        }
        match self.of(picture) {
            Ok((name, size)) => {
                report.pictures.supplied += 1;
                (picture.file, picture.size) = (name, size);
            }
            Err(why) => {
                report.pictures.missing += 1;
                report.change(&picture.file, why, place);
            }
        }
    }

    /// Files that were not looked for yet: in the folder first, then at the old site.
    async fn look(&mut self, pictures: &[&Picture], dry_run: bool) -> Vec<(String, Looked)> {
        let mut found: Vec<(String, Looked)> = Vec::new();
        let mut asked: Vec<(&Picture, String)> = Vec::new();
        for picture in pictures.iter().copied() {
            let is_same = |file: &str| file == picture.file;
            let again = found.iter().any(|(file, _)| is_same(file)) || asked.iter().any(|(one, _)| is_same(&one.file));
            if again || self.came.contains_key(&picture.file) {
                continue;
            }
            let why = match (self.in_folder(&picture.file), &self.fetch, self.hosts.whole(&picture.file)) {
                (Some(developed), ..) => {
                    found.push((picture.file.clone(), looked(developed, picture)));
                    continue;
                }
                (None, None, _) => WhyChanged::PictureMissing,
                (None, Some(_), None) => WhyChanged::PictureElsewhere,
                (None, Some(_), Some(_)) if dry_run => WhyChanged::PictureToFetch,
                (None, Some(_), Some(address)) if self.is_silent(&address) => WhyChanged::PictureUnreached,
                (None, Some(_), Some(address)) => {
                    asked.push((picture, address));
                    continue;
                }
            };
            found.push((picture.file.clone(), Err(why)));
        }
        if let Some(fetch) = self.fetch.clone().filter(|_| !asked.is_empty()) {
            let addresses = asked.iter().map(|(_, address)| address.clone()).collect();
            for ((picture, address), fetched) in asked.into_iter().zip(fetch(addresses).await) {
                self.note_silence(&address, &fetched);
                let looked = match fetched {
                    Fetched::Here(developed) => looked(developed, picture),
                    Fetched::Gone => Err(WhyChanged::PictureMissing),
                    Fetched::Inside => Err(WhyChanged::PictureInside),
                    Fetched::Unreached => Err(WhyChanged::PictureUnreached),
                };
                found.push((picture.file.clone(), looked));
            }
        }
        found
    }

    /// Its host did not answer for so long that it is not asked any more.
    fn is_silent(&self, address: &str) -> bool {
        let host = Url::parse(address).ok().as_ref().and_then(bare_host);
        host.and_then(|host| self.silent.get(&host)).is_some_and(|times| *times >= MOST_SILENT)
    }

    fn note_silence(&mut self, address: &str, fetched: &Fetched) {
        let Some(host) = Url::parse(address).ok().as_ref().and_then(bare_host) else { return };
        let times = self.silent.entry(host).or_default();
        *times = if matches!(fetched, Fetched::Unreached) { *times + 1 } else { 0 };
    }

    fn in_folder(&self, address: &str) -> Option<Developed> {
        let files = self.files.as_ref()?;
        paths(address).iter().find_map(|path| files(path))
    }

    async fn keep(
        store: &Store,
        file: &str,
        new: NewPicture,
        dry_run: bool,
        now: Timestamp,
    ) -> Result<Supplied, StoreError> {
        if dry_run {
            return Ok(Ok((file.to_owned(), (0, 0))));
        }
        let size = new.size;
        let name = match store.keep_in_library(&new, None, now).await? {
            Kept::New(name, _) | Kept::Known(name) => name,
        };
        Ok(Ok((name, size)))
    }
}

/// A file with its words: what the old paper said of it goes before what the file says of itself.
fn looked(developed: Developed, picture: &Picture) -> Looked {
    let Developed::Picture(mut new) = developed else { return Err(WhyChanged::PictureRefused) };
    picture.alt.clone_into(&mut new.words.alt);
    if let Some(caption) = &picture.caption {
        caption.clone_into(&mut new.words.caption);
    }
    if let Some(credit) = &picture.credit {
        credit.clone_into(&mut new.words.credit);
    }
    Ok(new)
}

/// Where the old paper kept its files. Pictures that it only showed from others' sites are others'.
struct OldHosts {
    base: Option<Url>,
    site: HashSet<String>,
    files: HashSet<String>,
}

impl OldHosts {
    fn of(survey: &Survey) -> Self {
        let host = |address: &str| Url::parse(address).ok().as_ref().and_then(bare_host);
        let site = [&survey.site.address, &survey.site.blog].into_iter().filter_map(|address| host(address)).collect();
        let files = survey.pictures.values().filter_map(|picture| host(&picture.address)).collect();
        Self { base: Url::parse(&survey.site.blog).ok(), site, files }
    }

    /// The whole address of a file that stands at the old site, one of its parts (`files.old.example`), or where its own list
    /// of files says.
    fn whole(&self, file: &str) -> Option<String> {
        let mut url = match (Url::parse(file), &self.base) {
            (Ok(url), _) => url,
            (Err(_), Some(base)) => base.join(file).ok()?,
            (Err(_), None) => return None,
        };
        let host = bare_host(&url)?;
        let is_part = |site: &String| host.strip_suffix(site.as_str()).is_some_and(|part| part.ends_with('.'));
        let is_old = self.site.contains(&host) || self.files.contains(&host) || self.site.iter().any(is_part);
        let is_plain =
            matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        url.set_fragment(None);
        (is_old && is_plain).then(|| url.into())
    }
}

fn bare_host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Where a file may lie: below the folder of files, its letters composed or taken apart as other systems write them.
fn paths(address: &str) -> Vec<String> {
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8_lossy().into_owned();
    let bare = decoded.split(['?', '#']).next().unwrap_or_default();
    let below = FOLDERS.iter().find_map(|folder| bare.split_once(folder)).map(|(_, path)| path);
    let after_host = bare.split_once("://").map_or(bare, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = below.unwrap_or(after_host).trim_start_matches('/');
    if path.is_empty() || path.split('/').any(|part| part == ".." || part == ".") {
        return Vec::new();
    }
    let mut all = vec![path.to_owned()];
    for other in [path.nfc().collect::<String>(), path.nfd().collect()] {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all
}
