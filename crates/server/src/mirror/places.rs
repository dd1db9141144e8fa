//! Which addresses have a place in a mirror, and what their files are called.

use percent_encoding::percent_decode_str;

/// What stands below these is kept as it is called.
const AS_CALLED: [&str; 3] = ["/assets/", "/pictures/", "/house/"];
/// These too.
const FILES: [&str; 5] = ["/robots.txt", "/sitemap.xml", "/favicon.ico", "/icon.svg", "/ads.txt"];
/// Pages of their own.
const PAGES: [&str; 7] = ["/", "/archive", "/corrections", "/issues", "/search", "/how-we-review", "/moderation-log"];
/// Pages stand below these, one step down.
const BELOW: [&str; 7] = ["/sections/", "/tags/", "/writers/", "/pages/", "/stories/", "/issues/", "/archive/"];
/// Signs that some file system does not take in a name.
const NOT_IN_NAMES: [char; 9] = ['<', '>', ':', '"', '\\', '|', '?', '*', '%'];
/// Where the paper goes on from page to page.
const NEXT: &str = "after=";

/// An address and its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Below the folder, with `/` between its parts.
    pub file: String,
    /// It is a page.
    pub is_page: bool,
}

impl Place {
    /// The place of an address of the paper: a path that begins with `/`, perhaps with a query. None: it has none there.
    pub fn of(address: &str) -> Option<Self> {
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let decoded = percent_decode_str(path).decode_utf8().ok()?;
        if !decoded.starts_with('/') || decoded.split('/').any(|part| part == "..") {
            return None;
        }
        let named: String = decoded.trim_matches('/').replace(NOT_IN_NAMES, "_");
        if query.is_none() && is_file(&decoded) {
            return Some(Self { file: named, is_page: false });
        }
        if query.is_none()
            && let Some(ending) = feed_ending(&decoded)
        {
            return Some(Self { file: format!("{named}.{ending}"), is_page: false });
        }
        if !is_page(&decoded) {
            return None;
        }
        let next = match query {
            None => String::new(),
            Some(query) if query.starts_with(NEXT) && !query.contains('&') => {
                format!("{}/", query.replace(NOT_IN_NAMES, "_"))
            }
            Some(_) => return None,
        };
        let folder = if named.is_empty() { String::new() } else { format!("{named}/") };
        Some(Self { file: format!("{folder}{next}index.html"), is_page: true })
    }

    /// The way from this file to another one.
    pub fn way_to(&self, other: &Self) -> String {
        format!("{}{}", self.up(), other.file)
    }

    /// The way from this file to the folder.
    pub fn up(&self) -> String {
        "../".repeat(self.file.matches('/').count())
    }
}

fn is_file(path: &str) -> bool {
    let below = |of: &str| path.strip_prefix(of).is_some_and(|name| !name.is_empty());
    let is_issue = path.starts_with("/issues/") && (path.ends_with("/issue.pdf") || path.contains("/first-page/"));
    AS_CALLED.into_iter().any(below) || FILES.contains(&path) || path.starts_with("/sitemap-") || is_issue
}

fn feed_ending(path: &str) -> Option<&'static str> {
    let (before, format) = path.rsplit_once("/feed/")?;
    let is_ours = before.is_empty() || BELOW.iter().any(|of| before.starts_with(of));
    let is_ours = is_ours || ["/corrections", "/comments"].contains(&before);
    match format {
        "rss" | "atom" if is_ours => Some("xml"),
        "json" if is_ours => Some("json"),
        _ => None,
    }
}

fn is_page(path: &str) -> bool {
    let below = |of: &str| path.strip_prefix(of).is_some_and(|name| !name.is_empty() && !name.contains('/'));
    PAGES.contains(&path) || BELOW.into_iter().any(below)
}
