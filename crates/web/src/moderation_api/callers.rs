//! Who calls: other comment systems with keys, each at a pace of its own.
//!
//! All clients are kept in memory, so that a call asks nothing of the store. What the command line changes reaches a
//! running paper as a happening, within a second or so; a minute is the longest that any of it is believed.

use crate::app::App;
use crate::guard::hash_of;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use newsroom::people::Scope;
use newsroom::{ApiClientId, Timestamp};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use store::api_clients::{ApiClient, NewApiClient};
use store::people::TokenHash;
use store::{Store, StoreError};

/// The highest pace that a key can be given, in comments a minute.
pub const MOST_PER_MINUTE: u32 = 100_000_000;
/// Stands before every key, so that programs that look for forgotten keys know one.
const PREFIX: &str = "midad_";
const KEY_BYTES: usize = 32;
/// What the moderators of one system decide in a minute, at most: they are people, and every decision is a row.
pub const MOST_SUGGESTIONS_PER_MINUTE: u32 = 600;
/// How long the list is believed without being read again.
const BELIEVED: Duration = Duration::from_secs(60);

/// Makes a key for another comment system. It is told here once; the store has its hash only.
///
/// # Errors
/// [`StoreError::Conflict`] when the name is taken, and when the system has no randomness to give.
pub async fn make_api_key(
    store: &Store,
    name: &str,
    per_minute: u32,
    now: Timestamp,
) -> Result<(ApiClient, String), StoreError> {
    let new = NewApiClient { name: name.to_owned(), per_minute, staff: None, scopes: vec![Scope::Verdicts] };
    make_program_key(store, &new, now).await
}

/// Makes a key for a program. It is told here once; the store has its hash only.
///
/// # Errors
/// As [`make_api_key`].
pub async fn make_program_key(
    store: &Store,
    new: &NewApiClient,
    now: Timestamp,
) -> Result<(ApiClient, String), StoreError> {
    let mut bytes = [0_u8; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|problem| StoreError::Unreachable(problem.to_string()))?;
    let key = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
    let (client, _) = store.add_api_client_for(new, &hash_of(&key), now).await?;
    Ok((client, key))
}

/// Another comment system that showed its key.
#[derive(Debug, Clone)]
pub struct Caller(Arc<Known>);

#[derive(Debug)]
struct Known {
    client: ApiClient,
    pace: DefaultDirectRateLimiter,
    suggestions: DefaultDirectRateLimiter,
}

/// Why a call has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooFast {
    /// So many seconds.
    Wait(u64),
    /// For ever: more comments at once than the key may send in a minute.
    Never,
}

impl Caller {
    /// Which.
    pub fn client(&self) -> ApiClientId {
        self.0.client.id
    }

    /// What is known of it.
    pub fn known(&self) -> &ApiClient {
        &self.0.client
    }

    /// Its key opens the calls of this folder.
    pub fn asks_for_verdicts(&self) -> bool {
        self.0.client.scopes.contains(&Scope::Verdicts)
    }

    /// Counts so many comments; they may come at once.
    pub fn take(&self, comments: usize) -> Result<(), TooFast> {
        let Some(comments) = u32::try_from(comments).ok().and_then(NonZeroU32::new) else { return Ok(()) };
        counted(&self.0.pace, comments)
    }

    /// Counts one decision of its moderators, which is a call as well.
    pub fn take_suggestion(&self) -> Result<(), TooFast> {
        counted(&self.0.suggestions, NonZeroU32::MIN)?;
        self.take(1)
    }
}

fn counted(pace: &DefaultDirectRateLimiter, calls: NonZeroU32) -> Result<(), TooFast> {
    match pace.check_n(calls) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(later)) => Err(TooFast::Wait(later.wait_time_from(DefaultClock::default().now()).as_secs() + 1)),
        Err(_) => Err(TooFast::Never),
    }
}

/// All clients whose keys hold.
#[derive(Debug, Default)]
pub struct Callers {
    book: RwLock<Book>,
    /// Goes up when a key was given or taken away: a list that was asked for before is not believed.
    changes: AtomicU64,
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Book {
    by_key: HashMap<String, Caller>,
    /// When it was read, and after how many changes.
    read: Option<(Instant, u64)>,
}

impl Callers {
    /// Whose key this is.
    ///
    /// # Errors
    /// When the store cannot answer and nothing is known that can still be believed.
    pub async fn of_key(&self, app: &App, key: &str) -> Result<Option<Caller>, StoreError> {
        let TokenHash(hash) = hash_of(key);
        if let Some(found) = self.look(&hash) {
            return Ok(found);
        }
        let _turn = self.reading.lock().await;
        // Somebody else may have read it meanwhile.
        if let Some(found) = self.look(&hash) {
            return Ok(found);
        }
        let changes = self.changes.load(Ordering::Acquire);
        let listed = app.store.api_clients().await?;
        let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
        book.write_anew(listed);
        book.read = Some((Instant::now(), changes));
        Ok(book.by_key.get(&hash).cloned())
    }

    /// A key was given or taken away.
    pub fn forget(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Whose key it is, as far as the book is believed.
    fn look(&self, hash: &str) -> Option<Option<Caller>> {
        let book = self.book.read().unwrap_or_else(PoisonError::into_inner);
        let (at, changes) = book.read?;
        let believed = at.elapsed() < BELIEVED && changes == self.changes.load(Ordering::Acquire);
        believed.then(|| book.by_key.get(hash).cloned())
    }
}

impl Book {
    /// What a client has sent already goes on counting.
    fn write_anew(&mut self, listed: Vec<(ApiClient, TokenHash)>) {
        let mut before = std::mem::take(&mut self.by_key);
        let holds = listed.into_iter().filter(|(client, _)| client.revoked_at.is_none());
        self.by_key = holds
            .map(|(client, TokenHash(hash))| {
                let same = before.remove(&hash).filter(|caller| caller.0.client == client);
                (hash, same.unwrap_or_else(|| caller(client)))
            })
            .collect();
    }
}

fn caller(client: ApiClient) -> Caller {
    let pace = |most: u32| RateLimiter::direct(Quota::per_minute(NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN)));
    let (all, suggestions) = (pace(client.per_minute), pace(client.per_minute.min(MOST_SUGGESTIONS_PER_MINUTE)));
    Caller(Arc::new(Known { client, pace: all, suggestions }))
}
