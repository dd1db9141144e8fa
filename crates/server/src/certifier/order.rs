//! One certificate from the order to the file: the account, the proof of each name, the key, the chain.

use super::{Certifier, mark};
use crate::files;
use crate::lines::Certificate;
use anyhow::{Context, Result, anyhow, bail, ensure};
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Error, Identifier, NewAccount, NewOrder, Order,
    OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;

/// The certifier looks, and then signs: both take seconds.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(120));

/// What it answers to an account of which it knows nothing (RFC 8555, section 6.7).
const UNKNOWN: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

impl Certifier {
    /// Asks for a certificate and writes it where it is looked for.
    pub(super) async fn ask(&self, certificate: &Certificate) -> Result<()> {
        self.private_folder().with_context(|| self.folder.display().to_string())?;
        let account = self.account().await?;
        let names: Vec<Identifier> = self.names.iter().cloned().map(Identifier::Dns).collect();
        let mut order = account.new_order(&NewOrder::new(&names)).await.context("the order")?;
        prove(&mut order, certificate).await?;
        let status = order.poll_ready(&PATIENCE).await.context("the proof of the name")?;
        if status != OrderStatus::Ready {
            let why = why(&mut order).await;
            bail!("the proof of the name: {why}");
        }
        let key = order.finalize().await.context("the request for the certificate")?;
        let chain = order.poll_certificate(&PATIENCE).await.context("the certificate")?;
        self.write(&chain, &key)
    }

    /// The one that was opened before at this certifier, or a new one. With it the terms of the certifier are agreed to, as the
    /// setting says.
    async fn account(&self) -> Result<Account> {
        let file = self.folder.join(format!("account-{}.json", mark(&self.directory)));
        let named = || file.display().to_string();
        match std::fs::read(&file) {
            Ok(kept) => match self.known_account(serde_json::from_slice(&kept).with_context(named)?).await {
                // A certifier of the house was set up anew, or has closed the account.
                Err(Error::Api(problem)) if problem.r#type.as_deref() == Some(UNKNOWN) => self.new_account(&file).await,
                account => account.context("the account"),
            },
            Err(problem) if problem.kind() == ErrorKind::NotFound => self.new_account(&file).await,
            Err(problem) => Err(problem).with_context(named),
        }
    }

    async fn known_account(&self, kept: AccountCredentials) -> Result<Account, Error> {
        let account = Account::builder_with_http(Box::new(self.line.clone())).from_credentials(kept).await?;
        account.update_contacts(&self.contacts().iter().map(String::as_str).collect::<Vec<_>>()).await?;
        Ok(account)
    }

    async fn new_account(&self, file: &Path) -> Result<Account> {
        let contacts = self.contacts();
        let contact: Vec<&str> = contacts.iter().map(String::as_str).collect();
        let new = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
        let opened = Account::builder_with_http(Box::new(self.line.clone())).create(&new, self.directory.clone(), None);
        let (account, kept) = opened.await.context("a new account")?;
        files::replace_file(file, &serde_json::to_vec(&kept)?).with_context(|| file.display().to_string())?;
        Ok(account)
    }

    fn contacts(&self) -> Vec<String> {
        self.contact.iter().map(|address| format!("mailto:{address}")).collect()
    }

    /// In the place of the one before, at once: nobody ever reads half of it, or a key with another's certificate.
    fn write(&self, chain: &str, key: &str) -> Result<()> {
        let certificates = CertificateDer::pem_slice_iter(chain.as_bytes()).collect::<Result<Vec<_>, _>>();
        let certificates = certificates.map_err(|problem| anyhow!("the certificate: {problem}"))?;
        ensure!(!certificates.is_empty(), "the certifier has sent no certificate");
        let parsed = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|problem| anyhow!("the key: {problem}"))?;
        CertifiedKey::from_der(certificates, parsed, &ring::default_provider()).context("certificate and key")?;
        let both = [chain.trim_end(), "\n", key].concat();
        files::replace_file(&self.file, both.as_bytes()).with_context(|| self.file.display().to_string())
    }
}

/// Shows the proof of each name and says that it may be looked at.
async fn prove(order: &mut Order, certificate: &Certificate) -> Result<()> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization.context("what is to be proved")?;
        match authorization.status {
            // Proved not long ago.
            AuthorizationStatus::Valid => continue,
            AuthorizationStatus::Pending => {}
            _ => bail!("a name cannot be proved any more: {:?}", authorization.status),
        }
        let mut challenge = authorization
            .challenge(ChallengeType::TlsAlpn01)
            .context("the certifier does not offer the proof on the paper's own port (TLS-ALPN-01)")?;
        let name = challenge.identifier().to_string();
        let shown = proof(&name, challenge.key_authorization().digest().as_ref()).context("the proof")?;
        certificate.proves(&name, shown);
        challenge.set_ready().await.context("the proof of the name")?;
    }
    Ok(())
}

/// Why it was refused, in the certifier's words.
async fn why(order: &mut Order) -> String {
    let mut said = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let Ok(state) = authorization.refresh().await else { continue };
        said.extend(state.challenges.iter().filter_map(|challenge| challenge.error.as_ref()).map(ToString::to_string));
    }
    if said.is_empty() { "the certifier has refused it".to_owned() } else { said.join("; ") }
}

/// A certificate of this name that the paper signs itself, with what the certifier wants to see in it (RFC 8737, section 3).
pub(super) fn proof(name: &str, digest: &[u8]) -> Result<Arc<CertifiedKey>> {
    let mut holds = CertificateParams::new(vec![name.to_owned()])?;
    holds.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
    let key = KeyPair::generate()?;
    let signed = holds.self_signed(&key)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let key = ring::default_provider().key_provider.load_private_key(key)?;
    // It is not read again: whoever does not know what it holds must refuse it, as the standard wants.
    Ok(Arc::new(CertifiedKey::new(vec![signed.der().clone()], key)))
}
