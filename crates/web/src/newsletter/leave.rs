//! No more of it: by the button of a mail program (RFC 8058, one POST without a sign-in), or on a page.

use super::key::{Purpose, read};
use crate::app::App;
use crate::error::PageError;
use crate::guard::Pace;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "newsletter/leave.html")]
struct LeavePage {
    frame: Frame,
    key: String,
    /// What was done, as the end of a key: `left`, `done.back`; empty: nothing yet.
    done: &'static str,
}

/// `GET /newsletter/leave/{leave}`: one button. Looking ends nothing.
pub async fn ask(Path(key): Path<String>, State(app): State<App>) -> Answer {
    read(&app, &key, Purpose::Leave).ok_or(PageError::NotFound)?;
    page(&app, key, "").await
}

/// `POST /newsletter/leave/{leave}`: from a page of ours or from a mail program. A second time is no error, nor is it when the
/// reader's row is gone already.
pub async fn leave(Path(key): Path<String>, State(app): State<App>) -> Answer {
    let id = read(&app, &key, Purpose::Leave).ok_or(PageError::NotFound)?;
    app.store.leave_newsletter(id, app.now()).await?;
    page(&app, key, "left").await
}

/// `POST /newsletter/leave/{leave}/return`: whoever left by mistake, while the row is there. A second time is no error.
pub async fn come_back(_: Pace, Path(key): Path<String>, State(app): State<App>) -> Answer {
    let id = read(&app, &key, Purpose::Leave).ok_or(PageError::NotFound)?;
    app.store.return_to_newsletter(id).await?;
    // One whose row is gone, or whose link was never opened, cannot come back so.
    match app.store.subscriber(id).await?.confirmed_at {
        Some(_) => page(&app, key, "done.back").await,
        None => Err(PageError::NotFound),
    }
}

async fn page(app: &App, key: String, done: &'static str) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    Page::private(&LeavePage { frame, key, done })
}

impl LeavePage {
    fn done_words(&self) -> String {
        self.frame.t.s(&format!("newsletter.{}", self.done))
    }
}
