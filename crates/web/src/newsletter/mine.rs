//! What a reader of the newsletter wants, by the address in their letters: whoever has it needs no account.

use super::key::{Purpose, key, read};
use super::wish::{self, WishView};
use crate::app::App;
use crate::error::PageError;
use crate::guard::Pace;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use serde::Deserialize;
use store::newsletter::Subscriber;

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MineQuery {
    done: String,
}

#[derive(Template)]
#[template(path = "newsletter/mine.html")]
struct MinePage {
    frame: Frame,
    key: String,
    leave: String,
    email: String,
    wish: WishView,
    /// The key of what was done.
    done: Option<&'static str>,
    left: bool,
    stopped: bool,
}

/// `GET /newsletter/mine/{mine}`.
pub async fn show(Path(key): Path<String>, Query(query): Query<MineQuery>, State(app): State<App>) -> Answer {
    let subscriber = whose(&app, &key).await?;
    let done = ["confirmed", "kept"].into_iter().find(|done| *done == query.done);
    let frame = Frame::new(&app, app.now()).await?;
    Page::private(&MinePage {
        leave: self::key(&app, subscriber.id, Purpose::Leave),
        email: subscriber.email.as_str().to_owned(),
        wish: WishView::new(&frame, &subscriber.wish),
        left: subscriber.left_at.is_some(),
        stopped: subscriber.stopped_at.is_some(),
        done,
        key,
        frame,
    })
}

/// `POST /newsletter/mine/{mine}`.
pub async fn keep(
    _: Pace,
    Path(key): Path<String>,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Redirect, PageError> {
    let subscriber = whose(&app, &key).await?;
    let frame = Frame::new(&app, app.now()).await?;
    app.store.keep_wish(subscriber.id, &wish::read(&pairs, &frame)).await?;
    Ok(Redirect::to(&format!("/newsletter/mine/{key}?done=kept")))
}

/// Whose address it is, while the row is there.
async fn whose(app: &App, key: &str) -> Result<Subscriber, PageError> {
    let id = read(app, key, Purpose::Mine).ok_or(PageError::NotFound)?;
    let subscriber = app.store.subscriber(id).await?;
    // Before the link was opened nobody has said that the address is theirs.
    if subscriber.confirmed_at.is_some() { Ok(subscriber) } else { Err(PageError::NotFound) }
}

impl MinePage {
    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("newsletter.done.{done}"))
    }
}
