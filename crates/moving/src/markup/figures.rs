//! Pictures and other things with a line below.

use super::flow::{Flow, Maker, one_line};
use super::listed::gallery;
use super::words::Look;
use newsroom::body::{Block, Span};

impl Maker<'_> {
    pub(super) fn figure(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        let tree = self.tree;
        let is_gallery = tree.attribute(at, "class").is_some_and(|class| class.contains("gallery"));
        // The captions of figures in this one are theirs.
        let caption = tree.inside(at).iter().rev().copied().find(|one| tree.name(*one) == "figcaption");
        let said = caption.map(|caption| one_line(&self.apart(caption, look, true))).filter(|said| !said.is_empty());
        self.told.extend(caption);
        let blocks = self.apart(at, look, false);
        if is_gallery {
            return with_caption(gathered(blocks), said, flow);
        }
        with_caption(blocks, said, flow);
    }
}

/// The pictures as one gallery, and after them what is none.
pub(super) fn gathered(blocks: Vec<Block>) -> Vec<Block> {
    let is_picture = |block: &Block| matches!(block, Block::Picture(_) | Block::Gallery { .. });
    let (pictures, others): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(is_picture);
    gallery(pictures).into_iter().chain(others).collect()
}

/// Puts the line below where it belongs: to the one picture, as the name of the one card, as whose words they are, else as a
/// paragraph after all.
pub(super) fn with_caption(mut blocks: Vec<Block>, said: Option<String>, flow: &mut Flow) {
    let mut said = said;
    let pictures = blocks.iter().filter(|block| matches!(block, Block::Picture(_))).count();
    for block in &mut blocks {
        match block {
            Block::Picture(picture) if pictures == 1 => {
                if let Some(said) = said.take() {
                    picture.caption = Some(said);
                }
            }
            Block::LinkCard { address, title, .. } if *address == *title => {
                if let Some(said) = said.take() {
                    *title = said;
                }
            }
            Block::Quote { source: source @ None, .. } => *source = said.take(),
            _ => {}
        }
    }
    flow.blocks.extend(blocks);
    flow.blocks.extend(said.map(|said| Block::Paragraph { text: vec![Span::plain(said)] }));
}
