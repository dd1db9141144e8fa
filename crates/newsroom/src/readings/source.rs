//! From where a reader came: the host of the page that had the link, and nothing else of it.

use std::net::IpAddr;

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// No page said that it had the link: an address that was typed, kept or sent in a message.
    Direct,
    /// A search engine.
    Search,
    /// A place where people pass links on.
    Social,
    /// Another site.
    Site,
    /// Sites beyond those that are counted by name.
    Others,
}

/// From where a reader came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// What kind of place.
    pub kind: SourceKind,
    /// Its host, or that of the service it belongs to; empty where it has none.
    pub name: String,
}

/// The longest host that is kept by name.
const MOST_LETTERS: usize = 80;
/// Services with one name in many countries: that name, and the host that stands for all.
const EVERYWHERE: [(&str, &str); 2] = [("google", "google.com"), ("yandex", "yandex.com")];
/// Search engines.
const SEARCH: [&str; 8] =
    ["google.com", "bing.com", "duckduckgo.com", "yahoo.com", "yandex.com", "ecosia.org", "qwant.com", "baidu.com"];
/// Where people pass links on, and by which hosts and apps it is known.
const SOCIAL: [(&str, &str); 19] = [
    ("facebook.com", "facebook.com"),
    ("fb.com", "facebook.com"),
    ("fb.me", "facebook.com"),
    ("com.facebook.katana", "facebook.com"),
    ("instagram.com", "instagram.com"),
    ("com.instagram.android", "instagram.com"),
    ("t.co", "x.com"),
    ("x.com", "x.com"),
    ("twitter.com", "x.com"),
    ("com.twitter.android", "x.com"),
    ("whatsapp.com", "whatsapp.com"),
    ("com.whatsapp", "whatsapp.com"),
    ("t.me", "telegram.org"),
    ("telegram.org", "telegram.org"),
    ("org.telegram.messenger", "telegram.org"),
    ("youtube.com", "youtube.com"),
    ("tiktok.com", "tiktok.com"),
    ("reddit.com", "reddit.com"),
    ("linkedin.com", "linkedin.com"),
];
/// The app by which people search on a telephone.
const SEARCH_APP: &str = "com.google.android.googlequicksearchbox";

/// From where somebody came by the `Referer` that the browser sent; nothing where that was a page of one's own hosts.
pub fn source_of(referrer: &str, own: &[&str]) -> Option<Source> {
    let Some(host) = host_of(referrer) else { return Some(Source::of(SourceKind::Direct, "")) };
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let host = bare(&host);
    if own.iter().any(|own| bare(&own.to_ascii_lowercase()) == host) {
        return None;
    }
    if let Some((_, name)) = SOCIAL.iter().find(|(sign, _)| is_under(&host, sign)) {
        return Some(Source::of(SourceKind::Social, name));
    }
    let named = everywhere(&host).unwrap_or(&host);
    if let Some(name) = SEARCH.iter().find(|name| is_under(named, name)) {
        return Some(Source::of(SourceKind::Search, name));
    }
    // An address of the network is nobody's name, and somebody's address.
    let is_named = host.contains('.') && host.len() <= MOST_LETTERS && host.parse::<IpAddr>().is_err();
    let is_clean = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    Some(if is_named && is_clean { Source::of(SourceKind::Site, &host) } else { Source::of(SourceKind::Others, "") })
}

/// The host of an address, in small letters, without user and port.
fn host_of(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !["http", "https", "android-app"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return None;
    }
    let place = rest.split(['/', '?', '#']).next()?;
    let place = place.rsplit('@').next()?;
    let host = if place.starts_with('[') { place } else { place.split(':').next()? };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

fn is_under(host: &str, name: &str) -> bool {
    host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
}

/// `google.com.lb`, `news.google.fr`: the name, and behind it what stands for a country.
fn everywhere(host: &str) -> Option<&'static str> {
    if host == SEARCH_APP {
        return Some("google.com");
    }
    let parts: Vec<&str> = host.split('.').collect();
    let at = |back: usize| parts.len().checked_sub(back).and_then(|place| parts.get(place)).copied();
    let ends_short = parts.last().is_some_and(|last| last.len() <= 3);
    let two = at(2).is_some_and(|part| ["com", "co", "org"].contains(&part));
    let name = if two { at(3) } else { at(2) }.filter(|_| ends_short)?;
    EVERYWHERE.iter().find(|(sign, _)| *sign == name).map(|(_, host)| *host)
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Direct, Self::Search, Self::Social, Self::Site, Self::Others];

    /// As it is stored, and named in the tables of words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Search => "search",
            Self::Social => "social",
            Self::Site => "site",
            Self::Others => "others",
        }
    }
}

impl Source {
    /// A kind and a name.
    pub fn of(kind: SourceKind, name: &str) -> Self {
        Self { kind, name: name.to_owned() }
    }

    /// `search:google.com`, as it is stored.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind.key(), self.name)
    }

    /// The other way; what cannot be read stands with the others.
    pub fn from_key(key: &str) -> Self {
        let (kind, name) = key.split_once(':').unwrap_or((key, ""));
        let kind = SourceKind::ALL.into_iter().find(|one| one.key() == kind).unwrap_or(SourceKind::Others);
        Self::of(kind, name)
    }
}
