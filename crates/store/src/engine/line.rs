//! The line to PostgreSQL: how long it is waited for, and TLS where its address asks for it (`sslmode=require`, `verify-ca` or
//! `verify-full`, which are the same here: whoever answers is always checked). `sslrootcert` names a PEM file with authorities
//! beside Mozilla's.

use super::StoreError;
use deadpool_postgres::{Hook, Manager, ManagerConfig, RecyclingMethod};
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A server that does not answer within this time is away.
const CONNECTED_WITHIN: Duration = Duration::from_secs(5);
/// A line on which nothing comes is asked after this time whether it is still there.
const ASKED_AFTER: Duration = Duration::from_secs(30);
/// What was sent and nobody confirmed for so long is lost, and the line with it.
const CONFIRMED_WITHIN: Duration = Duration::from_secs(15);
/// What the server is to do with a line whose other end is silent: ask after 4 seconds, again every 2, and give it up after 10 without an
/// answer. A machine that goes away in the middle of a transaction tells nobody, and the rows that it held would keep others waiting for
/// the two hours of most systems; so it is ten to twelve seconds, less than a comment is waited for.
/// (PostgreSQL 12 and later, «TCP Settings»: seconds, and milliseconds for the last one.)
pub(super) const WATCHED: &str =
    "set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;
     set tcp_user_timeout = 10000";

/// Makes lines to the server of an address.
///
/// # Errors
/// [`StoreError::Unreachable`] when the address or the file of authorities cannot be read.
pub(super) fn manager(address: &str) -> Result<Manager, StoreError> {
    manager_within(address, CONNECTED_WITHIN)
}

/// The same, where each of the servers that the address names is given so long, unless the address says how long.
///
/// # Errors
/// As [`manager`].
pub(super) fn manager_within(address: &str, within: Duration) -> Result<Manager, StoreError> {
    let (mut config, roots) = read(address)?;
    config.connect_timeout(config.get_connect_timeout().copied().unwrap_or(within));
    config.keepalives_idle(ASKED_AFTER).tcp_user_timeout(CONFIRMED_WITHIN);
    let ways = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    Ok(match config.get_ssl_mode() {
        SslMode::Require => Manager::from_config(config, MakeRustlsConnect::new(checking(roots)?), ways),
        // What a server offers of itself is not taken: its certificate is seldom one that could be checked.
        _ => Manager::from_config(config, NoTls, ways),
    })
}

/// What an address says, and the file of authorities that it names.
///
/// # Errors
/// [`StoreError::Unreachable`] when it cannot be read.
pub(super) fn read(address: &str) -> Result<(Config, Option<String>), StoreError> {
    let (address, roots) = parted(address);
    let config = address.parse().map_err(|problem: tokio_postgres::Error| unreachable(&problem))?;
    Ok((config, roots))
}

/// The address as the driver reads it, and the file of authorities.
fn parted(address: &str) -> (String, Option<String>) {
    let Some((before, query)) = address.split_once('?') else { return (address.to_owned(), None) };
    let mut roots = None;
    let pairs = query.split('&').filter_map(|pair| match pair.split_once('=') {
        Some(("sslrootcert", file)) => {
            roots = Some(file.to_owned());
            None
        }
        Some(("sslmode", "verify-ca" | "verify-full")) => Some("sslmode=require"),
        _ => Some(pair),
    });
    let query = pairs.collect::<Vec<_>>().join("&");
    (if query.is_empty() { before.to_owned() } else { format!("{before}?{query}") }, roots)
}

fn checking(roots: Option<String>) -> Result<ClientConfig, StoreError> {
    let mut trusted = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = roots {
        let problem =
            |problem: &dyn std::fmt::Display| StoreError::Unreachable(format!("sslrootcert={file}: {problem}"));
        for root in CertificateDer::pem_file_iter(&file).map_err(|error| problem(&error))? {
            trusted.add(root.map_err(|error| problem(&error))?).map_err(|error| problem(&error))?;
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().map_err(|problem| unreachable(&problem))?;
    Ok(config.with_root_certificates(trusted).with_no_client_auth())
}

/// Tells the server of each new line what is asked of it.
pub(super) fn told(asked: &'static [&'static str]) -> Hook {
    Hook::async_fn(move |new, _| {
        Box::pin(async move {
            for words in asked {
                // An engine that does not know the words does without.
                let _ = new.batch_execute(words).await;
            }
            Ok(())
        })
    })
}

fn unreachable(problem: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreachable(problem.to_string())
}

#[cfg(test)]
mod tests {
    use super::{manager, parted};

    #[test]
    fn an_address_is_read_as_other_programs_read_it() {
        let plain = "postgres://midad@db.example/paper";
        assert_eq!(parted(plain), (plain.to_owned(), None));
        let whole = format!("{plain}?sslmode=verify-full&sslrootcert=/etc/roots.pem&application_name=paper");
        let driver = format!("{plain}?sslmode=require&application_name=paper");
        assert_eq!(parted(&whole), (driver, Some("/etc/roots.pem".to_owned())));
        assert_eq!(parted(&format!("{plain}?sslrootcert=a")).0, plain);
    }

    #[test]
    fn authorities_that_cannot_be_read_are_said_at_once() {
        let told = manager("postgres://midad@db.example/paper?sslmode=require&sslrootcert=/nowhere.pem");
        let told = told.map(drop).expect_err("no such file").to_string();
        assert!(told.contains("/nowhere.pem"), "{told}");
        assert!(manager("postgres://midad@db.example/paper?sslmode=require").is_ok());
        assert!(manager("nonsense").is_err());
    }
}
