//! A visitor is a device with a signed key, without a password and without anything about who someone is; or an account,
//! where its reader is signed in.
//!
//! The key is made with the first thing a visitor sends and never by reading, so that pages stay the same for everybody.

use super::{MaybeReader, Seal, cookie, cookie_line, cookie_name};
use crate::app::App;
use crate::error::PageError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use newsroom::{Timestamp, VisitorId, people};
use std::convert::Infallible;

const COOKIE: [&str; 2] = ["midad_visitor", "__Host-midad_visitor"];
/// Browsers keep no cookie longer than 400 days.
const LIFE_SECONDS: i64 = 400 * 24 * 60 * 60;
/// A key older than this is written anew when its visitor sends something.
const FRESH_SECONDS: i64 = LIFE_SECONDS / 2;
/// Visitor and time of issue, eight bytes each.
const BODY_BYTES: usize = 16;

/// Whoever sends something. Somebody who comes for the first time gets a key with the answer.
#[derive(Debug)]
pub struct Visitor {
    /// Which device or account.
    pub who: people::Visitor,
    is_new: bool,
    key: Option<HeaderValue>,
}

/// Whoever reads: a visitor who has sent something before, or nobody we know.
#[derive(Debug, Clone, Copy)]
pub struct MaybeVisitor(pub Option<people::Visitor>);

impl Visitor {
    /// Was never here before.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Hands the device key over with the answer, where there is a new one.
    pub fn keep_key(&self, mut answer: Response) -> Response {
        if let Some(key) = &self.key {
            answer.headers_mut().append(header::SET_COOKIE, key.clone());
        }
        answer
    }
}

/// The key of the device, whoever is signed in on it.
#[derive(Debug, Clone, Copy)]
pub struct DeviceKey(pub Option<VisitorId>);

impl DeviceKey {
    /// Takes the key away from the browser: what is sent without an account from now on gets a fresh one.
    pub fn forget(app: &App) -> String {
        cookie_line(app, cookie_name(app, COOKIE), "", 0)
    }
}

impl FromRequestParts<App> for DeviceKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(read(app, &parts.headers, app.now()).map(|(who, _)| who.id)))
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        if let MaybeReader(Some(reader)) = MaybeReader::from_request_parts(parts, app).await? {
            let who = people::Visitor { id: reader.account.visitor };
            return Ok(Self { who, is_new: false, key: None });
        }
        let now = app.now();
        let known = read(app, &parts.headers, now);
        let who = known.map_or_else(|| people::Visitor { id: VisitorId(app.store.id(now)) }, |(who, _)| who);
        let fresh = known.is_some_and(|(_, age)| age < FRESH_SECONDS);
        let line = (!fresh).then(|| cookie_line(app, cookie_name(app, COOKIE), &sign(app, who, now), LIFE_SECONDS));
        Ok(Self { who, is_new: known.is_none(), key: line.and_then(|line| HeaderValue::from_str(&line).ok()) })
    }
}

impl FromRequestParts<App> for MaybeVisitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        if let MaybeReader(Some(reader)) = MaybeReader::from_request_parts(parts, app).await? {
            return Ok(Self(Some(people::Visitor { id: reader.account.visitor })));
        }
        Ok(Self(read(app, &parts.headers, app.now()).map(|(who, _)| who)))
    }
}

/// The visitor of a key that we signed, and the key's age in seconds.
fn read(app: &App, headers: &HeaderMap, now: Timestamp) -> Option<(people::Visitor, i64)> {
    let (body, seal) = cookie(headers, cookie_name(app, COOKIE))?.split_once('.')?;
    let (body, seal) = (URL_SAFE_NO_PAD.decode(body).ok()?, URL_SAFE_NO_PAD.decode(seal).ok()?);
    let body: [u8; BODY_BYTES] = body.try_into().ok()?;
    if !Seal::over(app, b"", &[&body]).matches(&seal) {
        return None;
    }
    let (id, issued) = body.split_at(BODY_BYTES / 2);
    let id = i64::from_be_bytes(id.try_into().ok()?);
    let age = now.as_second() - i64::from_be_bytes(issued.try_into().ok()?);
    (age <= LIFE_SECONDS).then_some((people::Visitor { id: VisitorId(id) }, age))
}

/// What a measure on a visitor goes by once the visitor's data are gone: a keyed hash of the device key's number, below zero,
/// where no number of a device lies. Whoever does not hold the device key and ours cannot find one from the other.
pub fn kept_as(app: &App, visitor: VisitorId) -> VisitorId {
    let hash = Seal::over(app, b"kept measure", &[&visitor.0.to_be_bytes()]).bytes();
    let first = hash.first_chunk::<8>().copied().unwrap_or_default();
    VisitorId(i64::from_be_bytes(first) | i64::MIN)
}

/// Takes the device key away again.
pub fn forget_key(app: &App, mut answer: Response) -> Response {
    if let Ok(line) = HeaderValue::from_str(&DeviceKey::forget(app)) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    answer
}

/// base64url(visitor, issued) and its seal, joined by a dot.
fn sign(app: &App, who: people::Visitor, now: Timestamp) -> String {
    let body = [who.id.0.to_be_bytes(), now.as_second().to_be_bytes()].concat();
    let seal = URL_SAFE_NO_PAD.encode(Seal::over(app, b"", &[&body]).bytes());
    format!("{}.{seal}", URL_SAFE_NO_PAD.encode(body))
}
