//! A colleague's address of mail holds once the link to it was opened, by whoever asked for it and is signed in. Looking at a
//! link uses nothing up: mail programs look at links before people do.

use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{StaffMember, hash_of};
use crate::layout::{Frame, address};
use crate::mail::Letter;
use crate::page::{Answer, Page};
use crate::reader::end_of_link;
use crate::sign_in::token;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::StaffId;
use newsroom::people::EmailAddress;
use store::StoreError;

#[derive(Template)]
#[template(path = "desk_notices/confirm.html")]
struct Confirm {
    frame: Frame,
    shell: Shell,
    token: String,
    /// The address; none: the link is used, too old or somebody else's.
    address: Option<String>,
}

#[derive(Template)]
#[template(path = "desk_notices/link.html")]
struct AsHtml<'l> {
    t: crate::words::Words,
    paper: &'l str,
    link: &'l str,
}

#[derive(Template)]
#[template(path = "desk_notices/link.txt", escape = "none")]
struct AsText<'l> {
    t: crate::words::Words,
    paper: &'l str,
    link: &'l str,
}

/// `GET /desk/me/notices/address/{token}`: one button.
pub async fn ask(member: StaffMember, Path(token): Path<String>, State(app): State<App>) -> Answer {
    page(&app, &member, token).await
}

/// `POST /desk/me/notices/address/{token}`: uses the link up.
pub async fn confirm(
    member: StaffMember,
    Path(token): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    if app.store.confirm_staff_address(member.staff.id, &hash_of(&token), app.now()).await? {
        return Ok(Redirect::to("/desk/me/notices?done=confirmed").into_response());
    }
    Ok(page(&app, &member, token).await?.into_response())
}

async fn page(app: &App, member: &StaffMember, token: String) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "me").await?;
    let address = app.store.staff_address_link(member.staff.id, &hash_of(&token), frame.now).await?;
    let status = if address.is_some() { StatusCode::OK } else { StatusCode::GONE };
    Ok(Page::private(&Confirm { frame, shell, token, address })?.with_status(status))
}

/// The letter with the link: its token is made now, and only its hash is kept.
pub(super) async fn letter(app: &App, staff: StaffId) -> Result<Option<Letter>, StoreError> {
    let here = app.store.staff_at_work().await?;
    if !here.iter().any(|one| one.id == staff) {
        return Ok(None);
    }
    let token = token()?;
    let armed = app.store.arm_staff_address(staff, &hash_of(&token), end_of_link(app.now())).await?;
    let Some(to) = armed.as_deref().and_then(EmailAddress::new) else { return Ok(None) };
    let app = &super::as_colleague_reads(app, staff).await?;
    let t = app.words();
    let (paper, link) = (app.paper.name.as_str(), address::whole(&app.paper, &path_of(&token)));
    let broken = |problem: askama::Error| StoreError::Broken(problem.to_string());
    let html = AsHtml { t, paper, link: &link }.render().map_err(broken)?;
    let text = AsText { t, paper, link: &link }.render().map_err(broken)?;
    let subject = t.with("notice.confirm.subject", 1, &[("paper", paper)]);
    Ok(Some(Letter { to, subject, text, html, unsubscribe: None }))
}

fn path_of(token: &str) -> String {
    format!("/desk/me/notices/address/{token}")
}
