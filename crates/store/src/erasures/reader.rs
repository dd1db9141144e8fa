//! What a reader left besides comments: reports, objections, measures, notes, and the row of the device itself.

use super::comment::forget_actor;
use crate::StoreError;
use crate::engine::{Tx, json, values};
use crate::networks::forget_networks;
use crate::sealed_log;
use jiff::SignedDuration;
use newsroom::happening::What;
use newsroom::ids::first_id_at;
use newsroom::people::Actor;
use newsroom::{CommentId, StoryId, Timestamp, VisitorId};

/// Rows of a kind in one transaction.
const AT_ONCE: i64 = 100;
/// A happening has an id of the time it happened at, or of a moment after it.
const A_MOMENT: SignedDuration = SignedDuration::from_secs(5);

/// Takes away what is left of a reader who has no comment any more; `true` when that was all. Measures in force go on under
/// `kept`, without the words in which they were given.
pub(super) async fn erase_reader(
    tx: &mut Tx,
    (visitor, kept): (VisitorId, VisitorId),
    now: Timestamp,
) -> Result<bool, StoreError> {
    // A report or an objection that stayed under a device when its history went to the account is the reader's too.
    for whose in [vec![visitor], devices_of(tx, visitor).await?].concat() {
        if erase_reports(tx, whose).await? || erase_appeals(tx, whose, now).await? {
            return Ok(false);
        }
    }
    if erase_measures(tx, (visitor, kept), now).await? || erase_notes(tx, visitor).await? {
        return Ok(false);
    }
    for whose in [vec![visitor], devices_of(tx, visitor).await?].concat() {
        forget_networks(tx, whose).await?;
    }
    erase_account(tx, visitor).await?;
    for text in [
        "delete from visitor_prints where visitor_id = $1",
        "delete from visitors where visitor_id = $1",
        "update erasures set visitor_id = 0 where visitor_id = $1 and rows_done_at is not null",
    ] {
        tx.run(text, values![visitor]).await?;
    }
    Ok(true)
}

/// The devices whose history went to the account that comments as this visitor.
async fn devices_of(tx: &mut Tx, visitor: VisitorId) -> Result<Vec<VisitorId>, StoreError> {
    let text = "select g.visitor_id from reader_guests g join readers r on r.reader_id = g.reader_id
         where r.visitor_id = $1";
    tx.rows(text, values![visitor]).await?.iter().map(|row| row.int(0).map(VisitorId)).collect()
}

/// The report stays with its ground and its outcome; who sent it and in which words does not. Whether there were some.
async fn erase_reports(tx: &mut Tx, visitor: VisitorId) -> Result<bool, StoreError> {
    let text = "select story_id, comment_id from reports where visitor_id = $1 order by report_id limit $2";
    let rows = tx.rows(text, values![visitor, AT_ONCE]).await?;
    for row in &rows {
        let about = (StoryId(row.int(0)?), CommentId(row.int(1)?));
        forget_actor(tx, about, visitor).await?;
        tx.run(
            "update reports set visitor_id = -report_id, why = '', law = '', name = '', email = ''
             where story_id = $1 and comment_id = $2 and visitor_id = $3",
            values![about.0, about.1, visitor],
        )
        .await?;
    }
    Ok(!rows.is_empty())
}

/// An objection that nobody has decided is settled: nobody is left to be answered.
async fn erase_appeals(tx: &mut Tx, visitor: VisitorId, now: Timestamp) -> Result<bool, StoreError> {
    let text = "select appeal_id, story_id, comment_id from appeals where visitor_id = $1 order by appeal_id limit $2";
    let rows = tx.rows(text, values![visitor, AT_ONCE]).await?;
    for row in &rows {
        forget_actor(tx, (StoryId(row.int(1)?), CommentId(row.int(2)?)), visitor).await?;
        tx.run(
            "update appeals set visitor_id = -appeal_id, text = '', answer = '', decided_at = coalesce(decided_at, $2),
                 state = case when state = 'open' then 'settled' else state end
             where appeal_id = $1",
            values![row.int(0)?, now],
        )
        .await?;
    }
    Ok(!rows.is_empty())
}

/// A pause, a ban and a mark for the desk outlast the words that led to them; what is over, and warnings, go.
async fn erase_measures(
    tx: &mut Tx,
    (visitor, kept): (VisitorId, VisitorId),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let text = "select measure_id, at, acknowledged_at, ended_at from measures where visitor_id = $1
         order by measure_id limit $2";
    let rows = tx.rows(text, values![visitor, AT_ONCE]).await?;
    for row in &rows {
        for at in [row.maybe_time(1)?, row.maybe_time(2)?, row.maybe_time(3)?].into_iter().flatten() {
            forget_visitor(tx, visitor, at).await?;
        }
        let stays = "update measures set visitor_id = $2, why = ''
             where measure_id = $1 and kind <> 'warn' and ended_at is null and (until_at is null or until_at > $3)";
        if tx.run(stays, values![row.int(0)?, kept, now]).await? == 0 {
            tx.run("delete from measures where measure_id = $1", values![row.int(0)?]).await?;
        }
    }
    Ok(!rows.is_empty())
}

async fn erase_notes(tx: &mut Tx, visitor: VisitorId) -> Result<bool, StoreError> {
    let text = "select note_id, at from visitor_notes where visitor_id = $1 order by note_id limit $2";
    let rows = tx.rows(text, values![visitor, AT_ONCE]).await?;
    for row in &rows {
        forget_visitor(tx, visitor, row.time(1)?).await?;
        tx.run("delete from visitor_notes where note_id = $1", values![row.int(0)?]).await?;
    }
    Ok(!rows.is_empty())
}

/// The account that comments as this visitor, where there is one: name, address, keys, sign-ins, links that were asked for,
/// which devices became its own, and the newsletter at its address; and as whom a member of another site, or an account of another server, comments.
async fn erase_account(tx: &mut Tx, visitor: VisitorId) -> Result<(), StoreError> {
    let text = "select r.began_at from readers r where r.visitor_id = $1
         union all
         select g.at from readers r join reader_guests g on g.reader_id = r.reader_id where r.visitor_id = $1";
    for row in tx.rows(text, values![visitor]).await? {
        forget_visitor(tx, visitor, row.time(0)?).await?;
    }
    let (nobody, themselves) = (json(&Actor::Visitor(VisitorId(0)))?, json(&Actor::Visitor(visitor))?);
    let text = "select happening_id, what from happenings where kind = 'notices-changed' and by_actor = $1";
    for mut row in tx.rows(text, values![&themselves]).await? {
        let what = row.json::<What>(1)?.about_nobody();
        let text = "update happenings set what = $2, by_actor = $3 where happening_id = $1";
        tx.run(text, values![row.int(0)?, json(&what)?, &nobody]).await?;
        sealed_log::forget_words(tx, row.int(0)?).await?;
    }
    for text in [
        "delete from subscribers where folded in (select folded from readers where visitor_id = $1)",
        "delete from reader_links where folded in (select folded from readers where visitor_id = $1)
         or reader_id in (select reader_id from readers where visitor_id = $1)",
        "delete from reader_sign_ins where reader_id in (select reader_id from readers where visitor_id = $1)",
        "delete from reader_passkeys where reader_id in (select reader_id from readers where visitor_id = $1)",
        "delete from reader_guests where reader_id in (select reader_id from readers where visitor_id = $1)",
        "delete from readers where visitor_id = $1",
        "delete from outside_people where visitor_id = $1",
        "delete from fediverse_people where visitor_id = $1",
    ] {
        tx.run(text, values![visitor]).await?;
    }
    Ok(())
}

/// What the staff did about a visitor at a time is from now on about nobody.
async fn forget_visitor(tx: &mut Tx, visitor: VisitorId, at: Timestamp) -> Result<(), StoreError> {
    let until = at.checked_add(A_MOMENT).unwrap_or(at);
    let text = "select happening_id, what, by_actor from happenings
         where happening_id >= $1 and happening_id < $2 and comment_id is null and story_id is null";
    for mut row in tx.rows(text, values![first_id_at(at), first_id_at(until)]).await? {
        let what: What = row.json(1)?;
        if what.visitor() != Some(visitor) {
            continue;
        }
        let by = match row.json(2)? {
            Actor::Visitor(by) if by == visitor => Actor::Visitor(VisitorId(0)),
            by => by,
        };
        let text = "update happenings set what = $2, by_actor = $3, why = '' where happening_id = $1";
        tx.run(text, values![row.int(0)?, json(&what.about_nobody())?, json(&by)?]).await?;
        sealed_log::forget_words(tx, row.int(0)?).await?;
    }
    Ok(())
}
