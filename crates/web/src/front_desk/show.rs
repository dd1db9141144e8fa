//! The draft, and everything that can be done with it.

use super::prepared::{Again, Prepared};
use super::view::{self, RowView, SlotView};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::guard::{Editor, Member};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::front::RowKind;
use serde::Deserialize;
use store::front::Launch;

/// Launches that are named here; the others stand on a page of their own.
const LATELY: u32 = 5;
/// Pages that wait for their minute, at most.
pub(super) const WAITING: u32 = 20;
/// What may have been done a moment ago.
const DONE: [&str; 7] = ["launched", "timed", "called-off", "dropped", "copied", "undone", "redone"];

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
    /// The launch that it was, in short.
    launch: String,
}

/// What is said at the head of the page.
pub(super) enum Notice {
    Nothing,
    /// The key of what was done, and the launch that it was.
    Done(String, String),
    /// The key of what is wrong.
    Problem(&'static str),
    /// Somebody else saved; the form as it was sent.
    Overtaken(Again),
    /// Readers have another page than was seen, or than the draft began from; the form as it was sent, while there is
    /// something to launch.
    Relaunched(Option<Again>),
    /// Changes would be lost: the keys of the question and of yes, and the form that says it.
    Sure(&'static str, &'static str, Again),
    /// A minute that cannot be: the key of why, and what was typed.
    NoTime(&'static str, String),
}

#[derive(Template)]
#[template(path = "front_desk/page.html")]
struct FrontDesk {
    frame: Frame,
    shell: Shell,
    rows: Vec<RowView>,
    /// Keys and names of rows that can be added.
    addable: Vec<(String, String)>,
    /// The version of the draft.
    read: i64,
    /// The launch that readers have, in short; empty: none.
    seen: String,
    /// Who saved the draft last, and when.
    saved: Option<(String, String)>,
    may_launch: bool,
    /// There are steps on the draft that can be taken back, and some that were.
    may_go_back: bool,
    may_go_on: bool,
    notice: Notice,
    /// The launch that readers had before this one.
    before: Option<LaunchView>,
    launched: Vec<LaunchView>,
    waiting: Vec<LaunchView>,
}

/// A launch in words.
#[derive(Clone)]
pub(super) struct LaunchView {
    pub(super) id: String,
    pub(super) by: String,
    /// Since when readers have it, or from when.
    pub(super) when: String,
    pub(super) is_in_force: bool,
}

/// `GET /desk/front`.
pub async fn show(editor: Editor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let notice = match DONE.contains(&query.done.as_str()) {
        true => Notice::Done(query.done, query.launch),
        false => Notice::Nothing,
    };
    page(&app, &editor, notice).await
}

/// The page with something said at its head.
pub(super) async fn page(app: &App, editor: &Member, notice: Notice) -> Answer {
    let Prepared { layout, draft } = Prepared::now(app).await?;
    let shown = app.store.front_page_by(&layout, app.now()).await?;
    let (frame, shell) = Shell::of_member(app, editor, "front").await?;
    let launched = app.store.front_launches(None, LATELY).await?;
    let waiting = app.store.fronts_waiting(None, WAITING).await?;
    let in_force = launched.first().map(|launch| launch.id);
    let views = |all: Vec<Launch>| -> Vec<LaunchView> {
        all.into_iter().map(|one| LaunchView::new(app, &frame, in_force == Some(one.id), one)).collect()
    };
    let (launched, waiting) = (views(launched), views(waiting));
    let seen = in_force.map(|launch| launch.short()).unwrap_or_default();
    // What somebody else launched since is not taken back in passing.
    let undoes = matches!(&notice, Notice::Done(done, launch) if done == "launched" && *launch == seen);
    let page = FrontDesk {
        rows: view::rows(&frame, shown),
        addable: addable(&frame, |kind| layout.row(kind).is_none()),
        read: draft.version,
        seen,
        may_go_back: draft.may_go_back,
        may_go_on: draft.may_go_on,
        saved: draft.saved.map(|(_, name, at)| (name, when(&frame.t, &app.paper, at))),
        may_launch: editor.sections().is_none(),
        before: launched.get(1).filter(|_| undoes).cloned(),
        notice,
        launched,
        waiting,
        frame,
        shell,
    };
    Page::private(&page)
}

/// Rows that are not there yet.
fn addable(frame: &Frame, is_free: impl Fn(RowKind) -> bool) -> Vec<(String, String)> {
    let plain =
        [RowKind::Secondary, RowKind::OpinionPieces, RowKind::Pictures, RowKind::MostRead, RowKind::MostDiscussed];
    let ids = frame.sections.iter().map(|section| section.id);
    let kinds = plain.into_iter().chain(ids.flat_map(|id| [RowKind::Section(id), RowKind::Opinion(id)]));
    kinds.filter(|kind| is_free(*kind)).map(|kind| (kind.key(), view::title(frame, kind))).collect()
}

impl LaunchView {
    pub(super) fn new(app: &App, frame: &Frame, is_in_force: bool, launch: Launch) -> Self {
        let at = launch.launched_at.or(launch.goes_at).unwrap_or(launch.made_at);
        let by = if launch.by.is_some() { launch.by_name } else { frame.t.s("staff.log.program") };
        Self { id: launch.id.short(), by, when: when(&frame.t, &app.paper, at), is_in_force }
    }
}

impl FrontDesk {
    fn who_and_when(&self, key: &str, name: &str, time: &str) -> String {
        self.frame.t.with(key, 1, &[("name", name), ("time", time)])
    }

    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("front-desk.done.{done}"))
    }

    fn typed_time(&self) -> &str {
        if let Notice::NoTime(_, typed) = &self.notice { typed } else { "" }
    }
}
