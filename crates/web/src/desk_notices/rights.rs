//! Rights of pictures that end within days: told to whoever has a story with one in hand, and to the editors who answer for it,
//! a week before and once more when the last day is near.

use super::follow::tell;
use super::line::{Line, Reader};
use crate::app::App;
use crate::editor::may_read;
use crate::layout::{address, day_of};
use crate::pictures_desk::WARNED_BEFORE;
use arabic::dates;
use jiff::ToSpan;
use jiff::civil::Date;
use newsroom::StoryId;
use newsroom::notices::{DeskNotice, Told};
use newsroom::people::{May, Staff};
use store::StoreError;
use store::desk_notices::Listener;
use store::pictures::PictureUse;

/// Pictures that are looked at in one turn, and of each the stories begun last.
const PICTURES: u32 = 100;
const STORIES: u32 = 20;

/// What is told of pictures whose last day is near.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn ask_of_rights(app: &App) -> Result<(), StoreError> {
    let listeners = app.store.listeners().await?;
    let wants = |one: &&Listener| one.ways.iter().any(|way| one.choices.wants(DeskNotice::Rights, *way));
    let listeners: Vec<&Listener> = listeners.iter().filter(wants).collect();
    if listeners.is_empty() {
        return Ok(());
    }
    let (today, here) = (app.today(), app.store.staff_at_work().await?);
    let last = today.saturating_add(WARNED_BEFORE.days());
    for picture in app.store.rights_ending(today, last, PICTURES).await? {
        let Some(day) = picture.words.rights_until.as_deref().and_then(|day| day.parse::<Date>().ok()) else {
            continue;
        };
        let when = if day <= today.saturating_add(1.day()) { "last" } else { "week" };
        for used in app.store.picture_uses(&picture.name, None, STORIES).await? {
            let whom = listeners.iter().copied().filter(|one| concerns(one, &used, &here)).collect();
            let once = format!("rights:{when}:{}:{day}", used.story.0);
            tell(app, Told::Rights { story: used.story, day }, &once, whom).await?;
        }
    }
    Ok(())
}

/// Theirs to write, or to decide on: whether they may read it is asked again when it is told.
fn concerns(listener: &Listener, used: &PictureUse, here: &[Staff]) -> bool {
    let staff = here.iter().find(|one| one.id == listener.staff);
    used.hands.contains(&Some(listener.staff)) || staff.is_some_and(|staff| staff.role.may(May::Publish))
}

impl Reader<'_> {
    /// The line of it, while a picture of the story ends on that day.
    pub(super) async fn rights(&self, story: StoryId, day: Date) -> Result<Option<Line>, StoreError> {
        let on_desk = match self.app.store.on_desk(story).await {
            Ok(on_desk) => on_desk,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let ends = day >= self.app.today() && !self.app.store.rights_ending_of(story, day, day).await?.is_empty();
        if !ends || !may_read(self.colleague, &on_desk) {
            return Ok(None);
        }
        let untitled = || self.t.s("desk.no-headline");
        let headline = Some(on_desk.text.headline).filter(|line| !line.trim().is_empty()).unwrap_or_else(untitled);
        let paper = &self.app.paper;
        let at = day.to_zoned(paper.zone.clone()).map(|at| at.timestamp()).unwrap_or_else(|_| self.app.now());
        let last = dates::long_date(day_of(at, paper), &paper.writing.date_style());
        let words = [("headline", headline.as_str()), ("day", last.as_str())];
        let text = self.t.with("notice.told.rights", 1, &words);
        let link = address::whole(paper, &format!("/desk/stories/{story}"));
        Ok(Some(Line { what: DeskNotice::Rights.key(), headline, who: String::new(), text, link }))
    }
}
