//! A message on its way: its lines are looked up now, put into the shape of its way, and what became of it is written down.

use super::line::{Line, Reader};
use super::{Job, as_colleague_reads, chat, confirm, hook};
use crate::app::App;
use crate::layout::address;
use crate::mail::Letter;
use crate::words::Words;
use askama::Template;
use newsroom::StaffId;
use newsroom::notices::{Way, next_try};
use newsroom::people::{EmailAddress, Staff};
use store::StoreError;
use store::desk_notices::{Delivery, StaffWay};
use store::outbox::OutboxJob;

/// Lines of one message; what is more is counted.
const MOST_LINES: usize = 20;
/// Most letters of a message's lines: a bot's message holds 4,096.
const MOST_CHARS: usize = 3_500;
/// Most letters of a subject that is a whole sentence.
const MOST_SUBJECT: usize = 160;

/// A message ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parcel {
    /// By mail.
    Letter(Letter),
    /// To an address of the web: headers and a body of JSON.
    Hook {
        /// Where to.
        url: String,
        /// Beside `content-type`.
        headers: Vec<(&'static str, String)>,
        /// JSON.
        body: String,
    },
    /// To a chat of Telegram.
    Chat {
        /// Which.
        chat: String,
        /// What.
        text: String,
    },
}

/// Why something could not be delivered. It names neither an address nor a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undelivered {
    /// Nobody answered in time, or the line is not safe.
    Unreached,
    /// It leads to a machine of the house, of which the administrator has not said that it may be told.
    Inside,
    /// A group or a channel of which the administrator does not say, or no longer, that it may be told.
    NotAllowed,
    /// An answer that is no yes.
    Status(u16),
    /// The paper's mail server did not take it.
    Mail,
    /// The paper has not the means any more.
    NotOffered,
    /// What it is about cannot be read or written: the log says why.
    NotMade,
}

impl Undelivered {
    /// As it is kept: a word, with a number behind it where there is one.
    pub fn word(self) -> String {
        match self {
            Self::Unreached => "unreached".to_owned(),
            Self::Inside => "inside".to_owned(),
            Self::NotAllowed => "not-allowed".to_owned(),
            Self::Status(status) => format!("status {status}"),
            Self::Mail => "mail".to_owned(),
            Self::NotOffered => "not-offered".to_owned(),
            Self::NotMade => "not-made".to_owned(),
        }
    }
}

/// The lines of a message, and how many more there are.
#[derive(Debug)]
pub(super) struct Digest {
    pub lines: Vec<Line>,
    pub more: usize,
}

impl Digest {
    /// How many more there are; none: no more.
    fn more_words(&self, t: &Words) -> Option<String> {
        (self.more > 0).then(|| t.n("notice.more", self.more))
    }
}

#[derive(Template)]
#[template(path = "desk_notices/letter.html")]
struct AsHtml<'l> {
    t: Words,
    paper: &'l str,
    subject: &'l str,
    digest: &'l Digest,
    choose: &'l str,
}

#[derive(Template)]
#[template(path = "desk_notices/letter.txt", escape = "none")]
struct AsText<'l> {
    t: Words,
    paper: &'l str,
    digest: &'l Digest,
    choose: &'l str,
}

/// What a job sends; `None` when there is nothing to tell any more.
///
/// # Errors
/// When the store cannot answer: the job is to be tried again.
pub async fn parcel(app: &App, job: &OutboxJob) -> Result<Option<Parcel>, StoreError> {
    let delivery = match serde_json::from_str(&job.payload) {
        Ok(Job::Confirm(staff)) => return confirm::letter(app, staff).await.map(|letter| letter.map(Parcel::Letter)),
        Ok(Job::Code(staff)) => return chat::message(app, staff).await,
        Ok(Job::Delivery(id)) => app.store.delivery(id).await,
        Err(_) => return Ok(None),
    };
    let delivery = match delivery {
        Err(StoreError::NotFound) => return Ok(None),
        delivery => delivery?,
    };
    let here = app.store.staff_at_work().await?;
    let Some(colleague) = here.into_iter().find(|one| one.id == delivery.staff) else { return Ok(None) };
    let Some(way) = open_way(app, &delivery).await? else { return Ok(None) };
    let app = &as_colleague_reads(app, colleague.id).await?;
    let t = app.words();
    let digest = digest(app, &delivery, &colleague, t).await?;
    if digest.lines.is_empty() {
        return Ok(None);
    }
    match delivery.way {
        Way::Mail => letter(app, t, &way.address, &digest).map(|letter| letter.map(Parcel::Letter)),
        Way::Hook => Ok(Some(hook::message(app, &delivery, &way, (&digest, &plain(t, &digest))))),
        Way::Telegram => Ok(Some(Parcel::Chat { chat: way.address, text: plain(t, &digest) })),
    }
}

/// What became of a job, and of the way by which it went.
///
/// # Errors
/// When the store cannot answer.
pub async fn settle(app: &App, job: &OutboxJob, outcome: Result<bool, Undelivered>) -> Result<(), StoreError> {
    let (now, to) = (app.now(), addressed(app, job).await?);
    match (outcome, to) {
        (Ok(sent), to) => {
            if let (true, Some((staff, way))) = (sent, to) {
                app.store.note_reached(staff, way).await?;
            }
            app.store.finish_job(job.id).await
        }
        (Err(why), to) => {
            let next = next_try(job.attempts, now);
            if let Some(to) = to {
                app.store.note_unreached(to, &why.word(), next.is_none(), now).await?;
            }
            app.store.fail_job(job.id, &why.word(), next).await
        }
    }
}

/// To whom a job's message goes, and by which way.
async fn addressed(app: &App, job: &OutboxJob) -> Result<Option<(StaffId, Way)>, StoreError> {
    match serde_json::from_str(&job.payload) {
        Ok(Job::Delivery(id)) => match app.store.delivery(id).await {
            Ok(delivery) => Ok(Some((delivery.staff, delivery.way))),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(error),
        },
        // Why no code arrives is said where nothing else is told yet.
        Ok(Job::Code(staff)) => {
            let ways = app.store.ways_of(staff).await?;
            let is_new = ways.iter().any(|one| one.way == Way::Telegram && one.address.is_empty());
            Ok(is_new.then_some((staff, Way::Telegram)))
        }
        // A link that does not arrive says nothing about the address that holds.
        Ok(Job::Confirm(_)) | Err(_) => Ok(None),
    }
}

async fn open_way(app: &App, delivery: &Delivery) -> Result<Option<StaffWay>, StoreError> {
    let ways = app.store.ways_of(delivery.staff).await?;
    let is_open = |way: &StaffWay| way.way == delivery.way && !way.address.is_empty() && way.stopped_at.is_none();
    Ok(ways.into_iter().find(is_open))
}

async fn digest(app: &App, delivery: &Delivery, colleague: &Staff, t: Words) -> Result<Digest, StoreError> {
    let staff = app.store.staff().await?;
    let reader = Reader { app, colleague, staff: &staff, t };
    let (mut digest, mut chars) = (Digest { lines: Vec::new(), more: 0 }, 0);
    for (at, told) in delivery.told.iter().enumerate() {
        // The same is said once: a story that was given twice since the last message.
        if delivery.told[..at].contains(told) {
            continue;
        }
        // What is not so any more is neither told nor counted.
        let Some(line) = reader.line(told).await? else { continue };
        chars += line.text.chars().count() + line.link.chars().count();
        match digest.lines.is_empty() || digest.lines.len() < MOST_LINES && chars <= MOST_CHARS {
            true => digest.lines.push(line),
            false => digest.more += 1,
        }
    }
    Ok(digest)
}

fn letter(app: &App, t: Words, to: &str, digest: &Digest) -> Result<Option<Letter>, StoreError> {
    let Some(to) = EmailAddress::new(to) else { return Ok(None) };
    let (paper, choose) = (app.paper.name.as_str(), address::whole(&app.paper, "/desk/me/notices"));
    let subject = match &digest.lines[..] {
        [only] if digest.more == 0 && only.text.chars().count() <= MOST_SUBJECT => only.text.clone(),
        lines => t.with("notice.subject", (lines.len() + digest.more) as u64, &[("paper", paper)]),
    };
    let html = AsHtml { t, paper, subject: &subject, digest, choose: &choose }.render();
    let text = AsText { t, paper, digest, choose: &choose }.render();
    let broken = |problem: askama::Error| StoreError::Broken(problem.to_string());
    let (html, text) = (html.map_err(broken)?, text.map_err(broken)?);
    Ok(Some(Letter { to, subject, text, html, unsubscribe: None }))
}

/// The lines as plain text.
fn plain(t: Words, digest: &Digest) -> String {
    let mut parts: Vec<String> = digest.lines.iter().map(|line| format!("{}\n{}", line.text, line.link)).collect();
    parts.extend(digest.more_words(&t));
    parts.join("\n\n")
}
