//! Whom the program asks for its certificate, where it asks for one itself.

use super::Settings;
use super::read::listed;
use crate::authority::{self, Authority, Line};
use anyhow::{Result, ensure};
use newsroom::people::EmailAddress;
use std::collections::BTreeSet;
use url::Url;
use web::Words;

impl Settings {
    /// Whether the program asks for the certificate itself.
    pub fn asks_an_authority(&self) -> bool {
        !self.text("tls.acme").is_empty()
    }

    /// Whom it asks, and for which names; none: nobody.
    pub(super) fn authority(&self, t: &Words) -> Result<Option<Authority>> {
        if !self.asks_an_authority() {
            return Ok(None);
        }
        ensure!(self.text("tls.certificate").is_empty(), t.s("cli.two-certificates"));
        let contact = match self.text("tls.acme-contact") {
            "" => None,
            _ => {
                Some(self.read("tls.acme-contact", t, |text| EmailAddress::new(text).map(|_| text.trim().to_owned()))?)
            }
        };
        Ok(Some(Authority {
            directory: self.read("tls.acme", t, authority::directory)?,
            contact,
            names: self.certified_names(t)?,
            folder: authority::folder(&self.data_folder()),
            line: self.read("tls.acme-roots", t, Line::new)?,
        }))
    }

    /// The host of the paper's address first, then those that were named beside it.
    fn certified_names(&self, t: &Words) -> Result<Vec<String>> {
        let own = self.read("paper.address", t, |text| {
            let address = Url::parse(text).ok().filter(|address| address.scheme() == "https")?;
            address.host_str().filter(|host| authority::is_certified_name(host)).map(str::to_owned)
        })?;
        let more = self.read("tls.acme-names", t, |text| {
            let names: BTreeSet<String> = listed(text).into_iter().map(|name| name.to_ascii_lowercase()).collect();
            names.iter().all(|name| authority::is_certified_name(name)).then_some(names)
        })?;
        let more = more.into_iter().filter(|name| *name != own).collect::<Vec<_>>();
        Ok([vec![own], more].concat())
    }
}
