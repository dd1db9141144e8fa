//! Somebody's words.

use super::flow::{Flow, Maker, one_line, squeezed};
use super::tree::Kind;
use super::words::Look;
use newsroom::body::{Block, Span};

impl Maker<'_> {
    /// A quotation; whose words they are stands in `cite` or `footer`. Pictures in it stand after it.
    pub(super) fn quote(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        self.flush(flow);
        let tree = self.tree;
        let below = tree.below(at);
        let is_source = |one: &&usize| matches!(tree.name(**one), "cite" | "footer");
        // One in the middle of a sentence names a work; the source is the last thing that is said.
        let source = below.iter().rev().find(is_source).copied().filter(|source| {
            // Nodes are numbered in reading order.
            let end = tree.below(*source).last().copied().unwrap_or(*source);
            let is_word = |one: &usize| matches!(tree.kind(*one), Kind::Text(text) if !text.trim().is_empty());
            !below.iter().filter(|one| **one > end).any(is_word)
        });
        let said = source.map(|source| one_line(&self.apart(source, look, true))).filter(|said| !said.is_empty());
        self.told.extend(source);
        let (text, others) = squeezed(self.apart(at, look, true));
        match (text.is_empty(), said) {
            (false, source) => flow.blocks.push(Block::Quote { text, source }),
            (true, Some(said)) => {
                let text = vec![Span::plain(said)];
                flow.blocks.push(Block::Quote { text, source: None });
            }
            (true, None) => {}
        }
        flow.blocks.extend(others);
    }
}
