//! Every ruling that was made, newest first. Lines are added and never changed; what was undone says so.

use super::done::said;
use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::acting::ActingRule;
use newsroom::comment::RuledBy;
use newsroom::people::{May, Staff};
use newsroom::{RulingId, StaffId, StoryId};
use serde::Deserialize;
use store::StoreError;
use store::queue::{LogOf, RulingLine};

/// Rulings on a page.
const AT_ONCE: u32 = 50;
/// Of a comment's text so many signs are shown in a line.
const SHOWN: usize = 140;

/// Which part of the log.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    before: Option<String>,
    /// Only what this rule decided.
    rule: Option<String>,
    /// Only what this member of the staff decided: an id, or `me`.
    by: Option<String>,
    /// So many were undone just now, and so many could not be.
    undone: Option<u64>,
    left: Option<u64>,
}

#[derive(Template)]
#[template(path = "desk/log.html")]
struct LogPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    next: Option<RulingId>,
    rule: Option<ActingRule>,
    by: Option<StaffId>,
    /// Who decide about comments, oneself first.
    deciders: Vec<(StaffId, String)>,
    notice: Option<String>,
}

struct Line {
    line: RulingLine,
    when: String,
    /// The moderator's name, or the rule in words.
    by: String,
    said: String,
    excerpt: String,
    undone: Option<String>,
    /// A colleague ruled so over a ruling of whoever reads.
    reversed: bool,
}

/// `GET /desk/log`.
pub async fn log(moderator: Moderator, Query(query): Query<LogQuery>, State(app): State<App>) -> Answer {
    let before = query.before.as_deref().and_then(RulingId::from_short);
    let rule = query.rule.as_deref().and_then(ActingRule::from_key);
    let by = query.by.as_deref().and_then(|by| match by {
        "me" => Some(moderator.staff.id),
        by => StaffId::from_short(by),
    });
    let of = match (rule, by) {
        (Some(rule), _) => LogOf::Rule(rule),
        (None, Some(by)) => LogOf::Staff(by),
        (None, None) => LogOf::All,
    };
    let lines = app.store.rulings_of(of, before, AT_ONCE).await?;
    let deciders = deciders(&app, &moderator).await?;
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "log").await?;
    let next = lines.last().filter(|_| lines.len() >= AT_ONCE as usize).map(|line| line.ruling.id);
    let lines = lines.into_iter().map(|line| Line::new(&app, &frame, line, &moderator.staff)).collect();
    let notice = query.undone.map(|undone| match query.left.unwrap_or(0) {
        0 => frame.t.n("log.undone-many", undone),
        left => format!("{} {}", frame.t.n("log.undone-many", undone), frame.t.n("log.left-many", left)),
    });
    Page::private(&LogPage { frame, shell, lines, next, rule, by, deciders, notice })
}

/// Who decide about comments, by name, oneself first.
async fn deciders(app: &App, moderator: &Moderator) -> Result<Vec<(StaffId, String)>, PageError> {
    let staff = app.store.staff().await?.into_iter().filter(|one| one.role.may(May::Moderate));
    let mut deciders: Vec<_> = staff.map(|one| (one.id, one.name)).collect();
    deciders.sort_by_key(|(id, name)| (*id != moderator.staff.id, name.clone()));
    Ok(deciders)
}

/// `POST /desk/log/undo`: the rulings that were chosen on the page, as many as stand on one.
pub async fn undo_many(
    moderator: Moderator,
    State(app): State<App>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let chosen = sent.iter().filter(|(name, _)| name == "ruling").map(|(_, ids)| {
        let (story, ruling) = ids.split_once(':')?;
        StoryId::from_short(story).zip(RulingId::from_short(ruling))
    });
    let chosen: Option<Vec<_>> = chosen.take(AT_ONCE as usize).collect();
    let chosen = chosen.ok_or(PageError::BadRequest("no such ruling"))?;
    for (story, _) in &chosen {
        moderator.answers_for(&app, *story).await?;
    }
    let (mut undone, mut left) = (0_u32, 0_u32);
    for (story, ruling) in chosen {
        match app.store.undo(ruling, story, moderator.actor(), app.now()).await {
            Ok(happening) => {
                aftermath::tell(&app, &happening).await;
                undone += 1;
            }
            Err(StoreError::Conflict(_) | StoreError::NotFound) => left += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let rule = sent.iter().find(|(name, _)| name == "rule").and_then(|(_, rule)| ActingRule::from_key(rule));
    let rule = rule.map(|rule| format!("rule={}&", rule.key())).unwrap_or_default();
    Ok(Redirect::to(&format!("/desk/log?{rule}undone={undone}&left={left}")).into_response())
}

impl LogPage {
    fn shows(&self, rule: &ActingRule) -> bool {
        self.rule == Some(*rule)
    }

    fn is_of(&self, staff: &StaffId) -> bool {
        self.by == Some(*staff)
    }

    fn rule_name(&self, rule: &ActingRule) -> String {
        self.frame.t.s(&format!("acting.{}", rule.key()))
    }

    /// Something here can be undone together with the rest.
    fn has_more_to_undo(&self) -> bool {
        self.rule.is_some() && self.lines.iter().any(|line| line.line.can_be_undone)
    }

    fn next_address(&self, next: &RulingId) -> String {
        match (self.rule, self.by) {
            (Some(rule), _) => format!("?rule={}&before={next}", rule.key()),
            (None, Some(by)) => format!("?by={by}&before={next}"),
            (None, None) => format!("?before={next}"),
        }
    }
}

impl Line {
    fn new(app: &App, frame: &Frame, mut line: RulingLine, reader: &Staff) -> Self {
        // The store would refuse it.
        let reversed = line.over == Some(reader.id);
        line.can_be_undone &= !reversed;
        let t = &frame.t;
        let undone = line
            .undone
            .as_ref()
            .map(|(at, by)| t.with("log.undone", 1, &[("name", by), ("time", &when(t, &app.paper, *at))]));
        let by = match line.ruling.by.rule() {
            Some(acting) => t.with("acting.by-rule", 1, &[("rule", &t.s(&format!("acting.{}", acting.rule.key())))]),
            None if line.ruling.by == RuledBy::OldPaper => t.s("log.by-old-paper"),
            None => line.by_name.clone(),
        };
        Self {
            by,
            when: when(t, &app.paper, line.ruling.at),
            said: said(t, &line.ruling.decision, &line.name),
            excerpt: excerpt(&line.text),
            undone,
            reversed,
            line,
        }
    }
}

/// The beginning of a text on one line.
pub fn excerpt(text: &str) -> String {
    let line = arabic::clean::line(text);
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
