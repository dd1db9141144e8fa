//! What a device had sent goes to the account that is opened on it: comments, reports, objections, how it stands, notes and
//! measures. A measure holds on whoever it was taken on: nobody gets rid of one by making an account, or by signing in to one.

use crate::StoreError;
use crate::engine::{Tx, values};
use newsroom::{ReaderId, Timestamp, VisitorId};

/// Nobody gets rid of a measure.
const MEASURES: &str = "update measures set visitor_id = $2 where visitor_id = $1";

/// Every step, in order. `$1` is the device, `$2` the account's visitor.
const STEPS: &[&str] = &[
    "update comments set visitor_id = $2
     where visitor_id = $1 and (story_id, comment_id) in
         (select story_id, comment_id from visitor_comments where visitor_id = $1)",
    "update visitor_comments set visitor_id = $2 where visitor_id = $1",
    "insert into visitor_prints (visitor_id, print, seen)
     select $2, print, seen from visitor_prints where visitor_id = $1
     on conflict (visitor_id, print) do update set seen = visitor_prints.seen + excluded.seen",
    "delete from visitor_prints where visitor_id = $1 and $1 <> $2",
    // One comment, reported from the device and from the account: each report keeps its receipt, the device's its old key.
    "update reports set visitor_id = $2
     where visitor_id = $1 and not exists
         (select 1 from reports o where o.story_id = reports.story_id and o.comment_id = reports.comment_id
          and o.visitor_id = $2)",
    "update appeals set visitor_id = $2
     where visitor_id = $1 and not exists
         (select 1 from appeals o where o.ruling_id = appeals.ruling_id and o.side = appeals.side and o.visitor_id = $2)",
    // An order holds one of them, and its author has asked for erasure: it is the account's comment that is emptied then.
    "update order_comments set erase_for = $2 where erase_for = $1",
    MEASURES,
    "update visitor_notes set visitor_id = $2 where visitor_id = $1",
    "insert into visitor_networks (key_id, network, visitor_id, first_at, last_at)
     select key_id, network, $2, first_at, last_at from visitor_networks where visitor_id = $1
     on conflict (key_id, network, visitor_id) do update set
         last_at = case when excluded.last_at > visitor_networks.last_at
             then excluded.last_at else visitor_networks.last_at end",
    "delete from visitor_networks where visitor_id = $1 and $1 <> $2",
];

/// Moves everything, and the measures that outlasted the device's data, under `kept`; whether there was anything.
pub(super) async fn take_along(
    tx: &mut Tx,
    (guest, kept): (VisitorId, Option<VisitorId>),
    (reader, to): (ReaderId, VisitorId),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut moved = false;
    // What is being erased does not go anywhere but away.
    let text = "select 1 from erasures where visitor_id = $1 and story_id is null and rows_done_at is null limit 1";
    if tx.row(text, values![guest]).await?.is_none() {
        moved |= stand(tx, guest, (reader, to)).await?;
        for step in STEPS {
            moved |= tx.run(step, values![guest, to]).await? > 0;
        }
    } else {
        moved |= tx.run(MEASURES, values![guest, to]).await? > 0;
    }
    if let Some(kept) = kept {
        moved |= tx.run(MEASURES, values![kept, to]).await? > 0;
    }
    if moved {
        let text = "insert into reader_guests (visitor_id, reader_id, at) values ($1, $2, $3)
             on conflict (visitor_id) do nothing";
        tx.run(text, values![guest, reader, now]).await?;
    }
    Ok(moved)
}

/// How the device stood is added to how the account stands; a nameless account is called as the device signed last.
async fn stand(tx: &mut Tx, guest: VisitorId, (reader, to): (ReaderId, VisitorId)) -> Result<bool, StoreError> {
    let text = "delete from visitors where visitor_id = $1 returning first_seen, last_seen, released, refused, name";
    let Some(mut stood) = tx.row(text, values![guest]).await? else { return Ok(false) };
    let (first, last, released, refused) = (stood.int(0)?, stood.int(1)?, stood.int(2)?, stood.int(3)?);
    let name = stood.text(4)?;
    tx.run(
        "insert into visitors (visitor_id, first_seen, last_seen, released, refused, name)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (visitor_id) do update set
             first_seen = case when excluded.first_seen < visitors.first_seen
                 then excluded.first_seen else visitors.first_seen end,
             name = case when excluded.last_seen >= visitors.last_seen then excluded.name else visitors.name end,
             last_seen = case when excluded.last_seen > visitors.last_seen
                 then excluded.last_seen else visitors.last_seen end,
             released = visitors.released + excluded.released,
             refused = visitors.refused + excluded.refused",
        values![to, first, last, released, refused, &name],
    )
    .await?;
    tx.run("update readers set name = $2 where reader_id = $1 and name = ''", values![reader, name]).await?;
    Ok(true)
}
