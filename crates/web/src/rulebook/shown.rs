//! The rules as they are, with a form for each thing that can be changed.

use super::edit_form::{FormProblem, Sent, edit, field};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use moderation::phases::PHASES;
use moderation::rulebook::LIMITS;
use moderation::{Head, List, Minute, Policy, Rulebook};
use newsroom::rules::{own_groups, own_words};
use store::rulebooks::RulebookVersion;

/// What a paper without rules of its own begins its text with: nothing.
const NOTHING: &str = "";

#[derive(Template)]
#[template(path = "rulebook/shown.html")]
struct Shown {
    frame: Frame,
    shell: Shell,
    about: About,
    limits: Vec<Field>,
    phases: Vec<Switch>,
    heads: Vec<HeadFields>,
    lists: Vec<(&'static str, String)>,
    words: Vec<(String, Vec<String>)>,
    groups: Vec<String>,
    policies: Vec<Switch>,
    sent: Sent,
    /// The form that is wrong, and why.
    problem: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "rulebook/text.html")]
struct TextPage {
    frame: Frame,
    shell: Shell,
    about: About,
    text: String,
}

/// What holds now, in words.
#[derive(Debug)]
pub struct About {
    /// Since when and by whom; none while the paper has no rules of its own.
    pub line: Option<String>,
    /// The version's short id; empty where there is none.
    pub version: String,
    /// Only an administrator changes them, in a file.
    pub given: bool,
    /// The kept version cannot be read.
    pub unreadable: bool,
}

struct Field {
    name: &'static str,
    label: String,
    value: String,
    shipped: String,
}

struct Switch {
    name: String,
    label: String,
    why: String,
    on: bool,
}

struct HeadFields {
    name: &'static str,
    label: String,
    hold: String,
    propose: String,
}

/// `GET /desk/rules`.
pub async fn show(editor: Editor, State(app): State<App>) -> Answer {
    page(&app, &editor, Sent::new(), None).await
}

/// `GET /desk/rules/text`.
pub async fn text(editor: Editor, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_editor(&app, &editor, "rules").await?;
    let version = app.store.rulebook().await?;
    let about = About::new(&app, &frame, version.as_ref());
    let text = version.map(|version| version.text).unwrap_or_default();
    Page::private(&TextPage { frame, shell, about, text })
}

/// The page again with what was typed in one of its forms, and why it changes nothing.
///
/// # Errors
/// When the store cannot answer.
pub async fn back(app: &App, editor: &Editor, sent: Sent, problem: FormProblem) -> Result<Response, PageError> {
    let page = page(app, editor, sent, Some(problem)).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(app: &App, editor: &Editor, sent: Sent, problem: Option<FormProblem>) -> Answer {
    let (frame, shell) = Shell::of_editor(app, editor, "rules").await?;
    let version = app.store.rulebook().await?;
    let about = About::new(app, &frame, version.as_ref());
    let (rules, t) = (app.rules.rulebook(), frame.t);
    let now = app.minute(frame.now);
    let house = rules.laws.policy(NOTHING).into_owned();
    let own = version.map(|version| version.text).unwrap_or_default();
    let shipped = Rulebook::default();
    let number = |rules: &Rulebook, name: &str| rules.limit(name).unwrap_or_default().to_string();
    let limits = LIMITS.into_iter().map(|name| Field {
        name,
        label: t.s(&format!("rules.limit.{name}")),
        value: number(&rules, name),
        shipped: t.number(shipped.limit(name).unwrap_or_default()),
    });
    let phases = PHASES.iter().map(|phase| Switch {
        name: phase.name.to_owned(),
        label: t.s(&format!("phase.{}", phase.name)),
        why: t.s(&format!("phase.{}.why", phase.name)),
        on: house.changes.runs(phase.name),
    });
    let heads = Head::ALL.into_iter().map(|head| {
        let own = house.changes.heads.get(&head);
        let percent = |score: moderation::Score| (score.points() / 10).to_string();
        HeadFields {
            name: head.name(),
            label: t.s(&format!("head.{}", head.name())),
            hold: own.map(|own| percent(own.hold)).unwrap_or_default(),
            propose: own.map(|own| percent(own.propose)).unwrap_or_default(),
        }
    });
    let policies = rules.laws.policies().map(|(name, on)| Switch {
        name: name.to_owned(),
        label: policy_words(&t, name),
        why: times(&t, rules.laws.named(name), now),
        on,
    });
    let shown = Shown {
        limits: limits.collect(),
        phases: phases.collect(),
        heads: heads.collect(),
        lists: List::ALL.into_iter().map(|list| (list.name(), t.s(&format!("list.{}", list.name())))).collect(),
        words: own_words(&own).into_iter().map(|(list, words)| (t.s(&format!("list.{list}")), words)).collect(),
        groups: own_groups(&own),
        policies: policies.collect(),
        problem: problem.map(|problem| (field(&sent, "edit").to_owned(), t.s(problem.key()))),
        sent,
        frame,
        shell,
        about,
    };
    Page::private(&shown)
}

/// The shipped policies have words; a paper's own keep the name that they were given.
fn policy_words(t: &crate::words::Words, name: &str) -> String {
    let key = format!("rules.policy.{name}");
    let words = t.s(&key);
    if words == key { name.to_owned() } else { words }
}

/// From when and until when a policy holds, and whether it does now; nothing where it has no times.
fn times(t: &crate::words::Words, policy: Option<&Policy>, now: Minute) -> String {
    let Some(policy) = policy.filter(|policy| policy.from.or(policy.until).is_some()) else { return String::new() };
    let minute = |key: &str, at: Option<Minute>| {
        at.map(|at| t.with(key, 1, &[("time", &at.to_string().replace('T', " "))])).unwrap_or_default()
    };
    let is = if policy.holds_at(now) { "rules.policy-now" } else { "rules.policy-not-now" };
    let parts = [minute("rules.policy-from", policy.from), minute("rules.policy-until", policy.until), t.s(is)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

impl About {
    /// Of the version that the store keeps.
    pub fn new(app: &App, frame: &Frame, version: Option<&RulebookVersion>) -> Self {
        let line = version.map(|version| {
            let line = &version.line;
            frame.t.with("rules.since", 1, &[("time", &when(&frame.t, &app.paper, line.at)), ("name", &line.by_name)])
        });
        Self {
            line,
            version: version.map(|version| version.line.id.short()).unwrap_or_default(),
            given: app.rules.is_given(),
            unreadable: app.rules.is_unreadable(),
        }
    }
}

impl Shown {
    /// What was typed in a form that comes back; else what is given.
    fn typed<'s>(&'s self, form: &str, name: &str, otherwise: &'s str) -> &'s str {
        if self.is_wrong(form) { field(&self.sent, name) } else { otherwise }
    }

    fn is_wrong(&self, form: &str) -> bool {
        self.problem.as_ref().is_some_and(|(wrong, _)| wrong == form)
    }

    fn complaint(&self) -> &str {
        self.problem.as_ref().map_or("", |(_, words)| words)
    }

    fn typed_head(&self, part: &str, head: &HeadFields) -> String {
        let own = if part == "hold" { &head.hold } else { &head.propose };
        self.typed("heads", &format!("{part}-{}", head.name), own).to_owned()
    }
}

/// What a form changes the present text into; the problem when it says nothing.
///
/// # Errors
/// When the store cannot answer.
pub async fn changed(app: &App, sent: &Sent) -> Result<Result<String, FormProblem>, PageError> {
    let edit = match edit(sent) {
        Ok(edit) => edit,
        Err(problem) => return Ok(Err(problem)),
    };
    let now = app.store.rulebook().await?.map(|version| version.text).unwrap_or_default();
    Ok(newsroom::rules::edited(&now, &edit).map_err(|_| FormProblem::OtherShape))
}
