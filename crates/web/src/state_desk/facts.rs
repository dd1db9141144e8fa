//! What is seen, group by group, and what of it needs somebody.

use super::computer::{Backups, Certificate, ComputerSeen, Disk};
use super::replica;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::issues::megabytes;
use crate::layout::Frame;
use jiff::SignedDuration;
use newsroom::Timestamp;
use std::time::Instant;
use store::condition::{Condition, EngineKind};
use store::outbox::JobsOfKind;

/// Less free space than this is little: the log of writes alone may take 64 MB, and pictures come by the megabyte.
const LITTLE: u64 = 1_000_000_000;
/// A proved backup that is older than so many of its spans is missed.
const SPANS_MISSED: i32 = 2;
/// Where all is well a happening is under seal within some minutes; a day later something keeps the clock from it.
const SEALED_LATE: SignedDuration = SignedDuration::from_hours(24);

/// Some facts under one head.
#[derive(Debug)]
pub struct Group {
    /// Its mark on the page.
    pub id: &'static str,
    /// Its head.
    pub title: String,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// A fact in words.
#[derive(Debug)]
pub struct Fact {
    /// What it is about; empty where the head says it.
    pub about: String,
    /// How it stands.
    pub said: String,
    /// What somebody should do about it.
    pub need: Option<String>,
}

impl Group {
    fn new(frame: &Frame, id: &'static str, facts: Vec<Fact>) -> Self {
        Self { id, title: frame.t.s(&format!("condition.{id}")), facts }
    }

    /// What needs somebody.
    pub fn needs(&self) -> impl Iterator<Item = String> {
        self.facts.iter().filter_map(|fact| fact.need.clone())
    }
}

impl Fact {
    fn new(said: String) -> Self {
        Self { about: String::new(), said, need: None }
    }

    pub(super) fn of(about: String, said: String) -> Self {
        Self { about, ..Self::new(said) }
    }

    pub(super) fn needing(self, need: Option<String>) -> Self {
        Self { need, ..self }
    }
}

/// Looks at everything: the groups in their order, and how jobs stand.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn gather(app: &App, frame: &Frame, waiting: i64) -> Result<(Vec<Group>, Vec<JobsOfKind>), PageError> {
    let begun = Instant::now();
    let condition = app.store.condition().await?;
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let jobs = app.store.jobs_by_kind(frame.now).await?;
    let seen = app.computer.look().await;
    let mut groups = vec![
        Group::new(frame, "program", program(frame, &condition)),
        Group::new(
            frame,
            "store",
            database(app, frame, &condition, took_ms).chain(replica::fact(app, frame).await?).collect(),
        ),
    ];
    let ComputerSeen { disk, backups, certificate } = seen.clone().unwrap_or_default();
    if seen.is_some() {
        groups.push(Group::new(frame, "disk", vec![disk_fact(frame, disk, &condition)]));
    }
    groups.push(Group::new(frame, "queue", vec![queue(frame, waiting, &condition)]));
    if seen.is_some() {
        groups.push(Group::new(frame, "backups", backup_facts(frame, backups)));
        groups.push(Group::new(frame, "certificate", vec![certificate_fact(frame, certificate)]));
    }
    groups.push(Group::new(frame, "seal", vec![seal(app, frame).await?]));
    Ok((groups, jobs))
}

fn program(frame: &Frame, condition: &Condition) -> Vec<Fact> {
    let t = &frame.t;
    let schema = t.written(&condition.schema.to_string());
    let texts = [("version", env!("CARGO_PKG_VERSION")), ("schema", schema.as_str())];
    // A newer program has been at these data: this process is one that was left behind.
    let newer = condition.schema > store::newest_schema();
    vec![
        Fact::new(t.with("condition.program.is", 1, &texts))
            .needing(newer.then(|| t.s("condition.needs.newer-schema"))),
    ]
}

fn database(app: &App, frame: &Frame, condition: &Condition, took_ms: u64) -> impl Iterator<Item = Fact> {
    let t = &frame.t;
    let name = match condition.engine {
        EngineKind::Sqlite => "SQLite",
        EngineKind::Postgresql => "PostgreSQL",
    };
    let engine = format!("{name} {}", condition.version);
    let answers = t.with("condition.store.answers", 1, &[("engine", &engine), ("ms", &t.number(took_ms))]);
    let facts = [
        Fact::of(t.s("condition.store.engine"), answers),
        Fact::of(t.s("condition.store.size"), size(frame, condition.bytes)),
        Fact::of(t.s("condition.store.slow"), t.number(app.store.slow_statements())),
    ];
    facts.into_iter()
}

fn disk_fact(frame: &Frame, disk: Option<Disk>, condition: &Condition) -> Fact {
    let t = &frame.t;
    let Some(Disk { free, whole }) = disk else { return Fact::new(t.s("condition.disk.unseen")) };
    let said = t.with("condition.disk.free", 1, &[("free", &size(frame, free)), ("whole", &size(frame, whole))]);
    // A file of SQLite is written anew after an erasure, which takes as much space again as it has.
    let wanted = match condition.engine {
        EngineKind::Sqlite => LITTLE.max(condition.bytes),
        EngineKind::Postgresql => LITTLE,
    };
    let need = || t.with("condition.needs.disk", 1, &[("free", &size(frame, free)), ("wanted", &size(frame, wanted))]);
    Fact::new(said).needing((free < wanted).then(need))
}

fn queue(frame: &Frame, waiting: i64, condition: &Condition) -> Fact {
    let t = &frame.t;
    let mut said = t.n("condition.queue.waiting", u64::try_from(waiting).unwrap_or_default());
    if let Some(since) = condition.waiting_since {
        said.push(' ');
        said.push_str(&t.with("condition.queue.oldest", 1, &[("span", &span(frame, since))]));
    }
    Fact::new(said)
}

fn backup_facts(frame: &Frame, backups: Option<Backups>) -> Vec<Fact> {
    let t = &frame.t;
    let Some(Backups { every_hours, proved, failed }) = backups else {
        return vec![Fact::new(t.s("condition.backups.none-set")).needing(Some(t.s("condition.needs.backups")))];
    };
    let plan = match every_hours {
        Some(hours) => t.n("condition.backups.every", hours),
        None => t.s("condition.backups.by-hand"),
    };
    let mut facts = vec![Fact::new(plan)];
    let last = proved.as_ref().map(|one| {
        let (time, bytes) = (when(t, frame.paper(), one.at), size(frame, one.bytes));
        t.with("condition.backups.last", 1, &[("time", &time), ("size", &bytes), ("name", &one.name)])
    });
    let proved_at = proved.map(|one| one.at);
    let missed = match (every_hours, proved_at) {
        (Some(hours), Some(at)) => {
            frame.now.duration_since(at) > SignedDuration::from_hours(hours.into()) * SPANS_MISSED
        }
        (_, None) => true,
        (None, Some(_)) => false,
    };
    let last =
        Fact::of(t.s("condition.backups.last-proved"), last.unwrap_or_else(|| t.s("condition.backups.none-yet")));
    facts.push(last.needing(missed.then(|| t.s("condition.needs.no-backup"))));
    if let Some((at, why)) = failed {
        let time = when(t, frame.paper(), at);
        let said = t.with("condition.backups.failed", 1, &[("time", &time), ("why", &why)]);
        let need = proved_at.is_none_or(|proved| proved < at).then(|| t.s("condition.needs.failed-backup"));
        facts.push(Fact::of(t.s("condition.backups.last-failed"), said).needing(need));
    }
    facts
}

fn certificate_fact(frame: &Frame, certificate: Option<Certificate>) -> Fact {
    let t = &frame.t;
    let Some(certificate) = certificate else { return Fact::new(t.s("condition.certificate.none")) };
    let file = certificate.file.as_str();
    let refused = certificate.refused.as_ref().map(|(at, why)| {
        let time = when(t, frame.paper(), *at);
        t.with("condition.needs.certificate-refused", 1, &[("time", &time), ("why", why)])
    });
    let Some(until) = certificate.until else {
        if certificate.to_come {
            return Fact::new(t.with("condition.certificate.to-come", 1, &[("file", file)])).needing(refused);
        }
        let said = t.with("condition.certificate.unread", 1, &[("file", file)]);
        return Fact::new(said).needing(Some(t.s("condition.needs.certificate-unread")));
    };
    let time = when(t, frame.paper(), until);
    let said = t.with("condition.certificate.until", 1, &[("file", file), ("time", &time)]);
    let left = until.duration_since(frame.now);
    let need = if left.is_negative() {
        Some(t.s("condition.needs.certificate-ended"))
    } else {
        let days = u64::try_from(left.as_hours() / 24).unwrap_or_default();
        certificate.ends_soon.then(|| t.n("condition.needs.certificate", days))
    };
    Fact::new(said).needing(refused.or(need))
}

async fn seal(app: &App, frame: &Frame) -> Result<Fact, PageError> {
    let t = &frame.t;
    let Some(last) = app.store.last_seal().await? else { return Ok(Fact::new(t.s("condition.seal.none"))) };
    let time = last.at.map(|at| when(t, frame.paper(), at)).unwrap_or_default();
    let said = t.with("condition.seal.last", 1, &[("seal", &last.anchor.to_string()), ("time", &time)]);
    let late = last.unsealed_since.is_some_and(|since| frame.now.duration_since(since) > SEALED_LATE);
    Ok(Fact::new(said).needing(late.then(|| t.s("condition.needs.seal"))))
}

/// How long ago something was: minutes below an hour, hours below two days.
pub fn span(frame: &Frame, since: Timestamp) -> String {
    let minutes = u64::try_from(frame.now.duration_since(since).as_mins()).unwrap_or_default();
    match minutes {
        ..60 => frame.t.n("transparency.minutes", minutes),
        60..2_880 => frame.t.n("transparency.hours", minutes / 60),
        _ => frame.t.n("transparency.days", minutes / 1_440),
    }
}

/// Bytes as people read them: megabytes, and gigabytes from ten on.
pub(super) fn size(frame: &Frame, bytes: u64) -> String {
    match bytes {
        10_000_000_000.. => {
            let size = frame.t.number(bytes / 1_000_000_000);
            frame.t.with("condition.gigabytes", 1, &[("size", &size)])
        }
        _ => megabytes(&frame.t, frame.paper().writing.digits, bytes),
    }
}
