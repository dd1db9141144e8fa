//! The page of the paper's country and calendar: what holds, a form, and what was chosen before.

use super::form::{self, Choice, DayBox, Fields};
use super::history::{self, VersionView};
use super::sample::{Moon, Sample};
use super::words;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{ManagingEditor, Member};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::paper::{Held, read_ways};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::PaperWaysId;
use newsroom::country::{ChosenWays, SaidWays, Way, Ways, WaysProblem};
use serde::Deserialize;
use std::borrow::Borrow;
use store::StoreError;

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
}

/// What the page has to say beside its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Done,
    /// What is shown was not kept.
    Tried,
    /// Somebody else changed it since; what was typed stands in the form.
    Overtaken,
    /// Somebody else changed it since, and a press did nothing.
    NotChanged,
    /// An earlier choice cannot be read here.
    Unreadable,
}

#[derive(Template)]
#[template(path = "country_desk/page.html")]
struct CountryPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    held: Held,
    seen: String,
    /// What holds, or what would.
    sample: Sample,
    moons: Vec<Moon>,
    typed: SaidWays,
    wrong: Vec<WaysProblem>,
    countries: Vec<(&'static str, String)>,
    choices: Vec<Choice>,
    days: Vec<DayBox>,
    /// The country's own, of the form.
    country: Ways,
    zones: Vec<String>,
    /// What the settings file says.
    by_file: Vec<String>,
    lately: Vec<VersionView>,
}

/// What stands in the form, and what is wrong with it.
struct Typed {
    ways: SaidWays,
    wrong: Vec<WaysProblem>,
    seen: String,
    /// As it would be.
    tried: Option<Ways>,
}

impl Typed {
    /// What holds, to be typed over.
    fn of(held: &Held) -> Self {
        Self { ways: SaidWays::of(&held.paper.ways), wrong: Vec::new(), seen: seen(held), tried: None }
    }
}

/// `GET /desk/country`.
pub async fn show(editor: ManagingEditor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    // Another process may have made the change that the editor comes from.
    app.printed.take_up(&app.store).await?;
    let said = match query.done.as_str() {
        "yes" => Said::Done,
        "no" => Said::NotChanged,
        "not-put-back" => Said::Unreadable,
        _ => Said::Nothing,
    };
    let held = app.printed.now();
    let typed = Typed::of(&held);
    page(&app, &editor, held, typed, said).await
}

/// `POST /desk/country`: keeps what was typed, or only shows it.
pub async fn keep(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let (ways, seen_then) = (form::read(&fields), fields.get("seen").cloned().unwrap_or_default());
    let typed = Typed { ways, wrong: Vec::new(), seen: seen_then, tried: None };
    let is_tried = fields.get("press").is_some_and(|press| press == "try");
    let (typed, said, status) = match read_ways(&typed.ways) {
        Err(wrong) => (Typed { wrong, ..typed }, Said::Nothing, StatusCode::UNPROCESSABLE_ENTITY),
        Ok(ways) if is_tried => (Typed { tried: Some(ways), ..typed }, Said::Tried, StatusCode::OK),
        Ok(ways) => {
            if is_kept(&app, &editor, &typed.seen, &ChosenWays::Desk(SaidWays::of(&ways))).await? {
                return Ok(Redirect::to("/desk/country?done=yes").into_response());
            }
            let seen = seen(&app.printed.now());
            (Typed { seen, ..typed }, Said::Overtaken, StatusCode::CONFLICT)
        }
    };
    let page = page(&app, &editor, app.printed.now(), typed, said).await?;
    Ok(page.with_status(status).into_response())
}

/// Keeps what was chosen unless somebody else chose since; whether it was kept.
pub(super) async fn is_kept(app: &App, by: &Member, seen: &str, chosen: &ChosenWays) -> Result<bool, PageError> {
    match app.store.keep_paper_ways(PaperWaysId::from_short(seen), chosen, by.staff.id, app.now()).await {
        Ok((_, happening)) => {
            aftermath::tell(app, &happening).await;
            Ok(true)
        }
        Err(StoreError::Conflict(_)) => {
            app.printed.take_up(&app.store).await?;
            Ok(false)
        }
        Err(other) => Err(other.into()),
    }
}

/// The version that holds, as a form carries it; empty where the desk never chose.
pub(super) fn seen(held: &Held) -> String {
    held.version().map(PaperWaysId::short).unwrap_or_default()
}

async fn page(app: &App, editor: &ManagingEditor, held: Held, typed: Typed, said: Said) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "country").await?;
    let (t, now) = (&frame.t, frame.now);
    let tried = typed.tried.map(|ways| held.paper.going_by(ways));
    let page = CountryPage {
        said,
        sample: Sample::of(t, tried.as_ref().unwrap_or(&held.paper), now),
        moons: Moon::all(&held.paper, now),
        countries: form::countries(t),
        choices: form::choices(t, &typed.ways),
        days: form::days(t, &typed.ways),
        country: form::of_country(&typed.ways),
        zones: form::zones(),
        by_file: history::of(t, &app.printed.by_file().ways),
        lately: history::lately(app, &frame, &held).await?,
        typed: typed.ways,
        wrong: typed.wrong,
        seen: typed.seen,
        held,
        frame,
        shell,
    };
    Page::private(&page)
}

impl CountryPage {
    /// By whose word the paper goes, and since when.
    fn holds(&self) -> String {
        let t = &self.frame.t;
        let country = words::country(t, self.held.paper.ways.country);
        match self.held.chosen.as_deref().filter(|_| self.held.by_desk) {
            None => t.with("country.holds.file", 1, &[("country", &country)]),
            Some(chosen) => {
                let time = when(t, self.frame.paper(), chosen.at);
                let said = [("country", country.as_str()), ("name", &chosen.by.1), ("time", &time)];
                t.with("country.holds.desk", 1, &said)
            }
        }
    }

    /// A version of the desk is there, but cannot be read: the file's word holds in its place.
    fn is_unreadable(&self) -> bool {
        let chosen = self.held.chosen.as_deref().map(|chosen| &chosen.chosen);
        !self.held.by_desk && matches!(chosen, Some(ChosenWays::Desk(_)))
    }

    fn wrong_country(&self) -> Option<String> {
        self.problem(WaysProblem::Country)
    }

    fn wrong_way(&self, way: impl Borrow<Way>) -> Option<String> {
        self.problem(WaysProblem::Own(*way.borrow()))
    }

    fn problem(&self, of: WaysProblem) -> Option<String> {
        self.wrong.contains(&of).then(|| form::problem(&self.frame.t, of))
    }

    fn is_chosen(&self, code: &str) -> bool {
        code == self.country.country.code
    }

    /// As the country of the form has it.
    fn by_country(&self, way: Way) -> String {
        words::way(&self.frame.t, &self.country, way)
    }

    fn choose(&self, moon: &Moon) -> String {
        let shift = words::hijri(&self.frame.t, moon.shift);
        self.frame.t.with("country.moon.choose", 1, &[("line", &moon.line), ("shift", &shift)])
    }
}
