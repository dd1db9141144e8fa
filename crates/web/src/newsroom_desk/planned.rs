//! Lines of the plan of a day, and of the ideas that nobody has begun.

use super::checks::held_up_words;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::Member;
use crate::layout::Frame;
use newsroom::people::May;
use newsroom::{StoryId, Timestamp};
use store::stories::{Planned, Sees, Which};

/// So many lines of each kind.
const AT_ONCE: u32 = 60;

/// A part of the plan.
pub(super) struct Part {
    /// The end of its keys in the locales (`plan.timed`, `plan.timed.none`).
    pub(super) key: &'static str,
    pub(super) lines: Vec<Line>,
    /// There are more than are shown.
    pub(super) more: bool,
}

/// A story of it.
pub(super) struct Line {
    pub(super) id: StoryId,
    pub(super) headline: String,
    /// The minute, or the day and the minute.
    pub(super) clock: String,
    pub(super) state: String,
    pub(super) state_key: &'static str,
    pub(super) in_hands: Option<String>,
    pub(super) late: bool,
    /// What is said beside it.
    pub(super) beside: Vec<String>,
    /// An idea that whoever looks may take.
    pub(super) may_take: bool,
}

/// What every part is read with.
pub(super) struct Reading<'r> {
    pub(super) app: &'r App,
    pub(super) frame: &'r Frame,
    pub(super) sees: Sees,
    pub(super) now: Timestamp,
}

impl<'r> Reading<'r> {
    /// What somebody sees: the desk what stands in its sections, others what is in their own hands.
    pub(super) fn of(app: &'r App, frame: &'r Frame, member: &Member) -> Self {
        let desk = member.staff.role.may(May::ReadStories);
        let sections = if desk { member.sections().map(<[_]>::to_vec) } else { Some(Vec::new()) };
        Self { app, frame, sees: Sees { staff: member.staff.id, sections }, now: app.now() }
    }

    /// Stories of a kind within a span of time.
    pub(super) async fn part(
        &self,
        key: &'static str,
        which: Which,
        span: (Timestamp, Timestamp),
    ) -> Result<Part, PageError> {
        let mut found = self.app.store.planned(which, span, &self.sees, AT_ONCE + 1).await?;
        let more = found.len() > AT_ONCE as usize;
        found.truncate(AT_ONCE as usize);
        Ok(Part { key, lines: found.into_iter().map(|one| self.line(which, one)).collect(), more })
    }

    /// Ideas of somebody's sections that nobody has begun: all of them for the desk, for others what is theirs and what they
    /// may take.
    pub(super) async fn ideas(&self, member: &Member) -> Result<Part, PageError> {
        let desk = member.staff.role.may(May::ReadStories);
        let sees = Sees { staff: member.staff.id, sections: member.sections().map(<[_]>::to_vec) };
        let reading = Reading { app: self.app, frame: self.frame, sees, now: self.now };
        let which = if desk { Which::Ideas } else { Which::OpenIdeas };
        reading.part("ideas", which, (Timestamp::MIN, Timestamp::MAX)).await
    }

    /// A story as it is shown.
    pub(super) fn line(&self, which: Which, one: Planned) -> Line {
        let (t, work) = (&self.frame.t, &one.work);
        let is_idea = matches!(which, Which::Ideas | Which::OpenIdeas);
        let at = match which {
            Which::Timed => work.goes_at,
            Which::Due | Which::Late | Which::Ideas | Which::OpenIdeas => work.due_at,
            Which::Embargoed => work.embargo_until,
            Which::HeldUp => work.held_up.as_ref().map(|up| up.at),
        };
        let far = is_idea || matches!(which, Which::Late | Which::Embargoed | Which::HeldUp);
        let said = |at| if far { when(t, &self.app.paper, at) } else { self.clock(at) };
        let mut beside = match &work.held_up {
            Some(up) => held_up_words(t, &up.why),
            None => Vec::new(),
        };
        if work.open_notes > 0 {
            beside.push(t.n("note.count", work.open_notes));
        }
        Line {
            clock: at.map(said).unwrap_or_default(),
            state: t.s(&format!("state.story.{}", work.state_key(self.now))),
            state_key: work.state_key(self.now),
            late: matches!(which, Which::Late | Which::HeldUp),
            beside,
            may_take: is_idea && work.assigned_to.is_none(),
            id: one.id,
            headline: one.headline,
            in_hands: one.in_hands,
        }
    }

    /// The clock alone: the day stands above.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        let clock = at.to_zoned(self.app.paper.zone.clone()).strftime("%H:%M").to_string();
        arabic::digits::write(&clock, self.app.paper.writing.digits)
    }
}
