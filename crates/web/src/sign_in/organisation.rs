//! Back from the organisation's provider: somebody comes in, links their account there, or shows again who they are. What was
//! asked is answered once.

use super::question::{LONGEST, Question, forget};
use super::ticket::{Purpose, Ticket};
use super::{Way, door, linking, second};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{From, StaffMember};
use crate::layout::Frame;
use crate::layout::address::whole;
use crate::organisation::{Claims, Expected, Provider, TokenDoubt, Trouble, verify};
use crate::page::Page;
use askama::Template;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::{StaffId, Timestamp};
use serde::Deserialize;
use store::StoreError;
use store::people::{NewOrganisationAccount, Proof, TokenHash};

/// The clocks of two machines differ by so much at most, in seconds.
const CLOCKS: i64 = 120;
/// Where the provider sends browsers back to: this address is told to it beforehand.
pub(super) const BACK: &str = "/sign-in/organisation/return";
/// What a provider sends along (OpenID Connect Core 1.0 §3.1.2.5 and §3.1.2.6, RFC 9207).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    code: String,
    pub(super) state: String,
    error: String,
    iss: String,
}

#[derive(Template)]
#[template(path = "sign_in/organisation.html")]
struct TroublePage {
    frame: Frame,
    name: String,
    problem: &'static str,
}

/// `GET /sign-in/organisation/return`: back from the provider.
pub async fn back(
    from: From,
    Query(sent): Query<Sent>,
    State(app): State<App>,
    parts: Parts,
) -> Result<Response, PageError> {
    let provider = app.organisation.as_ref().ok_or(PageError::NotFound)?;
    let asked = Question::answered(&app, &parts.headers, &sent);
    let asked = asked.filter(|_| sent.iss.is_empty() || sent.iss == provider.settings.issuer);
    let Some((question, ticket)) = asked else { return trouble(&app, "sign-in.organisation.stale").await };
    // Counted is only what was asked in this browser: any page can send others here.
    let tried = app.door.tried("organisation", &sent.state);
    door::count(&app, &tried, from.0).await?;
    if !sent.error.is_empty() || sent.code.is_empty() || sent.code.len() > LONGEST {
        let error: String = sent.error.chars().filter(char::is_ascii_graphic).take(60).collect();
        tracing::warn!(error, "the organisation's provider let nobody through");
        return trouble(&app, "sign-in.organisation.refused").await;
    }
    let claims = match who(&app, provider, sent.code, &question).await {
        Ok(claims) => claims,
        Err(Doubt::Provider(why)) => {
            tracing::warn!(%why, "the organisation's provider could not be asked");
            return trouble(&app, "sign-in.organisation.unreachable").await;
        }
        Err(Doubt::Token(why)) => {
            tracing::warn!(%why, "what the organisation's provider said was not believed");
            return trouble(&app, "sign-in.organisation.not-believed").await;
        }
    };
    let visit = Visit { app: &app, provider, claims, ticket, parts, state: sent.state };
    let answer = match question.purpose {
        Purpose::OrganisationLink => visit.link(from).await?,
        Purpose::OrganisationAgain => visit.prove(from).await?,
        _ => visit.come_in(from, &tried).await?,
    };
    Ok(forget(&app, answer))
}

/// Somebody the provider vouches for.
struct Visit<'a> {
    app: &'a App,
    provider: &'a Provider,
    claims: Claims,
    ticket: Ticket,
    parts: Parts,
    /// The ticket as it came back.
    state: String,
}

impl Visit<'_> {
    async fn come_in(self, from: From, tried: &TokenHash) -> Result<Response, PageError> {
        let app = self.app;
        let linked = app.store.organisation_account(&self.provider.settings.issuer, &self.claims.subject).await?;
        // Works here no more: told like an account that is linked to nobody.
        let account = match &linked {
            Some(linked) => match app.store.account_of(linked.staff).await {
                Ok(account) => Some(account),
                Err(StoreError::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        let Some(account) = account else {
            app.store.spend_ticket(self.ticket.mark).await?;
            app.store.note_refused_sign_in(tried, None, app.now()).await?;
            tracing::info!("somebody of the organisation is linked to nobody here");
            return trouble(app, "sign-in.organisation.not-linked").await;
        };
        if account.totp.is_some() && !self.claims.strong {
            if !app.store.spend_ticket(self.ticket.mark).await? {
                return trouble(app, "sign-in.organisation.stale").await;
            }
            return second::ask(app, account.staff.id).await.map(IntoResponse::into_response);
        }
        let (proof, headers) = (self.proof(), self.parts.headers.clone());
        match (Way { account: &account, tried, from }).open(app, proof, &headers).await? {
            Some(opened) => Ok(opened),
            None => trouble(app, "sign-in.organisation.stale").await,
        }
    }

    async fn link(mut self, from: From) -> Result<Response, PageError> {
        let Some(member) = self.member().await else { return trouble(self.app, "sign-in.organisation.stale").await };
        if self.claims.signed_in_at.is_none() {
            return linking::ask(self.app, &self.state, &self.claims).await;
        }
        if !self.signed_in_anew() {
            return trouble(self.app, "sign-in.organisation.not-anew").await;
        }
        let new = NewOrganisationAccount {
            issuer: self.provider.settings.issuer.clone(),
            subject: self.claims.subject,
            name: self.claims.name,
            ticket: self.ticket.mark,
        };
        match self.app.store.link_organisation_account(member, new, self.app.now()).await {
            Ok(Some(_)) => {
                super::believed(self.app, &self.app.store.account_of(member).await?, from).await?;
                Ok(Redirect::to("/desk/me?done=organisation").into_response())
            }
            Ok(None) => trouble(self.app, "sign-in.organisation.stale").await,
            Err(StoreError::Conflict(_)) => trouble(self.app, "sign-in.organisation.taken").await,
            Err(error) => Err(error.into()),
        }
    }

    async fn prove(mut self, from: From) -> Result<Response, PageError> {
        let app = self.app;
        let Ok(member) = StaffMember::from_request_parts(&mut self.parts, app).await else {
            return trouble(app, "sign-in.organisation.stale").await;
        };
        let (who, session) = (member.staff.id, member.session.id);
        let account = app.store.account_of(who).await?;
        // Whoever is asked for a code beside the password is asked for it here as well: by the password's way.
        let enough = account.totp.is_none() || self.claims.strong;
        let theirs = who.0 == self.ticket.about && self.signed_in_anew();
        if !theirs || !enough || !app.store.prove(session, who, self.proof(), app.now()).await? {
            return trouble(app, "sign-in.organisation.not-again").await;
        }
        super::believed(app, &account, from).await?;
        Ok(Redirect::to("/desk/me").into_response())
    }

    /// Whoever is signed in here, where it is they who asked.
    async fn member(&mut self) -> Option<StaffId> {
        let member = StaffMember::from_request_parts(&mut self.parts, self.app).await.ok()?;
        (member.staff.id.0 == self.ticket.about).then_some(member.staff.id)
    }

    /// They signed in there since they were sent (OpenID Connect Core 1.0 §3.1.3.7 no. 13), give or take two clocks.
    fn signed_in_anew(&self) -> bool {
        let asked_at = self.ticket.asked_at().as_second() - CLOCKS;
        self.claims.signed_in_at.is_some_and(|at| at.as_second() >= asked_at)
    }

    fn proof(&self) -> Proof {
        Proof::Organisation {
            issuer: self.provider.settings.issuer.clone(),
            subject: self.claims.subject.clone(),
            // Not said is not lately: such a sign-in opens the desk and changes no keys.
            shown_at: self.claims.signed_in_at.unwrap_or(Timestamp::UNIX_EPOCH),
            ticket: self.ticket.mark.clone(),
        }
    }
}

/// Why it is not known who somebody is.
enum Doubt {
    Provider(Trouble),
    Token(TokenDoubt),
}

/// Whom the provider vouches for.
async fn who(app: &App, provider: &Provider, code: String, question: &Question) -> Result<Claims, Doubt> {
    let (now, back_to) = (app.now(), whole(&app.paper, BACK));
    let verifier = question.verifier.clone();
    let tokens = provider.exchange(code, (verifier, back_to), now).await.map_err(Doubt::Provider)?;
    let (issuer, client) = (provider.settings.issuer.as_str(), provider.settings.client.as_str());
    let expected = Expected { issuer, client, nonce: &question.nonce, now };
    let look = |keys: &_| verify(&tokens.id_token, tokens.access_token.as_deref(), keys, &expected);
    let keys = provider.keys(false, now).await.map_err(Doubt::Provider)?;
    match look(&keys) {
        // Providers change their keys without a word (Core §10.1.1).
        Err(TokenDoubt::UnknownKey) => {
            look(&*provider.keys(true, now).await.map_err(Doubt::Provider)?).map_err(Doubt::Token)
        }
        looked => looked.map_err(Doubt::Token),
    }
}

/// What happened, and what to do.
pub(super) async fn trouble(app: &App, problem: &'static str) -> Result<Response, PageError> {
    let name = app.organisation.as_ref().map(|provider| provider.settings.name.clone()).unwrap_or_default();
    let page = TroublePage { frame: Frame::new(app, app.now()).await?, name, problem };
    let status = match problem {
        "sign-in.organisation.unreachable" => StatusCode::BAD_GATEWAY,
        "sign-in.organisation.not-linked" => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(forget(app, Page::private(&page)?.with_status(status).into_response()))
}
