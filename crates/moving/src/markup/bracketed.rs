//! Shortcodes.

use super::codes::BUILDERS;
use super::figures::{gathered, with_caption};
use super::flow::{Flow, Maker, one_line};
use super::noted::What;
use super::words::Look;
use newsroom::body::Block;

/// Codes whose inside is written in a code of its own and never words.
const CODED: &[&str] = &["vc_raw_html", "vc_raw_js", "td_block_raw_css", "et_pb_code", "fusion_code", "av_codeblock"];

impl Maker<'_> {
    /// A shortcode, its name without brackets.
    pub(super) fn code(&mut self, at: usize, name: &str, look: &Look, flow: &mut Flow) {
        match name {
            "caption" | "wp_caption" => self.captioned(at, look, flow),
            "gallery" | "vc_gallery" | "vc_images_carousel" => self.gallery_code(at, flow),
            "playlist" => self.playlist(at, flow),
            "audio" | "video" | "wpvideo" => self.media(at, flow),
            "embed" | "youtube" | "vimeo" | "tweet" | "twitter" | "instagram" | "soundcloud" | "gist"
            | "googlemaps" => {
                self.embedded(at, name, flow);
            }
            "vc_single_image" | "et_pb_image" | "fusion_imageframe" => self.builder_picture(at, flow),
            name if CODED.contains(&name) => self.notes.note(What::BuilderCode, name),
            name if BUILDERS.iter().any(|begin| name.starts_with(begin)) => {
                self.notes.note(What::Builder, name);
                self.lines_of(at, look, flow);
            }
            name => {
                self.notes.note(What::Shortcode, name);
                self.children(at, look, flow);
            }
        }
    }

    /// `[caption]`: a picture, and the words after it or in the attribute.
    fn captioned(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        let is_picture = |block: &Block| matches!(block, Block::Picture(_) | Block::Gallery { .. });
        let (pictures, words): (Vec<Block>, Vec<Block>) = self.apart(at, look, true).into_iter().partition(is_picture);
        let written = self.tree.attribute(at, "caption").map(super::title_text);
        let said = written.filter(|said| !said.is_empty()).unwrap_or_else(|| one_line(&words));
        with_caption(pictures, Some(said).filter(|said| !said.is_empty()), flow);
    }

    fn gallery_code(&mut self, at: usize, flow: &mut Flow) {
        self.flush(flow);
        let tree = self.tree;
        let said = ["ids", "include", "images"].into_iter().find_map(|name| tree.attribute(at, name));
        let Some(ids) = said.filter(|ids| !ids.trim().is_empty()) else {
            return self.notes.note(What::Attached, "[gallery]");
        };
        let mut made = Flow::default();
        for id in ids.split(',').filter(|id| !id.trim().is_empty()) {
            self.numbered(id, &mut made);
        }
        flow.blocks.extend(gathered(made.blocks));
    }

    /// Sounds or films one after the other: a card each.
    fn playlist(&mut self, at: usize, flow: &mut Flow) {
        let Some(ids) = self.tree.attribute(at, "ids") else { return self.notes.note(What::Attached, "[playlist]") };
        for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            let known = id.parse().ok().and_then(|id| (self.around.attachment)(id));
            match known.and_then(|known| Some((self.site.whole(&known.address)?, known.caption.unwrap_or_default()))) {
                Some((address, title)) => {
                    self.notes.note(What::Media, &address);
                    self.card(&address, if title.is_empty() { &address } else { &title }, flow);
                }
                None => self.notes.note(What::LostFile, id),
            }
        }
    }

    fn embedded(&mut self, at: usize, name: &str, flow: &mut Flow) {
        let tree = self.tree;
        let words = tree.text(at);
        let said = ["src", "url", "id", "a0"].into_iter().find_map(|name| tree.attribute(at, name));
        let said = Some(words.trim()).filter(|words| !words.is_empty()).or(said).unwrap_or_default();
        // `[youtube=https://…]`, as it was written at WordPress.com.
        let said = said.trim_start_matches('=').trim();
        let is_name = !said.is_empty() && said.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let address = match name {
            "youtube" if is_name => format!("https://www.youtube.com/watch?v={said}"),
            "vimeo" if is_name => format!("https://vimeo.com/{said}"),
            _ => said.to_owned(),
        };
        match self.site.whole(&address) {
            Some(address) => self.card(&address, &address, flow),
            None => self.notes.note(What::Shortcode, name),
        }
    }

    /// A picture that a page builder names by number or address.
    fn builder_picture(&mut self, at: usize, flow: &mut Flow) {
        let tree = self.tree;
        if let Some(source) = tree.attribute(at, "src").filter(|source| !source.trim().is_empty()) {
            return self.picture(source, tree.attribute(at, "alt").unwrap_or_default(), None, flow);
        }
        match tree.attribute(at, "image") {
            Some(id) => self.numbered(id, flow),
            None => self.notes.note(What::Builder, "image"),
        }
    }
}
