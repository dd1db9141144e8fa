//! The words of public stories by which readers find them: by field, in order, with marks of section, writer and day.
//! SQLite keeps them in the columns of an FTS5 table, PostgreSQL in two tsvectors, one of which has places.

use super::eras;
use super::spelling::keep_vocabulary;
use super::{Had, MOST_BYTES};
use crate::StoreError;
use crate::engine::{Dialect, Tx, values};
use jiff::tz::TimeZone;
use newsroom::body::{Block, Picture};
use newsroom::search::{Fields, Stemming, terms, vocabulary};
use newsroom::story::StoryText;
use newsroom::{StoryId, Timestamp};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a text that have a place. PostgreSQL knows none beyond 16,383 and 255 of one word, so that nothing has.
const MOST_PLACES: usize = 16_000;
const MOST_OF_A_WORD: usize = 255;
/// Stands where a word has no place any more.
const NO_WORD: &str = "·";
/// Places between fields, so that no phrase reaches over.
const BETWEEN_FIELDS: usize = 10;
/// Bytes of a digest that name a pair of words: 65,536 names.
const PAIR_BYTES: usize = 2;

/// A story's fields, as they are looked for.
struct CutText {
    headline: String,
    standfirst: String,
    names: String,
    captions: String,
    body: String,
}

/// What is kept of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// Headline, standfirst, names, captions, body.
    fields: [Vec<String>; 5],
    /// Words as they are written where the fields have them cut, and what has no place.
    also: BTreeSet<String>,
    marks: BTreeSet<String>,
    /// Words of which slips are put right, each as it is shown.
    known: BTreeMap<String, String>,
    published_at: Timestamp,
}

/// Notes beside a public story's words what puts them in order and of which words slips are put right.
pub(super) async fn note(tx: &mut Tx, story: StoryId, words: &Words) -> Result<(), StoreError> {
    keep_vocabulary(tx, story, &words.known).await?;
    let Fields { headline, standfirst, names, captions } = words.ranked();
    let said: Vec<&str> = words.known.keys().map(String::as_str).collect();
    tx.run(
        "insert into story_fields (story_id, published_at, headline, standfirst, names, captions, said)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (story_id) do update set published_at = excluded.published_at, headline = excluded.headline,
             standfirst = excluded.standfirst, names = excluded.names, captions = excluded.captions, said = excluded.said",
        values![story, words.published_at, headline, standfirst, names, captions, said.join(" ")],
    )
    .await?;
    tx.run("delete from story_index_due where story_id = $1", values![story]).await.map(drop)
}

/// Takes a story's words away.
pub(super) async fn drop_words(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "delete from story_index where rowid = $1",
        Dialect::Postgres => "delete from story_index where story_id = $1",
    };
    tx.run(sql, values![story]).await?;
    keep_vocabulary(tx, story, &BTreeMap::new()).await?;
    tx.run("delete from story_fields where story_id = $1", values![story]).await?;
    tx.run("delete from story_index_due where story_id = $1", values![story]).await.map(drop)
}

/// Keeps a public story's words, in place of those it had.
pub(super) async fn write(tx: &mut Tx, story: StoryId, words: &Words, had: Had) -> Result<(), StoreError> {
    let also: Vec<&str> = words.also.iter().map(String::as_str).collect();
    let marks: Vec<&str> = words.marks.iter().map(String::as_str).collect();
    match tx.dialect() {
        Dialect::Sqlite => {
            let [headline, standfirst, names, captions, body] = words.fields.each_ref().map(|field| field.join(" "));
            let sql = match had {
                Had::None => {
                    "insert into story_index (rowid, headline, standfirst, names, captions, body, also, marks)
                     values ($1, $2, $3, $4, $5, $6, $7, $8)"
                }
                Had::Perhaps => {
                    "insert or replace into story_index
                         (rowid, headline, standfirst, names, captions, body, also, marks)
                     values ($1, $2, $3, $4, $5, $6, $7, $8)"
                }
            };
            let given = values![story, headline, standfirst, names, captions, body, also.join(" "), marks.join(" ")];
            tx.run(sql, given).await.map(drop)
        }
        Dialect::Postgres => {
            let era = eras::of_story(tx, story).await?;
            let sql = "insert into story_index (story_id, head, words)
                 values ($1, cast(cast($2 as text) as tsvector), cast(cast($3 as text) as tsvector))
                 on conflict (story_id) do update set head = excluded.head, words = excluded.words";
            let (head, placed) = (format!("{} {era}", words.head()), format!("{} {era}", words.placed()));
            tx.run(sql, values![story, head, placed]).await.map(drop)
        }
    }
}

impl Words {
    /// Of a text that readers have since then; and every word of it as it is written, in order.
    pub(super) fn of(text: &StoryText, published_at: Timestamp) -> (Self, BTreeSet<String>) {
        let stemming = Stemming::of(text.language);
        let cut = CutText::of(text);
        let known = vocabulary(&[&*cut.headline, &cut.standfirst, &cut.names, &cut.captions].join("\n"));
        let (mut also, mut said) = (BTreeSet::new(), BTreeSet::new());
        let (mut places, mut bytes, mut seen) = (0, 0, BTreeMap::<String, usize>::new());
        let fields = [cut.headline, cut.standfirst, cut.names, cut.captions, cut.body].map(|text| {
            let whole = terms(&text, Stemming::Whole);
            let mut placed = Vec::with_capacity(whole.len());
            for term in whole {
                let cut = stemming.cut(&term);
                if cut != term {
                    also.insert(term.clone());
                }
                if !said.contains(&term) {
                    said.insert(term);
                }
                let times = seen.entry(cut.clone()).or_default();
                *times += 1;
                bytes += cut.len();
                if places >= MOST_PLACES || bytes > MOST_BYTES {
                    also.insert(cut);
                    continue;
                }
                places += 1;
                placed.push(if *times > MOST_OF_A_WORD { NO_WORD.to_owned() } else { cut });
            }
            placed
        });
        let mut room = MOST_BYTES;
        also.retain(|word| {
            room = room.saturating_sub(word.len() + 1);
            room > 0
        });
        (Self { fields, also, marks: marks(text, published_at), known, published_at }, said)
    }

    fn ranked(&self) -> Fields {
        let [headline, standfirst, names, captions, _] = self.fields.each_ref().map(|field| field.join(" "));
        Fields { headline, standfirst, names, captions }
    }

    /// The words of headline, standfirst and names.
    fn head(&self) -> String {
        let [headline, standfirst, names, ..] = &self.fields;
        let words: BTreeSet<&String> = [headline, standfirst, names].into_iter().flatten().collect();
        words.into_iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }

    /// Every word, with its places.
    fn placed(&self) -> String {
        let mut words: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut place = 0;
        for field in &self.fields {
            for word in field {
                place += 1;
                if word != NO_WORD {
                    words.entry(word).or_default().push(place.to_string());
                }
            }
            place += BETWEEN_FIELDS;
        }
        let pairs: BTreeSet<String> = self.fields.iter().flat_map(|field| field.windows(2).filter_map(pair)).collect();
        for word in self.also.iter().chain(&self.marks).chain(&pairs) {
            words.entry(word).or_default();
        }
        let one = |(word, places): (&str, Vec<String>)| match &places[..] {
            [] => quoted(word),
            places => format!("{}:{}", quoted(word), places.join(",")),
        };
        words.into_iter().map(one).collect::<Vec<_>>().join(" ")
    }
}

/// A word in the text form of PostgreSQL.
pub(super) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"))
}

/// The mark of two words that follow one another, for an index that knows no places: stories without it do not have them in this
/// order, and of those with it few do not. None where a place is kept without its word.
pub(super) fn pair(words: &[String]) -> Option<String> {
    let [first, second] = words else { return None };
    if first == NO_WORD || second == NO_WORD {
        return None;
    }
    let digest = Sha256::digest(format!("{first} {second}"));
    Some(digest[..PAIR_BYTES].iter().fold("=p".to_owned(), |mark, byte| format!("{mark}{byte:02x}")))
}

/// By what a search is narrowed. No word of a text begins with such a sign.
fn marks(text: &StoryText, published_at: Timestamp) -> BTreeSet<String> {
    let day = published_at.to_zoned(TimeZone::UTC);
    let days = ["=y%Y", "=m%Y%m", "=d%Y%m%d"].map(|form| day.strftime(form).to_string());
    let section = text.section.map(|section| section_mark(section.0));
    let writers = text.bylines.iter().flat_map(|byline| writer_marks(&byline.name));
    days.into_iter().chain(section).chain(writers).collect()
}

pub(super) fn section_mark(section: i64) -> String {
    format!("=s{section}")
}

pub(super) fn writer_marks(name: &str) -> Vec<String> {
    terms(name, Stemming::Whole).iter().map(|term| format!("=w{term}")).collect()
}

impl CutText {
    fn of(text: &StoryText) -> Self {
        let mut pictures: Vec<&Picture> = text.lead.iter().collect();
        for block in &text.body.0 {
            match block {
                Block::Picture(picture) => pictures.push(picture),
                Block::Gallery { pictures: many } => pictures.extend(many),
                _ => {}
            }
        }
        let captions =
            pictures.iter().flat_map(|picture| [picture.caption.as_deref().unwrap_or_default(), picture.alt.as_str()]);
        let bylines =
            text.bylines.iter().flat_map(|one| [one.name.as_str(), one.outlet.as_deref().unwrap_or_default()]);
        let tags = text.tags.iter().map(|tag| tag.name.as_str());
        let around = [text.kicker.as_str(), text.dateline.as_str()].into_iter().chain(bylines).chain(tags);
        let lines = |parts: &mut dyn Iterator<Item = &str>| parts.collect::<Vec<_>>().join("\n");
        Self {
            headline: lines(&mut [text.headline.as_str(), text.front_headline.as_str()].into_iter()),
            standfirst: text.standfirst.clone(),
            names: lines(&mut around.into_iter()),
            captions: lines(&mut captions.into_iter()),
            body: text.body.plain_text(),
        }
    }
}
