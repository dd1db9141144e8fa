//! A body's blocks as `story/blocks.html` prints them.

use arabic::bidi::{Direction, majority};
use newsroom::body::{Block, Body, Picture, Span};

/// A row of a table.
type Row = Vec<Vec<Span>>;

/// Blocks in reading order.
#[derive(Debug)]
pub struct Blocks {
    /// Each heading with the level it is printed at, and each block with its `dir`, where that is another than the story's.
    pub all: Vec<(u8, &'static str, Block)>,
    /// Which way the story runs.
    story: Direction,
}

impl Blocks {
    /// A lower heading that stands under no higher one is printed as the higher: readers who go by headings must not
    /// find a gap. `story`: which way it runs.
    pub fn new(body: &Body, story: Direction) -> Self {
        let mut has_higher = false;
        let mut level_of = |block: &Block| match block {
            Block::Heading { level, .. } => {
                has_higher |= *level <= 2;
                if has_higher { (*level).clamp(2, 3) } else { 2 }
            }
            _ => 0,
        };
        let blocks = body.0.iter().map(|block| (level_of(block), turned(block.direction(), story), block.clone()));
        Self { all: blocks.collect(), story }
    }

    /// The `dir` of a line under a picture.
    pub fn caption(&self, picture: &Picture) -> &'static str {
        turned(majority(picture.caption.as_deref().unwrap_or_default()), self.story)
    }
}

/// The `dir` of what runs one way inside what runs another; empty where both run alike, or it has no letters.
pub fn turned(own: Direction, around: Direction) -> &'static str {
    match own {
        Direction::Neutral => "",
        _ if own == around => "",
        Direction::RightToLeft => "rtl",
        Direction::LeftToRight => "ltr",
    }
}

/// The `dir` of a cell. It has one of its own in any table: a number alone is set from the left, with its sign before it.
pub fn cell(words: &[Span]) -> &'static str {
    newsroom::body::direction_of(words).dir().unwrap_or("auto")
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
