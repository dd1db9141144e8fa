//! Files of the web that an old paper names, on the road on which nothing leads inside the house. An old site has often moved
//! to https or to a service for files: where it leads is followed a few times, and each place is judged anew, another
//! host as one that a stranger named.

use super::road::{NamedBy, Road};
use crate::organisation::{ASKER, asked, read};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::time::Duration;
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Position, Url};
use web::{FetchError, Undelivered};

/// So often is followed where a file was moved to.
const MOST_MOVES: u8 = 3;
/// A file takes so long at most, wherever it is looked for: 40 MiB over a slow line.
const ANSWERED_WITHIN: Duration = Duration::from_mins(2);

/// Why a file did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfetched {
    /// It is not there any more, or not for everybody.
    Gone,
    /// It is longer than what is taken.
    TooLong,
    /// It leads inside the house.
    Inside,
    /// Nobody answered, or something is wrong there.
    Unreached,
}

enum Answered {
    File(Vec<u8>),
    Moved(String),
}

impl Road {
    /// Gets a file that stands at an address, also over plain HTTP: of `most` bytes at most.
    ///
    /// # Errors
    /// Why it did not come.
    pub async fn fetch(&self, url: &str, most: usize) -> Result<Vec<u8>, Unfetched> {
        let url = Url::parse(url).map_err(|_| Unfetched::Gone)?;
        let fetched = tokio::time::timeout(ANSWERED_WITHIN, self.follow(url, most)).await;
        fetched.unwrap_or(Err(Unfetched::Unreached))
    }

    async fn follow(&self, mut url: Url, most: usize) -> Result<Vec<u8>, Unfetched> {
        let named = (url.host_str().map(str::to_owned), url.port_or_known_default());
        let mut by = NamedBy::Colleague;
        for _ in 0..=MOST_MOVES {
            match self.file_at(&url, by, most).await? {
                Answered::File(bytes) => return Ok(bytes),
                Answered::Moved(to) => url = url.join(&to).map_err(|_| Unfetched::Gone)?,
            }
            if named != (url.host_str().map(str::to_owned), url.port_or_known_default()) {
                by = NamedBy::Stranger;
            }
        }
        Err(Unfetched::Gone)
    }

    async fn file_at(&self, url: &Url, by: NamedBy, most: usize) -> Result<Answered, Unfetched> {
        let is_plain = match url.scheme() {
            "http" => true,
            "https" => false,
            _ => return Err(Unfetched::Gone),
        };
        let host = url.host_str().ok_or(Unfetched::Gone)?.trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().ok_or(Unfetched::Gone)?;
        let request = Request::builder()
            .uri(&url[Position::BeforePath..Position::AfterQuery])
            .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
            .header(header::USER_AGENT, ASKER)
            .header(header::ACCEPT, "image/*")
            .header(header::CONNECTION, "close")
            .body(Body::empty())
            .map_err(|_| Unfetched::Gone)?;
        let stream = self.connect(&host, port, by).await.map_err(|why| match why {
            Undelivered::Inside => Unfetched::Inside,
            _ => Unfetched::Unreached,
        })?;
        let answer = if is_plain {
            asked(stream, request).await
        } else {
            let name = ServerName::try_from(host).map_err(|_| Unfetched::Gone)?;
            asked(self.tls.connect(name, stream).await.map_err(|_| Unfetched::Unreached)?, request).await
        };
        let answer = answer.map_err(|_| Unfetched::Unreached)?;
        let location =
            answer.headers().get(header::LOCATION).map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        match (answer.status(), location) {
            (StatusCode::OK, _) => match read(answer.into_body(), most).await {
                Ok(bytes) => Ok(Answered::File(bytes)),
                Err(FetchError::TooMuch) => Err(Unfetched::TooLong),
                Err(_) => Err(Unfetched::Unreached),
            },
            (status, Some(to)) if status.is_redirection() => Ok(Answered::Moved(to)),
            (StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT, _) => Err(Unfetched::Unreached),
            (status, _) if status.is_server_error() => Err(Unfetched::Unreached),
            _ => Err(Unfetched::Gone),
        }
    }
}
