//! Coming in by a link that works once: invitations, and the way back for whoever lost their keys.

use super::session::{Beginning, home, token};
use crate::app::App;
use crate::error::PageError;
use crate::guard::hash_of;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use newsroom::StaffId;
use newsroom::people::Staff;
use serde::Deserialize;
use store::StoreError;

/// Where somebody goes on after coming in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Onward {
    /// `me`: to set up what they will sign in with from now on.
    to: String,
}

#[derive(Template)]
#[template(path = "sign_in/ask.html")]
struct Ask {
    frame: Frame,
    staff: Staff,
    role: String,
    token: String,
    onward: Onward,
}

#[derive(Template)]
#[template(path = "sign_in/spent.html")]
struct Spent {
    frame: Frame,
}

/// Makes a one-time sign-in link for a member of the staff, good for `hours`: the path, `/sign-in/TOKEN`.
///
/// # Errors
/// When the store cannot keep it, or the system has no randomness to give.
pub async fn make_sign_in_link(app: &App, staff: StaffId, hours: i64) -> Result<String, StoreError> {
    let (token, now) = (token()?, app.now());
    let until = now.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(now);
    app.store.keep_sign_in_link(&hash_of(&token), staff, until).await?;
    Ok(format!("/sign-in/{token}"))
}

/// `GET /sign-in/{token}`: whose link it is. Looking does not use it up: mail programs look at links before people do.
pub async fn ask(Path(token): Path<String>, Query(onward): Query<Onward>, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    match app.store.sign_in_link(&hash_of(&token), frame.now).await? {
        Some(staff) => {
            let role = frame.t.s(&format!("role.{}", staff.role.key()));
            Page::private(&Ask { frame, staff, role, token, onward })
        }
        None => Ok(Page::private(&Spent { frame })?.with_status(StatusCode::GONE)),
    }
}

/// `POST /sign-in/{token}`: uses the link up and opens the desk.
pub async fn enter(
    Path(link): Path<String>,
    headers: HeaderMap,
    State(app): State<App>,
    Form(onward): Form<Onward>,
) -> Result<Response, PageError> {
    let beginning = Beginning::new(&app, &headers)?;
    let now = app.now();
    let Some(staff) = app.store.sign_in(&hash_of(&link), beginning.session.clone(), now).await? else {
        let spent = Spent { frame: Frame::new(&app, now).await? };
        return Ok(Page::private(&spent)?.with_status(StatusCode::GONE).into_response());
    };
    let to = if onward.to == "me" { "/desk/me" } else { home(staff.role) };
    Ok(beginning.lead(&app, to))
}
