//! Pages of other sites under which readers talk here: which pages a site may show a thread under, and when two addresses
//! are the same page.

mod key;

#[cfg(test)]
mod tests;

pub use key::{KeyProblem, MOST_LIVE_KEYS, Way, kid_fits};

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use url::Url;

/// The longest address of a page, in bytes.
pub const MOST_ADDRESS: usize = 2_000;
/// The most lines of pages that a site may have, and the most names of its query that are kept.
pub const MOST_LINES: usize = 50;
/// What the slug of an outside page's thread begins with: no story's slug does.
pub const MARK: char = '~';

/// Pages of a site: a host, and what their paths begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// The host without `www.`, in small letters and as DNS has it, with its port where that is not the usual one.
    pub host: String,
    /// Without a slash at its end; empty: the whole host.
    pub under: String,
}

/// Which pages are a site's, and which addresses are the same page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The site's pages.
    pub pages: Vec<Pages>,
    /// Names of the query that tell pages apart (`p`, `id` …); all others are dropped.
    pub keep: BTreeSet<String>,
}

/// A page of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsidePage {
    /// The same for every address of the page.
    pub key: String,
    /// Where readers go: the address as it was asked for, without what does not tell pages apart.
    pub address: String,
}

/// Why an address is no page of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPage {
    /// It is no address of the web, or too long.
    #[error("not an address")]
    Unreadable,
    /// The site may not show a thread there.
    #[error("not a page of this site")]
    Elsewhere,
}

impl Rules {
    /// The page at an address.
    ///
    /// # Errors
    /// [`NotAPage`].
    pub fn page(&self, address: &str) -> Result<OutsidePage, NotAPage> {
        let url = read(address).ok_or(NotAPage::Unreadable)?;
        let host = host_of(&url).ok_or(NotAPage::Unreadable)?;
        let path = path_of(&url);
        if !self.pages.iter().any(|pages| pages.host == host && is_under(&path, &pages.under)) {
            return Err(NotAPage::Elsewhere);
        }
        let mut kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| self.keep.contains(name.as_ref()))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        kept.sort();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&kept);
        let query = query.finish();
        let query = if query.is_empty() { query } else { format!("?{query}") };
        let authority = url.host_str().unwrap_or_default();
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        let shown = if path.is_empty() { "/" } else { url.path() };
        Ok(OutsidePage {
            key: format!("{host}{path}{query}"),
            address: format!("{}://{authority}{port}{shown}{query}", url.scheme()),
        })
    }

    /// A page of this origin (`https://host`) may ask for the site's threads. `http` and `www.` make no difference.
    pub fn allows(&self, origin: &str) -> bool {
        let host = read(origin).filter(|url| url.path() == "/" && url.query().is_none()).and_then(|url| host_of(&url));
        host.is_some_and(|host| self.pages.iter().any(|pages| pages.host == host))
    }
}

impl Pages {
    /// Reads a line as an editor types it: `example.org`, `https://www.example.org/blog/`.
    pub fn read(line: &str) -> Option<Self> {
        let line = line.trim();
        let whole = if line.contains("://") { line.to_owned() } else { format!("https://{line}") };
        let url = read(&whole).filter(|url| url.query().is_none() && url.fragment().is_none())?;
        let host = host_of(&url).filter(|host| host.contains('.') || is_here(host))?;
        Some(Self { host, under: path_of(&url) })
    }

    /// The line as it is shown to be changed.
    pub fn line(&self) -> String {
        format!("{}{}", self.host, self.under)
    }
}

/// Machines at which somebody tries things out.
fn is_here(host: &str) -> bool {
    host.split(':').next() == Some("localhost")
}

fn read(address: &str) -> Option<Url> {
    let address = Some(address.trim()).filter(|address| address.len() <= MOST_ADDRESS)?;
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    // An address that says who asks is no page's.
    (url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn host_of(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    (!host.is_empty()).then(|| format!("{host}{port}"))
}

/// The path with its percent-encoded bytes in one spelling (RFC 3986, section 6.2.2.1): some programs write them in lower case.
fn path_of(url: &Url) -> String {
    let mut path = url.path().trim_end_matches('/').as_bytes().to_vec();
    let mut at = 0;
    while at + 2 < path.len() {
        let is_encoded = path[at] == b'%' && path[at + 1..at + 3].iter().all(u8::is_ascii_hexdigit);
        if is_encoded {
            path[at + 1..at + 3].make_ascii_uppercase();
            at += 2;
        }
        at += 1;
    }
    // A path of the standard is ASCII.
    String::from_utf8(path).unwrap_or_default()
}

fn is_under(path: &str, under: &str) -> bool {
    path.strip_prefix(under).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
