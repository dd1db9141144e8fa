//! What is sealed: taken out as it is, every time written down; put back when an order is annulled.

use super::carry::Sealed;
use super::{Document, step};
use crate::engine::{Tx, values};
use crate::erasures::{erase_after_order, note_emptied};
use crate::probes::keep_comment_probes;
use crate::queue::{ORDERED, carry_out};
use crate::search::keep_comment_words;
use crate::{Store, StoreError};
use newsroom::comment::{Decision, Revision, RuledBy, Ruling, State};
use newsroom::happening::{Happening, OrderStep};
use newsroom::{CommentId, ErasureId, HappeningId, OrderId, RulingId, StaffId, StoryId, Timestamp};
use std::sync::Arc;

/// The words of a comment as they were before it was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredWords {
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Earlier texts: number, text, when it was written.
    pub earlier: Vec<(i64, String, Timestamp)>,
}

impl Store {
    /// Keeps the sealed document of an order in place of one that it had.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such order, or its time is over.
    pub async fn keep_order_document(
        &self,
        order: OrderId,
        document: &Document,
        sealed: &Sealed,
        by: StaffId,
    ) -> Result<Happening, StoreError> {
        let (given, id) = (Arc::new((document.clone(), sealed.text.clone())), HappeningId(self.id(document.at)));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (Document { name, media_type, print, at }, sealed) = &*given;
                let text = "update orders set document_name = $2, document_type = $3, document = $4,
                         document_print = $5, document_at = $6
                     where order_id = $1 and ended_at is null";
                if tx.run(text, values![order, name, media_type, sealed, print, *at]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                step(tx, id, order, OrderStep::DocumentKept, (Some(by), *at, None, print)).await
            })
        });
        write.await
    }

    /// A sealed file, in base64: of a comment, or the document. That it was taken is written down.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when nothing is sealed there, or not any more.
    pub async fn take_sealed(
        &self,
        order: OrderId,
        of: Option<(StoryId, CommentId)>,
        by: StaffId,
        now: Timestamp,
    ) -> Result<(String, Happening), StoreError> {
        let id = HappeningId(self.id(now));
        let write = self.engine.write(move |tx| {
            Box::pin(async move {
                let row = match of {
                    None => tx.row("select document from orders where order_id = $1", values![order]).await?,
                    Some((story, comment)) => {
                        let text = "select sealed from order_comments
                             where story_id = $1 and comment_id = $2 and order_id = $3";
                        tx.row(text, values![story, comment, order]).await?
                    }
                };
                let sealed = row.map(|mut row| row.maybe_text(0)).transpose()?.flatten();
                let sealed = sealed.ok_or(StoreError::NotFound)?;
                let comment = of.map(|(_, comment)| comment);
                let told = step(tx, id, order, OrderStep::Taken, (Some(by), now, comment, "")).await?;
                Ok((sealed, told))
            })
        });
        write.await
    }

    /// Changes until when what an order removed is kept, and until when its authors are not told.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such order, or its time is over.
    pub async fn extend_order(
        &self,
        order: OrderId,
        (keep_until, silent_until): (Option<Timestamp>, Option<Timestamp>),
        (by, why): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Happening, StoreError> {
        let (id, why) = (HappeningId(self.id(now)), why.to_owned());
        let write = self.engine.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                let text = "update orders set keep_until = coalesce($2, keep_until), silent_until = $3
                     where order_id = $1 and ended_at is null";
                if tx.run(text, values![order, keep_until, silent_until]).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                step(tx, id, order, OrderStep::Extended, (Some(by), now, None, &why)).await
            })
        });
        write.await
    }

    /// The order does not hold any more for a comment: its words stand again as they were and it is public again, at its
    /// old number, where it was public before; otherwise it is what it was. `print` is that of what was sealed; where
    /// nothing was sealed there are no words to bring.
    ///
    /// # Errors
    /// [`StoreError::Conflict`]: [`OTHER_FILE`] when these are not the words that were sealed, [`ORDERED`] when it is not under this
    /// order any more; [`StoreError::NotFound`].
    pub async fn reinstate_ordered(
        &self,
        order: OrderId,
        (story, comment): (StoryId, CommentId),
        words: Option<(String, RestoredWords)>,
        (by, why): (StaffId, &str),
        now: Timestamp,
    ) -> Result<Vec<Happening>, StoreError> {
        let ids = (RulingId(self.id(now)), HappeningId(self.id(now)), HappeningId(self.id(now)));
        let wiped = ErasureId(self.id(now));
        let given = Arc::new((words, why.to_owned()));
        let write = self.engine.write(move |tx| {
            let given = Arc::clone(&given);
            Box::pin(async move {
                let (words, why) = &*given;
                let about = (story, comment);
                let was = let_go(tx, order, about, words.as_ref().map(|(print, _)| print.as_str()), now).await?;
                // Whoever wrote it wanted it gone meanwhile: it does not come back.
                let gone = erase_after_order(tx, about, now).await?;
                if gone {
                    note_emptied(tx, wiped, 1, now).await?;
                }
                if let Some((_, words)) = words.as_ref().filter(|_| !gone) {
                    bring_words_back(tx, about, words).await?;
                }
                let mut happened = Vec::new();
                if was == State::Released && !gone {
                    happened.push(release(tx, about, (ids.0, ids.1), (by, why), now).await?);
                }
                happened
                    .push(step(tx, ids.2, order, OrderStep::Reinstated, (Some(by), now, Some(comment), why)).await?);
                Ok(happened)
            })
        });
        write.await
    }
}

/// The conflict of putting words back that are not those that were sealed.
pub const OTHER_FILE: &str = "print";

/// The comment is under the order no more; what it was before.
async fn let_go(
    tx: &mut Tx,
    order: OrderId,
    (story, comment): (StoryId, CommentId),
    print: Option<&str>,
    now: Timestamp,
) -> Result<State, StoreError> {
    let text = "update order_comments set restored_at = $4, sealed = null
         where story_id = $1 and comment_id = $2 and order_id = $3 and restored_at is null and ended_at is null
         returning was, print";
    let row = tx.row(text, values![story, comment, order, now]).await?;
    let mut row = row.ok_or_else(|| StoreError::Conflict(ORDERED.to_owned()))?;
    if row.text(1)? != print.unwrap_or_default() {
        return Err(StoreError::Conflict(OTHER_FILE.to_owned()));
    }
    crate::comments::state(row.text(0)?)
}

async fn bring_words_back(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    words: &RestoredWords,
) -> Result<(), StoreError> {
    let text = "update comments set name = $3, text = $4, gone_at = null
         where story_id = $1 and comment_id = $2 and gone_at is not null";
    tx.run(text, values![story, comment, &words.name, &words.text]).await?;
    for (revision, text, at) in &words.earlier {
        let sql = "insert into comment_revisions (story_id, comment_id, revision, text, at) values ($1, $2, $3, $4, $5)
             on conflict (story_id, comment_id, revision) do nothing";
        tx.run(sql, values![story, comment, *revision, text, *at]).await?;
    }
    keep_comment_words(tx, (story, comment), &words.name, &words.text).await?;
    keep_comment_probes(tx, comment, &words.text).await.map(drop)
}

/// By the road of every other ruling. Folded and links stay as they were.
async fn release(
    tx: &mut Tx,
    (story, comment): (StoryId, CommentId),
    (ruling, id): (RulingId, HappeningId),
    (by, why): (StaffId, &str),
    now: Timestamp,
) -> Result<Happening, StoreError> {
    let text = "select revision, collapsed, links from comments where story_id = $1 and comment_id = $2";
    let row = tx.row(text, values![story, comment]).await?.ok_or(StoreError::NotFound)?;
    let decision = Decision::Release { collapsed: row.yes(1)?, links: row.yes(2)? };
    let (by, at, why) = (RuledBy::Staff(by), now, why.to_owned());
    let ruling = Ruling { id: ruling, story, comment, decision, by, at, why };
    carry_out(tx, &ruling, Revision(row.int(0)?), id, None).await
}
