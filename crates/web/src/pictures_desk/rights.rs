//! What readers may not be shown for much longer, and what they are not shown any more.

use super::list::{LibraryQuery, place};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Writer;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use jiff::ToSpan;
use jiff::civil::Date;
use newsroom::Timestamp;
use store::pictures::LibraryPicture;
use store::stories::OnDesk;

/// Days before their end at which rights are spoken of.
pub const WARNED_BEFORE: i64 = 7;
/// Of those, the most that are named.
const MOST_ENDING: u32 = 100;
const AT_ONCE: u32 = 40;

#[derive(Template)]
#[template(path = "pictures_desk/rights.html")]
struct Rights {
    frame: Frame,
    shell: Shell,
    /// With the last day, in words.
    ending: Vec<(LibraryPicture, String)>,
    away: Vec<LibraryPicture>,
    next: Option<String>,
}

/// `GET /desk/pictures/rights`.
pub async fn rights(writer: Writer, Query(query): Query<LibraryQuery>, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_member(&app, &writer, "pictures").await?;
    let ending = ending(&app).await?.into_iter();
    let ending = ending.map(|picture| (day(&app, &frame, picture.words.rights_until.as_deref()), picture));
    let away = app.store.library_away(query.after.as_deref().and_then(place), AT_ONCE).await?;
    let next = away.last().filter(|_| away.len() >= AT_ONCE as usize);
    let next = next.map(|last| format!("?after={}.{}", last.at.as_millisecond(), last.name));
    let ending = ending.map(|(day, picture)| (picture, day)).collect();
    Page::private(&Rights { frame, shell, ending, away, next })
}

/// Pictures that stand in stories and whose last day is near, the nearest first.
///
/// # Errors
/// When the store cannot answer.
pub async fn ending(app: &App) -> Result<Vec<LibraryPicture>, PageError> {
    let today = app.today();
    let last = today.saturating_add(WARNED_BEFORE.days());
    Ok(app.store.rights_ending(today, last, MOST_ENDING).await?)
}

/// Those of one day, for the plan of that day.
///
/// # Errors
/// When the store cannot answer.
pub async fn ending_on(app: &App, day: Date) -> Result<Vec<LibraryPicture>, PageError> {
    Ok(app.store.rights_ending(day, day, MOST_ENDING).await?)
}

/// What must be known at the desk of a story's pictures.
#[derive(Debug)]
pub struct StoryRights {
    /// Those that readers are not shown.
    pub away: Vec<LibraryPicture>,
    /// Those whose last day is near, with that day in words.
    pub ending: Vec<(LibraryPicture, String)>,
}

impl StoryRights {
    /// Of a story as it is written now.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of(app: &App, frame: &Frame, story: &OnDesk) -> Result<Self, PageError> {
        let (today, id) = (app.today(), story.story.id());
        let ending = app.store.rights_ending_of(id, today, today.saturating_add(WARNED_BEFORE.days())).await?;
        let in_words = |picture: LibraryPicture| (day(app, frame, picture.words.rights_until.as_deref()), picture);
        Ok(Self {
            away: app.store.pictures_away(&story.text).await?,
            ending: ending.into_iter().map(in_words).map(|(day, picture)| (picture, day)).collect(),
        })
    }
}

/// A last day as it was typed, in words.
pub(super) fn day(app: &App, frame: &Frame, typed: Option<&str>) -> String {
    let day = typed.and_then(|typed| typed.parse::<Date>().ok());
    let at: Option<Timestamp> = day.and_then(|day| day.to_zoned(app.paper.zone.clone()).ok()).map(|at| at.timestamp());
    at.map(|at| frame.date(at)).unwrap_or_default()
}
