//! A reader says that a public comment breaks a house rule. It is written down; a person decides.

use super::look::Look;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Pace, PublicComment, Visitor};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::rendered::Rendered;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::comment::RefusalReason;
use newsroom::story::Published;
use serde::Deserialize;
use store::thread::{Stands, ThreadEntry};

/// Grapheme clusters that a reader may add in words.
const MOST_WORDS: usize = 500;

/// A report as filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// Which house rule, by its word.
    reason: String,
    /// In the reader's own words; may be empty.
    words: String,
}

#[derive(Template)]
#[template(path = "comments/report.html")]
struct Report {
    frame: Frame,
    headline: String,
    address: String,
    number: i64,
    comment: Rendered,
    typed: ReportForm,
    problems: Vec<&'static str>,
    sent: bool,
}

/// `GET /stories/{story}/comments/{number}/report`.
pub async fn report_form(comment: PublicComment, State(app): State<App>) -> Answer {
    let (story, entry) = reportable(comment)?;
    let page = page(&app, &story, &entry, ReportForm::default(), Vec::new(), false).await?;
    Page::shared(&page, vec![Tag::Story(story.id)])
}

/// `POST /stories/{story}/comments/{number}/report`.
pub async fn report(
    _: Pace,
    visitor: Visitor,
    comment: PublicComment,
    State(app): State<App>,
    Form(form): Form<ReportForm>,
) -> Result<Response, PageError> {
    let (story, entry) = reportable(comment)?;
    let why = match form.check() {
        Ok(why) => why,
        Err(problems) => {
            let page = Page::private(&page(&app, &story, &entry, form, problems, false).await?)?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let happening = app.store.report_comment(story.id, entry.id, visitor.who, &why, app.now()).await?;
    if let Some(happening) = happening {
        aftermath::tell(&app, &happening).await;
    }
    let thanks = Page::private(&page(&app, &story, &entry, form, Vec::new(), true).await?)?;
    Ok(visitor.keep_key(thanks.into_response()))
}

/// Only what is there to be read can be reported.
fn reportable(comment: PublicComment) -> Result<(Published, ThreadEntry), PageError> {
    match comment.entry.stands {
        Stands::Comment { .. } => Ok((comment.story, comment.entry)),
        Stands::Withdrawn | Stands::TakenDown | Stands::UnderReview => Err(PageError::NotFound),
    }
}

async fn page(
    app: &App,
    story: &Published,
    entry: &ThreadEntry,
    typed: ReportForm,
    problems: Vec<&'static str>,
    sent: bool,
) -> Result<Report, PageError> {
    let frame = Frame::new(app, app.now()).await?;
    let look = Look::new(app, story);
    let (headline, number, comment) = (story.text.headline.clone(), entry.number, look.entry(entry)?);
    Ok(Report { frame, headline, address: look.address, number, comment, typed, problems, sent })
}

impl ReportForm {
    /// The report as it is written down: the rule's word, then the reader's.
    fn check(&self) -> Result<String, Vec<&'static str>> {
        let words = self.words.replace('\0', "");
        let reason = RefusalReason::from_key(&self.reason);
        let missing = reason.is_none() || (reason == Some(RefusalReason::Other) && words.trim().is_empty());
        let long = arabic::runs::clusters(&words) > MOST_WORDS;
        let checks = [(missing, "form.report-why"), (long, "form.report-long")];
        let problems: Vec<_> = checks.into_iter().filter_map(|(wrong, key)| wrong.then_some(key)).collect();
        match (reason, problems.is_empty()) {
            (Some(reason), true) if words.trim().is_empty() => Ok(reason.key().to_owned()),
            (Some(reason), true) => Ok(format!("{}: {}", reason.key(), words.trim())),
            _ => Err(problems),
        }
    }
}
