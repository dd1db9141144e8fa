//! As much of CBOR (RFC 8949) as authenticators write: whole numbers, bytes, texts, lists and maps of stated length.

/// A value; maps keep their pairs as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'b> {
    /// A whole number.
    Int(i64),
    /// Bytes.
    Bytes(&'b [u8]),
    /// A text.
    Text(&'b str),
    /// A list.
    List(Vec<Self>),
    /// A map.
    Map(Vec<(Self, Self)>),
    /// False, true or nothing.
    Simple(u8),
}

/// More is in no answer of an authenticator.
const DEEPEST: usize = 8;
const MOST_PARTS: usize = 64;

impl<'b> Value<'b> {
    /// The value at the beginning, and what stands after it.
    pub fn first(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        value(bytes, DEEPEST)
    }

    /// What a map has under a number.
    pub fn under(&self, key: i64) -> Option<&Self> {
        self.find(|found| *found == Self::Int(key))
    }

    /// What a map has under a word.
    pub fn named(&self, key: &str) -> Option<&Self> {
        self.find(|found| matches!(found, Self::Text(text) if *text == key))
    }

    /// The bytes, if it is bytes.
    pub fn bytes(&self) -> Option<&'b [u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// The number, if it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    fn find(&self, is: impl Fn(&Self) -> bool) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        pairs.iter().find(|(key, _)| is(key)).map(|(_, value)| value)
    }
}

fn value(bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let (&head, rest) = bytes.split_first()?;
    let (kind, more) = (head >> 5, head & 0x1f);
    if kind == 7 {
        return (20..=22).contains(&more).then_some((Value::Simple(more), rest));
    }
    let (number, rest) = number(more, rest)?;
    match kind {
        0 => Some((Value::Int(i64::try_from(number).ok()?), rest)),
        1 => Some((Value::Int((-1_i64).checked_sub(i64::try_from(number).ok()?)?), rest)),
        2 => rest.split_at_checked(usize::try_from(number).ok()?).map(|(own, rest)| (Value::Bytes(own), rest)),
        3 => {
            let (own, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            Some((Value::Text(std::str::from_utf8(own).ok()?), rest))
        }
        4 => {
            let (mut parts, mut rest) = (Vec::new(), rest);
            for _ in 0..few(number)? {
                let (part, after) = value(rest, depth.checked_sub(1)?)?;
                (parts, rest) = (pushed(parts, part), after);
            }
            Some((Value::List(parts), rest))
        }
        5 => {
            let (mut pairs, mut rest) = (Vec::new(), rest);
            for _ in 0..few(number)? {
                let (key, after) = value(rest, depth.checked_sub(1)?)?;
                let (found, after) = value(after, depth.checked_sub(1)?)?;
                (pairs, rest) = (pushed(pairs, (key, found)), after);
            }
            Some((Value::Map(pairs), rest))
        }
        _ => None,
    }
}

/// The number in a head, or in the 1, 2, 4 or 8 bytes after it. What has no stated length is not read.
fn number(more: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let length = match more {
        0..=23 => return Some((u64::from(more), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (own, rest) = rest.split_at_checked(length)?;
    Some((own.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)), rest))
}

fn few(number: u64) -> Option<usize> {
    usize::try_from(number).ok().filter(|number| *number <= MOST_PARTS)
}

fn pushed<T>(mut parts: Vec<T>, part: T) -> Vec<T> {
    parts.push(part);
    parts
}
