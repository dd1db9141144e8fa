//! What is sent from the page of a story: lines, a body, and the number of the text that it was made from.

use super::linked::{self, LinkProblem};
use super::pictured;
use crate::app::App;
use crate::error::PageError;
use crate::newsroom_desk::NoteForm;
use crate::words::Words;
use newsroom::body::{Amended, Body, Problem, ProblemKind, read_text_form};
use newsroom::people::Staff;
use newsroom::story::{CommentPolicy, NewNote, NoteProblem, TypedProblem, TypedStory};
use serde::Deserialize;
use store::stories::{OnDesk, Writing};

/// A story as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StoryForm {
    /// The number of the text that it was made from.
    pub version: i64,
    /// The lines.
    #[serde(flatten)]
    pub typed: TypedStory,
    /// The body in the readable text form.
    pub text: String,
    /// The body as JSON: what the page's script sends in its place.
    pub body: Option<String>,
    /// What is to be noted at the story along with it; nothing, mostly.
    #[serde(flatten)]
    pub note: NoteForm,
}

/// Why a story cannot be kept as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormProblem {
    /// A field that is too long.
    Typed(TypedProblem),
    /// A line of the text form that cannot be read as meant.
    Line(Problem),
    /// The body is no JSON of ours.
    Body,
    /// A section that is not theirs, or is not there any more.
    Section,
    /// The story that it answers is none.
    Linked(LinkProblem),
    /// What is noted along with it, with the words that it is about.
    Note(NoteProblem, String),
}

/// A story that may be kept, and what had to be changed for that.
#[derive(Debug)]
pub struct Checked {
    /// To keep.
    pub writing: Writing,
    /// What is not as it was sent.
    pub amended: Vec<Amended>,
    /// What is noted along with it.
    pub note: Option<NewNote>,
}

impl StoryForm {
    /// What the form holds, of a story as it is on the desk.
    pub fn of(story: &OnDesk, comments: CommentPolicy) -> Self {
        // What nobody chose goes by the kind, also when that changes.
        let chosen = (comments != story.text.kind.comments()).then(|| comments.key().to_owned());
        let typed = TypedStory { comments: chosen.unwrap_or_default(), ..TypedStory::of(&story.text) };
        let text = newsroom::body::write_text_form(&story.text.body);
        let body = serde_json::to_string(&story.text.body).ok();
        Self { version: story.version, typed, text, body, note: NoteForm::default() }
    }

    /// Reads it, for a story as it is on the desk.
    ///
    /// # Errors
    /// Everything that is wrong with it; or that the store cannot answer.
    pub async fn check(
        &self,
        app: &App,
        staff: &Staff,
        story: &OnDesk,
        on_purpose: bool,
    ) -> Result<Result<Checked, Vec<FormProblem>>, PageError> {
        let (body, mut problems) = self.read_body();
        let (body, amended) = body.checked();
        let text = self.typed.read(body, &story.text).map_err(|found| {
            problems.extend(found.into_iter().map(FormProblem::Typed));
        });
        if let Ok(text) = &text {
            let known = match text.section {
                Some(id) => app.store.sections().await?.iter().any(|section| section.id == id),
                None => true,
            };
            // Whoever is bound leaves a story where it is, or puts it into a section of theirs.
            let theirs = text.section == story.text.section || staff.answers_for(text.section);
            if !known || !theirs {
                problems.push(FormProblem::Section);
            }
        }
        let answers = linked::find(app, staff, &self.typed.answers, story).await?.unwrap_or_else(|problem| {
            problems.push(FormProblem::Linked(problem));
            None
        });
        let Ok(mut text) = text else { return Ok(Err(problems)) };
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        text.answers = answers;
        let note = match self.note.read_if_any(&text) {
            Ok(note) => note,
            Err(problem) => return Ok(Err(vec![FormProblem::Note(problem, self.note.passage().to_owned())])),
        };
        pictured::with_sizes(app, &mut text).await?;
        let comments = CommentPolicy::from_key(&self.typed.comments).unwrap_or_else(|| text.kind.comments());
        let writing = Writing { text, comments, read: self.version, on_purpose };
        Ok(Ok(Checked { writing, amended, note }))
    }

    fn read_body(&self) -> (Body, Vec<FormProblem>) {
        match &self.body {
            Some(json) => match serde_json::from_str(json) {
                Ok(body) => (body, Vec::new()),
                Err(_) => (Body::default(), vec![FormProblem::Body]),
            },
            None => {
                let (body, problems) = read_text_form(&self.text.replace('\0', ""));
                (body, problems.into_iter().map(FormProblem::Line).collect())
            }
        }
    }
}

impl FormProblem {
    /// In words.
    pub fn words(&self, t: &Words) -> String {
        match self {
            Self::Typed(TypedProblem::TooLong(field, most)) => {
                let name = t.s(&format!("writing.{}", field.key()));
                t.with("writing.too-long", *most as u64, &[("field", &name)])
            }
            Self::Line(Problem { line, kind }) => {
                let key = match kind {
                    ProblemKind::Picture => "page.picture-line",
                    ProblemKind::LinkCard => "page.link-card-line",
                };
                t.with(key, 1, &[("line", &t.number(*line))])
            }
            Self::Body => t.s("writing.body-unread"),
            Self::Section => t.s("writing.section-not-yours"),
            Self::Linked(problem) => t.s(problem.key()),
            Self::Note(problem, quote) => t.with(problem.key(), 1, &[("typed", quote)]),
        }
    }
}
