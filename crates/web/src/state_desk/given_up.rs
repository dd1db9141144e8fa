//! What is done about jobs that were given up.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Owner;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use newsroom::JobId;
use newsroom::happening::Happening;
use serde::Deserialize;
use store::StoreError;
use store::outbox::Which;

/// The longest kind, in bytes: ours are shorter.
const LONGEST_KIND: usize = 64;

/// All jobs of a kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct KindForm {
    kind: String,
}

/// `POST /desk/state/jobs/{job}/again`.
pub async fn one_again(owner: Owner, Path(job): Path<String>, State(app): State<App>) -> Result<Redirect, PageError> {
    let job = JobId::from_short(&job).ok_or(PageError::NotFound)?;
    let tried = app.store.try_jobs_again(Which::One(job), owner.staff.id, app.now()).await;
    told(&app, tried, "again").await
}

/// `POST /desk/state/jobs/again`: all of a kind, a thousand at most.
pub async fn kind_again(
    owner: Owner,
    State(app): State<App>,
    Form(form): Form<KindForm>,
) -> Result<Redirect, PageError> {
    if form.kind.len() > LONGEST_KIND {
        return Err(PageError::NotFound);
    }
    let tried = app.store.try_jobs_again(Which::OfKind(form.kind), owner.staff.id, app.now()).await;
    told(&app, tried, "again").await
}

/// `POST /desk/state/jobs/{job}/removal`.
pub async fn drop_one(owner: Owner, Path(job): Path<String>, State(app): State<App>) -> Result<Redirect, PageError> {
    let job = JobId::from_short(&job).ok_or(PageError::NotFound)?;
    let dropped = app.store.drop_job(job, owner.staff.id, app.now()).await;
    told(&app, dropped, "dropped").await
}

/// What nobody has given up any more was tried again or dropped by somebody else: that is no error.
async fn told(app: &App, done: Result<Happening, StoreError>, word: &str) -> Result<Redirect, PageError> {
    let word = match done {
        Ok(happening) => {
            aftermath::tell(app, &happening).await;
            word
        }
        Err(StoreError::NotFound) => "nothing",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/desk/state?done={word}#given-up")))
}
