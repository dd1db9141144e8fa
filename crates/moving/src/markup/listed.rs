//! Lists, and lists of words with what they mean.

use super::flow::{Flow, Maker, squeezed};
use super::noted::What;
use super::tree::Kind;
use super::words::{Look, Space};
use newsroom::body::{Block, Picture, Span};

impl Maker<'_> {
    /// A list; pictures in it stand after it, and a list of pictures alone is a gallery.
    pub(super) fn list(&mut self, at: usize, ordered: bool, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        let (mut entries, mut others) = (Vec::new(), Vec::new());
        for child in self.tree.inside(at) {
            self.entry(*child, look, (&mut entries, &mut others));
        }
        let is_gallery = entries.is_empty() && others.iter().all(|block| matches!(block, Block::Picture(_)));
        if is_gallery {
            flow.blocks.extend(gallery(others));
            return;
        }
        if !entries.is_empty() {
            flow.blocks.push(Block::List { ordered, entries });
        }
        flow.blocks.extend(others);
    }

    fn entry(&mut self, at: usize, look: &Look, (entries, others): (&mut Vec<Vec<Span>>, &mut Vec<Block>)) {
        let tree = self.tree;
        match tree.kind(at) {
            Kind::Text(text) if text.trim().is_empty() => return,
            // Since 6.1 WordPress writes a comment around each entry.
            Kind::Block(name, _) if name == "list-item" => {
                for child in tree.inside(at) {
                    self.entry(*child, look, (&mut *entries, &mut *others));
                }
                return;
            }
            _ => {}
        }
        let is_list = matches!(tree.name(at), "ul" | "ol");
        let blocks = if is_list {
            let mut flow = Flow { only_words: true, ..Flow::default() };
            self.list(at, tree.name(at) == "ol", look, &mut flow);
            flow.blocks
        } else if tree.name(at) == "li" {
            self.apart(at, look, true)
        } else {
            self.alone(at, look)
        };
        let (lists, words): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block| matches!(block, Block::List { .. }));
        let (text, rest) = squeezed(words);
        if !text.is_empty() {
            entries.push(text);
        }
        others.extend(rest);
        for list in lists {
            if let Block::List { entries: inner, .. } = list {
                self.notes.note(What::Nested, "");
                entries.extend(inner);
            }
        }
    }

    /// One node apart from what stands around it.
    fn alone(&mut self, at: usize, look: &Look) -> Vec<Block> {
        let mut flow = Flow { only_words: true, ..Flow::default() };
        self.node(at, look, &mut flow);
        self.flush(&mut flow);
        flow.blocks
    }

    /// Words in strong letters, and below each what it means.
    pub(super) fn definitions(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        for child in self.tree.inside(at) {
            let strong = look.strong || self.tree.name(*child) == "dt";
            let space = if look.space == Space::Lines { Space::Lines } else { Space::Folds };
            self.flush(flow);
            if !matches!(self.tree.kind(*child), Kind::Text(text) if text.trim().is_empty()) {
                self.node(*child, &Look { strong, space, ..look.clone() }, flow);
            }
        }
        self.flush(flow);
    }
}

/// Blocks that are pictures, as one block.
pub(super) fn gallery(blocks: Vec<Block>) -> Option<Block> {
    let mut pictures: Vec<Picture> = Vec::new();
    for block in blocks {
        match block {
            Block::Picture(picture) => pictures.push(picture),
            Block::Gallery { pictures: more } => pictures.extend(more),
            _ => {}
        }
    }
    match pictures.len() {
        0 => None,
        1 => pictures.pop().map(Block::Picture),
        _ => Some(Block::Gallery { pictures }),
    }
}
