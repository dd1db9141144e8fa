//! An account of an organisation whose provider does not say when somebody signed in there: whose it is is shown before it is
//! linked, since somebody else may be signed in at this browser.

use super::ticket::{Purpose, read};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ProvenMember;
use crate::layout::Frame;
use crate::organisation::Claims;
use crate::page::Page;
use crate::passkeys;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use hmac::Mac;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::people::NewOrganisationAccount;

/// What is sealed under this word only says what a provider had said.
const PURPOSE: &str = "organisation-confirm";

#[derive(Template)]
#[template(path = "sign_in/linking.html")]
struct LinkingPage {
    frame: Frame,
    name: String,
    account: String,
    said: String,
    seal: String,
}

/// What the provider said, as the page carries it.
#[derive(Debug, Serialize, Deserialize)]
struct Said {
    state: String,
    subject: String,
    name: String,
}

/// The answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    said: String,
    seal: String,
}

/// Asks whether this is the account that is meant.
pub(super) async fn ask(app: &App, state: &str, claims: &Claims) -> Result<Response, PageError> {
    let provider = app.organisation.as_ref().ok_or(PageError::NotFound)?;
    let (subject, account) = (claims.subject.clone(), claims.name.clone());
    let said = Said { state: state.to_owned(), subject, name: account.clone() };
    let said = serde_json::to_string(&said).map_err(|_| PageError::Panicked)?;
    let seal = app.door.seal(PURPOSE, said.as_bytes()).ok_or(PageError::Panicked)?;
    let seal = passkeys::written(&seal.finalize().into_bytes());
    let (frame, name) = (Frame::new(app, app.now()).await?, provider.settings.name.clone());
    Ok(Page::private(&LinkingPage { frame, name, account, said, seal })?.into_response())
}

/// `POST /desk/me/organisation`: yes.
pub async fn link(
    member: ProvenMember,
    State(app): State<App>,
    Form(form): Form<LinkForm>,
) -> Result<Response, PageError> {
    let provider = app.organisation.as_ref().ok_or(PageError::NotFound)?;
    let Some((said, ticket)) = form.read(&app).filter(|(_, ticket)| ticket.about == member.staff.id.0) else {
        return super::organisation::trouble(&app, "sign-in.organisation.stale").await;
    };
    let issuer = provider.settings.issuer.clone();
    let new = NewOrganisationAccount { issuer, subject: said.subject, name: said.name, ticket: ticket.mark };
    match app.store.link_organisation_account(member.staff.id, new, app.now()).await {
        Ok(Some(_)) => Ok(Redirect::to("/desk/me?done=organisation").into_response()),
        Ok(None) => super::organisation::trouble(&app, "sign-in.organisation.stale").await,
        Err(StoreError::Conflict(_)) => super::organisation::trouble(&app, "sign-in.organisation.taken").await,
        Err(error) => Err(error.into()),
    }
}

impl LinkForm {
    /// What was sealed, with its ticket, while that holds.
    fn read(&self, app: &App) -> Option<(Said, super::ticket::Ticket)> {
        let seal = passkeys::read(&self.seal)?;
        app.door.seal(PURPOSE, self.said.as_bytes())?.verify_slice(&seal).ok()?;
        let said: Said = serde_json::from_str(&self.said).ok()?;
        let bytes = passkeys::read(&said.state)?;
        let ticket = read(&app.door, Purpose::OrganisationLink, &bytes, app.now())?;
        Some((said, ticket))
    }
}
