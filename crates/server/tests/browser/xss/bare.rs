//! The paper's own bytes from another address, without the policy that comes with them: what was not escaped would run there.
//! Pages, scripts and streams come from the paper as somebody gets them; letters, answers to forms and what a reader of feeds
//! would show are kept and handed out as they are asked for.

use crate::running::Reader;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, LOCATION, X_CONTENT_TYPE_OPTIONS};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// HTML, as a browser takes it.
pub const HTML: &str = "text/html; charset=utf-8";
/// The headers of the paper that go along. The policy is not among them.
const KEPT: [HeaderName; 4] = [CONTENT_TYPE, CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS, LOCATION];

/// Where documents lie that were kept.
const KEPT_AT: &str = "/kept/";
/// What texts ask for when they run.
const RAN_AT: &str = "/xss-ran";

/// The server.
pub struct Bare {
    /// `http://127.0.0.1:PORT`.
    pub address: String,
    /// The same by another name: to a browser it is another site.
    pub elsewhere: String,
    shared: Arc<Shared>,
}

struct Shared {
    reader: Reader,
    kept: Mutex<Vec<(String, String)>>,
    ran: Mutex<Vec<String>>,
}

impl Bare {
    /// Shows what this reader gets.
    pub async fn of(reader: &Reader) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared { reader: reader.clone(), kept: Mutex::default(), ran: Mutex::default() });
        let answering = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(answer(line, Arc::clone(&answering)));
            }
        });
        Self { address: format!("http://127.0.0.1:{port}"), elsewhere: format!("localhost:{port}"), shared }
    }

    /// Keeps a document; its address.
    pub fn keep(&self, kind: &str, body: &str) -> String {
        let mut kept = self.shared.kept.lock().expect("nobody panicked");
        kept.push((kind.to_owned(), body.to_owned()));
        format!("{}{KEPT_AT}{}", self.address, kept.len() - 1)
    }

    /// The requests by which texts told that they ran, so far.
    pub fn ran(&self) -> Vec<String> {
        self.shared.ran.lock().expect("nobody panicked").clone()
    }
}

async fn answer(mut line: TcpStream, shared: Arc<Shared>) -> std::io::Result<()> {
    let Some((method, path)) = asked(&mut line).await? else { return Ok(()) };
    if path.starts_with(RAN_AT) {
        shared.ran.lock().expect("nobody panicked").push(path);
        return whole(line, "204 No Content", HTML, "").await;
    }
    if method != "GET" {
        return whole(line, "405 Method Not Allowed", HTML, "").await;
    }
    let Some(number) = path.strip_prefix(KEPT_AT) else { return pass(line, &shared.reader, &path).await };
    let number: Option<usize> = number.split('?').next().and_then(|number| number.parse().ok());
    let kept = number.and_then(|number| shared.kept.lock().expect("nobody panicked").get(number).cloned());
    match kept {
        Some((kind, body)) => whole(line, "200 OK", &kind, &body).await,
        None => whole(line, "404 Not Found", HTML, "").await,
    }
}

/// The method and the path of a request, once its head is there. What comes behind it is not read.
async fn asked(line: &mut TcpStream) -> std::io::Result<Option<(String, String)>> {
    let mut head: Vec<u8> = Vec::new();
    let mut part = [0_u8; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = line.read(&mut part).await?;
        if read == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&part[..read]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut words = head.split_whitespace();
    Ok(words.next().zip(words.next()).map(|(method, path)| (method.to_owned(), path.to_owned())))
}

async fn whole(mut line: TcpStream, status: &str, kind: &str, body: &str) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).await?;
    line.write_all(body.as_bytes()).await?;
    line.shutdown().await
}

/// Hands on what the paper answers, as it comes: a stream has no end.
async fn pass(mut line: TcpStream, reader: &Reader, path: &str) -> std::io::Result<()> {
    let Ok(mut answer) = reader.open(path).await else {
        return whole(line, "502 Bad Gateway", HTML, "").await;
    };
    let mut head = format!("HTTP/1.1 {} Answer\r\nconnection: close\r\n", answer.status().as_u16());
    for name in KEPT {
        if let Some(value) = answer.headers().get(&name).and_then(|value| value.to_str().ok()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str("\r\n");
    line.write_all(head.as_bytes()).await?;
    while let Ok(Some(part)) = answer.chunk().await {
        line.write_all(&part).await?;
    }
    line.shutdown().await
}
