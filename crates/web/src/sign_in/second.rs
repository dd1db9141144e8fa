//! The second step: a code of a device, or a recovery code.

use super::codes::{Secret, hash_of_code, is_recovery_code};
use super::ticket::{Purpose, issue, read};
use super::{Way, door};
use crate::app::App;
use crate::error::PageError;
use crate::guard::From;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::passkeys;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::{StaffId, Timestamp};
use serde::Deserialize;
use store::people::{Account, Proof};

/// A code as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SecondForm {
    /// Says whose password was right, and for how long that counts.
    ticket: String,
    code: String,
}

#[derive(Template)]
#[template(path = "sign_in/second.html")]
struct Second {
    frame: Frame,
    ticket: String,
    problem: &'static str,
}

/// The page that asks for a code, for some minutes after the password.
pub(super) async fn ask(app: &App, who: StaffId) -> Answer {
    let ticket = issue(&app.door, Purpose::SecondStep, Some(who.0), app.now()).ok_or(PageError::Panicked)?;
    page(app, passkeys::written(&ticket), "").await
}

async fn page(app: &App, ticket: String, problem: &'static str) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    Page::private(&Second { frame, ticket, problem })
}

/// `POST /sign-in/second`.
pub async fn second(
    from: From,
    headers: HeaderMap,
    State(app): State<App>,
    Form(form): Form<SecondForm>,
) -> Result<Response, PageError> {
    let now = app.now();
    let ticket = passkeys::read(&form.ticket).and_then(|bytes| read(&app.door, Purpose::SecondStep, &bytes, now));
    // Too late: the password is asked for again.
    let Some(ticket) = ticket else { return Ok(Redirect::to("/sign-in").into_response()) };
    let who = StaffId(ticket.about);
    let tried = app.door.tried("second", &who.short());
    door::count(&app, &tried, from.0).await?;
    let account = app.store.account_of(who).await?;
    let opened = match proof(&account, &form.code, now) {
        Some(proof) => Way { account: &account, tried: &tried, from }.open(&app, proof, &headers).await?,
        None => None,
    };
    match opened {
        Some(opened) => Ok(opened),
        None => {
            app.store.note_refused_sign_in(&tried, Some(&account.staff.name), now).await?;
            // The same ticket: a wrong code buys no more time, and then the password, as it is by then, is asked for.
            let page = page(&app, form.ticket, "sign-in.wrong-code").await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// What a typed code proves, before the store has said that it was not used.
pub fn proof(account: &Account, typed: &str, now: Timestamp) -> Option<Proof> {
    if is_recovery_code(typed) {
        return Some(Proof::RecoveryCode(hash_of_code(account.staff.id, typed)));
    }
    let (secret, last) = account.totp.as_ref()?;
    Secret::of_kept(secret)?.span_of(typed, *last, now).map(Proof::Totp)
}
