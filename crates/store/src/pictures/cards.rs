//! Cards of stories: which are to be drawn, and which there are. A card goes in the commit in which its story is withdrawn or
//! a picture on it is taken from readers; it is drawn anew afterwards.

use super::laid::let_go;
use super::{PictureFile, keep_bytes};
use crate::engine::{Tx, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{StoryId, Timestamp};
use std::sync::Arc;

/// The newest first. A story of long ago has its card drawn anew when it changes, and none where it has none.
pub(crate) const TO_DRAW: &str = "select story_id from share_cards
     where due_at is not null and due_at <= $1 and published_at >= $2 order by published_at desc limit 1";
pub(crate) const OLD_TO_DRAW: &str = "select story_id from share_cards
     where due_at is not null and due_at <= $1 and published_at < $2 and name <> '' limit 1";
pub(crate) const CARD: &str = "select name from share_cards where story_id = $1 and name <> ''";

/// A card that is to be drawn, by whoever has it in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDraw {
    /// Of which story.
    pub story: StoryId,
    /// The card that there is; may be empty.
    pub name: String,
    /// How often it was in hand, this time with it.
    pub tries: i64,
}

impl Store {
    /// What the card of a story is called, among pictures; none while it has none.
    pub async fn card_of(&self, story: StoryId) -> Result<Option<String>, StoreError> {
        let read = self.engine.glance(move |tx| Box::pin(async move { tx.row(CARD, values![story]).await }));
        read.await?.map(|mut row| row.text(0)).transpose()
    }

    /// Takes a card in hand until a time; nobody else gets it before. Only stories that went public since `since` get their
    /// first card. Costs no write while none waits.
    pub async fn take_to_draw(
        &self,
        since: Timestamp,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<Option<ToDraw>, StoreError> {
        let read = self.engine.read(move |tx| {
            Box::pin(async move {
                let of_these_days = tx.row(TO_DRAW, values![now, since]).await?;
                if of_these_days.is_some() {
                    return Ok(of_these_days);
                }
                tx.row(OLD_TO_DRAW, values![now, since]).await
            })
        });
        let Some(row) = read.await? else { return Ok(None) };
        let story = StoryId(row.int(0)?);
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update share_cards set due_at = $3, tries = tries + 1
                     where story_id = $1 and due_at <= $2 returning name, tries";
                tx.row(text, values![story, now, until]).await
            })
        });
        write.await?.map(|mut row| Ok(ToDraw { story, name: row.text(0)?, tries: row.int(1)? })).transpose()
    }

    /// Keeps a card in place of the one before; `taken` is the time until which it was in hand.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the story is no longer public, or changed since: then it is drawn anew.
    pub async fn keep_card(
        &self,
        story: StoryId,
        card: &PictureFile,
        taken: Timestamp,
    ) -> Result<Happening, StoreError> {
        let now = card.kept_at;
        let laid = self.lay_down(vec![(&card.name, card.bytes.clone())], now).await?;
        let laid = laid.into_iter().next().ok_or(StoreError::NotFound)?;
        let happening = self.happening(Actor::Program, What::CardDrawn { story }, "", now);
        let facts = Arc::new((card.name.clone(), card.media_type.clone(), card.size));
        let write = self.engine.write(move |tx| {
            let (facts, laid, happening) = (Arc::clone(&facts), laid.clone(), happening.clone());
            Box::pin(async move {
                let (name, media_type, size) = facts.as_ref();
                // Of a story that changed since, or lost a picture, the card is drawn anew, and this one is seen by nobody.
                let held = "update share_cards set tries = tries where story_id = $1 and due_at = $2 returning name";
                let mut row = tx.row(held, values![story, taken]).await?.ok_or(StoreError::NotFound)?;
                let before = row.text(0)?;
                if before != *name {
                    drop_file(tx, &before, now).await?;
                    keep_bytes(tx, name, (media_type, *size), &laid, now).await?;
                }
                let text = "update share_cards set name = $2, tries = 0, due_at = null where story_id = $1";
                tx.run(text, values![story, name]).await?;
                write_down(tx, &happening).await?;
                Ok(happening)
            })
        });
        write.await
    }

    /// There is nothing to draw, or it could not be drawn: again from `next` on, or not until the story changes.
    pub async fn card_is_done(
        &self,
        story: StoryId,
        taken: Timestamp,
        next: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let text = "update share_cards set due_at = $3 where story_id = $1 and due_at = $2";
                tx.run(text, values![story, taken, next]).await.map(drop)
            })
        });
        write.await
    }
}

/// A story's card is drawn soon, for the first time or anew.
pub(crate) async fn want_card(tx: &mut Tx, story: StoryId, published_at: Timestamp) -> Result<(), StoreError> {
    let text = "insert into share_cards (story_id, name, published_at, due_at, tries) values ($1, '', $2, 0, 0)
         on conflict (story_id) do update set published_at = excluded.published_at, due_at = 0, tries = 0";
    tx.run(text, values![story, published_at]).await.map(drop)
}

/// A story has no card any more.
pub(crate) async fn drop_card(tx: &mut Tx, story: StoryId, now: Timestamp) -> Result<(), StoreError> {
    let row = tx.row("delete from share_cards where story_id = $1 returning name", values![story]).await?;
    match row {
        Some(mut row) => drop_file(tx, &row.text(0)?, now).await,
        None => Ok(()),
    }
}

/// Cards of stories that show a picture go at once, and are drawn anew.
pub(crate) async fn draw_anew(tx: &mut Tx, picture: &str, now: Timestamp) -> Result<(), StoreError> {
    let text = "select c.story_id, c.name from picture_uses u join share_cards c on c.story_id = u.story_id
         where u.name = $1 and u.printed > 0";
    for mut row in tx.rows(text, values![picture]).await? {
        drop_file(tx, &row.text(1)?, now).await?;
        // Without its card a story of long ago would get none: it waits as a new one does.
        let text = "update share_cards set name = '', due_at = 0, tries = 0, published_at = $2 where story_id = $1";
        tx.run(text, values![row.int(0)?, now]).await?;
    }
    Ok(())
}

async fn drop_file(tx: &mut Tx, name: &str, now: Timestamp) -> Result<(), StoreError> {
    if name.is_empty() {
        return Ok(());
    }
    let_go(tx, (name, name, name), now).await?;
    tx.run("delete from pictures where name = $1", values![name]).await.map(drop)
}
