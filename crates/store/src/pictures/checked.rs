//! Looks whether every picture that a row names is there, and is what was kept.

use super::shelf::sha256;
use super::{OnShelf, laid, sizes};
use crate::checkup::Disagreement;
use crate::engine::{Row, values};
use crate::{Store, StoreError};

const AT_ONCE: i64 = 100;
/// Most disagreements told: a report is to be read.
const MOST: usize = 20;

impl Store {
    /// Reads every picture that stands outside of the database and compares it with its sum, and looks for every size that
    /// the library names. `told` hears how many were looked at. At most some twenty disagreements are told.
    ///
    /// # Errors
    /// When the database cannot answer; a place that cannot is told as a disagreement.
    pub async fn check_pictures(&self, told: &mut (dyn FnMut(u64) + Send)) -> Result<Vec<Disagreement>, StoreError> {
        let (mut found, mut after, mut seen) = (Vec::new(), String::new(), 0_u64);
        loop {
            let some = self.files_after(&after).await?;
            let Some((last, _)) = some.last() else { break };
            after = last.clone();
            for (name, at) in some {
                found.extend(self.check_file(&name, &at).await);
                seen += 1;
                told(seen);
                if found.len() >= MOST {
                    return Ok(found);
                }
            }
        }
        let mut after = String::new();
        loop {
            let some = self.sized_after(&after).await?;
            let Some((last, _)) = some.last() else { return Ok(found) };
            after = last.clone();
            for name in some.into_iter().flat_map(|(_, names)| names) {
                if self.picture_size(&name).await?.is_none() {
                    found.push(Disagreement::new("pictures.sizes", format!("{name} is named and is not there")));
                }
                if found.len() >= MOST {
                    return Ok(found);
                }
            }
        }
    }

    /// Whether the bytes of a picture are where its row says, without reading them.
    pub async fn picture_is_there(&self, name: &str) -> Result<bool, StoreError> {
        match self.shelf_of(name).await? {
            Some(at) => self.shelves.exists(at.place, &at.key).await,
            None => Ok(self.picture_size(name).await?.is_some()),
        }
    }

    async fn check_file(&self, name: &str, at: &OnShelf) -> Option<Disagreement> {
        let place = at.place.key();
        match self.shelves.get(at.place, &at.key).await {
            Ok(Some(bytes)) if sha256(&bytes) == at.sha256 => None,
            Ok(Some(_)) => {
                Some(Disagreement::new("pictures.changed", format!("{name}: other bytes at {place} {}", at.key)))
            }
            Ok(None) => Some(Disagreement::new("pictures.missing", format!("{name} is not at {place} {}", at.key))),
            Err(problem) => Some(Disagreement::new("pictures.unreachable", format!("{name}: {problem}"))),
        }
    }

    async fn files_after(&self, after: &str) -> Result<Vec<(String, OnShelf)>, StoreError> {
        let after = after.to_owned();
        let read = self.engine.read(move |tx| {
            let after = after.clone();
            Box::pin(async move {
                let text = "select name, place, key, sha256 from picture_files where name > $1 order by name limit $2";
                tx.rows(text, values![after, AT_ONCE]).await
            })
        });
        let one = |mut row: Row| Ok((row.text(0)?, laid::read(row.text(1)?, row.text(2)?, row.text(3)?)?));
        read.await?.into_iter().map(one).collect()
    }

    /// Pictures of the library, each with the names of all that there should be of it.
    async fn sized_after(&self, after: &str) -> Result<Vec<(String, Vec<String>)>, StoreError> {
        let after = after.to_owned();
        let read = self.engine.read(move |tx| {
            let after = after.clone();
            Box::pin(async move {
                let text = "select name, print, widths, avif from picture_library where name > $1
                     order by name limit $2";
                tx.rows(text, values![after, AT_ONCE]).await
            })
        });
        let one = |mut row: Row| {
            let (name, print) = (row.text(0)?, row.text(1)?);
            let jpeg = sizes::widths(&row.text(2)?).into_iter().map(|width| format!("{print}-{width}.jpg"));
            let avif = sizes::widths(&row.text(3)?).into_iter().map(|width| format!("{print}-{width}.avif"));
            let names = std::iter::once(name.clone()).chain(jpeg).chain(avif).collect();
            Ok((name, names))
        };
        read.await?.into_iter().map(one).collect()
    }
}
