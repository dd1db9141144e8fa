//! What the paper corrected in what it published, for everybody: which story, when, and what; the latest first.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::layout::{Frame, address};
use crate::listing::Before;
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use arabic::bidi::majority;
use askama::Template;
use axum::extract::{Query, State};
use newsroom::story::StoryLanguage;
use store::listings::CorrectionLine;

/// Corrections on a page.
const AT_ONCE: u32 = 40;

#[derive(Template)]
#[template(path = "corrections/page.html")]
struct CorrectionsPage {
    frame: Frame,
    lines: Vec<Line>,
    older: Option<String>,
}

struct Line {
    /// When, for machines and for people.
    iso: String,
    date: String,
    headline: String,
    address: String,
    words: String,
    /// Which way they run.
    dir: &'static str,
    /// The story's language.
    language: StoryLanguage,
}

/// `GET /corrections`.
pub async fn show(State(app): State<App>, Query(before): Query<Before>) -> Answer {
    let mut found = app.store.corrections(before.place()?, AT_ONCE + 1).await?;
    let more = found.len() > AT_ONCE as usize;
    found.truncate(AT_ONCE as usize);
    let last = found.last().filter(|_| more);
    let older = last.map(|last| format!("?before={}-{}", last.at.as_millisecond(), last.story.short()));
    let frame = Frame::new(&app, app.now()).await?;
    let tags = [Tag::Corrections].into_iter().chain(found.iter().map(|line| Tag::Story(line.story))).collect();
    let lines = found.into_iter().map(|line| Line::new(&frame, line)).collect();
    Page::shared(&CorrectionsPage { frame, lines, older }, tags)
}

impl Line {
    fn new(frame: &Frame, line: CorrectionLine) -> Self {
        Self {
            iso: line.at.to_string(),
            date: frame.date(line.at),
            headline: line.headline,
            address: address::story(&line.slug),
            dir: majority(&line.words).dir().unwrap_or(line.language.dir()),
            words: line.words,
            language: line.language,
        }
    }
}
