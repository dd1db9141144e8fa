//! No more letters of a kind: by the button of a mail program (RFC 8058, one POST without a sign-in), or on a page. The key in
//! the address says whom and what; it opens nothing else.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use newsroom::ReaderId;
use newsroom::people::NoticeKind;
use sha2::Sha256;

/// What the seal is over, besides whom and what: device keys and receipts are sealed with the same key over other bytes.
const PURPOSE: &[u8] = b"unsubscribe";
/// Of the seal so many bytes stand in the address.
const SEAL_BYTES: usize = 18;

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
    let sealed = seal(app, reader, kind).map(|mac| mac.finalize().into_bytes());
    // HMAC takes keys of any length; should that ever change, an empty seal is one that no check lets pass.
    let seal = sealed.map(|seal| URL_SAFE_NO_PAD.encode(&seal[..SEAL_BYTES])).unwrap_or_default();
    format!("{reader}.{}.{seal}", kind.key())
}

fn read(app: &App, key: &str) -> Option<(ReaderId, NoticeKind)> {
    let (reader, rest) = key.split_once('.')?;
    let (kind, sent) = rest.split_once('.')?;
    let (reader, kind) = (ReaderId::from_short(reader)?, NoticeKind::from_key(kind)?);
    let sent = URL_SAFE_NO_PAD.decode(sent).ok().filter(|sent| sent.len() == SEAL_BYTES)?;
    seal(app, reader, kind)?.verify_truncated_left(&sent).ok()?;
    Some((reader, kind))
}

fn seal(app: &App, reader: ReaderId, kind: NoticeKind) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&app.visitor_key).ok()?;
    mac.update(PURPOSE);
    mac.update(&reader.0.to_be_bytes());
    mac.update(kind.key().as_bytes());
    Some(mac)
}
