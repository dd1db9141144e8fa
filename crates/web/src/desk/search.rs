//! Search over all comments, in whatever state: by words (folded, as readers' search is), story, section, kind of finding,
//! state and days. What is asked stands in the address.

use super::shell::Shell;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use arabic::words::{search_terms, words};
use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use moderation::Category;
use newsroom::comment::State as CommentState;
use newsroom::{CommentId, SectionId, StoryId, Timestamp, VisitorId};
use serde::Deserialize;
use store::queue::{Asked, QueueEntry};

/// Comments on a page of what was found.
const AT_ONCE: u32 = 30;
/// Letters shown before the first word that was looked for, and in all.
const BEFORE: usize = 80;
const SHOWN: usize = 280;

/// What is looked for, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    words: String,
    story: String,
    visitor: String,
    section: String,
    finding: String,
    state: String,
    /// `YYYY-MM-DD`, in the paper's time.
    from: String,
    until: String,
    /// The page goes on after this comment.
    before: String,
}

#[derive(Template)]
#[template(path = "desk/search.html")]
struct SearchPage {
    frame: Frame,
    shell: Shell,
    query: SearchQuery,
    lines: Vec<Line>,
    next: Option<String>,
    asked: bool,
    sections: Vec<(String, String)>,
    findings: Vec<(&'static str, String)>,
    states: Vec<(&'static str, String)>,
    story: Option<String>,
    reasons: Vec<(&'static str, String)>,
}

/// A comment that was found.
struct Line {
    entry: QueueEntry,
    when: String,
    state: String,
    pieces: Vec<Piece>,
}

/// Part of a text; `found`: a word that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) found: bool,
}

/// `GET /desk/search`.
pub async fn search(moderator: Moderator, Query(query): Query<SearchQuery>, State(app): State<App>) -> Answer {
    let asked = query.asked(&app, &moderator)?;
    let story = match asked.story {
        Some(story) => {
            moderator.answers_for(&app, story).await?;
            Some(app.store.story(story).await?.text().headline.clone())
        }
        None => None,
    };
    let is_asked = !query.is_empty();
    let found = if is_asked { app.store.find_for_desk(&asked, AT_ONCE).await? } else { Default::default() };
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "search").await?;
    let t = frame.t;
    let terms = search_terms(&query.words);
    let line = |entry: QueueEntry| Line {
        when: when(&t, &app.paper, entry.received_at),
        state: t.s(&format!("state.{}", entry.state.key())),
        pieces: pieces(&entry.text, &terms),
        entry,
    };
    let own = |section: &SectionId| moderator.sections().is_none_or(|sections| sections.contains(section));
    let sections = frame.sections.iter().filter(|section| own(&section.id));
    Page::private(&SearchPage {
        sections: sections.map(|section| (section.id.short(), section.name.clone())).collect(),
        findings: Category::ALL.into_iter().map(|category| (category.name(), t.s(category.key()))).collect(),
        states: STATES.map(|state| (state.key(), t.s(&format!("state.{}", state.key())))).to_vec(),
        lines: found.entries.into_iter().map(line).collect(),
        next: found.next.map(|comment| query.after(comment)),
        reasons: super::bulk::reasons(&t),
        asked: is_asked,
        frame,
        shell,
        query,
        story,
    })
}

const STATES: [CommentState; 5] = [
    CommentState::Held,
    CommentState::Released,
    CommentState::Refused,
    CommentState::TakenDown,
    CommentState::Withdrawn,
];

impl SearchQuery {
    fn is_empty(&self) -> bool {
        self.fields().iter().all(|(_, value)| value.is_empty())
    }

    fn fields(&self) -> [(&'static str, &str); 8] {
        [
            ("words", &self.words),
            ("story", &self.story),
            ("visitor", &self.visitor),
            ("section", &self.section),
            ("finding", &self.finding),
            ("state", &self.state),
            ("from", &self.from),
            ("until", &self.until),
        ]
    }

    /// What the store is asked. A filter that names nothing known is as if it had not been said; another's section is not
    /// theirs.
    fn asked(&self, app: &App, moderator: &Moderator) -> Result<Asked, PageError> {
        let section = SectionId::from_short(&self.section);
        let sections = match (section, moderator.sections()) {
            (Some(section), Some(own)) if !own.contains(&section) => return Err(PageError::Forbidden),
            (Some(section), _) => Some(vec![section]),
            (None, own) => own.map(<[SectionId]>::to_vec),
        };
        Ok(Asked {
            words: self.words.replace('\0', ""),
            visitor: VisitorId::from_short(&self.visitor),
            story: StoryId::from_short(&self.story),
            sections,
            finding: Category::ALL.into_iter().find(|category| category.name() == self.finding),
            state: CommentState::from_key(&self.state),
            from: day(app, &self.from, 0),
            until: day(app, &self.until, 1),
            before: CommentId::from_short(&self.before),
        })
    }

    /// The address of the next page.
    fn after(&self, comment: CommentId) -> String {
        let said = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let said = said.map(|(name, value)| format!("{name}={}&", address::encoded(value))).collect::<String>();
        format!("/desk/search?{said}before={comment}")
    }
}

/// The beginning of a day in the paper's time, so many days later.
fn day(app: &App, words: &str, later: i64) -> Option<Timestamp> {
    let date: Date = arabic::digits::to_western(words).parse().ok()?;
    let date = date.checked_add(jiff::Span::new().days(later)).ok()?;
    date.to_zoned(app.paper.zone.clone()).ok().map(|zoned| zoned.timestamp())
}

/// A part of the text around the first word that was looked for, with all of them marked.
pub(super) fn pieces(text: &str, terms: &[String]) -> Vec<Piece> {
    let is_found = |word: &str| search_terms(word).iter().any(|term| terms.contains(term));
    let found: Vec<_> = words(text).filter(|word| is_found(word.text)).map(|word| word.range).collect();
    let first = found.first().map_or(0, |range| range.start);
    let from = text[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let until = text[from..].char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| from + at);
    let (mut pieces, mut at) = (Vec::new(), from);
    let mut push = |text: &str, found: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: arabic::clean::without_heaps(text).into_owned(), found });
        }
    };
    if from > 0 {
        push("…", false);
    }
    for range in found.into_iter().filter(|range| range.end <= until) {
        push(&text[at..range.start], false);
        push(&text[range.clone()], true);
        at = range.end;
    }
    push(&text[at..until], false);
    if until < text.len() {
        push("…", false);
    }
    pieces
}
