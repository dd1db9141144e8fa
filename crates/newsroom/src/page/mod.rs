//! Pages that are no stories: about, contact, house rules, privacy, and others of the paper's own.

#[cfg(test)]
mod tests;

use crate::body::{Body, ProblemKind, read_text_form, write_text_form};

/// Most grapheme clusters of a title.
const MOST_CLUSTERS: usize = 100;
/// What stands before the title in a page's file.
const TITLE: &str = "title:";

/// A page as somebody wrote it, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// On one line, at most 100 grapheme clusters.
    pub title: String,
    /// Its body; never empty.
    pub body: Body,
}

/// What is wrong with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageProblem {
    /// Nothing readable in its title.
    TitleMissing,
    /// A title of more than 100 grapheme clusters.
    TitleTooLong,
    /// No words below the title.
    BodyMissing,
    /// A picture at this line of the text (from 1) that does not close.
    Picture(usize),
    /// A link card at this line that leads nowhere or has no title.
    LinkCard(usize),
}

/// What a page's file holds: a first line `title: …`, where there is one, and the text below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageFile<'f> {
    /// The title, if the file names one.
    pub title: Option<&'f str>,
    /// The text form of the body.
    pub text: &'f str,
    /// Lines of the file above the text.
    pub above: usize,
}

impl PageText {
    /// Checks a title and the text form of a body.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn new(title: &str, text: &str) -> Result<Self, Vec<PageProblem>> {
        let title = arabic::clean::line(title);
        let (body, unread) = read_text_form(&text.replace('\0', ""));
        let mut problems = Vec::new();
        if title.is_empty() {
            problems.push(PageProblem::TitleMissing);
        } else if arabic::runs::clusters(&title) > MOST_CLUSTERS {
            problems.push(PageProblem::TitleTooLong);
        }
        if body.0.is_empty() {
            problems.push(PageProblem::BodyMissing);
        }
        problems.extend(unread.iter().map(|problem| match problem.kind {
            ProblemKind::Picture => PageProblem::Picture(problem.line),
            ProblemKind::LinkCard => PageProblem::LinkCard(problem.line),
        }));
        if problems.is_empty() { Ok(Self { title, body }) } else { Err(problems) }
    }
}

impl<'f> PageFile<'f> {
    /// Reads a file.
    pub fn read(file: &'f str) -> Self {
        let file = file.trim_start_matches('\u{feff}');
        let (first, rest) = file.split_once('\n').unwrap_or((file, ""));
        match first.trim().strip_prefix(TITLE) {
            Some(title) => Self { title: Some(title.trim()), text: rest, above: 1 },
            None => Self { title: None, text: file, above: 0 },
        }
    }

    /// Writes a file that [`Self::read`] reads back.
    pub fn write(title: &str, body: &Body) -> String {
        format!("{TITLE} {title}\n\n{}", write_text_form(body))
    }
}

impl PageProblem {
    /// The key of its sentence in the locales; it may name the `{line}`.
    pub fn key(self) -> &'static str {
        match self {
            Self::TitleMissing => "page.title-missing",
            Self::TitleTooLong => "page.title-long",
            Self::BodyMissing => "page.body-missing",
            Self::Picture(_) => "page.picture-line",
            Self::LinkCard(_) => "page.link-card-line",
        }
    }

    /// At which line of the text, from 1, where it is about one.
    pub fn line(self) -> Option<usize> {
        match self {
            Self::Picture(line) | Self::LinkCard(line) => Some(line),
            Self::TitleMissing | Self::TitleTooLong | Self::BodyMissing => None,
        }
    }
}
