//! One decision about many comments: first exactly what it would change, each of them with a tick to leave it out, then the
//! decision itself, a ruling for each in bounded transactions, and one way back for all.

use super::as_sent::{Bit, Stretch, stretches};
use super::asked::{Asked, Pairs};
use super::ruling::{WHY_TOO_LONG, act_name};
use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::comments::{WantsFragment, fragment};
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::RulingId;
use newsroom::comment::{RefusalReason, State as CommentState};
use store::queue::{Carried, QueueEntry, RULINGS_AT_ONCE};

#[derive(Template)]
#[template(path = "desk/bulk_preview.html")]
struct Preview {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    changing: usize,
    asked: Asked,
    words: String,
    problem: Option<String>,
    sent_as: String,
    reasons: Vec<(&'static str, String)>,
}

/// What would become of one comment.
struct Line {
    entry: QueueEntry,
    /// All of it: what is decided about was before somebody's eyes.
    text: Vec<Stretch>,
    is: String,
    /// The state it would have; none: it stays as it is.
    becomes: Option<String>,
}

/// What was done with many, and the way back.
#[derive(Debug, Template)]
#[template(path = "desk/bulk_done.html")]
pub struct BulkDone {
    t: Words,
    act: String,
    made: i64,
}

impl BulkDone {
    /// So many rulings were made in this act.
    pub fn new(t: Words, act: &str, made: i64) -> Self {
        Self { t, act: act.to_owned(), made }
    }
}

/// The house's reasons with their words, for the forms.
pub fn reasons(t: &Words) -> Vec<(&'static str, String)> {
    let words = |reason: RefusalReason| (reason.key(), t.s(&format!("refusal.{}", reason.key())));
    RefusalReason::ALL.into_iter().map(words).collect()
}

/// `POST /desk/bulk/preview`: what would change, and nothing is changed.
pub async fn preview(moderator: Moderator, State(app): State<App>, Form(pairs): Form<Pairs>) -> Answer {
    let asked = Asked::of(&pairs);
    let entries = asked.entries(&app, &moderator).await?;
    look(&app, &moderator, asked, entries).await
}

async fn look(app: &App, moderator: &Moderator, asked: Asked, entries: Vec<QueueEntry>) -> Answer {
    let (frame, shell) = Shell::of_moderator(app, moderator, "waiting").await?;
    let t = frame.t;
    let problem = match (entries.is_empty(), asked.decision(CommentState::Held)) {
        (true, _) => Some(t.s("desk.bulk.nothing")),
        _ if asked.says_too_much() => Some(t.s(WHY_TOO_LONG)),
        (false, None) => Some(t.s("desk.reason-missing")),
        (false, Some(_)) => None,
    };
    let lines: Vec<Line> = entries.into_iter().map(|entry| Line::of(&asked, &t, moderator, entry)).collect();
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Preview {
        changing: lines.iter().filter(|line| line.becomes.is_some()).count(),
        words: t.s(&format!("desk.bulk.act.{}", asked.word())),
        sent_as: app.store.id(app.now()).to_string(),
        reasons: reasons(&t),
        frame,
        shell,
        lines,
        asked,
        problem,
    };
    Ok(Page::private(&page)?.with_status(status))
}

/// `POST /desk/bulk`: the decision, a ruling for each comment that was shown, as long as it has the words that were shown.
/// The page's script sends it in parts, under one name.
pub async fn rule(
    moderator: Moderator,
    wants: WantsFragment,
    State(app): State<App>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageError> {
    let asked = Asked::of(&pairs);
    let act = act_name(&asked.sent_as)?.ok_or(PageError::BadRequest("an act without a name"))?;
    let entries = asked.entries(&app, &moderator).await?;
    if asked.says_too_much() {
        return Ok(look(&app, &moderator, asked, entries).await?.into_response());
    }
    for some in entries.chunks(RULINGS_AT_ONCE) {
        let rulings: Vec<_> = some.iter().filter_map(|entry| asked.ruling(&app, &moderator, entry)).collect();
        for carried in app.store.rule_many(&rulings, act).await? {
            if let Carried::Out(happening) = carried {
                aftermath::tell(&app, &happening).await;
            }
        }
    }
    if !wants.0 {
        return Ok(Redirect::to(&format!("/desk?act={act}")).into_response());
    }
    let (made, _) = app.store.act(act).await?;
    let t = Frame::bare(&app, app.now()).t;
    Ok(fragment(StatusCode::OK, Rendered::of(&BulkDone::new(t, act, made))?))
}

/// `POST /desk/bulk/{act}/undo`: all of it.
pub async fn undo(
    moderator: Moderator,
    Path(act): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let act = act_name(&act)?.ok_or(PageError::NotFound)?;
    for story in app.store.stories_of_act(act).await? {
        moderator.answers_for(&app, story).await?;
    }
    let mut after = Some(RulingId(0));
    while let Some(ruling) = after {
        let (happened, next) = app.store.undo_some_of(act, ruling, moderator.actor(), app.now()).await?;
        aftermath::tell_each(&app, &happened).await;
        after = next;
    }
    Ok(Redirect::to("/desk"))
}

impl Line {
    fn of(asked: &Asked, t: &Words, moderator: &Moderator, entry: QueueEntry) -> Self {
        let becomes = asked.changes(moderator, &entry).map(|(_, after)| t.s(&format!("state.{}", after.key())));
        let is = t.s(&format!("state.{}", entry.state.key()));
        Self { text: stretches(&entry.text, &[]), is, becomes, entry }
    }
}
