//! The second thing beside a password: codes of a device (TOTP, RFC 6238), and recovery codes on paper for the day on which
//! the device is gone.

use crate::guard::hash_of;
use arabic::digits::to_western;
use newsroom::{StaffId, Timestamp};
use qrcodegen::{QrCode, QrCodeEcc};
use ring::hmac;
use std::fmt::Write;
use store::people::TokenHash;

/// Seconds for which a code stands, and its digits: what every app takes.
const SPAN: i64 = 30;
const DIGITS: u32 = 6;
/// Spans before and after this one whose codes are taken too: clocks differ.
const SLACK: i64 = 1;
const SECRET_BYTES: usize = 20;
/// Recovery codes at a time, and their letters.
const CODES: usize = 10;
const CODE_BYTES: usize = 10;
/// Base 32 (RFC 4648).
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The secret that a device and the paper share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A new one; `None` when the system has no randomness to give.
    pub fn new() -> Option<Self> {
        random(SECRET_BYTES).map(Self)
    }

    /// As people type it into a device, and forms send it back.
    pub fn written(&self) -> String {
        base32(&self.0)
    }

    /// Reads it back.
    pub fn read(written: &str) -> Option<Self> {
        from_base32(written).filter(|bytes| bytes.len() == SECRET_BYTES).map(Self)
    }

    /// As it is kept.
    pub fn kept(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads what was kept.
    pub fn of_kept(kept: &str) -> Option<Self> {
        let pairs = kept.as_bytes().chunks(2);
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        pairs.map(byte).collect::<Option<Vec<u8>>>().map(Self)
    }

    /// The span of time of which this is the code, when it is one of now or near it and none after `last` was used.
    pub fn span_of(&self, typed: &str, last: i64, now: Timestamp) -> Option<i64> {
        let typed: String = to_western(typed).chars().filter(char::is_ascii_digit).collect();
        let here = now.as_second().div_euclid(SPAN);
        // Newest first; every one is looked at, so that the time taken does not tell which it was.
        let spans = (here - SLACK..=here + SLACK).rev().filter(|span| *span > last);
        spans.fold(None, |found, span| if self.code(span) == typed { found.or(Some(span)) } else { found })
    }

    /// The code of a span of time.
    pub fn code(&self, span: i64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let tag = hmac::sign(&key, &span.to_be_bytes());
        let bytes = tag.as_ref();
        let at = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
        let four = bytes.iter().skip(at).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        let code = (four & 0x7fff_ffff) % 10_u32.pow(DIGITS);
        format!("{code:06}")
    }

    /// What a device reads from the picture.
    fn address(&self, paper: &str, name: &str) -> String {
        let (paper, name) = (crate::layout::address::encoded(paper), crate::layout::address::encoded(name));
        format!("otpauth://totp/{paper}:{name}?secret={}&issuer={paper}", self.written())
    }

    /// The picture that a device reads it from.
    pub fn picture(&self, paper: &str, name: &str) -> Option<Picture> {
        let code = QrCode::encode_text(&self.address(paper, name), QrCodeEcc::Medium).ok()?;
        let mut path = String::new();
        for y in 0..code.size() {
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
        Some(Picture { side: code.size(), path })
    }
}

/// A square of dark and light, as the path of an SVG.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Dots on a side.
    pub side: i32,
    /// The dark ones.
    pub path: String,
}

/// New recovery codes as people keep them; `None` when the system has no randomness to give.
pub fn recovery_codes() -> Option<Vec<String>> {
    let code = || {
        let letters = base32(&random(CODE_BYTES)?);
        let groups: Vec<&str> = (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
        Some(groups.join("-"))
    };
    (0..CODES).map(|_| code()).collect()
}

/// A recovery code as it is kept. Eighty random bits need no salt and no stretching.
pub fn hash_of_code(who: StaffId, typed: &str) -> TokenHash {
    let typed = to_western(typed).to_uppercase();
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    hash_of(&format!("{who} {letters}"))
}

/// Whether something typed is meant as a recovery code.
pub fn is_recovery_code(typed: &str) -> bool {
    typed.chars().any(|letter| letter.is_ascii_alphabetic())
}

fn random(length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0_u8; length];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes)
}

fn base32(bytes: &[u8]) -> String {
    let (mut out, mut held, mut bits) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8 | u32::from(*byte)) & 0xffff;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.bytes().filter(|letter| !matches!(letter, b' ' | b'=' | b'-')) {
        let five = LETTERS.iter().position(|known| *known == letter.to_ascii_uppercase())?;
        held = (held << 5 | u32::try_from(five).ok()?) & 0xffff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(out)
}
