//! What was chosen for a story, in words: its kind, the story that it answers, its section and its language. Beside what was
//! chosen before, above the rows of the two texts.

use super::diff::{Part, of_texts};
use super::linked::Linked;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Member;
use crate::layout::Frame;
use crate::words::Words;
use newsroom::story::{StoryLanguage, StoryText};
use store::stories::OnDesk;

impl Part {
    /// The rows of what readers have and of what is written on a story beside it; none where they have it.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn pending(app: &App, frame: &Frame, member: &Member, story: &OnDesk) -> Result<Vec<Self>, PageError> {
        match story.pending {
            true => compared(app, frame, member, (story.story.text(), &story.text)).await,
            false => Ok(Vec::new()),
        }
    }
}

/// The rows of two texts, the earlier one first, for whoever may read both.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn compared(
    app: &App,
    frame: &Frame,
    member: &Member,
    (before, after): (&StoryText, &StoryText),
) -> Result<Vec<Part>, PageError> {
    let was = [
        kind(frame, before),
        linked(app, frame, member, before).await?,
        section(frame, before),
        language(frame, before),
    ];
    let is =
        [kind(frame, after), linked(app, frame, member, after).await?, section(frame, after), language(frame, after)];
    let changed = was.iter().zip(&is).filter(|(was, is)| was != is).map(|(was, is)| Part::chosen(was, is));
    Ok(changed.chain(of_texts(before, after)).collect())
}

fn kind(frame: &Frame, text: &StoryText) -> String {
    said(frame, "writing.kind", &frame.t.s(&format!("kind.{}", text.kind.key())))
}

async fn linked(app: &App, frame: &Frame, member: &Member, text: &StoryText) -> Result<String, PageError> {
    let Some(linked) = Linked::of(app, member, text).await? else { return Ok(String::new()) };
    let headline = linked.headline.unwrap_or_else(|| frame.t.s("writing.link-hidden"));
    Ok(said(frame, if text.translates { "writing.translation-of" } else { "writing.answers" }, &headline))
}

fn section(frame: &Frame, text: &StoryText) -> String {
    let found = frame.sections.iter().find(|section| Some(section.id) == text.section);
    found.map(|section| said(frame, "desk.choose-section", &section.name)).unwrap_or_default()
}

fn language(frame: &Frame, text: &StoryText) -> String {
    said(frame, "writing.language", &language_words(&frame.t, &text.language))
}

/// What a language is called; its tag where no writer is offered it.
pub fn language_words(t: &Words, language: &StoryLanguage) -> String {
    language.key().map_or(language.to_string(), |key| t.s(&format!("language.{key}")))
}

fn said(frame: &Frame, label: &str, words: &str) -> String {
    format!("{}: {words}", frame.t.s(label))
}
