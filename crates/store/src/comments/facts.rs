//! What the store knows about a submission before it is judged.

use super::Gathered;
use crate::StoreError;
use crate::engine::{Row, Tx, values};
use crate::stories::day;
use moderation::Repeats;
use newsroom::people::Visitor;
use newsroom::{StoryId, Timestamp};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

pub(crate) const FACTS: &str = "select s.plain,
         coalesce((select p.seen from visitor_prints p where p.visitor_id = $2 and p.print = $3), 0),
         coalesce((select p.seen from story_prints p where p.story_id = $1 and p.print = $3), 0),
         coalesce((select p.seen from prints p where p.print = $3 and p.day = $4), 0)
     from stories s where s.story_id = $1";

/// More than these in an hour weigh no more.
pub(crate) const SENT_SINCE: &str = "select received_at from visitor_comments
     where visitor_id = $1 and received_at > $2 order by received_at desc limit 1000";

/// A text of which nothing is left to compare has the print 0, and is never a copy.
pub(super) async fn gather(
    tx: &mut Tx,
    story: StoryId,
    visitor: Visitor,
    print: i64,
    now: Timestamp,
) -> Result<Gathered, StoreError> {
    let found = tx.row(FACTS, values![story, visitor.id, print, day(now)]).await?;
    let mut found = found.ok_or(StoreError::NotFound)?;
    let now = now.as_millisecond();
    let sent = tx.rows(SENT_SINCE, values![visitor.id, now - HOUR_MS]).await?;
    let sent = sent.iter().map(|row| row.int(0)).collect::<Result<Vec<_>, _>>()?;
    Ok(Gathered {
        repeats: Repeats { by_visitor: few(&found, 1)?, on_story: few(&found, 2)?, today: few(&found, 3)? },
        sent_last_minute: many(sent.iter().filter(|&&at| at > now - MINUTE_MS).count()),
        sent_last_hour: many(sent.len()),
        story_text: found.text(0)?,
    })
}

/// Counts a text once more (or, with `n` = -1, once less: it was rewritten).
pub(super) async fn count_print(
    tx: &mut Tx,
    (story, visitor): (StoryId, Visitor),
    print: i64,
    received_at: Timestamp,
    n: i64,
) -> Result<(), StoreError> {
    if print == 0 {
        return Ok(());
    }
    tx.run(
        "insert into prints (print, day, seen) values ($1, $2, $3)
         on conflict (print, day) do update set seen = prints.seen + excluded.seen",
        values![print, day(received_at), n],
    )
    .await?;
    tx.run(
        "insert into story_prints (story_id, print, seen) values ($1, $2, $3)
         on conflict (story_id, print) do update set seen = story_prints.seen + excluded.seen",
        values![story, print, n],
    )
    .await?;
    tx.run(
        "insert into visitor_prints (visitor_id, print, seen) values ($1, $2, $3)
         on conflict (visitor_id, print) do update set seen = visitor_prints.seen + excluded.seen",
        values![visitor.id, print, n],
    )
    .await
    .map(drop)
}

fn few(row: &Row, column: usize) -> Result<u32, StoreError> {
    Ok(u32::try_from(row.int(column)?.max(0)).unwrap_or(u32::MAX))
}

fn many(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
