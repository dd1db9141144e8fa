//! Which known texts share runs of words with a new one. A sample of each text's runs (`moderation::paste::probes`) is kept
//! beside it, written in the same transaction as the text; those of an archive once all of it is in (`due`).
//!
//! The index holds no state and no origin: whether a source is a story, a waiting comment or a refused one is read where
//! the text itself stands, so that a ruling moves nothing here. It stays bounded: a probe is kept for four sources at most,
//! a text that an older one already stands for is not kept again, and comments leave after a while (see `sweep`).

mod due;
mod of_old_papers;
mod sweep;

pub(crate) use due::probes_are_due;
pub(crate) use sweep::{AGEING, is_too_old};

use crate::StoreError;
use crate::engine::{Dialect, Row, Tx, Value, values};
use crate::listings::CardFace;
use moderation::Origin;
use moderation::paste::{Sample, probes};
use newsroom::comment::{Decision, RefusalReason, State};
use newsroom::{CommentId, StoryId};
use std::collections::{BTreeMap, BTreeSet};

/// A probe in so many sources belongs to none of them, and is kept for no more.
pub(crate) const UBIQUITOUS: usize = 4;
/// Sources whose texts are given to the engine.
const MOST_TEXTS: usize = 5;
/// Sources looked up: some are the comment itself or its story, or were taken back by their authors.
const MOST_SOURCES: usize = 8;
/// Probes in one statement. Fewer are filled up with the last one, so that there are few different statements.
const AT_ONCE: usize = 64;

/// A text that the paper knows and that may stand in a new one. Held and refused comments are among them: for the engine
/// and the staff, never for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownText {
    /// What it is.
    pub origin: Origin,
    /// The story's headline, or the name the comment is signed with.
    pub title: String,
    /// The text as it was published or sent.
    pub text: String,
    /// By which house rule a person refused it; none where it is not refused, or a rule did it.
    pub refused: Option<RefusalReason>,
}

/// Every source of some probes: at most four rows a probe, a few more where writers met.
pub(crate) fn sources_text(probes: usize) -> String {
    format!("select probe, source from probes where probe in ({}) limit 512", marks(1, probes))
}

/// The texts of some sources, whichever of the two they are. What was taken back by its author is no source.
pub(crate) fn texts_text() -> String {
    let marks = marks(1, MOST_SOURCES);
    format!(
        "select c.comment_id, c.state, c.name, c.text,
             case when c.state in ('refused', 'taken-down') then
                 (select case when r.rule is null then r.decision end from rulings r
                  where r.story_id = c.story_id and r.comment_id = c.comment_id and r.undone_at is null
                  order by r.ruling_id desc limit 1) end
         from comments c
         where c.comment_id in ({marks}) and c.state <> 'withdrawn'
         union all
         select s.story_id, 'story', s.card, s.plain, null from stories s
         where s.story_id in ({marks}) and s.state in ('published', 'withdrawn')"
    )
}

/// The states of the same: whoever only asks whether they are there reads none of their texts.
fn states_text() -> String {
    let marks = marks(1, MOST_SOURCES);
    format!(
        "select c.comment_id, c.state from comments c where c.comment_id in ({marks}) and c.state <> 'withdrawn'
         union all
         select s.story_id, 'story' from stories s where s.story_id in ({marks}) and s.state in ('published', 'withdrawn')"
    )
}

/// `$from, …`, so many of them.
fn marks(from: usize, count: usize) -> String {
    (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

/// As many values as the next of a few round numbers, the last one again and again: a set of them stays the same.
fn filled_up(mut values: Vec<Value>, most: usize) -> Vec<Value> {
    if let Some(last) = values.last().cloned() {
        let wanted = values.len().next_power_of_two().max(8).min(most);
        values.resize(wanted.max(values.len()), last);
    }
    values
}

/// The sources that share most probes with a text, the likeliest first, at most eight; `but` are no sources of it.
pub(crate) async fn likeliest(tx: &mut Tx, text: &str, but: &[i64]) -> Result<Vec<i64>, StoreError> {
    let shared = shared(tx, &probes(text, Sample::Question)).await?;
    let mut sources: Vec<(i64, usize)> = shared.into_iter().filter(|(source, _)| !but.contains(source)).collect();
    sources.sort_by_key(|(source, shared)| (std::cmp::Reverse(*shared), std::cmp::Reverse(*source)));
    Ok(sources.into_iter().take(MOST_SOURCES).map(|(source, _)| source).collect())
}

/// The known texts that share most probes with a text, the likeliest first, at most five; `but` are no sources of it.
pub(crate) async fn alike(tx: &mut Tx, text: &str, but: &[i64]) -> Result<Vec<KnownText>, StoreError> {
    let sources = likeliest(tx, text, but).await?;
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Value> = sources.iter().map(|source| Value::Int(*source)).collect();
    let mut known: BTreeMap<i64, KnownText> = BTreeMap::new();
    for mut row in tx.rows(&texts_text(), &filled_up(ids, MOST_SOURCES)).await? {
        let (source, word) = (row.int(0)?, row.text(1)?);
        let (origin, title) = match word.as_str() {
            "story" => (Origin::Archive, row.json::<CardFace>(2)?.headline),
            // Who wrote them is not repeated beside another comment, where it would outlast them.
            state if is_refused(state) => (Origin::Refused, String::new()),
            _ => (Origin::Comment, String::new()),
        };
        let text = row.text(3)?;
        known.insert(source, KnownText { origin, title, text, refused: refused_by_a_person(&mut row)? });
    }
    Ok(sources.iter().filter_map(|source| known.remove(source)).take(MOST_TEXTS).collect())
}

/// A copy of a copy that a rule refused is not followed on: from copy to copy a text would become any other.
fn refused_by_a_person(row: &mut Row) -> Result<Option<RefusalReason>, StoreError> {
    let Some(text) = row.maybe_text(4)? else { return Ok(None) };
    let decision: Decision = serde_json::from_str(&text).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    Ok(decision.reason())
}

fn is_refused(state: &str) -> bool {
    [State::Refused, State::TakenDown].iter().any(|refused| refused.key() == state)
}

/// How many probes each source shares with these; those that stand in four sources or more count for nobody.
async fn shared(tx: &mut Tx, probes: &[i64]) -> Result<BTreeMap<i64, usize>, StoreError> {
    let mut shared = BTreeMap::new();
    for sources in by_probe(tx, probes).await?.into_values().filter(|sources| sources.len() < UBIQUITOUS) {
        for source in sources {
            *shared.entry(source).or_default() += 1;
        }
    }
    Ok(shared)
}

async fn by_probe(tx: &mut Tx, probes: &[i64]) -> Result<BTreeMap<i64, BTreeSet<i64>>, StoreError> {
    let mut sources: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for some in probes.chunks(AT_ONCE) {
        let asked = filled_up(some.iter().copied().map(Value::Int).collect(), AT_ONCE);
        for row in tx.rows(&sources_text(asked.len()), &asked).await? {
            sources.entry(row.int(0)?).or_default().insert(row.int(1)?);
        }
    }
    Ok(sources)
}

/// Keeps the probes of a story that readers see, in place of those of what it said before.
pub(crate) async fn keep_story_probes(
    tx: &mut Tx,
    story: StoryId,
    before: Option<&str>,
    now: &str,
) -> Result<(), StoreError> {
    if before == Some(now) {
        return Ok(());
    }
    if let Some(before) = before {
        remove(tx, story.0, &probes(before, Sample::Article)).await?;
    }
    tx.run("delete from story_probes_due where story_id = $1", values![story]).await?;
    keep(tx, story.0, &story_probes(now)).await
}

/// The probes of a story's text.
fn story_probes(text: &str) -> Vec<i64> {
    probes(text, Sample::Article)
}

/// Keeps the probes of a comment that came in; none where a known text stands for it already: it has half of them. That
/// text is given back where it is a comment.
pub(crate) async fn keep_comment_probes(
    tx: &mut Tx,
    comment: CommentId,
    text: &str,
) -> Result<Option<CommentId>, StoreError> {
    keep_unless_known(tx, comment, text, Known::AtAll).await
}

/// Keeps the probes of a comment that was refused, even where a text that was not refused stands for it: the refused one
/// has to be recognised for itself.
pub(crate) async fn keep_refused_probes(tx: &mut Tx, comment: CommentId, text: &str) -> Result<(), StoreError> {
    keep_unless_known(tx, comment, text, Known::AsRefused).await.map(drop)
}

/// Takes the probes of a comment's earlier text away.
pub(crate) async fn drop_comment_probes(tx: &mut Tx, comment: CommentId, text: &str) -> Result<(), StoreError> {
    remove(tx, comment.0, &probes(text, Sample::Comment)).await
}

/// As what a text has to be known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    AtAll,
    AsRefused,
}

async fn keep_unless_known(
    tx: &mut Tx,
    comment: CommentId,
    text: &str,
    known: Known,
) -> Result<Option<CommentId>, StoreError> {
    let probes = probes(text, Sample::Comment);
    let mut shared = shared(tx, &probes).await?;
    shared.retain(|source, shared| *source != comment.0 && *shared * 2 >= probes.len());
    let ids: Vec<Value> = shared.into_keys().take(MOST_SOURCES).map(Value::Int).collect();
    if !ids.is_empty() {
        for mut row in tx.rows(&states_text(), &filled_up(ids, MOST_SOURCES)).await? {
            let word = row.text(1)?;
            if known == Known::AtAll || is_refused(&word) {
                let source = CommentId(row.int(0)?);
                return Ok((word != "story").then_some(source));
            }
        }
    }
    keep(tx, comment.0, &probes).await.map(|()| None)
}

async fn keep(tx: &mut Tx, source: i64, probes: &[i64]) -> Result<(), StoreError> {
    let full = by_probe(tx, probes).await?;
    let free = |probe: &&i64| full.get(*probe).is_none_or(|sources| sources.len() < UBIQUITOUS);
    put(tx, probes.iter().filter(free).map(|probe| (Value::Int(*probe), Value::Int(source))).collect()).await
}

/// Writes probes down with their sources.
async fn put(tx: &mut Tx, pairs: Vec<(Value, Value)>) -> Result<(), StoreError> {
    if tx.dialect() == Dialect::Sqlite {
        // One row at a time: of a statement with several, every page is copied first.
        for (probe, source) in pairs {
            let text = "insert into probes (probe, source) values ($1, $2) on conflict (probe, source) do nothing";
            tx.run(text, &[probe, source]).await?;
        }
        return Ok(());
    }
    for some in pairs.chunks(AT_ONCE) {
        let last = some.last().into_iter().cycle();
        let given: Vec<Value> =
            some.iter().chain(last).take(AT_ONCE).flat_map(|(probe, source)| [probe.clone(), source.clone()]).collect();
        let rows = (0..AT_ONCE).map(|n| format!("(${}, ${})", 2 * n + 1, 2 * n + 2)).collect::<Vec<_>>().join(", ");
        let text = format!("insert into probes (probe, source) values {rows} on conflict (probe, source) do nothing");
        tx.run(&text, &given).await?;
    }
    Ok(())
}

async fn remove(tx: &mut Tx, source: i64, probes: &[i64]) -> Result<(), StoreError> {
    for some in probes.chunks(AT_ONCE) {
        let given = filled_up(some.iter().copied().map(Value::Int).collect(), AT_ONCE);
        let text = format!("delete from probes where source = $1 and probe in ({})", marks(2, given.len()));
        tx.run(&text, &[values![source], &given].concat()).await?;
    }
    Ok(())
}
