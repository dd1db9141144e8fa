//! Counts the pages that readers open, in memory; the clock writes the sums down. No cookie, no address, no third party: a
//! reader of the day is known by a keyed hash of network and browser, under a salt that goes at the end of the day.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::guard::{From, cookie, session_cookie};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use jiff::civil::Date;
use newsroom::Timestamp;
use newsroom::readings::{
    Country, KEPT_DAYS, Opened, Opening, Source, Tally, first_of, is_ahead_of_time, is_of_a_person, source_of,
};
use sha2::Sha256;
use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Mutex, OnceLock};
use store::StoreError;

/// Readers of a day that a process counts at most: a machine that calls itself another browser each time fills no more.
const MOST_KNOWN: usize = 200_000;
/// A salt that could not be had is asked for again after this.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_secs(60);
/// Marks and sums that go in one transaction.
const FORGOTTEN_AT_ONCE: u32 = 5_000;

/// Knows in which country a network is, without asking anybody.
pub trait Atlas: std::fmt::Debug + Send + Sync {
    /// The country; nothing where it is not known.
    fn country_of(&self, address: IpAddr) -> Option<Country>;
}

/// What a process has counted since it was last written down, and by what it knows the readers of the day.
#[derive(Debug, Default)]
pub struct Readings {
    tally: Mutex<Tally>,
    known: Mutex<(Option<Date>, HashSet<i64>)>,
    salt: tokio::sync::Mutex<Held>,
    atlas: OnceLock<Box<dyn Atlas>>,
}

/// The salt, once it is there; and when it could not be had, for then it is not asked for at every page.
#[derive(Debug, Default)]
struct Held {
    salt: Option<Salt>,
    failed: Option<Timestamp>,
}

/// The salt of a day.
struct Salt {
    day: Date,
    bytes: [u8; 32],
}

impl std::fmt::Debug for Salt {
    /// Without the salt.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Salt").field("day", &self.day).finish_non_exhaustive()
    }
}

/// A reader's request, for as long as it lasts.
pub struct Asked {
    address: IpAddr,
    agent: String,
    source: Option<Source>,
}

/// The layer around readers' pages: one that was shown to a person is counted. It asks the store for nothing but the salt,
/// once a day.
pub async fn count(State(app): State<App>, From(address): From, request: Request, next: Next) -> Response {
    let asked = Asked::of(&app, &request, address);
    let response = next.run(request).await;
    let page = response.extensions().get::<Opened>().copied();
    if let (Some(asked), Some(page), StatusCode::OK) = (asked, page, response.status()) {
        open(&app, &asked, page).await;
    }
    response
}

/// The same of a page that was ready.
pub async fn count_ready(app: &App, asked: Asked, page: Opened) {
    open(app, &asked, page).await;
}

async fn open(app: &App, asked: &Asked, page: Opened) {
    let local = app.now().to_zoned(app.paper.zone.clone());
    let (day, hour) = (local.date(), local.hour());
    let mark = mark(app, day, asked).await;
    let country = app.readings.country_of(asked.address);
    if let Ok(mut tally) = app.readings.tally.lock() {
        tally.open(Opening { day, hour, page, source: asked.source.clone(), country, mark });
    }
}

/// The mark of a reader who was not counted today yet, as far as this process knows.
async fn mark(app: &App, day: Date, asked: &Asked) -> Option<i64> {
    let mut held = app.readings.salt.lock().await;
    let now = app.now();
    let lately = held.failed.is_some_and(|failed| now.duration_since(failed) < ASKED_AGAIN);
    if held.salt.as_ref().is_none_or(|salt| salt.day != day) && !lately {
        match app.store.reading_salt(day).await {
            Ok(bytes) => *held = Held { salt: Some(Salt { day, bytes }), failed: None },
            Err(error) => {
                held.failed = Some(now);
                tracing::warn!(%error, "readers cannot be counted; their pages are");
            }
        }
    }
    let mark = held.salt.as_ref().filter(|salt| salt.day == day)?.mark(asked)?;
    drop(held);
    app.readings.is_new(day, mark).then_some(mark)
}

impl Readings {
    /// What was counted since the last time; begins anew.
    pub fn take(&self) -> Tally {
        self.tally.lock().map(|mut tally| std::mem::take(&mut *tally)).unwrap_or_default()
    }

    /// What could not be written down is counted on.
    pub fn put_back(&self, unwritten: Tally) {
        if let Ok(mut tally) = self.tally.lock() {
            tally.put_back(unwritten);
        }
    }

    /// From now on pages are counted by country as well; the first that is given stays.
    pub fn look_up_countries_in(&self, atlas: Box<dyn Atlas>) {
        let _ = self.atlas.set(atlas);
    }

    /// Pages are counted by country.
    pub fn counts_countries(&self) -> bool {
        self.atlas.get().is_some()
    }

    fn country_of(&self, address: IpAddr) -> Option<Country> {
        self.atlas.get().map(|atlas| atlas.country_of(address).unwrap_or(Country::UNKNOWN))
    }

    fn is_new(&self, day: Date, mark: i64) -> bool {
        let Ok(mut known) = self.known.lock() else { return false };
        if known.0 != Some(day) {
            *known = (Some(day), HashSet::new());
        }
        known.1.len() < MOST_KNOWN && known.1.insert(mark)
    }
}

impl Asked {
    /// The same of a request that has not come to the router.
    pub fn at_the_door(app: &App, request: &Request) -> Option<Self> {
        let From(address) = From::of(app, request.headers(), request.extensions());
        Self::of(app, request, address)
    }

    /// Nothing where no reader asks: a machine, a browser ahead of its reader, somebody who is signed in at the desk, or a
    /// further page of a thread.
    fn of(app: &App, request: &Request, address: IpAddr) -> Option<Self> {
        let headers = request.headers();
        let agent = said(headers, header::USER_AGENT.as_str());
        let is_ahead = ["sec-purpose", "purpose", "x-moz"].iter().any(|name| is_ahead_of_time(said(headers, name)));
        let is_staff = cookie(headers, session_cookie(app)).is_some();
        let is_further = request.uri().query().is_some_and(|query| query.contains("after="));
        if request.method() != Method::GET || !is_of_a_person(agent) || is_ahead || is_staff || is_further {
            return None;
        }
        let own = [app.paper.address.split_once("://").map_or("", |(_, rest)| rest), said(headers, "host")];
        let own = own.map(|host| host.split([':', '/']).next().unwrap_or_default());
        let source = source_of(said(headers, header::REFERER.as_str()), &own);
        Some(Self { address, agent: agent.to_owned(), source })
    }
}

impl Salt {
    fn mark(&self, asked: &Asked) -> Option<i64> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.bytes).ok()?;
        match asked.address {
            IpAddr::V4(v4) => mac.update(&v4.octets()),
            IpAddr::V6(v6) => mac.update(&v6.octets()),
        }
        mac.update(asked.agent.as_bytes());
        let bytes = mac.finalize().into_bytes();
        Some(bytes.iter().take(8).fold(0, |mark, byte| (mark << 8) | i64::from(*byte)))
    }
}

fn said<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Writes down what was counted. What cannot be written is counted again with the next.
///
/// # Errors
/// When the store cannot answer.
pub async fn write_down(app: &App) -> Result<(), StoreError> {
    let tally = app.readings.take();
    if tally.is_empty() {
        return Ok(());
    }
    let written = app.store.add_readings(&tally).await;
    if written.is_err() {
        app.readings.put_back(tally);
    }
    written
}

/// Forgets by what readers of earlier days were known, here and in the store.
///
/// # Errors
/// When the store cannot answer.
pub async fn forget_earlier_days(app: &App) -> Result<(), StoreError> {
    write_down(app).await?;
    let today = app.today();
    app.readings.salt.lock().await.salt.take_if(|salt| salt.day != today);
    if let Ok(mut known) = app.readings.known.lock()
        && known.0 != Some(today)
    {
        *known = (None, HashSet::new());
    }
    while app.store.forget_marks(today, FORGOTTEN_AT_ONCE).await? > 0 {}
    Ok(())
}

/// Throws sums away that are older than they are kept.
///
/// # Errors
/// When the store cannot answer.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let first = first_of(app.today(), KEPT_DAYS);
    while app.store.sweep_readings(first, FORGOTTEN_AT_ONCE).await? > 0 {}
    Ok(())
}
