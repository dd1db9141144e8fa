//! Files of pictures, where whoever moves has them: into the library, each once.

use super::left::{Place, WhyChanged};
use super::report::Report;
use newsroom::Timestamp;
use newsroom::body::Picture;
use std::collections::HashMap;
use std::sync::Arc;
use store::pictures::{Kept, NewPicture};
use store::{Store, StoreError};
use unicode_normalization::UnicodeNormalization;

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

/// A picture in the library: its name and its size; or why there is none.
type Supplied = Result<(String, (u32, u32)), WhyChanged>;

/// The folder and what came of it so far.
pub(super) struct Media {
    files: Option<Arc<Files>>,
    came: HashMap<String, Supplied>,
}

impl Media {
    pub(super) fn new(files: Option<Arc<Files>>) -> Self {
        Self { files, came: HashMap::new() }
    }

    /// Puts a picture's file in its place where it is there; else the picture stays one that is to be supplied.
    pub(super) async fn supply(
        &mut self,
        store: &Store,
        picture: &mut Picture,
        place: &Place,
        report: &mut Report,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        report.pictures.used += 1;
        if picture.alt.trim().is_empty() {
            report.pictures.without_alt += 1;
            report.change(&picture.file, WhyChanged::NoAltText, place);
        }
        let supplied = match self.came.get(&picture.file) {
            Some(known) => known.clone(),
            None => {
                let supplied = self.bring(store, picture, report.dry_run, now).await?;
                self.came.insert(picture.file.clone(), supplied.clone());
                supplied
            }
        };
        match supplied {
            Ok((name, size)) => {
                report.pictures.supplied += 1;
                (picture.file, picture.size) = (name, size);
            }
            Err(why) => {
                report.pictures.missing += 1;
                report.change(&picture.file, why, place);
            }
        }
        Ok(())
    }

    async fn bring(
        &self,
        store: &Store,
        picture: &Picture,
        dry_run: bool,
        now: Timestamp,
    ) -> Result<Supplied, StoreError> {
        let Some(files) = &self.files else { return Ok(Err(WhyChanged::PictureMissing)) };
        let mut new = match paths(&picture.file).iter().find_map(|path| files(path)) {
            Some(Developed::Picture(new)) => *new,
            Some(Developed::Refused) => return Ok(Err(WhyChanged::PictureRefused)),
            None => return Ok(Err(WhyChanged::PictureMissing)),
        };
        // What the old paper said of it goes before what the file says of itself.
        picture.alt.clone_into(&mut new.words.alt);
        if let Some(caption) = &picture.caption {
            caption.clone_into(&mut new.words.caption);
        }
        if let Some(credit) = &picture.credit {
            credit.clone_into(&mut new.words.credit);
        }
        let size = new.size;
        if dry_run {
            return Ok(Ok((picture.file.clone(), (0, 0))));
        }
        let name = match store.keep_in_library(&new, None, now).await? {
            Kept::New(name, _) | Kept::Known(name) => name,
        };
        Ok(Ok((name, size)))
    }
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
