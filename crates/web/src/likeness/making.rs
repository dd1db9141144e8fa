//! Vectors are made in the background, after the commit that gave readers a text or the desk a comment. One of the paper's
//! processes makes them, a handful at a time; every process takes up what was made.

use super::Meaning;
use crate::aftermath;
use crate::app::App;
use encoder::Packed;
use newsroom::StoryId;
use newsroom::meaning::RELATED_FROM;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use store::StoreError;
use store::meaning::{CommentToRead, StoryToRead, StoryVector};

/// Texts read at once, and how often in one turn: a turn lasts a second or two, and others have the lease after it.
const AT_ONCE: u32 = 16;
const MOST_HANDFULS: u32 = 60;
/// Rows taken up at once.
const ROWS_AT_ONCE: u32 = 2_000;
/// Whoever died at it is waited for so long.
const LEASE: Duration = Duration::from_secs(60);
/// Neighbours that are looked for, one more than are kept: a story is nearest to itself.
const MOST_NEAR: usize = 9;
/// How far it is, is said each time so many were read.
const SAID_EACH: u64 = 1_000;

/// What was made since, by whatever process, is taken up; then what is due is made, by one of them.
///
/// # Errors
/// When the store cannot answer.
pub async fn make(app: &App) -> Result<(), StoreError> {
    let Some(weights) = app.meaning.weights().map(str::to_owned) else { return Ok(()) };
    app.meaning.0.heard.forget_old(Instant::now());
    take_up(app, &weights).await?;
    if !app.meaning.0.renewed.load(Ordering::Relaxed) {
        app.store.renew_vectors(&weights).await?;
        app.meaning.0.renewed.store(true, Ordering::Relaxed);
    }
    if !app.store.is_meaning_due().await? {
        return Ok(());
    }
    let mut read = 0;
    for _ in 0..MOST_HANDFULS {
        let now = app.now();
        let until = now.saturating_add(LEASE).unwrap_or(now);
        if !app.store.take_lease("meaning", &app.process, now, until).await? {
            return Ok(());
        }
        let made = some_comments(app, &weights).await? + some_stories(app, &weights).await?;
        say_how_far(app, read, made).await?;
        read += made;
        if made == 0 {
            break;
        }
    }
    app.store.give_lease_back("meaning", &app.process).await
}

async fn take_up(app: &App, weights: &str) -> Result<(), StoreError> {
    let mut after = app.meaning.stories().begin_again();
    loop {
        let rows = app.store.story_vectors_since(weights, after, ROWS_AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = (last.made_at, last.story);
        let is_last = rows.len() < ROWS_AT_ONCE as usize;
        app.meaning.stories().take_up(&rows);
        if is_last {
            return Ok(());
        }
    }
}

/// Reads some stories; how many.
async fn some_stories(app: &App, weights: &str) -> Result<u64, StoreError> {
    let due = app.store.stories_to_read(weights, AT_ONCE).await?;
    let new: Vec<&StoryToRead> = due.iter().filter(|story| story.kept.is_none()).collect();
    let words = new.iter().map(|story| story.words.clone()).collect();
    let Some(vectors) = read(&app.meaning, words).await else { return Ok(0) };
    let mut later = BTreeSet::new();
    for (story, vector) in new.into_iter().zip(vectors) {
        let Some(vector) = vector else {
            app.store.skip_story_vector(story.story).await?;
            continue;
        };
        if keep(app, weights, story, &vector).await? {
            app.meaning.stories().put(story.story, vector);
        } else {
            // Its words were changed meanwhile: it is still due.
            later.insert(story.story);
        }
    }
    for story in due.iter().map(|story| story.story).filter(|story| !later.contains(story)) {
        keep_kin(app, story).await?;
    }
    Ok(u64::try_from(due.len()).unwrap_or_default())
}

async fn keep_kin(app: &App, story: StoryId) -> Result<(), StoreError> {
    let near = match app.meaning.stories().of(story) {
        Some(vector) => app.meaning.with(move |here| here.stories().nearest(&vector, MOST_NEAR, RELATED_FROM)).await,
        None => None,
    };
    let near = near.unwrap_or_default().into_iter().filter(|(other, _)| *other != story);
    let near: Vec<(StoryId, i64)> = near.map(|(other, likeness)| (other, thousandths(likeness))).collect();
    app.store.keep_story_kin(story, &near).await?;
    let touched: Vec<StoryId> = near.iter().map(|(other, _)| *other).chain([story]).collect();
    aftermath::tell_of_kin(app, &touched);
    Ok(())
}

/// Whether it was kept.
async fn keep(app: &App, weights: &str, story: &StoryToRead, vector: &Packed) -> Result<bool, StoreError> {
    let made = StoryVector {
        story: story.story,
        words: story.words.clone(),
        language: story.language.clone(),
        weights: weights.to_owned(),
        vector: vector.to_bytes(),
    };
    app.store.keep_story_vector(&made, app.now()).await
}

/// Reads some comments that wait; how many. Those that were read when they came in are not read again.
async fn some_comments(app: &App, weights: &str) -> Result<u64, StoreError> {
    let due: Vec<CommentToRead> = app.store.comments_to_read(AT_ONCE).await?;
    let heard: Vec<Option<Packed>> = due.iter().map(|comment| app.meaning.0.heard.take(comment)).collect();
    let new = due.iter().zip(&heard).filter(|(_, heard)| heard.is_none());
    let words = new.map(|(comment, _)| comment.text.clone()).collect();
    let Some(vectors) = read(&app.meaning, words).await else { return Ok(0) };
    let (mut vectors, many) = (vectors.into_iter(), due.len());
    let read = due.into_iter().zip(heard).map(|(comment, heard)| {
        let vector = heard.or_else(|| vectors.next().flatten());
        (comment, vector.map(|vector| vector.to_bytes()))
    });
    app.store.keep_comment_vectors(read.collect(), weights).await?;
    Ok(u64::try_from(many).unwrap_or_default())
}

async fn read(meaning: &Meaning, texts: Vec<String>) -> Option<Vec<Option<Packed>>> {
    if texts.is_empty() {
        return Some(Vec::new());
    }
    let read = move |here: &Meaning| here.read(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    meaning.with(read).await
}

fn thousandths(likeness: f32) -> i64 {
    (f64::from(likeness) * 1_000.0).round() as i64
}

async fn say_how_far(app: &App, read: u64, made: u64) -> Result<(), StoreError> {
    if read / SAID_EACH != (read + made) / SAID_EACH {
        let left = app.store.meaning_due().await?;
        tracing::info!(left, "what texts mean is read in the background");
    }
    Ok(())
}
