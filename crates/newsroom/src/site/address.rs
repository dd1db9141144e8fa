//! Addresses elsewhere, as far as a link needs them.

/// Bytes of an address at most.
const MOST_BYTES: usize = 500;

/// The parts of an address that begins with `https://`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Https<'a> {
    /// Without a port; in small letters as far as they were typed so.
    pub host: &'a str,
    /// What follows the host, with its slash; empty where nothing does.
    pub path: &'a str,
}

impl<'a> Https<'a> {
    /// Reads an address; none: it is not one, names a user or a port, or holds signs that belong into no address.
    pub fn read(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("https://")?;
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let named = |label: &str| {
            let edges = label.starts_with('-') || label.ends_with('-');
            !label.is_empty() && !edges && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let is_host = host.contains('.') && host.split('.').all(named);
        (is_host && text.len() <= MOST_BYTES && has_only_signs_of_addresses(path)).then_some(Self { host, path })
    }

    /// The host is one of these, or stands below one of them.
    pub fn is_at(self, hosts: &[&str]) -> bool {
        let host = self.host.to_ascii_lowercase();
        let below = |of: &str| host.strip_suffix(of).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        hosts.iter().any(|of| below(of))
    }
}

/// A path of the paper's own that a menu may lead to: neither another host nor the desk.
pub(super) fn is_own_path(text: &str) -> bool {
    let first = text.strip_prefix('/').map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let elsewhere = text.starts_with("//") || text.contains("/../") || text.ends_with("/..");
    let closed = first.is_some_and(|first| ["desk", "sign-in", "sign-out"].contains(&first));
    first.is_some() && !elsewhere && !closed && text.len() <= MOST_BYTES && has_only_signs_of_addresses(text)
}

fn has_only_signs_of_addresses(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\\<>\"`{}|^".contains(c))
        && !arabic::clean::has_invisibles(text)
}
