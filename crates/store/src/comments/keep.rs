//! A comment comes in, or is rewritten while it waits.

use super::change::hold;
use super::counters::{OnDesk, count_on_desk, count_under_story};
use super::facts::count_print;
use crate::StoreError;
use crate::engine::{Tx, json, values};
use crate::happenings::{happening, write_down};
use crate::meaning::comment_is_due;
use crate::networks::{self, SentFrom};
use crate::probes::{drop_comment_probes, keep_comment_probes};
use crate::queue::{join_kin, leave_kin, stand_anew};
use crate::search::keep_comment_words;
use newsroom::comment::{Held, Submitted};
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::{CommentId, HappeningId, Timestamp};

pub(crate) const FIRST_HAPPENING: &str = "select happening_id, at, by_actor, what, why from happenings
     where story_id = $1 and comment_id = $2 order by happening_id limit 1";

/// Keeps a comment with everything that belongs to it; whether it was new. One that is there already stays as it is.
pub(crate) async fn keep(
    tx: &mut Tx,
    held: &Held,
    by: Actor,
    id: HappeningId,
) -> Result<(Happening, bool), StoreError> {
    let sent = &held.submitted;
    let print = arabic::fold::print(&sent.text);
    let Some(happening) = keep_row(tx, held, print, by, id).await? else {
        is_the_same_visitors(tx, sent).await?;
        return Ok((first_happening(tx, sent).await?, false));
    };
    keep_comment_words(tx, (sent.story, sent.id), sent.name.as_str(), &sent.text).await?;
    comment_is_due(tx, (sent.story, sent.id)).await?;
    let near = keep_comment_probes(tx, sent.id, &sent.text).await?;
    take_places(tx, sent, print, near).await?;
    Ok((happening, true))
}

/// The same, and the network from which it came, where that is noted.
///
/// # Errors
/// As [`keep`].
pub(crate) async fn keep_from(
    tx: &mut Tx,
    held: &Held,
    from: Option<&SentFrom>,
    id: HappeningId,
) -> Result<Happening, StoreError> {
    let visitor = held.submitted.visitor.id;
    let (happening, _) = keep(tx, held, Actor::Visitor(visitor), id).await?;
    if let Some(from) = from {
        networks::note(tx, visitor, from, held.submitted.at).await?;
    }
    Ok(happening)
}

/// What becomes of a comment of an archive once it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OfArchive {
    /// It is so old that copies are not found by it: no probes are made that the sweep would take away.
    pub(crate) is_old: bool,
    /// It is ruled on in the same transaction: it stands in no queue meanwhile.
    pub(crate) is_ruled_on: bool,
}

/// Keeps a comment of an archive that was not there before; its words are kept by whoever asks, in the same transaction.
pub(crate) async fn keep_of_archive(
    tx: &mut Tx,
    held: &Held,
    id: HappeningId,
    archive: OfArchive,
) -> Result<(), StoreError> {
    let sent = &held.submitted;
    let print = arabic::fold::print(&sent.text);
    if keep_row(tx, held, print, Actor::Program, id).await?.is_none() {
        return Err(StoreError::Conflict("comments".to_owned()));
    }
    let near = if archive.is_old { None } else { keep_comment_probes(tx, sent.id, &sent.text).await? };
    if archive.is_ruled_on {
        return Ok(());
    }
    if !archive.is_old {
        comment_is_due(tx, (sent.story, sent.id)).await?;
    }
    take_places(tx, sent, print, near).await
}

/// The comment with its counters, its visitor and its happening; none where it is there already.
async fn keep_row(
    tx: &mut Tx,
    held: &Held,
    print: i64,
    by: Actor,
    id: HappeningId,
) -> Result<Option<Happening>, StoreError> {
    let sent = &held.submitted;
    if !insert(tx, held, print).await? {
        return Ok(None);
    }
    count_under_story(tx, (sent.story, sent.id), 1, 1).await?;
    count_on_desk(tx, OnDesk::Waiting, sent.id, 1).await?;
    remember_visitor(tx, sent, print).await?;
    count_print(tx, (sent.story, sent.visitor), print, sent.at, 1).await?;
    let what = What::CommentHeld { story: sent.story, comment: sent.id };
    let happening = Happening { id, at: sent.at, by, what, why: String::new() };
    write_down(tx, &happening).await?;
    Ok(Some(happening))
}

/// Where it stands at the desk, and beside which copies.
async fn take_places(tx: &mut Tx, sent: &Submitted, print: i64, near: Option<CommentId>) -> Result<(), StoreError> {
    if let Some((story, comment)) = join_kin(tx, (sent.story, sent.id), print, near).await? {
        // Somebody may be ruling on that one: it is waited for, so that a comment that is settled stands nowhere.
        hold(tx, story, comment).await?;
        stand_anew(tx, story, comment).await?;
    }
    stand_anew(tx, sent.story, sent.id).await
}

async fn insert(tx: &mut Tx, held: &Held, print: i64) -> Result<bool, StoreError> {
    let sent = &held.submitted;
    let inserted = tx
        .run(
            "insert into comments
                 (story_id, comment_id, visitor_id, name, text, print, reply_to, state, collapsed, links,
                  received_at, changed_at, priority, verdict, revision, reports, reports_open)
             values ($1, $2, $3, $4, $5, $6, $7, 'held', 0, 0, $8, $9, $10, $11, 0, 0, 0)
             on conflict (story_id, comment_id) do nothing",
            values![
                sent.story,
                sent.id,
                sent.visitor.id,
                sent.name.as_str(),
                &sent.text,
                print,
                sent.reply_to,
                sent.at,
                sent.at,
                i64::from(held.verdict.priority),
                json(&held.verdict)?,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// Two processes that drew the same node number can make the same id: somebody else's comment is never taken for this one.
async fn is_the_same_visitors(tx: &mut Tx, sent: &Submitted) -> Result<(), StoreError> {
    let text = "select 1 from comments where story_id = $1 and comment_id = $2 and visitor_id = $3";
    let row = tx.row(text, values![sent.story, sent.id, sent.visitor.id]).await?;
    row.map(drop).ok_or_else(|| StoreError::Conflict("comments".to_owned()))
}

async fn remember_visitor(tx: &mut Tx, sent: &Submitted, print: i64) -> Result<(), StoreError> {
    name_visitor(tx, sent).await?;
    tx.run(
        "insert into visitor_comments (visitor_id, comment_id, story_id, print, received_at)
         values ($1, $2, $3, $4, $5)",
        values![sent.visitor.id, sent.id, sent.story, print, sent.at],
    )
    .await
    .map(drop)
}

/// The visitor's row, with the name signed with last. Comments brought in can be older than those that are there.
async fn name_visitor(tx: &mut Tx, sent: &Submitted) -> Result<(), StoreError> {
    tx.run(
        "insert into visitors (visitor_id, first_seen, last_seen, released, refused, name)
         values ($1, $2, $3, 0, 0, $4)
         on conflict (visitor_id) do update set
             first_seen = case when excluded.first_seen < visitors.first_seen
                 then excluded.first_seen else visitors.first_seen end,
             name = case when excluded.last_seen >= visitors.last_seen then excluded.name else visitors.name end,
             last_seen = case when excluded.last_seen > visitors.last_seen
                 then excluded.last_seen else visitors.last_seen end",
        values![sent.visitor.id, sent.at, sent.at, sent.name.as_str()],
    )
    .await
    .map(drop)
}

async fn first_happening(tx: &mut Tx, sent: &Submitted) -> Result<Happening, StoreError> {
    let row = tx.row(FIRST_HAPPENING, values![sent.story, sent.id]).await?;
    row.map(happening).ok_or_else(|| StoreError::Broken("a comment without a happening".to_owned()))?
}

/// What a comment was before it is rewritten.
struct Before {
    text: String,
    print: i64,
    received_at: Timestamp,
    revision: i64,
}

/// Puts a new text and verdict in the place of those of a waiting comment of the same visitor.
pub(super) async fn rewrite(tx: &mut Tx, held: &Held) -> Result<(), StoreError> {
    let sent = &held.submitted;
    let print = arabic::fold::print(&sent.text);
    let before = lock_waiting(tx, sent).await?;
    tx.run(
        "insert into comment_revisions (story_id, comment_id, revision, text, at) values ($1, $2, $3, $4, $5)",
        values![sent.story, sent.id, before.revision, &before.text, sent.at],
    )
    .await?;
    tx.run(
        "update comments set name = $3, text = $4, print = $5, priority = $6, verdict = $7, revision = revision + 1,
             featured = 0
         where story_id = $1 and comment_id = $2",
        values![
            sent.story,
            sent.id,
            sent.name.as_str(),
            &sent.text,
            print,
            i64::from(held.verdict.priority),
            json(&held.verdict)?,
        ],
    )
    .await?;
    name_visitor(tx, sent).await?;
    comment_is_due(tx, (sent.story, sent.id)).await?;
    if print != before.print {
        let whose = (sent.story, sent.visitor);
        count_print(tx, whose, before.print, before.received_at, -1).await?;
        count_print(tx, whose, print, before.received_at, 1).await?;
        tx.run(
            "update visitor_comments set print = $3 where visitor_id = $1 and comment_id = $2",
            values![sent.visitor.id, sent.id, print],
        )
        .await?;
        drop_comment_probes(tx, sent.id, &before.text).await?;
        let near = keep_comment_probes(tx, sent.id, &sent.text).await?;
        leave_kin(tx, sent.story, sent.id).await?;
        take_places(tx, sent, print, near).await?;
    } else {
        stand_anew(tx, sent.story, sent.id).await?;
    }
    keep_comment_words(tx, (sent.story, sent.id), sent.name.as_str(), &sent.text).await
}

/// Locks the visitor's own waiting comment until the end of the transaction.
async fn lock_waiting(tx: &mut Tx, sent: &Submitted) -> Result<Before, StoreError> {
    let row = tx
        .row(
            "update comments set changed_at = $4
             where story_id = $1 and comment_id = $2 and visitor_id = $3 and state = 'held'
             returning text, print, received_at, revision",
            values![sent.story, sent.id, sent.visitor.id, sent.at],
        )
        .await?;
    let mut row = row.ok_or(StoreError::NotFound)?;
    Ok(Before { text: row.text(0)?, print: row.int(1)?, received_at: row.time(2)?, revision: row.int(3)? })
}
