//! What a camera or a picture desk wrote beside a picture about who made it and what it shows: EXIF, IPTC and XMP, in the
//! order of how much they are to be believed. Everything else that stands there is not read.

use exif::{In, Reader, Tag, Value};
use image::metadata::Orientation;
use serde::{Deserialize, Serialize};

/// Letters that are taken of one field.
const MOST_LETTERS: usize = 1_000;

/// The fields that are kept; empty where nothing was said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// Who made it.
    pub credit: String,
    /// What is to be seen.
    pub caption: String,
    /// Whose it is.
    pub holder: String,
}

/// What is said, and which way up the picture was held.
pub(crate) fn beside(exif: Option<Vec<u8>>, iptc: Option<&[u8]>, xmp: Option<&[u8]>) -> (Said, Option<Orientation>) {
    let up = exif.as_deref().and_then(Orientation::from_exif_chunk);
    let said = [iptc.map(in_iptc), xmp.map(in_xmp), exif.map(in_exif)].into_iter().flatten();
    let said = said.fold(Said::default(), |said, more| Said {
        credit: first(said.credit, &more.credit),
        caption: first(said.caption, &more.caption),
        holder: first(said.holder, &more.holder),
    });
    (said, up)
}

fn first(said: String, more: &str) -> String {
    if said.is_empty() { clean(more) } else { said }
}

/// One line of words: no signs that control anything, and no endless ones.
fn clean(text: &str) -> String {
    let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(MOST_LETTERS).collect()
}

fn in_exif(bytes: Vec<u8>) -> Said {
    let Ok(exif) = Reader::new().read_raw(bytes) else { return Said::default() };
    let text = |tag: Tag| match exif.get_field(tag, In::PRIMARY).map(|field| &field.value) {
        Some(Value::Ascii(texts)) => {
            texts.iter().map(|text| String::from_utf8_lossy(text)).collect::<Vec<_>>().join(" ")
        }
        _ => String::new(),
    };
    Said { credit: text(Tag::Artist), caption: text(Tag::ImageDescription), holder: text(Tag::Copyright) }
}

/// The records of a press agency: `1c 02`, what it is, how long it is, and its words.
fn in_iptc(bytes: &[u8]) -> Said {
    let (mut said, mut at) = (Said::default(), 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(2).position(|two| two == [0x1c, 2])) {
        at += found + 2;
        let Some(&[what, high, low]) = bytes.get(at..at + 3) else { break };
        let length = usize::from(high) << 8 | usize::from(low);
        let Some(words) = bytes.get(at + 3..at + 3 + length) else { continue };
        let words = String::from_utf8_lossy(words);
        match what {
            80 | 110 => said.credit = first(said.credit, &words),
            116 => said.holder = first(said.holder, &words),
            120 => said.caption = first(said.caption, &words),
            _ => {}
        }
        at += 3 + length;
    }
    said
}

fn in_xmp(bytes: &[u8]) -> Said {
    let text = String::from_utf8_lossy(bytes);
    let any = |names: &[&str]| names.iter().find_map(|name| property(&text, name)).unwrap_or_default();
    Said {
        credit: any(&["photoshop:Credit", "dc:creator"]),
        caption: any(&["dc:description"]),
        holder: any(&["dc:rights", "xmpRights:Owner"]),
    }
}

/// A property, as an attribute or as an element with its words inside.
fn property(text: &str, name: &str) -> Option<String> {
    if let Some((_, rest)) = text.split_once(&format!("{name}=\"")) {
        return rest.split_once('"').map(|(words, _)| unescaped(words));
    }
    let (_, rest) = text.split_once(&format!("<{name}"))?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let mut words = String::new();
    for part in inside.split('<').map(|part| part.split_once('>').map_or("", |(_, words)| words)) {
        if words.is_empty() {
            words = clean(part);
        }
    }
    let own = clean(inside.split_once('>').map_or("", |(_, rest)| rest.split('<').next().unwrap_or_default()));
    Some(unescaped(if own.is_empty() { &words } else { &own })).filter(|words| !words.is_empty())
}

fn unescaped(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
