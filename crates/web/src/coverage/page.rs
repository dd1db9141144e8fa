//! What the desk's page of a story's live coverage shows.

use super::form::EntryForm;
use crate::app::App;
use crate::comments::when;
use crate::desk::{Shell, excerpt};
use crate::guard::Member;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use newsroom::live::{EntryProblem, Hours, MOST_CLUSTERS};
use newsroom::story::Story;
use newsroom::{LiveEntryId, StoryId};
use store::live::{Coverage, DeskEntry};
use store::stories::OnDesk;

/// Updates of one page.
const AT_ONCE: u32 = 20;

#[derive(Template)]
#[template(path = "coverage/desk.html")]
struct CoverageDesk {
    frame: Frame,
    shell: Shell,
    id: StoryId,
    headline: String,
    /// Where readers find the story, once they do.
    public: Option<String>,
    done: Option<&'static str>,
    refused: Option<&'static str>,
    stands: Option<Stands>,
    wrong_hours: Option<&'static str>,
    form: EntryForm,
    problems: Vec<EntryProblem>,
    entries: Vec<Line>,
    older: Option<String>,
}

/// The coverage as it is.
struct Stands {
    open: bool,
    words: String,
    /// Its end in milliseconds.
    seen: i64,
}

/// An update in the list.
struct Line {
    id: String,
    headline: String,
    excerpt: String,
    important: bool,
    facts: String,
}

/// What the page was asked for.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) done: Option<&'static str>,
    pub(super) before: Option<LiveEntryId>,
    pub(super) refused: Option<&'static str>,
    pub(super) wrong_hours: Option<&'static str>,
    pub(super) form: EntryForm,
    pub(super) problems: Vec<EntryProblem>,
}

/// The page.
pub(super) async fn page(app: &App, member: &Member, story: &OnDesk, asked: Asked) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "stories").await?;
    let id = story.story.id();
    let mut entries = app.store.live_entries_of_desk(id, asked.before, AT_ONCE + 1).await?;
    let more = entries.len() > AT_ONCE as usize;
    entries.truncate(AT_ONCE as usize);
    let stands = app.store.coverage_of(id).await?.map(|coverage| Stands::new(app, &frame, &coverage));
    Page::private(&CoverageDesk {
        id,
        headline: story.text.headline.clone(),
        public: match &story.story {
            Story::Published(published) => Some(address::story(&published.slug)),
            Story::Draft(_) | Story::Withdrawn(_) => None,
        },
        done: asked.done,
        refused: asked.refused,
        stands,
        wrong_hours: asked.wrong_hours,
        form: asked.form,
        problems: asked.problems,
        older: entries.last().filter(|_| more).map(|entry| entry.id.short()),
        entries: entries.into_iter().map(|entry| Line::new(app, &frame, entry)).collect(),
        frame,
        shell,
    })
}

impl Stands {
    fn new(app: &App, frame: &Frame, coverage: &Coverage) -> Self {
        let end = when(&frame.t, &app.paper, coverage.end());
        let open = coverage.is_open(frame.now);
        let words = match (&coverage.ended_by, open) {
            (_, true) => frame.t.with("coverage.open-until", 1, &[("name", &coverage.by), ("time", &end)]),
            (Some(name), false) => frame.t.with("coverage.ended-by", 1, &[("name", name), ("time", &end)]),
            (None, false) => frame.t.with("coverage.ended-by-itself", 1, &[("time", &end)]),
        };
        Self { open, words, seen: coverage.until.as_millisecond() }
    }
}

impl Line {
    fn new(app: &App, frame: &Frame, entry: DeskEntry) -> Self {
        let facts = facts(app, frame, &entry);
        let DeskEntry { id, headline, text, important, .. } = entry;
        Self { id: id.short(), headline, excerpt: excerpt(&text), important, facts }
    }
}

/// Who wrote an update and when, and what became of it.
pub(super) fn facts(app: &App, frame: &Frame, entry: &DeskEntry) -> String {
    let at = |at| when(&frame.t, &app.paper, at);
    let mut facts = vec![frame.t.with("coverage.written-by", 1, &[("name", &entry.by), ("time", &at(entry.at))])];
    if let Some((time, name)) = &entry.edited {
        facts.push(frame.t.with("coverage.edited-by", 1, &[("name", name), ("time", &at(*time))]));
    }
    if let Some(gone) = &entry.removed {
        facts.push(frame.t.with("coverage.removed-by", 1, &[("name", &gone.by), ("time", &at(gone.at))]));
    }
    facts.join(" · ")
}

/// What is wrong with the headline, or with the text.
pub(super) fn wrong(frame: &Frame, problems: &[EntryProblem], of_headline: bool) -> Option<String> {
    let problem = problems.iter().find(|problem| problem.is_of_headline() == of_headline)?;
    Some(frame.t.n(&format!("coverage.problem.{}", problem.key()), problem.over()))
}

impl CoverageDesk {
    fn is_open(&self) -> bool {
        self.stands.as_ref().is_some_and(|stands| stands.open)
    }

    fn hours(&self) -> Vec<Hours> {
        Hours::all().collect()
    }

    fn wrong(&self, of_headline: bool) -> Option<String> {
        wrong(&self.frame, &self.problems, of_headline)
    }

    fn text_hint(&self) -> String {
        self.frame.t.n("coverage.text-hint", MOST_CLUSTERS)
    }

    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("coverage.done.{done}"))
    }

    fn refused_words(&self, refused: &str) -> String {
        self.frame.t.s(&format!("coverage.refused.{refused}"))
    }

    fn problem_words(&self, key: &str) -> String {
        self.frame.t.s(&format!("coverage.problem.{key}"))
    }
}
