//! Readers' passkeys: coming in by one, an account with one, one more, one less.

use super::{door, profile, sessions};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{DeviceKey, Pace, Reader};
use crate::sign_in::{NewPasskeyForm, PasskeyForm, Purpose};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::{PasskeyId, ReaderId};
use store::StoreError;
use store::readers::{Entered, NewReader, Shown};

/// `POST /reader/passkey`: comes in.
pub async fn by_passkey(
    _: Pace,
    DeviceKey(guest): DeviceKey,
    headers: HeaderMap,
    State(app): State<App>,
    Form(form): Form<PasskeyForm>,
) -> Result<Response, PageError> {
    let beginning = sessions::Beginning::new(&app, &headers, guest)?;
    match shown(&app, &form, &beginning).await? {
        Some(entered) => Ok(beginning.lead(&app, &entered)),
        None => Ok(door::wrong(&app, "", "sign-in.passkey-failed").await?.into_response()),
    }
}

async fn shown(app: &App, form: &PasskeyForm, beginning: &sessions::Beginning) -> Result<Option<Entered>, PageError> {
    let Some(answered) = form.answered(app, Purpose::ReaderAtTheDoor) else { return Ok(None) };
    let Some(passkey) = app.store.reader_passkey(form.credential()).await? else { return Ok(None) };
    let Some(count) = answered.count(&passkey.public_key) else { return Ok(None) };
    let shown = Shown { id: passkey.id, count, ticket: answered.ticket.mark };
    let entered = app.store.enter_by_passkey(passkey.reader, shown, beginning.entry(), app.now()).await?;
    if let Some(entered) = &entered {
        aftermath::tell_each(app, &entered.happenings).await;
    }
    Ok(entered)
}

/// `POST /reader/account`: a new account with a passkey.
pub async fn join(
    _: Pace,
    DeviceKey(guest): DeviceKey,
    headers: HeaderMap,
    State(app): State<App>,
    Form(form): Form<NewPasskeyForm>,
) -> Result<Response, PageError> {
    let about = form.about(&app, Purpose::NewReader);
    let made = about.and_then(|about| Some((about, form.check(&app, (Purpose::NewReader, about))?)));
    let Some((id, passkey)) = made else {
        return Ok(door::wrong(&app, "", "desk-me.passkeys.failed").await?.into_response());
    };
    let (beginning, now) = (sessions::Beginning::new(&app, &headers, guest)?, app.now());
    let new = NewReader::new(&app.store, now).speaking(app.paper.writing.language).called(ReaderId(id));
    match app.store.join_by_passkey(new, passkey, beginning.entry(), now).await {
        Ok(Some(entered)) => {
            aftermath::tell_each(&app, &entered.happenings).await;
            Ok(beginning.lead(&app, &entered))
        }
        Ok(None) | Err(StoreError::Conflict(_)) => {
            Ok(door::wrong(&app, "", "desk-me.passkeys.failed").await?.into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /reader/passkeys`: one more.
pub async fn add_passkey(
    _: Pace,
    reader: Reader,
    State(app): State<App>,
    Form(form): Form<NewPasskeyForm>,
) -> Result<Response, PageError> {
    let id = reader.account.id;
    let Some(new) = form.check(&app, (Purpose::ReaderPasskey, id.0)) else {
        return profile::wrong(&app, &reader, "desk-me.passkeys.failed").await;
    };
    match app.store.add_reader_passkey(id, new, app.now()).await {
        Ok(true) => Ok(Redirect::to("/reader?done=passkey").into_response()),
        Ok(false) => profile::wrong(&app, &reader, "desk-me.passkeys.failed").await,
        Err(StoreError::Conflict(_)) => profile::wrong(&app, &reader, "reader.passkeys.known").await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /reader/passkeys/{id}/removal`.
pub async fn remove_passkey(
    _: Pace,
    reader: Reader,
    Path(id): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let id = PasskeyId::from_short(&id).ok_or(PageError::NotFound)?;
    match app.store.remove_reader_passkey(id, reader.account.id).await {
        Ok(()) => Ok(Redirect::to("/reader?done=no-passkey").into_response()),
        Err(StoreError::Conflict(_)) => profile::wrong(&app, &reader, "reader.passkeys.last").await,
        Err(error) => Err(error.into()),
    }
}
