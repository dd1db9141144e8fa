//! The authority that certifies the paper's name (ACME, RFC 8555): asked by the serving program itself, when there is no
//! certificate yet and when the one there is comes to its end. It proves the paper's name on the paper's own port
//! (TLS-ALPN-01, RFC 8737), so no other port and no other program is needed.
//!
//! Everything lies in one folder among the data: the account at the authority, and the certificate with its key in one file that
//! is written anew as a whole. One process asks: several nodes stand behind something that ends TLS for all of them.

mod line;
mod order;

#[cfg(test)]
mod tests;

pub use line::Line;

use crate::backup;
use crate::lines::{Certificate, certificate_holds};
use jiff::SignedDuration;
use newsroom::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What is written for the directory of Let's Encrypt.
pub const LETS_ENCRYPT: &str = "letsencrypt";
/// The directory itself.
const LETS_ENCRYPT_DIRECTORY: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// How often it is looked whether the certificate is to be renewed.
const LOOKED_AT: Duration = Duration::from_secs(60 * 60);
/// After a failure it is asked again after this, then after twice as long, and so on: authorities count failures of an hour.
const FIRST_AGAIN: Duration = Duration::from_secs(5 * 60);
/// And at the latest after this.
const LATEST_AGAIN: Duration = Duration::from_secs(12 * 60 * 60);
/// The file with the certificate, those that signed it, and its key.
const CERTIFICATE: &str = "certificate.pem";
/// The folder among the data.
const FOLDER: &str = "tls";

/// Whom the paper asks for its certificate, and for which names.
#[derive(Debug, Clone)]
pub struct Authority {
    /// The address of its directory.
    pub directory: String,
    /// Where it writes to when something is wrong; none: nowhere.
    pub contact: Option<String>,
    /// The paper's name, and others under which it is asked for.
    pub names: Vec<String>,
    /// Where account and certificate lie.
    pub folder: PathBuf,
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

/// The file in it with the certificate and its key.
pub fn certificate_file(data: &Path) -> PathBuf {
    folder(data).join(CERTIFICATE)
}

/// Names that an authority certifies: those of the Domain Name System, without a star.
pub fn is_certified_name(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = name.parse::<std::net::IpAddr>().is_ok();
    name.len() <= 253 && name.contains('.') && !is_number && name.split('.').all(label)
}

impl Authority {
    /// Asks whenever it is time, for as long as the paper is served.
    pub async fn keep_certified(self, certificate: Arc<Certificate>) {
        let mut again = FIRST_AGAIN;
        loop {
            if !is_due(certificate_holds(certificate.file()).ok(), Timestamp::now()) {
                tokio::time::sleep(LOOKED_AT).await;
                continue;
            }
            let asked = self.ask(&certificate).await;
            certificate.proves_nothing();
            match asked {
                Ok(()) => {
                    again = FIRST_AGAIN;
                    certificate.look_again();
                    tracing::info!(names = self.names.join(", "), "the authority has certified the paper");
                }
                Err(problem) => {
                    let minutes = again.as_secs() / 60;
                    tracing::warn!(
                        why = format!("{problem:#}"),
                        minutes,
                        "no certificate was given; it is asked for again"
                    );
                    tokio::time::sleep(again).await;
                    again = (again * 2).min(LATEST_AGAIN);
                }
            }
        }
    }

    /// Its folder, for its owner alone.
    fn private_folder(&self) -> std::io::Result<()> {
        backup::private_folder(&self.folder)
    }
}

/// Whether it is time to ask: there is none, or less than a third is left of the time for which it was given. So long before its
/// end authorities renew, whether they certify for ninety days or for six.
fn is_due(holds: Option<(Timestamp, Timestamp)>, now: Timestamp) -> bool {
    let Some((from, until)) = holds else { return true };
    let (whole, left): (SignedDuration, SignedDuration) = (until.duration_since(from), until.duration_since(now));
    left * 3 < whole
}
