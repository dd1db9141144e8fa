//! No more letters of a kind: by the button of a mail program (RFC 8058, one POST without a sign-in), or on a page. The key in
//! the address says whom and what; it opens nothing else.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Seal;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use newsroom::ReaderId;
use newsroom::people::NoticeKind;

/// What the seal is over, besides whom and what.
const PURPOSE: &[u8] = b"unsubscribe";

#[derive(Template)]
#[template(path = "mail/unsubscribe.html")]
struct Unsubscribe {
    frame: Frame,
    key: String,
    kind: NoticeKind,
    done: bool,
}

/// `GET /unsubscribe/{key}`: one button. Looking ends nothing: mail programs look at addresses before people do.
pub async fn ask(Path(key): Path<String>, State(app): State<App>) -> Answer {
    let (_, kind) = read(&app, &key).ok_or(PageError::NotFound)?;
    let frame = Frame::new(&app, app.now()).await?;
    Page::private(&Unsubscribe { frame, key, kind, done: false })
}

/// `POST /unsubscribe/{key}`: from a page of ours or from a mail program. A second time is no error.
pub async fn stop(Path(key): Path<String>, State(app): State<App>) -> Answer {
    let (reader, kind) = read(&app, &key).ok_or(PageError::NotFound)?;
    if let Some(happening) = app.store.unsubscribe(reader, kind, app.now()).await? {
        aftermath::tell(&app, &happening).await;
    }
    let frame = Frame::new(&app, app.now()).await?;
    Page::private(&Unsubscribe { frame, key, kind, done: true })
}

/// The last part of the address: reader, kind, seal.
pub fn key(app: &App, reader: ReaderId, kind: NoticeKind) -> String {
    format!("{reader}.{}.{}", kind.key(), seal(app, reader, kind).short())
}

fn read(app: &App, key: &str) -> Option<(ReaderId, NoticeKind)> {
    let (reader, rest) = key.split_once('.')?;
    let (kind, sent) = rest.split_once('.')?;
    let (reader, kind) = (ReaderId::from_short(reader)?, NoticeKind::from_key(kind)?);
    seal(app, reader, kind).matches_short(sent).then_some((reader, kind))
}

fn seal(app: &App, reader: ReaderId, kind: NoticeKind) -> Seal {
    Seal::over(app, PURPOSE, &[&reader.0.to_be_bytes(), kind.key().as_bytes()])
}
