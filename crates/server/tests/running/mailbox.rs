//! A mail server for tests: plain SMTP on a port of its own, which keeps every letter it is handed.
#![allow(dead_code)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A letter as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The lines of its head and its parts, as they travelled.
    pub raw: String,
    /// To whom, as the envelope says.
    pub to: String,
    /// Its plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// The server.
pub struct Mailbox {
    /// Its address for the setting.
    pub address: String,
    letters: watch::Receiver<Vec<Arrived>>,
}

impl Mailbox {
    /// Opens one on a free port. It takes nothing for addresses that begin with `nobody`.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("smtp://{}", listener.local_addr().expect("an address"));
        let (keep, letters) = watch::channel(Vec::new());
        let keep = Arc::new(keep);
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(talk(line, Arc::clone(&keep)));
            }
        });
        Self { address, letters }
    }

    /// The first letter to an address for which this holds, once it is there.
    pub async fn letter(&self, to: &str, holds: impl Fn(&Arrived) -> bool) -> Arrived {
        let mut letters = self.letters.clone();
        let fits = |letter: &&Arrived| letter.to == to && holds(letter);
        let all = letters.wait_for(|all| all.iter().any(|letter| fits(&letter))).await.expect("the server runs");
        all.iter().find(fits).cloned().expect("it was there")
    }

    /// How many have arrived.
    pub fn count(&self) -> usize {
        self.letters.borrow().len()
    }
}

async fn talk(line: TcpStream, keep: Arc<watch::Sender<Vec<Arrived>>>) -> std::io::Result<()> {
    let mut line = BufReader::new(line);
    line.write_all(b"220 test\r\n").await?;
    let (mut to, mut said) = (String::new(), String::new());
    loop {
        said.clear();
        if line.read_line(&mut said).await? == 0 {
            return Ok(());
        }
        let word = said.split([' ', ':', '\r']).next().unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-test\r\n250 8BITMIME\r\n",
            "RCPT" => {
                to = said.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                if to.starts_with("nobody") {
                    b"550 no such mailbox <nobody@readers.example>\r\n"
                } else {
                    b"250 yes\r\n"
                }
            }
            "DATA" => {
                line.write_all(b"354 go on\r\n").await?;
                let letter = arrived(&to, data(&mut line).await?);
                keep.send_modify(|all| all.push(letter));
                b"250 taken\r\n"
            }
            "QUIT" => {
                line.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => b"250 yes\r\n",
        };
        line.write_all(answer).await?;
    }
}

async fn data(line: &mut (impl AsyncBufReadExt + AsyncReadExt + Unpin)) -> std::io::Result<String> {
    let (mut all, mut said) = (String::new(), String::new());
    loop {
        said.clear();
        if line.read_line(&mut said).await? == 0 || said == ".\r\n" {
            return Ok(all);
        }
        all.push_str(said.strip_prefix('.').unwrap_or(&said));
    }
}

fn arrived(to: &str, raw: String) -> Arrived {
    let part = |kind: &str| {
        let from = raw.split(&format!("Content-Type: {kind}")).nth(1).unwrap_or_default();
        let (head, rest) = from.split_once("\r\n\r\n").unwrap_or_default();
        let body = rest.split("\r\n--").next().unwrap_or_default();
        decoded(head, body)
    };
    Arrived { text: part("text/plain"), html: part("text/html"), to: to.to_owned(), raw }
}

/// A part as its head says that it is written.
fn decoded(head: &str, body: &str) -> String {
    let head = head.to_ascii_lowercase();
    if head.contains("base64") {
        let bytes = STANDARD.decode(body.replace("\r\n", "")).expect("base64");
        return String::from_utf8(bytes).expect("a text");
    }
    if !head.contains("quoted-printable") {
        return body.to_owned();
    }
    let (mut bytes, mut rest) = (Vec::new(), body.as_bytes());
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            bytes.push(byte);
        } else if let Some(after) = rest.strip_prefix(b"\r\n") {
            rest = after;
        } else {
            let (sign, after) = rest.split_at(2);
            bytes.push(u8::from_str_radix(std::str::from_utf8(sign).expect("ASCII"), 16).expect("two digits"));
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("a text")
}
