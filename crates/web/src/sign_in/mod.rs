//! The way in: a password with a second thing beside it, a passkey, or a link that works once. Tokens are 32 random bytes,
//! kept as hashes only. Whether somebody is called so, and whether it was the name or the password, is told to nobody.

mod codes;
mod door;
mod link;
mod linking;
mod organisation;
mod passkey;
mod password;
mod question;
mod registering;
mod second;
mod session;
mod ticket;

#[cfg(test)]
mod tests;

pub use codes::{Picture, Secret, hash_of_code, recovery_codes};
pub use door::Door;
pub use link::{ask, enter, make_sign_in_link};
pub use linking::link as link_organisation;
pub use organisation::back as organisation_back;
pub use passkey::{PasskeyForm, asked_again, by_passkey};
pub use password::{SHORTEST, strong};
pub use question::{to_come_in, to_link, to_prove};
pub use registering::{NewPasskeyForm, called};
pub use second::{proof as second_proof, second};
pub use session::{Beginning, device, device_in_words, home, idle_since, leave as out, token};
pub use ticket::{Purpose, issue};

use crate::app::App;
use crate::error::PageError;
use crate::guard::{From, StaffMember};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::passkeys::{self, Site};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use newsroom::Timestamp;
use serde::Deserialize;
use store::people::{Account, Proof, TokenHash};

/// A name and a password as the form sends them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    name: String,
    password: String,
}

#[derive(Template)]
#[template(path = "sign_in/form.html")]
struct SignIn {
    frame: Frame,
    /// Typed before.
    name: String,
    /// Why nobody came in: a key of the locales.
    problem: &'static str,
    /// What is asked of a passkey, where browsers know any here.
    passkey: Option<Asked>,
    /// The organisation whose accounts open the desk, by its name.
    organisation: Option<String>,
}

/// What a page asks of a passkey.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The site.
    pub site: Site,
    /// The question, base64url.
    pub challenge: String,
}

impl Asked {
    /// A question for a purpose; nothing where browsers know no passkeys at this address.
    pub fn new(app: &App, purpose: Purpose, about: Option<i64>, now: Timestamp) -> Option<Self> {
        let site = Site::at(&app.paper.address)?;
        let challenge = issue(&app.door, purpose, about, now)?;
        Some(Self { site, challenge: passkeys::written(&challenge) })
    }
}

/// `GET /sign-in`: the way in.
pub async fn form(State(app): State<App>) -> Answer {
    page(&app, "", "").await
}

/// `POST /sign-in`: the first step, and the only one for whoever has no second thing.
pub async fn first(
    from: From,
    headers: HeaderMap,
    State(app): State<App>,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let (name, email) = (arabic::clean::line(&form.name), mail(&form.name));
    let tried = app.door.tried("name", &email);
    door::count(&app, &tried, from.0).await?;
    let account = app.store.account(&name, &email).await?;
    let kept = account.as_ref().and_then(|account| account.password.clone());
    if !app.door.matches(kept.clone(), form.password).await? {
        let known = account.as_ref().map(|account| account.staff.name.as_str());
        app.store.note_refused_sign_in(&tried, known, app.now()).await?;
        let page = page(&app, &form.name, "sign-in.wrong").await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let (Some(account), Some(kept)) = (account, kept) else { return Err(PageError::Panicked) };
    if account.totp.is_some() {
        return second::ask(&app, account.staff.id).await.map(IntoResponse::into_response);
    }
    let way = Way { account: &account, tried: &tried, from };
    let opened = way.open(&app, Proof::Password(kept), &headers).await?;
    opened.ok_or(PageError::Overtaken)
}

/// `POST /sign-out`.
pub async fn leave(somebody: StaffMember, State(app): State<App>) -> Result<Response, PageError> {
    app.store.sign_out(somebody.session.id).await?;
    Ok(out(&app))
}

/// Counts an attempt of somebody who is in already to show again who they are.
///
/// # Errors
/// [`PageError::TooFast`] when there were too many.
pub async fn count_proof(app: &App, who: newsroom::StaffId, from: From) -> Result<(), PageError> {
    door::count(app, &app.door.tried("proof", &who.short()), from.0).await
}

/// Somebody has shown who they are. What was counted against them is forgotten, at every step and under every name, and so is
/// what was counted against the place they come from: their own slips are no attack.
///
/// # Errors
/// When the store cannot answer.
pub async fn believed(app: &App, account: &Account, from: From) -> Result<(), PageError> {
    let id = account.staff.id.short();
    let names = [Some(&account.staff.name), account.email.as_ref()];
    let mut counted = vec![app.door.tried("second", &id), app.door.tried("proof", &id)];
    counted.extend(names.into_iter().flatten().map(|name| app.door.tried("name", &mail(name))));
    let keys = app.store.keys_of(account.staff.id).await?;
    counted.extend(keys.passkeys.iter().map(|key| app.door.tried("passkey", &key.credential)));
    app.store.forget_tries(&counted).await?;
    app.door.opened(from.0);
    Ok(())
}

/// Somebody who has shown who they are, about to come in.
struct Way<'a> {
    account: &'a Account,
    tried: &'a TokenHash,
    from: From,
}

impl Way<'_> {
    /// Opens the desk; `None` when what was shown had been used.
    async fn open(&self, app: &App, proof: Proof, headers: &HeaderMap) -> Result<Option<Response>, PageError> {
        let beginning = Beginning::new(app, headers)?;
        let who = (self.account.staff.id, self.tried);
        let entered = app.store.enter(who, proof, beginning.session.clone(), app.now()).await?;
        let Some(staff) = entered else { return Ok(None) };
        believed(app, self.account, self.from).await?;
        Ok(Some(beginning.lead(app, home(staff.role))))
    }
}

/// One spelling for many: an address of mail, or a name as it is counted.
pub fn mail(typed: &str) -> String {
    arabic::clean::line(typed).to_lowercase()
}

async fn page(app: &App, name: &str, problem: &'static str) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let passkey = Asked::new(app, Purpose::PasskeyAtTheDoor, None, frame.now);
    let organisation = app.organisation.as_ref().map(|provider| provider.settings.name.clone());
    Page::private(&SignIn { frame, name: name.to_owned(), problem, passkey, organisation })
}

/// The same page after a passkey that did not work.
async fn page_again(app: &App) -> Result<Response, PageError> {
    let page = page(app, "", "sign-in.passkey-failed").await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
