//! The paper is certified by a certifier of the test's own, on the paper's own port.

mod office;

use super::order::proof;
use super::{Certifier, Line, Refusal, directory, is_certified_name, is_near_its_end};
use crate::lines::{Certificate, HEAD_WITHIN, Lines, serve};
use jiff::SignedDuration;
use newsroom::Timestamp;
use office::Office;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::{Place, Store};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use web::{App, Entrance, Paper};

const NAMES: [&str; 2] = ["harbour.example", "www.harbour.example"];

/// A paper that is served over TLS, and the certifier that is asked for its certificate.
struct Served {
    office: Office,
    certifier: Certifier,
    certificate: Arc<Certificate>,
    address: SocketAddr,
    folder: PathBuf,
}

impl Served {
    async fn new(name: &str) -> Self {
        Self::asking(name, false).await
    }

    /// `by_itself`: as the program does.
    async fn asking(name: &str, by_itself: bool) -> Self {
        let folder = std::env::temp_dir().join(format!("midad-certifier-{name}-{}", std::process::id()));
        let store = Store::open(&Place::Folder(folder.clone())).await.expect("a store");
        let app = App::new(store, Paper::default(), None, None).await.expect("a paper");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let office = Office::open(address).await;
        let file = super::certificate_file(&folder, &office.directory());
        let certificate = Arc::new(Certificate::to_come(file.clone()));
        let certifier = Certifier {
            directory: office.directory(),
            contact: Some("paper@harbour.example".to_owned()),
            names: NAMES.map(str::to_owned).to_vec(),
            folder: super::folder(&folder),
            file,
            line: Line::new(&office.directory(), "").expect("a line"),
        };
        let lines = Lines {
            listener,
            certificate: Some(certificate.clone()),
            certifier: Some(certifier.clone()).filter(|_| by_itself),
            led_on: None,
            most: 100,
            most_of_a_network: 100,
            head_within: HEAD_WITHIN,
            traced: None,
        };
        tokio::spawn(serve(lines, Entrance::new(app), std::future::pending()));
        Self { office, certifier, certificate, address, folder }
    }

    /// Asks, and shows what was given.
    async fn asks(&self, certifier: &Certifier) {
        certifier.ask(&self.certificate).await.expect("certified");
        self.certificate.look_again();
    }

    /// As a browser that trusts the certifier opens the paper by a name.
    async fn opens(&self, name: &str) -> bool {
        self.opens_speaking(name, &[]).await
    }

    async fn opens_speaking(&self, name: &str, speaks: &[&str]) -> bool {
        let mut roots = RootCertStore::empty();
        roots.add(self.office.root()).expect("a root");
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().expect("TLS");
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = speaks.iter().map(|name| name.as_bytes().to_vec()).collect();
        let line = TcpStream::connect(self.address).await.expect("a line");
        let name = ServerName::try_from(name.to_owned()).expect("a name");
        TlsConnector::from(Arc::new(config)).connect(name, line).await.is_ok()
    }
}

#[tokio::test]
async fn a_paper_without_a_certificate_gets_one_for_all_its_names_and_renews_it_with_the_same_account() {
    let served = Served::new("first").await;
    assert!(!served.opens(NAMES[0]).await, "there is none yet");
    served.asks(&served.certifier).await;
    for name in NAMES {
        assert!(served.opens(name).await, "{name}");
    }
    assert!(!served.opens("elsewhere.example").await);
    served.asks(&served.certifier).await;
    assert_eq!(served.office.counted(), (1, 2), "one account, two certificates");
    // Another process finds it where it lies.
    let again = Certificate::to_come(served.certifier.file.clone());
    assert!(again.is_there() && crate::lines::certificate_is_for(again.file(), NAMES[1]));
    #[cfg(unix)]
    for kept in std::fs::read_dir(&served.certifier.folder).expect("a folder") {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&kept.expect("a file").metadata().expect("there").permissions());
        assert_eq!(mode & 0o077, 0, "keys are their owner's alone");
    }
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_is_not_certified_and_the_certificate_of_before_stays() {
    let served = Served::new("elsewhere").await;
    served.asks(&served.certifier).await;
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    served.office.leads_to(nobody);
    let refused = served.certifier.ask(&served.certificate).await.expect_err("nobody is there");
    assert!(format!("{refused:#}").contains("harbour.example: "), "{refused:#}");
    served.certificate.look_again();
    assert!(served.opens(NAMES[0]).await);
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn a_proof_is_shown_to_nobody_but_a_certifier_and_no_longer_than_it_looks() {
    let served = Served::new("proof").await;
    served.asks(&served.certifier).await;
    served.certificate.proves_nothing();
    served.certificate.proves(NAMES[0], proof(NAMES[0], &[7; 32]).expect("a proof"));
    for speaks in [&[][..], &["h2", "http/1.1"], &["h2", "acme-tls/1"]] {
        assert!(served.opens_speaking(NAMES[0], speaks).await, "{speaks:?}: readers see the certificate");
    }
    let shown = office::shown(served.address, NAMES[0]).await.expect("the proof");
    assert!(shown.windows(32).any(|part| part == [7; 32]));
    assert!(office::shown(served.address, NAMES[1]).await.is_err(), "of another name there is none");
    served.certificate.proves_nothing();
    assert!(office::shown(served.address, NAMES[0]).await.is_err(), "nobody looks any more");
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn the_serving_program_asks_by_itself_and_takes_the_proof_back() {
    let served = Served::asking("itself", true).await;
    let certified = tokio::time::timeout(Duration::from_secs(60), async {
        while !served.opens(NAMES[0]).await {
            tokio::task::yield_now().await;
        }
    });
    certified.await.expect("certified by itself");
    assert!(served.opens(NAMES[1]).await);
    assert!(office::shown(served.address, NAMES[0]).await.is_err(), "the proof is gone");
    assert_eq!((served.office.counted(), Refusal::last(&served.certifier.folder)), ((1, 1), None));
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn why_it_was_refused_is_kept_until_a_certificate_is_given() {
    let served = Served::new("refused").await;
    let refusal = Refusal { at: Timestamp::UNIX_EPOCH, why: "harbour.example: nobody\nthere".to_owned() };
    served.certifier.keep_refusal(&refusal).expect("kept");
    assert_eq!(Refusal::last(&served.certifier.folder), Some(refusal));
    served.certifier.forget_refusal();
    served.certifier.forget_refusal();
    assert_eq!(Refusal::last(&served.certifier.folder), None);
    let _ = std::fs::remove_dir_all(served.folder);
}

#[tokio::test]
async fn a_certificate_is_asked_for_again_when_a_name_is_new_and_an_account_that_is_not_known_any_more_is_opened_anew()
{
    let served = Served::new("names").await;
    served.asks(&served.certifier).await;
    let due = |certifier: &Certifier| certifier.is_due(&served.certificate, Timestamp::now());
    assert!(!due(&served.certifier));
    let more = Certifier { names: vec![NAMES[0].to_owned(), "news.example".to_owned()], ..served.certifier.clone() };
    assert!(due(&more));
    served.office.forgets_accounts();
    served.asks(&more).await;
    assert!(!due(&more) && served.opens("news.example").await);
    std::fs::write(&more.file, "nothing").expect("spoiled");
    assert!(due(&more), "what is there cannot be read");
    let _ = std::fs::remove_dir_all(served.folder);
}

#[test]
fn a_certificate_is_renewed_when_a_third_of_its_time_is_left() {
    let (from, day) = (Timestamp::UNIX_EPOCH, SignedDuration::from_hours(24));
    let due = |whole: i32, after: i32| is_near_its_end((from, from + day * whole), from + day * after);
    assert_eq!((due(90, 0), due(90, 60), due(90, 61), due(90, 100)), (false, false, true, true));
    assert_eq!((due(6, 3), due(6, 5)), (false, true));
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
    assert!(directory("http://certifier.example/directory").is_none(), "in the open");
    assert!(directory("http://127.0.0.1:14000/dir").is_some(), "on this machine");
    assert!(directory("nobody").is_none());
}
