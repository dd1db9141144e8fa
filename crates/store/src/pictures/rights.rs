//! What keeps a picture from readers: its last day is over, or somebody took it down; and its removal from the library.

use super::laid::let_go;
use super::library::picture;
use super::{LibraryPicture, NAMED};
use crate::engine::{Tx, Value, values};
use crate::happenings::write_down;
use crate::search::cut_anew;
use crate::{Store, StoreError};
use jiff::civil::Date;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{StaffId, StoryId, Timestamp};

pub(crate) const DUE: &str = "select name from picture_library
     where rights_until is not null and ended_at is null and rights_until < $1 order by rights_until, name limit $2";
pub(crate) const ENDING: &str = library!(
    "where rights_until is not null and ended_at is null and taken_down_at is null and uses > 0 and rights_until >= $1 and rights_until <= $2
     order by rights_until, name limit $3"
);
/// The same of one story, in what readers have of it or in what is written on it.
pub(crate) const ENDING_OF: &str = library!(
    "where name in (select u.name from picture_uses u where u.story_id = $1)
     and ended_at is null and taken_down_at is null and rights_until >= $2 and rights_until <= $3
     order by rights_until, name"
);
pub(crate) const AWAY: &str = library!(
    "where (ended_at is not null or taken_down_at is not null) and (at, name) < ($1, $2)
     order by at desc, name desc limit $3"
);

impl Store {
    /// Pictures of stories whose last day lies in a span (both ends in it), the earliest first; those whose rights ended or that
    /// were taken down left out.
    pub async fn rights_ending(&self, from: Date, to: Date, limit: u32) -> Result<Vec<LibraryPicture>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(ENDING, values![from.to_string(), to.to_string(), i64::from(limit)]).await })
        });
        read.await?.into_iter().map(picture).collect()
    }

    /// The same of one story.
    pub async fn rights_ending_of(
        &self,
        story: StoryId,
        from: Date,
        to: Date,
    ) -> Result<Vec<LibraryPicture>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move { tx.rows(ENDING_OF, values![story, from.to_string(), to.to_string()]).await })
        });
        read.await?.into_iter().map(picture).collect()
    }

    /// Pictures that readers are not shown, latest in the library first, from after a picture (exclusive).
    pub async fn library_away(
        &self,
        after: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<LibraryPicture>, StoreError> {
        self.library_page(AWAY, after, limit).await
    }

    /// Takes pictures from readers whose last day was before a day, each once whoever tries, at most `limit`.
    pub async fn end_picture_rights(
        &self,
        today: Date,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Happening>, StoreError> {
        let day = today.to_string();
        let read = self.engine.read(move |tx| {
            let day = day.clone();
            Box::pin(async move { tx.rows(DUE, values![day, i64::from(limit)]).await })
        });
        let mut told = Vec::new();
        for mut row in read.await? {
            told.extend(self.end_rights(row.text(0)?, today, now).await?);
        }
        Ok(told)
    }

    async fn end_rights(&self, name: String, today: Date, now: Timestamp) -> Result<Option<Happening>, StoreError> {
        let happening = self.happening(Actor::Program, What::PictureRightsEnded { name: name.clone() }, "", now);
        let write = self.engine.write(move |tx| {
            let (name, happening) = (name.clone(), happening.clone());
            Box::pin(async move {
                let text = "update picture_library set ended_at = $2
                     where name = $1 and ended_at is null and rights_until < $3";
                if tx.run(text, values![&name, now, today.to_string()]).await? == 0 {
                    return Ok(None);
                }
                cut_anew(tx, &name, now).await?;
                write_down(tx, &happening).await?;
                Ok(Some(happening))
            })
        });
        write.await
    }

    /// Takes a picture from every page at once, and says why. It stays in the library and in the stories.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, [`StoreError::Conflict`] when somebody did already.
    pub async fn take_picture_down(
        &self,
        name: &str,
        why: &str,
        by: StaffId,
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let what = What::PictureTakenDown { name: name.to_owned() };
        let happening = self.happening(Actor::Staff(by), what, why, now);
        let (name, why) = (name.to_owned(), why.to_owned());
        let text = "update picture_library set taken_down_at = $2, taken_down_by = $3, taken_down_why = $4
             where name = $1 and taken_down_at is null";
        self.change_picture(text, values![&name, now, by, why].to_vec(), name, happening).await
    }

    /// Lets readers see a picture again that was taken down, as far as its rights last.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, [`StoreError::Conflict`] when it is not taken down.
    pub async fn put_picture_back(&self, name: &str, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let what = What::PictureShownAgain { name: name.to_owned() };
        let happening = self.happening(Actor::Staff(by), what, "", now);
        let text = "update picture_library set taken_down_at = null, taken_down_by = null, taken_down_why = null
             where name = $1 and taken_down_at is not null";
        self.change_picture(text, values![name].to_vec(), name.to_owned(), happening).await
    }

    async fn change_picture(
        &self,
        text: &'static str,
        given: Vec<Value>,
        name: String,
        happening: Happening,
    ) -> Result<Happening, StoreError> {
        let write = self.engine.write(move |tx| {
            let (given, name, happening) = (given.clone(), name.clone(), happening.clone());
            Box::pin(async move {
                if tx.run(text, &given).await? == 0 {
                    return Err(why_not(tx, &name).await?);
                }
                cut_anew(tx, &name, happening.at).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// Removes a picture that no story holds, with its bytes in every size: those in a folder or a bucket within the hour after.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, [`StoreError::Conflict`] when a story holds it by now.
    pub async fn remove_picture(&self, name: &str, by: StaffId, now: Timestamp) -> Result<Happening, StoreError> {
        let what = What::PictureRemoved { name: name.to_owned() };
        let (name, happening) = (name.to_owned(), self.happening(Actor::Staff(by), what, "", now));
        let write = self.engine.write(move |tx| {
            let (name, happening) = (name.clone(), happening.clone());
            Box::pin(async move {
                // The row goes first: a story that is written meanwhile waits for it, and finds no picture then.
                let text = "delete from picture_library where name = $1 and uses = 0 returning print";
                let Some(mut row) = tx.row(text, values![&name]).await? else {
                    return Err(why_not(tx, &name).await?);
                };
                let print = row.text(0)?;
                // Sizes are named by what the picture's own name is made of.
                let (from, to) = (format!("{print}-"), format!("{print}."));
                let_go(tx, (&name, &from, &to), now).await?;
                let text = "delete from pictures where name = $1 or (name >= $2 and name < $3)";
                tx.run(text, values![&name, from, to]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }
}

async fn why_not(tx: &mut Tx, name: &str) -> Result<StoreError, StoreError> {
    let row = tx.row(NAMED, values![name]).await?;
    Ok(row.map_or(StoreError::NotFound, |_| StoreError::Conflict("picture".to_owned())))
}
