//! The paper's certificate and its key, out of two PEM files. Whoever renews them writes the files anew; they are looked at once a
//! minute, and new lines get the new ones. A certifier that asks for a proof of the paper's name gets it on the same lines
//! (TLS-ALPN-01, RFC 8737).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

const LOOKED_AT: Duration = Duration::from_secs(60);
/// What a certifier speaks that asks for a proof, and nothing else does (RFC 8737, section 6.2).
pub(super) const PROOF: &[u8] = b"acme-tls/1";

/// What the paper shows to whoever wants TLS.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    /// None until the first one was given.
    now: RwLock<Option<(Arc<CertifiedKey>, Written)>>,
    /// By name, while a certifier looks; none where nobody is asked for a certificate.
    proofs: Option<RwLock<BTreeMap<String, Arc<CertifiedKey>>>>,
}

/// When the two files were written.
type Written = [Option<SystemTime>; 2];
/// There were none.
const NEVER: Written = [None, None];

impl Certificate {
    /// Out of two files: the chain, the paper's own certificate first, and its key. None where they cannot be read or do not
    /// belong together.
    pub fn read(chain: &str, key: &str) -> Option<Self> {
        let (chain, key) = (PathBuf::from(chain), PathBuf::from(key));
        let now = RwLock::new(Some((certified(&chain, &key)?, written(&chain, &key))));
        Some(Self { chain, key, now, proofs: None })
    }

    /// Out of one file that a certifier is asked to fill; where it is filled already, it is used.
    pub fn to_come(file: PathBuf) -> Self {
        let now = certified(&file, &file).map(|certified| (certified, written(&file, &file)));
        let proofs = Some(RwLock::default());
        Self { chain: file.clone(), key: file, now: RwLock::new(now), proofs }
    }

    /// Whether there is one to show.
    pub fn is_there(&self) -> bool {
        self.now.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Where it stands, its own certificate first.
    pub fn file(&self) -> &Path {
        &self.chain
    }

    /// Shows a proof to whoever asks for one by this name, until [`Certificate::proves_nothing`].
    pub fn proves(&self, name: &str, proof: Arc<CertifiedKey>) {
        if let Some(proofs) = &self.proofs {
            proofs.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), proof);
        }
    }

    /// Nobody is looking any more.
    pub fn proves_nothing(&self) {
        if let Some(proofs) = &self.proofs {
            proofs.write().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    /// TLS 1.2 and 1.3, HTTP/2 before HTTP/1.1.
    pub fn acceptor(self: Arc<Self>) -> TlsAcceptor {
        let provider = Arc::new(ring::default_provider());
        let builder =
            ServerConfig::builder_with_provider(provider).with_protocol_versions(tokio_rustls::rustls::ALL_VERSIONS);
        // ring speaks both.
        #[expect(clippy::expect_used, reason = "ring speaks TLS 1.2 and 1.3")]
        let builder = builder.expect("both versions");
        let proves = self.proofs.is_some();
        let mut config = builder.with_no_client_auth().with_cert_resolver(self);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        if proves {
            config.alpn_protocols.push(PROOF.to_vec());
        }
        TlsAcceptor::from(Arc::new(config))
    }

    /// Takes up what was written anew, for as long as the paper is served.
    pub async fn renew(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOKED_AT).await;
            self.look_again();
        }
    }

    /// Files that cannot be read stay unread: the certificate of before is better than none.
    pub fn look_again(&self) {
        let seen = written(&self.chain, &self.key);
        let known = |now: &Option<(_, Written)>| now.as_ref().map_or(NEVER, |(_, written)| *written);
        if known(&self.now.read().unwrap_or_else(PoisonError::into_inner)) == seen {
            return;
        }
        match certified(&self.chain, &self.key) {
            Some(new) => {
                *self.now.write().unwrap_or_else(PoisonError::into_inner) = Some((new, seen));
                tracing::info!("the certificate was renewed");
            }
            None => tracing::warn!("the certificate was written anew and cannot be read; the one of before is used"),
        }
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        if hello.alpn().is_some_and(|offered| offered.eq([PROOF])) {
            let proofs = self.proofs.as_ref()?.read().unwrap_or_else(PoisonError::into_inner);
            return proofs.get(hello.server_name()?).cloned();
        }
        self.now.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(certified, _)| certified.clone())
    }
}

fn certified(chain: &PathBuf, key: &PathBuf) -> Option<Arc<CertifiedKey>> {
    let chain = CertificateDer::pem_file_iter(chain).ok()?.collect::<Result<Vec<_>, _>>().ok()?;
    chain.first()?;
    let key = PrivateKeyDer::from_pem_file(key).ok()?;
    CertifiedKey::from_der(chain, key, &ring::default_provider()).ok().map(Arc::new)
}

fn written(chain: &PathBuf, key: &PathBuf) -> Written {
    [chain, key].map(|file| std::fs::metadata(file).and_then(|file| file.modified()).ok())
}
