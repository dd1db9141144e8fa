//! What colleagues note at a story: beside the text, with the passage that it is about, answered, settled and opened again.
//! Whoever may read the story before readers do may do all of it.

use super::passage::{ChosenBlock, blocks, sent_block};
use super::preview::again;
use super::tried::{Tried, TriedField};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::editor::Seen;
use crate::error::PageError;
use crate::guard::Writer;
use crate::words::Words;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::story::{NewNote, NoteProblem, StoryText, place_of};
use newsroom::{NoteId, StoryId};
use serde::Deserialize;
use store::stories::{NoteStep, OnDesk, StoryNote};

/// So many open notes are shown, and so many that are settled.
const AT_ONCE: u32 = 50;

/// The notes of a story as its pages show them.
#[derive(Debug, Default)]
pub struct Notes {
    /// Those that nobody has settled, the last first.
    pub open: Vec<Note>,
    /// How many those are, with what is not shown.
    pub count: u64,
    /// The others, where they are shown.
    pub settled: Vec<Note>,
    /// There are more of them than are shown.
    pub more: bool,
    /// What can be chosen to note something at.
    pub blocks: Vec<ChosenBlock>,
}

/// A note as it is shown.
#[derive(Debug)]
pub struct Note {
    /// As it is kept.
    pub kept: StoryNote,
    /// When, in words.
    pub when: String,
    /// The number of the block in which its passage stands now.
    pub place: Option<String>,
    /// The words that it quotes stand in the story no longer.
    pub lost: bool,
    /// What came of it, and when in words.
    pub steps: Vec<(NoteStep, String)>,
}

/// A note as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    note_text: String,
    note_quote: String,
    /// A block by its number from 0 and how it begins; empty: the whole story.
    note_block: String,
}

/// The note that an address names.
#[derive(Debug, Deserialize)]
pub struct Which {
    note: String,
}

/// Whether a note is to be settled, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SettleForm {
    /// `yes`, or it is opened again.
    settled: String,
}

impl Notes {
    /// All of a story, beside what is written on it; `chosen`: a block as a form that comes back sent it.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn all(app: &App, t: &Words, story: &OnDesk, chosen: &str) -> Result<Self, PageError> {
        let notes = Self::open(app, t, story, chosen).await?;
        let (settled, more) = read(app, t, story, false).await?;
        Ok(Self { settled, more: notes.more || more, ..notes })
    }

    /// Those alone that nobody has settled.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn open(app: &App, t: &Words, story: &OnDesk, chosen: &str) -> Result<Self, PageError> {
        let (open, more) = read(app, t, story, true).await?;
        let blocks = blocks(t, &story.text.body.lines_of_blocks(), chosen);
        Ok(Self { open, count: story.work.open_notes, settled: Vec::new(), more, blocks })
    }
}

/// The notes that are shown, and whether there are more.
async fn read(app: &App, t: &Words, story: &OnDesk, open: bool) -> Result<(Vec<Note>, bool), PageError> {
    let mut notes = app.store.notes_of_story(story.story.id(), open, AT_ONCE + 1).await?;
    let more = notes.len() > AT_ONCE as usize;
    notes.truncate(AT_ONCE as usize);
    let lines = story.text.body.lines_of_blocks();
    Ok((notes.into_iter().map(|note| Note::new(app, t, note, &story.text, &lines)).collect(), more))
}

impl Note {
    fn new(app: &App, t: &Words, kept: StoryNote, text: &StoryText, lines: &[String]) -> Self {
        let place = place_of(&kept.quote, kept.block, lines);
        let above =
            [&text.headline, &text.standfirst].iter().any(|line| arabic::clean::line(line).contains(&kept.quote));
        let steps = kept.steps.iter().map(|step| (step.clone(), when(t, &app.paper, step.at))).collect();
        Self {
            when: when(t, &app.paper, kept.at),
            lost: place.is_none() && !above,
            place: place.map(|place| t.number(place as u64 + 1)),
            steps,
            kept,
        }
    }
}

impl NoteForm {
    /// What is to be kept of it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self, text: &StoryText) -> Result<NewNote, NoteProblem> {
        NewNote::new(&self.note_text, &self.note_quote, sent_block(&self.note_block), text)
    }

    /// The same where a note is one of several things that are sent: nothing, mostly.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_if_any(&self, text: &StoryText) -> Result<Option<NewNote>, NoteProblem> {
        let empty = self.note_text.trim().is_empty() && self.note_quote.trim().is_empty();
        if empty { Ok(None) } else { self.read(text).map(Some) }
    }

    /// What was typed: the note, the words that it quotes, and the block as it is sent.
    pub fn typed(&self) -> (&str, &str, &str) {
        (&self.note_text, &self.note_quote, &self.note_block)
    }

    /// The words that it is about: those that were typed, or else the beginning of the block that was chosen.
    pub fn passage(&self) -> &str {
        let begins = sent_block(&self.note_block).map(|(_, begins)| begins).unwrap_or_default();
        if self.note_quote.trim().is_empty() { begins } else { &self.note_quote }
    }
}

/// Keeps a note and tells of it.
///
/// # Errors
/// When the store cannot.
pub async fn keep(app: &App, writer: &Writer, story: StoryId, note: &NewNote) -> Result<NoteId, PageError> {
    let (id, happening) = app.store.note_story(story, note, writer.staff.id, app.now()).await?;
    aftermath::tell(app, &happening).await;
    Ok(id)
}

/// `POST /desk/stories/{id}/notes`.
pub async fn add_note(
    writer: Writer,
    story: Seen,
    State(app): State<App>,
    Form(form): Form<NoteForm>,
) -> Result<Response, PageError> {
    let id = story.0.story.id();
    match form.read(&story.0.text) {
        Ok(note) => Ok(to_note(id, keep(&app, &writer, id, &note).await?)),
        Err(problem) => {
            let of_passage = problem == NoteProblem::NoSuchPassage;
            let of_block = of_passage && form.note_quote.trim().is_empty();
            let tried = Tried {
                note: TriedField::checked(&form.note_text, (!of_passage).then_some(problem.key())),
                quote: TriedField::checked(&form.note_quote, (of_passage && !of_block).then_some(problem.key())),
                passage: TriedField::checked(form.passage(), of_block.then_some(problem.key())),
                block: form.note_block,
                ..Tried::default()
            };
            again(&app, &writer, story.0, tried).await
        }
    }
}

/// `POST /desk/stories/{id}/notes/{note}/answers`.
pub async fn answer_note(
    writer: Writer,
    story: Seen,
    Path(which): Path<Which>,
    State(app): State<App>,
    Form(form): Form<NoteForm>,
) -> Result<Response, PageError> {
    let (id, note) = (story.0.story.id(), named(&which)?);
    let answer = match NewNote::answer(&form.note_text) {
        Ok(answer) => answer,
        Err(problem) => {
            let field = TriedField::wrong(&form.note_text, problem.key());
            let tried = Tried { note: field, answers: Some(note), ..Tried::default() };
            return again(&app, &writer, story.0, tried).await;
        }
    };
    let happening = app.store.answer_note((id, note), &answer.text, writer.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_note(id, note))
}

/// `POST /desk/stories/{id}/notes/{note}/settlement`: what was noted is settled, or open again.
pub async fn settle_note(
    writer: Writer,
    story: Seen,
    Path(which): Path<Which>,
    State(app): State<App>,
    Form(form): Form<SettleForm>,
) -> Result<Response, PageError> {
    let (id, note) = (story.0.story.id(), named(&which)?);
    let settled = form.settled == "yes";
    let happening = app.store.settle_note((id, note), settled, writer.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_note(id, note))
}

fn named(which: &Which) -> Result<NoteId, PageError> {
    NoteId::from_short(&which.note).ok_or(PageError::NotFound)
}

fn to_note(story: StoryId, note: NoteId) -> Response {
    Redirect::to(&format!("/desk/stories/{story}#note-{note}")).into_response()
}
