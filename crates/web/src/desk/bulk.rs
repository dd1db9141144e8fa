//! One decision about many comments: first exactly what it would change, each of them with a tick to leave it out, then the
//! decision itself, a ruling for each in bounded transactions, and one way back for all.

use super::as_sent::{Bit, Stretch, stretches};
use super::ruling::act_name;
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
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State as CommentState};
use newsroom::{CommentId, RulingId, StoryId};
use store::queue::{Carried, QueueEntry, RULINGS_AT_ONCE};

/// Comments decided about at once.
const MOST: u32 = 500;

/// What the forms send: a list of pairs, since a tick's name stands in it once for each comment.
type Pairs = Vec<(String, String)>;

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    /// Each with the words that were read; none where nobody has read it yet.
    which: Vec<(StoryId, CommentId, Option<Revision>)>,
    /// A whole group of copies.
    kin: Option<CommentId>,
    act: String,
    reason: Option<RefusalReason>,
    why: String,
    sent_as: String,
}

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
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "waiting").await?;
    let t = frame.t;
    let problem = match (entries.is_empty(), asked.decision(CommentState::Held)) {
        (true, _) => Some(t.s("desk.bulk.nothing")),
        (false, None) => Some(t.s("desk.reason-missing")),
        (false, Some(_)) => None,
    };
    let lines: Vec<Line> = entries.into_iter().map(|entry| asked.line(&t, &moderator, entry)).collect();
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
        for happening in &happened {
            aftermath::tell(&app, happening).await;
        }
        after = next;
    }
    Ok(Redirect::to("/desk"))
}

impl Asked {
    /// What cannot be read is as if it had not been said.
    fn of(pairs: &[(String, String)]) -> Self {
        let mut asked = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "which" => asked.which.extend(which(value)),
                "kin" => asked.kin = CommentId::from_short(value),
                "act" => asked.act.clone_from(value),
                "reason" => asked.reason = RefusalReason::from_key(value),
                "why" => asked.why = value.replace('\0', "").trim().to_owned(),
                "sent_as" => asked.sent_as.clone_from(value),
                _ => {}
            }
        }
        asked.which.truncate(MOST as usize);
        asked
    }

    /// The comments as they are, those of other people's sections left out.
    async fn entries(&self, app: &App, moderator: &Moderator) -> Result<Vec<QueueEntry>, PageError> {
        let which = match self.kin {
            Some(kin) => app.store.kin_members(kin, MOST).await?,
            None => self.which.iter().map(|(story, comment, _)| (*story, *comment)).collect(),
        };
        let mut entries = app.store.queue_entries(&which).await?;
        entries.retain(|entry| entry.is_in(moderator.sections()));
        Ok(entries)
    }

    fn is_for(&self, word: &str) -> bool {
        self.reason.is_some_and(|reason| reason.key() == word)
    }

    fn word(&self) -> &'static str {
        match self.act.as_str() {
            "refuse" => "refuse",
            "release-collapsed" => "release-collapsed",
            _ => "release",
        }
    }

    /// The decision about a comment in this state; none where a reason is missing.
    fn decision(&self, state: CommentState) -> Option<Decision> {
        let reason = self.reason.filter(|reason| *reason != RefusalReason::Other || !self.why.is_empty());
        match (self.word(), state) {
            ("refuse", CommentState::Released) => reason.map(|reason| Decision::TakeDown { reason }),
            ("refuse", _) => reason.map(|reason| Decision::Refuse { reason }),
            (word, _) => Some(Decision::Release { collapsed: word == "release-collapsed", links: false }),
        }
    }

    /// What would change of a comment. One that is public already is not released again.
    fn changes(&self, moderator: &Moderator, entry: &QueueEntry) -> Option<(Decision, CommentState)> {
        let decision = self.decision(entry.state)?;
        let asked_by_me = entry.escalated.as_ref().is_some_and(|asked| asked.not_alone == Some(moderator.staff.id));
        let after = decision.after(entry.state).ok().filter(|after| *after != entry.state && !asked_by_me)?;
        Some((decision, after))
    }

    fn line(&self, t: &Words, moderator: &Moderator, entry: QueueEntry) -> Line {
        let becomes = self.changes(moderator, &entry).map(|(_, after)| t.s(&format!("state.{}", after.key())));
        let is = t.s(&format!("state.{}", entry.state.key()));
        Line { text: stretches(&entry.text, &[]), is, becomes, entry }
    }

    fn ruling(&self, app: &App, moderator: &Moderator, entry: &QueueEntry) -> Option<(Ruling, Revision)> {
        let shown = self.which.iter().find(|(story, comment, _)| (*story, *comment) == (entry.story, entry.comment));
        let read = shown.and_then(|(_, _, read)| *read)?;
        let (decision, _) = self.changes(moderator, entry)?;
        let at = app.now();
        let id = RulingId(app.store.id(at));
        let (story, comment) = (entry.story, entry.comment);
        let by = RuledBy::Staff(moderator.staff.id);
        Some((Ruling { id, story, comment, decision, by, at, why: self.why.clone() }, read))
    }
}

/// A comment by the value of its tick: `STORY.COMMENT`, and `STORY.COMMENT.REVISION` where its words were shown.
fn which(value: &str) -> Option<(StoryId, CommentId, Option<Revision>)> {
    let mut parts = value.split('.');
    let (story, comment) = (StoryId::from_short(parts.next()?)?, CommentId::from_short(parts.next()?)?);
    Some((story, comment, parts.next().and_then(|revision| revision.parse().ok())))
}
