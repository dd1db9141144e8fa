//! What an editor does to a layout, one step at a time. A step that cannot be taken leaves the layout as it was.

use super::{At, Layout, MOST_ROWS, MOST_SLOTS, Pin, Row, RowKind};

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A story is put into a slot. Where it stood before, the newest stands from now on: no story stands twice.
    Pin {
        /// Where.
        at: At,
        /// What.
        pin: Pin,
    },
    /// Nothing is pinned there any more.
    Free(At),
    /// Two slots exchange what is pinned in them.
    Exchange(At, At),
    /// A row goes to another place, from 0; the lead stays the first.
    MoveRow(RowKind, usize),
    /// A row comes in at the end.
    AddRow(RowKind),
    /// A row goes, and what was pinned in it.
    RemoveRow(RowKind),
    /// A row has so many slots from now on; what was pinned in those that go is pinned no more.
    Resize(RowKind, usize),
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    /// There is no such row or slot.
    NoSuchPlace,
    /// The lead is the first row, with one slot, always.
    LeadStays,
    /// A row of this kind is there already.
    AlreadyThere,
    /// So many rows or slots are not shown.
    TooMany,
}

impl Impossible {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::NoSuchPlace => "front-desk.no-such-place",
            Self::LeadStays => "front-desk.lead-stays",
            Self::AlreadyThere => "front-desk.already-there",
            Self::TooMany => "front-desk.too-many",
        }
    }
}

impl Layout {
    /// The layout after a step.
    ///
    /// # Errors
    /// Why the step cannot be taken.
    pub fn with(mut self, change: Change) -> Result<Self, Impossible> {
        match change {
            Change::Pin { at, pin } => {
                self.slot(at)?;
                if let Some(before) = self.place_of(pin.story) {
                    *self.slot(before)? = None;
                }
                *self.slot(at)? = Some(pin);
            }
            Change::Free(at) => *self.slot(at)? = None,
            Change::Exchange(one, other) => {
                let (first, second) = (self.slot(one)?.clone(), self.slot(other)?.clone());
                *self.slot(one)? = second;
                *self.slot(other)? = first;
            }
            Change::MoveRow(kind, to) => {
                let from = self.index(kind)?;
                if kind == RowKind::Lead || to == 0 {
                    return Err(Impossible::LeadStays);
                }
                let row = self.rows.remove(from);
                self.rows.insert(to.min(self.rows.len()), row);
            }
            Change::AddRow(kind) => {
                if self.row(kind).is_some() {
                    return Err(Impossible::AlreadyThere);
                }
                if self.rows.len() >= MOST_ROWS {
                    return Err(Impossible::TooMany);
                }
                self.rows.push(Row::empty(kind));
            }
            Change::RemoveRow(RowKind::Lead) | Change::Resize(RowKind::Lead, _) => return Err(Impossible::LeadStays),
            Change::RemoveRow(kind) => {
                let at = self.index(kind)?;
                self.rows.remove(at);
            }
            Change::Resize(kind, slots) => {
                let at = self.index(kind)?;
                if slots == 0 || slots > MOST_SLOTS || kind.is_ranking() {
                    return Err(Impossible::TooMany);
                }
                self.rows[at].slots.resize(slots, None);
            }
        }
        Ok(self)
    }

    fn index(&self, kind: RowKind) -> Result<usize, Impossible> {
        self.rows.iter().position(|row| row.kind == kind).ok_or(Impossible::NoSuchPlace)
    }

    fn slot(&mut self, at: At) -> Result<&mut Option<Pin>, Impossible> {
        let row = self.rows.iter_mut().find(|row| row.kind == at.row);
        row.and_then(|row| row.slots.get_mut(at.slot)).ok_or(Impossible::NoSuchPlace)
    }
}
