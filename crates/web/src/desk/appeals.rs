//! Objections to rulings, the most urgent first. Whoever ruled does not decide; the store refuses it.

use super::around::Around;
use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::comment::{AppealState, RefusalReason, Revision, Side};
use newsroom::people::{May, Role, Staff};
use newsroom::{AppealId, SectionId, Timestamp};
use serde::Deserialize;
use store::StoreError;
use store::appeals::{Appeal, AppealDecision, Outcome};
use store::people::StaffLine;

/// Objections on a page, and how many of those that were decided last stand below.
const AT_ONCE: u32 = 20;
/// Grapheme clusters of an answer.
const MOST_WORDS: usize = 3_000;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AppealsQuery {
    /// `DUE-APPEAL`.
    after: Option<String>,
}

/// A decision as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AppealForm {
    /// The words of the comment that were read.
    revision: String,
    /// `uphold` or `reverse`.
    act: String,
    /// By which rule a comment is taken down, where a reporter's objection is followed.
    reason: String,
    answer: String,
    /// Whoever ruled decides, being alone.
    alone: String,
}

#[derive(Template)]
#[template(path = "desk/appeals.html")]
struct AppealsPage {
    frame: Frame,
    shell: Shell,
    open: Vec<Line>,
    decided: Vec<Line>,
    next: Option<String>,
}

struct Line {
    appeal: Appeal,
    side: String,
    due: String,
    late: bool,
    state: String,
}

#[derive(Template)]
#[template(path = "desk/appeal.html")]
struct AppealPage {
    frame: Frame,
    shell: Shell,
    line: Line,
    ruled: String,
    /// The words of the comment that are shown.
    read: Revision,
    card: Rendered,
    typed: AppealForm,
    problem: Option<&'static str>,
    /// Whoever reads had ruled: may not decide, unless nobody else could.
    own_ruling: bool,
    is_alone: bool,
    open: bool,
    came: String,
    answered: Option<(String, String)>,
}

/// `GET /desk/appeals`.
pub async fn appeals(moderator: Moderator, Query(query): Query<AppealsQuery>, State(app): State<App>) -> Answer {
    let sections = moderator.sections();
    let open = app.store.open_appeals(sections, query.after.as_deref().and_then(place), AT_ONCE).await?;
    let decided = if query.after.is_none() { app.store.decided_appeals(sections, AT_ONCE).await? } else { Vec::new() };
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "appeals").await?;
    let last = open.last().filter(|_| open.len() >= AT_ONCE as usize);
    let next = last.map(|last| format!("{}-{}", last.at.1.as_millisecond(), last.id));
    let lines = |appeals: Vec<Appeal>| appeals.into_iter().map(|one| Line::new(&app, &frame, one)).collect();
    let (open, decided) = (lines(open), lines(decided));
    Page::private(&AppealsPage { frame, shell, open, decided, next })
}

/// `GET /desk/appeals/{appeal}`.
pub async fn appeal(moderator: Moderator, Path(id): Path<String>, State(app): State<App>) -> Answer {
    let appeal = known(&app, &moderator, &id).await?;
    page(&app, &moderator, appeal, AppealForm::default(), None).await
}

/// `POST /desk/appeals/{appeal}`.
pub async fn decide_appeal(
    moderator: Moderator,
    Path(id): Path<String>,
    State(app): State<App>,
    Form(form): Form<AppealForm>,
) -> Result<Response, PageError> {
    let appeal = known(&app, &moderator, &id).await?;
    let decision = match form.check(&app, &moderator, &appeal) {
        Ok(decision) => decision,
        Err(problem) => {
            let page = page(&app, &moderator, appeal, form, Some(problem)).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let problem = match app.store.decide_appeal(&decision).await {
        Ok(happened) => {
            aftermath::tell_each(&app, &happened).await;
            return Ok(Redirect::to(&format!("/desk/appeals/{}", appeal.id)).into_response());
        }
        Err(StoreError::Conflict(why)) if why == "same-person" => "appeal.same-person",
        Err(StoreError::Conflict(_)) => "appeal.overtaken",
        Err(error) => return Err(error.into()),
    };
    let appeal = app.store.appeal(appeal.id).await?;
    let page = page(&app, &moderator, appeal, form, Some(problem)).await?;
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

async fn known(app: &App, moderator: &Moderator, id: &str) -> Result<Appeal, PageError> {
    let appeal = app.store.appeal(AppealId::from_short(id).ok_or(PageError::NotFound)?).await?;
    moderator.answers_for(app, appeal.story).await?;
    Ok(appeal)
}

async fn page(
    app: &App,
    moderator: &Moderator,
    appeal: Appeal,
    typed: AppealForm,
    problem: Option<&'static str>,
) -> Answer {
    let (frame, shell) = Shell::of_moderator(app, moderator, "appeals").await?;
    let entry = app.store.queue_entry(appeal.story, appeal.comment).await?;
    let own_ruling = appeal.ruling.1 == moderator.staff.id;
    let staff = app.store.staff_lines(app.issuer()).await?;
    let section = app.store.section_of(appeal.story).await?;
    let (t, paper) = (frame.t, &app.paper);
    let (reasons, at) = (super::done::said(&t, &appeal.ruling.3, &entry.name), when(&t, paper, appeal.ruling.2));
    let decided = appeal.decided.as_ref();
    let read = entry.revision;
    let card = Around::of(app, moderator).await?.card(app, entry).await?;
    Page::private(&AppealPage {
        read,
        ruled: t.with("appeal.ruled", 1, &[("name", &appeal.ruled_by), ("time", &at), ("what", &reasons)]),
        came: when(&t, paper, appeal.at.0),
        answered: decided.map(|(at, answer)| (when(&t, paper, *at), answer.clone())),
        card: Rendered::of(&card.only_read())?,
        is_alone: own_ruling && is_alone(&staff, &moderator.staff, section),
        open: appeal.state == AppealState::Open,
        line: Line::new(app, &frame, appeal),
        frame,
        shell,
        typed,
        problem,
        own_ruling,
    })
}

/// Nobody else works here now who could decide about a story of this section.
fn is_alone(staff: &[StaffLine], own: &Staff, section: Option<SectionId>) -> bool {
    let here = staff.iter().filter(|line| line.disabled_at.is_none()).map(|line| &line.staff);
    let mut others = here.filter(|somebody| somebody.id != own.id && somebody.role.may(May::DecideAppeals));
    !others.any(|somebody| somebody.answers_for(section))
}

impl Line {
    fn new(app: &App, frame: &Frame, appeal: Appeal) -> Self {
        let (t, now): (&Words, Timestamp) = (&frame.t, frame.now);
        Self {
            side: t.s(&format!("appeal.side.{}", appeal.side.key())),
            due: when(t, &app.paper, appeal.at.1),
            late: appeal.state == AppealState::Open && appeal.at.1 < now,
            state: t.s(&format!("appeal.state.{}", appeal.state.key())),
            appeal,
        }
    }
}

impl AppealForm {
    fn check(&self, app: &App, moderator: &Moderator, appeal: &Appeal) -> Result<AppealDecision, &'static str> {
        let answer = self.answer.replace('\0', "").trim().to_owned();
        let reason = RefusalReason::from_key(&self.reason);
        let outcome = match (self.act.as_str(), appeal.side, reason) {
            ("uphold", ..) => Outcome::Upheld,
            ("reverse", Side::Author, _) => Outcome::Reversed(RefusalReason::Other),
            ("reverse", Side::Reporter, Some(reason)) => Outcome::Reversed(reason),
            ("reverse", Side::Reporter, None) => return Err("desk.reason-missing"),
            _ => return Err("appeal.choose"),
        };
        match arabic::runs::clusters(&answer) {
            0 => return Err("appeal.answer-missing"),
            length if length > MOST_WORDS => return Err("appeal.long"),
            _ => {}
        }
        let may = |role: &Role| role.may(May::DecideAppeals);
        let alone = (!self.alone.is_empty()).then(|| Role::ALL.into_iter().filter(may).collect());
        let read = self.revision.parse().unwrap_or(super::ruling::NOTHING_READ);
        Ok(AppealDecision { appeal: appeal.id, by: moderator.staff.id, read, outcome, answer, alone, at: app.now() })
    }
}

fn place(text: &str) -> Option<(Timestamp, AppealId)> {
    let (due, appeal) = text.split_once('-')?;
    Some((Timestamp::from_millisecond(due.parse().ok()?).ok()?, AppealId::from_short(appeal)?))
}
