//! The versions of the rules: who switched which on, when, why, what it changed; and the way back to one.

use super::changes::{Line, changes};
use super::shown::About;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, Query, State};
use newsroom::RulebookId;
use serde::Deserialize;
use store::rulebooks::{RulebookLine, RulebookVersion};

/// Versions on a page.
const AT_ONCE: u32 = 50;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VersionsQuery {
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "rulebook/versions.html")]
struct VersionsPage {
    frame: Frame,
    shell: Shell,
    about: About,
    lines: Vec<(RulebookLine, String)>,
    next: Option<RulebookId>,
}

#[derive(Template)]
#[template(path = "rulebook/version.html")]
struct VersionPage {
    frame: Frame,
    shell: Shell,
    about: About,
    version: RulebookVersion,
    when: String,
    changes: Vec<Line>,
    holds: bool,
}

/// `GET /desk/rules/versions`.
pub async fn versions(editor: Editor, Query(query): Query<VersionsQuery>, State(app): State<App>) -> Answer {
    let before = query.before.as_deref().and_then(RulebookId::from_short);
    let lines = app.store.rulebooks(before, AT_ONCE).await?;
    let (frame, shell) = Shell::of_editor(&app, &editor, "rules").await?;
    let about = About::new(&app, &frame, app.store.rulebook().await?.as_ref());
    let next = lines.last().filter(|_| lines.len() >= AT_ONCE as usize).map(|line| line.id);
    let timed = |line: RulebookLine| {
        let at = when(&frame.t, &app.paper, line.at);
        (line, at)
    };
    let lines = lines.into_iter().map(timed).collect();
    Page::private(&VersionsPage { frame, shell, about, lines, next })
}

/// `GET /desk/rules/versions/{id}`.
pub async fn version(editor: Editor, Path(id): Path<String>, State(app): State<App>) -> Answer {
    let id = RulebookId::from_short(&id).ok_or(PageError::NotFound)?;
    let version = app.store.rulebook_version(id).await?;
    let earlier = match app.store.rulebooks(Some(id), 1).await?.first() {
        Some(line) => app.store.rulebook_version(line.id).await?.text,
        None => String::new(),
    };
    let (frame, shell) = Shell::of_editor(&app, &editor, "rules").await?;
    let about = About::new(&app, &frame, app.store.rulebook().await?.as_ref());
    let holds = about.version == id.short();
    let page = VersionPage {
        when: when(&frame.t, &app.paper, version.line.at),
        changes: changes(&earlier, &version.text),
        frame,
        shell,
        about,
        version,
        holds,
    };
    Page::private(&page)
}
