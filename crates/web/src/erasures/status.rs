//! How far an erasure is, for whoever holds its receipt.

use super::backups_gone;
use crate::app::App;
use crate::comments::when;
use crate::guard::ErasureReceipt;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "erasures/status.html")]
struct StatusPage {
    frame: Frame,
    asked: String,
    one: bool,
    comments: i64,
    rows: Option<String>,
    bytes: Option<String>,
    backups: String,
}

/// `GET /erasures/{erasure}`.
pub async fn status(ErasureReceipt(erasure): ErasureReceipt, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let day = |at| when(&frame.t, &app.paper, at);
    let backups = day(backups_gone(&app, &erasure));
    let (asked, rows, bytes) = (day(erasure.asked_at), erasure.rows_done.map(day), erasure.bytes_done.map(day));
    let (one, comments) = (erasure.only.is_some(), erasure.comments);
    Page::private(&StatusPage { frame, asked, one, comments, rows, bytes, backups })
}
