//! Which requests are answered with ready pages, and as what one is known.

use super::kept::Coding;
use axum::http::{HeaderMap, Method, Uri, header};
use std::borrow::Cow;

/// What stands behind a path and makes another page of it; everything else there comes from elsewhere (`fbclid`, `utm_source`)
/// and shows the same page.
const KNOWN: [&str; 9] = ["after", "at", "before", "p", "page_id", "since", "sort", "update", "year"];
/// No such path has more parts.
const MOST_PARTS: usize = 5;
/// No link of ours is longer, in bytes.
const LONGEST: usize = 1_024;
/// What all our cookies begin with, beside the prefix that browsers guard.
const OURS: &str = "midad_";

/// A request that may be answered with a ready page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wish<'u> {
    /// As what the answer is known: the path, and what of its query makes another page of it.
    pub(super) address: Cow<'u, str>,
    /// Part of the page may be another one for whoever asks.
    pub(super) is_personal: bool,
}

/// None: what is asked for is no ready page.
pub(super) fn of<'u>(method: &Method, uri: &'u Uri, headers: &HeaderMap) -> Option<Wish<'u>> {
    let whole = uri.path_and_query()?.as_str();
    if !matches!(*method, Method::GET | Method::HEAD) || whole.len() > LONGEST {
        return None;
    }
    let is_personal = match kept(uri.path())? {
        Kept::ForAll => false,
        Kept::InPart => is_known(headers),
        // What its author sees there is another page.
        Kept::ForStrangers if is_known(headers) => return None,
        Kept::ForStrangers => false,
    };
    Some(Wish { address: address(uri, whole), is_personal })
}

fn address<'u>(uri: &'u Uri, whole: &'u str) -> Cow<'u, str> {
    let Some(query) = uri.query() else { return Cow::Borrowed(whole) };
    let is_ours = |pair: &&str| KNOWN.contains(&pair.split('=').next().unwrap_or_default());
    if !query.is_empty() && query.split('&').all(|pair| is_ours(&pair)) {
        return Cow::Borrowed(whole);
    }
    let ours: Vec<&str> = query.split('&').filter(is_ours).collect();
    match ours.is_empty() {
        true => Cow::Borrowed(uri.path()),
        false => Cow::Owned(format!("{}?{}", uri.path(), ours.join("&"))),
    }
}

/// For whom a kept page is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// For everybody.
    ForAll,
    /// For everybody, but for what stands above its thread.
    InPart,
    /// For everybody whom we gave no cookie.
    ForStrangers,
}

/// What readers and programs open that is kept; none for anything else.
pub(super) fn kept(path: &str) -> Option<Kept> {
    let (mut parts, mut many) = ([""; MOST_PARTS], 0);
    for part in path.split('/').skip(1) {
        *parts.get_mut(many)? = part;
        many += 1;
    }
    match &parts[..many] {
        ["stories", _] => Some(Kept::InPart),
        ["stories", _, "comments", _] => Some(Kept::ForStrangers),
        ["" | "archive" | "corrections" | "how-we-review" | "issues"]
        | ["archive" | "feed" | "issues" | "pages" | "sections" | "tags" | "writers", _]
        | ["assets", _, _]
        | ["stories", _, "comments", "feed", _]
        | ["sections" | "tags" | "writers", _, "feed", _]
        | ["comments" | "corrections", "feed", _] => Some(Kept::ForAll),
        [file] if *file == "sitemap.xml" || file.starts_with("sitemap-") => Some(Kept::ForAll),
        _ => None,
    }
}

/// Somebody to whom we gave a cookie: their page may be another one.
fn is_known(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::COOKIE).iter();
    lines.any(|line| line.as_bytes().windows(OURS.len()).any(|window| window == OURS.as_bytes()))
}

/// The way that the reader's program understands and that is smallest (RFC 9110, 12.5.3).
pub(super) fn coding(headers: &HeaderMap) -> Coding {
    let mut best = Coding::Plain;
    for line in headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok()) {
        for one in line.split(',') {
            let (name, weight) = one.split_once(';').unwrap_or((one, ""));
            if is_nothing(weight) {
                continue;
            }
            match name.trim() {
                "br" => return Coding::Brotli,
                "gzip" | "x-gzip" => best = Coding::Gzip,
                _ => {}
            }
        }
    }
    best
}

/// `q=0`: not that way.
fn is_nothing(weight: &str) -> bool {
    let weight = weight.trim().strip_prefix("q=").or_else(|| weight.trim().strip_prefix("Q="));
    weight.is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0))
}
