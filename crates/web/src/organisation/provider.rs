//! The organisation's provider: what the settings name, what it says of itself, and the two things that are asked of it. It
//! is asked only when somebody presses the button.

use super::jwks::Jwks;
use crate::layout::address::encoded;
use newsroom::Timestamp;
use serde::Deserialize;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

/// What the provider says of itself and its keys are believed for so long, in seconds.
const BELIEVED_FOR: i64 = 3_600;
/// One that did not answer is left alone for so long, in seconds.
const LEFT_ALONE: i64 = 15;
/// Keys are fetched anew because of an unknown one so often at most, in seconds.
const ANEW_EVERY: i64 = 60;

/// An answer that is on its way.
pub type Fetching = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send>>;

/// Speaks to the provider: `server` has the real one, tests have their own.
pub trait Fetch: std::fmt::Debug + Send + Sync {
    /// Gets a document of JSON.
    fn get(&self, url: &str) -> Fetching;

    /// Sends a form. `basic` is name and secret for HTTP Basic authentication, form-encoded by whoever calls (RFC 6749 §2.3.1).
    fn post(&self, url: &str, form: Vec<(&'static str, String)>, basic: Option<(String, String)>) -> Fetching;
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nobody answered in time, or the line is not safe.
    #[error("not reached: {0}")]
    NotReached(String),
    /// Something else than 200.
    #[error("answered {0}")]
    Status(u16),
    /// More than a provider has to say.
    #[error("answered too much")]
    TooMuch,
    /// Neither https nor this machine.
    #[error("an address that is not asked")]
    NotAsked,
}

/// The provider as the settings name it.
#[derive(Clone)]
pub struct ProviderSettings {
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// As whom the paper is known there.
    pub client: String,
    /// The paper's secret there.
    pub secret: String,
    /// On the button.
    pub name: String,
}

impl std::fmt::Debug for ProviderSettings {
    /// Without the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProviderSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// One per process.
#[derive(Debug)]
pub struct Provider {
    /// What the settings say.
    pub settings: ProviderSettings,
    fetch: Arc<dyn Fetch>,
    known: Mutex<Option<Known>>,
    /// One asks, the others wait; when it failed last.
    asking: tokio::sync::Mutex<Option<Timestamp>>,
}

#[derive(Debug, Clone)]
struct Known {
    at: Timestamp,
    keys_at: Timestamp,
    endpoints: Endpoints,
    keys: Arc<Jwks>,
}

/// Where a provider is asked (OpenID Connect Discovery 1.0 §3).
#[derive(Debug, Clone, Deserialize)]
pub struct Endpoints {
    issuer: String,
    /// Where a browser is sent.
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

/// What a provider gives for a code.
#[derive(Debug, Deserialize)]
pub struct Tokens {
    /// Who it is, signed.
    pub id_token: String,
    /// Used for nothing here but its hash in the other one.
    pub access_token: Option<String>,
}

/// Why a provider cannot be used now. For the log.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It did not answer as it should.
    #[error("the provider: {0}")]
    Fetch(#[from] FetchError),
    /// It did not answer a moment ago.
    #[error("the provider did not answer a moment ago")]
    LeftAlone,
    /// Its answer cannot be read, or calls itself otherwise than the settings do.
    #[error("the provider's {0} cannot be used")]
    Answer(&'static str),
}

impl Provider {
    /// As the settings name it; nothing is asked yet.
    pub fn new(settings: ProviderSettings, fetch: Arc<dyn Fetch>) -> Self {
        Self { settings, fetch, known: Mutex::default(), asking: tokio::sync::Mutex::default() }
    }

    /// Where it is asked.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn endpoints(&self, now: Timestamp) -> Result<Endpoints, Trouble> {
        Ok(self.known(now).await?.endpoints)
    }

    /// Its keys; `anew` where one was signed with that is not among them.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn keys(&self, anew: bool, now: Timestamp) -> Result<Arc<Jwks>, Trouble> {
        let mut known = self.known(now).await?;
        if anew && now.as_second() - known.keys_at.as_second() >= ANEW_EVERY {
            known.keys = self.fetch_keys(&known.endpoints).await?;
            known.keys_at = now;
            *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        }
        Ok(known.keys)
    }

    /// Exchanges a code (OpenID Connect Core 1.0 §3.1.3, RFC 7636 §4.5).
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn exchange(
        &self,
        code: String,
        (verifier, back_to): (String, String),
        now: Timestamp,
    ) -> Result<Tokens, Trouble> {
        let endpoints = self.endpoints(now).await?;
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code),
            ("redirect_uri", back_to),
            ("code_verifier", verifier),
        ];
        let ProviderSettings { client, secret, .. } = &self.settings;
        // Basic where nothing is said (Discovery §3).
        let methods = &endpoints.token_endpoint_auth_methods_supported;
        let takes = |method: &str| methods.iter().any(|one| one == method);
        let basic = match methods.is_empty() || takes("client_secret_basic") || !takes("client_secret_post") {
            true => Some((encoded(client), encoded(secret))),
            false => {
                form.push(("client_id", client.clone()));
                form.push(("client_secret", secret.clone()));
                None
            }
        };
        let answer = self.fetch.post(&endpoints.token_endpoint, form, basic).await?;
        serde_json::from_slice(&answer).map_err(|_| Trouble::Answer("answer to a code"))
    }

    async fn known(&self, now: Timestamp) -> Result<Known, Trouble> {
        if let Some(known) = self.believed(now) {
            return Ok(known);
        }
        let mut failed = self.asking.lock().await;
        if let Some(known) = self.believed(now) {
            return Ok(known);
        }
        if failed.is_some_and(|at| now.as_second() - at.as_second() < LEFT_ALONE) {
            return Err(Trouble::LeftAlone);
        }
        let described = self.describe(now).await;
        *failed = described.is_err().then_some(now);
        described
    }

    fn believed(&self, now: Timestamp) -> Option<Known> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.filter(|known| now.as_second() - known.at.as_second() < BELIEVED_FOR)
    }

    async fn describe(&self, now: Timestamp) -> Result<Known, Trouble> {
        // Discovery §4.1: a slash at the end is left out before the path is put there.
        let address = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let endpoints = serde_json::from_slice::<Endpoints>(&self.fetch.get(&address).await?);
        let endpoints = endpoints.map_err(|_| Trouble::Answer("description"))?;
        // Discovery §4.3: it must call itself exactly so.
        if endpoints.issuer != self.settings.issuer {
            return Err(Trouble::Answer("name"));
        }
        let keys = self.fetch_keys(&endpoints).await?;
        let known = Known { at: now, keys_at: now, endpoints, keys };
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known)
    }

    async fn fetch_keys(&self, endpoints: &Endpoints) -> Result<Arc<Jwks>, Trouble> {
        let keys = Jwks::read(&self.fetch.get(&endpoints.jwks_uri).await?);
        keys.map(Arc::new).ok_or(Trouble::Answer("keys"))
    }
}
