//! Pictures move from one place to another, one by one: each is laid down, read back and compared before its row says so.

use super::laid::{let_go, on_shelf};
use super::shelf::{PicturePlace, sha256};
use crate::engine::values;
use crate::pictures::laid::Laid;
use crate::{Store, StoreError};
use newsroom::Timestamp;

const ELSEWHERE: &str = "select p.name from pictures p left join picture_files f on f.name = p.name
     where p.name > $1 and coalesce(f.place, 'database') <> $2 order by p.name limit $3";
const HOW_MANY_ELSEWHERE: &str = "select count(*) from pictures p left join picture_files f on f.name = p.name
     where coalesce(f.place, 'database') <> $1";
const ANY_INSIDE: &str = "select p.name from pictures p
     where not exists (select 1 from picture_files f where f.name = p.name) limit 1";

impl Store {
    /// Where new pictures go.
    pub fn pictures_go_into(&self) -> PicturePlace {
        self.shelves.new_ones_go()
    }

    /// Some picture has its bytes in the database.
    pub async fn has_pictures_inside(&self) -> Result<bool, StoreError> {
        let read = self.engine.read(|tx| Box::pin(async move { tx.row(ANY_INSIDE, values![]).await }));
        Ok(read.await?.is_some())
    }

    /// How many pictures, with their sizes, stand elsewhere than where new ones go.
    pub async fn pictures_elsewhere(&self) -> Result<u64, StoreError> {
        let place = self.shelves.new_ones_go().key();
        let read =
            self.engine.read(move |tx| Box::pin(async move { tx.row(HOW_MANY_ELSEWHERE, values![place]).await }));
        Ok(u64::try_from(read.await?.ok_or(StoreError::NotFound)?.int(0)?).unwrap_or_default())
    }

    /// How many pictures, with their sizes, stand outside of the database.
    pub async fn pictures_outside(&self) -> Result<u64, StoreError> {
        let text = "select count(*) from picture_files";
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(text, values![]).await }));
        Ok(u64::try_from(read.await?.ok_or(StoreError::NotFound)?.int(0)?).unwrap_or_default())
    }

    /// The names of some of those that stand elsewhere, in their order, from after a name.
    pub async fn pictures_to_move(&self, after: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let (after, place) = (after.to_owned(), self.shelves.new_ones_go().key());
        let read = self.engine.read(move |tx| {
            let after = after.clone();
            Box::pin(async move { tx.rows(ELSEWHERE, values![after, place, i64::from(limit)]).await })
        });
        read.await?.into_iter().map(|mut row| row.text(0)).collect()
    }

    /// Moves a picture to where new ones go; `false` when it is gone by now. Where it stood it stays for an hour.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when it is not what it was, before or after the way.
    pub async fn move_picture(&self, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        let Some(file) = self.picture(name).await? else { return Ok(false) };
        let sum = sha256(&file.bytes);
        let known = self.shelf_of(name).await?;
        if file.bytes.is_empty() || known.is_some_and(|at| at.sha256 != sum) {
            return Err(StoreError::Broken(format!("{name} is not what was kept under this name")));
        }
        let laid = self.lay_down(vec![(name, file.bytes)], now).await?.pop().ok_or(StoreError::NotFound)?;
        if let Laid::Outside { at, .. } = &laid {
            let back = self.shelves.get(at.place, &at.key).await?;
            if back.is_none_or(|bytes| sha256(&bytes) != sum) {
                return Err(StoreError::Broken(format!("{name} did not arrive whole")));
            }
        }
        let name = name.to_owned();
        let write = self.engine.write(move |tx| {
            let (name, laid) = (name.clone(), laid.clone());
            Box::pin(async move {
                let text = "update pictures set bytes = $2 where name = $1";
                if tx.run(text, values![&name, laid.inside()]).await? == 0 {
                    return Ok(false);
                }
                let_go(tx, (&name, "", ""), now).await?;
                laid.name(tx, &name).await?;
                Ok(true)
            })
        });
        write.await
    }

    /// Gives the space that moved pictures took in the database's own files back, which writes them anew: best while the paper
    /// is not served.
    pub async fn shrink_pictures(&self) -> Result<(), StoreError> {
        self.engine.wipe(true, &["pictures"]).await
    }

    pub(super) async fn shelf_of(&self, name: &str) -> Result<Option<super::laid::OnShelf>, StoreError> {
        let name = name.to_owned();
        let read = self.engine.read(move |tx| {
            let name = name.clone();
            Box::pin(async move { on_shelf(tx, &name).await })
        });
        read.await
    }
}
