//! Whoever certifies the paper's name for TLS (ACME, RFC 8555), Let's Encrypt for example: asked by the serving program itself, when there is no
//! certificate yet and when the one there is comes to its end. It proves the paper's name on the paper's own port
//! (TLS-ALPN-01, RFC 8737), so no other port and no other program is needed.
//!
//! Everything lies in one folder among the data: the account at the certifier, and the certificate with its key in one file that
//! is written anew as a whole. One process asks: several nodes stand behind something that ends TLS for all of them.

mod line;
mod order;
mod refusal;

#[cfg(test)]
mod tests;

pub use line::Line;
pub use refusal::Refusal;

use crate::files;
use crate::lines::{Certificate, certificate_holds, certificate_is_for};
use anyhow::{Context, Result, ensure};
use jiff::SignedDuration;
use newsroom::Timestamp;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::pki_types::ServerName;

/// What is written for the directory of Let's Encrypt.
pub const LETS_ENCRYPT: &str = "letsencrypt";
/// The directory itself.
const LETS_ENCRYPT_DIRECTORY: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// How often it is looked whether the certificate is to be renewed.
const LOOKED_AT: Duration = Duration::from_secs(60 * 60);
/// One certificate takes seconds; whoever takes longer than this has stopped answering.
const GIVEN_WITHIN: Duration = Duration::from_secs(10 * 60);
/// After a failure it is asked again after this, then after twice as long, and so on: authorities count failures of an hour.
const FIRST_AGAIN: Duration = Duration::from_secs(5 * 60);
/// And at the latest after this.
const LATEST_AGAIN: Duration = Duration::from_secs(12 * 60 * 60);
/// The folder among the data.
const FOLDER: &str = "tls";

/// Whom the paper asks for its certificate, and for which names.
#[derive(Debug, Clone)]
pub struct Certifier {
    /// The address of its directory.
    pub directory: String,
    /// Where it writes to when something is wrong; none: nowhere.
    pub contact: Option<String>,
    /// The paper's name, and others under which it is asked for.
    pub names: Vec<String>,
    /// Where account and certificate lie.
    pub folder: PathBuf,
    /// Where the certificate is put.
    pub file: PathBuf,
    /// The line to it.
    pub line: Line,
}

/// The address of a directory, as it is written in the settings; none where it is no address that is asked.
pub fn directory(said: &str) -> Option<String> {
    let address = if said == LETS_ENCRYPT { LETS_ENCRYPT_DIRECTORY } else { said };
    crate::organisation::Address::read(address).map(|_| address.to_owned())
}

/// The folder of a paper's data in which account and certificate lie.
pub fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// The file in it with the certificate, those that signed it, and its key. Each certifier has its own: what one gave for a trial is
/// not shown when another is asked.
pub fn certificate_file(data: &Path, directory: &str) -> PathBuf {
    folder(data).join(format!("certificate-{}.pem", mark(directory)))
}

/// A certifier's mark in the names of files.
fn mark(directory: &str) -> String {
    Sha256::digest(directory).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Names that a certifier certifies: those of the Domain Name System, without a star, and not of this machine alone.
pub fn is_certified_name(name: &str) -> bool {
    matches!(ServerName::try_from(name), Ok(ServerName::DnsName(_))) && name.contains('.')
}

impl Certifier {
    /// Asks whenever it is time, for as long as the paper is served.
    pub async fn keep_certified(self, certificate: Arc<Certificate>) {
        let mut again = FIRST_AGAIN;
        loop {
            if !self.is_due(&certificate, Timestamp::now()) {
                again = FIRST_AGAIN;
                tokio::time::sleep(LOOKED_AT).await;
                continue;
            }
            let given = tokio::time::timeout(GIVEN_WITHIN, self.ask(&certificate)).await;
            certificate.proves_nothing();
            certificate.look_again();
            if let Err(problem) =
                given.context("it has stopped answering").flatten().and_then(|()| self.fits(&certificate))
            {
                let (why, minutes) = (format!("{problem:#}"), again.as_secs() / 60);
                tracing::warn!(why, minutes, "no certificate was given; it is asked for again");
                if let Err(problem) = self.keep_refusal(&Refusal { at: Timestamp::now(), why }) {
                    tracing::warn!(%problem, "why could not be kept beside it");
                }
                tokio::time::sleep(again).await;
                again = (again * 2).min(LATEST_AGAIN);
                continue;
            }
            self.forget_refusal();
            tracing::info!(names = self.names.join(", "), "the paper was certified");
        }
    }

    /// What was given is in use now and need not be asked for again at once: a clock that is wrong, or a certifier that gives what
    /// cannot be read, would be asked without a pause.
    fn fits(&self, certificate: &Certificate) -> Result<()> {
        ensure!(
            !self.is_due(certificate, Timestamp::now()),
            "what was given is not for these names, ends soon by this machine's clock, or cannot be read"
        );
        Ok(())
    }

    /// Whether it is time to ask: there is none that can be shown, or not for every name, or it comes to its end.
    fn is_due(&self, certificate: &Certificate, now: Timestamp) -> bool {
        let file = certificate.file();
        !certificate.is_there()
            || !self.names.iter().all(|name| certificate_is_for(file, name))
            || certificate_holds(file).map_or(true, |holds| is_near_its_end(holds, now))
    }

    /// Its folder, for its owner alone.
    fn private_folder(&self) -> std::io::Result<()> {
        files::private_folder(&self.folder)
    }
}

/// Whether less than a third is left of the time for which it was given. So long before the end certificates are renewed,
/// whether they hold for ninety days or for six.
fn is_near_its_end((from, until): (Timestamp, Timestamp), now: Timestamp) -> bool {
    let (whole, left): (SignedDuration, SignedDuration) = (until.duration_since(from), until.duration_since(now));
    left * 3 < whole
}
