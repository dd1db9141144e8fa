//! Who calls: a program with a key that belongs to a member of the staff.

use super::problem::ApiProblem;
use crate::app::App;
use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use newsroom::people::{Actor, May, Scope, Staff};
use newsroom::{ApiClientId, StoryId};
use std::sync::Arc;

/// A program, and for whom it acts.
#[derive(Debug, Clone)]
pub struct Program(Arc<Known>);

#[derive(Debug)]
struct Known {
    client: ApiClientId,
    per_minute: u32,
    staff: Staff,
    scopes: Vec<Scope>,
}

impl Program {
    /// Whose key came with a request, as `Authorization: Bearer KEY`. What its member may is asked anew with each call: who left
    /// the house has left it here too.
    ///
    /// # Errors
    /// [`ApiProblem::NoKey`] when there is none that holds, or it belongs to nobody who works here.
    pub async fn of(app: &App, headers: &HeaderMap) -> Result<Self, ApiProblem> {
        let line = headers.get(AUTHORIZATION).and_then(|line| line.to_str().ok());
        let key = line.and_then(|line| line.trim().split_once(' '));
        let key = key.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key.trim());
        let caller = app.callers.of_key(app, key.ok_or(ApiProblem::NoKey)?).await?.ok_or(ApiProblem::NoKey)?;
        let known = caller.known();
        let id = known.staff.ok_or(ApiProblem::NoKey)?;
        let staff = app.store.staff_at_work().await?.into_iter().find(|somebody| somebody.id == id);
        let (client, per_minute, scopes) = (known.id, known.per_minute, known.scopes.clone());
        Ok(Self(Arc::new(Known { client, per_minute, staff: staff.ok_or(ApiProblem::NoKey)?, scopes })))
    }

    /// Which.
    pub fn client(&self) -> ApiClientId {
        self.0.client
    }

    /// How many calls it has in a minute.
    pub fn per_minute(&self) -> u32 {
        self.0.per_minute
    }

    /// For whom it acts.
    pub fn staff(&self) -> &Staff {
        &self.0.staff
    }

    /// The same, for the log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.0.staff.id)
    }

    /// The key opens this part, and its member may what that asks for, and this as well.
    ///
    /// # Errors
    /// [`ApiProblem::Scope`], [`ApiProblem::Forbidden`].
    pub fn needs(&self, scope: Scope, also: &[May]) -> Result<(), ApiProblem> {
        if !self.0.scopes.contains(&scope) {
            return Err(ApiProblem::Scope(scope));
        }
        let may = |act: &May| self.0.staff.role.may(*act);
        if scope.asks().iter().all(may) && also.iter().all(may) { Ok(()) } else { Err(ApiProblem::Forbidden) }
    }

    /// Its member answers for the section of a story, or of another site's page.
    ///
    /// # Errors
    /// [`ApiProblem::Forbidden`].
    pub async fn answers_for(&self, app: &App, story: StoryId) -> Result<(), ApiProblem> {
        if self.staff().bound_to().is_some() && !self.staff().answers_for(app.store.section_of(story).await?) {
            return Err(ApiProblem::Forbidden);
        }
        Ok(())
    }
}

impl FromRequestParts<App> for Program {
    type Rejection = ApiProblem;

    /// The layer before every handler has found it.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let known = Extension::<Self>::from_request_parts(parts, app).await;
        known.map(|Extension(program)| program).map_err(|_| ApiProblem::NoKey)
    }
}
