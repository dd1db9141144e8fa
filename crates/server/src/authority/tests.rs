//! The paper is certified by an authority of the test's own, on the paper's own port.

mod office;

use super::{Authority, Line, directory, is_certified_name, is_due};
use crate::lines::{Certificate, HEAD_WITHIN, Lines, serve};
use jiff::SignedDuration;
use newsroom::Timestamp;
use office::Office;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use store::{Place, Store};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use web::{App, Entrance, Paper};

const NAMES: [&str; 2] = ["harbour.example", "www.harbour.example"];

/// A paper that is served over TLS, and the authority that is asked for its certificate.
struct Served {
    office: Office,
    authority: Authority,
    certificate: Arc<Certificate>,
    address: SocketAddr,
    folder: PathBuf,
}

impl Served {
    async fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("midad-authority-{name}-{}", std::process::id()));
        let store = Store::open(&Place::Folder(folder.clone())).await.expect("a store");
        let app = App::new(store, Paper::default(), None, None).await.expect("a paper");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let certificate = Arc::new(Certificate::to_come(super::certificate_file(&folder)));
        let lines = Lines {
            listener,
            certificate: Some(certificate.clone()),
            authority: None,
            led_on: None,
            most: 100,
            most_of_a_network: 100,
            head_within: HEAD_WITHIN,
        };
        tokio::spawn(serve(lines, Entrance::new(app), std::future::pending()));
        let office = Office::open(address).await;
        let authority = Authority {
            directory: office.directory(),
            contact: Some("paper@harbour.example".to_owned()),
            names: NAMES.map(str::to_owned).to_vec(),
            folder: super::folder(&folder),
            line: Line::new("").expect("a line"),
        };
        Self { office, authority, certificate, address, folder }
    }

    /// As a browser that trusts the authority opens the paper by a name.
    async fn opens(&self, name: &str) -> bool {
        let mut roots = RootCertStore::empty();
        roots.add(self.office.root()).expect("a root");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().expect("TLS");
        let config = config.with_root_certificates(roots).with_no_client_auth();
        let line = TcpStream::connect(self.address).await.expect("a line");
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        TlsConnector::from(Arc::new(config)).connect(name, line).await.is_ok()
    }
}

#[tokio::test]
async fn a_paper_without_a_certificate_gets_one_for_all_its_names_and_renews_it_with_the_same_account() {
    let served = Served::new("first").await;
    assert!(!served.opens(NAMES[0]).await, "there is none yet");
    served.authority.ask(&served.certificate).await.expect("certified");
    served.certificate.look_again();
    for name in NAMES {
        assert!(served.opens(name).await, "{name}");
    }
    assert!(!served.opens("elsewhere.example").await);
    served.authority.ask(&served.certificate).await.expect("certified again");
    assert_eq!(served.office.counted(), (1, 2), "one account, two certificates");
    // Another process finds it where it lies.
    let again = Certificate::to_come(super::certificate_file(&served.folder));
    assert!(crate::lines::certificate_is_for(again.file(), NAMES[1]));
    #[cfg(unix)]
    for kept in std::fs::read_dir(&served.authority.folder).expect("a folder") {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&kept.expect("a file").metadata().expect("there").permissions());
        assert_eq!(mode & 0o077, 0, "keys are their owner's alone");
    }
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_is_not_certified_and_the_certificate_of_before_stays() {
    let served = Served::new("elsewhere").await;
    served.authority.ask(&served.certificate).await.expect("certified");
    served.certificate.look_again();
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    served.office.leads_to(nobody);
    let refused = served.authority.ask(&served.certificate).await.expect_err("nobody is there");
    assert!(format!("{refused:#}").contains("harbour.example: "), "{refused:#}");
    served.certificate.look_again();
    assert!(served.opens(NAMES[0]).await);
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn a_proof_is_shown_to_nobody_but_an_authority_and_no_longer_than_it_looks() {
    let served = Served::new("proof").await;
    served.authority.ask(&served.certificate).await.expect("certified");
    served.certificate.look_again();
    served.certificate.proves_nothing();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("TLS");
    let mut config = config.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
    config.alpn_protocols = vec![b"acme-tls/1".to_vec()];
    let line = TcpStream::connect(served.address).await.expect("a line");
    let name = ServerName::try_from(NAMES[0]).expect("a name");
    let refused = TlsConnector::from(Arc::new(config)).connect(name, line).await.expect_err("nothing to show");
    assert!(!refused.to_string().contains("UnknownIssuer"), "{refused}");
    let _ = std::fs::remove_dir_all(served.folder);
}

#[test]
fn a_certificate_is_renewed_when_a_third_of_its_time_is_left() {
    let (from, day) = (Timestamp::UNIX_EPOCH, SignedDuration::from_hours(24));
    let due = |whole: i32, after: i32| is_due(Some((from, from + day * whole)), from + day * after);
    assert_eq!((due(90, 0), due(90, 60), due(90, 61), due(90, 100)), (false, false, true, true));
    assert_eq!((due(6, 3), due(6, 5)), (false, true));
    assert!(is_due(None, from));
}

#[test]
fn only_names_of_the_web_are_certified_and_only_safe_addresses_asked() {
    for name in ["harbour.example", "a-b.c.org", "xn--mgbh0fb.example"] {
        assert!(is_certified_name(name), "{name}");
    }
    for name in ["localhost", "127.0.0.1", "*.harbour.example", "a..b", "-a.org", "", "a b.org", "::1"] {
        assert!(!is_certified_name(name), "{name}");
    }
    assert_eq!(directory("letsencrypt").as_deref(), Some("https://acme-v02.api.letsencrypt.org/directory"));
    assert!(directory("http://authority.example/directory").is_none(), "in the open");
    assert!(directory("http://127.0.0.1:14000/dir").is_some(), "on this machine");
    assert!(directory("nobody").is_none());
}
