//! What a reader asks, as it stands in the address.

use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address};
use jiff::civil::Date;
use newsroom::search::{MOST_LETTERS, Query, Rank};
use newsroom::{CommentId, StoryId, Timestamp};
use serde::Deserialize;
use store::search::{Asked, Narrow};

/// The value of `in` for comments.
const COMMENTS: &str = "comments";

/// The form, and where its results go on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    /// Words.
    pub q: String,
    /// `comments`, or stories.
    #[serde(rename = "in")]
    pub kind: String,
    /// A section's slug.
    pub section: String,
    /// Who signs.
    pub writer: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// After which place.
    pub after: String,
}

impl SearchForm {
    /// Comments are looked for.
    pub fn is_for_comments(&self) -> bool {
        self.kind == COMMENTS
    }

    /// Something narrows the search.
    pub fn is_narrow(&self) -> bool {
        [&self.section, &self.writer, &self.from, &self.until].iter().any(|field| !field.trim().is_empty())
    }

    /// What is asked; or everything that is wrong with it, in words.
    pub fn read(&self, frame: &Frame) -> Result<Asked, Vec<String>> {
        let t = &frame.t;
        let mut wrong = Vec::new();
        if self.q.chars().count() > MOST_LETTERS || self.writer.chars().count() > MOST_LETTERS {
            let most = t.number(u64::try_from(MOST_LETTERS).unwrap_or_default());
            wrong.push(t.with("search.too-long", 1, &[("most", &most)]));
        }
        let slug = self.section.trim();
        let section = frame.sections.iter().find(|section| section.slug == slug).map(|section| section.id);
        if !slug.is_empty() && section.is_none() {
            wrong.push(t.s("search.no-such-section"));
        }
        let mut day = |typed: &str, later: i64| match typed.trim() {
            "" => None,
            typed => {
                let moment = start_of(&frame.app, typed, later);
                if moment.is_none() {
                    wrong.push(t.with("search.bad-day", 1, &[("day", typed)]));
                }
                moment
            }
        };
        let (from, to) = (day(&self.from, 0), day(&self.until, 1));
        if from.zip(to).is_some_and(|(from, to)| from >= to) {
            wrong.push(t.s("search.days-reversed"));
        }
        let narrow = Narrow { section, writer: self.writer.trim().to_owned(), from, to };
        if wrong.is_empty() { Ok(Asked { query: Query::read(&self.q), narrow }) } else { Err(wrong) }
    }

    /// After which story the page goes on.
    ///
    /// # Errors
    /// [`PageError::NotFound`] for what no link of ours holds.
    pub fn story_before(&self) -> Result<Option<(Rank, StoryId)>, PageError> {
        let place = |text: &str| {
            let (rank, story) = text.rsplit_once('-')?;
            Some((rank.parse().ok()?, StoryId::from_short(story)?))
        };
        self.place(place)
    }

    /// After which comment the page goes on.
    ///
    /// # Errors
    /// [`PageError::NotFound`] for what no link of ours holds.
    pub fn comment_before(&self) -> Result<Option<CommentId>, PageError> {
        self.place(CommentId::from_short)
    }

    fn place<P>(&self, read: impl Fn(&str) -> Option<P>) -> Result<Option<P>, PageError> {
        match self.after.as_str() {
            "" => Ok(None),
            text => read(text).map(Some).ok_or(PageError::NotFound),
        }
    }

    /// The address of the same search from its beginning, with these words instead.
    pub fn with_words(&self, words: &str) -> String {
        Self { q: words.to_owned(), after: String::new(), ..self.clone() }.address()
    }

    /// The address of the same search in stories.
    pub fn in_stories(&self) -> String {
        Self { kind: String::new(), after: String::new(), ..self.clone() }.address()
    }

    /// The address of the same search in comments, which nobody signs.
    pub fn in_comments(&self) -> String {
        Self { kind: COMMENTS.to_owned(), after: String::new(), writer: String::new(), ..self.clone() }.address()
    }

    /// The address of what comes after a place.
    pub fn after(&self, place: &str) -> String {
        Self { after: place.to_owned(), ..self.clone() }.address()
    }

    fn address(&self) -> String {
        let fields = [
            ("q", &self.q),
            ("in", &self.kind),
            ("section", &self.section),
            ("writer", &self.writer),
            ("from", &self.from),
            ("until", &self.until),
            ("after", &self.after),
        ];
        let said = fields.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let said: Vec<String> = said.map(|(name, value)| format!("{name}={}", address::encoded(value))).collect();
        format!("/search?{}", said.join("&"))
    }
}

/// The first moment of a day by the paper's clock, so many days later.
fn start_of(app: &App, typed: &str, later: i64) -> Option<Timestamp> {
    let date: Date = arabic::digits::to_western(typed).parse().ok()?;
    let date = date.checked_add(jiff::Span::new().days(later)).ok()?;
    date.to_zoned(app.paper.zone.clone()).ok().map(|zoned| zoned.timestamp())
}
