//! Addresses in running text, as people type and paste them.
//!
//! Found: `https://…` and `http://…` with any host; `www.…`; and bare hosts such as `example.com`, `youtu.be/…`,
//! «مثال.شبكة» whose last label is a known top-level domain. Not found: addresses of mail and telephone, handles, numbers,
//! and hosts whose last label is also a word («.it», «.مصر»), unless a path follows: people forget the space after a full
//! stop more often than they type such a host.
//!
//! In Arabic running text words stick to addresses, before and after. A host ends where its alphabet changes within a
//! label; a path of ASCII signs ends where an Arabic letter follows an ASCII letter or digit; the id of a video on the
//! sites that have ids of a fixed length ends at that length.

mod hosts;
mod path;

use alloc::{string::String, vec::Vec};
use core::ops::Range;
use hosts::{Ending, ending};

#[cfg(test)]
pub(crate) use hosts::out_of_place;

/// An address where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The host it leads to, lower-case, without `www.`, invisible characters, port or name of a user.
    pub host: String,
    /// Where it stands, in bytes, on character boundaries.
    pub range: Range<usize>,
}

/// Every address of a text, in order. Work grows with the text's length.
///
/// ```
/// use moderation::addresses;
/// let text = "شاهدوا youtu.be/abc_DEF-123شاهد الآن";
/// let found = addresses(text);
/// assert_eq!((found[0].host.as_str(), &text[found[0].range.clone()]), ("youtu.be", "youtu.be/abc_DEF-123"));
/// ```
pub fn addresses(text: &str) -> Vec<Address> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(sign) = next_sign(text, from) {
        // No piece reaches across a space: those before the word that holds the sign hold no address.
        from = text[from..sign].rfind([' ', '\n']).map_or(from, |space| from + space + 1);
        while let Some(piece) = next_piece(text, from).filter(|piece| piece.start <= sign) {
            match address_at(text, &piece) {
                Some(address) => {
                    from = address.range.end;
                    found.push(address);
                }
                None => from = piece.end,
            }
        }
        from = from.max(sign + 1);
    }
    found
}

/// The next full stop with something written on to it, or the stroke before the last one of a scheme: every address holds
/// one, and most texts neither.
fn next_sign(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'.' | b'/'))?;
        let next = bytes.get(at + 1)?;
        if (bytes[at] == b'.' && !next.is_ascii_whitespace()) || (bytes[at] == b'/' && *next == b'/') {
            return Some(at);
        }
        at += 1;
    }
}

/// The address that this piece begins or ends the scheme of.
fn address_at(text: &str, piece: &Range<usize>) -> Option<Address> {
    let rest = &text[piece.end..];
    if rest.starts_with("://") {
        return with_scheme(text, piece);
    }
    if rest.starts_with('@') || text[..piece.start].ends_with('@') {
        return None;
    }
    let (start, named) = bare_host(text, piece)?;
    let end = piece.end - next_sentence(&text[start..piece.end]);
    let (raw, rest) = (&text[start..end], &text[end..]);
    let port = port_length(rest);
    let has_path = port > 0 || rest.strip_prefix('/').is_some_and(|path| path.starts_with(path::belongs));
    let is_host = match ending(raw) {
        Ending::Domain => true,
        Ending::DomainAndWord => named || has_path,
        Ending::Unknown => named,
    };
    is_host.then(|| whole(text, start, start..end))
}

/// After `http://` or `https://` any host counts, also one behind the name of a user.
fn with_scheme(text: &str, piece: &Range<usize>) -> Option<Address> {
    let before = &text.as_bytes()[piece.start..piece.end];
    let scheme = [&b"https"[..], b"http"].into_iter().find(|scheme| {
        before.len() >= scheme.len() && before[before.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
    })?;
    let authority = piece.end + "://".len();
    let rest = &text[authority..];
    let length = rest.find(|c| !stands_before_a_path(c)).unwrap_or(rest.len());
    let from = rest[..length].rfind('@').map_or(authority, |at| authority + at + 1);
    let host = next_piece(text, from).filter(|host| host.start == from)?;
    Some(whole(text, piece.end - scheme.len(), host))
}

/// The address from `start`, whose host is known: port and path are taken along.
fn whole(text: &str, start: usize, host: Range<usize>) -> Address {
    let name = plain_host(&text[host.clone()]);
    let after_port = host.end + port_length(&text[host.end..]);
    let end = after_port + path::length(&text[after_port..], &name);
    Address { host: name, range: start..end }
}

/// Where a bare host begins within its piece, and whether it says so itself with `www.`.
fn bare_host(text: &str, piece: &Range<usize>) -> Option<(usize, bool)> {
    let raw = &text[piece.clone()];
    if !raw.contains('.') {
        return None;
    }
    let mut labels: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for label in raw.split('.') {
        labels.push(from..from + label.len());
        from += label.len() + 1;
    }
    if let Some(www) = labels.iter().rposition(|label| is_www(&raw[label.clone()])).filter(|www| www + 2 < labels.len())
    {
        return Some((piece.start + labels[www].start, true));
    }
    // An Arabic word, a forgotten space, and a host of at least two labels: «انظر.example.com». With one label only it
    // may be a host in Arabic letters: «مثال.com».
    let is_rtl = |label: &Range<usize>| raw[label.clone()].contains(is_right_to_left);
    let first_latin = labels.iter().rposition(is_rtl).map_or(0, |last| last + 1);
    let first = if labels.len() - first_latin >= 2 { first_latin } else { 0 };
    Some((piece.start + labels[first].start, false))
}

/// The bytes of a last label that is the first word of a sentence: «example.com.Merci».
fn next_sentence(raw: &str) -> usize {
    let Some((host, last)) = raw.rsplit_once('.') else { return 0 };
    let begins = last.starts_with(char::is_uppercase) && !host.contains(char::is_uppercase);
    if begins && ending(raw) == Ending::Unknown && ending(host) == Ending::Domain { 1 + last.len() } else { 0 }
}

/// The next stretch of text that could be a host: letters, digits and hyphens of one alphabet a label, single dots between.
/// After a Latin label no Arabic one follows: that is the next sentence.
fn next_piece(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(|c: char| c.is_alphanumeric())?;
    let mut end = start;
    let (mut alphabet, mut latin) = (None, false);
    let mut signs = text[start..].char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        if c == '.' {
            if !signs.peek().is_some_and(|(_, next)| next.is_alphanumeric()) {
                break;
            }
            alphabet = None;
            latin &= !is_www(&text[start..end]);
        } else if c.is_alphabetic() {
            let own = is_right_to_left(c);
            if *alphabet.get_or_insert(own) != own || (own && latin) {
                break;
            }
            latin |= !own;
        } else if !(c.is_numeric() || c == '-' || is_invisible(c)) {
            break;
        }
        if c.is_alphanumeric() {
            end = start + at + c.len_utf8();
        }
    }
    Some(start..end)
}

fn is_www(label: &str) -> bool {
    label.eq_ignore_ascii_case("www")
}

/// The bytes of `:8080` at the very start.
fn port_length(rest: &str) -> usize {
    let digits = rest.strip_prefix(':').map_or(0, |rest| rest.bytes().take(5).take_while(u8::is_ascii_digit).count());
    if digits == 0 { 0 } else { 1 + digits }
}

fn plain_host(raw: &str) -> String {
    let plain: String = raw.chars().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase).collect();
    let mut host = plain.as_str();
    // Once more makes it no other site.
    while let Some(rest) = host.strip_prefix("www.").filter(|rest| rest.contains('.')) {
        host = rest;
    }
    String::from(host)
}

/// Signs of the part between `//` and the path: host, port, and a user's name in front of `@`.
fn stands_before_a_path(c: char) -> bool {
    c.is_alphanumeric() || "-._~%!$&'*+=:@".contains(c) || is_invisible(c)
}

/// Letters of Hebrew, Arabic and their neighbours, presentation forms too.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && c.is_alphabetic()
}

/// Signs without ink that hide a host from a search and not from a reader.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
