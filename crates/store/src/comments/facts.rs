//! What the store knows about a submission before it is judged.

use super::Gathered;
use crate::StoreError;
use crate::engine::{Row, Tx, values};
use crate::listings::CardFace;
use crate::probes::alike;
use crate::stories::day;
use jiff::tz::TimeZone;
use moderation::Repeats;
use newsroom::comment::Submitted;
use newsroom::people::Visitor;
use newsroom::{StoryId, Timestamp};

const MINUTE_MS: i64 = 60 * 1000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

pub(crate) const FACTS: &str = "select s.plain, s.card,
         coalesce((select p.seen from visitor_prints p where p.visitor_id = $2 and p.print = $3), 0),
         coalesce((select p.seen from story_prints p where p.story_id = $1 and p.print = $3), 0),
         coalesce((select p.seen from prints p where p.print = $3 and p.day = $4), 0)
     from stories s where s.story_id = $1";

/// More than these in an hour weigh no more.
pub(crate) const SENT_SINCE: &str = "select received_at from visitor_comments
     where visitor_id = $1 and received_at > $2 order by received_at desc limit 1000";

/// The text of the comment that is answered.
pub(crate) const ANSWERED: &str = "select text from comments where story_id = $1 and comment_id = $2";

/// A text of which nothing is left to compare has the print 0, and is never a copy.
pub(super) async fn gather(tx: &mut Tx, sent: &Submitted) -> Result<Gathered, StoreError> {
    let print = arabic::fold::print(&sent.text);
    let found = tx.row(FACTS, values![sent.story, sent.visitor.id, print, day(sent.at)]).await?;
    let mut found = found.ok_or(StoreError::NotFound)?;
    let now = sent.at.as_millisecond();
    let lately = tx.rows(SENT_SINCE, values![sent.visitor.id, now - HOUR_MS]).await?;
    let lately = lately.iter().map(|row| row.int(0)).collect::<Result<Vec<_>, _>>()?;
    let answered = match sent.reply_to {
        Some(comment) => tx.row(ANSWERED, values![sent.story, comment]).await?,
        None => None,
    };
    // Quoting the story or the comment that is answered is free, and nobody copies from himself.
    let but = [sent.story.0, sent.id.0, sent.reply_to.map_or(0, |comment| comment.0)];
    let card: CardFace = found.json(1)?;
    Ok(Gathered {
        repeats: Repeats { by_visitor: few(&found, 2)?, on_story: few(&found, 3)?, today: few(&found, 4)? },
        sent_last_minute: many(lately.iter().filter(|&&at| at > now - MINUTE_MS).count()),
        sent_last_hour: many(lately.len()),
        story_text: found.text(0)?,
        headline: card.headline,
        section: card.section.map(|(slug, _)| slug).unwrap_or_default(),
        parent: answered.map_or(Ok(String::new()), |mut row| row.text(0))?,
        known: alike(tx, &sent.text, &but).await?,
        today: date(sent.at),
        is_near_the_story: false,
    })
}

/// The day of a time in UTC.
fn date(time: Timestamp) -> Option<(i16, u8, u8)> {
    let date = time.to_zoned(TimeZone::UTC).date();
    Some((date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?))
}

/// Counts a text once more (or, with `n` = -1, once less: it was rewritten).
pub(crate) async fn count_print(
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
