//! One channel: what it is told, what it was told and what became of that, and its end.

use super::add::wish;
use super::list::{ChannelView, WishForm};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::desk_notices::undelivered_words;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use newsroom::{ChannelDeliveryId, ChannelId};
use serde::Deserialize;
use store::StoreError;
use store::channels::{ChannelDelivery, Fate};

/// Deliveries of a page.
const LATELY: u32 = 30;
const DONE: [&str; 5] = ["kept", "stopped", "resumed", "again", "waits"];

/// Where in its log one is, and what was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OneQuery {
    done: String,
    before: String,
}

#[derive(Template)]
#[template(path = "channels/one.html")]
struct OnePage {
    frame: Frame,
    shell: Shell,
    view: ChannelView,
    stopped: bool,
    wish: WishForm,
    done: Option<&'static str>,
    lately: Vec<DeliveryView>,
    /// Earlier ones begin before this one.
    before: Option<String>,
}

struct DeliveryView {
    id: String,
    what: String,
    about: Option<String>,
    at: String,
    fate: String,
    /// It does not wait, and can be told again.
    ended: bool,
}

/// `GET /desk/channels/{channel}`.
pub async fn show(
    editor: ManagingEditor,
    Path(channel): Path<String>,
    Query(query): Query<OneQuery>,
    State(app): State<App>,
) -> Answer {
    let kept = app.store.channel(read(&channel)?).await?;
    let (frame, shell) = Shell::of_managing_editor(&app, &editor, "channels").await?;
    let before = ChannelDeliveryId::from_short(&query.before);
    let lately = app.store.channel_deliveries(kept.channel.id, before, LATELY).await?;
    let more = lately.last().filter(|_| lately.len() == LATELY as usize).map(|last| last.id.short());
    Page::private(&OnePage {
        view: ChannelView::new(&frame, &kept),
        stopped: kept.stopped_at.is_some(),
        wish: WishForm::new(&frame, kept.channel.kind, &kept.channel.wish),
        done: DONE.into_iter().find(|done| *done == query.done),
        lately: lately.iter().map(|one| DeliveryView::new(&frame, one)).collect(),
        before: more,
        frame,
        shell,
    })
}

/// `POST /desk/channels/{channel}`: what it is told from now on.
pub async fn keep_wish(
    editor: ManagingEditor,
    Path(channel): Path<String>,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect, PageError> {
    let kept = app.store.channel(read(&channel)?).await?;
    let wish = wish(&app, kept.channel.kind, &pairs).await?;
    let happening = app.store.keep_channel_wish(kept.channel.id, &wish, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(led_back(&channel, "kept"))
}

/// `POST /desk/channels/{channel}/stop`.
pub async fn stop(
    editor: ManagingEditor,
    Path(channel): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let happening = app.store.stop_channel(read(&channel)?, true, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(led_back(&channel, "stopped"))
}

/// `POST /desk/channels/{channel}/resumption`.
pub async fn resume(
    editor: ManagingEditor,
    Path(channel): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let happening = app.store.stop_channel(read(&channel)?, false, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(led_back(&channel, "resumed"))
}

/// `POST /desk/channels/{channel}/removal`. A second time is no error.
pub async fn remove(
    editor: ManagingEditor,
    Path(channel): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    match app.store.remove_channel(read(&channel)?, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to("/desk/channels?done=removed"))
}

/// `POST /desk/channels/{channel}/deliveries/{delivery}/again`.
pub async fn again(
    _: ManagingEditor,
    Path((channel, delivery)): Path<(String, String)>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let delivery = ChannelDeliveryId::from_short(&delivery).ok_or(PageError::NotFound)?;
    let again = app.store.deliver_again(read(&channel)?, delivery, app.now()).await?;
    Ok(led_back(&channel, if again { "again" } else { "waits" }))
}

fn read(channel: &str) -> Result<ChannelId, PageError> {
    ChannelId::from_short(channel).ok_or(PageError::NotFound)
}

fn led_back(channel: &str, done: &str) -> Redirect {
    Redirect::to(&format!("/desk/channels/{channel}?done={done}"))
}

impl DeliveryView {
    fn new(frame: &Frame, delivery: &ChannelDelivery) -> Self {
        let (t, time) = (&frame.t, |at| when(&frame.t, frame.paper(), at));
        let why = || undelivered_words(t, &delivery.why);
        let fate = match delivery.fate {
            Fate::Sent(at) => t.with("channel.fate.sent", 1, &[("time", &time(at))]),
            Fate::Dropped(_) => t.s("channel.fate.dropped"),
            Fate::GivenUp(_) => t.with("channel.fate.given-up", 1, &[("why", &why())]),
            Fate::Waiting if delivery.why.is_empty() => t.s("channel.fate.waiting"),
            Fate::Waiting => t.with("channel.fate.trying", 1, &[("why", &why())]),
        };
        Self {
            id: delivery.id.short(),
            what: t.s(&format!("channel.event.{}", delivery.event.key())),
            about: delivery.about.story.filter(|_| delivery.event.is_of_story()).map(|story| story.short()),
            at: time(delivery.at),
            fate,
            ended: delivery.fate != Fate::Waiting,
        }
    }
}

impl OnePage {
    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("channel.done.{done}"))
    }
}
