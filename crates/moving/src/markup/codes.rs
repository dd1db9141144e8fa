//! Shortcodes → elements: `[caption id="a"]…[/caption]` becomes `<x-caption id="a">…</x-caption>`. Brackets that are words
//! stay words: `[sic]`, `[1]`, `[…]`.

use super::tame::end_of_unread;
use std::collections::{HashMap, HashSet};

/// Shortcodes of WordPress itself and of common plug-ins that nobody writes as words.
const KNOWN: &[&str] = &[
    "audio",
    "caption",
    "contact-form",
    "contact-form-7",
    "contact-form-8",
    "embed",
    "gallery",
    "gist",
    "googlemaps",
    "instagram",
    "playlist",
    "polldaddy",
    "poll",
    "rev_slider",
    "slideshare",
    "soundcloud",
    "tweet",
    "twitter",
    "video",
    "vimeo",
    "wp_caption",
    "wpvideo",
    "youtube",
    "layerslider",
    "slideshow",
    "toc",
    "recent-posts",
    "sitemap",
];

/// How the shortcodes of page builders begin: WPBakery, tagDiv, Divi, Avada, Enfold, Elementor, Shortcodes Ultimate and themes.
pub(super) const BUILDERS: &[&str] = &[
    "vc_",
    "wpb_",
    "td_",
    "tdc_",
    "tdb_",
    "tdm_",
    "et_pb_",
    "fusion_",
    "av_",
    "elementor",
    "su_",
    "ux_",
    "mk_",
    "cmsms_",
    "thb_",
    "tie_",
    "jannah_",
    "penci_",
    "bs-",
    "smartmag",
    "rev_",
    "ultimate_",
    "dt_",
    "qode_",
    "mkdf_",
    "eltd_",
    "nectar_",
];

/// Those that never hold words between two brackets.
const VOID: &[&str] = &["gallery", "playlist", "vc_empty_space", "vc_separator", "vc_single_image", "vc_gallery"];

/// The most bytes of a name.
const LONGEST_NAME: usize = 60;

/// An opening or closing shortcode, as it stands between two brackets.
struct Code<'a> {
    name: &'a str,
    attributes: &'a str,
    closes: bool,
    is_whole: bool,
    /// Just after the closing bracket.
    end: usize,
}

/// Writes shortcodes as elements. Nothing inside tags, comments and scripts is touched.
pub(super) fn as_elements(html: &str) -> String {
    let closings = closings(html);
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut unended = Vec::new();
    let (mut at, mut kept) = (0, 0);
    while let Some(found) = html[at..].find(['<', '[']) {
        let start = at + found;
        if html.as_bytes()[start] == b'<' {
            at = end_of_unread(html, start, &mut unended).unwrap_or_else(|| end_of_tag(html, start));
            continue;
        }
        if html[start..].starts_with("[[")
            && let Some(code) = code(html, start + 1)
            && html[code.end..].starts_with(']')
        {
            // Doubled brackets are how authors write about a shortcode.
            out.push_str(&html[kept..start]);
            out.push_str(&html[start + 1..code.end]);
            (at, kept) = (code.end + 1, code.end + 1);
            continue;
        }
        let Some(code) = code(html, start).filter(|code| is_shortcode(code, &closings, start)) else {
            at = start + 1;
            continue;
        };
        out.push_str(&html[kept..start]);
        write(&code, &closings, &mut out);
        (at, kept) = (code.end, code.end);
    }
    out.push_str(&html[kept..]);
    out
}

/// Tags are whole by now; what is none is passed over.
fn end_of_tag(html: &str, start: usize) -> usize {
    let rest = &html.as_bytes()[start + 1..];
    if !rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
        return start + 1;
    }
    let (mut quote, mut after_equals) = (None, false);
    for (at, byte) in rest.iter().enumerate() {
        match (quote, *byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return start + at + 2,
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            _ => {}
        }
        after_equals = *byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    html.len()
}

/// The last place of each closing shortcode.
fn closings(html: &str) -> HashMap<&str, usize> {
    let places = html.match_indices("[/").filter_map(|(at, _)| code(html, at).map(|code| (code.name, at)));
    places.collect()
}

/// Reads what stands between the bracket at `start` and the next one.
fn code(html: &str, start: usize) -> Option<Code<'_>> {
    let inside = &html[start + 1..];
    let (inside, offset, closes) = inside.strip_prefix('/').map_or((inside, 1, false), |inside| (inside, 2, true));
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = inside.find(|c| !is_name(c)).filter(|length| (1..=LONGEST_NAME).contains(length))?;
    let name = &inside[..length];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let rest = &inside[length..];
    if !rest.starts_with([']', '/', ' ', '\n', '\r', '\t', '\u{A0}']) {
        return None;
    }
    let close = rest.find([']', '[']).filter(|at| rest.as_bytes()[*at] == b']')?;
    let said = &rest[..close];
    let (attributes, is_whole) = said.strip_suffix('/').map_or((said, false), |said| (said, true));
    Some(Code { name, attributes, closes, is_whole, end: start + offset + length + close + 1 })
}

/// It is known, or written so that it can be nothing else.
fn is_shortcode(code: &Code<'_>, closings: &HashMap<&str, usize>, at: usize) -> bool {
    let name = code.name.to_ascii_lowercase();
    KNOWN.contains(&name.as_str())
        || BUILDERS.iter().any(|begin| name.starts_with(begin))
        || code.closes && code.attributes.trim().is_empty()
        || closings.get(code.name).is_some_and(|last| *last > at)
        || attributes(code.attributes).iter().any(|(name, _)| !name.is_empty() && !name.starts_with(char::is_numeric))
}

fn write(code: &Code<'_>, closings: &HashMap<&str, usize>, out: &mut String) {
    let name = code.name.to_ascii_lowercase();
    if code.closes {
        if !VOID.contains(&name.as_str()) {
            out.push_str(&format!("</x-{name}>"));
        }
        return;
    }
    out.push_str(&format!("<x-{name}"));
    let mut seen = HashSet::new();
    let all = attributes(code.attributes);
    for (place, (name, value)) in all.iter().enumerate().take(100) {
        let name = if name.is_empty() { format!("a{place}") } else { name.clone() };
        if seen.insert(name.clone()) {
            out.push_str(&format!(
                " {name}=\"{}\"",
                value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
            ));
        }
    }
    out.push('>');
    let encloses = !code.is_whole
        && !VOID.contains(&name.as_str())
        && closings.get(code.name).is_some_and(|last| *last >= code.end);
    if !encloses {
        out.push_str(&format!("</x-{name}>"));
    }
}

/// `name="value"`, `name='value'`, `name=value` and values alone, which have no name.
fn attributes(said: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = said.trim_start();
    while !rest.is_empty() && out.len() < 200 {
        let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
        let (mut name, mut value) = (rest[..length].to_ascii_lowercase(), &rest[length..]);
        if let Some(after) = value.trim_start().strip_prefix('=').filter(|_| length > 0) {
            value = after.trim_start();
        } else {
            (name, value) = (String::new(), rest);
        }
        let (taken, after) = value_of(value);
        out.push((name, taken.to_owned()));
        rest = after.trim_start();
    }
    out
}

/// A value, with any quotation marks in which authors and their programs put it, and what follows.
fn value_of(rest: &str) -> (&str, &str) {
    const MARKS: [(&str, &str); 6] =
        [("\"", "\""), ("'", "'"), ("&quot;", "&quot;"), ("&#8221;", "&#8221;"), ("”", "”"), ("“", "”")];
    for (open, close) in MARKS {
        if let Some(inside) = rest.strip_prefix(open)
            && let Some(end) = inside.find(close)
        {
            return (&inside[..end], &inside[end + close.len()..]);
        }
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (&rest[..end], &rest[end..])
}
