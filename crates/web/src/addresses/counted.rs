//! How often addresses of before are followed, and which lead nowhere: counted in memory, written down by the clock.

use crate::app::App;
use std::collections::HashMap;
use std::sync::Mutex;
use store::StoreError;
use store::redirects::MissingAddress;

/// Addresses of each kind that a process counts until they are written down: whoever asks for any thing fills no more.
const MOST: usize = 1_000;
/// What programs that look for holes ask for, everywhere.
const NOISE: [&str; 7] = [".php", ".env", "/.", "/wp-admin", "/wp-content", "/wp-includes", "/wp-json"];

/// What a process has counted.
#[derive(Debug, Default)]
pub struct Counted(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    followed: HashMap<String, i64>,
    /// How often, and how often from a page of others.
    missing: HashMap<String, (i64, i64)>,
}

impl Counted {
    /// An address of before was followed.
    pub(super) fn followed(&self, path: &str) {
        let Ok(mut counts) = self.0.lock() else { return };
        let is_known = counts.followed.contains_key(path);
        if is_known || counts.followed.len() < MOST {
            *counts.followed.entry(path.to_owned()).or_default() += 1;
        }
    }

    /// An address leads nowhere; `outside`: a page of others leads to it.
    pub(super) fn missing(&self, path: &str, outside: bool) {
        // A sign of an address of mail: not the paper's business.
        if path.contains('@') || NOISE.iter().any(|noise| path.contains(noise)) {
            return;
        }
        let Ok(mut counts) = self.0.lock() else { return };
        let is_known = counts.missing.contains_key(path);
        if is_known || counts.missing.len() < MOST {
            let (times, from_outside) = counts.missing.entry(path.to_owned()).or_default();
            *times += 1;
            *from_outside += i64::from(outside);
        }
    }
}

/// Writes down what was counted. An address that leads nowhere is noted when a page of others leads to it, or it was asked
/// for twice: whoever mistyped one leaves nothing behind.
///
/// # Errors
/// When the store cannot answer; what was counted is lost then.
pub async fn write_down(app: &App) -> Result<(), StoreError> {
    let counts = app.addresses.0.lock().map(|mut counts| std::mem::take(&mut *counts)).unwrap_or_default();
    let now = app.now();
    let mut followed: Vec<(String, i64)> = counts.followed.into_iter().collect();
    let noted = counts.missing.into_iter().filter(|(_, (times, outside))| *times > 1 || *outside > 0);
    let mut missing: Vec<MissingAddress> =
        noted.map(|(path, (hits, outside))| MissingAddress { path, hits, outside, asked_at: now }).collect();
    if followed.is_empty() && missing.is_empty() {
        return Ok(());
    }
    // Every process touches the rows in one order, so that none waits for another in a ring.
    followed.sort();
    missing.sort_by(|one, other| one.path.cmp(&other.path));
    app.store.count_addresses(followed, missing, now).await
}
