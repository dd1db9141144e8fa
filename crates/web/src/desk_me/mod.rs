//! One's own page at the desk: what one signs in with, and where one is signed in. Whoever changes something has shown lately
//! who they are: such handlers take a [`crate::guard::ProvenMember`].

mod codes;
mod language;
mod organisation;
mod passkeys;
mod password;
mod proof;
mod sessions;

#[cfg(test)]
mod tests;

pub use codes::{new_recovery_codes, totp_form, totp_off, totp_on};
pub use language::set_language;
pub use organisation::unlink;
pub use passkeys::{add_passkey, remove_passkey, rename_passkey};
pub use password::set_password;
pub use proof::{form as proof_form, prove};
pub use sessions::{end_others, end_session};

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, StaffMember};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::passkeys::{self as keys, KINDS};
use crate::sign_in::{Asked, Purpose, device_in_words, idle_since};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::SessionId;
use newsroom::profile::Language;
use serde::Deserialize;
use store::people::{Keys, SessionLine};

#[derive(Template)]
#[template(path = "desk_me/me.html")]
struct Me {
    frame: Frame,
    shell: Shell,
    role: String,
    /// The names of the sections that they are bound to; none: the whole paper.
    sections: Vec<String>,
    keys: Keys,
    /// When each passkey was made, and used last.
    passkey_lines: Vec<(String, Option<String>)>,
    sessions: Vec<Line>,
    /// The organisation whose accounts open the desk, by its name.
    organisation: Option<String>,
    /// Their account there: as it is called, when it was linked, and used last.
    linked: Option<(String, String, Option<String>)>,
    /// What is asked of a new passkey, where browsers know any here.
    passkey: Option<Asked>,
    /// Their own id as authenticators keep it.
    user: String,
    /// The language that they chose; none: the paper's.
    language: Option<Language>,
    /// What came of a change, and what is wrong with one: words.
    done: Option<String>,
    problem: Option<String>,
    /// There is something by which they can come in again.
    has_keys: bool,
    /// Whoever changes something now is not asked again who they are.
    proven: bool,
}

struct Line {
    id: SessionId,
    device: String,
    begun: String,
    /// By which way.
    how: String,
    seen: String,
    /// The one that reads this page.
    here: bool,
}

/// What was done before this page was led to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// `organisation`: an account there was linked; `language`: one was chosen.
    done: String,
}

/// `GET /desk/me`.
pub async fn show(somebody: StaffMember, Query(shown): Query<Shown>, State(app): State<App>) -> Answer {
    let key = match shown.done.as_str() {
        "organisation" => Some("desk-me.organisation.linked"),
        "language" => Some("desk-me.language.done"),
        _ => None,
    };
    let done = key.map(|key| Frame::bare(&app, app.now()).t.s(key));
    page(&app, &somebody, done, None).await
}

/// The page after something that could not be done.
async fn wrong(app: &App, member: &Member, problem: String) -> Result<Response, PageError> {
    let page = page(app, member, None, Some(problem)).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page after something that was done.
async fn done(app: &App, member: &Member, key: &str) -> Result<Response, PageError> {
    let words = Frame::bare(app, app.now()).t.s(key);
    Ok(page(app, member, Some(words), None).await?.into_response())
}

async fn page(app: &App, member: &Member, done: Option<String>, problem: Option<String>) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "me").await?;
    let (now, who) = (frame.now, member.staff.id);
    let keys = app.store.keys_of(who).await?;
    let t = frame.t;
    let written = |at| when(&t, &app.paper, at);
    let sessions = app.store.sessions_of(who, idle_since(now), now).await?.into_iter();
    let line = |line: SessionLine| Line {
        id: line.id,
        device: device_in_words(&t, &line.device),
        begun: written(line.begun_at),
        how: if line.how.is_empty() { String::new() } else { t.s(&format!("desk-me.sessions.by-{}", line.how)) },
        seen: frame.date(line.seen_at),
        here: line.id == member.session.id,
    };
    let in_section = |id| frame.sections.iter().find(|section| section.id == id).map(|section| section.name.clone());
    let provider = app.organisation.as_ref().map(|provider| &provider.settings);
    let at_it = keys.organisation.iter().find(|one| provider.is_some_and(|provider| provider.issuer == one.issuer));
    let me = Me {
        organisation: provider.map(|provider| provider.name.clone()),
        linked: at_it.map(|one| (one.name.clone(), written(one.added_at), one.used_at.map(written))),
        role: t.s(&format!("role.{}", member.staff.role.key())),
        sections: member.sections().unwrap_or_default().iter().filter_map(|id| in_section(*id)).collect(),
        passkey_lines: keys.passkeys.iter().map(|key| (written(key.added_at), key.used_at.map(written))).collect(),
        sessions: sessions.map(line).collect(),
        passkey: Asked::new(app, Purpose::NewPasskey, Some(who.0), now),
        user: keys::written(&who.0.to_be_bytes()),
        has_keys: keys.any(app.issuer()),
        proven: member.is_proven(now) || !keys.any(app.issuer()),
        keys,
        language: member.session.language,
        done,
        problem,
        frame,
        shell,
    };
    Page::private(&me)
}

impl Me {
    fn languages(&self) -> Vec<(Language, String)> {
        language::by_their_names()
    }

    fn reads(&self, language: &Language) -> bool {
        self.language == Some(*language)
    }

    /// Passkeys that are there already, so that one authenticator is not asked for a second one.
    fn known(&self) -> String {
        let names: Vec<&str> = self.keys.passkeys.iter().map(|key| key.credential.as_str()).collect();
        names.join(" ")
    }

    fn kinds(&self) -> String {
        KINDS.map(|kind| kind.to_string()).join(" ")
    }

    fn recovery_left(&self) -> String {
        self.frame.t.n("desk-me.recovery.left", self.keys.recovery_codes)
    }

    fn shortest(&self) -> String {
        self.frame.t.n("desk-me.password.hint", crate::sign_in::SHORTEST as u64)
    }
}
