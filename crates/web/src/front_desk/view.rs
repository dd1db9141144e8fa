//! The draft in words: its rows with what stands in their slots now.

use crate::layout::{Frame, address};
use newsroom::body::Picture;
use newsroom::front::{At, MOST_SLOTS, RowKind};
use store::listings::{FrontPage, FrontRow, FrontSlot};

/// A row of the draft.
pub(super) struct RowView {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) is_lead: bool,
    pub(super) is_ranking: bool,
    pub(super) may_go_up: bool,
    pub(super) may_go_down: bool,
    pub(super) may_grow: bool,
    pub(super) may_shrink: bool,
    pub(super) slots: Vec<SlotView>,
}

/// A slot of it.
pub(super) struct SlotView {
    pub(super) id: String,
    /// From 0.
    pub(super) slot: usize,
    /// From 1.
    pub(super) number: usize,
    pub(super) headline: String,
    pub(super) picture: Option<Picture>,
    pub(super) is_pinned: bool,
    /// What is pinned is not public.
    pub(super) stands_in: bool,
    /// It has another headline or picture here than its own.
    pub(super) is_dressed: bool,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// Every row.
pub(super) fn rows(frame: &Frame, page: FrontPage) -> Vec<RowView> {
    let many = page.rows.len();
    let last = page.rows.iter().rposition(|row| !row.kind.is_ranking());
    let rows = page.rows.into_iter().enumerate().map(|(n, row)| {
        let (kind, slots) = (row.kind, row.slots.len());
        let is_lead = kind == RowKind::Lead;
        let grows = !is_lead && !kind.is_ranking();
        RowView {
            key: kind.key(),
            title: title(frame, kind),
            is_lead,
            is_ranking: kind.is_ranking(),
            may_go_up: n > 1,
            may_go_down: !is_lead && n + 1 < many,
            may_grow: grows && slots < MOST_SLOTS,
            may_shrink: grows && slots > 1,
            slots: slots_of(row, n == 1, last == Some(n)),
        }
    });
    rows.collect()
}

/// What a kind of row is called at the desk.
pub(super) fn title(frame: &Frame, kind: RowKind) -> String {
    let section = frame.sections.iter().find(|section| Some(section.id) == kind.section());
    let name = section.map(|section| section.name.as_str()).unwrap_or_default();
    frame.t.with(&format!("front-desk.row.{}", kind.word()), 1, &[("name", name)])
}

/// Where a slot stands on the page.
pub(super) fn anchor(at: At) -> String {
    format!("{}-{}", at.row.key(), at.slot)
}

fn slots_of(row: FrontRow, is_second: bool, is_last: bool) -> Vec<SlotView> {
    let (kind, many) = (row.kind, row.slots.len());
    let slots = row.slots.into_iter().enumerate().map(|(n, slot)| {
        let FrontSlot { card, pin, stands_in } = slot;
        let is_dressed = pin.as_ref().is_some_and(|pin| !pin.headline.is_empty() || pin.picture.is_some());
        let (headline, picture) = card.map(|card| (card.face.headline, card.face.lead)).unwrap_or_default();
        SlotView {
            id: anchor(At { row: kind, slot: n }),
            slot: n,
            number: n + 1,
            headline,
            picture: picture.filter(|picture| picture.is_supplied() && kind.shows_picture(n, is_second)),
            is_pinned: pin.is_some(),
            stands_in,
            is_dressed: is_dressed && !stands_in,
            is_first: kind == RowKind::Lead,
            is_last: is_last && n + 1 == many,
        }
    });
    slots.collect()
}

impl SlotView {
    /// The smallest width of its picture.
    pub(super) fn thumbnail(picture: &Picture) -> String {
        address::smallest(&picture.file, &picture.size)
    }
}
