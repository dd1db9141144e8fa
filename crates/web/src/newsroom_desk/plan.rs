//! The plan of a day: what the clock publishes, what is due, what is under an embargo, ideas that nobody has begun, what each
//! has in hand, who works on what now, and what could not go public. Everybody who writes sees what they may see of it.

use super::colleagues::Colleagues;
use super::planned::{Line, Part, Reading};
use super::week::{WeekDay, week_of};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Writer;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::pictures_desk::{ending, ending_on};
use askama::Template;
use axum::extract::{Query, State};
use jiff::ToSpan;
use jiff::civil::Date;
use newsroom::people::{May, Staff};
use newsroom::{StaffId, StoryId, Timestamp};
use serde::Deserialize;
use store::pictures::LibraryPicture;
use store::stories::{Planned, Which};

/// So many stories in the hands of each, and so many colleagues.
const IN_HAND: u32 = 8;
const COLLEAGUES: usize = 100;

/// Which day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DayQuery {
    /// `2026-03-04`; today when it is nothing or no day.
    day: String,
}

#[derive(Template)]
#[template(path = "newsroom_desk/plan.html")]
struct DayPlan {
    frame: Frame,
    shell: Shell,
    /// The day in words and for a box, and its neighbours.
    day: String,
    day_box: String,
    before: String,
    after: String,
    is_today: bool,
    week: Vec<WeekDay>,
    parts: Vec<Part>,
    open: Vec<Open>,
    hands: Vec<Hands>,
    /// Pictures in stories whose last day this is.
    rights: Vec<LibraryPicture>,
    /// How many there are within days; only today.
    ending: usize,
}

struct Open {
    story: StoryId,
    headline: String,
    name: String,
    since: String,
}

struct Hands {
    name: String,
    lines: Vec<Line>,
    more: bool,
}

/// `GET /desk/plan`.
pub async fn day_plan(writer: Writer, Query(query): Query<DayQuery>, State(app): State<App>) -> Answer {
    let now = app.now();
    let today = now.to_zoned(app.paper.zone.clone()).date();
    let day = arabic::digits::to_western(&query.day).trim().parse().unwrap_or(today);
    let (from, to) = span(&app, day)?;
    let (frame, shell) = Shell::of_member(&app, &writer, "plan").await?;
    let desk = writer.staff.role.may(May::ReadStories);
    let read = Reading::of(&app, &frame, &writer);
    let is_today = day == today;
    let mut parts = Vec::new();
    if is_today {
        parts.push(read.part("held-up", Which::HeldUp, (Timestamp::MIN, Timestamp::MAX)).await?);
        parts.push(read.part("late", Which::Late, (Timestamp::MIN, now)).await?);
        parts.retain(|part| !part.lines.is_empty());
    }
    parts.push(read.part("timed", Which::Timed, (from, to)).await?);
    parts.push(read.part("due", Which::Due, (if is_today { now } else { from }, to)).await?);
    parts.push(read.part("embargoed", Which::Embargoed, (from.max(now), Timestamp::MAX)).await?);
    if is_today {
        parts.push(read.ideas(&writer).await?);
    }
    let (open, hands) = match is_today {
        true => (read.open().await?, read.hands(&writer.staff, desk).await?),
        false => (Vec::new(), Vec::new()),
    };
    let in_box = |day: Result<Date, jiff::Error>| day.map(|day| day.to_string()).unwrap_or_default();
    let page = DayPlan {
        day: frame.date(from),
        day_box: day.to_string(),
        before: in_box(day.checked_sub(1.day())),
        after: in_box(day.checked_add(1.day())),
        is_today,
        week: week_of(&app.paper, day, today),
        parts,
        open,
        hands,
        rights: ending_on(&app, day).await?,
        ending: if is_today { ending(&app).await?.len() } else { 0 },
        frame,
        shell,
    };
    Page::private(&page)
}

/// The beginning of a day of the paper, and of the next one.
fn span(app: &App, day: Date) -> Result<(Timestamp, Timestamp), PageError> {
    let begins = |day: Date| day.to_zoned(app.paper.zone.clone()).map(|at| at.timestamp());
    let next = day.checked_add(1.day()).and_then(begins);
    begins(day).and_then(|from| Ok((from, next?))).map_err(|_| PageError::NotFound)
}

impl Reading<'_> {
    async fn open(&self) -> Result<Vec<Open>, PageError> {
        let open = self.app.store.stories_open_now(self.now, &self.sees).await?;
        let of = |one: store::stories::OpenNow| Open {
            story: one.story,
            headline: one.headline,
            name: one.opened.name,
            since: self.clock(one.opened.since),
        };
        Ok(open.into_iter().map(of).collect())
    }

    /// What each has in hand: the desk sees everybody's, others their own.
    async fn hands(&self, staff: &Staff, desk: bool) -> Result<Vec<Hands>, PageError> {
        let mut here = Colleagues::who_write(self.app).await?;
        here.retain(|one| desk || one.id == staff.id);
        here.truncate(COLLEAGUES);
        let ids: Vec<StaffId> = here.iter().map(|one| one.id).collect();
        let found = self.app.store.in_hands(&ids, self.now, &self.sees, IN_HAND + 1).await?;
        let of = |(one, mut stories): (Staff, Vec<Planned>)| {
            let more = stories.len() > IN_HAND as usize;
            stories.truncate(IN_HAND as usize);
            let lines = stories.into_iter().map(|one| self.line(Which::Due, one)).collect();
            Hands { name: one.name, lines, more }
        };
        let all = here.into_iter().zip(found).filter(|(_, stories)| !stories.is_empty());
        Ok(all.map(of).collect())
    }
}

impl DayPlan {
    fn title_of(&self, part: &Part) -> String {
        self.frame.t.s(&format!("plan.{}", part.key))
    }

    fn none_of(&self, part: &Part) -> String {
        self.frame.t.s(&format!("plan.{}.none", part.key))
    }
}
