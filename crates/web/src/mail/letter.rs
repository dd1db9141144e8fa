//! A letter: what stands in it is looked up when it is sent, and whatever is not so any more is not told.

use super::{Job, newsletter, unsubscribe};
use crate::app::App;
use crate::guard::{hash_of, receipt_of};
use crate::layout::address;
use crate::reader::end_of_link;
use crate::sign_in::token;
use crate::words::Words;
use askama::Template;
use jiff::tz::TimeZone;
use newsroom::comment::{AppealState, Decision, ReportOutcome, Side, State};
use newsroom::people::{EmailAddress, NoticeKind, Reader, Visitor};
use newsroom::profile::Language;
use newsroom::story::{CommentPolicy, Story};
use newsroom::{AppealId, CommentId, ReaderLinkId, ReportId, RulingId, StoryId, VisitorId};
use store::StoreError;
use store::outbox::OutboxJob;
use store::thread::Stands;

/// Notices to one reader on one day; what is more is on their page.
const MOST_A_DAY: u32 = 20;

/// A letter ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Where to.
    pub to: EmailAddress,
    /// In one line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where the reader ends such letters, by one POST without signing in; none where they asked for this very letter.
    pub unsubscribe: Option<String>,
}

/// The words of a letter, before they are text and HTML.
#[derive(Debug)]
pub(super) struct Told {
    pub subject: String,
    pub lines: Vec<String>,
    /// Where it leads, in words and as a whole address; none: nowhere.
    pub link: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct AsHtml<'l> {
    t: Words,
    paper: &'l str,
    told: &'l Told,
    why: String,
    stop: Option<&'l str>,
}

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct AsText<'l> {
    t: Words,
    paper: &'l str,
    told: &'l Told,
    why: String,
    stop: Option<&'l str>,
}

/// The letter of a job; `None` when there is nothing to tell any more.
///
/// # Errors
/// When the store cannot answer: the job is to be tried again.
pub async fn letter(app: &App, job: &OutboxJob) -> Result<Option<Letter>, StoreError> {
    let Ok(job) = serde_json::from_str(&job.payload) else { return Ok(None) };
    let letter = match job {
        Job::Link(link) => return link_letter(app, link).await,
        Job::Newsletter(id) => return newsletter::link_letter(app, id).await,
        Job::NewsletterTrial(staff) => return newsletter::trial(app, staff).await,
        Job::Reply(story, comment) => reply(app, story, comment).await,
        Job::Decision(story, comment, ruling) => decision(app, (story, comment), ruling).await,
        Job::Report(report) => report_letter(app, report).await,
        Job::Objection(_, comment, appeal) => objection(app, comment, appeal).await,
    };
    match letter {
        // What was there is gone: withdrawn, erased, taken back.
        Err(StoreError::NotFound) => Ok(None),
        letter => letter,
    }
}

/// A letter by which an administrator sees that mail goes out.
///
/// # Errors
/// When a template cannot be rendered.
pub fn trial(app: &App, to: EmailAddress) -> Result<Letter, StoreError> {
    let t = words(app, app.paper.writing.language);
    let told = Told {
        subject: t.with("mail.trial.subject", 1, &[("paper", &app.paper.name)]),
        lines: vec![t.s("mail.trial.text")],
        link: Some((app.paper.name.clone(), app.paper.address.clone())),
    };
    written(app, t, (to, None), told, t.s("mail.why.trial"))
}

async fn link_letter(app: &App, link: ReaderLinkId) -> Result<Option<Letter>, StoreError> {
    let (token, now) = (token()?, app.now());
    let Some(armed) = app.store.arm_reader_link(link, &hash_of(&token), end_of_link(now), now).await? else {
        return Ok(None);
    };
    let t = words(app, armed.language);
    let kind = if armed.confirms { "confirm" } else { "link" };
    let told = Told {
        subject: t.with(&format!("mail.{kind}.subject"), 1, &[("paper", &app.paper.name)]),
        lines: vec![t.s(&format!("mail.{kind}.text")), t.s("mail.link.not-you")],
        link: Some((t.s(&format!("mail.{kind}.go")), whole(app, &format!("/reader/link/{token}")))),
    };
    written(app, t, (armed.email, None), told, t.s("mail.why.link")).map(Some)
}

/// Somebody's answer is told while it is public; its words stay on the page, from which they can be taken back.
async fn reply(app: &App, story: StoryId, comment: CommentId) -> Result<Option<Letter>, StoreError> {
    let Some(concerned) = app.store.concerned(story, comment).await? else { return Ok(None) };
    let Some(answered) = concerned.answered.filter(|answered| *answered != concerned.author) else { return Ok(None) };
    let Story::Published(published) = app.store.story(story).await? else { return Ok(None) };
    let entry = app.store.entry_of(story, comment).await?.filter(|_| published.comments != CommentPolicy::Hidden);
    let Some(entry) = entry else { return Ok(None) };
    let Stands::Comment { name, .. } = &entry.stands else { return Ok(None) };
    let Some((t, to)) = notice(app, answered, NoticeKind::Reply).await? else { return Ok(None) };
    let place = format!("{}?at={1}#c-{1}", address::story(&published.slug), entry.number);
    let about = [("name", name.as_str()), ("headline", published.text.headline.as_str())];
    let told = Told {
        subject: t.with("mail.reply.subject", 1, &[("paper", &app.paper.name)]),
        lines: vec![t.with("mail.reply.text", 1, &about)],
        link: Some((t.s("mail.reply.go"), whole(app, &place))),
    };
    written(app, t, to, told, t.s("mail.why.notice")).map(Some)
}

/// The ruling is told while it is the one that holds.
async fn decision(
    app: &App,
    (story, comment): (StoryId, CommentId),
    ruling: RulingId,
) -> Result<Option<Letter>, StoreError> {
    let Some(concerned) = app.store.concerned(story, comment).await? else { return Ok(None) };
    let mine = app.store.one_of_mine(Visitor { id: concerned.author }, comment).await?;
    if mine.ordered.is_some_and(|order| order.is_silent(app.now())) {
        return Ok(None);
    }
    let Some(holds) = mine.ruling.as_ref().filter(|holds| holds.id == ruling) else { return Ok(None) };
    let kind = match (holds.decision, mine.own.state) {
        (Decision::Release { collapsed: false, .. }, State::Released) => "released",
        (Decision::Release { .. }, State::Released) => "folded",
        (Decision::Refuse { .. }, State::Refused) => "refused",
        (Decision::TakeDown { .. }, State::TakenDown) => "taken-down",
        _ => return Ok(None),
    };
    let Some((t, to)) = notice(app, concerned.author, NoticeKind::Decision).await? else { return Ok(None) };
    let mut lines = vec![t.s(&format!("mail.decision.{kind}"))];
    // A story that is not public is not named in a letter.
    lines.extend(mine.slug.as_ref().map(|_| t.with("mail.decision.about", 1, &[("headline", &mine.headline)])));
    lines.extend(
        holds
            .decision
            .reason()
            .map(|reason| t.with("mail.decision.rule", 1, &[("rule", &t.s(&format!("refusal.{}", reason.key())))])),
    );
    let told = Told {
        subject: t.with("mail.decision.subject", 1, &[("paper", &app.paper.name)]),
        lines,
        link: Some((t.s("mail.decision.go"), whole(app, &format!("/me/{comment}")))),
    };
    written(app, t, to, told, t.s("mail.why.notice")).map(Some)
}

async fn report_letter(app: &App, report: ReportId) -> Result<Option<Letter>, StoreError> {
    let status = app.store.report_status(report).await?;
    if status.outcome == ReportOutcome::Open {
        return Ok(None);
    }
    let Some((t, to)) = notice(app, status.visitor, NoticeKind::Decision).await? else { return Ok(None) };
    let outcome = t.s(&format!("report.outcome.{}", status.outcome.key()));
    let told = Told {
        subject: t.with("mail.report.subject", 1, &[("paper", &app.paper.name)]),
        lines: vec![t.with("mail.report.text", 1, &[("reference", &status.reference)]), outcome],
        link: Some((t.s("mail.report.go"), whole(app, &format!("/reports/{}", receipt_of(app, report))))),
    };
    written(app, t, to, told, t.s("mail.why.notice")).map(Some)
}

async fn objection(app: &App, comment: CommentId, appeal: AppealId) -> Result<Option<Letter>, StoreError> {
    let Some((by, side, report)) = app.store.objector(appeal).await? else { return Ok(None) };
    let state = app.store.appeal(appeal).await?.state;
    if state == AppealState::Open {
        return Ok(None);
    }
    let path = match (side, report) {
        (Side::Author, _) => format!("/me/{comment}"),
        (Side::Reporter, Some(report)) => format!("/reports/{}", receipt_of(app, report)),
        (Side::Reporter, None) => return Ok(None),
    };
    let Some((t, to)) = notice(app, by, NoticeKind::Decision).await? else { return Ok(None) };
    let told = Told {
        subject: t.with("mail.objection.subject", 1, &[("paper", &app.paper.name)]),
        lines: vec![t.s("mail.objection.text"), t.s(&format!("appeal.state.{}", state.key()))],
        link: Some((t.s("mail.objection.go"), whole(app, &path))),
    };
    written(app, t, to, told, t.s("mail.why.notice")).map(Some)
}

/// Where a letter goes, and how its reader ends such letters.
type To = (EmailAddress, Option<String>);

/// Whether a visitor is an account that wants this kind now, and had not too many today.
async fn notice(app: &App, whom: VisitorId, kind: NoticeKind) -> Result<Option<(Words, To)>, StoreError> {
    let Some(reader) = app.store.reader_of(whom).await? else { return Ok(None) };
    let Reader { id, email: Some(email), language, notices, .. } = reader else { return Ok(None) };
    let today = app.now().to_zoned(TimeZone::UTC).date().to_string();
    if !notices.wants(kind) || !app.store.count_notice(id, &today, MOST_A_DAY).await? {
        return Ok(None);
    }
    let stop = whole(app, &format!("/unsubscribe/{}", unsubscribe::key(app, id, kind)));
    Ok(Some((words(app, language), (email, Some(stop)))))
}

pub(super) fn written(app: &App, t: Words, (to, stop): To, told: Told, why: String) -> Result<Letter, StoreError> {
    let (paper, stopping) = (app.paper.name.as_str(), stop.as_deref());
    let html = AsHtml { t, paper, told: &told, why: why.clone(), stop: stopping }.render();
    let text = AsText { t, paper, told: &told, why, stop: stopping }.render();
    let broken = |problem: askama::Error| StoreError::Broken(problem.to_string());
    let (html, text) = (html.map_err(broken)?, text.map_err(broken)?);
    Ok(Letter { to, subject: told.subject, text, html, unsubscribe: stop })
}

pub(super) fn words(app: &App, language: Language) -> Words {
    Words::new(language, app.paper.writing.digits)
}

pub(super) fn whole(app: &App, path: &str) -> String {
    address::whole(&app.paper, path)
}
