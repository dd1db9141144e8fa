//! A body's blocks as `story/blocks.html` prints them.

use newsroom::body::{Block, Body, Span};

/// A row of a table.
type Row = Vec<Vec<Span>>;

/// Blocks in reading order, each heading with the level it is printed at.
#[derive(Debug)]
pub struct Blocks(pub Vec<(u8, Block)>);

impl Blocks {
    /// A lower heading that stands under no higher one is printed as the higher: readers who go by headings must not
    /// find a gap.
    pub fn new(body: &Body) -> Self {
        let mut has_higher = false;
        let level_of = |block: &Block| match block {
            Block::Heading { level, .. } => {
                has_higher |= *level <= 2;
                if has_higher { (*level).clamp(2, 3) } else { 2 }
            }
            _ => 0,
        };
        let levels: Vec<u8> = body.0.iter().map(level_of).collect();
        Self(levels.into_iter().zip(body.0.iter().cloned()).collect())
    }
}

/// The host of an address, for whoever wants to know where a link leads.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest[..end].rsplit('@').next().unwrap_or("").trim_start_matches("www.")
}

/// The cells that say what stands below them.
pub fn head(rows: &[Row]) -> &[Vec<Span>] {
    rows.first().map_or(&[], Vec::as_slice)
}

/// The rows under the head, where there is one.
pub fn below_head<'r>(header: &bool, rows: &'r [Row]) -> &'r [Row] {
    if *header { rows.get(1..).unwrap_or_default() } else { rows }
}
