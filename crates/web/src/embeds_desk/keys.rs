//! Keys by which a site says who writes: two at once, so that one takes the other's place without an hour in between.

use super::one::{Said, named, page};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::passkeys::{read, written};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::outside::{KeyProblem, Way, kid_fits};
use serde::Deserialize;
use store::StoreError;
use store::outside::NewSiteKey;

const SECRET_BYTES: usize = 32;

/// A key as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    kid: String,
    way: String,
    /// The public key as a JWK (RFC 7517), or its bytes in base64url; nothing for a shared secret, which is made here.
    public: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Jwk {
    crv: String,
    x: String,
    y: String,
}

/// `POST /desk/embeds/{site}/keys`: gives the site a key. A shared secret is shown on the page that answers, and never again.
pub async fn add_key(
    editor: ManagingEditor,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(form): Form<KeyForm>,
) -> Result<Response, PageError> {
    let id = named(&id)?;
    let way = Way::from_name(&form.way).ok_or(PageError::BadRequest("no such way of signing"))?;
    let kid = form.kid.trim().to_owned();
    let checked = if kid_fits(&kid) { material(way, &form.public) } else { Err(KeyProblem::Name) };
    let problem = match checked {
        Ok(material) => {
            let secret = (way == Way::Hs256).then(|| material.clone());
            let new = NewSiteKey { kid: kid.clone(), way, material };
            match app.store.add_site_key(id, &new, editor.staff.id, app.now()).await {
                Ok(happening) => {
                    aftermath::tell(&app, &happening).await;
                    let said = Said { secret, ..Said::default() };
                    return Ok(page(&app, &editor, id, None, said).await?.into_response());
                }
                Err(StoreError::Conflict(why)) if why == "too-many" => KeyProblem::TooMany,
                Err(StoreError::Conflict(_)) => KeyProblem::Taken,
                Err(other) => return Err(other.into()),
            }
        }
        Err(problem) => problem,
    };
    let said = Said { secret: None, key_name: form.kid, key_problem: Some(problem.key()) };
    let page = page(&app, &editor, id, None, said).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// `POST /desk/embeds/{site}/keys/removal`: what it signs is believed no more.
pub async fn remove_key(
    editor: ManagingEditor,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(form): Form<KeyForm>,
) -> Result<Redirect, PageError> {
    let id = named(&id)?;
    match app.store.remove_site_key(id, &form.kid, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        // Somebody did it a moment before.
        Err(StoreError::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to(&format!("/desk/embeds/{id}#keys")))
}

/// What a key signs by, in base64url.
fn material(way: Way, typed: &str) -> Result<String, KeyProblem> {
    if way == Way::Hs256 {
        let mut bytes = [0_u8; SECRET_BYTES];
        getrandom::fill(&mut bytes).map_err(|_| KeyProblem::Unreadable)?;
        return Ok(written(&bytes));
    }
    let typed = typed.trim();
    let bytes = if typed.starts_with('{') {
        let jwk: Jwk = serde_json::from_str(typed).map_err(|_| KeyProblem::Unreadable)?;
        match (way, jwk.crv.as_str()) {
            (Way::EdDsa, "Ed25519") => read(&jwk.x),
            (Way::Es256, "P-256") => read(&jwk.x).zip(read(&jwk.y)).map(|(x, y)| [x, y].concat()),
            _ => None,
        }
    } else {
        read(typed)
    };
    let bytes = bytes.filter(|bytes| bytes.len() == way.key_bytes()).ok_or(KeyProblem::Unreadable)?;
    Ok(written(&bytes))
}
