//! What a day holds for those who write: what the clock publishes, what is due, what is under an embargo, what could not go
//! public, and what each has in hand. Each is read by an index of its own that holds drafts alone.

use super::worked;
use crate::engine::{Row, values};
use crate::listings::CardFace;
use crate::{Store, StoreError};
use newsroom::story::Work;
use newsroom::{SectionId, StaffId, StoryId, Timestamp};

/// Which stories somebody sees before readers do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sees {
    /// Who: what is in their own hands they always see.
    pub staff: StaffId,
    /// The sections of which they see everything; `None`: all of them, and what stands in none.
    pub sections: Option<Vec<SectionId>>,
}

impl Sees {
    /// The sections as the statements take them: `*`, or numbers between commas.
    pub(super) fn sections(&self) -> String {
        match &self.sections {
            None => "*".to_owned(),
            Some(sections) => sections.iter().fold(",".to_owned(), |all, section| format!("{all}{},", section.0)),
        }
    }
}

/// A story of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Which.
    pub id: StoryId,
    /// Its headline.
    pub headline: String,
    /// The name of whoever has it.
    pub in_hands: Option<String>,
    /// How far it is, and its times.
    pub work: Work,
}

/// What is read of a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// What the clock publishes, the first first.
    Timed,
    /// What is to be ready, the first first.
    Due,
    /// What was to be ready and is not, the last first.
    Late,
    /// Whose embargo ends, the first first.
    Embargoed,
    /// What could not go public, the last first.
    HeldUp,
    /// What somebody is to write and nobody has begun, the last touched first.
    Ideas,
    /// Of these what nobody was given, and what is in one's own hands.
    OpenIdeas,
}

/// A condition of `stories s`: whoever asks sees it.
macro_rules! sees {
    ($sections:literal, $staff:literal) => {
        concat!(
            "(",
            $sections,
            " = '*' or ",
            $sections,
            " like '%,' || s.section_id || ',%' or s.begun_by = ",
            $staff,
            " or s.assigned_to = ",
            $staff,
            ")"
        )
    };
}

macro_rules! planned {
    ($which:literal, $order:literal) => {
        concat!(
            "select s.story_id, s.card,
                 (select f.name from staff f where f.staff_id = coalesce(s.assigned_to, s.begun_by)), ",
            work_columns!(),
            " from stories s where s.state = 'draft' and ",
            $which,
            " and ",
            sees!("$4", "$5"),
            " order by ",
            $order,
            " limit $3"
        )
    };
}

pub(crate) const TIMED: &str =
    planned!("s.goes_at is not null and s.goes_at >= $1 and s.goes_at < $2", "s.goes_at, s.story_id");
pub(crate) const DUE: &str = planned!(
    "s.due_at is not null and s.due_at >= $1 and s.due_at < $2 and s.stage <> 'killed'",
    "s.due_at, s.story_id"
);
pub(crate) const LATE: &str = planned!(
    "s.due_at is not null and s.due_at >= $1 and s.due_at < $2 and s.stage not in ('killed', 'ready')",
    "s.due_at desc, s.story_id desc"
);
pub(crate) const EMBARGOED: &str = planned!(
    "s.embargo_until is not null and s.embargo_until >= $1 and s.embargo_until < $2 and s.stage <> 'killed'",
    "s.embargo_until, s.story_id"
);
pub(crate) const HELD_UP: &str = planned!(
    "s.held_up_at is not null and s.held_up_at >= $1 and s.held_up_at < $2",
    "s.held_up_at desc, s.story_id desc"
);
pub(crate) const IDEAS: &str =
    planned!("s.stage = 'idea' and s.touched_at >= $1 and s.touched_at < $2", "s.touched_at desc, s.story_id desc");
pub(crate) const OPEN_IDEAS: &str = planned!(
    "s.stage = 'idea' and s.touched_at >= $1 and s.touched_at < $2
         and (coalesce(s.assigned_to, $5) = $5 or s.begun_by = $5)",
    "s.touched_at desc, s.story_id desc"
);
pub(crate) const IN_HAND: &str = planned!(
    "s.stage <> 'killed' and coalesce(s.assigned_to, s.begun_by) = $1 and s.touched_at <= $2",
    "s.touched_at desc, s.story_id desc"
);

impl Which {
    fn text(self) -> &'static str {
        match self {
            Self::Timed => TIMED,
            Self::Due => DUE,
            Self::Late => LATE,
            Self::Embargoed => EMBARGOED,
            Self::HeldUp => HELD_UP,
            Self::Ideas => IDEAS,
            Self::OpenIdeas => OPEN_IDEAS,
        }
    }
}

impl Store {
    /// What a span of time holds, of what somebody sees; `to` is not part of it.
    pub async fn planned(
        &self,
        which: Which,
        (from, to): (Timestamp, Timestamp),
        sees: &Sees,
        limit: u32,
    ) -> Result<Vec<Planned>, StoreError> {
        let given = values![from, to, i64::from(limit), sees.sections(), sees.staff].to_vec();
        let read = self.engine.read(move |tx| {
            let given = given.clone();
            Box::pin(async move { tx.rows(which.text(), &given).await })
        });
        read.await?.into_iter().map(planned).collect()
    }

    /// What each of these has in hand, of what somebody sees, the last touched first: so many of each.
    pub async fn in_hands(
        &self,
        colleagues: &[StaffId],
        now: Timestamp,
        sees: &Sees,
        limit: u32,
    ) -> Result<Vec<Vec<Planned>>, StoreError> {
        let (colleagues, sections, staff) = (colleagues.to_vec(), sees.sections(), sees.staff);
        let read = self.engine.read(move |tx| {
            let (colleagues, sections) = (colleagues.clone(), sections.clone());
            Box::pin(async move {
                let mut all = Vec::with_capacity(colleagues.len());
                for colleague in colleagues {
                    let given = values![colleague, now, i64::from(limit), &sections, staff];
                    let rows = tx.rows(IN_HAND, given).await?;
                    all.push(rows.into_iter().map(planned).collect::<Result<Vec<_>, _>>()?);
                }
                Ok(all)
            })
        });
        read.await
    }
}

fn planned(mut row: Row) -> Result<Planned, StoreError> {
    let face: CardFace = row.json(1)?;
    Ok(Planned {
        id: StoryId(row.int(0)?),
        headline: face.headline,
        in_hands: row.maybe_text(2)?,
        work: worked::work(&mut row, 3)?,
    })
}
