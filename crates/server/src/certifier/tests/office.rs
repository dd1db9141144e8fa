//! A certifier for tests: plain HTTP on a port of its own, with the steps of RFC 8555. It checks every signature, takes no
//! number twice, looks at the paper's own port for the proof of each name (RFC 8737), and signs with a root of its own.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Method, Response, StatusCode, Uri};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as URL;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, PKCS_ECDSA_P256_SHA256, PublicKeyData,
    SignatureAlgorithm,
};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::ring as provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

/// The extension of a proof, 1.3.6.1.5.5.7.1.31, critical, with 32 bytes in it.
const EXTENSION: &[u8] = &[0x06, 0x08, 0x2b, 6, 1, 5, 5, 7, 1, 0x1f, 0x01, 0x01, 0xff, 0x04, 0x22, 0x04, 0x20];
/// What stands before a point of P-256 in a request for a certificate.
const POINT: &[u8] = &[0x03, 0x42, 0x00];

/// The certifier.
#[derive(Clone)]
pub struct Office {
    here: String,
    state: Arc<Mutex<Books>>,
}

/// What it has written down.
struct Books {
    root: CertifiedIssuer<'static, KeyPair>,
    /// Where the names of the paper lead.
    paper: SocketAddr,
    numbers: BTreeSet<String>,
    given: u32,
    accounts: Vec<Value>,
    names: Vec<String>,
    proved: Vec<Option<Result<(), String>>>,
    signed: Option<String>,
    orders: usize,
}

impl Office {
    /// Opens one that finds every name at this address.
    pub async fn open(paper: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let here = format!("http://{}", listener.local_addr().expect("an address"));
        let mut root = CertificateParams::default();
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate().expect("a key")).expect("a root");
        let books = Books {
            root,
            paper,
            numbers: BTreeSet::new(),
            given: 0,
            accounts: Vec::new(),
            names: Vec::new(),
            proved: Vec::new(),
            signed: None,
            orders: 0,
        };
        let office = Self { here, state: Arc::new(Mutex::new(books)) };
        let router = Router::new().fallback(asked).with_state(office.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        office
    }

    /// The address of its directory.
    pub fn directory(&self) -> String {
        format!("{}/directory", self.here)
    }

    /// What whoever trusts it trusts.
    pub fn root(&self) -> CertificateDer<'static> {
        self.books().root.der().clone()
    }

    /// How many accounts were opened, and how many certificates ordered.
    pub fn counted(&self) -> (usize, usize) {
        let books = self.books();
        (books.accounts.len(), books.orders)
    }

    /// The paper's names lead elsewhere from now on.
    pub fn leads_to(&self, paper: SocketAddr) {
        self.books().paper = paper;
    }

    /// It was set up anew: nobody has an account.
    pub fn forgets_accounts(&self) {
        self.books().accounts.iter_mut().for_each(|account| *account = Value::Null);
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.state.lock().expect("open books")
    }

    fn number(&self) -> String {
        let mut books = self.books();
        books.given += 1;
        let number = format!("number-{}", books.given);
        books.numbers.insert(number.clone());
        number
    }

    /// What is asked, once its signature, its address and its number were checked; the account's key beside it.
    /// None where it does not know the account.
    fn read(&self, path: &str, body: &[u8]) -> Option<(Value, Value)> {
        let sent: Value = serde_json::from_slice(body).expect("JSON");
        let part = |name: &str| sent[name].as_str().expect("a part").to_owned();
        let bytes = |name: &str| URL.decode(part(name)).expect("base64url");
        let head: Value = serde_json::from_slice(&bytes("protected")).expect("a head");
        assert_eq!(head["url"], format!("{}{path}", self.here));
        assert!(self.books().numbers.remove(head["nonce"].as_str().expect("a number")), "a number is used once");
        let key = if head["jwk"].is_object() {
            head["jwk"].clone()
        } else {
            let known = head["kid"].as_str().and_then(|kid| kid.rsplit('/').next()?.parse::<usize>().ok());
            self.books().accounts[known.expect("an account")].clone()
        };
        if key.is_null() {
            return None;
        }
        let axis = |name: &str| URL.decode(key[name].as_str().expect("an axis")).expect("base64url");
        let point = [vec![4], axis("x"), axis("y")].concat();
        let signed = format!("{}.{}", part("protected"), part("payload"));
        let signature = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
        signature.verify(signed.as_bytes(), &bytes("signature")).expect("signed with the account's key");
        Some((serde_json::from_slice(&bytes("payload")).unwrap_or(Value::Null), key))
    }

    fn order(&self) -> Value {
        let books = self.books();
        let identifiers: Vec<Value> = books.names.iter().map(|name| json!({"type": "dns", "value": name})).collect();
        let status = match (&books.signed, &books.proved) {
            (Some(_), _) => "valid",
            (None, proved) if proved.iter().all(|proved| matches!(proved, Some(Ok(())))) => "ready",
            (None, proved) if proved.iter().any(|proved| matches!(proved, Some(Err(_)))) => "invalid",
            _ => "pending",
        };
        let proofs: Vec<String> =
            (0..books.names.len()).map(|number| format!("{}/proof/{number}", self.here)).collect();
        json!({
            "status": status,
            "identifiers": identifiers,
            "authorizations": proofs,
            "finalize": format!("{}/sign", self.here),
            "certificate": format!("{}/certificate", self.here),
        })
    }

    fn challenge(&self, number: usize) -> Value {
        let proved = self.books().proved[number].clone();
        let mut said = json!({
            "type": "tls-alpn-01",
            "url": format!("{}/look/{number}", self.here),
            "token": format!("token-{number}"),
            "status": status(&proved),
        });
        if let Some(Err(why)) = proved {
            said["error"] = json!({"type": "urn:ietf:params:acme:error:unauthorized", "detail": why});
        }
        said
    }

    fn proof(&self, number: usize) -> Value {
        let name = self.books().names[number].clone();
        let proved = self.books().proved[number].clone();
        json!({
            "status": status(&proved),
            "identifier": {"type": "dns", "value": name},
            "challenges": [{"type": "http-01", "url": "", "token": "no", "status": "pending"}, self.challenge(number)],
        })
    }

    /// Looks at the paper's port, as everybody who resolves its name would.
    async fn look(&self, number: usize, key: &Value) {
        let paper = self.books().paper;
        let name = self.books().names[number].clone();
        let axis = |name: &str| key[name].as_str().expect("an axis").to_owned();
        // RFC 7638.
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, axis("x"), axis("y"));
        let said = format!("token-{number}.{}", URL.encode(Sha256::digest(canonical)));
        let seen = shown(paper, &name).await;
        let wanted = [EXTENSION, Sha256::digest(said).as_slice()].concat();
        let proved = match seen {
            Ok(seen) if seen.windows(wanted.len()).any(|part| part == wanted) => Ok(()),
            Ok(_) => Err(format!("{name} shows something else")),
            Err(why) => Err(format!("{name}: {why}")),
        };
        self.books().proved[number] = Some(proved);
    }

    fn sign(&self, asked: &Value) {
        let csr = URL.decode(asked["csr"].as_str().expect("a request")).expect("base64url");
        let at = csr.windows(POINT.len()).position(|part| part == POINT).expect("a key on P-256") + POINT.len();
        let mut books = self.books();
        let holds = CertificateParams::new(books.names.clone()).expect("names");
        let signed = holds.signed_by(&Key(csr[at..at + 65].to_vec()), &books.root).expect("a certificate");
        books.signed = Some([signed.pem(), books.root.pem()].concat());
    }
}

fn status(proved: &Option<Result<(), String>>) -> &'static str {
    match proved {
        None => "pending",
        Some(Ok(())) => "valid",
        Some(Err(_)) => "invalid",
    }
}

async fn asked(State(office): State<Office>, method: Method, uri: Uri, body: Bytes) -> Response<Body> {
    let path = uri.path().to_owned();
    let number = |path: &str| path.rsplit('/').next().and_then(|last| last.parse::<usize>().ok()).unwrap_or_default();
    let to = |place: &str| format!("{}{place}", office.here);
    if method == Method::GET {
        let all = ["nonce", "account", "order"].map(|name| to(&format!("/new-{name}")));
        let [nonce, account, order] = all;
        let said = json!({"newNonce": nonce, "newAccount": account, "newOrder": order});
        return answer(&office, StatusCode::OK, None, said.to_string());
    }
    if path == "/new-nonce" {
        return answer(&office, StatusCode::OK, None, String::new());
    }
    let Some((payload, key)) = office.read(&path, &body) else {
        let said = json!({"type": "urn:ietf:params:acme:error:accountDoesNotExist", "detail": "nobody"});
        return answer(&office, StatusCode::BAD_REQUEST, None, said.to_string());
    };
    let (place, said) = match path.as_str() {
        "/new-account" => {
            assert_eq!(payload["termsOfServiceAgreed"], true);
            assert_eq!(payload["contact"], json!(["mailto:paper@harbour.example"]));
            office.books().accounts.push(key);
            (Some(to(&format!("/accounts/{}", office.counted().0 - 1))), json!({"status": "valid"}))
        }
        account if account.starts_with("/accounts/") => {
            assert_eq!(payload["contact"], json!(["mailto:paper@harbour.example"]));
            (None, json!({"status": "valid"}))
        }
        "/new-order" => {
            let names = payload["identifiers"].as_array().expect("names").iter();
            let names: Vec<String> = names.map(|name| name["value"].as_str().expect("a name").to_owned()).collect();
            let mut books = office.books();
            (books.proved, books.names, books.signed) = (vec![None; names.len()], names, None);
            books.orders += 1;
            drop(books);
            (Some(to("/the-order")), office.order())
        }
        "/the-order" => (None, office.order()),
        "/sign" => {
            office.sign(&payload);
            (None, office.order())
        }
        "/certificate" => {
            let signed = office.books().signed.clone().expect("signed");
            return answer(&office, StatusCode::OK, None, signed);
        }
        look if look.starts_with("/look/") => {
            office.look(number(look), &key).await;
            (None, office.challenge(number(look)))
        }
        proof => (None, office.proof(number(proof))),
    };
    let status = if place.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    answer(&office, status, place, said.to_string())
}

fn answer(office: &Office, status: StatusCode, place: Option<String>, body: String) -> Response<Body> {
    let answer = Response::builder().status(status).header("replay-nonce", office.number());
    let answer = place.into_iter().fold(answer, |answer, place| answer.header("location", place));
    answer.body(Body::from(body)).expect("an answer")
}

/// The certificate that is shown at an address to whoever asks for the proof of a name.
pub async fn shown(paper: SocketAddr, name: &str) -> Result<Vec<u8>, String> {
    let why = |problem: std::io::Error| problem.to_string();
    let config = ClientConfig::builder_with_provider(Arc::new(provider::default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("TLS");
    let mut config = config.dangerous().with_custom_certificate_verifier(Arc::new(Anybody)).with_no_client_auth();
    config.alpn_protocols = vec![b"acme-tls/1".to_vec()];
    let stream = TcpStream::connect(paper).await.map_err(why)?;
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let line = TlsConnector::from(Arc::new(config)).connect(name, stream).await.map_err(why)?;
    let agreed = line.get_ref().1;
    if agreed.alpn_protocol() != Some(b"acme-tls/1") {
        return Err("nothing is proved there".to_owned());
    }
    Ok(agreed.peer_certificates().and_then(<[_]>::first).map(|shown| shown.to_vec()).unwrap_or_default())
}

/// The point of somebody else's key.
struct Key(Vec<u8>);

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

/// A proof is signed by nobody who is known.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
