//! Where a colleague is told: an address of mail once its link was opened, an address of the web with a secret that is shown
//! once; a message by which they see that it works, and its end. How a chat comes to hold stands in `chat.rs`.

use super::hook::SECRET_BEGINS;
use super::page::{Said, again, page};
use super::together::room;
use super::{Job, is_offered};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{From, StaffMember};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use newsroom::notices::{HookAddress, Told, Way};
use newsroom::people::EmailAddress;
use newsroom::{StaffId, Timestamp};
use serde::Deserialize;
use store::StoreError;
use store::desk_notices::{NewDeskNotice, NewWay};

/// Bytes of a secret.
const SECRET_BYTES: usize = 32;
/// One colleague asks for a link or a code so often at most.
pub(super) const ASKED_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// An address as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    pub(super) address: String,
}

/// `POST /desk/me/notices/mail`: an address of mail, once a link to it was opened.
pub async fn ask_mail(
    member: StaffMember,
    from: From,
    State(app): State<App>,
    Form(form): Form<AddressForm>,
) -> Result<Response, PageError> {
    if !is_offered(&app, Way::Mail) {
        return Err(PageError::NotFound);
    }
    let Some(email) = EmailAddress::new(&form.address) else {
        return wrong(&app, &member, (Way::Mail, form), "notice.way.mail.no-address").await;
    };
    app.links.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
    let (now, staff) = (app.now(), member.staff.id);
    let payload = serde_json::to_string(&Job::Confirm(staff)).map_err(|_| PageError::Panicked)?;
    let not_since = now.saturating_sub(ASKED_EVERY).unwrap_or(now);
    if !app.store.ask_staff_address(staff, (email.as_str(), &payload), not_since, now).await? {
        return wrong(&app, &member, (Way::Mail, form), "notice.way.mail.too-soon").await;
    }
    Ok(Redirect::to("/desk/me/notices?done=asked").into_response())
}

/// `POST /desk/me/notices/hook`: an address of the web, with a new secret that is shown once.
pub async fn set_hook(
    member: StaffMember,
    State(app): State<App>,
    Form(form): Form<AddressForm>,
) -> Result<Response, PageError> {
    let address = match HookAddress::new(&form.address, &app.paper.inner_hosts) {
        Ok(address) => address.as_str().to_owned(),
        Err(problem) => {
            let key = format!("notice.way.hook.{}", problem.key());
            return wrong(&app, &member, (Way::Hook, form), &key).await;
        }
    };
    let secret = secret()?;
    let new = NewWay { way: Way::Hook, address, secret: secret.clone() };
    app.store.set_way(member.staff.id, new, app.now()).await?;
    let said = Said { done: Some("hook"), secret: Some(secret), ..Said::default() };
    Ok(page(&app, &member, said).await?.into_response())
}

/// `POST /desk/me/notices/ways/{way}/trial`: a message at once, also in quiet hours.
pub async fn send_trial(
    member: StaffMember,
    Path(way): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let way = Way::from_key(&way).filter(|way| is_offered(&app, *way)).ok_or(PageError::NotFound)?;
    let (staff, now) = (member.staff.id, app.now());
    let ways = app.store.ways_of(staff).await?;
    let is_open = ways.iter().any(|one| one.way == way && !one.address.is_empty() && one.stopped_at.is_none());
    let problem = match is_open {
        false => Some("notice.trial.no-way"),
        true => room(&app, staff, now).await?.map(|_| "notice.trial.too-many"),
    };
    if let Some(problem) = problem {
        let wrong = Some((way.key(), problem.to_owned()));
        return again(&app, &member, Said { wrong, ..Said::default() }).await;
    }
    trial(&app, (staff, way), now).await?;
    Ok(Redirect::to("/desk/me/notices?done=trial").into_response())
}

/// `POST /desk/me/notices/ways/{way}/removal`. A second time is no error.
pub async fn remove(
    member: StaffMember,
    Path(way): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let way = Way::from_key(&way).ok_or(PageError::NotFound)?;
    app.store.drop_way(member.staff.id, way).await?;
    Ok(Redirect::to("/desk/me/notices?done=removed"))
}

/// A message that says that it works, and whatever else is due.
async fn trial(app: &App, (staff, way): (StaffId, Way), now: Timestamp) -> Result<(), StoreError> {
    let once = format!("trial:{}", now.as_millisecond());
    app.store.put_desk_notice(NewDeskNotice { staff, way, once, told: Told::Trial, due: now }, now).await?;
    app.store.make_delivery((staff, way), now).await.map(drop)
}

pub(super) async fn wrong(
    app: &App,
    member: &StaffMember,
    (way, form): (Way, AddressForm),
    problem: &str,
) -> Result<Response, PageError> {
    let wrong = Some((way.key(), problem.to_owned()));
    again(app, member, Said { address: Some((way, form.address)), wrong, ..Said::default() }).await
}

/// A new secret, as Standard Webhooks writes it.
///
/// # Errors
/// When the system gives no randomness.
pub fn secret() -> Result<String, PageError> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| PageError::Panicked)?;
    Ok(format!("{SECRET_BEGINS}{}", STANDARD.encode(bytes)))
}
