//! Every story, last touched first, with how many comments wait under it; and the search of them: by words, drafts too, by
//! state, section and colleague, or by an address that leads to the story. What is asked stands in the address.

use super::colleagues::Colleagues;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::editor::Linked;
use crate::error::PageError;
use crate::guard::Writer;
use crate::layout::{Frame, address};
use crate::page::Page;
use crate::words::Words;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::people::May;
use newsroom::{SectionId, StaffId, StoryId, Timestamp};
use serde::Deserialize;
use store::stories::{InState, Sees, Sought, SoughtLines, StoryLine};

const AT_ONCE: u32 = 40;

/// What is looked for, as the form sends it, and which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    words: String,
    state: String,
    section: String,
    person: String,
    before: String,
}

#[derive(Template)]
#[template(path = "newsroom_desk/list.html")]
struct List {
    frame: Frame,
    shell: Shell,
    query: ListQuery,
    choices: Choices,
    lines: Vec<Line>,
    next: Option<String>,
    /// How many were found, in words, where all of them stand here.
    count: Option<String>,
    /// Pictures in use whose rights end within days.
    ending: usize,
}

/// What can be chosen: each as it is sent, and in words.
struct Choices {
    states: Vec<(String, String)>,
    sections: Vec<(String, String)>,
    /// Nobody, for whoever sees their own stories alone.
    people: Colleagues,
}

struct Line {
    line: StoryLine,
    state: String,
    when: String,
    /// When the clock publishes it.
    goes_at: Option<String>,
    /// By when it is to be ready.
    due: Option<String>,
    late: bool,
}

/// The end of the key of its state in the locales.
fn state_key(line: &StoryLine, now: Timestamp) -> &str {
    if line.state == "draft" { line.work.state_key(now) } else { &line.state }
}

/// `GET /desk/stories`: the list, or on to the story whose address was typed.
pub async fn stories(
    writer: Writer,
    Query(query): Query<ListQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    if let Some(story) = Linked::at_address(&app, &writer, &query.words).await? {
        return Ok(Redirect::to(&format!("/desk/stories/{story}")).into_response());
    }
    let now = app.now();
    let found = if query.is_asked() { seek(&app, &writer, &query).await? } else { all(&app, &writer, &query).await? };
    let (frame, shell) = Shell::of_member(&app, &writer, "stories").await?;
    let choices = Choices::of(&app, &writer, &frame, &query.person).await?;
    let of = |line: StoryLine| Line {
        state: frame.t.s(&format!("state.story.{}", state_key(&line, now))),
        goes_at: line.work.goes_at.map(|at| when(&frame.t, &app.paper, at)),
        due: line.work.due_at.filter(|_| line.state == "draft").map(|at| when(&frame.t, &app.paper, at)),
        late: line.work.due_at.is_some_and(|due| line.state == "draft" && due < now),
        when: when(&frame.t, &app.paper, line.touched_at),
        line,
    };
    let next = found.next.map(|place| query.after(place));
    let is_all = query.is_asked() && next.is_none() && query.before.is_empty() && !found.lines.is_empty();
    let count = is_all.then(|| frame.t.n("desk.seek.found", found.lines.len()));
    let lines = found.lines.into_iter().map(of).collect();
    let ending = crate::pictures_desk::ending(&app).await?.len();
    let page = Page::private(&List { frame, shell, query, choices, lines, next, count, ending })?;
    Ok(page.into_response())
}

/// The list as it is, of what somebody sees.
async fn all(app: &App, writer: &Writer, query: &ListQuery) -> Result<SoughtLines, PageError> {
    let before = place(&query.before);
    let lines = match writer.staff.role.may(May::ReadStories) {
        true => app.store.story_lines(writer.sections(), before, AT_ONCE).await?,
        false => app.store.story_lines_in_hands(writer.staff.id, before, AT_ONCE).await?,
    };
    let last = lines.last().filter(|_| lines.len() >= AT_ONCE as usize);
    Ok(SoughtLines { next: last.map(|last| (last.touched_at, last.id)), lines })
}

/// What was looked for, of what somebody sees.
async fn seek(app: &App, writer: &Writer, query: &ListQuery) -> Result<SoughtLines, PageError> {
    let desk = writer.staff.role.may(May::ReadStories);
    let sections = if desk { writer.sections().map(<[_]>::to_vec) } else { Some(Vec::new()) };
    let sought = Sought {
        words: query.words.replace('\0', ""),
        state: InState::from_key(&query.state),
        section: SectionId::from_short(&query.section),
        person: StaffId::from_short(&query.person),
        sees: Sees { staff: writer.staff.id, sections },
        before: place(&query.before),
    };
    Ok(app.store.seek_stories(&sought, app.now(), AT_ONCE).await?)
}

impl Choices {
    async fn of(app: &App, writer: &Writer, frame: &Frame, person: &str) -> Result<Self, PageError> {
        let desk = writer.staff.role.may(May::ReadStories);
        let own = |section: &SectionId| !desk || writer.sections().is_none_or(|own| own.contains(section));
        let people = if desk { Colleagues::who_write(app).await? } else { Vec::new() };
        let state = |state: &InState| (state.key().to_owned(), frame.t.s(&format!("state.story.{}", state.key())));
        let sections = frame.sections.iter().filter(|section| own(&section.id));
        Ok(Self {
            states: InState::ALL.iter().map(state).collect(),
            sections: sections.map(|section| (section.id.short(), section.name.clone())).collect(),
            people: Colleagues::new(people, person),
        })
    }
}

impl ListQuery {
    fn fields(&self) -> [(&'static str, &str); 4] {
        [("words", &self.words), ("state", &self.state), ("section", &self.section), ("person", &self.person)]
    }

    fn is_asked(&self) -> bool {
        self.fields().iter().any(|(_, value)| !value.trim().is_empty())
    }

    /// More than words: what is folded away says so by being open.
    fn is_narrowed(&self) -> bool {
        self.fields()[1..].iter().any(|(_, value)| !value.is_empty())
    }

    /// The address of the next page.
    fn after(&self, (at, story): (Timestamp, StoryId)) -> String {
        let said = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let said = said.map(|(name, value)| format!("{name}={}&", address::encoded(value))).collect::<String>();
        format!("/desk/stories?{said}before={}.{story}", at.as_millisecond())
    }
}

impl List {
    /// What was looked for: what it is, and as it was said.
    fn said(&self) -> Vec<(String, String)> {
        let (t, query): (&Words, _) = (&self.frame.t, &self.query);
        let chosen = |from: &[(String, String)], word: &str| {
            from.iter().find(|(key, _)| key == word).map_or_else(|| word.to_owned(), |(_, words)| words.clone())
        };
        let person = self.choices.people.chosen().map_or_else(|| query.person.clone(), |one| one.name.clone());
        let said = [
            ("words", query.words.clone()),
            ("state", chosen(&self.choices.states, &query.state)),
            ("section", chosen(&self.choices.sections, &query.section)),
            ("person", person),
        ];
        let said = said.into_iter().filter(|(_, words)| !words.trim().is_empty());
        said.map(|(name, words)| (t.s(&format!("desk.seek.{name}")), words)).collect()
    }
}

fn place(text: &str) -> Option<(Timestamp, StoryId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, StoryId::from_short(id)?))
}
