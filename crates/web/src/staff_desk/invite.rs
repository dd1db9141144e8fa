//! Inviting somebody: a link that works once, shown once.

use super::list::{Typed, page};
use super::{Fresh, field, placed};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, ProvenOwner};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::sign_in::mail;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::people::{Role, Staff};
use store::StoreError;
use store::people::NewStaff;

/// Letters of a name.
const LONGEST: usize = 80;

#[derive(Template)]
#[template(path = "staff_desk/invited.html")]
struct Invited {
    frame: Frame,
    shell: Shell,
    staff: Staff,
    link: String,
    /// To be copied into a letter.
    letter: String,
}

/// `POST /desk/staff`.
pub async fn invite(
    owner: ProvenOwner,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (role, sections) = placed(&pairs).unwrap_or((Role::Moderator, Vec::new()));
    let name = arabic::clean::line(field(&pairs, "name"));
    let email = mail(field(&pairs, "email"));
    let typed = Typed { name: name.clone(), email: email.clone(), role: Some(role), sections: sections.clone() };
    let problem = problem(&name, &email);
    if let Some(problem) = problem {
        return again(&app, &owner, typed, problem).await;
    }
    let fresh = Fresh::new(&app)?;
    let new = NewStaff { name, email: Some(email).filter(|email| !email.is_empty()), role, sections };
    match app.store.invite_staff(new, fresh.kept.clone(), owner.actor(), app.now()).await {
        Ok(staff) => Ok(shown(&app, &owner, staff, &fresh).await?.into_response()),
        Err(StoreError::Conflict(_)) => again(&app, &owner, typed, "staff.taken").await,
        Err(error) => Err(error.into()),
    }
}

/// The page with the link: now, and never again.
pub(super) async fn shown(app: &App, owner: &Member, staff: Staff, fresh: &Fresh) -> Answer {
    let (frame, shell) = Shell::of_member(app, owner, "staff").await?;
    let link = address::whole(&app.paper, &fresh.path);
    let until = crate::comments::when(&frame.t, &app.paper, fresh.kept.1);
    let texts = [("name", staff.name.as_str()), ("paper", &app.paper.name), ("until", &until)];
    // The link as it is, without direction marks around it: it will be copied.
    let letter = format!("{}\n\n{link}\n", frame.t.with("staff.letter", 1, &texts));
    Page::private(&Invited { frame, shell, staff, link, letter })
}

async fn again(app: &App, owner: &Member, typed: Typed, problem: &str) -> Result<Response, PageError> {
    let words = Frame::bare(app, app.now()).t.s(problem);
    Ok(page(app, owner, typed, vec![words]).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn problem(name: &str, email: &str) -> Option<&'static str> {
    let named = arabic::clean::visible(name) && name.chars().count() <= LONGEST && !name.contains('@');
    let parts = email.split_once('@');
    let is_mail =
        parts.is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !email.contains(char::is_whitespace));
    match () {
        () if !named => Some("staff.bad-name"),
        () if !email.is_empty() && (!is_mail || email.len() > 254) => Some("staff.bad-email"),
        () => None,
    }
}
