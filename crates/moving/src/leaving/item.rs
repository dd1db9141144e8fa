//! An item: a story, a page or a picture as WordPress has them.

use super::Leaving;
use super::xml::cdata;
use crate::everything::WholeError;
use crate::old::small;
use jiff::tz::TimeZone;
use newsroom::Timestamp;
use std::fmt::Write as _;
use std::io::Write;

/// What WordPress has for no time.
const NEVER: &str = "0000-00-00 00:00:00";

/// A piece; texts are HTML.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) number: u64,
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) guid: String,
    pub(super) creator: String,
    pub(super) content: String,
    pub(super) excerpt: String,
    /// When it went public or was begun, and whether readers had it.
    pub(super) at: Option<Timestamp>,
    pub(super) was_public: bool,
    pub(super) changed_at: Option<Timestamp>,
    pub(super) slug: String,
    pub(super) takes_comments: bool,
    pub(super) leads: bool,
    pub(super) file: Option<String>,
    /// Vocabulary, slug and name.
    pub(super) terms: Vec<(&'static str, String, String)>,
    pub(super) metas: Vec<(&'static str, String)>,
}

impl<W: Write + Send> Leaving<'_, W> {
    /// Writes a piece and leaves it open for its comments.
    pub(super) fn begin(&mut self, piece: &Piece) -> Result<(), WholeError> {
        let mut out = String::from("\t<item>\n");
        let mut say = |name: &str, text: &str| {
            let _ = writeln!(out, "\t\t<{name}>{text}</{name}>");
        };
        say("title", &cdata(&piece.title));
        say("link", &super::xml::escaped(&piece.link));
        if let Some(at) = piece.at.filter(|_| piece.was_public) {
            say("pubDate", &feed_time(at));
        }
        say("dc:creator", &cdata(&piece.creator));
        let _ = writeln!(out, "\t\t<guid isPermaLink=\"false\">{}</guid>", super::xml::escaped(&piece.guid));
        let mut say = |name: &str, text: &str| {
            let _ = writeln!(out, "\t\t<{name}>{}</{name}>", cdata(text));
        };
        say("description", "");
        say("content:encoded", &piece.content);
        say("excerpt:encoded", &piece.excerpt);
        for (name, text) in self.facts(piece) {
            say(&format!("wp:{name}"), &text);
        }
        for (domain, slug, name) in &piece.terms {
            let _ = writeln!(out, "\t\t<category domain=\"{domain}\" nicename=\"{slug}\">{}</category>", cdata(name));
        }
        for (name, value) in &piece.metas {
            let (name, value) = (cdata(name), cdata(value));
            let _ = writeln!(
                out,
                "\t\t<wp:postmeta><wp:meta_key>{name}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
            );
        }
        self.xml.raw(&out)
    }

    pub(super) fn end(&mut self) -> Result<(), WholeError> {
        self.xml.raw("\t</item>\n")
    }

    fn facts(&self, piece: &Piece) -> Vec<(&'static str, String)> {
        let zone = &self.paper.zone;
        let local = |at: Option<Timestamp>| at.map_or_else(|| NEVER.to_owned(), |at| clock(at, zone));
        let greenwich = |at: Option<Timestamp>| at.map_or_else(|| NEVER.to_owned(), |at| clock(at, &TimeZone::UTC));
        let changed = piece.changed_at.or(piece.at);
        let flag = |is: bool| if is { "1" } else { "0" }.to_owned();
        let open = if piece.takes_comments { "open" } else { "closed" };
        let mut facts = vec![
            ("post_id", piece.number.to_string()),
            ("post_date", local(piece.at)),
            ("post_date_gmt", greenwich(piece.at.filter(|_| piece.was_public))),
            ("post_modified", local(changed)),
            ("post_modified_gmt", greenwich(changed)),
            ("comment_status", open.to_owned()),
            ("ping_status", "closed".to_owned()),
            ("post_name", piece.slug.clone()),
            ("status", piece.status.to_owned()),
            ("post_parent", "0".to_owned()),
            ("menu_order", "0".to_owned()),
            ("post_type", piece.kind.to_owned()),
            ("post_password", String::new()),
            ("is_sticky", flag(piece.leads)),
        ];
        facts.extend(piece.file.clone().map(|file| ("attachment_url", file)));
        facts
    }
}

/// A time as a clock shows it.
pub(super) fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A time as feeds have it.
pub(super) fn feed_time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// A slug as WordPress keeps it: percent-encoded in small letters.
pub(super) fn slug_of_wordpress(slug: &str) -> String {
    slug.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "%{other:02x}");
            }
        }
        out
    })
}

/// What a writer's login can be: WordPress has no letters there but those of Latin.
pub(super) fn login(slug: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if !slug.is_empty() && slug.bytes().all(is_plain) {
        return slug.to_owned();
    }
    format!("writer-{:012x}", small(slug) & 0xffff_ffff_ffff)
}
