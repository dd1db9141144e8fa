//! Where traces go, and which.

use super::Settings;
use super::read::{said, yes};
use crate::organisation::trusted;
use crate::traces::{Requests, Wanted, collector};
use anyhow::Result;
use web::Words;

impl Settings {
    /// Where traces go; none: nowhere, and none are made.
    pub fn traces(&self, t: &Words) -> Result<Option<Wanted>> {
        if self.text("traces.to").is_empty() {
            return Ok(None);
        }
        let is_behind_proxy = self.read("paper.behind-proxy", t, yes)?;
        Ok(Some(Wanted {
            to: self.read("traces.to", t, collector)?,
            name: self.read("traces.name", t, said)?,
            share: self.read("traces.share", t, share)?,
            tls: self.read("traces.roots", t, trusted)?,
            requests: Requests {
                // What anybody might say is believed of nobody.
                by_proxy: self.read("traces.by-proxy", t, |text| yes(text).filter(|by| !by || is_behind_proxy))?,
            },
        }))
    }
}

/// From nothing to all of it.
fn share(text: &str) -> Option<f64> {
    arabic::digits::to_western(text).trim().parse().ok().filter(|share| (0.0..=1.0).contains(share))
}
