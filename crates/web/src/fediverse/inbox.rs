//! `POST …/inbox`: what other servers tell the paper. Everything that can be seen without asking anybody is looked at here; whose it
//! is, is looked at in the background, for a key may have to be asked for.

use super::activity::Activity;
use super::offered;
use super::place::{host, own_host};
use super::signature::{Came, Doubt, claimed};
use crate::app::App;
use crate::error::PageError;
use crate::guard::From;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use store::fediverse::NewArrival;

/// The three inboxes are one: what is sent says itself to whom.
pub async fn inbox(
    State(app): State<App>,
    from: From,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, PageError> {
    offered(&app)?;
    app.followers.fediverse.requests.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
    let app = app.to_readers();
    let activity = Activity::read(&body).ok_or(PageError::BadRequest("no activity"))?;
    let of = host(&activity.actor).ok_or(PageError::BadRequest("no actor"))?;
    if app.store.is_far_host_blocked(&of).await? {
        return Err(PageError::Forbidden);
    }
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let came = Came { method: "POST", path, host: &own_host(&app.paper), headers: &headers, body: &body };
    let claim = match claimed(&came, app.now()) {
        Ok(claim) if activity.is_of_one_host(&claim.key_name) => claim,
        Ok(_) => return Ok(refused("another host")),
        Err(doubt) => return Ok(refused(doubt.words())),
    };
    // Nobody has looked at the signature yet: what is answered must not hang on what the paper knows of a message, or whoever asks
    // learns that a comment waits.
    let site = app.site.now();
    if site.doors.are_shut(app.now()) && activity.brings_something() {
        return Err(PageError::ReadingOnly { note: site.doors.note.clone() });
    }
    if !app.store.has_room_for_arrivals(&of).await? {
        return Err(PageError::TooSlow);
    }
    if activity.concern(&app).await?.is_none() {
        return Ok(StatusCode::ACCEPTED.into_response());
    }
    let body = String::from_utf8(body.to_vec()).map_err(|_| PageError::BadRequest("no text"))?.replace('\0', "");
    let new = NewArrival {
        host: of,
        actor: activity.actor,
        key_name: claim.key_name,
        signed: claim.signed,
        signature: claim.signature,
        body,
    };
    match app.store.keep_arrival(new, app.now()).await? {
        true => Ok(StatusCode::ACCEPTED.into_response()),
        // A server that hears this sends it again later.
        false => Err(PageError::TooSlow),
    }
}

/// For whoever looks at the log of the other server.
fn refused(why: &'static str) -> Response {
    (StatusCode::UNAUTHORIZED, why).into_response()
}

impl Doubt {
    fn words(self) -> &'static str {
        match self {
            Self::Unsigned => "no signature",
            Self::TooLittle => "too little is signed",
            Self::NoDigest => "no digest of the body",
            Self::OtherBody => "another body",
            Self::Date => "date too far from now",
        }
    }
}
