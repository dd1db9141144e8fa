//! The page on which rules are switched on and off.

use super::form::{Problem, read};
use super::trial::{Tried, tried};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rulebook::{Sent, field};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::ActingId;
use newsroom::acting::{ActingRule, ActingRules, Scope};
use newsroom::comment::RefusalReason;
use newsroom::section::Section;
use store::StoreError;
use store::acting::{ActingVersion, NewActing};

/// The longest reason, in letters.
const LONGEST_WHY: usize = 1_000;
/// Earlier versions on the page.
const VERSIONS: u32 = 20;

#[derive(Template)]
#[template(path = "acting/page.html")]
struct ActingPage {
    frame: Frame,
    shell: Shell,
    rules: ActingRules,
    sections: Vec<Section>,
    versions: Vec<(ActingVersion, String)>,
    was: String,
    problems: Vec<String>,
    tried: Option<Vec<Tried>>,
    /// As typed, where it could not be read.
    hosts: String,
    why: String,
}

/// `GET /desk/rules/acting`.
pub async fn show(editor: ManagingEditor, State(app): State<App>) -> Answer {
    let rules = app.store.acting().await?.map(|version| version.rules).unwrap_or_default();
    page(&app, &editor, rules, Shown::default()).await
}

/// `POST /desk/rules/acting/trial`: what the rules as typed would have decided. Nothing is switched on.
pub async fn try_out(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let (rules, problems) = typed(&app, &sent).await?;
    if !problems.is_empty() {
        return back(&app, &editor, rules, problems, &sent).await;
    }
    let tried = tried(&app, rules.clone()).await?;
    let shown = Shown { tried: Some(tried), ..Shown::of(&sent, Vec::new()) };
    Ok(page(&app, &editor, rules, shown).await?.into_response())
}

/// `POST /desk/rules/acting`: they hold from now on.
pub async fn switch_on(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let (rules, mut problems) = typed(&app, &sent).await?;
    let why = why(&sent);
    if why.is_empty() || why.chars().count() > LONGEST_WHY {
        problems.push("rules.why-missing");
    }
    if !problems.is_empty() {
        return back(&app, &editor, rules, problems, &sent).await;
    }
    let was = ActingId::from_short(field(&sent, "was"));
    let new = NewActing { was, rules: rules.clone(), by: editor.staff.id, why };
    match app.store.keep_acting(new, app.now()).await {
        Ok((_, happening)) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {
            let page = page(&app, &editor, rules, Shown::of(&sent, vec!["rules.overtaken"])).await?;
            return Ok(page.with_status(StatusCode::CONFLICT).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to("/desk/rules/acting").into_response())
}

/// What is shown beside the settings.
#[derive(Default)]
struct Shown {
    problems: Vec<Problem>,
    tried: Option<Vec<Tried>>,
    hosts: Option<String>,
    why: String,
}

impl Shown {
    fn of(sent: &Sent, problems: Vec<Problem>) -> Self {
        Self { problems, tried: None, hosts: Some(field(sent, "hosts").to_owned()), why: why(sent) }
    }
}

fn why(sent: &Sent) -> String {
    arabic::clean::lines(field(sent, "why")).replace('\0', "").trim().to_owned()
}

async fn typed(app: &App, sent: &Sent) -> Result<(ActingRules, Vec<Problem>), PageError> {
    let was = app.store.acting().await?.map(|version| version.rules).unwrap_or_default();
    let sections: Vec<String> = app.store.sections().await?.into_iter().map(|section| section.slug).collect();
    Ok(read(sent, &was, &sections))
}

async fn back(
    app: &App,
    editor: &ManagingEditor,
    rules: ActingRules,
    problems: Vec<Problem>,
    sent: &Sent,
) -> Result<Response, PageError> {
    let page = page(app, editor, rules, Shown::of(sent, problems)).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, rules: ActingRules, shown: Shown) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "rules").await?;
    let versions = app.store.acting_versions(None, VERSIONS).await?;
    let was = versions.first().map(|version| version.id.short()).unwrap_or_default();
    let timed = |version: ActingVersion| {
        let at = when(&frame.t, &app.paper, version.at);
        (version, at)
    };
    let page = ActingPage {
        versions: versions.into_iter().map(timed).collect(),
        sections: app.store.sections().await?,
        problems: shown.problems.into_iter().map(|key| frame.t.s(key)).collect(),
        hosts: shown.hosts.unwrap_or_else(|| rules.blocked_links.hosts.join("\n")),
        tried: shown.tried,
        why: shown.why,
        frame,
        shell,
        rules,
        was,
    };
    Page::private(&page)
}

impl ActingPage {
    fn rule_name(&self, rule: &ActingRule) -> String {
        self.frame.t.s(&format!("acting.{}", rule.key()))
    }

    fn about(&self, rule: &ActingRule) -> String {
        self.frame.t.s(&format!("acting.{}.about", rule.key()))
    }

    fn log_of(&self, rule: &ActingRule) -> String {
        self.frame.t.with("acting.log-of", 1, &[("rule", &self.rule_name(rule))])
    }

    fn is_scope(&self, rule: &ActingRule, scope: &str) -> bool {
        let word = match self.rules.scope(*rule) {
            Scope::Off => "off",
            Scope::Everywhere => "everywhere",
            Scope::Sections(_) => "sections",
        };
        word == scope
    }

    fn scope_label(&self, scope: &str) -> String {
        self.frame.t.s(&format!("acting.scope.{scope}"))
    }

    fn is_ticked(&self, rule: &ActingRule, slug: &str) -> bool {
        matches!(self.rules.scope(*rule), Scope::Sections(slugs) if slugs.iter().any(|one| one == slug))
    }

    fn reason(&self, reason: &RefusalReason) -> String {
        self.frame.t.s(&format!("refusal.{}", reason.key()))
    }

    fn is_links_reason(&self, reason: &RefusalReason) -> bool {
        *reason == self.rules.blocked_links.reason
    }

    fn is_limits_reason(&self, reason: &RefusalReason) -> bool {
        *reason == self.rules.limits.reason
    }

    /// The rules that a version switched on, in words.
    fn on(&self, version: &ActingVersion) -> String {
        let on = ActingRule::ALL.into_iter().filter(|rule| version.rules.scope(*rule).is_on());
        let names: Vec<String> = on.map(|rule| self.rule_name(&rule)).collect();
        if names.is_empty() { self.frame.t.s("acting.none-on") } else { names.join(" · ") }
    }

    fn decided(&self, tried: &Tried) -> String {
        let (t, n) = (&self.frame.t, tried.decided);
        let (same, otherwise) = (t.number(tried.same), t.number(tried.otherwise_count));
        t.with("acting.tried", n, &[("same", &same), ("otherwise", &otherwise)])
    }
}
