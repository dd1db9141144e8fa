//! A reader's own page: the name offered in the form, the address, what is told by mail, keys and sign-ins.

use super::link::{AddressForm, wish};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::{From, Pace, Reader, reader_idle_since};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::passkeys::{KINDS, written};
use crate::sign_in::{Asked, Purpose, device_in_words};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::SessionId;
use newsroom::comment::{DisplayName, NameProblem};
use newsroom::people::{self, MailNotices};
use newsroom::profile::Language;
use serde::Deserialize;
use store::StoreError;
use store::readers::ReaderKeys;

/// What a reader says of themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    name: String,
    language: String,
    /// Any word: wanted.
    replies: String,
    decisions: String,
}

#[derive(Template)]
#[template(path = "reader/profile.html")]
struct Profile {
    frame: Frame,
    account: people::Reader,
    since: String,
    keys: ReaderKeys,
    /// When each passkey was made, and used last.
    key_lines: Vec<(String, Option<String>)>,
    sessions: Vec<Line>,
    /// What is asked of a new passkey, where browsers know any here.
    passkey: Option<Asked>,
    /// The account's id as authenticators keep it.
    user: String,
    kinds: String,
    /// What was done just now, and what could not be: words.
    done: Option<String>,
    problem: Option<String>,
}

struct Line {
    id: SessionId,
    device: String,
    begun: String,
    seen: String,
    /// The one that reads this page.
    here: bool,
}

/// The page.
pub(super) async fn page(app: &App, reader: &Reader, done: Option<String>, problem: Option<String>) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let (now, t, account) = (frame.now, frame.t, reader.account.clone());
    let keys = app.store.reader_passkeys(account.id).await?;
    let written_out = |at| when(&t, &app.paper, at);
    let sessions = app.store.reader_sessions(account.id, reader_idle_since(now), now).await?;
    let line = |line: store::people::SessionLine| Line {
        id: line.id,
        device: device_in_words(&t, &line.device),
        begun: written_out(line.begun_at),
        seen: frame.date(line.seen_at),
        here: line.id == reader.session,
    };
    let profile = Profile {
        since: frame.date(account.since),
        key_lines: keys.iter().map(|key| (written_out(key.added_at), key.used_at.map(written_out))).collect(),
        sessions: sessions.into_iter().map(line).collect(),
        passkey: Asked::new(app, Purpose::ReaderPasskey, Some(account.id.0), now),
        user: written(&account.id.0.to_be_bytes()),
        kinds: KINDS.map(|kind| kind.to_string()).join(" "),
        keys,
        account,
        done,
        problem,
        frame,
    };
    Page::private(&profile)
}

/// The page after something that could not be done: a key of the locales.
pub(super) async fn wrong(app: &App, reader: &Reader, problem: &str) -> Result<Response, PageError> {
    let words = Frame::bare(app, app.now()).t.s(problem);
    let page = page(app, reader, None, Some(words)).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// `POST /reader/profile`.
pub async fn keep(
    _: Pace,
    reader: Reader,
    State(app): State<App>,
    Form(form): Form<ProfileForm>,
) -> Result<Response, PageError> {
    let language = Language::from_tag(&form.language).unwrap_or(reader.account.language);
    let notices = MailNotices { replies: !form.replies.is_empty(), decisions: !form.decisions.is_empty() };
    let name = match form.name(&app).await? {
        Ok(name) => name,
        Err(problem) => {
            // What was typed and ticked comes back.
            let mut typed = reader.clone();
            (typed.account.name, typed.account.language, typed.account.notices) = (form.name, language, notices);
            return wrong(&app, &typed, problem.key()).await;
        }
    };
    let kept = app.store.keep_profile(reader.account.id, &name, (language, notices), app.now()).await?;
    if let Some(happening) = kept {
        aftermath::tell(&app, &happening).await;
    }
    Ok(Redirect::to("/reader?done=kept").into_response())
}

/// `POST /reader/address`: another address, once a link to it was opened.
pub async fn ask_address(
    _: Pace,
    reader: Reader,
    from: From,
    State(app): State<App>,
    Form(form): Form<AddressForm>,
) -> Result<Response, PageError> {
    match wish(&app, from, &form.email, Some(reader.account.id)).await? {
        Some(_) => Ok(Redirect::to("/reader?done=asked").into_response()),
        None => wrong(&app, &reader, "reader.no-address").await,
    }
}

/// `POST /reader/address/removal`.
pub async fn drop_address(_: Pace, reader: Reader, State(app): State<App>) -> Result<Response, PageError> {
    match app.store.drop_address(reader.account.id, app.now()).await {
        Ok(happening) => {
            if let Some(happening) = happening {
                aftermath::tell(&app, &happening).await;
            }
            Ok(Redirect::to("/reader?done=no-address").into_response())
        }
        Err(StoreError::Conflict(_)) => wrong(&app, &reader, "reader.address.last").await,
        Err(error) => Err(error.into()),
    }
}

impl ProfileForm {
    /// The name as kept; none is fine.
    async fn name(&self, app: &App) -> Result<Result<String, NameProblem>, PageError> {
        if self.name.trim().is_empty() {
            return Ok(Ok(String::new()));
        }
        let staff = app.store.staff().await?;
        let reserved = staff.iter().map(|somebody| somebody.name.as_str()).chain([app.paper.name.as_str()]);
        Ok(DisplayName::new(&self.name, reserved).map(|name| name.as_str().to_owned()))
    }
}

impl Profile {
    /// Passkeys that are there already, so that one authenticator is not asked for a second one.
    fn known(&self) -> String {
        let names: Vec<&str> = self.keys.iter().map(|key| key.credential.as_str()).collect();
        names.join(" ")
    }

    /// What the browser's own dialogue calls the account.
    fn called(&self) -> String {
        let name = Some(self.account.name.clone()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| self.frame.t.s("reader.unnamed"))
    }

    /// Mail is in this language.
    fn speaks(&self, tag: &str) -> bool {
        self.account.language.tag() == tag
    }

    /// The languages of mail, by tag and name.
    fn languages(&self) -> [(&'static str, String); 3] {
        Language::ALL.map(|language| (language.tag(), self.frame.t.s(&format!("language.{}", language.tag()))))
    }
}
