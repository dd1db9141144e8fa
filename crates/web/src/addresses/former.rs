//! An address of before as it is compared: percent-decoded, without a slash at its end, of a query only the number that
//! WordPress gave a story.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

/// The longest address that is compared, in letters.
const MOST_LETTERS: usize = 500;
/// Some papers encoded what was encoded already.
const MOST_DECODINGS: usize = 2;
/// What other programs put behind the address of a story or a list, and what stands there of their feeds.
const BEHIND: [&str; 4] = ["/feed", "/amp", "/embed", "/trackback"];
const FEEDS: [&str; 4] = ["/feed/rss", "/feed/rss2", "/feed/atom", "/feed/rdf"];
/// What stands before the number of a page of a list, or of comments.
const PAGED: [&str; 2] = ["/page/", "/comment-page-"];

/// The path as it is compared; none for what no address of a paper is.
pub(super) fn compared(path: &str) -> Option<String> {
    let mut path = path.to_owned();
    for _ in 0..MOST_DECODINGS {
        path = percent_decode_str(&path).decode_utf8().ok()?.into_owned();
    }
    let path: String = path.trim_end_matches('/').nfc().collect();
    let is_one = path.chars().take(MOST_LETTERS + 1).count() <= MOST_LETTERS && !path.chars().any(char::is_control);
    match path.as_str() {
        "" => Some("/".to_owned()),
        _ => (is_one && path.starts_with('/') && !path.starts_with("//")).then_some(path),
    }
}

/// The address of a story by its number, as WordPress has it where nobody chose another form.
pub(super) fn numbered(query: Option<&str>) -> Option<String> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    let number = pairs.filter(|(name, _)| ["p", "page_id"].contains(name)).map(|(_, number)| number).next()?;
    (number.len() <= 12 && !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit()))
        .then(|| format!("/?p={number}"))
}

/// So many endings are taken away.
const MOST_BEHIND: usize = 3;

/// As what an address that leads nowhere may be known, in the order in which it is looked for.
pub(super) fn candidates(path: &str, query: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = numbered(query).into_iter().collect();
    let Some(mut path) = compared(path) else { return found };
    found.push(path.clone());
    // Nobody's address had more of these; each is asked for by itself.
    for _ in 0..MOST_BEHIND {
        let Some(shorter) = shorter(&path) else { break };
        path = shorter.to_owned();
        found.push(path.clone());
    }
    found
}

/// Without what another program put behind it.
fn shorter(path: &str) -> Option<&str> {
    let behind = FEEDS.iter().chain(&BEHIND).find_map(|behind| path.strip_suffix(behind));
    let paged = || {
        let digits = path.len() - path.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let before = &path[..path.len() - digits];
        PAGED.iter().find_map(|paged| before.strip_suffix(paged)).filter(|_| digits > 0)
    };
    behind.or_else(paged).filter(|shorter| !shorter.is_empty())
}

/// A path for a `Location`: each of its parts encoded.
pub(super) fn encoded(path: &str) -> String {
    path.split('/').map(crate::layout::address::encoded).collect::<Vec<_>>().join("/")
}
