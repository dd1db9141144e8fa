//! Showing again who one is, before something that somebody else at an open screen should not do.

use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{From, Member, StaffMember};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::sign_in::{Asked, PasskeyForm, Purpose, asked_again, believed, count_proof, second_proof};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use store::people::{Keys, Proof};

/// Where to go on afterwards.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// A password, with a code where one is asked for; or the answer of a passkey.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProofForm {
    back: String,
    password: String,
    code: String,
    #[serde(flatten)]
    passkey: PasskeyForm,
}

#[derive(Template)]
#[template(path = "desk_me/proof.html")]
struct ProofPage {
    frame: Frame,
    shell: Shell,
    keys: Keys,
    passkey: Option<Asked>,
    /// The organisation where they have an account, by its name.
    organisation: Option<String>,
    back: String,
    problem: &'static str,
}

/// `GET /desk/me/proof`.
pub async fn form(member: StaffMember, Query(query): Query<Back>, State(app): State<App>) -> Answer {
    page(&app, &member, &query.back, "").await
}

/// `POST /desk/me/proof`.
pub async fn prove(
    member: StaffMember,
    from: From,
    State(app): State<App>,
    Form(form): Form<ProofForm>,
) -> Result<Response, PageError> {
    count_proof(&app, member.staff.id, from).await?;
    let proven = match form.proof(&app, &member).await? {
        Some(proof) => app.store.prove(member.session.id, member.staff.id, proof, app.now()).await?,
        None => false,
    };
    if proven {
        believed(&app, &app.store.account_of(member.staff.id).await?, from).await?;
        return Ok(Redirect::to(&inside(&form.back)).into_response());
    }
    let page = page(&app, &member, &form.back, "desk-me.proof.wrong").await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

impl ProofForm {
    async fn proof(&self, app: &App, member: &Member) -> Result<Option<Proof>, PageError> {
        if self.passkey.is_there() {
            let checked = asked_again(app, &self.passkey).await?;
            return Ok(checked.filter(|(key, _)| key.staff == member.staff.id).map(|(_, proof)| proof));
        }
        let account = app.store.account_of(member.staff.id).await?;
        if !app.door.matches(account.password.clone(), self.password.clone()).await? {
            return Ok(None);
        }
        match &account.totp {
            Some(_) => Ok(second_proof(&account, &self.code, app.now())),
            None => Ok(account.password.map(Proof::Password)),
        }
    }
}

async fn page(app: &App, member: &Member, back: &str, problem: &'static str) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "me").await?;
    let keys = app.store.keys_of(member.staff.id).await?;
    let asked = Asked::new(app, Purpose::PasskeyAgain, Some(member.staff.id.0), frame.now);
    let passkey = asked.filter(|_| !keys.passkeys.is_empty());
    let provider = app.organisation.as_ref().map(|provider| &provider.settings);
    let linked = |issuer: &str| keys.organisation.iter().any(|one| one.issuer == issuer);
    let organisation = provider.filter(|provider| linked(&provider.issuer)).map(|provider| provider.name.clone());
    Page::private(&ProofPage { frame, shell, keys, passkey, organisation, back: inside(back), problem })
}

/// A page of the desk, whatever the address says.
fn inside(back: &str) -> String {
    let plain = back.starts_with("/desk/") && !back.contains(['\\', '\r', '\n']) && !back.contains("//");
    if plain { back.to_owned() } else { "/desk/me".to_owned() }
}
