//! Every story, last touched first, with how many comments wait under it.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::guard::Writer;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::people::May;
use newsroom::{StoryId, Timestamp};
use serde::Deserialize;
use store::stories::StoryLine;

const AT_ONCE: u32 = 40;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "newsroom_desk/list.html")]
struct List {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    next: Option<String>,
    /// Pictures in use whose rights end within days.
    ending: usize,
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

/// `GET /desk/stories`.
pub async fn stories(writer: Writer, Query(query): Query<ListQuery>, State(app): State<App>) -> Answer {
    let (before, now) = (query.before.as_deref().and_then(place), app.now());
    let lines = match writer.staff.role.may(May::ReadStories) {
        true => app.store.story_lines(writer.sections(), before, AT_ONCE).await?,
        false => app.store.story_lines_in_hands(writer.staff.id, before, AT_ONCE).await?,
    };
    let (frame, shell) = Shell::of_member(&app, &writer, "stories").await?;
    let next = lines.last().filter(|_| lines.len() >= AT_ONCE as usize);
    let next = next.map(|last| format!("?before={}.{}", last.touched_at.as_millisecond(), last.id));
    let of = |line: StoryLine| Line {
        state: frame.t.s(&format!("state.story.{}", state_key(&line, now))),
        goes_at: line.work.goes_at.map(|at| when(&frame.t, &app.paper, at)),
        due: line.work.due_at.filter(|_| line.state == "draft").map(|at| when(&frame.t, &app.paper, at)),
        late: line.work.due_at.is_some_and(|due| line.state == "draft" && due < now),
        when: when(&frame.t, &app.paper, line.touched_at),
        line,
    };
    let lines = lines.into_iter().map(of).collect();
    let ending = crate::pictures_desk::ending(&app).await?.len();
    Page::private(&List { frame, shell, lines, next, ending })
}

fn place(text: &str) -> Option<(Timestamp, StoryId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, StoryId::from_short(id)?))
}
