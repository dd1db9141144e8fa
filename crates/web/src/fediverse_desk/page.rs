//! The page.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::desk_notices::undelivered_words;
use crate::error::PageError;
use crate::fediverse::handles;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::followers::{FediverseSettings, FollowersPart};
use newsroom::{FollowersId, Timestamp};
use serde::Deserialize;

/// What was done before this page was led to.
const DONE: [&str; 4] = ["on", "off", "blocked", "unblocked"];

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
}

/// What a form brought to the page.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub done: Option<&'static str>,
    /// The key of what is wrong.
    pub wrong: Option<&'static str>,
    /// A block as it was typed.
    pub host: String,
    pub why: String,
}

#[derive(Template)]
#[template(path = "fediverse_desk/page.html")]
struct FediversePage {
    frame: Frame,
    shell: Shell,
    said: Said,
    on: bool,
    seen: String,
    /// Handle, name, and how many follow.
    handles: Vec<(String, String, i64)>,
    /// Host, since when and why, and how many are told there.
    failing: Vec<(String, String, i64)>,
    blocks: Vec<BlockLine>,
    /// When, what and with which server.
    log: Vec<(String, String, String)>,
}

struct BlockLine {
    host: String,
    why: String,
    by: String,
    since: String,
}

/// `GET /desk/fediverse`.
pub async fn show(editor: ManagingEditor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let done = DONE.into_iter().find(|done| *done == query.done);
    page(&app, &editor, Said { done, ..Said::default() }).await
}

pub(super) async fn page(app: &App, editor: &ManagingEditor, said: Said) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "fediverse").await?;
    let kept = app.store.follower_settings::<FediverseSettings>(FollowersPart::Fediverse).await?;
    let time = |at: Timestamp| when(&frame.t, frame.paper(), at);
    let failing = app.store.failing_far_inboxes().await?.into_iter().map(|one| {
        let (since, why) = (time(one.since), undelivered_words(&frame.t, &one.why));
        let words = frame.t.with("notice.failed-since", 1, &[("time", &since), ("why", &why)]);
        (one.host, words, one.followers)
    });
    let failing = failing.collect();
    let blocks = app.store.far_blocks().await?.into_iter().map(|block| {
        let since = time(block.at);
        BlockLine { host: block.host, why: block.why, by: block.by, since }
    });
    let blocks = blocks.collect();
    let log = app
        .store
        .fediverse_log()
        .await?
        .into_iter()
        .map(|line| (time(line.at), frame.t.s(&format!("fediverse.log.{}", line.what)), line.host));
    let log = log.collect();
    Page::private(&FediversePage {
        on: kept.settings.on,
        seen: kept.id.map(FollowersId::short).unwrap_or_default(),
        handles: followed(app, &frame).await?,
        failing,
        blocks,
        log,
        frame,
        shell,
        said,
    })
}

async fn followed(app: &App, frame: &Frame) -> Result<Vec<(String, String, i64)>, PageError> {
    let mut all = Vec::new();
    for (followed, handle, name) in handles(&app.to_readers().paper, &frame.sections) {
        all.push((handle, name, app.store.count_far_followers(followed).await?));
    }
    Ok(all)
}

impl FediversePage {
    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("fediverse.done.{done}"))
    }

    fn followers(&self, many: &i64) -> String {
        self.frame.t.n("fediverse.followers", u64::try_from(*many).unwrap_or_default())
    }
}
