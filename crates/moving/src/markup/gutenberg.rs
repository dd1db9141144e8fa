//! Blocks of WordPress since 5.0. Most are HTML that says what it is; what their comments say is believed of addresses alone,
//! and those are checked like all others.

use super::figures::{gathered, with_caption};
use super::flow::{Flow, Maker, one_line};
use super::noted::What;
use super::words::{Look, Space};
use newsroom::body::{Block, Picture};
use serde_json::Value;

/// Blocks whose HTML is all there is to them.
const PLAIN: &[&str] = &[
    "paragraph",
    "heading",
    "list",
    "list-item",
    "quote",
    "pullquote",
    "image",
    "table",
    "separator",
    "code",
    "preformatted",
    "verse",
    "columns",
    "column",
    "group",
    "row",
    "stack",
    "buttons",
    "html",
    "more",
    "nextpage",
    "spacer",
    "media-text",
    "subhead",
    "details",
    "shortcode",
    "missing",
    "text-columns",
    "footnotes",
    "freeform",
    "post-content",
    "accordion",
    "accordion-item",
    "accordion-heading",
    "accordion-panel",
    "social-links",
];

impl Maker<'_> {
    /// A block: its name without `core/`, and what its comment says.
    pub(super) fn block(&mut self, at: usize, (name, said): (&str, &Value), look: &Look, flow: &mut Flow) {
        let is_classic = matches!(name, "freeform" | "shortcode");
        let look = Look { space: if is_classic { Space::Lines } else { Space::Folds }, ..look.clone() };
        let is_empty = self.tree.inside(at).is_empty();
        match name {
            "embed" => self.embed(at, said, &look, flow),
            name if name.starts_with("core-embed/") => self.embed(at, said, &look, flow),
            "gallery" => self.gallery(at, &look, flow),
            "cover" | "cover-image" => self.cover(at, said, &look, flow),
            "file" | "button" => self.button(at, &look, flow),
            "audio" | "video" => self.figure_of_media(at, said, &look, flow),
            "block" => self.notes.note(What::Reused, &said["ref"].to_string()),
            "spacer" => {}
            "image" => self.image_block(at, said, &look, flow),
            name if is_empty => self.notes.note(What::Filled, name),
            name => {
                if !PLAIN.contains(&name) && !self.is_filled(name) {
                    self.notes.note(What::Block, name);
                }
                self.lines_of(at, &look, flow);
            }
        }
        self.flush(flow);
    }

    /// Blocks that the old site filled: what they hold was written by nobody.
    fn is_filled(&self, name: &str) -> bool {
        matches!(name, "navigation" | "query" | "post-template" | "template-part" | "comments" | "query-pagination")
    }

    fn embed(&mut self, at: usize, said: &Value, look: &Look, flow: &mut Flow) {
        let blocks = self.apart(at, look, false);
        if blocks.iter().any(|block| matches!(block, Block::LinkCard { .. })) {
            flow.blocks.extend(blocks);
            return;
        }
        match said["url"].as_str().and_then(|url| self.site.whole(url)) {
            Some(url) => self.card(&url, &one_line(&blocks), flow),
            None => {
                self.notes.note(What::Block, "embed");
                flow.blocks.extend(blocks);
            }
        }
    }

    fn gallery(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        let blocks = self.apart(at, look, false);
        flow.blocks.extend(gathered(blocks));
    }

    /// A picture behind words: the picture, then the words.
    fn cover(&mut self, at: usize, said: &Value, look: &Look, flow: &mut Flow) {
        let blocks = self.apart(at, look, false);
        let has_picture = blocks.iter().any(|block| matches!(block, Block::Picture(_)));
        if let Some(url) = said["url"].as_str().filter(|_| !has_picture) {
            let known = said["id"].as_u64().and_then(|id| (self.around.attachment)(id));
            self.picture(url, "", known, flow);
        }
        flow.blocks.extend(blocks);
    }

    /// A button or a file to be fetched: a card of its first link.
    fn button(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        let tree = self.tree;
        let link = tree.below(at).into_iter().find(|one| tree.attribute(*one, "href").is_some());
        let Some((link, address)) = link.and_then(|link| Some((link, tree.attribute(link, "href")?))) else {
            return self.lines_of(at, look, flow);
        };
        let title = one_line(&self.apart(link, look, true));
        self.card(address, &title, flow);
    }

    fn figure_of_media(&mut self, at: usize, said: &Value, look: &Look, flow: &mut Flow) {
        let blocks = self.apart(at, look, false);
        if !blocks.is_empty() {
            flow.blocks.extend(blocks);
            return;
        }
        let known = said["id"].as_u64().and_then(|id| (self.around.attachment)(id));
        let address = known.map(|known| known.address).or_else(|| said["src"].as_str().map(str::to_owned));
        match address.and_then(|address| self.site.whole(&address)) {
            Some(address) => {
                self.notes.note(What::Media, &address);
                self.card(&address, &address, flow);
            }
            None => self.notes.note(What::LostFile, &said["id"].to_string()),
        }
    }

    /// A picture whose number stands in the comment alone.
    fn image_block(&mut self, at: usize, said: &Value, look: &Look, flow: &mut Flow) {
        let mut blocks = self.apart(at, look, false);
        let known = said["id"].as_u64().and_then(|id| (self.around.attachment)(id));
        match (blocks.iter_mut().find_map(picture_of), known) {
            (Some(picture), Some(known)) => {
                if picture.alt.is_empty() {
                    picture.alt = super::flow::without_controls(&known.alt);
                }
                picture.credit = picture.credit.take().or(known.credit);
            }
            (None, Some(known)) => return self.picture("", "", Some(known), flow),
            (None, None) => self.notes.note(What::Filled, "image"),
            (Some(_), None) => {}
        }
        with_caption(blocks, None, flow);
    }
}

fn picture_of(block: &mut Block) -> Option<&mut Picture> {
    match block {
        Block::Picture(picture) => Some(picture),
        _ => None,
    }
}
