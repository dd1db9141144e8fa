//! To the organisation's provider: what is asked is sealed into the address and bound to the browser by a cookie.

use super::organisation::{BACK, Sent, trouble};
use super::ticket::{Purpose, Ticket, issue, read};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{self, ProvenMember, StaffMember, cookie, cookie_line};
use crate::layout::address::{encoded, whole};
use crate::passkeys::{self, written};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use hmac::Mac;
use newsroom::StaffId;

/// In seconds; a sign-in at the provider that is older is made anew.
const A_MONTH: &str = "2592000";
/// For as long as a ticket holds.
const COOKIE_SECONDS: i64 = 600;
/// The longest that is read of what comes back.
pub(super) const LONGEST: usize = 4_096;

/// The cookie that says in which browser something was asked. No other name of the domain can set it.
fn cookie_name(app: &App) -> &'static str {
    guard::cookie_name(app, ["midad_organisation", "__Host-midad_organisation"])
}

/// `GET /sign-in/organisation`: to come in.
pub async fn to_come_in(State(app): State<App>) -> Result<Response, PageError> {
    lead(&app, Purpose::OrganisationAtTheDoor, None).await
}

/// `GET /desk/me/organisation`: to link one's account there.
pub async fn to_link(member: ProvenMember, State(app): State<App>) -> Result<Response, PageError> {
    lead(&app, Purpose::OrganisationLink, Some(member.staff.id)).await
}

/// `GET /desk/me/proof/organisation`: to show again who one is.
pub async fn to_prove(member: StaffMember, State(app): State<App>) -> Result<Response, PageError> {
    lead(&app, Purpose::OrganisationAgain, Some(member.staff.id)).await
}

/// What is asked of the provider, all of it out of one ticket.
pub(super) struct Question {
    pub(super) purpose: Purpose,
    state: String,
    pub(super) nonce: String,
    /// Never leaves the server before the answer is there (RFC 7636 §4.1).
    pub(super) verifier: String,
    browser: String,
}

impl Question {
    fn of(app: &App, purpose: Purpose, ticket: &[u8]) -> Option<Self> {
        let seal = |word: &str| Some(written(&app.door.seal(word, ticket)?.finalize().into_bytes()));
        Some(Self {
            purpose,
            state: written(ticket),
            nonce: seal("organisation-nonce")?,
            verifier: seal("organisation-verifier")?,
            browser: seal("organisation-browser")?,
        })
    }

    /// What was asked in this browser and is answered now.
    pub(super) fn answered(app: &App, headers: &HeaderMap, sent: &Sent) -> Option<(Self, Ticket)> {
        let bytes = passkeys::read(&sent.state).filter(|_| sent.state.len() < LONGEST)?;
        let purposes = [Purpose::OrganisationAtTheDoor, Purpose::OrganisationLink, Purpose::OrganisationAgain];
        let (purpose, ticket) =
            purposes.into_iter().find_map(|purpose| Some((purpose, read(&app.door, purpose, &bytes, app.now())?)))?;
        let browser = passkeys::read(cookie(headers, cookie_name(app))?)?;
        app.door.seal("organisation-browser", &bytes)?.verify_slice(&browser).ok()?;
        Some((Self::of(app, purpose, &bytes)?, ticket))
    }
}

/// On to the provider (OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3).
async fn lead(app: &App, purpose: Purpose, about: Option<StaffId>) -> Result<Response, PageError> {
    let provider = app.organisation.as_ref().ok_or(PageError::NotFound)?;
    let now = app.now();
    let endpoints = match provider.endpoints(now).await {
        Ok(endpoints) => endpoints,
        Err(why) => {
            tracing::warn!(%why, "the organisation's provider could not be asked");
            return trouble(app, "sign-in.organisation.unreachable").await;
        }
    };
    let ticket = issue(&app.door, purpose, about.map(|who| who.0), now).ok_or(PageError::Panicked)?;
    let question = Question::of(app, purpose, &ticket).ok_or(PageError::Panicked)?;
    let back_to = whole(&app.paper, BACK);
    let challenge = passkeys::hashed(&question.verifier);
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", &provider.settings.client),
        ("redirect_uri", &back_to),
        ("scope", "openid email profile"),
        ("state", &question.state),
        ("nonce", &question.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    // With an age asked for, the provider has to say when somebody signed in (Core §3.1.2.1). Whoever links or shows again who
    // they are does it anew, with an account of their choice: somebody else may be signed in there.
    match purpose {
        Purpose::OrganisationAtTheDoor => fields.push(("max_age", A_MONTH)),
        _ => fields.extend([("prompt", "login"), ("max_age", "0")]),
    }
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let at = &endpoints.authorization_endpoint;
    let to = format!("{at}{}{}", if at.contains('?') { '&' } else { '?' }, fields.join("&"));
    let mut answer = Redirect::to(&to).into_response();
    let line = cookie_line(app, cookie_name(app), &question.browser, COOKIE_SECONDS);
    answer.headers_mut().append(header::SET_COOKIE, HeaderValue::from_str(&line).map_err(|_| PageError::Panicked)?);
    Ok(answer)
}

/// The browser need not remember what was asked.
pub(super) fn forget(app: &App, mut answer: Response) -> Response {
    if let Ok(line) = HeaderValue::from_str(&cookie_line(app, cookie_name(app), "", 0)) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
    // The code in the address is nobody else's business.
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}
