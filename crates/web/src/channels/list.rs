//! The desk's page of everybody who is told what the paper publishes: channels, hubs and search machines, browsers.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::desk_notices::undelivered_words;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use newsroom::FollowersId;
use newsroom::followers::{
    ChannelKind, ChannelProblem, ChannelWish, Event, FollowersPart, INDEXNOW, IndexNowKey, MachineProblem,
    MachineSettings, PushSettings,
};
use newsroom::section::Section;
use serde::Deserialize;
use store::channels::KeptChannel;

/// What was done before this page was led to.
const DONE: [&str; 4] = ["added", "removed", "machines", "push"];

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    done: String,
}

/// A channel as it was typed. Its token is not kept for the page.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub kind: ChannelKind,
    pub name: String,
    pub address: String,
    pub wish: ChannelWish,
}

/// What a form brought to the page.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub done: Option<&'static str>,
    pub overtaken: bool,
    /// The key of a program, shown once.
    pub secret: Option<String>,
    pub typed: Option<Typed>,
    pub wrong: Option<ChannelProblem>,
    /// Hub and search machines as they were typed, and what is wrong with them.
    pub machines: Option<(String, String, Vec<MachineProblem>)>,
}

#[derive(Template)]
#[template(path = "channels/list.html")]
struct ListPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    channels: Vec<ChannelView>,
    forms: [AddForm; 2],
    machines: MachinesView,
    push: PushDeskView,
}

/// A channel in words.
pub(super) struct ChannelView {
    pub id: String,
    pub name: String,
    pub kind: String,
    /// A chat, or the host alone: the rest of an address may be a secret.
    pub leads_to: String,
    /// Since when it is stopped, or nothing arrives, and why.
    pub problem: Option<String>,
}

/// A form by which a channel of a kind is added.
struct AddForm {
    kind: ChannelKind,
    name: String,
    address: String,
    wish: WishForm,
    /// The field in which something is wrong, and what.
    wrong: Option<(&'static str, String)>,
}

/// What a channel may be told, ticked or not.
pub(super) struct WishForm {
    /// Key, words, ticked.
    pub events: Vec<(&'static str, String, bool)>,
    /// Short id, name, ticked.
    pub sections: Vec<(String, String, bool)>,
}

struct MachinesView {
    seen: String,
    hub: String,
    indexnow: String,
    usual: &'static str,
    /// The address of the key's file, while it is on.
    key_file: Option<String>,
    wrong: Vec<MachineProblem>,
}

struct PushDeskView {
    seen: String,
    on: bool,
    browsers: i64,
    /// The last messages: when, how many were sent, gone, failed.
    lately: Vec<(String, i64, i64, i64)>,
}

/// `GET /desk/channels`.
pub async fn show(editor: ManagingEditor, Query(query): Query<ListQuery>, State(app): State<App>) -> Answer {
    let done = DONE.into_iter().find(|done| *done == query.done);
    page(&app, &editor, Said { done, ..Said::default() }).await
}

pub(super) async fn page(app: &App, editor: &ManagingEditor, said: Said) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "channels").await?;
    let channels = app.store.channels().await?.iter().map(|one| ChannelView::new(&frame, one)).collect();
    let forms = [ChannelKind::Telegram, ChannelKind::Hook].map(|kind| AddForm::new(&frame, kind, &said));
    let (machines, push) = (machines(app, &said).await?, push(app, &frame).await?);
    Page::private(&ListPage { frame, shell, said, channels, forms, machines, push })
}

async fn machines(app: &App, said: &Said) -> Result<MachinesView, PageError> {
    let kept = app.store.follower_settings::<MachineSettings>(FollowersPart::Machines).await?;
    let key = kept.settings.indexnow().map(|(_, key)| IndexNowKey(key.to_owned()).path());
    let (hub, indexnow, wrong) =
        said.machines.clone().unwrap_or((kept.settings.hub.clone(), kept.settings.indexnow.clone(), Vec::new()));
    Ok(MachinesView {
        seen: kept.id.map(FollowersId::short).unwrap_or_default(),
        hub,
        indexnow,
        usual: INDEXNOW,
        key_file: key.map(|path| address::whole(&app.paper, &path)),
        wrong,
    })
}

async fn push(app: &App, frame: &Frame) -> Result<PushDeskView, PageError> {
    let kept = app.store.follower_settings::<PushSettings>(FollowersPart::Push).await?;
    let lately = app.store.push_messages(5).await?.into_iter().map(|message| {
        let (sent, gone, failed) = message.counts;
        (when(&frame.t, frame.paper(), message.at), sent, gone, failed)
    });
    Ok(PushDeskView {
        seen: kept.id.map(FollowersId::short).unwrap_or_default(),
        on: kept.settings.on,
        browsers: app.store.count_push().await?,
        lately: lately.collect(),
    })
}

impl ChannelView {
    pub fn new(frame: &Frame, kept: &KeptChannel) -> Self {
        let (t, channel) = (&frame.t, &kept.channel);
        let time = |at| when(t, frame.paper(), at);
        let problem = match (kept.stopped_at, kept.failed_since) {
            (Some(at), _) if kept.by_hand => Some(t.with("channel.stopped", 1, &[("time", &time(at))])),
            (Some(at), _) => {
                let why = undelivered_words(t, &kept.why);
                Some(t.with("channel.switched-off", 1, &[("time", &time(at)), ("why", &why)]))
            }
            (None, Some(since)) => {
                let why = undelivered_words(t, &kept.why);
                Some(t.with("notice.failed-since", 1, &[("time", &time(since)), ("why", &why)]))
            }
            (None, None) => None,
        };
        let leads_to = match channel.kind {
            ChannelKind::Telegram => channel.address.clone(),
            ChannelKind::Hook => {
                let rest = channel.address.strip_prefix("https://").unwrap_or(&channel.address);
                rest.split(['/', '?']).next().unwrap_or_default().to_owned()
            }
        };
        let kind = t.s(&format!("channel.kind.{}", channel.kind.key()));
        Self { id: channel.id.short(), name: channel.name.clone(), kind, leads_to, problem }
    }
}

impl WishForm {
    pub fn new(frame: &Frame, kind: ChannelKind, wish: &ChannelWish) -> Self {
        let event = |event: &Event| {
            (event.key(), frame.t.s(&format!("channel.event.{}", event.key())), wish.events.contains(event))
        };
        let section = |one: &Section| (one.id.short(), one.name.clone(), wish.sections.contains(&one.id));
        Self {
            events: kind.events().iter().map(event).collect(),
            sections: frame.sections.iter().map(section).collect(),
        }
    }
}

impl AddForm {
    fn new(frame: &Frame, kind: ChannelKind, said: &Said) -> Self {
        let typed = said.typed.as_ref().filter(|typed| typed.kind == kind);
        let usual = ChannelWish { events: [Event::Published].into(), sections: Vec::new() };
        let wrong = said.wrong.filter(|_| typed.is_some());
        Self {
            kind,
            name: typed.map(|typed| typed.name.clone()).unwrap_or_default(),
            address: typed.map(|typed| typed.address.clone()).unwrap_or_default(),
            wish: WishForm::new(frame, kind, typed.map_or(&usual, |typed| &typed.wish)),
            wrong: wrong.map(|one| (one.field(), frame.t.s(&format!("channel.problem.{}", one.key())))),
        }
    }

    fn key(&self) -> &'static str {
        self.kind.key()
    }

    fn wrong_at(&self, field: &str) -> Option<&str> {
        self.wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, words)| words.as_str())
    }
}

impl ListPage {
    fn words(&self, form: &AddForm, end: &str) -> String {
        self.frame.t.s(&format!("channel.{}.{end}", form.key()))
    }

    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("channel.done.{done}"))
    }

    fn wrong_machine(&self, field: &str) -> Option<String> {
        let wrong = self.machines.wrong.iter().find(|wrong| wrong.field == field)?;
        Some(self.frame.t.s(&format!("channel.problem.address.{}", wrong.problem.key())))
    }

    fn counts(&self, sent: &i64, gone: &i64, failed: &i64) -> String {
        let t = &self.frame.t;
        let words = [("sent", &*t.number(*sent)), ("gone", &*t.number(*gone)), ("failed", &*t.number(*failed))];
        t.with("push.desk.counts", 1, &words)
    }
}
