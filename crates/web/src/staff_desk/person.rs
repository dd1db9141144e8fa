//! One member of the staff: role and sections, a link anew, leave and return, the end of their sign-ins.

use super::invite::shown;
use super::{Fresh, placed};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, Owner, ProvenOwner};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::StaffId;
use newsroom::people::Role;
use newsroom::section::Section;
use store::people::{StaffChanged, StaffLine};

#[derive(Template)]
#[template(path = "staff_desk/person.html")]
struct Person {
    frame: Frame,
    shell: Shell,
    line: StaffLine,
    problem: Option<String>,
    proven: bool,
}

/// `GET /desk/staff/{id}`.
pub async fn person(owner: Owner, Path(id): Path<String>, State(app): State<App>) -> Answer {
    page(&app, &owner, who(&id)?, None).await
}

/// `POST /desk/staff/{id}/place`.
pub async fn place(
    owner: ProvenOwner,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let id = who(&id)?;
    let (role, sections) = placed(&pairs).ok_or(PageError::BadRequest("no such role"))?;
    let changed = app.store.place_staff(id, (role, &sections), owner.actor(), app.now()).await?;
    after(&app, &owner, id, changed).await
}

/// `POST /desk/staff/{id}/leave`.
pub async fn disable(
    owner: ProvenOwner,
    Path(id): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let id = who(&id)?;
    let changed = app.store.disable_staff(id, owner.actor(), app.now()).await?;
    after(&app, &owner, id, changed).await
}

/// `POST /desk/staff/{id}/return`.
pub async fn enable(owner: ProvenOwner, Path(id): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    let id = who(&id)?;
    let changed = app.store.enable_staff(id, owner.actor(), app.now()).await?;
    after(&app, &owner, id, changed).await
}

/// `POST /desk/staff/{id}/link`: shown once; links from before open nothing any more.
pub async fn link(owner: ProvenOwner, Path(id): Path<String>, State(app): State<App>) -> Answer {
    let id = who(&id)?;
    let fresh = Fresh::new(&app)?;
    let happening = app.store.link_staff(id, fresh.kept.clone(), owner.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    let staff = app.store.staff().await?.into_iter().find(|staff| staff.id == id).ok_or(PageError::NotFound)?;
    shown(&app, &owner, staff, &fresh).await
}

/// `POST /desk/staff/{id}/sessions/end`.
pub async fn end_sessions(
    owner: ProvenOwner,
    Path(id): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let id = who(&id)?;
    let happening = app.store.end_sessions(id, owner.actor(), app.now()).await?;
    after(&app, &owner, id, StaffChanged::Done(happening)).await
}

async fn after(app: &App, owner: &Member, id: StaffId, changed: StaffChanged) -> Result<Response, PageError> {
    match changed {
        StaffChanged::Done(happening) => aftermath::tell(app, &happening).await,
        StaffChanged::AsItWas => {}
        StaffChanged::LastOwner => {
            let words = Frame::bare(app, app.now()).t.s("staff.last-owner");
            let page = page(app, owner, id, Some(words)).await?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
    }
    Ok(Redirect::to(&format!("/desk/staff/{id}")).into_response())
}

async fn page(app: &App, owner: &Member, id: StaffId, problem: Option<String>) -> Answer {
    let lines = app.store.staff_lines(app.issuer()).await?;
    let line = lines.into_iter().find(|line| line.staff.id == id).ok_or(PageError::NotFound)?;
    let (frame, shell) = Shell::of_member(app, owner, "staff").await?;
    let proven = owner.is_proven(frame.now) || !app.store.keys_of(owner.staff.id).await?.any(app.issuer());
    Page::private(&Person { frame, shell, line, problem, proven })
}

fn who(id: &str) -> Result<StaffId, PageError> {
    StaffId::from_short(id).ok_or(PageError::NotFound)
}

impl Person {
    fn roles(&self) -> [Role; 5] {
        Role::ALL
    }

    fn role_words(&self, role: &Role) -> String {
        self.frame.t.s(&format!("role.{}", role.key()))
    }

    fn is_role(&self, role: &Role) -> bool {
        self.line.staff.role == *role
    }

    fn is_ticked(&self, section: &Section) -> bool {
        self.line.staff.sections.contains(&section.id)
    }

    fn seen(&self) -> Option<String> {
        self.line.seen_at.map(|at| self.frame.date(at))
    }
}
