//! One issue at the desk: as it is, and what can be done about it.

use super::form::Wrong;
use super::list::stands;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::issues::{IssueView, megabytes};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, Query, State};
use newsroom::IssueId;
use serde::Deserialize;
use store::issues::{Issue, IssueFile, PastFile, Stands};

/// Files that are named as those that were replaced.
const PAST: u32 = 10;
/// What can have been done a moment ago.
const DONE: [&str; 7] = ["kept", "published", "timed", "called-off", "corrected", "replaced", "withdrawn"];

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
}

/// What the page says beside the issue: what was typed in its forms and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) done: Option<&'static str>,
    /// The version that was seen by whoever typed what is shown again; none: as it is now.
    pub(super) read: Option<i64>,
    /// Number and day as typed; none: as they are.
    pub(super) facts: Option<(String, String)>,
    pub(super) goes_at: String,
    /// Why a file is replaced.
    pub(super) file_why: String,
    /// A file that came with this form before, and waits for the rest of it.
    pub(super) kept: Option<IssueFile>,
    /// Why the issue is withdrawn.
    pub(super) why: String,
    /// About number, day and time, and the reason of a withdrawal.
    pub(super) wrong: Wrong,
    /// About another file and its reason.
    pub(super) wrong_file: Wrong,
}

#[derive(Template)]
#[template(path = "issues_desk/one.html")]
struct OnePage {
    frame: Frame,
    shell: Shell,
    id: String,
    read: i64,
    issue: IssueView,
    stands: String,
    is_draft: bool,
    is_timed: bool,
    is_public: bool,
    /// What readers are told since it was withdrawn.
    withdrawn: Option<String>,
    /// Name of its file.
    file: String,
    drawn: bool,
    acts: bool,
    /// How large the file that waits is, in words.
    kept_size: String,
    number: String,
    day: String,
    said: Said,
    past: Vec<String>,
}

/// `GET /desk/issues/{id}`.
pub async fn show(
    editor: ManagingEditor,
    Path(id): Path<String>,
    Query(query): Query<DoneQuery>,
    State(app): State<App>,
) -> Answer {
    let issue = known(&app, &id).await?;
    let done = DONE.into_iter().find(|done| *done == query.done);
    page(&app, &editor, issue, Said { done, ..Said::default() }).await
}

/// An issue by its short id.
pub(super) async fn known(app: &App, id: &str) -> Result<Issue, PageError> {
    let id = IssueId::from_short(id).ok_or(PageError::NotFound)?;
    app.store.issue(id).await?.ok_or(PageError::NotFound)
}

/// The page, with what was typed in its forms.
pub(super) async fn page(app: &App, editor: &ManagingEditor, issue: Issue, said: Said) -> Answer {
    let past = app.store.past_issue_files(issue.id, PAST).await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "issues").await?;
    let past = past.iter().map(|file| replaced(app, &frame, file)).collect();
    let facts = || (issue.number.clone(), issue.day.to_string());
    let size = |file: &IssueFile| megabytes(&frame.t, app.paper.writing.digits, file.bytes);
    let kept_size = said.kept.as_ref().map(size).unwrap_or_default();
    let (number, day) = said.facts.clone().unwrap_or_else(facts);
    Page::private(&OnePage {
        id: issue.id.short(),
        read: said.read.unwrap_or(issue.version),
        stands: stands(app, &frame.t, &issue),
        is_draft: matches!(issue.stands, Stands::Draft { .. }),
        is_timed: matches!(issue.stands, Stands::Draft { goes_at: Some(_) }),
        is_public: matches!(issue.stands, Stands::Public { .. }),
        file: issue.file.name.clone(),
        drawn: issue.file.drawn,
        acts: issue.file.acts,
        issue: IssueView::new(&frame, &issue),
        withdrawn: match issue.stands {
            Stands::Withdrawn { why, .. } => Some(why),
            _ => None,
        },
        kept_size,
        number,
        day,
        said,
        past,
        frame,
        shell,
    })
}

/// A file in whose place another one stands, in words.
fn replaced(app: &App, frame: &Frame, file: &PastFile) -> String {
    let size = megabytes(&frame.t, app.paper.writing.digits, file.bytes);
    let time = when(&frame.t, &app.paper, file.replaced_at);
    let texts = [("file", &*file.name), ("size", &*size), ("name", &*file.by), ("time", &*time), ("why", &*file.why)];
    frame.t.with("issue.replaced-line", 1, &texts)
}

impl OnePage {
    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("issue.done.{done}"))
    }
}
