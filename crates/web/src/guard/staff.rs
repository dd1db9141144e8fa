//! Members of the staff, by the sign-in that their browser carries, and what they may: a guard names rows of the house's one
//! table and lets in whoever may all of them. The store knows the token's hash only.

use super::{cookie, cookie_name};
use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use crate::print::sha256;
use crate::sign_in::idle_since;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::header::REFERER;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::people::{Actor, May, Staff};
use newsroom::profile::Language;
use newsroom::{SectionId, StoryId, Timestamp};
use store::people::{Session, TokenHash};

/// A session that is used is noted so often at most: a sign-in's idle end is counted in hours.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Whoever showed who they are so long ago is asked again before a change of keys or of the staff.
const RECENT: SignedDuration = SignedDuration::from_mins(30);

/// The cookie of a sign-in: 32 random bytes, opaque. Over a secure line browsers hold it to this host, this path and this
/// line by its very name.
pub fn session_cookie(app: &App) -> &'static str {
    cookie_name(app, ["midad_desk", "__Host-midad_desk"])
}

/// A member of the staff who is signed in: what every guard hands out.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub staff: Staff,
    /// Their sign-in.
    pub session: Session,
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

    /// Showed not long ago who they are; by a clock that was set back since, nobody knows how long ago.
    pub fn is_proven(&self, now: Timestamp) -> bool {
        now.duration_since(self.session.proven_at).abs() < RECENT
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

/// When somebody must have shown who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Since {
    /// When they came in.
    Whenever,
    /// Lately; or they have nothing yet to show it with. Others are led to the page that asks, and back.
    Lately,
}

macro_rules! guards {
    ($($(#[$doc:meta])* $name:ident: [$($may:ident),*] $where:ident $when:ident;)+) => {$(
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
                signed_in(parts, app, &[$(May::$may),*], (Reach::$where, Since::$when)).await.map(Self)
            }
        }
    )+};
}

guards! {
    /// Somebody who works here, whatever they may do.
    StaffMember: [] Anywhere Whenever;
    /// Somebody who may rule on comments, decide appeals and take measures on readers.
    Moderator: [Moderate, DecideAppeals, MeasureReaders] Anywhere Whenever;
    /// Somebody who may write stories; on which ones is asked of each.
    Writer: [WriteStories] Anywhere Whenever;
    /// Somebody who may publish stories.
    Editor: [Moderate, ReadStories, Publish] Anywhere Whenever;
    /// Somebody who may say how the whole house is furnished, by which rules it goes and how it answers for what it does:
    /// an editor who is bound to no section.
    ManagingEditor: [Moderate, ReadStories, Publish, Furnish, SetRules, EnterOrders, Account] WholePaper Whenever;
    /// Somebody who may say by which style rules pages are shown, and who may sell their places.
    Dresser: [DressHouse] WholePaper Whenever;
    /// Somebody who may say who works here.
    Owner: [ManageStaff] WholePaper Whenever;
    /// Somebody who works here and showed not long ago that it is they: for whoever changes their own keys.
    ProvenMember: [] Anywhere Lately;
    /// The same for whoever changes the staff.
    ProvenOwner: [ManageStaff] WholePaper Lately;
}

/// SHA-256 of a token, in hexadecimal.
pub fn hash_of(token: &str) -> TokenHash {
    TokenHash(sha256(token))
}

/// Who is signed in, when they may all of it. A reader of pages is shown the way in; a form gets an error, since what was
/// typed would be lost on the way.
async fn signed_in(
    parts: &mut Parts,
    app: &App,
    acts: &[May],
    (reach, since): (Reach, Since),
) -> Result<Member, Response> {
    let may = |member: &Member| {
        let reaches = reach == Reach::Anywhere || member.sections().is_none();
        reaches && acts.iter().all(|act| member.staff.role.may(*act))
    };
    match known(parts, app).await.map_err(IntoResponse::into_response)? {
        Some(member) if may(&member) => match since {
            Since::Whenever => Ok(member),
            Since::Lately => proven(parts, app, member).await,
        },
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
    let Some(token) = cookie(&parts.headers, session_cookie(app)) else { return Ok(None) };
    let now = app.now();
    let found = app.store.session(&hash_of(token), idle_since(now), now).await?;
    let member = found.map(|(session, staff)| Member { staff, session });
    if let Some(member) = &member {
        if now.duration_since(member.session.seen_at) > NOTED_EVERY {
            app.store.touch_session(member.session.id, now).await?;
        }
        parts.extensions.insert(member.clone());
    }
    Ok(member)
}

/// The language that whoever is signed in chose for the desk. None where they chose none, nobody is signed in, or the store
/// cannot say.
pub async fn language_of(parts: &mut Parts, app: &App) -> Option<Language> {
    known(parts, app).await.ok().flatten()?.session.language
}

/// Lets somebody go on who showed lately who they are, or leads them to where they can. Whoever came by a link and has no
/// key yet has nothing to show: the link was it.
async fn proven(parts: &Parts, app: &App, member: Member) -> Result<Member, Response> {
    if member.is_proven(app.now()) {
        return Ok(member);
    }
    let keys = app.store.keys_of(member.staff.id).await;
    if !keys.map_err(|error| PageError::from(error).into_response())?.any(app.issuer()) {
        return Ok(member);
    }
    let page = parts.headers.get(REFERER).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let page = page.strip_prefix(app.paper.address.as_str()).filter(|page| page.starts_with("/desk/"));
    let back = address::encoded(page.unwrap_or("/desk/me"));
    Err(Redirect::to(&format!("/desk/me/proof?back={back}")).into_response())
}
