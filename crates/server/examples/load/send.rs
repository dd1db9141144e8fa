//! Comments sent to whichever comment system there is, in the form that it takes: what is measured beside the newspaper gets the same
//! texts at the same pace.

use anyhow::{Context, Result, ensure};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, redirect};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A text has so many words: a sentence, or a paragraph.
const SHORTEST: u64 = 10;
const LONGEST: u64 = 60;
const JSON: &str = "application/json";

/// What a comment system asks for.
pub struct Form {
    address: String,
    headers: HeaderMap,
    body: String,
    taken: u16,
}

impl Form {
    /// `body` holds `{author}` and `{text}` where they belong; `headers` are `Name: value`. JSON or a form, as `kind` says. `taken` is the
    /// status of an answer that takes the comment.
    pub fn new(address: &str, taken: u16, (kind, body): (&str, &str), headers: &[&str]) -> Result<Self> {
        let mut all = HeaderMap::new();
        all.insert(CONTENT_TYPE, HeaderValue::from_str(kind)?);
        for header in headers {
            let (name, value) = header.split_once(':').with_context(|| format!("«{header}» is no «Name: value»"))?;
            all.insert(HeaderName::from_bytes(name.trim().as_bytes())?, HeaderValue::from_str(value.trim())?);
        }
        ensure!(body.contains("{text}"), "the body has no place for {{text}}");
        Ok(Self { address: address.to_owned(), headers: all, body: body.to_owned(), taken })
    }

    fn filled(&self, author: &str, text: &str) -> Result<String> {
        let is_json = self.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == JSON);
        let written = |words: &str| -> Result<String> {
            if !is_json {
                return Ok(url::form_urlencoded::byte_serialize(words.as_bytes()).collect());
            }
            let quoted = serde_json::to_string(words)?;
            Ok(quoted.trim_matches('"').to_owned())
        };
        Ok(self.body.replace("{author}", &written(author)?).replace("{text}", &written(text)?))
    }
}

/// Sends comments from so many browsers at once; any other answer than the one that takes the comment ends it.
pub async fn send(form: &Form, time: Duration, senders: usize) -> Result<String> {
    let clients = (0..senders).map(|_| Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build());
    let clients: Vec<Client> = clients.collect::<reqwest::Result<_>>()?;
    let (words, next) = (super::WORDS.split_whitespace().collect::<Vec<_>>(), AtomicU64::new(0));
    super::measure(time, senders, |one| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let text = text(&words, number);
        let request = form
            .filled(words[0], &text)
            .map(|body| clients[one].post(&form.address).headers(form.headers.clone()).body(body));
        async move {
            let status = request?.send().await?.status();
            ensure!(status.as_u16() == form.taken, "{status} is no acknowledgement");
            Ok(())
        }
    })
    .await
}

/// Another text for each number, of words in an order of its own: what many share would be looked at as copies.
fn text(words: &[&str], number: u64) -> String {
    let mut state = number ^ 0x9e37_79b9_7f4a_7c15;
    let mut chance = || {
        // SplitMix64 (Steele, Lea, Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let many = SHORTEST + chance() % (LONGEST - SHORTEST + 1);
    let chosen = (0..many).map(|_| words[usize::try_from(chance() % words.len() as u64).unwrap_or(0)]);
    let mut text = chosen.collect::<Vec<_>>().join(" ");
    text.push(' ');
    text.push_str(&super::unlike(usize::try_from(number).unwrap_or(0)));
    text
}
