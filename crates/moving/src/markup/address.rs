//! Addresses: which lead to the old site, which elsewhere, which nowhere.

use super::Around;
use url::Url;

/// The most bytes of an address.
const LONGEST: usize = 2_000;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To a page of the old site, by its path.
    Here(String),
    /// To another site.
    Away(String),
    /// To no page.
    Nowhere,
}

/// The old site.
pub(super) struct Site {
    base: Option<Url>,
    /// Hosts without `www.`, and ports that are not the usual ones.
    hosts: Vec<(String, Option<u16>)>,
}

impl Site {
    pub(super) fn new(around: &Around<'_>) -> Self {
        let known = [around.blog, around.site].map(|address| Url::parse(address.trim()).ok().filter(is_web));
        let hosts = known.iter().flatten().filter_map(host).collect();
        // An address without a slash at its end would lose its last part when others are joined to it.
        let base = known.into_iter().flatten().next().map(|mut base| {
            if !base.path().ends_with('/') {
                base.set_path(&format!("{}/", base.path()));
            }
            base
        });
        Self { base, hosts }
    }

    /// Where an address leads that stands in a body.
    pub(super) fn leads(&self, written: &str) -> Leads {
        let written = written.trim();
        // A place in the same page is none in the new one.
        if written.is_empty() || written.starts_with('#') {
            return Leads::Nowhere;
        }
        if self.base.is_none() && written.starts_with('/') && !written.starts_with("//") && !written.contains('\\') {
            return Url::parse("https://old.invalid")
                .and_then(|base| base.join(written))
                .map_or(Leads::Nowhere, |url| path(&url));
        }
        match self.url(written) {
            Some(url) if host(&url).is_some_and(|host| self.hosts.contains(&host)) => path(&url),
            Some(url) => bounded(url.into()).map_or(Leads::Nowhere, Leads::Away),
            None => Leads::Nowhere,
        }
    }

    /// The whole address of a file.
    pub(super) fn whole(&self, written: &str) -> Option<String> {
        self.url(written.trim()).and_then(|url| bounded(url.into()))
    }

    fn url(&self, written: &str) -> Option<Url> {
        if written.is_empty() || written.len() > LONGEST {
            return None;
        }
        let written = without_second_scheme(written);
        let url = match (&self.base, Url::parse(written)) {
            (_, Ok(url)) => url,
            (Some(base), Err(_)) => base.join(written).ok()?,
            (None, Err(_)) if written.starts_with("//") => Url::parse(&format!("https:{written}")).ok()?,
            (None, Err(_)) => return None,
        };
        is_web(&url).then_some(url)
    }
}

/// `https://https://…`, as slips of the hand leave it.
fn without_second_scheme(written: &str) -> &str {
    let after = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    after.filter(|after| after.starts_with("http://") || after.starts_with("https://")).unwrap_or(written)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

fn host(url: &Url) -> Option<(String, Option<u16>)> {
    let host = url.host_str()?.trim_end_matches('.');
    Some((host.strip_prefix("www.").unwrap_or(host).to_owned(), url.port()))
}

/// The path with what follows it. Several slashes at its start would name another host.
fn path(url: &Url) -> Leads {
    let mut path = format!("/{}", url.path().trim_start_matches('/'));
    for (mark, part) in [('?', url.query()), ('#', url.fragment())] {
        if let Some(part) = part {
            path.push(mark);
            path.push_str(part);
        }
    }
    bounded(path).map_or(Leads::Nowhere, Leads::Here)
}

/// An address that a page may hold, or nothing.
fn bounded(address: String) -> Option<String> {
    let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    (plain && address.len() <= LONGEST).then_some(address)
}

/// The name under which the old site kept a picture before it made others of it: without `-300x200`, `-scaled`,
/// `-e1234567890` and the sizes that a picture service was asked for.
pub(super) fn original(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    // `i0.wp.com/HOST/…` is the picture service of Jetpack.
    if url.host_str().is_some_and(|host| matches!(host, "i0.wp.com" | "i1.wp.com" | "i2.wp.com" | "i3.wp.com")) {
        let behind = format!("https://{}", url.path().trim_start_matches('/'));
        if let Ok(behind) = Url::parse(&behind) {
            let query = url.query().map(str::to_owned);
            url = behind;
            url.set_query(query.as_deref());
        }
    }
    let is_size =
        |name: &str| matches!(name, "w" | "h" | "resize" | "fit" | "ssl" | "quality" | "strip" | "crop" | "zoom");
    if url.query().is_some() && url.query_pairs().all(|(name, _)| is_size(&name)) {
        url.set_query(None);
    }
    url.set_fragment(None);
    let path = url.path().to_owned();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if let Some((stem, kind)) = name.rsplit_once('.') {
        url.set_path(&format!("{folder}/{}.{kind}", stem_of(stem)));
    }
    url.into()
}

fn stem_of(mut stem: &str) -> &str {
    while let Some((before, _)) = stem.rsplit_once('-').filter(|(before, last)| !before.is_empty() && is_made(last)) {
        stem = before;
    }
    stem
}

/// What WordPress puts behind the name of a file that it made.
fn is_made(last: &str) -> bool {
    let digits = |text: &str, fewest: usize, most: usize| {
        (fewest..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    last == "scaled"
        || last.split_once('x').is_some_and(|(wide, high)| digits(wide, 2, 5) && digits(high, 2, 5))
        || last.strip_prefix('e').is_some_and(|time| digits(time, 9, 14))
}
