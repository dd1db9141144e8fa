//! What stands beside what on the page: the lead with those beside it, sections in columns, everything else on its own.

use crate::layout::{Frame, address};
use crate::listing::card::Card;
use newsroom::front::RowKind;
use store::listings::{FrontPage, FrontRow};

/// A part of the page, from one side to the other.
pub(super) enum Block {
    /// The story at the head, and those beside it.
    Top { lead: Option<Box<Card>>, beside: Option<Titled> },
    /// Sections in columns.
    Sections(Vec<Titled>),
    /// Stories side by side, each in the look that cards have here.
    Side { row: Titled, look: Look },
    /// A numbered list.
    Ranked(Titled),
}

/// How cards look that stand side by side.
#[derive(Clone, Copy)]
pub(super) enum Look {
    Big,
    /// By who wrote them.
    Opinion,
    /// By their pictures.
    Picture,
}

impl Look {
    /// The end of its class.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Big => "big",
            Self::Opinion => "opinion",
            Self::Picture => "picture",
        }
    }
}

/// Stories under a title.
pub(super) struct Titled {
    /// Unique on the page.
    pub(super) id: String,
    pub(super) title: String,
    /// The page of its section.
    pub(super) href: Option<String>,
    pub(super) cards: Vec<Card>,
}

/// The parts of a page, without those that have no story.
pub(super) fn of(frame: &Frame, front: FrontPage) -> Vec<Block> {
    let mut blocks = Vec::new();
    for row in front.rows {
        let kind = row.kind;
        let titled = titled(frame, row);
        if titled.cards.is_empty() {
            continue;
        }
        match (kind, blocks.last_mut()) {
            (RowKind::Lead, _) => {
                blocks.push(Block::Top { lead: titled.cards.into_iter().next().map(Box::new), beside: None });
            }
            (RowKind::Secondary, Some(Block::Top { beside: beside @ None, .. })) => *beside = Some(titled),
            (RowKind::Section(_), Some(Block::Sections(columns))) => columns.push(titled),
            (RowKind::Section(_), _) => blocks.push(Block::Sections(vec![titled])),
            (RowKind::Secondary, _) => blocks.push(Block::Side { row: titled, look: Look::Big }),
            (RowKind::Opinion(_) | RowKind::OpinionPieces, _) => {
                blocks.push(Block::Side { row: titled, look: Look::Opinion })
            }
            (RowKind::Pictures, _) => blocks.push(Block::Side { row: titled, look: Look::Picture }),
            (RowKind::MostRead | RowKind::MostDiscussed, _) => blocks.push(Block::Ranked(titled)),
        }
    }
    blocks
}

fn titled(frame: &Frame, row: FrontRow) -> Titled {
    let kind = row.kind;
    // What an editor chose is not only the latest.
    let is_chosen = row.slots.iter().any(|slot| slot.pin.is_some() && !slot.stands_in);
    let title = match (&row.section, kind) {
        (Some(section), _) => section.name.clone(),
        (None, RowKind::Secondary) if !is_chosen => frame.t.s("list.latest"),
        (None, kind) => frame.t.s(&format!("front.{}", kind.word())),
    };
    let href = row.section.as_ref().map(|section| address::section(&section.slug));
    let cards = row.slots.into_iter().filter_map(|slot| slot.card).collect();
    Titled { id: kind.key().replace('.', "-"), title, href, cards: Card::all(frame, cards) }
}
