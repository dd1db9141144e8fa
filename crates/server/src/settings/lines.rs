//! On which lines the paper is served: TLS, the port that leads there, and how many lines are open at once.

use super::Settings;
use crate::lines::{Certificate, HEAD_WITHIN, Lines};
use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use web::{App, Words};

/// Files that are open beside lines: the data, pictures, mail.
const BESIDE: usize = 256;
/// A paper is served by no fewer lines than these, whatever the system allows.
const FEWEST: usize = 64;

impl Settings {
    /// Where to listen.
    pub fn listen(&self, t: &Words) -> Result<SocketAddr> {
        self.read("listen", t, |text| text.parse().ok())
    }

    /// The lines above a port that is bound already.
    pub async fn lines(&self, listener: TcpListener, app: &App, t: &Words) -> Result<Lines> {
        let led_on = match self.led_on_from(t)? {
            None => None,
            Some(address) => {
                let bound = TcpListener::bind(address).await;
                let words = || t.with("cli.no-listen", 1, &[("address", &address.to_string())]);
                Some((bound.with_context(words)?, app.paper.address.clone()))
            }
        };
        let most = self.most_lines(t)?;
        // A quarter: a mobile carrier puts many readers behind one address.
        let most_of_a_network = if app.paper.behind_proxy { most } else { (most / 4).max(FEWEST) };
        let (certificate, certifier) = match self.certifier(t)? {
            None => (self.certificate(t)?, None),
            Some(certifier) => (Some(Arc::new(Certificate::to_come(certifier.file.clone()))), Some(certifier)),
        };
        let (head_within, traced) = (HEAD_WITHIN, self.traces(t)?.map(|wanted| wanted.requests));
        Ok(Lines { listener, certificate, certifier, led_on, most, most_of_a_network, head_within, traced })
    }

    /// Where plain HTTP is led on to TLS; none: nowhere.
    pub(super) fn led_on_from(&self, t: &Words) -> Result<Option<SocketAddr>> {
        match self.text("tls.redirect-listen") {
            "" => Ok(None),
            _ => self.read("tls.redirect-listen", t, |text| text.parse().ok()).map(Some),
        }
    }

    /// Where what is measured is told; none: it is not measured.
    pub fn metrics(&self, t: &Words) -> Result<Option<SocketAddr>> {
        match self.text("metrics.listen") {
            "" => Ok(None),
            _ => self.read("metrics.listen", t, |text| text.parse().ok()).map(Some),
        }
    }

    /// `https` where the paper ends TLS itself.
    pub fn scheme(&self) -> &'static str {
        if self.certificate_file().is_none() { "http" } else { "https" }
    }

    /// The file of the certificate, where the paper ends TLS itself; it may still have to be given.
    pub fn certificate_file(&self) -> Option<PathBuf> {
        if self.asks_a_certifier() {
            return Some(self.file_to_come());
        }
        Some(self.text("tls.certificate")).filter(|file| !file.is_empty()).map(PathBuf::from)
    }

    fn certificate(&self, t: &Words) -> Result<Option<Arc<Certificate>>> {
        match (self.text("tls.certificate"), self.text("tls.key")) {
            ("", "") if self.text("tls.redirect-listen").is_empty() => Ok(None),
            // One file may hold both.
            (chain, "") => self.read("tls.certificate", t, |_| Certificate::read(chain, chain)).map(Arc::new).map(Some),
            ("", _) => bail!(t.s("cli.key-alone")),
            (chain, key) => self.read("tls.key", t, |_| Certificate::read(chain, key)).map(Arc::new).map(Some),
        }
    }

    /// How many lines are wanted, and for how many the system gives files to this process.
    pub fn lines_wanted_and_given(&self, t: &Words) -> Result<(usize, usize)> {
        let wanted = self.wanted_lines(t)?;
        Ok((wanted, allowed(wanted)))
    }

    pub(super) fn wanted_lines(&self, t: &Words) -> Result<usize> {
        self.read("lines.most", t, |text| text.parse().ok().filter(|most| (1..=1_000_000).contains(most)))
    }

    fn most_lines(&self, t: &Words) -> Result<usize> {
        self.wanted_lines(t).map(allowed)
    }
}

/// As many as wanted, as far as the system gives files: its soft limit is raised to the hard one first.
fn allowed(wanted: usize) -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        // Where it cannot be raised, it stays as it is.
        let _ = setrlimit(Resource::Nofile, limit);
        let files = getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok());
        wanted.min(files.unwrap_or(usize::MAX).saturating_sub(BESIDE).max(FEWEST))
    }
    #[cfg(not(unix))]
    wanted
}
