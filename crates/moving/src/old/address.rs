//! Old addresses, as the paper compares those that it is asked for.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// The longest address that is compared, in letters.
const MOST_LETTERS: usize = 500;
/// Some papers encoded what was encoded already.
const MOST_DECODINGS: usize = 2;

/// The path of an address as it is compared: decoded, composed (NFC), without a slash at its end, of a query only the number
/// that WordPress gave a story. None for what no address of a paper is, and for the front page.
pub(crate) fn compared(address: &str) -> Option<String> {
    let (path, query) = parts(address.trim())?;
    if let Some(number) = query.as_deref().and_then(numbered) {
        return Some(format!("/?p={number}"));
    }
    let mut path = path;
    for _ in 0..MOST_DECODINGS {
        path = percent_decode_str(&path).decode_utf8().ok()?.into_owned();
    }
    let path: String = path.trim_end_matches('/').nfc().collect();
    let is_one = path.chars().take(MOST_LETTERS + 1).count() <= MOST_LETTERS && !path.chars().any(char::is_control);
    (is_one && path.starts_with('/') && !path.starts_with("//")).then_some(path)
}

/// Path and query, without host and place in the page.
fn parts(address: &str) -> Option<(String, Option<String>)> {
    if address.starts_with('/') && !address.starts_with("//") {
        let address = address.split('#').next().unwrap_or_default();
        let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
        return Some((path.to_owned(), query.map(str::to_owned)));
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some((url.path().to_owned(), url.query().map(str::to_owned)))
}

fn numbered(query: &str) -> Option<&str> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut numbers = pairs.filter(|(name, _)| ["p", "page_id"].contains(name)).map(|(_, number)| number);
    let is_number =
        |number: &&str| !number.is_empty() && number.len() <= 12 && number.bytes().all(|digit| digit.is_ascii_digit());
    numbers.next().filter(is_number)
}

/// A short number for a text, the same in every run: large sets of addresses and keys are kept as these.
pub(crate) fn small(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}
