//! Pictures: which file, and what was said about it.

use super::address::original;
use super::flow::{Flow, Maker, without_controls};
use super::noted::What;
use super::{Attachment, Dialect};
use newsroom::body::{Block, Picture};

/// Where lazily loading pages keep the address until the picture is looked at.
const LATER: [&str; 5] = ["data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url"];

impl Maker<'_> {
    /// A picture between paragraphs.
    pub(super) fn image(&mut self, at: usize, flow: &mut Flow) {
        let tree = self.tree;
        let said = |name: &str| tree.attribute(at, name).map(str::trim).filter(|said| !said.is_empty());
        let source = said("src").filter(|source| !source.starts_with("data:"));
        let Some(source) = source.or_else(|| LATER.into_iter().find_map(said)).or_else(|| said("src")) else {
            return self.notes.note(What::Picture, said("alt").unwrap_or_default());
        };
        // Signs for moods and counters of visits are no pictures of a story.
        let is_dot = said("width") == Some("1") && said("height") == Some("1");
        if is_dot {
            return self.notes.note(What::Picture, source);
        }
        let is_mood = source.contains("/smilies/") || source.contains("s.w.org/images/core/emoji");
        if let Some(mood) = said("alt").filter(|_| is_mood) {
            let look =
                super::words::Look { strong: false, emphasis: false, link: None, space: super::words::Space::Folds };
            return flow.words.add(mood, &look, &mut self.notes);
        }
        let known = self.number_of(at).and_then(|id| (self.around.attachment)(id));
        let alt = said("alt").unwrap_or_default();
        self.picture(source, alt, known, flow);
    }

    /// A picture with what the old site knew of it.
    pub(super) fn picture(&mut self, source: &str, alt: &str, known: Option<Attachment>, flow: &mut Flow) {
        let known = known.unwrap_or_default();
        let address = self.site.whole(&known.address).or_else(|| {
            let whole = self.site.whole(source)?;
            Some(if self.dialect == Dialect::Html { whole } else { original(&whole) })
        });
        let Some(file) = address else { return self.notes.note(What::Picture, source) };
        self.flush(flow);
        // The same again is what stands in `noscript` for those whose pages do not load later.
        if matches!(flow.blocks.last(), Some(Block::Picture(last)) if last.file == file) {
            return;
        }
        self.has_picture(&file);
        let alt = without_controls(if alt.trim().is_empty() { &known.alt } else { alt });
        let line = |said: Option<String>| said.map(|said| arabic::clean::line(&said)).filter(|said| !said.is_empty());
        flow.blocks.push(Block::Picture(Picture {
            file,
            alt,
            caption: line(known.caption),
            credit: line(known.credit),
            ..Picture::default()
        }));
    }

    /// A picture by its number in the old site; noted when nobody knows it.
    pub(super) fn numbered(&mut self, id: &str, flow: &mut Flow) {
        let known = id.trim().parse().ok().and_then(|id| (self.around.attachment)(id));
        match known {
            Some(known) => self.picture("", "", Some(known), flow),
            None => self.notes.note(What::LostFile, id),
        }
    }

    /// The number that WordPress writes at a picture (`wp-image-12`, `data-id`).
    fn number_of(&self, at: usize) -> Option<u64> {
        let class = self.tree.attribute(at, "class").unwrap_or_default();
        let number = class.split_ascii_whitespace().find_map(|one| one.strip_prefix("wp-image-"));
        let number = number.or_else(|| self.tree.attribute(at, "data-id"))?;
        number.parse().ok()
    }

    /// A picture that stands behind an element by its style.
    pub(super) fn background(&mut self, at: usize, flow: &mut Flow) {
        let style = self.tree.attribute(at, "style").unwrap_or_default();
        let Some((_, behind)) = style.split_once("background").and_then(|(_, style)| style.split_once("url(")) else {
            return;
        };
        let address = behind.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        self.picture(address, "", None, flow);
    }
}
