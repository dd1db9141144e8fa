//! The form: what a visitor typed, checked for form. What is wrong comes back all at once, beside what was typed.

use crate::app::App;
use crate::error::PageError;
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use newsroom::comment::{DisplayName, MOST_TEXT_CLUSTERS, NameProblem, Submitted, TextProblem, check_text};
use newsroom::people;
use newsroom::{CommentId, StoryId, Timestamp};
use serde::Deserialize;
use store::thread::Stands;

/// A comment as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    /// Signed with.
    pub name: String,
    /// The words.
    pub text: String,
    /// The number of the comment it answers; empty for none.
    pub reply_to: String,
    /// Left empty by people, who do not see it.
    pub website: String,
    /// The id of a warning that its reader says was read; empty where there was none.
    pub warned: String,
}

/// Something that keeps a comment from being taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// With the name.
    Name(NameProblem),
    /// With the words.
    Text(TextProblem),
    /// The comment that it answers is not there any more.
    ReplyGone,
    /// A field that people do not see was filled in, perhaps by the browser.
    NotLeftEmpty,
    /// A ruling was made while its author was still writing.
    Overtaken,
}

/// The form as shown: fresh, or with what was typed.
#[derive(Debug, Template)]
#[template(path = "comments/form.html")]
pub struct FormView<'f> {
    /// Words in the paper's language.
    pub t: Words,
    /// Where it is sent.
    pub action: &'f str,
    /// Which story it is for: the draft in the browser is kept under it.
    pub story: StoryId,
    /// What was typed.
    pub typed: CommentForm,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// A warning to be acknowledged with it.
    pub warning: Option<Rendered>,
    /// The way to an account is shown below it.
    pub accounts: bool,
}

impl CommentForm {
    /// A form as filled in and ready to be taken; or everything that is wrong.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn check(
        &self,
        app: &App,
        story: StoryId,
        visitor: people::Visitor,
        now: Timestamp,
    ) -> Result<Result<Submitted, Vec<Problem>>, PageError> {
        let staff = app.store.staff().await?;
        let reserved = staff.iter().map(|somebody| somebody.name.as_str()).chain([app.paper.name.as_str()]);
        let name = DisplayName::new(&self.name, reserved).map_err(Problem::Name);
        let text = check_text(&self.text).map_err(Problem::Text);
        let reply_to = self.answered(app, story).await?;
        let website = if self.website.is_empty() { Ok(()) } else { Err(Problem::NotLeftEmpty) };
        let id = CommentId(app.store.id(now));
        Ok(match (name, text, reply_to, website) {
            (Ok(name), Ok(()), Ok(reply_to), Ok(())) => {
                Ok(Submitted { id, story, visitor, name, text: self.text(), reply_to, at: now })
            }
            (name, text, reply_to, website) => {
                Err([name.err(), text.err(), reply_to.err(), website.err()].into_iter().flatten().collect())
            }
        })
    }

    /// Says that this warning was read.
    pub fn has_read(&self, warning: &people::Measure) -> bool {
        self.warned == warning.id.short()
    }

    /// The words as sent. A NUL is no sign of any text, and PostgreSQL keeps none.
    pub fn text(&self) -> String {
        self.text.replace('\0', "")
    }

    /// The comment that it answers, when it is public.
    async fn answered(&self, app: &App, story: StoryId) -> Result<Result<Option<CommentId>, Problem>, PageError> {
        if self.reply_to.is_empty() {
            return Ok(Ok(None));
        }
        let Ok(number) = self.reply_to.parse() else { return Ok(Err(Problem::ReplyGone)) };
        let entry = app.store.entry(story, number).await?.map(|(entry, _)| entry);
        let public = entry.filter(|entry| matches!(entry.stands, Stands::Comment { .. }));
        Ok(public.map(|entry| Some(entry.id)).ok_or(Problem::ReplyGone))
    }
}

impl Problem {
    /// Its sentence.
    pub fn words(&self, t: &Words) -> String {
        match self {
            Self::Name(problem) => t.s(problem.key()),
            Self::Text(problem @ TextProblem::Missing) => t.s(problem.key()),
            Self::Text(problem @ TextProblem::TooLong { length }) => {
                t.with(problem.key(), *length as u64, &[("limit", &t.number(MOST_TEXT_CLUSTERS))])
            }
            Self::ReplyGone => t.s("form.reply-gone"),
            Self::NotLeftEmpty => t.s("form.not-left-empty"),
            Self::Overtaken => t.s("form.overtaken"),
        }
    }

    /// The field it is about.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::Text(_) => "text",
            Self::ReplyGone | Self::NotLeftEmpty | Self::Overtaken => "form",
        }
    }
}

impl FormView<'_> {
    /// Something is wrong with this field.
    fn is_wrong(&self, field: &str) -> bool {
        self.problems.iter().any(|problem| problem.field() == field)
    }

    fn most(&self) -> usize {
        MOST_TEXT_CLUSTERS
    }
}
