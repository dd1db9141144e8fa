//! Members of the staff, by the sign-in that their browser carries, and what they may: a guard names rows of the house's one
//! table and lets in whoever may all of them. The store knows the token's hash only.

use super::cookie;
use crate::app::App;
use crate::error::PageError;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::people::{Actor, May, Staff};
use newsroom::{SectionId, SessionId, StoryId};
use sha2::{Digest, Sha256};
use store::people::TokenHash;

/// The cookie of a sign-in: 32 random bytes, opaque.
pub const SESSION_COOKIE: &str = "midad_desk";

/// A member of the staff who is signed in: what every guard hands out.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub staff: Staff,
    /// Their sign-in.
    pub session: SessionId,
}

impl Member {
    /// For the log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.id)
    }

    /// The only sections that they answer for; `None`: the whole paper.
    pub fn sections(&self) -> Option<&[SectionId]> {
        self.staff.bound_to()
    }

    /// Lets them go on when a story is theirs to look after: to be asked before every act on it or on a comment under it.
    ///
    /// # Errors
    /// [`PageError::Forbidden`] when it stands in a section that they are not bound to.
    pub async fn answers_for(&self, app: &App, story: StoryId) -> Result<(), PageError> {
        if self.sections().is_some() && !self.staff.answers_for(app.store.section_of(story).await?) {
            return Err(PageError::Forbidden);
        }
        Ok(())
    }
}

/// Where somebody must be at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// In some section; every act asks in which: [`Member::answers_for`].
    Anywhere,
    /// In all of them: what is done holds for the whole paper.
    WholePaper,
}

macro_rules! guards {
    ($($(#[$doc:meta])* $name:ident: [$($may:ident),*] $where:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(Member);

        impl std::ops::Deref for $name {
            type Target = Member;

            fn deref(&self) -> &Member {
                &self.0
            }
        }

        impl FromRequestParts<App> for $name {
            type Rejection = Response;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
                signed_in(parts, app, &[$(May::$may),*], Reach::$where).await.map(Self)
            }
        }
    )+};
}

guards! {
    /// Somebody who works here, whatever they may do.
    StaffMember: [] Anywhere;
    /// Somebody who may rule on comments, decide appeals and take measures on readers.
    Moderator: [Moderate, DecideAppeals, MeasureReaders] Anywhere;
    /// Somebody who may read what is not public yet.
    SubEditor: [ReadStories] Anywhere;
    /// Somebody who may publish stories.
    Editor: [Moderate, ReadStories, Publish] Anywhere;
    /// Somebody who may say how the whole house is furnished, by which rules it goes and how it answers for what it does:
    /// an editor who is bound to no section.
    ManagingEditor: [Moderate, ReadStories, Publish, Furnish, SetRules, EnterOrders, Account] WholePaper;
    /// Somebody who may say who works here.
    #[allow(dead_code, reason = "the pages of the staff are not there yet")]
    Owner: [ManageStaff] WholePaper;
}

/// SHA-256 of a token, in hexadecimal.
pub fn hash_of(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Who is signed in, when they may all of it. A reader of pages is shown the way in; a form gets an error, since what was
/// typed would be lost on the way.
async fn signed_in(parts: &mut Parts, app: &App, acts: &[May], reach: Reach) -> Result<Member, Response> {
    let may = |member: &Member| {
        let reaches = reach == Reach::Anywhere || member.sections().is_none();
        reaches && acts.iter().all(|act| member.staff.role.may(*act))
    };
    match known(parts, app).await.map_err(IntoResponse::into_response)? {
        Some(member) if may(&member) => Ok(member),
        Some(_) => Err(PageError::Forbidden.into_response()),
        None if matches!(parts.method, Method::GET | Method::HEAD) => Err(Redirect::to("/sign-in").into_response()),
        None => Err(PageError::SignInFirst.into_response()),
    }
}

/// Whose sign-in the browser carries; looked up once in a request, however many guards it passes.
async fn known(parts: &mut Parts, app: &App) -> Result<Option<Member>, PageError> {
    if let Some(member) = parts.extensions.get::<Member>() {
        return Ok(Some(member.clone()));
    }
    let Some(token) = cookie(&parts.headers, SESSION_COOKIE) else { return Ok(None) };
    let found = app.store.session(&hash_of(token), app.now()).await?;
    let member = found.map(|(session, staff)| Member { staff, session });
    if let Some(member) = &member {
        parts.extensions.insert(member.clone());
    }
    Ok(member)
}
