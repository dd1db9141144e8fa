//! Accounts of other servers, as they say themselves: asked for once a day, and once more when a signature is not one by the key
//! that is known.

use super::courier::Courier;
use super::keys::PaperKeys;
use super::place::{host, key_name};
use super::signature::{MOST_PEM, holds, key_of, sign};
use super::words::line;
use crate::app::App;
use crate::desk_notices::Undelivered;
use jiff::SignedDuration;
use newsroom::followers::{FarAddress, Followed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::StoreError;
use store::fediverse::NewArrival;

/// What an account said holds for so long.
const HOLDS_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Kinds of actors (ActivityStreams 2.0, Vocabulary, 3.3).
const KINDS: [&str; 5] = ["Person", "Service", "Application", "Group", "Organization"];

/// An account, as far as the paper needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FarActor {
    /// Its address.
    pub id: String,
    /// The name of its key, and the key.
    pub key_name: String,
    pub pem: String,
    /// What it is called.
    pub name: String,
    /// Its name in its handle.
    pub user: String,
    /// Its own inbox, and that of its whole server.
    pub inbox: String,
    pub shared: Option<String>,
}

/// Why it is not known whose something is.
#[derive(Debug)]
pub(super) enum Unknown {
    /// It is signed by nobody who is known.
    Forged,
    /// The account is no more.
    Gone,
    /// Its server does not answer now.
    Later,
    /// The store cannot answer.
    Store(StoreError),
}

impl From<StoreError> for Unknown {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl FarActor {
    /// Whoever signed what came.
    pub async fn of(app: &App, courier: &dyn Courier, came: &NewArrival) -> Result<Self, Unknown> {
        let now = app.now();
        let since = now.checked_sub(HOLDS_FOR).unwrap_or(now);
        let known = app.store.far_actor(&came.actor, since).await?;
        let known = known.and_then(|said| serde_json::from_str::<Self>(&said).ok());
        if let Some(known) = known.filter(|known| known.signed(came)) {
            return Ok(known);
        }
        let fresh = Self::ask(app, courier, &came.actor).await?;
        let said = serde_json::to_string(&fresh).map_err(|problem| StoreError::Broken(problem.to_string()))?;
        app.store.keep_far_actor(&came.actor, &said, now).await?;
        if fresh.signed(came) { Ok(fresh) } else { Err(Unknown::Forged) }
    }

    fn signed(&self, came: &NewArrival) -> bool {
        self.key_name == came.key_name && holds(&self.pem, &came.signed, &came.signature)
    }

    async fn ask(app: &App, courier: &dyn Courier, id: &str) -> Result<Self, Unknown> {
        let address = FarAddress::read(id).ok_or(Unknown::Forged)?;
        if app.followers.fediverse.asked.take_named(address.host()).is_err() {
            return Err(Unknown::Later);
        }
        let keys = PaperKeys::of(app).await?;
        let path = path_of(id);
        let name = key_name(&app.paper, Followed::Paper);
        let signed = sign(&keys, &name, ("get", address.host(), path), None, app.now());
        let mut headers = signed.ok_or(Unknown::Later)?;
        headers.push(("accept", "application/activity+json, application/ld+json".to_owned()));
        match courier.get(address.as_str(), headers).await {
            Ok(document) => Self::read(&document, id).ok_or(Unknown::Forged),
            Err(Undelivered::Status(404 | 410)) => Err(Unknown::Gone),
            Err(Undelivered::Inside) => Err(Unknown::Forged),
            Err(_) => Err(Unknown::Later),
        }
    }

    /// Reads what an account says of itself: it must be the one that was asked for, with its own key and an inbox on its own host.
    pub fn read(document: &[u8], id: &str) -> Option<Self> {
        let said: Value = serde_json::from_slice(document).ok()?;
        let is_kind = said["type"].as_str().is_some_and(|kind| KINDS.contains(&kind));
        if said["id"] != id || !is_kind {
            return None;
        }
        let keys = match &said["publicKey"] {
            Value::Array(keys) => keys.first()?,
            one => one,
        };
        let (key_name, pem) = (keys["id"].as_str()?, keys["publicKeyPem"].as_str()?);
        let is_own = keys["owner"] == id && host(key_name) == host(id) && pem.len() <= MOST_PEM;
        if !is_own || key_of(pem).is_none() {
            return None;
        }
        let here = |said: &Value| {
            let address = FarAddress::read(said.as_str()?)?;
            (Some(address.host()) == host(id).as_deref()).then(|| address.as_str().to_owned())
        };
        let user = said["preferredUsername"].as_str()?.to_owned();
        Some(Self {
            id: id.to_owned(),
            key_name: key_name.to_owned(),
            pem: pem.to_owned(),
            name: line(said["name"].as_str().unwrap_or_default()),
            user,
            inbox: here(&said["inbox"])?,
            shared: here(&said["endpoints"]["sharedInbox"]),
        })
    }
}

/// Path and query of an address.
pub(super) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).map_or("/", |path| path.split('#').next().unwrap_or("/"))
}
