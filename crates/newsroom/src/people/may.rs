//! Who may do what: one table, a row for each act of the house. Guards and pages read it and nothing beside it.

use super::Role;
use Role::{Editor, Moderator, Owner, Reporter, SubEditor};

/// Something that not everybody who works here may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum May {
    /// Rule on comments and reports, see what waits and what was decided.
    Moderate,
    /// Decide about an objection to somebody else's ruling.
    DecideAppeals,
    /// Warn, pause or ban a reader, and see how a reader stands.
    MeasureReaders,
    /// Read stories in whatever state.
    ReadStories,
    /// Write stories: a reporter those that they began or were given.
    WriteStories,
    /// Take an idea that nobody was given.
    TakeIdeas,
    /// Publish, correct and withdraw stories, open and close their comments.
    Publish,
    /// Change sections and plain pages.
    Furnish,
    /// Say by which style rules pages are shown, and who may sell their places.
    DressHouse,
    /// Change the house rules, the reasons of refusals and what the engine has learned here.
    SetRules,
    /// Carry out an authority's order, and say who reports with priority.
    EnterOrders,
    /// Report on what was decided, outside the house too.
    Account,
    /// Say who works here, and as what.
    ManageStaff,
}

/// The table.
const TABLE: &[(May, &[Role])] = &[
    (May::Moderate, &[Owner, Editor, Moderator]),
    (May::DecideAppeals, &[Owner, Editor, Moderator]),
    (May::MeasureReaders, &[Owner, Editor, Moderator]),
    (May::ReadStories, &[Owner, Editor, SubEditor]),
    (May::WriteStories, &[Owner, Editor, SubEditor, Reporter]),
    (May::TakeIdeas, &[Owner, Editor, SubEditor, Reporter]),
    (May::Publish, &[Owner, Editor]),
    (May::Furnish, &[Owner, Editor]),
    (May::DressHouse, &[Owner]),
    (May::SetRules, &[Owner, Editor]),
    (May::EnterOrders, &[Owner, Editor]),
    (May::Account, &[Owner, Editor]),
    (May::ManageStaff, &[Owner]),
];

impl Role {
    /// Whether somebody of this role may do this.
    pub fn may(self, act: May) -> bool {
        TABLE.iter().any(|(row, roles)| *row == act && roles.contains(&self))
    }

    /// Can be bound to sections. An owner answers for the whole paper.
    pub fn can_be_bound(self) -> bool {
        matches!(self, Editor | SubEditor | Reporter | Moderator)
    }
}
