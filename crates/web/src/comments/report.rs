//! A reader says that a public comment breaks a house rule or a law. It is written down; a person decides.

use super::look::Look;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{FlaggerKey, From, Pace, PublicComment, Visitor, receipt_of};
use crate::layout::Frame;
use crate::networks;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::comment::{Ground, NewReport, RefusalReason};
use newsroom::story::Published;
use serde::Deserialize;
use store::reports::Reported;
use store::thread::{Stands, ThreadEntry};

/// Grapheme clusters that a reader may add in words; a notice of what is against the law may need more of them.
const MOST_WORDS: usize = 2_000;
/// Of a name, an address or the name of a law.
const MOST_LINE: usize = 200;

/// A report as filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// Which house rule, by its word, or `law`.
    reason: String,
    /// Which law, in the reader's own words.
    law: String,
    /// Why; may be empty where a house rule says it all.
    words: String,
    /// Who reports.
    name: String,
    email: String,
    /// Name and address may be left out: the law says so of offences against children.
    about_a_child: String,
    /// Believed to be true and complete.
    good_faith: String,
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
    /// The trusted flagger whose key this browser carries.
    flagger: Option<String>,
}

/// `GET /stories/{story}/comments/{number}/report`.
pub async fn report_form(comment: PublicComment, flagger: FlaggerKey, State(app): State<App>) -> Answer {
    let (story, entry) = reportable(comment)?;
    let page = page(&app, (&story, &entry), ReportForm::default(), Vec::new(), &flagger).await?;
    Page::private(&page)
}

/// `POST /stories/{story}/comments/{number}/report`.
pub async fn report(
    _: Pace,
    visitor: Visitor,
    comment: PublicComment,
    (flagger, from): (FlaggerKey, From),
    State(app): State<App>,
    Form(form): Form<ReportForm>,
) -> Result<Response, PageError> {
    let (story, entry) = reportable(comment)?;
    let report = match form.check() {
        Ok(report) => report,
        Err(problems) => {
            let page = Page::private(&page(&app, (&story, &entry), form, problems, &flagger).await?)?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let (about, now) = ((story.id, entry.id), app.now());
    let reported = app.store.report_comment(about, visitor.who, report, flagger.0.as_ref(), now).await?;
    if let Some(from) = networks::of(&app, from).await {
        networks::note(&app, visitor.who.id, &from).await;
    }
    let address = match reported {
        Reported::Taken(id, happening) => {
            aftermath::tell(&app, &happening).await;
            format!("/reports/{}?sent=now", receipt_of(&app, id))
        }
        Reported::Before(id) => format!("/reports/{}?sent=before", receipt_of(&app, id)),
    };
    Ok(visitor.keep_key(Redirect::to(&address).into_response()))
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
    (story, entry): (&Published, &ThreadEntry),
    typed: ReportForm,
    problems: Vec<&'static str>,
    flagger: &FlaggerKey,
) -> Result<Report, PageError> {
    let frame = Frame::new(app, app.now()).await?;
    let look = Look::new(app, story);
    let flagger = match &flagger.0 {
        Some(key) => app.store.flagger_of(key).await?,
        None => None,
    };
    let (headline, number, comment) = (story.text.headline.clone(), entry.number, look.entry(entry)?);
    Ok(Report { frame, headline, address: look.address, number, comment, typed, problems, flagger })
}

impl ReportForm {
    /// The report as it is written down, or everything that is wrong with it. A house rule needs nothing more; a notice of
    /// what is against the law needs what Article 16 of the Digital Services Act asks for.
    fn check(&self) -> Result<NewReport, Vec<&'static str>> {
        let is_law = self.is_of_law();
        let reason = RefusalReason::from_key(&self.reason);
        let (words, law) = (clean(&self.words), clean(&self.law));
        let (name, email) = (clean(&self.name), clean(&self.email));
        let nameless = is_law && self.about_a_child.is_empty() && (name.is_empty() || email.is_empty());
        let checks = [
            (!is_law && reason.is_none(), "form.report-why"),
            (reason == Some(RefusalReason::Other) && words.is_empty(), "form.report-why"),
            (is_law && law.is_empty(), "form.report-which-law"),
            (is_law && words.is_empty(), "form.report-explain"),
            (nameless, "form.report-who"),
            (!email.is_empty() && !looks_like_an_address(&email), "form.report-email"),
            (is_law && self.good_faith.is_empty(), "form.report-good-faith-missing"),
            (arabic::runs::clusters(&words) > MOST_WORDS, "form.report-long"),
            (
                [&law, &name, &email].iter().any(|line| arabic::runs::clusters(line) > MOST_LINE),
                "form.report-long-line",
            ),
        ];
        let problems: Vec<_> = checks.into_iter().filter_map(|(wrong, key)| wrong.then_some(key)).collect();
        let ground = if is_law { Some(Ground::Law(law)) } else { reason.map(Ground::Rule) };
        match ground.filter(|_| problems.is_empty()) {
            Some(ground) => Ok(NewReport { ground, words, name, email, good_faith: !self.good_faith.is_empty() }),
            None => Err(problems),
        }
    }

    /// The desk's own word for what is unlawful says no less.
    fn is_of_law(&self) -> bool {
        self.reason == Ground::LAW || self.reason == RefusalReason::Unlawful.key()
    }
}

/// Something before and after one sign, without spaces: whoever mistypes it gets no answer, and nothing worse happens.
fn looks_like_an_address(email: &str) -> bool {
    let parts = email.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
    parts.is_some() && !email.contains(char::is_whitespace)
}

fn clean(text: &str) -> String {
    text.replace('\0', "").trim().to_owned()
}
