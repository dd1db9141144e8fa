//! A mail server that takes every letter and keeps it: as much SMTP (RFC 5321) as that needs, and as much MIME as it takes to read them.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};

/// A letter that came.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// With it somebody opens a link to confirm; none: it is an edition of the newsletter.
    pub link: Option<String>,
}

/// Where letters come in.
#[derive(Debug, Clone)]
pub struct Sink {
    letters: Arc<Mutex<Vec<Letter>>>,
    at: String,
}

impl Sink {
    /// Listens, for as long as the harness lives.
    pub fn open(here: Ipv4Addr) -> Result<Self> {
        let listener = TcpListener::bind((here, 0)).context("a place for mail")?;
        let at = listener.local_addr().context("a place for mail")?.to_string();
        let sink = Self { letters: Arc::default(), at };
        let own = sink.clone();
        std::thread::spawn(move || {
            for line in listener.incoming().flatten() {
                let own = own.clone();
                // A line that breaks off brings no letter.
                std::thread::spawn(move || own.take(&line));
            }
        });
        Ok(sink)
    }

    /// As the program is told.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.at)
    }

    /// What came so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn take(&self, line: &TcpStream) -> std::io::Result<()> {
        let (mut says, mut heard, mut to) = (line, BufReader::new(line), String::new());
        says.write_all(b"220 sink\r\n")?;
        loop {
            let mut told = String::new();
            if heard.read_line(&mut told)? == 0 {
                return Ok(());
            }
            let word = told.get(..4).unwrap_or_default().to_ascii_uppercase();
            let answer = match word.as_str() {
                "RCPT" => {
                    to = told.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 ok"
                }
                "DATA" => {
                    says.write_all(b"354 go on\r\n")?;
                    let letter = letter(&mut heard, &to)?;
                    self.letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
                    "250 taken"
                }
                "QUIT" => {
                    says.write_all(b"221 bye\r\n")?;
                    return Ok(());
                }
                _ => "250 ok",
            };
            says.write_all(format!("{answer}\r\n").as_bytes())?;
        }
    }
}

fn letter(heard: &mut impl BufRead, to: &str) -> std::io::Result<Letter> {
    let mut raw = String::new();
    loop {
        let mut line = Vec::new();
        if heard.read_until(b'\n', &mut line)? == 0 || line == b".\r\n" {
            break;
        }
        raw.push_str(&String::from_utf8_lossy(&line));
    }
    let text = readable(&raw);
    let link = text.split("/newsletter/confirm/").nth(1).map(|rest| {
        let token: String =
            rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter)).collect();
        format!("/newsletter/confirm/{token}")
    });
    Ok(Letter { to: to.to_owned(), link })
}

/// A letter with all its parts unpacked.
pub fn readable(raw: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in raw.split("\r\n--") {
        let (head, body) = part.split_once("\r\n\r\n").unwrap_or((part, ""));
        let head = head.to_ascii_lowercase();
        parts.push(if head.contains("transfer-encoding: base64") {
            unpacked(body)
        } else if head.contains("transfer-encoding: quoted-printable") {
            unquoted(body)
        } else {
            part.to_owned()
        });
    }
    parts.join("\n")
}

/// Base 64 (RFC 4648); whatever else stands in it is passed over.
fn unpacked(text: &str) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let Some(value) = letters.iter().position(|known| *known == letter) else { continue };
        held = (held << 6 | u32::try_from(value).unwrap_or_default()) & 0xff_ffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Quoted printable (RFC 2045).
fn unquoted(text: &str) -> String {
    let (mut bytes, joined) = (Vec::new(), text.replace("=\r\n", ""));
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let two = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (first, two) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
