//! The stories in which a picture stands, as far as whoever reads may know of them.

use crate::layout::{Frame, address};
use newsroom::StoryId;
use newsroom::people::{May, Staff};
use store::pictures::PictureUse;

/// A story that holds a picture.
#[derive(Debug)]
pub(super) struct Used {
    /// Its headline; none of a story that is not theirs to read.
    pub(super) headline: Option<String>,
    /// Where the staff reads it.
    pub(super) desk: Option<StoryId>,
    /// Where readers do.
    pub(super) public: Option<String>,
    /// Its state, in words.
    pub(super) state: String,
    /// The picture stands in it otherwise than the state says: only in what is written, or only in what readers have.
    pub(super) only: Option<&'static str>,
}

impl Used {
    pub(super) fn new(frame: &Frame, staff: &Staff, used: PictureUse) -> Self {
        let (theirs, public) = (may_read(staff, &used), used.state == "published");
        let only = match (public, used.is_public, used.is_written) {
            (true, false, true) => Some("picture.use.written"),
            (true, true, false) => Some("picture.use.printed"),
            _ => None,
        };
        let headline = if used.headline.is_empty() { frame.t.s("desk.no-headline") } else { used.headline };
        Self {
            headline: (theirs || public).then_some(headline),
            desk: theirs.then_some(used.story),
            public: used.slug.filter(|_| public).map(|slug| address::story(&slug)),
            state: frame.t.s(&format!("state.story.{}", used.state)),
            only,
        }
    }
}

/// Whether somebody may read a story before readers do: the desk in its sections, others what is in their own hands.
fn may_read(staff: &Staff, used: &PictureUse) -> bool {
    let in_hands = used.hands.contains(&Some(staff.id));
    let desk = staff.role.may(May::ReadStories) && used.sections.iter().all(|section| staff.answers_for(*section));
    desk || (staff.role.may(May::WriteStories) && in_hands)
}

/// Whether somebody may put another picture into it, also where readers have it.
pub(super) fn may_replace(staff: &Staff, used: &PictureUse) -> bool {
    staff.role.may(May::Publish) && used.sections.iter().all(|section| staff.answers_for(*section))
}
