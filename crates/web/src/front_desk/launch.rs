//! Readers get another front page: the draft, at once or by the clock, or one that they had before.

use super::prepared::{Again, Prepared, Taken, answer, asks, keep};
use super::show::{self, LaunchView, Notice};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::front_desk::change::ReadForm;
use crate::guard::{Editor, ManagingEditor, Member};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::front::Layout;
use newsroom::{LaunchId, Timestamp};
use serde::Deserialize;
use store::StoreError;
use store::front::{Launch, NewLaunch};

const AT_ONCE: u32 = 20;
/// Where it goes on after a page was given to the clock.
const TIMED: &str = "/desk/front?done=timed";

/// A launch as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LaunchForm {
    /// The version of the draft that the page showed.
    read: i64,
    /// The launch that readers had then.
    seen: String,
    /// The same again from somebody who was told of it: it came after the draft was begun.
    over: String,
    /// `now`, or `later`.
    act: String,
    /// A minute of the paper's clock.
    goes_at: String,
}

/// Which part of the history.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    before: String,
}

#[derive(Template)]
#[template(path = "front_desk/launches.html")]
struct Launches {
    frame: Frame,
    shell: Shell,
    launched: Vec<LaunchView>,
    read: i64,
    seen: String,
    may_launch: bool,
    older: Option<String>,
}

/// `POST /desk/front/launches`: the draft, at once or at a minute.
pub async fn launch(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<LaunchForm>,
) -> Result<Response, PageError> {
    let Prepared { layout, draft } = Prepared::now(&app).await?;
    let (seen, again) = (LaunchId::from_short(&form.seen), form.again());
    if draft.saved.is_none() {
        return without_draft(&app, &editor, &form).await;
    }
    if draft.version != form.read {
        return answer(&app, &editor, Taken::Overtaken, again, "").await;
    }
    // What was launched after the draft was begun is not in it: nobody takes it away who was not told.
    if draft.begun_from != seen && (form.over.is_empty() || form.over != form.seen) {
        return relaunched(&app, &editor, Some(again)).await;
    }
    match form.act.as_str() {
        "now" => {
            let new = NewLaunch { layout, by: Some(editor.staff.id), seen, draft: Some(form.read) };
            gives(&app, &editor, &new, again).await
        }
        "later" => give_to_clock(&app, &editor, &layout, form).await,
        _ => Err(PageError::BadRequest("neither now nor later")),
    }
}

/// Launches at once; or shows that readers got another page meanwhile.
async fn gives(app: &App, editor: &Member, new: &NewLaunch, again: Again) -> Result<Response, PageError> {
    match app.store.launch_front(new, app.now()).await {
        Ok((launch, happening)) => {
            aftermath::tell(app, &happening).await;
            Ok(launched(launch))
        }
        Err(StoreError::Conflict(_)) => match app.store.front_in_force().await? {
            in_force if in_force.as_ref().map(|launch| launch.id) == new.seen => {
                answer(app, editor, Taken::Overtaken, again, "").await
            }
            // The same press twice: it is done.
            Some(launch) if launch.by == new.by && launch.layout == new.layout => Ok(launched(launch.id)),
            _ => relaunched(app, editor, Some(again)).await,
        },
        Err(other) => Err(other.into()),
    }
}

async fn give_to_clock(app: &App, editor: &Member, layout: &Layout, form: LaunchForm) -> Result<Response, PageError> {
    let now = app.now();
    let goes_at = match app.at_local(&form.goes_at) {
        Some(goes_at) if goes_at > now => goes_at,
        found => {
            let why = if found.is_some() { "front-desk.time-is-past" } else { "front-desk.no-time" };
            let page = show::page(app, editor, Notice::NoTime(why, form.goes_at)).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    match app.store.time_front(layout, Some(form.read), goes_at, editor.staff.id, now).await {
        Ok((_, happening)) => {
            aftermath::tell(app, &happening).await;
            Ok(Redirect::to(TIMED).into_response())
        }
        Err(StoreError::Conflict(_)) => without_draft(app, editor, &form).await,
        Err(other) => Err(other.into()),
    }
}

/// The draft is there no more: the same press came twice, and it is done; or a colleague was faster, and there is nothing
/// that could be launched again.
async fn without_draft(app: &App, editor: &Member, form: &LaunchForm) -> Result<Response, PageError> {
    let by = Some(editor.staff.id);
    if form.act == "later" {
        let (goes_at, waiting) = (app.at_local(&form.goes_at), app.store.fronts_waiting(None, show::WAITING).await?);
        if waiting.iter().any(|launch| launch.by == by && launch.goes_at.is_some() && launch.goes_at == goes_at) {
            return Ok(Redirect::to(TIMED).into_response());
        }
    }
    match app.store.front_in_force().await?.filter(|launch| launch.id.short() != form.seen) {
        Some(launch) if form.act == "now" && launch.by == by => Ok(launched(launch.id)),
        Some(_) => relaunched(app, editor, None).await,
        None => {
            let page = show::page(app, editor, Notice::Problem("front-desk.overtaken")).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
    }
}

/// Shows that readers have another page, and offers to launch over it what can be launched.
async fn relaunched(app: &App, editor: &Member, again: Option<Again>) -> Result<Response, PageError> {
    let in_force = app.store.front_in_force().await?.map(|launch| launch.id.short()).unwrap_or_default();
    let notice = Notice::Relaunched(again.map(|again| again.told_of(&in_force)));
    Ok(show::page(app, editor, notice).await?.with_status(StatusCode::CONFLICT).into_response())
}

/// Leads on after a launch, which can be taken back while readers have it.
fn launched(launch: LaunchId) -> Response {
    Redirect::to(&format!("/desk/front?done=launched&launch={}", launch.short())).into_response()
}

impl LaunchForm {
    fn again(&self) -> Again {
        let all = [("seen", &self.seen), ("over", &self.over), ("act", &self.act), ("goes_at", &self.goes_at)];
        let fields = all.into_iter().map(|(name, value)| (name, value.clone())).collect();
        Again { action: "/desk/front/launches".to_owned(), fields }
    }
}

/// `POST /desk/front/launches/{launch}/again`: readers get a page that they had before, or one that waits, at once.
pub async fn launch_again(
    editor: ManagingEditor,
    Path(launch): Path<String>,
    State(app): State<App>,
    Form(form): Form<LaunchForm>,
) -> Result<Response, PageError> {
    let earlier = named(&app, &launch).await?;
    let seen = LaunchId::from_short(&form.seen);
    let new = NewLaunch { layout: earlier.layout, by: Some(editor.staff.id), seen, draft: None };
    let again = Again { action: format!("/desk/front/launches/{launch}/again"), fields: vec![("seen", form.seen)] };
    gives(&app, &editor, &new, again).await
}

/// `POST /desk/front/launches/{launch}/draft`: the draft becomes what an earlier page was.
pub async fn into_draft(
    editor: Editor,
    Path(launch): Path<String>,
    State(app): State<App>,
    Form(form): Form<ReadForm>,
) -> Result<Response, PageError> {
    let earlier = named(&app, &launch).await?;
    let again = || Again { action: format!("/desk/front/launches/{launch}/draft"), fields: Vec::new() };
    let question = ("front-desk.copy-sure", "front-desk.copy-yes");
    if let Some(asked) = asks(&app, &editor, &form, question, again()).await? {
        return Ok(asked);
    }
    let taken = keep(&app, &earlier.layout, form.read, editor.staff.id).await?;
    answer(&app, &editor, taken, again(), "/desk/front?done=copied").await
}

/// `POST /desk/front/launches/{launch}/calling-off`.
pub async fn call_off(
    editor: ManagingEditor,
    Path(launch): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let launch = named(&app, &launch).await?;
    let happening = app.store.call_off_front(launch.id, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to("/desk/front?done=called-off"))
}

/// `GET /desk/front/launches`: everything that readers had, the last one first.
pub async fn launches(editor: Editor, Query(query): Query<HistoryQuery>, State(app): State<App>) -> Answer {
    let before = place(&query.before);
    let found = app.store.front_launches(before, AT_ONCE).await?;
    let in_force = app.store.front_in_force().await?.map(|launch| launch.id);
    let read = app.store.front_draft().await?.version;
    let (frame, shell) = Shell::of_editor(&app, &editor, "front").await?;
    let last = found.last().filter(|_| found.len() >= AT_ONCE as usize);
    let older = last.and_then(|last| Some(format!("?before={}.{}", last.launched_at?.as_millisecond(), last.id)));
    let launched = found.into_iter().map(|one| LaunchView::new(&app, &frame, in_force == Some(one.id), one)).collect();
    let seen = in_force.map(|launch| launch.short()).unwrap_or_default();
    let may_launch = editor.sections().is_none();
    Page::private(&Launches { frame, shell, launched, read, seen, may_launch, older })
}

/// A launch by its short id.
pub(super) async fn named(app: &App, launch: &str) -> Result<Launch, PageError> {
    let id = LaunchId::from_short(launch).ok_or(PageError::NotFound)?;
    app.store.front_launch(id).await?.ok_or(PageError::NotFound)
}

fn place(text: &str) -> Option<(Timestamp, LaunchId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, LaunchId::from_short(id)?))
}
