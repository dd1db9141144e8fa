//! A comment as the desk sees it.

use super::Queue;
use super::care::Escalation;
use crate::StoreError;
use crate::comments::state;
use crate::engine::Row;
use crate::listings::CardFace;
use moderation::Verdict;
use newsroom::comment::{Revision, State};
use newsroom::{CommentId, SectionId, StaffId, StoryId, Timestamp, VisitorId};

/// A comment as the desk sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEntry {
    /// Which comment.
    pub comment: CommentId,
    /// Under which story.
    pub story: StoryId,
    /// Its headline.
    pub headline: String,
    /// The lines below it.
    pub standfirst: String,
    /// Its section.
    pub section: Option<SectionId>,
    /// Its slug, once it has one.
    pub slug: Option<String>,
    /// Who sent it.
    pub visitor: VisitorId,
    /// Signed with.
    pub name: String,
    /// As sent.
    pub text: String,
    /// Which words of its author these are; a ruling says that it is about them.
    pub revision: Revision,
    /// Its state.
    pub state: State,
    /// Folded away until a reader opens it, while it is public.
    pub collapsed: bool,
    /// Its links may be followed, while it is public.
    pub links: bool,
    /// Its text had its time: there is nothing left to decide about.
    pub gone: bool,
    /// Its number, if it was ever public.
    pub number: Option<i64>,
    /// When it came in.
    pub received_at: Timestamp,
    /// What the engine advises.
    pub verdict: Verdict,
    /// The comment it answers: name and text, as the desk may see them.
    pub answers: Option<(String, String)>,
    /// Released and refused comments of this visitor so far.
    pub standing: (i64, i64),
    /// Readers' reports of it.
    pub reports: i64,
    /// When it was reported last.
    pub reported_at: Option<Timestamp>,
    /// The group of copies that it belongs to.
    pub kin: Option<CommentId>,
    /// Whose it is to look at: id and name.
    pub assigned: Option<(StaffId, String)>,
    /// Somebody asked for a second opinion.
    pub escalated: Option<Escalation>,
    /// Chosen by the paper.
    pub featured: bool,
    /// Written by the paper itself.
    pub of_paper: bool,
}

macro_rules! queued {
    ($places:expr, $order:expr) => {
        queued!($places, $order, "")
    };
    ($places:expr, $order:expr, $also:expr) => {
        concat!(
            "select c.comment_id, c.story_id, s.card, s.slug, c.name, c.text, c.state, c.number, c.received_at,
                    c.verdict, a.name, a.text, coalesce(v.released, 0), coalesce(v.refused, 0), c.reports,
                    c.reported_at, s.section_id, c.visitor_id, k.kin_id, e.assigned_to, coalesce(mine.name, ''),
                    e.escalated_at, e.escalated_by, coalesce(asks.name, ''), e.not_alone, coalesce(e.note, ''),
                    c.featured, c.of_paper, c.revision, c.collapsed, c.links, c.gone_at",
            $also,
            " from (",
            $places,
            ") q join comments c on c.story_id = q.story_id and c.comment_id = q.comment_id
             join stories s on s.story_id = c.story_id
             left join comments a on a.story_id = c.story_id and a.comment_id = c.reply_to
             left join visitors v on v.visitor_id = c.visitor_id
             left join kin k on k.story_id = c.story_id and k.comment_id = c.comment_id
             left join comment_care e on e.story_id = c.story_id and e.comment_id = c.comment_id
             left join staff mine on mine.staff_id = e.assigned_to
             left join staff asks on asks.staff_id = e.escalated_by
             order by ",
            $order
        )
    };
}
pub(super) use queued;

pub(super) fn entry(mut row: Row) -> Result<QueueEntry, StoreError> {
    let face: CardFace = row.json(2)?;
    let answers = match (row.maybe_text(10)?, row.maybe_text(11)?) {
        (Some(name), Some(text)) => Some((name, text)),
        _ => None,
    };
    let assigned = match row.maybe_int(19)? {
        Some(staff) => Some((StaffId(staff), row.text(20)?)),
        None => None,
    };
    let escalated = match (row.maybe_time(21)?, row.maybe_int(22)?) {
        (Some(at), Some(by)) => Some(Escalation {
            at,
            by: StaffId(by),
            by_name: row.text(23)?,
            not_alone: row.maybe_int(24)?.map(StaffId),
            note: row.text(25)?,
        }),
        _ => None,
    };
    Ok(QueueEntry {
        comment: CommentId(row.int(0)?),
        story: StoryId(row.int(1)?),
        headline: face.headline,
        standfirst: face.standfirst,
        section: row.maybe_int(16)?.map(SectionId),
        slug: row.maybe_text(3)?,
        visitor: VisitorId(row.int(17)?),
        name: row.text(4)?,
        text: row.text(5)?,
        state: state(row.text(6)?)?,
        number: row.maybe_int(7)?,
        received_at: row.time(8)?,
        verdict: row.json(9)?,
        answers,
        standing: (row.int(12)?, row.int(13)?),
        reports: row.int(14)?,
        reported_at: row.maybe_time(15)?,
        kin: row.maybe_int(18)?.map(CommentId),
        assigned,
        escalated,
        featured: row.yes(26)?,
        of_paper: row.yes(27)?,
        revision: Revision(row.int(28)?),
        collapsed: row.yes(29)?,
        links: row.yes(30)?,
        gone: row.maybe_int(31)?.is_some(),
    })
}

impl QueueEntry {
    /// Where it stands in a queue; a page goes on from there.
    pub fn place(&self, queue: Queue) -> super::Place {
        let first = match queue {
            Queue::Reported => self.reported_at.map(Timestamp::as_millisecond).unwrap_or_default(),
            _ => i64::from(self.verdict.priority),
        };
        (first, self.received_at.as_millisecond(), self.comment)
    }

    /// Whether it stands in one of these sections; without any, all count.
    pub fn is_in(&self, sections: Option<&[SectionId]>) -> bool {
        sections.is_none_or(|sections| self.section.is_some_and(|section| sections.contains(&section)))
    }
}
