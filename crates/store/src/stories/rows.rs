//! A story and its row.

use crate::StoreError;
use crate::engine::{Dialect, Row, Tx, json, values};
use crate::listings::CardFace;
use crate::pictures::note_written;
use crate::queue::move_section;
use crate::search::keep_desk_words;
use newsroom::people::Actor;
use newsroom::story::{CommentPolicy, Draft, Published, Story, StoryText, Withdrawn};
use newsroom::{SectionId, StoryId, Timestamp};

/// The state of a row that holds the thread of another site's page. Whoever reads a story by its id or its address gets it as
/// what readers see; nobody writes, publishes or lists it.
pub(crate) const OUTSIDE: &str = "outside";

/// A story in whatever state it is.
pub(crate) async fn story(tx: &mut Tx, id: StoryId) -> Result<Story, StoreError> {
    let text = "select state, text, comment_policy, begun_at, slug, published_at, updated_at, withdrawn_at,
             withdrawn_note
         from stories where story_id = $1";
    from_row(tx.row(text, values![id]).await?.ok_or(StoreError::NotFound)?, id)
}

fn from_row(mut row: Row, id: StoryId) -> Result<Story, StoreError> {
    let state = row.text(0)?;
    let text: StoryText = row.json(1)?;
    let policy = row.text(2)?;
    let comments = CommentPolicy::from_key(&policy).ok_or_else(|| no_such_word(&policy))?;
    if state == "draft" {
        return Ok(Story::Draft(Draft { id, text, comments, begun_at: row.time(3)? }));
    }
    let (published_at, updated_at) = (row.time(5)?, row.maybe_time(6)?);
    let was = Published { id, slug: row.text(4)?, text, published_at, updated_at, comments };
    match state.as_str() {
        "published" | OUTSIDE => Ok(Story::Published(was)),
        "withdrawn" => {
            let note = row.maybe_text(8)?.unwrap_or_default();
            Ok(Story::Withdrawn(Withdrawn { was, withdrawn_at: row.time(7)?, note }))
        }
        other => Err(no_such_word(other)),
    }
}

/// Keeps a draft's row: a new one, or in place of the one that is there while that is a draft too.
pub(crate) async fn keep_draft_row(tx: &mut Tx, draft: &Draft, now: Timestamp) -> Result<(), StoreError> {
    let section = section_of(tx, &draft.text).await?;
    let was = tx.row("select section_id from stories where story_id = $1", values![draft.id]).await?;
    let was = was.map(|row| row.maybe_int(0)).transpose()?.flatten().map(SectionId);
    let kept = tx
        .run(
            "insert into stories
                 (story_id, state, text, card, plain, comment_policy, language, begun_at, touched_at, section_id)
             values ($1, 'draft', $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (story_id) do update set
                 text = excluded.text, card = excluded.card, plain = excluded.plain,
                 comment_policy = excluded.comment_policy, language = excluded.language,
                 touched_at = excluded.touched_at, section_id = excluded.section_id
             where stories.state = 'draft'",
            values![
                draft.id,
                json(&draft.text)?,
                json(&face(&draft.text, section))?,
                draft.text.plain_text(),
                draft.comments.key(),
                draft.text.language.tag(),
                draft.begun_at,
                now,
                draft.text.section,
            ],
        )
        .await?;
    if kept == 1 {
        note_written(tx, draft.id, &draft.text).await?;
        keep_desk_words(tx, draft.id, &draft.text).await?;
        return move_section(tx, draft.id, was, draft.text.section).await;
    }
    let row = tx.row("select state from stories where story_id = $1", values![draft.id]).await?;
    Err(StoreError::Conflict(row.ok_or(StoreError::NotFound)?.text(0)?))
}

/// What is written on a story that was public, where it is another text than readers have.
pub(super) async fn working_text(tx: &mut Tx, story: StoryId) -> Result<Option<StoryText>, StoreError> {
    let row = tx.row("select text from working_texts where story_id = $1", values![story]).await?;
    row.map(|mut row| row.json(0)).transpose()
}

/// Keeps it.
pub(super) async fn keep_working_text(tx: &mut Tx, story: StoryId, text: &StoryText) -> Result<(), StoreError> {
    let sql = "insert into working_texts (story_id, text) values ($1, $2)
         on conflict (story_id) do update set text = excluded.text";
    tx.run(sql, values![story, json(text)?]).await?;
    keep_desk_words(tx, story, text).await
}

/// Keeps a published story's row, new or in place of what was there in whatever state.
pub(super) async fn keep_published_row(
    tx: &mut Tx,
    published: &Published,
    face: &CardFace,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = &published.text;
    tx.run(
        "insert into stories
             (story_id, state, slug, text, card, plain, comment_policy, language, begun_at, published_at, updated_at,
              touched_at, section_id)
         values ($1, 'published', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (story_id) do update set
             state = excluded.state, slug = excluded.slug, text = excluded.text, card = excluded.card,
             plain = excluded.plain, comment_policy = excluded.comment_policy, language = excluded.language,
             published_at = excluded.published_at, updated_at = excluded.updated_at, withdrawn_at = null,
             withdrawn_note = null, touched_at = excluded.touched_at, section_id = excluded.section_id,
             goes_at = null, embargo_until = null, held_up_at = null, held_up_why = null",
        values![
            published.id,
            &published.slug,
            json(text)?,
            json(face)?,
            text.plain_text(),
            published.comments.key(),
            text.language.tag(),
            published.published_at,
            published.published_at,
            published.updated_at,
            now,
            text.section,
        ],
    )
    .await
    .map(drop)
}

/// Keeps what a story says now beside what it said before.
pub(super) async fn keep_revision(
    tx: &mut Tx,
    published: &Published,
    revision: i64,
    by: Actor,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (kind, id) = match by {
        Actor::Staff(id) => ("staff", Some(id.0)),
        Actor::Visitor(id) => ("visitor", Some(id.0)),
        Actor::Rule(_) | Actor::Program => ("program", None),
    };
    tx.run(
        "insert into story_revisions (story_id, revision_id, at, by_kind, by_id, text) values ($1, $2, $3, $4, $5, $6)",
        values![published.id, revision, now, kind, id, json(&published.text)?],
    )
    .await
    .map(drop)
}

/// Slug and name of the section a story stands in.
pub(super) async fn section_of(tx: &mut Tx, text: &StoryText) -> Result<Option<(String, String)>, StoreError> {
    let Some(section) = text.section else { return Ok(None) };
    // On PostgreSQL it keeps its name until the card with it is written.
    let and_stays = match tx.dialect() {
        Dialect::Postgres => "for share",
        Dialect::Sqlite => "",
    };
    let text = format!("select slug, name from sections where section_id = $1 {and_stays}");
    let row = tx.row(&text, values![section]).await?;
    row.map(|mut row| Ok((row.text(0)?, row.text(1)?))).transpose()
}

/// What lists would show of a text.
pub(crate) async fn face_of(tx: &mut Tx, text: &StoryText) -> Result<CardFace, StoreError> {
    let section = section_of(tx, text).await?;
    Ok(face(text, section))
}

/// What lists show of a story.
pub(super) fn face(text: &StoryText, section: Option<(String, String)>) -> CardFace {
    CardFace {
        kind: text.kind,
        translates: text.translates,
        kicker: text.kicker.clone(),
        headline: text.headline_of_lists().to_owned(),
        standfirst: text.standfirst.clone(),
        lead: text.lead.clone(),
        bylines: text.bylines.clone(),
        section,
        language: text.language,
    }
}

/// What was read is not what was written.
pub(super) fn no_such_word(word: &str) -> StoreError {
    StoreError::Broken(format!("unknown word in a story's row: {word}"))
}
