//! A change is tried on the last comments before it is switched on.

use super::changes::{Line, changes};
use super::edit_form::{Sent, field};
use super::problems::{WrongLine, wrong_lines};
use super::replayed::{Moved, Replayed, replayed};
use super::shown::{About, back, changed};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::Frame;
use crate::page::Page;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use moderation::{Advice, Problem, Rulebook};
use newsroom::RulebookId;
use store::StoreError;
use store::rulebooks::NewRulebook;

/// The longest reason, in letters.
const LONGEST_WHY: usize = 1_000;

#[derive(Template)]
#[template(path = "rulebook/trial.html")]
struct TrialPage {
    frame: Frame,
    shell: Shell,
    about: About,
    text: String,
    changes: Vec<Line>,
    replayed: Replayed,
    why: String,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "rulebook/wrong.html")]
struct WrongPage {
    frame: Frame,
    shell: Shell,
    text: String,
    wrong: Vec<WrongLine>,
}

/// `POST /desk/rules/trial`.
pub async fn try_out(editor: Editor, State(app): State<App>, Form(sent): Form<Sent>) -> Result<Response, PageError> {
    may_change(&app, &editor)?;
    let text = match changed(&app, &sent).await? {
        Ok(text) => text,
        Err(problem) => return back(&app, &editor, sent, problem).await,
    };
    match Rulebook::parse(&text) {
        Ok(rulebook) => trial(&app, &editor, text, rulebook, String::new(), None).await,
        Err(problems) => wrong(&app, &editor, text, &problems).await,
    }
}

/// `POST /desk/rules`: what was tried holds from now on.
pub async fn switch_on(editor: Editor, State(app): State<App>, Form(sent): Form<Sent>) -> Result<Response, PageError> {
    may_change(&app, &editor)?;
    let text = field(&sent, "text").replace("\r\n", "\n").replace('\0', "");
    let rulebook = match Rulebook::parse(&text) {
        Ok(rulebook) => rulebook,
        Err(problems) => return wrong(&app, &editor, text, &problems).await,
    };
    let why = arabic::clean::lines(field(&sent, "why")).trim().to_owned();
    if why.is_empty() || why.chars().count() > LONGEST_WHY {
        return trial(&app, &editor, text, rulebook, why, Some("rules.why-missing")).await;
    }
    let new = NewRulebook {
        was: RulebookId::from_short(field(&sent, "was")),
        text: text.clone(),
        fingerprint: format!("{:016x}", rulebook.fingerprint()),
        by: editor.staff.id,
        why: why.clone(),
    };
    match app.store.keep_rulebook(new, app.now()).await {
        Ok((_, happening)) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {
            return trial(&app, &editor, text, rulebook, why, Some("rules.overtaken")).await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to("/desk/rules/versions").into_response())
}

/// Rules hold for the whole paper: whoever answers for some sections only does not set them, and a file is an
/// administrator's.
fn may_change(app: &App, editor: &Editor) -> Result<(), PageError> {
    if app.rules.is_given() || editor.sections().is_some() { Err(PageError::Forbidden) } else { Ok(()) }
}

async fn trial(
    app: &App,
    editor: &Editor,
    text: String,
    rulebook: Rulebook,
    why: String,
    notice: Option<&str>,
) -> Result<Response, PageError> {
    let (frame, shell) = Shell::of_editor(app, editor, "rules").await?;
    let version = app.store.rulebook().await?;
    let about = About::new(app, &frame, version.as_ref());
    let was = version.map(|version| version.text).unwrap_or_default();
    let status = match notice {
        None => StatusCode::OK,
        Some("rules.overtaken") => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let replayed = replayed(app, rulebook).await?;
    let notice = notice.map(|key| frame.t.s(key));
    let page = TrialPage { changes: changes(&was, &text), frame, shell, about, text, replayed, why, notice };
    Ok(Page::private(&page)?.with_status(status).into_response())
}

async fn wrong(app: &App, editor: &Editor, text: String, problems: &[Problem]) -> Result<Response, PageError> {
    let (frame, shell) = Shell::of_editor(app, editor, "rules").await?;
    let wrong = wrong_lines(&text, problems, &frame.t);
    let page = WrongPage { frame, shell, text, wrong };
    Ok(Page::private(&page)?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

impl TrialPage {
    /// From one advice to another, with the places in the queue.
    fn step(&self, moved: &Moved) -> String {
        let t = &self.frame.t;
        let side = |(advice, priority): (Advice, u16)| {
            format!("{} ({})", t.s(&format!("advice.{}", advice.name())), t.number(priority))
        };
        t.with("rules.moves", 1, &[("was", &side(moved.was)), ("now", &side(moved.now))])
    }

    fn state(&self, moved: &Moved) -> String {
        self.frame.t.s(&format!("state.{}", moved.state.key()))
    }

    /// How many are shown where more would move.
    fn shown_of_more(&self) -> Option<String> {
        let shown = self.replayed.moved.len();
        (self.replayed.raised + self.replayed.lowered > shown as u64).then(|| self.frame.t.n("rules.shown", shown))
    }

    fn none_moves(&self) -> bool {
        self.replayed.raised + self.replayed.lowered == 0
    }
}
