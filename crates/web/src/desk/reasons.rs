//! What the paper says beside each reason, in Arabic, French and English: an editor writes it, authors read it with the
//! decision, and the statement keeps it as it was then.

use super::shell::Shell;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Editor, ManagingEditor};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::comment::RefusalReason;
use newsroom::profile::Language;
use serde::Deserialize;

/// Grapheme clusters of a text.
const MOST_WORDS: usize = 1_000;
const LANGUAGES: [Language; 3] = [Language::Ar, Language::Fr, Language::En];

/// The texts beside one reason, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    ar: String,
    fr: String,
    en: String,
}

#[derive(Template)]
#[template(path = "desk/reasons.html")]
struct ReasonsPage {
    frame: Frame,
    shell: Shell,
    reasons: Vec<Line>,
    problem: bool,
}

struct Line {
    word: &'static str,
    words: String,
    is_law: bool,
    /// Language tag, direction, name of the language, text.
    texts: Vec<(&'static str, &'static str, String, String)>,
}

/// `GET /desk/reasons`.
pub async fn reasons(editor: Editor, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_editor(&app, &editor, "reasons").await?;
    page(&app, frame, shell, None).await
}

/// `POST /desk/reasons/{reason}`.
pub async fn keep_reason(
    editor: ManagingEditor,
    Path(reason): Path<String>,
    State(app): State<App>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, PageError> {
    let reason = RefusalReason::from_key(&reason).ok_or(PageError::NotFound)?;
    let texts = form.texts();
    if texts.iter().any(|(_, text)| arabic::runs::clusters(text) > MOST_WORDS) {
        let (frame, shell) = Shell::of_managing_editor(&app, &editor, "reasons").await?;
        let page = page(&app, frame, shell, Some((reason, &form))).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let happening = app.store.keep_reason_texts(reason, &texts, editor.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/reasons#{}", reason.key())).into_response())
}

async fn page(app: &App, frame: Frame, shell: Shell, typed: Option<(RefusalReason, &ReasonForm)>) -> Answer {
    let kept = app.store.reason_texts().await?;
    let line = |reason: RefusalReason| Line {
        word: reason.key(),
        words: frame.t.s(&format!("refusal.{}", reason.key())),
        is_law: reason == RefusalReason::Unlawful,
        texts: LANGUAGES
            .into_iter()
            .map(|language| {
                let typed = typed.filter(|(of, _)| *of == reason).map(|(_, form)| form.of(language).to_owned());
                let kept = || kept.get(&(reason.key().to_owned(), language.tag().to_owned())).cloned();
                let name = frame.t.s(&format!("language.{}", language.tag()));
                (language.tag(), language.dir(), name, typed.or_else(kept).unwrap_or_default())
            })
            .collect(),
    };
    let reasons = RefusalReason::ALL.into_iter().map(line).collect();
    Page::private(&ReasonsPage { frame, shell, reasons, problem: typed.is_some() })
}

impl ReasonForm {
    fn of(&self, language: Language) -> &str {
        match language {
            Language::Ar => &self.ar,
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }

    fn texts(&self) -> Vec<(Language, String)> {
        let clean = |language| (language, self.of(language).replace('\0', "").trim().to_owned());
        LANGUAGES.into_iter().map(clean).collect()
    }
}
