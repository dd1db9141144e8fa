//! Codes of a device and recovery codes.

use super::{done, wrong};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, ProvenMember};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::sign_in::{Picture, Secret, hash_of_code, recovery_codes};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// The code by which a device shows that it has the secret.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TotpForm {
    /// As the page before it showed it.
    secret: String,
    code: String,
}

#[derive(Template)]
#[template(path = "desk_me/totp.html")]
struct Totp {
    frame: Frame,
    shell: Shell,
    secret: String,
    picture: Option<Picture>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_me/codes.html")]
struct Codes {
    frame: Frame,
    shell: Shell,
    codes: Vec<String>,
}

/// `GET /desk/me/codes`: a new secret, shown as a picture and in letters. Nothing is kept before a code was typed.
pub async fn totp_form(member: ProvenMember, State(app): State<App>) -> Answer {
    let secret = Secret::new().ok_or(PageError::Panicked)?;
    page(&app, &member, &secret, None).await
}

/// `POST /desk/me/codes`: from now on codes are asked for; the recovery codes are shown, once.
pub async fn totp_on(
    member: ProvenMember,
    State(app): State<App>,
    Form(form): Form<TotpForm>,
) -> Result<Response, PageError> {
    let (now, who) = (app.now(), member.staff.id);
    if !app.store.keys_of(who).await?.password {
        return wrong(&app, &member, Frame::bare(&app, now).t.s("desk-me.codes.password-first")).await;
    }
    let secret = Secret::read(&form.secret).ok_or(PageError::BadRequest("no such secret"))?;
    let Some(span) = secret.span_of(&form.code, -1, now) else {
        let problem = Frame::bare(&app, now).t.s("desk-me.codes.wrong");
        let page = page(&app, &member, &secret, Some(problem)).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let codes = recovery_codes().ok_or(PageError::Panicked)?;
    let hashes = codes.iter().map(|code| hash_of_code(who, code)).collect();
    app.store.set_totp(who, Some((secret.kept(), span)), hashes, now).await?;
    shown(&app, &member, codes).await
}

/// `POST /desk/me/codes/off`: codes are asked for no more, and the recovery codes are gone.
pub async fn totp_off(member: ProvenMember, State(app): State<App>) -> Result<Response, PageError> {
    app.store.set_totp(member.staff.id, None, Vec::new(), app.now()).await?;
    done(&app, &member, "desk-me.codes.off-done").await
}

/// `POST /desk/me/recovery-codes`: new ones, shown once; those from before open nothing any more.
pub async fn new_recovery_codes(member: ProvenMember, State(app): State<App>) -> Result<Response, PageError> {
    let (now, who) = (app.now(), member.staff.id);
    if !app.store.keys_of(who).await?.totp {
        return wrong(&app, &member, Frame::bare(&app, now).t.s("desk-me.recovery.codes-first")).await;
    }
    let codes = recovery_codes().ok_or(PageError::Panicked)?;
    app.store.set_recovery_codes(who, codes.iter().map(|code| hash_of_code(who, code)).collect(), now).await?;
    shown(&app, &member, codes).await
}

async fn shown(app: &App, member: &Member, codes: Vec<String>) -> Result<Response, PageError> {
    let (frame, shell) = Shell::of_member(app, member, "me").await?;
    Ok(Page::private(&Codes { frame, shell, codes })?.into_response())
}

async fn page(app: &App, member: &Member, secret: &Secret, problem: Option<String>) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "me").await?;
    let picture = secret.picture(&app.paper.name, &member.staff.name);
    Page::private(&Totp { frame, shell, secret: secret.written(), picture, problem })
}

impl Totp {
    /// In groups of four, to be typed from.
    fn in_groups(&self) -> String {
        let letters: Vec<char> = self.secret.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}
