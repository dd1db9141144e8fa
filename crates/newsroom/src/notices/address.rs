//! Where messages go: an address of the web, and a chat.

use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Most bytes of an address of the web.
const MOST_BYTES: usize = 500;

/// An address of the web that takes messages: `https`, without a name or a password in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HookAddress(String);

/// What is wrong with such an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookProblem {
    /// It does not begin with `https://`.
    NotHttps,
    /// It is none, or longer than 500 bytes.
    NoAddress,
    /// It has a name or a password before its host.
    HasPassword,
    /// It leads to a machine of the house, of which the administrator has not said that it may be told.
    Inside,
}

impl HookProblem {
    /// The end of its key in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotHttps => "not-https",
            Self::NoAddress => "no-address",
            Self::HasPassword => "has-password",
            Self::Inside => "inside",
        }
    }
}

impl HookAddress {
    /// Reads what was typed. `allowed`: hosts inside the house that may be told all the same. To which number a name leads is
    /// known only when a message goes out, and is asked then.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(typed: &str, allowed: &[String]) -> Result<Self, HookProblem> {
        let typed = typed.trim();
        let rest = typed.strip_prefix("https://").ok_or(HookProblem::NotHttps)?;
        let fits = typed.len() <= MOST_BYTES && typed.bytes().all(|byte| byte.is_ascii_graphic());
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(HookProblem::HasPassword);
        }
        let host = host_of(authority).filter(|_| fits && !typed.contains('#')).ok_or(HookProblem::NoAddress)?;
        let bare = host.trim_matches(['[', ']']);
        let is_allowed = allowed.iter().any(|one| one.eq_ignore_ascii_case(bare));
        let number = bare.parse::<IpAddr>();
        let inside = number.map_or_else(|_| is_name_of_here(bare), |number| !is_public(number));
        if inside && !is_allowed { Err(HookProblem::Inside) } else { Ok(Self(typed.to_owned())) }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The host of an authority, without its port; none where there is none or the port is no number.
fn host_of(authority: &str) -> Option<&str> {
    let bracket = authority.rfind(']').map_or(0, |at| at + 1);
    let (host, port) = match authority.get(bracket..)?.rfind(':') {
        Some(at) => (authority.get(..bracket + at)?, authority.get(bracket + at + 1..)?),
        None => (authority, "443"),
    };
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte));
    (!host.is_empty() && plain && port.parse::<u16>().is_ok_and(|port| port > 0)).then_some(host)
}

/// Names that never lead out of the house.
fn is_name_of_here(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    !host.contains('.') || [".localhost", ".local", ".internal", ".home.arpa"].iter().any(|end| host.ends_with(end))
}

/// Whether a number is one of the open internet: not this machine, not its network, none that is reserved (the registries of
/// special-purpose addresses of IANA, RFC 6890). An IPv6 number that carries an IPv4 one is judged by that.
pub fn is_public(number: IpAddr) -> bool {
    match number {
        IpAddr::V4(number) => is_public_v4(number),
        IpAddr::V6(number) => is_public_v6(number),
    }
}

fn is_public_v4(number: Ipv4Addr) -> bool {
    let [a, b, c, _] = number.octets();
    let special = number.is_private()
        || number.is_loopback()
        || number.is_link_local()
        || number.is_multicast()
        || number.is_broadcast()
        || number.is_documentation()
        || number.is_unspecified();
    // This network, between providers, protocol assignments, trials between networks, reserved for later.
    let reserved = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !special && !reserved
}

fn is_public_v6(number: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = number.segments();
    let carried = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        // Mapped and translated IPv4 numbers.
        (0, 0, 0, 0, 0, 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => carried(g, h),
        // 6to4.
        (0x2002, ..) => carried(b, c),
        // Teredo, documentation and other assignments of protocols.
        (0x2001, 0..=0x1ff | 0xdb8, ..) => false,
        // Only this eighth of all numbers is given out.
        _ => a & 0xe000 == 0x2000,
    }
}

/// A chat of Telegram: the number of somebody's own, or one that many read: a group, whose number has a minus before it, or the
/// public name of a channel after `@`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChatId(String);

/// What is wrong with what was typed as a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatProblem {
    /// It is neither a number nor the name of a channel.
    NoChat,
    /// Many read it, and the administrator has not said that it may be told.
    NotAllowed,
}

impl ChatProblem {
    /// The end of its key in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoChat => "no-chat",
            Self::NotAllowed => "not-allowed",
        }
    }
}

impl ChatId {
    /// Reads what was typed, in whatever digits. `allowed`: the groups and channels that may be told, and no others.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(typed: &str, allowed: &[String]) -> Result<Self, ChatProblem> {
        let chat = Self::read(typed).ok_or(ChatProblem::NoChat)?;
        let is_own = chat.0.bytes().all(|byte| byte.is_ascii_digit());
        let is_allowed = || allowed.iter().filter_map(|one| Self::read(one)).any(|one| one.is(&chat));
        if is_own || is_allowed() { Ok(chat) } else { Err(ChatProblem::NotAllowed) }
    }

    fn read(typed: &str) -> Option<Self> {
        let typed = arabic::digits::to_western(typed.trim());
        if let Some(name) = typed.strip_prefix('@') {
            let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            return ((4..=32).contains(&name.len()) && plain).then_some(Self(typed));
        }
        let number: i64 = typed.parse().ok().filter(|number| *number != 0 && !typed.starts_with('+'))?;
        Some(Self(number.to_string()))
    }

    /// Telegram reads names in whatever case.
    fn is(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }

    /// As it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
