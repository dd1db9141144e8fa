//! Every issue, the one that came in last first, and the form by which one is put in.

use super::form::{When, Wrong, issue, when};
use super::upload::{Upload, take};
use crate::aftermath;
use crate::app::App;
use crate::comments;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::issues::{IssueView, megabytes};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::extract::{Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::printed::NewIssue;
use newsroom::{IssueFileId, IssueId};
use serde::Deserialize;
use store::StoreError;
use store::issues::{Issue, IssueFile, Stands};

/// Issues on a page.
const AT_ONCE: u32 = 20;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    before: String,
}

/// An issue as the form sends it.
#[derive(Debug, Clone, Default)]
struct Typed {
    number: String,
    day: String,
    /// `now`, `later`, or `not-yet`.
    when: String,
    goes_at: String,
    /// A file that came with this form before, and waits for the rest of it.
    kept: Option<IssueFile>,
}

#[derive(Template)]
#[template(path = "issues_desk/list.html")]
struct ListPage {
    frame: Frame,
    shell: Shell,
    typed: Typed,
    /// How large the file that waits is, in words.
    kept_size: String,
    wrong: Wrong,
    lines: Vec<Line>,
    older: Option<String>,
}

/// An issue in the list.
struct Line {
    id: String,
    issue: IssueView,
    stands: String,
}

/// `GET /desk/issues`.
pub async fn list(editor: ManagingEditor, Query(query): Query<ListQuery>, State(app): State<App>) -> Answer {
    let typed = Typed { day: app.today().to_string(), when: "now".to_owned(), ..Typed::default() };
    page(&app, &editor, typed, Wrong::default(), IssueId::from_short(&query.before)).await
}

/// `POST /desk/issues`: leads to the issue, or back to the form with what was typed and the file that came.
pub async fn add(editor: ManagingEditor, State(app): State<App>, form: Multipart) -> Result<Response, PageError> {
    let mut upload = Upload::read(form).await?;
    let t = app.words();
    let [number, day, goes, goes_at] = ["number", "day", "when", "goes_at"].map(|name| upload.field(name));
    let mut typed = Typed { number, day, when: goes, goes_at, kept: None };
    let mut wrong = Wrong::default();
    let mut file = IssueFileId::from_short(&upload.field("kept"));
    if let Some(came) = upload.file.take() {
        match take(&app, editor.staff.id, came).await? {
            Ok(id) => file = Some(id),
            Err(why) => wrong.file = Some(t.s(why.key())),
        }
    }
    if let Some(file) = file {
        typed.kept = app.store.waiting_issue_file(file, editor.staff.id).await?;
    }
    if typed.kept.is_none() && wrong.file.is_none() {
        wrong.file = Some(t.s("issue.file.none"));
    }
    let (new, goes) = (issue(&app, &t, &typed.number, &typed.day), when(&app, &t, &typed.when, &typed.goes_at));
    if let (Ok(new), Ok(goes), Some(file), false) = (&new, &goes, &typed.kept, wrong.any()) {
        match keep(&app, &editor, new, file.id, *goes).await {
            Ok((id, done)) => return Ok(Redirect::to(&format!("/desk/issues/{id}?done={done}")).into_response()),
            Err(StoreError::Conflict(what)) if what == "issues_slug" => wrong = Wrong::taken(&t),
            Err(other) => return Err(other.into()),
        }
    }
    if let Err(found) = new {
        (wrong.number, wrong.day) = (found.number, found.day);
    }
    if let Err(found) = goes {
        wrong.time = found.time;
    }
    Ok(page(&app, &editor, typed, wrong, None).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Puts it in, and gives it to readers or to the clock; the word for what was done.
async fn keep(
    app: &App,
    editor: &ManagingEditor,
    new: &NewIssue,
    file: IssueFileId,
    goes: When,
) -> Result<(IssueId, &'static str), StoreError> {
    let (by, now) = (editor.staff.id, app.now());
    let (id, kept) = app.store.keep_issue(new, file, by, now).await?;
    aftermath::tell(app, &kept).await;
    let (happening, done) = match goes {
        When::NotYet => return Ok((id, "kept")),
        When::Now => (app.store.publish_issue((id, 1), by, now).await?, "published"),
        When::At(at) => (app.store.time_issue((id, 1), Some(at), by, now).await?, "timed"),
    };
    aftermath::tell(app, &happening).await;
    Ok((id, done))
}

async fn page(app: &App, editor: &ManagingEditor, typed: Typed, wrong: Wrong, before: Option<IssueId>) -> Answer {
    let mut found = app.store.issues(before, AT_ONCE + 1).await?;
    let more = found.len() > AT_ONCE as usize;
    found.truncate(AT_ONCE as usize);
    let older = found.last().filter(|_| more).map(|last| format!("/desk/issues?before={}", last.id));
    let (frame, shell) = Shell::of_managing_editor(app, editor, "issues").await?;
    let lines = found.iter().map(|issue| Line::new(app, &frame, issue)).collect();
    let size = |file: &IssueFile| megabytes(&frame.t, app.paper.writing.digits, file.bytes);
    let kept_size = typed.kept.as_ref().map(size).unwrap_or_default();
    Page::private(&ListPage { lines, kept_size, frame, shell, typed, wrong, older })
}

impl Line {
    fn new(app: &App, frame: &Frame, issue: &Issue) -> Self {
        Self { id: issue.id.short(), stands: stands(app, &frame.t, issue), issue: IssueView::new(frame, issue) }
    }
}

/// Who has an issue, in words.
pub(super) fn stands(app: &App, t: &Words, issue: &Issue) -> String {
    let at = |key: &str, time| t.with(key, 1, &[("time", &comments::when(t, &app.paper, time))]);
    match &issue.stands {
        Stands::Draft { goes_at: None } => t.s("issue.stands.draft"),
        Stands::Draft { goes_at: Some(goes_at) } => at("issue.stands.timed", *goes_at),
        Stands::Public { since } => at("issue.stands.public", *since),
        Stands::Withdrawn { at: time, by, .. } => {
            let time = comments::when(t, &app.paper, *time);
            t.with("issue.stands.withdrawn", 1, &[("name", by), ("time", &time)])
        }
    }
}
