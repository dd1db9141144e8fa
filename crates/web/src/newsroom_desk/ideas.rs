//! An idea: what is to be written, before anybody has begun. Whoever writes may have one; whoever publishes may give it to a
//! colleague, others keep it for themselves or leave it open.

use super::colleagues::Colleagues;
use super::notes::keep as keep_note;
use super::planned::{Part, Reading};
use super::steps::to_preview;
use super::tried::{TriedField, minute};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, Writer};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::body::Body;
use newsroom::people::May;
use newsroom::section::Section;
use newsroom::story::{Draft, NewNote, Stage, StoryText, TimeProblem, TypedStory, Work, past};
use newsroom::{SectionId, StaffId, StoryId, Timestamp};
use serde::Deserialize;

/// An idea as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct IdeaForm {
    headline: String,
    /// What it is about, for whoever writes it.
    about: String,
    section: String,
    to: String,
    due: String,
}

/// What may be chosen for one.
struct Choice {
    sections: Vec<Section>,
    /// It may stand in no section yet.
    none: bool,
    colleagues: Colleagues,
}

/// What was typed and could not be kept.
#[derive(Default)]
struct TriedIdea {
    headline: TriedField,
    about: TriedField,
    section: TriedField,
    to: TriedField,
    due: TriedField,
}

/// An idea that may be kept.
struct Idea {
    text: StoryText,
    about: Option<NewNote>,
    to: Option<StaffId>,
    due: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "newsroom_desk/idea.html")]
struct IdeaPage {
    frame: Frame,
    shell: Shell,
    choice: Choice,
    tried: TriedIdea,
    /// Those that nobody has begun.
    ideas: Part,
}

/// `GET /desk/ideas`: where one is written down, and those that nobody has begun.
pub async fn new_idea(writer: Writer, State(app): State<App>) -> Answer {
    let choice = Choice::of(&app, &writer, "").await?;
    page(&app, &writer, choice, TriedIdea::default()).await
}

/// `POST /desk/ideas`: keeps it, and what it is about as a note beside it; or the page again with what was typed, and what is
/// wrong with it.
pub async fn keep_idea(
    writer: Writer,
    State(app): State<App>,
    Form(form): Form<IdeaForm>,
) -> Result<Response, PageError> {
    let (now, choice) = (app.now(), Choice::of(&app, &writer, &form.to).await?);
    let idea = match form.check(&app, &choice, now) {
        Ok(idea) => idea,
        Err(tried) => {
            let page = page(&app, &writer, choice, *tried).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let me = writer.staff.id;
    let draft =
        Draft { id: StoryId(app.store.id(now)), comments: idea.text.kind.comments(), text: idea.text, begun_at: now };
    let (assigned_to, due_at) = (idea.to, idea.due);
    let work = Work { stage: Stage::Idea, begun_by: Some(me), assigned_to, due_at, ..Work::default() };
    let happening = app.store.begin_story(&draft, &work, me, now).await?;
    if let Some(about) = &idea.about {
        keep_note(&app, &writer, draft.id, about).await?;
    }
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(draft.id).into_response())
}

async fn page(app: &App, member: &Member, choice: Choice, tried: TriedIdea) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "stories").await?;
    let ideas = Reading::of(app, &frame, member).ideas(member).await?;
    Page::private(&IdeaPage { frame, shell, choice, tried, ideas })
}

impl Choice {
    /// Sections that somebody answers for; and colleagues, where they give work out, else themselves.
    async fn of(app: &App, member: &Member, to: &str) -> Result<Self, PageError> {
        let (me, mut sections) = (&member.staff, app.store.sections().await?);
        sections.retain(|section| me.answers_for(Some(section.id)));
        let mut colleagues = Colleagues::who_write(app).await?;
        colleagues.retain(|one| one.id == me.id || me.role.may(May::Publish));
        Ok(Self { sections, none: me.answers_for(None), colleagues: Colleagues::new(colleagues, to) })
    }
}

impl IdeaForm {
    /// Reads it.
    ///
    /// # Errors
    /// Everything that was typed, and what is wrong with it.
    fn check(&self, app: &App, choice: &Choice, now: Timestamp) -> Result<Idea, Box<TriedIdea>> {
        let language = app.to_readers().paper.writing.language;
        let typed = TypedStory {
            headline: self.headline.replace('\0', ""),
            section: self.section.clone(),
            language: language.tag().to_owned(),
            ..TypedStory::default()
        };
        let text = typed.read(Body::default(), &StoryText::default()).unwrap_or_default();
        let too_long = text.headline.is_empty() && !arabic::clean::line(&typed.headline).is_empty();
        let headline = match (too_long, text.headline.is_empty()) {
            (true, _) => Some("idea.headline-too-long"),
            (_, true) => Some("idea.without-headline"),
            _ => None,
        };
        let about = match self.about.trim().is_empty() {
            true => Ok(None),
            false => NewNote::new(&self.about, "", None, &text).map(Some),
        };
        let section = match SectionId::from_short(&self.section) {
            Some(id) => choice.sections.iter().any(|section| section.id == id),
            None => self.section.is_empty() && choice.none,
        };
        let to = choice.colleagues.chosen().map(|one| one.id);
        let nobody = to.is_none() && !self.to.is_empty();
        let due = minute(app, &self.due);
        let due_problem = due.err().or_else(|| past(due.ok().flatten(), None, now));
        let tried = TriedIdea {
            headline: TriedField::checked(&self.headline, headline),
            about: TriedField::checked(&self.about, about.as_ref().err().map(|problem| problem.key())),
            section: TriedField::checked(&self.section, (!section).then_some("writing.section-not-yours")),
            to: TriedField::checked(&self.to, nobody.then_some("work.no-such-colleague")),
            due: TriedField::checked(&self.due, due_problem.map(TimeProblem::key)),
        };
        let (about, due) = match (tried.is_wrong(), about, due) {
            (false, Ok(about), Ok(due)) => (about, due),
            _ => return Err(Box::new(tried)),
        };
        Ok(Idea { text, about, to, due })
    }
}

impl TriedIdea {
    fn is_wrong(&self) -> bool {
        let fields = [&self.headline, &self.about, &self.section, &self.to, &self.due];
        fields.iter().any(|field| field.problem.is_some())
    }
}

impl IdeaPage {
    fn is_in(&self, section: &Section) -> bool {
        self.tried.section.text() == section.id.short()
    }
}
