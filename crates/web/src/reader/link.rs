//! Coming in by a link in a mail. Asking gives the same answer whoever is asked about; looking at a link uses nothing up:
//! mail programs look at links before people do.

use super::{door, profile, sessions};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Device, From, MaybeReader, Pace, hash_of, kept_as};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::people::EmailAddress;
use newsroom::{ReaderId, Timestamp, VisitorId};
use serde::Deserialize;
use store::StoreError;

/// Minutes for which a link is good after it was sent.
pub const GOOD_FOR_MINUTES: i64 = 20;

/// An address as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    /// Of mail.
    pub email: String,
}

/// What goes along.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AlongForm {
    /// Any word: what was sent from this device.
    along: String,
}

#[derive(Template)]
#[template(path = "reader/link.html")]
struct LinkPage {
    frame: Frame,
    email: String,
    token: String,
    /// It confirms a new address of whoever is signed in here; else it opens an account.
    confirms: bool,
    /// The link was not asked for here: whether this device's history goes along is for its owner to say.
    asks: bool,
    problem: &'static str,
}

#[derive(Template)]
#[template(path = "reader/spent.html")]
struct Spent {
    frame: Frame,
    /// What is wrong with the link: a key of the locales.
    problem: &'static str,
}

/// `POST /reader/link`.
pub async fn ask(
    _: Pace,
    from: From,
    State(app): State<App>,
    Form(form): Form<AddressForm>,
) -> Result<Response, PageError> {
    match wish(&app, from, &form.email, None).await? {
        Some(email) => {
            let remembered = AppendHeaders([(header::SET_COOKIE, Device::remember(&app, &email))]);
            Ok((remembered, Redirect::to("/reader?done=asked")).into_response())
        }
        None => Ok(door::wrong(&app, &form.email, "reader.no-address").await?.into_response()),
    }
}

/// Notes that a link is wanted, and to which address; none when nobody can have such an address.
pub(super) async fn wish(
    app: &App,
    from: From,
    typed: &str,
    confirms: Option<ReaderId>,
) -> Result<Option<EmailAddress>, PageError> {
    if !app.paper.sends_mail {
        return Err(PageError::NotFound);
    }
    let Some(email) = EmailAddress::new(typed) else { return Ok(None) };
    app.links.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
    let (language, now) = (app.paper.writing.language, app.now());
    app.store.ask_reader_link(&email, confirms, (language, end_of_link(now)), now).await?;
    Ok(Some(email))
}

/// When a link ends that is sent at a time.
pub fn end_of_link(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_mins(GOOD_FOR_MINUTES)).unwrap_or(at)
}

/// `GET /reader/link/{token}`: one button.
pub async fn open(
    MaybeReader(reader): MaybeReader,
    device: Device,
    Path(token): Path<String>,
    State(app): State<App>,
) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let Some(link) = app.store.reader_link(&hash_of(&token), frame.now).await? else {
        return spent(frame, "reader.link.spent");
    };
    if link.confirms.is_some() && link.confirms != reader.map(|reader| reader.account.id) {
        return spent(frame, "reader.link.elsewhere");
    }
    let asks = device.key.is_some() && !device.asked_for(&app, &link.email);
    let (email, confirms) = (link.email.as_str().to_owned(), link.confirms.is_some());
    Page::private(&LinkPage { frame, email, token, confirms, asks, problem: "" })
}

/// `POST /reader/link/{token}`: uses the link up.
pub async fn enter(
    _: Pace,
    MaybeReader(reader): MaybeReader,
    device: Device,
    Path(token): Path<String>,
    headers: HeaderMap,
    State(app): State<App>,
    Form(form): Form<AlongForm>,
) -> Result<Response, PageError> {
    let (link, now) = (hash_of(&token), app.now());
    if let Some(reader) = &reader {
        match app.store.confirm_address(&link, reader.account.id, now).await {
            Ok(true) => return Ok(Redirect::to("/reader?done=address").into_response()),
            Ok(false) => {}
            Err(StoreError::Conflict(_)) => return profile::wrong(&app, reader, "reader.address.taken").await,
            Err(error) => return Err(error.into()),
        }
    }
    let Some(opens) = app.store.reader_link(&link, now).await? else {
        return Ok(spent(Frame::new(&app, now).await?, "reader.link.spent")?.into_response());
    };
    let wanted = device.asked_for(&app, &opens.email) || !form.along.is_empty();
    if !wanted && is_measured(&app, device.key, now).await? {
        let (frame, email) = (Frame::new(&app, now).await?, opens.email.as_str().to_owned());
        let page = LinkPage { frame, email, token, confirms: false, asks: true, problem: "reader.link.measured" };
        return Ok(Page::private(&page)?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let guest = device.key.filter(|_| wanted);
    let beginning = sessions::Beginning::new(&app, &headers, guest)?;
    let Some(entered) = app.store.enter_by_link(&link, beginning.entry(), now).await? else {
        return Ok(spent(Frame::new(&app, now).await?, "reader.link.spent")?.into_response());
    };
    aftermath::tell_each(&app, &entered.happenings).await;
    if let Some(before) = reader {
        app.store.end_reader_sessions(before.account.id, Some(before.session)).await?;
    }
    Ok(beginning.lead(&app, &entered))
}

/// Something is in force on the device: nobody signs in from it and leaves that behind, and nobody's history goes along
/// unasked, so its owner has to say that it does.
async fn is_measured(app: &App, device: Option<VisitorId>, now: Timestamp) -> Result<bool, PageError> {
    let Some(device) = device else { return Ok(false) };
    Ok(!app.store.measures_on_either(device, kept_as(app, device), now).await?.0.is_empty())
}

fn spent(frame: Frame, problem: &'static str) -> Answer {
    Ok(Page::private(&Spent { frame, problem })?.with_status(StatusCode::GONE))
}
