//! Every story, last touched first, with how many comments wait under it.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::guard::SubEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
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
}

struct Line {
    line: StoryLine,
    state: String,
    when: String,
}

/// `GET /desk/stories`.
pub async fn stories(sub_editor: SubEditor, Query(query): Query<ListQuery>, State(app): State<App>) -> Answer {
    let lines = app.store.story_lines(sub_editor.sections(), query.before.as_deref().and_then(place), AT_ONCE).await?;
    let (frame, shell) = Shell::of_sub_editor(&app, &sub_editor, "stories").await?;
    let next = lines.last().filter(|_| lines.len() >= AT_ONCE as usize);
    let next = next.map(|last| format!("?before={}.{}", last.touched_at.as_millisecond(), last.id));
    let of = |line: StoryLine| Line {
        state: frame.t.s(&format!("state.story.{}", line.state)),
        when: when(&frame.t, &app.paper, line.touched_at),
        line,
    };
    let lines = lines.into_iter().map(of).collect();
    Page::private(&List { frame, shell, lines, next })
}

fn place(text: &str) -> Option<(Timestamp, StoryId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, StoryId::from_short(id)?))
}
