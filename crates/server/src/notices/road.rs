//! The road to addresses of the web that colleagues named: HTTP/1.1 over TLS. Where a name leads is asked anew for each
//! message, and the number that was judged is the one that is called.
//!
//! Absent on purpose: redirects (but those of an old paper's files, see `fetched`), proxies, cookies, connections that are kept.

use crate::organisation::{ASKER, Address, send, trusting};
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::uri::Scheme;
use axum::http::{Method, Request, StatusCode, header};
use newsroom::notices::{ChatId, is_public};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use web::{Carried, Courier, FetchError, Undelivered};

/// A number is tried for so long, before another one of the same name is.
const CONNECTED_WITHIN: Duration = Duration::from_secs(3);
/// All of it takes so long at most.
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);

/// As what bodies of JSON are sent.
const JSON: &str = "application/json";

/// Who named an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedBy {
    /// A colleague: nothing inside the house, but what the administrator allowed.
    Colleague,
    /// The administrator.
    Settings,
    /// Another server, of itself: nothing inside the house.
    Stranger,
}

/// The road to addresses of the web.
#[derive(Clone)]
pub struct Road {
    pub(super) tls: TlsConnector,
    /// Hosts inside the house that may be told.
    allowed: Vec<String>,
}

impl std::fmt::Debug for Road {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Road").finish_non_exhaustive()
    }
}

impl Road {
    /// The road; `allowed` are hosts inside the house that may be told, `roots` a PEM file of authorities that are trusted
    /// beside Mozilla's list; `None` when that file cannot be read.
    pub fn new(allowed: Vec<String>, roots: &str) -> Option<Self> {
        Some(Self { tls: trusting(roots)?, allowed })
    }

    /// Sends a body of JSON to an address that a colleague named. Any answer of 200 to 299 is a yes.
    ///
    /// # Errors
    /// Why it did not arrive, without the address.
    pub async fn post(&self, url: &str, headers: &[(&str, String)], body: String) -> Result<(), Undelivered> {
        self.post_as(JSON, (url, headers), body.into_bytes()).await.map(drop)
    }

    /// Sends a body of any kind to an address that a colleague or a reader's browser named; what is answered.
    ///
    /// # Errors
    /// Why it did not arrive, without the address.
    pub async fn post_as(
        &self,
        media_type: &str,
        (url, headers): (&str, &[(&str, String)]),
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Undelivered> {
        self.send((url, headers), (media_type, body), NamedBy::Colleague).await
    }

    /// Sends a body of JSON to an address that the administrator named; what is answered.
    ///
    /// # Errors
    /// Why it did not arrive, without the address.
    pub async fn post_to_named(&self, url: &str, body: String) -> Result<Vec<u8>, Undelivered> {
        self.send((url, &[]), (JSON, body.into_bytes()), NamedBy::Settings).await
    }

    async fn send(
        &self,
        (url, headers): (&str, &[(&str, String)]),
        (media_type, body): (&str, Vec<u8>),
        by: NamedBy,
    ) -> Result<Vec<u8>, Undelivered> {
        let address = Address::read(url).ok_or(Undelivered::Unreached)?;
        let request = asking(Method::POST, &address, headers).header(header::CONTENT_TYPE, media_type);
        let request = request.body(Body::from(body)).map_err(|_| Undelivered::Unreached)?;
        self.within_time(address, request, by).await
    }

    /// Gets what stands at an address that another server named.
    async fn get(&self, url: &str, headers: &[(&str, String)]) -> Result<Vec<u8>, Undelivered> {
        let address = Address::read(url).ok_or(Undelivered::Unreached)?;
        let request = asking(Method::GET, &address, headers).body(Body::empty()).map_err(|_| Undelivered::Unreached)?;
        self.within_time(address, request, NamedBy::Stranger).await
    }

    async fn within_time(&self, address: Address, request: Request<Body>, by: NamedBy) -> Result<Vec<u8>, Undelivered> {
        let sent = tokio::time::timeout(ANSWERED_WITHIN, self.connect_and_send(address, request, by)).await;
        sent.unwrap_or(Err(Undelivered::Unreached))
    }

    async fn connect_and_send(
        &self,
        address: Address,
        request: Request<Body>,
        by: NamedBy,
    ) -> Result<Vec<u8>, Undelivered> {
        let host = address.authority.host().trim_matches(['[', ']']).to_owned();
        let plain = address.scheme == Scheme::HTTP;
        let port = address.authority.port_u16().unwrap_or(if plain { 80 } else { 443 });
        let stream = self.connect(&host, port, by).await?;
        let sent = if plain {
            send(stream, request, is_yes).await
        } else {
            let name = ServerName::try_from(host).map_err(|_| Undelivered::Unreached)?;
            let stream = self.tls.connect(name, stream).await.map_err(|_| Undelivered::Unreached)?;
            send(stream, request, is_yes).await
        };
        match sent {
            Ok(answer) => Ok(answer),
            // It said yes, and then more than anybody reads.
            Err(FetchError::TooMuch) => Ok(Vec::new()),
            Err(FetchError::Status(status)) => Err(Undelivered::Status(status)),
            Err(FetchError::NotReached(_) | FetchError::NotAsked) => Err(Undelivered::Unreached),
        }
    }

    pub(super) async fn connect(&self, host: &str, port: u16, by: NamedBy) -> Result<TcpStream, Undelivered> {
        let found: Vec<SocketAddr> = lookup_host((host, port)).await.map_err(|_| Undelivered::Unreached)?.collect();
        let may = match by {
            NamedBy::Settings => true,
            NamedBy::Colleague => self.allowed.iter().any(|one| one.eq_ignore_ascii_case(host)),
            NamedBy::Stranger => false,
        };
        let open: Vec<_> = found.into_iter().filter(|number| may || is_public(number.ip())).collect();
        if open.is_empty() {
            return Err(Undelivered::Inside);
        }
        for number in open {
            if let Ok(Ok(stream)) = tokio::time::timeout(CONNECTED_WITHIN, TcpStream::connect(number)).await {
                return Ok(stream);
            }
        }
        Err(Undelivered::Unreached)
    }
}

/// To other servers of the Fediverse: addresses that they say of themselves.
impl Courier for Road {
    fn get(&self, url: &str, headers: Vec<(&'static str, String)>) -> Carried {
        let (road, url) = (self.clone(), url.to_owned());
        Box::pin(async move { Self::get(&road, &url, &headers).await })
    }

    fn post(&self, url: &str, headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Carried {
        let (road, url) = (self.clone(), url.to_owned());
        // What is sent there says its type among the lines that are signed beside it.
        let (media, rest): (Vec<_>, Vec<_>) = headers.into_iter().partition(|(name, _)| *name == "content-type");
        let media = media.into_iter().next().map_or_else(|| JSON.to_owned(), |(_, media)| media);
        Box::pin(async move { road.send((&url, &rest), (&media, body), NamedBy::Stranger).await })
    }
}

fn asking(method: Method, address: &Address, headers: &[(&str, String)]) -> Builder {
    let mut request = Request::builder()
        .method(method)
        .uri(address.uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, address.authority.as_str())
        .header(header::USER_AGENT, ASKER)
        .header(header::CONNECTION, "close");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request
}

fn is_yes(status: StatusCode) -> bool {
    status.is_success()
}

/// The paper's bot at Telegram.
#[derive(Clone, PartialEq, Eq)]
pub struct Telegram {
    address: String,
    token: String,
    /// Groups and channels that may be told.
    chats: Vec<String>,
}

impl std::fmt::Debug for Telegram {
    /// Without the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Telegram").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Telegram {
    /// A bot by its token (`123456:letters`), at an address of its interface, and the groups and channels that it may tell;
    /// `None` when token or address cannot be read.
    pub fn new(address: &str, token: &str, chats: Vec<String>) -> Option<Self> {
        let (number, letters) = token.split_once(':')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let plain = letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        Address::read(address).filter(|_| is_number && plain && letters.len() >= 20)?;
        Some(Self { address: address.trim_end_matches('/').to_owned(), token: token.to_owned(), chats })
    }

    /// Writes to a chat (Telegram Bot API, `sendMessage`).
    ///
    /// # Errors
    /// Why it did not arrive, without the token.
    pub async fn send(&self, road: &Road, chat: &str, text: &str) -> Result<(), Undelivered> {
        // The administrator may have thought better of it since it was asked for.
        let chat = ChatId::new(chat, &self.chats).map_err(|_| Undelivered::NotAllowed)?;
        let body = serde_json::json!({
            "chat_id": chat.as_str(),
            "text": text,
            "link_preview_options": { "is_disabled": true },
        });
        let url = format!("{}/bot{}/sendMessage", self.address, self.token);
        road.post_to_named(&url, body.to_string()).await.map(drop)
    }
}
