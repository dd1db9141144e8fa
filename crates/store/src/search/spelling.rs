//! The words of public stories by which a slip of the pen is put right: each with the number of stories in whose headline,
//! standfirst, names or captions it stands, and under the keys of `newsroom::search::slips`. Kept in the transaction of the
//! text, so that a word that no public story has any more is proposed to nobody.

use crate::StoreError;
use crate::engine::{Tx, Value, values};
use newsroom::StoryId;
use newsroom::search::{Known, slips};
use std::collections::{BTreeMap, BTreeSet};

/// Words in one statement.
const AT_ONCE: usize = 100;
/// Keys that are looked up at once, and words that are looked at under them.
pub(crate) const MOST_KEYS: usize = 120;
const MOST_KNOWN: usize = 500;

/// Counts a story's words, in place of those it had.
pub(super) async fn keep_vocabulary(
    tx: &mut Tx,
    story: StoryId,
    known: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    let row = tx.row("select said from story_fields where story_id = $1", values![story]).await?;
    let said = row.map(|mut row| row.text(0)).transpose()?.unwrap_or_default();
    let said: BTreeSet<&str> = said.split(' ').filter(|word| !word.is_empty()).collect();
    let gone: Vec<&str> = said.iter().copied().filter(|word| !known.contains_key(*word)).collect();
    let come: Vec<(&str, &str)> = known
        .iter()
        .map(|(word, shown)| (word.as_str(), shown.as_str()))
        .filter(|(word, _)| !said.contains(word))
        .collect();
    for some in gone.chunks(AT_ONCE) {
        forget(tx, some).await?;
    }
    for some in come.chunks(AT_ONCE) {
        learn(tx, some).await?;
    }
    Ok(())
}

async fn forget(tx: &mut Tx, words: &[&str]) -> Result<(), StoreError> {
    let given: Vec<Value> = words.iter().map(|word| Value::from(*word)).collect();
    let list = numbered(given.len());
    tx.run(&format!("update index_words set stories = stories - 1 where word in ({list})"), &given).await?;
    tx.run(&format!("delete from index_words where stories <= 0 and word in ({list})"), &given).await?;
    let slips = format!(
        "delete from word_slips where word in ({list})
             and not exists (select 1 from index_words w where w.word = word_slips.word)"
    );
    tx.run(&slips, &given).await.map(drop)
}

async fn learn(tx: &mut Tx, words: &[(&str, &str)]) -> Result<(), StoreError> {
    let given: Vec<Value> = words.iter().flat_map(|(word, shown)| [Value::from(*word), Value::from(*shown)]).collect();
    let text = format!(
        "insert into index_words (word, shown, stories) values {}
         on conflict (word) do update set stories = index_words.stories + 1, shown = excluded.shown returning word, stories",
        rows_of_two(words.len(), ", 1")
    );
    let mut keys: Vec<(String, String)> = Vec::new();
    for mut row in tx.rows(&text, &given).await? {
        if row.int(1)? == 1 {
            let word = row.text(0)?;
            keys.extend(slips(&word).into_iter().map(|slip| (slip, word.clone())));
        }
    }
    for some in keys.chunks(AT_ONCE) {
        let given: Vec<Value> = some.iter().flat_map(|(slip, word)| [Value::from(slip), Value::from(word)]).collect();
        let text = format!(
            "insert into word_slips (slip, word) values {} on conflict (slip, word) do nothing",
            rows_of_two(some.len(), "")
        );
        tx.run(&text, &given).await?;
    }
    Ok(())
}

/// The words that share a key with one of these.
pub(super) async fn known_near(tx: &mut Tx, keys: &BTreeSet<String>) -> Result<Vec<Known>, StoreError> {
    let given: Vec<Value> = keys.iter().take(MOST_KEYS).map(Value::from).collect();
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.rows(&known_text(given.len()), &given).await?;
    let known: Result<Vec<Known>, StoreError> = rows
        .into_iter()
        .map(|mut row| Ok(Known { word: row.text(0)?, shown: row.text(1)?, stories: row.int(2)? }))
        .collect();
    let mut known = known?;
    known.sort_by(|one, other| one.word.cmp(&other.word));
    known.dedup_by(|one, other| one.word == other.word);
    Ok(known)
}

pub(crate) fn known_text(keys: usize) -> String {
    format!(
        "select w.word, w.shown, w.stories from word_slips s join index_words w on w.word = s.word
         where s.slip in ({}) limit {MOST_KNOWN}",
        numbered(keys)
    )
}

fn numbered(many: usize) -> String {
    (1..=many).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// `($1, $2), ($3, $4) …`, so many; each with this at its end.
fn rows_of_two(many: usize, end: &str) -> String {
    (0..many).map(|n| format!("(${}, ${}{end})", 2 * n + 1, 2 * n + 2)).collect::<Vec<_>>().join(", ")
}
