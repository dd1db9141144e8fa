//! How fast one network address may send. What is remembered of an address is a hash with a key that this process drew when it
//! began; the address itself is never kept, never stored and never logged.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;

/// Whoever sends does so at a human pace.
#[derive(Debug, Clone, Copy)]
pub struct Pace;

/// Whoever looks for something does so at a human pace.
#[derive(Debug, Clone, Copy)]
pub struct SearchPace;

/// The network that somebody sends from, for as long as the request lasts. An IPv6 one is its /64.
#[derive(Debug, Clone, Copy)]
pub struct From(pub IpAddr);

impl FromRequestParts<App> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, std::convert::Infallible> {
        Ok(Self::of(app, &parts.headers, &parts.extensions))
    }
}

impl From {
    /// By a request's head and what its line left with it.
    pub fn of(app: &App, headers: &HeaderMap, left: &Extensions) -> Self {
        Self(network(address_of(headers, left, app.paper.behind_proxy)))
    }
}

/// Links by mail that one network address may ask for in an hour: several households can sit behind it.
const LINKS_PER_HOUR: u32 = 30;
/// Searches of one network address in a minute: several households can sit behind it.
const SEARCHES_PER_MINUTE: u32 = 60;

/// Counts per address, in memory.
pub struct Pacer {
    limiter: DefaultKeyedRateLimiter<u64>,
    key: RandomState,
    clock: DefaultClock,
}

impl std::fmt::Debug for Pacer {
    /// Without the addresses.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pacer").finish_non_exhaustive()
    }
}

impl Pacer {
    /// At most so many in a minute from one address; they may come at once. 0 is read as 1.
    pub fn new(per_minute: u32) -> Self {
        let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
        Self { limiter: RateLimiter::keyed(quota), key: RandomState::new(), clock: DefaultClock::default() }
    }

    /// At most so many in an hour from one address, for what makes us send mail to somebody.
    pub fn hourly(per_hour: u32) -> Self {
        let quota = Quota::per_hour(NonZeroU32::new(per_hour).unwrap_or(NonZeroU32::MIN));
        Self { limiter: RateLimiter::keyed(quota), key: RandomState::new(), clock: DefaultClock::default() }
    }

    /// For links by mail.
    pub fn for_links() -> Self {
        Self::hourly(LINKS_PER_HOUR)
    }

    /// For searches.
    pub fn for_searches() -> Self {
        Self::new(SEARCHES_PER_MINUTE)
    }

    /// Forgets addresses that have been silent long enough to begin anew.
    pub fn forget_the_silent(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }

    /// Counts one of somebody who is known by a name; else how many seconds to wait.
    pub fn take_named(&self, name: &str) -> Result<(), u64> {
        let taken = self.limiter.check_key(&self.key.hash_one(name));
        taken.map_err(|later| later.wait_time_from(self.clock.now()).as_secs() + 1)
    }

    /// Counts one; else how many seconds to wait.
    pub fn take(&self, address: IpAddr) -> Result<(), u64> {
        let taken = self.limiter.check_key(&self.key.hash_one(network(address)));
        taken.map_err(|later| later.wait_time_from(self.clock.now()).as_secs() + 1)
    }
}

impl FromRequestParts<App> for Pace {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        match app.pacer.take(address_of(&parts.headers, &parts.extensions, app.paper.behind_proxy)) {
            Ok(()) => Ok(Self),
            Err(wait) => Err(PageError::TooFast { wait }),
        }
    }
}

impl FromRequestParts<App> for SearchPace {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        match app.searches.take(address_of(&parts.headers, &parts.extensions, app.paper.behind_proxy)) {
            Ok(()) => Ok(Self),
            Err(wait) => Err(PageError::TooFast { wait }),
        }
    }
}

/// The reader's address: the last hop that our own proxy wrote down, or the socket's. Earlier hops are whatever the
/// reader cared to claim. A request without any (there is no such socket) shares one count with its like.
fn address_of(headers: &HeaderMap, left: &Extensions, behind_proxy: bool) -> IpAddr {
    let socket = left.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let socket = socket.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !behind_proxy {
        return socket;
    }
    let hops = headers.get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
    let last = hops.flat_map(|line| line.split(',')).next_back();
    last.and_then(|hop| hop.trim().parse().ok()).unwrap_or(socket)
}

/// One household: an IPv4 address, or the /64 that a household gets of IPv6.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}
