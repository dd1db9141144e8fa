//! How often the paper is read: sums by day, written in batches, and marks by which a day's readers are counted once. Marks
//! are made under a salt that goes at the end of the day; neither is in an export.

use crate::engine::{Row, Tx, values};
use crate::listings::{StoryCard, most_read};
use crate::{Store, StoreError, hex};
use jiff::civil::Date;
use newsroom::readings::{Count, MOST_SITES, SourceKind, Tally};
use newsroom::{StoryId, Timestamp};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Marks that are written with one statement.
const MARKS_AT_ONCE: usize = 200;
/// Keys of a kind that are read at most: sections, hours, or what is shown of sites and countries.
const MOST_KEYS: i64 = 60;
/// The key under which links of all other sites are counted.
const OTHERS: &str = "others:";
/// Every kind of count but that of stories.
const KINDS: [&str; 6] = ["country", "hour", "pages", "readers", "section", "source"];

pub(crate) const BY_DAY: &str = "select day, cast(sum(reads) as bigint) from reading_days
     where kind = $1 and day >= $2 and day <= $3 group by day order by day";
pub(crate) const BY_KEY: &str = "select key, cast(sum(reads) as bigint) as all_reads from reading_days
     where kind = $1 and day >= $2 and day <= $3 group by key order by all_reads desc, key limit $4";
pub(crate) const OF_STORY: &str = "select cast(coalesce(sum(reads), 0) as bigint) from story_reads where story_id = $1";
const SOURCES_OF_DAY: &str = "select key from reading_days where kind = 'source' and day = $1 limit 1000";

/// What was read in some days.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingSums {
    /// Pages by day; days without any are not there.
    pub pages: Vec<(Date, i64)>,
    /// Readers by day, each once a day.
    pub readers: Vec<(Date, i64)>,
    /// Pages by kind.
    pub kinds: Vec<(String, i64)>,
    /// Pages by section, the short form of its id.
    pub sections: Vec<(String, i64)>,
    /// Pages by hour.
    pub hours: Vec<(String, i64)>,
    /// Pages by where the reader came from, by its key.
    pub sources: Vec<(String, i64)>,
    /// Pages by country, its two letters; empty where nobody looks for it.
    pub countries: Vec<(String, i64)>,
    /// Stories, the most read first.
    pub stories: Vec<(StoryCard, i64)>,
}

/// Rows as they are written.
#[derive(Debug, Default)]
struct Rows {
    marks: BTreeMap<String, Vec<i64>>,
    stories: Vec<(String, StoryId, i64)>,
    days: BTreeMap<(&'static str, String, String), i64>,
}

impl Store {
    /// Adds what was counted, of whatever days, in one transaction.
    pub async fn add_readings(&self, tally: &Tally) -> Result<(), StoreError> {
        let rows = Arc::new(Rows::of(tally));
        let write = self.engine.write(move |tx| {
            let rows = Arc::clone(&rows);
            Box::pin(async move { rows.write(tx).await })
        });
        write.await
    }

    /// Adds reads of stories alone, of the day of `at` (UTC).
    pub async fn add_reads(&self, reads: &[(StoryId, i64)], at: Timestamp) -> Result<(), StoreError> {
        let (mut tally, day) = (Tally::default(), at.to_zoned(jiff::tz::TimeZone::UTC).date());
        reads.iter().for_each(|(story, times)| tally.add(day, Count::Story(*story), *times));
        self.add_readings(&tally).await
    }

    /// The salt of a day, made of the system's randomness when it is asked for first; those of earlier days are gone then.
    ///
    /// # Errors
    /// [`StoreError::Broken`] when the system gives no randomness.
    pub async fn reading_salt(&self, day: Date) -> Result<[u8; 32], StoreError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|problem| StoreError::Broken(problem.to_string()))?;
        let (day, value) = (day.to_string(), hex::write(&bytes));
        let write = self.engine.write(move |tx| {
            let (day, value) = (day.clone(), value.clone());
            Box::pin(async move {
                tx.run("delete from reading_salts where day < $1", values![&day]).await?;
                // Where two processes begin the day at once, one row stands for both.
                let begin = "insert into reading_salts (day, value) values ($1, $2) on conflict (day) do nothing";
                tx.run(begin, values![&day, value]).await?;
                let text = "select value from reading_salts where day = $1";
                tx.row(text, values![&day]).await?.ok_or(StoreError::NotFound)
            })
        });
        let value = write.await?.text(0)?;
        let salt = hex::read(&value).and_then(|bytes| bytes.try_into().ok());
        salt.ok_or_else(|| StoreError::Broken("a salt of readings is not 32 bytes".to_owned()))
    }

    /// Throws the salts of earlier days away, and so many of the marks that were made under them; how many went.
    pub async fn forget_marks(&self, today: Date, at_a_time: u32) -> Result<u64, StoreError> {
        let today = today.to_string();
        let write = self.engine.write(move |tx| {
            let today = today.clone();
            Box::pin(async move {
                tx.run("delete from reading_salts where day < $1", values![&today]).await?;
                let text = "delete from reading_marks where (day, mark) in
                     (select day, mark from reading_marks where day < $1 order by day, mark limit $2)";
                tx.run(text, values![&today, i64::from(at_a_time)]).await
            })
        });
        write.await
    }

    /// Throws counts of days before this one away, of stories so many at most; how many went.
    pub async fn sweep_readings(&self, before: Date, at_a_time: u32) -> Result<u64, StoreError> {
        let before = before.to_string();
        let write = self.engine.write(move |tx| {
            let before = before.clone();
            Box::pin(async move {
                let text = "delete from story_reads where (day, story_id) in
                     (select day, story_id from story_reads where day < $1 order by day, story_id limit $2)";
                let mut gone = tx.run(text, values![&before, i64::from(at_a_time)]).await?;
                for kind in KINDS {
                    let text = "delete from reading_days where kind = $1 and day < $2";
                    gone += tx.run(text, values![kind, &before]).await?;
                }
                Ok(gone)
            })
        });
        write.await
    }

    /// How often a story was read in the days that are kept.
    pub async fn reads_of(&self, story: StoryId) -> Result<i64, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(OF_STORY, values![story]).await }));
        read.await?.map_or(Ok(0), |row| row.int(0))
    }

    /// What was read from one day to another, both among them, on one snapshot; so many stories.
    pub async fn reading_sums(&self, from: Date, to: Date, stories: u32) -> Result<ReadingSums, StoreError> {
        self.engine.read(move |tx| Box::pin(sums(tx, (from, to), stories))).await
    }
}

async fn sums(tx: &mut Tx, span: (Date, Date), stories: u32) -> Result<ReadingSums, StoreError> {
    Ok(ReadingSums {
        pages: by_day(tx, "pages", span).await?,
        readers: by_day(tx, "readers", span).await?,
        kinds: by_key(tx, "pages", span).await?,
        sections: by_key(tx, "section", span).await?,
        hours: by_key(tx, "hour", span).await?,
        sources: by_key(tx, "source", span).await?,
        countries: by_key(tx, "country", span).await?,
        stories: most_read(tx, span, stories).await?,
    })
}

async fn by_day(tx: &mut Tx, kind: &'static str, (from, to): (Date, Date)) -> Result<Vec<(Date, i64)>, StoreError> {
    let rows = tx.rows(BY_DAY, values![kind, from.to_string(), to.to_string()]).await?;
    let day = |mut row: Row| {
        let day = row.text(0)?.parse().map_err(|_| StoreError::Broken("a day of readings is none".to_owned()))?;
        Ok((day, row.int(1)?))
    };
    rows.into_iter().map(day).collect()
}

async fn by_key(tx: &mut Tx, kind: &'static str, (from, to): (Date, Date)) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.rows(BY_KEY, values![kind, from.to_string(), to.to_string(), MOST_KEYS]).await?;
    rows.into_iter().map(|mut row| Ok((row.text(0)?, row.int(1)?))).collect()
}

impl Rows {
    /// In one order, so that two processes that write at the same moment do not wait for each other in a circle.
    fn of(tally: &Tally) -> Self {
        let mut rows = Self::default();
        for (day, mark) in tally.marks() {
            rows.marks.entry(day.to_string()).or_default().push(mark);
        }
        for (day, count, times) in tally.counts() {
            let (kind, key) = match count {
                Count::Story(story) => {
                    rows.stories.push((day.to_string(), *story, times));
                    continue;
                }
                Count::Section(section) => ("section", section.short()),
                Count::Pages(kind) => ("pages", (*kind).to_owned()),
                Count::Hour(hour) => ("hour", format!("{hour:02}")),
                Count::Source(source) => ("source", source.key()),
                Count::Country(country) => ("country", country.to_string()),
                Count::Readers => ("readers", String::new()),
            };
            *rows.days.entry((kind, day.to_string(), key)).or_default() += times;
        }
        rows
    }

    async fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let mut days = self.days.clone();
        for (day, marks) in &self.marks {
            let new = keep_marks(tx, day, marks).await?;
            if new > 0 {
                *days.entry(("readers", day.clone(), String::new())).or_default() += new;
            }
        }
        for (day, story, times) in &self.stories {
            tx.run(
                "insert into story_reads (day, story_id, reads) values ($1, $2, $3)
                 on conflict (day, story_id) do update set reads = story_reads.reads + excluded.reads",
                values![day, *story, *times],
            )
            .await?;
        }
        for ((kind, day, key), times) in few_sites(tx, days).await? {
            tx.run(
                "insert into reading_days (kind, day, key, reads) values ($1, $2, $3, $4)
                 on conflict (kind, day, key) do update set reads = reading_days.reads + excluded.reads",
                values![kind, &day, &key, times],
            )
            .await?;
        }
        Ok(())
    }
}

/// How many of the marks are new to the day.
async fn keep_marks(tx: &mut Tx, day: &str, marks: &[i64]) -> Result<i64, StoreError> {
    let mut new = 0;
    for some in marks.chunks(MARKS_AT_ONCE) {
        let rows: Vec<String> = (0..some.len()).map(|n| format!("($1, ${})", n + 2)).collect();
        let text = format!(
            "insert into reading_marks (day, mark) values {} on conflict (day, mark) do nothing",
            rows.join(", ")
        );
        let given: Vec<_> = std::iter::once(day.into()).chain(some.iter().map(|mark| (*mark).into())).collect();
        new += tx.run(&text, &given).await?;
    }
    Ok(i64::try_from(new).unwrap_or(i64::MAX))
}

type Days = BTreeMap<(&'static str, String, String), i64>;

/// Sites that a day does not know yet, once it knows enough, go under one name.
async fn few_sites(tx: &mut Tx, days: Days) -> Result<Days, StoreError> {
    let is_site = |key: &str| key.strip_prefix(SourceKind::Site.key()).is_some_and(|rest| rest.starts_with(':'));
    let (mut known, mut few) = (BTreeMap::<String, HashSet<String>>::new(), Days::new());
    for ((kind, day, mut key), times) in days {
        if kind == "source" && is_site(&key) {
            if !known.contains_key(&day) {
                let rows = tx.rows(SOURCES_OF_DAY, values![&day]).await?;
                let keys = rows.into_iter().map(|mut row| row.text(0)).collect::<Result<HashSet<_>, _>>()?;
                known.insert(day.clone(), keys.into_iter().filter(|key| is_site(key)).collect());
            }
            let sites = known.entry(day.clone()).or_default();
            if sites.contains(&key) || sites.len() < MOST_SITES {
                sites.insert(key.clone());
            } else {
                OTHERS.clone_into(&mut key);
            }
        }
        *few.entry((kind, day, key)).or_default() += times;
    }
    Ok(few)
}
