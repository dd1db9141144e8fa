//! Whom the program asks for its certificate, where it asks for one itself.

use super::Settings;
use super::read::listed;
use crate::certifier::{self, Certifier, Line, Refusal};
use anyhow::{Result, ensure};
use newsroom::people::EmailAddress;
use std::collections::BTreeSet;
use std::path::PathBuf;
use url::{Host, Url};
use web::Words;

impl Settings {
    /// Whether the program asks for the certificate itself.
    pub fn asks_a_certifier(&self) -> bool {
        !self.text("tls.acme").is_empty()
    }

    /// Where the certificate that it asks for is put.
    pub(super) fn file_to_come(&self) -> PathBuf {
        let said = self.text("tls.acme");
        // One that is no address is told when the settings are read.
        let directory = certifier::directory(said).unwrap_or_else(|| said.to_owned());
        certifier::certificate_file(&self.data_folder(), &directory)
    }

    /// Why none was given the last time, where none was since.
    pub fn certificate_refused(&self) -> Option<Refusal> {
        self.asks_a_certifier().then(|| Refusal::last(&certifier::folder(&self.data_folder())))?
    }

    /// Whom it asks, and for which names; none: nobody.
    pub(super) fn certifier(&self, t: &Words) -> Result<Option<Certifier>> {
        if !self.asks_a_certifier() {
            return Ok(None);
        }
        let own = ["tls.certificate", "tls.key"].iter().all(|key| self.text(key).is_empty());
        ensure!(own, t.s("cli.two-certificates"));
        let directory = self.read("tls.acme", t, certifier::directory)?;
        let contact = match self.text("tls.acme-contact") {
            "" => None,
            _ => {
                Some(self.read("tls.acme-contact", t, |text| EmailAddress::new(text).map(|_| text.trim().to_owned()))?)
            }
        };
        Ok(Some(Certifier {
            contact,
            names: self.certified_names(t)?,
            folder: certifier::folder(&self.data_folder()),
            file: certifier::certificate_file(&self.data_folder(), &directory),
            line: self.read("tls.acme-roots", t, |roots| Line::new(&directory, roots))?,
            directory,
        }))
    }

    /// The host of the paper's address first, then those that were named beside it.
    fn certified_names(&self, t: &Words) -> Result<Vec<String>> {
        let own = self.read("paper.address", t, |text| {
            let address = Url::parse(text).ok().filter(|address| address.scheme() == "https")?;
            address.host_str().filter(|host| certifier::is_certified_name(host)).map(str::to_owned)
        })?;
        let more = self.read("tls.acme-names", t, |text| {
            // A name in Arabic letters is certified as the Domain Name System has it.
            let names = listed(text).into_iter().map(|name| Some(Host::parse(&name).ok()?.to_string()));
            let names = names.collect::<Option<BTreeSet<String>>>()?;
            names.iter().all(|name| certifier::is_certified_name(name)).then_some(names)
        })?;
        let more = more.into_iter().filter(|name| *name != own).collect::<Vec<_>>();
        Ok([vec![own], more].concat())
    }
}
