//! How often a program calls: so many times in a minute of the clock, and it is told how many are left (RateLimit header
//! fields, draft-ietf-httpapi-ratelimit-headers).

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use newsroom::{ApiClientId, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const WINDOW: i64 = 60;

/// What each key has used of its minute, in this process.
#[derive(Debug, Default)]
pub struct Windows(Mutex<HashMap<ApiClientId, (i64, u32)>>);

/// How a key stands after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    most: u32,
    left: u32,
    /// Seconds until the next minute begins.
    resets: u64,
    /// The call was one too many.
    pub over: bool,
}

impl Windows {
    /// Counts a call.
    pub fn take(&self, client: ApiClientId, most: u32, now: Timestamp) -> Stand {
        let (minute, second) = (now.as_second() / WINDOW, now.as_second() % WINDOW);
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has been silent for a minute begins anew, and is forgotten until then.
        windows.retain(|_, (of, _)| *of == minute);
        let used = windows.entry(client).or_insert((minute, 0));
        let over = used.1 >= most;
        if !over {
            used.1 += 1;
        }
        Stand { most, left: most - used.1, resets: u64::try_from(WINDOW - second).unwrap_or(1), over }
    }
}

impl Stand {
    /// Seconds to wait.
    pub fn wait(self) -> u64 {
        self.resets
    }

    /// Says it beside an answer.
    pub fn say(self, headers: &mut HeaderMap) {
        let policy = format!("\"minute\";q={};w={WINDOW}", self.most);
        let stand = format!("\"minute\";r={};t={}", self.left, self.resets);
        for (name, line) in [("ratelimit-policy", policy), ("ratelimit", stand)] {
            if let Ok(line) = HeaderValue::from_str(&line) {
                headers.insert(HeaderName::from_static(name), line);
            }
        }
    }
}

#[test]
fn a_minute_has_so_many_calls_and_the_next_one_as_many() {
    let (windows, at) = (Windows::default(), |second| Timestamp::from_second(second).unwrap_or_default());
    let (one, other) = (ApiClientId(1), ApiClientId(2));
    assert_eq!(windows.take(one, 2, at(10)), Stand { most: 2, left: 1, resets: 50, over: false });
    assert_eq!(windows.take(one, 2, at(20)).left, 0);
    assert!(windows.take(one, 2, at(59)).over);
    assert!(!windows.take(other, 2, at(59)).over, "each key has its own");
    assert!(!windows.take(one, 2, at(60)).over);
}
