//! The page.

use super::facts::{self, Group};
use super::presence::ProcessSays;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::desk_notices::undelivered_words;
use crate::guard::Owner;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use store::leases::SeenProcess;
use store::outbox::{GivenUpJob, JobsOfKind};

/// What was done before this page was led to.
const DONE: [&str; 3] = ["again", "dropped", "nothing"];
/// Jobs that were given up and are listed, the newest first.
const LISTED: u32 = 100;
/// Letters of a reason that are shown.
const MOST_WHY: usize = 300;

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    done: String,
}

#[derive(Template)]
#[template(path = "state_desk/page.html")]
struct StatePage {
    frame: Frame,
    shell: Shell,
    done: Option<String>,
    /// What needs somebody, in a line each.
    needs: Vec<String>,
    groups: Vec<Group>,
    kinds: Vec<KindLine>,
    given_up: Vec<GivenUpLine>,
    /// More were given up than are listed.
    unlisted: u64,
    /// Every process of the paper, where there are several.
    processes: Vec<String>,
}

/// The jobs of a kind.
struct KindLine {
    kind: String,
    name: String,
    said: String,
    given_up: u64,
}

/// A job that was given up.
struct GivenUpLine {
    id: String,
    name: String,
    at: String,
    tries: String,
    why: String,
}

/// `GET /desk/state`.
pub async fn show(owner: Owner, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let (frame, shell) = Shell::of_member(&app, &owner, "state").await?;
    let (groups, jobs) = facts::gather(&app, &frame, shell.waiting).await?;
    let given_up = app.store.given_up_jobs(LISTED).await?;
    let all: i64 = jobs.iter().map(|of| of.given_up).sum();
    let unlisted = u64::try_from(all).unwrap_or_default().saturating_sub(given_up.len() as u64);
    let mut needs: Vec<String> = groups.iter().flat_map(|group| group.needs()).collect();
    if all > 0 {
        needs.push(frame.t.n("condition.needs.given-up", u64::try_from(all).unwrap_or_default()));
    }
    let done = DONE.into_iter().find(|done| *done == query.done);
    let processes = app.store.processes().await?;
    Page::private(&StatePage {
        done: done.map(|done| frame.t.s(&format!("condition.done.{done}"))),
        kinds: jobs.iter().map(|of| KindLine::new(&frame, of)).collect(),
        given_up: given_up.iter().map(|job| GivenUpLine::new(&frame, job)).collect(),
        processes: several(&frame, &processes),
        needs,
        groups,
        unlisted,
        frame,
        shell,
    })
}

impl KindLine {
    fn new(frame: &Frame, of: &JobsOfKind) -> Self {
        let (t, count) = (&frame.t, |n: i64| u64::try_from(n).unwrap_or_default());
        let mut said = vec![
            t.n("condition.jobs.waiting", count(of.waiting)),
            t.n("condition.jobs.retrying", count(of.retrying)),
            t.n("condition.jobs.given-up", count(of.given_up)),
        ];
        if let Some(since) = of.due_since {
            said.push(t.with("condition.jobs.due-since", 1, &[("span", &facts::span(frame, since))]));
        }
        if let Some(since) = of.given_up_since {
            said.push(t.with("condition.jobs.given-up-since", 1, &[("span", &facts::span(frame, since))]));
        }
        let (kind, name) = (of.kind.clone(), name_of(frame, &of.kind));
        Self { kind, name, said: said.join(&t.s("condition.jobs.and")), given_up: count(of.given_up) }
    }
}

impl GivenUpLine {
    fn new(frame: &Frame, job: &GivenUpJob) -> Self {
        let tries = frame.t.n("condition.tries", u64::try_from(job.attempts).unwrap_or_default());
        let (name, at) = (name_of(frame, &job.kind), when(&frame.t, frame.paper(), job.at));
        Self { id: job.id.short(), name, at, tries, why: why_of(frame, &job.why) }
    }
}

/// What the jobs of a kind are; a kind without words stands for itself.
fn name_of(frame: &Frame, kind: &str) -> String {
    in_words(frame.t.s(&format!("condition.kind.{kind}")), "condition.kind.").unwrap_or_else(|| kind.to_owned())
}

/// Why it failed: in words where the program has some, else as it was noted, without anybody's address.
fn why_of(frame: &Frame, why: &str) -> String {
    let known = in_words(undelivered_words(&frame.t, why), "notice.undelivered.");
    let noted = || why.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    known.unwrap_or_else(|| noted().collect::<Vec<_>>().join(" ").chars().take(MOST_WHY).collect())
}

/// A key without words stands for itself.
fn in_words(words: String, prefix: &str) -> Option<String> {
    (!words.starts_with(prefix)).then_some(words)
}

/// The paper's processes, each in a line; none where there is but this one.
fn several(frame: &Frame, all: &[SeenProcess]) -> Vec<String> {
    let works = |one: &SeenProcess| one.until > frame.now;
    if all.iter().filter(|one| works(one)).count() < 2 && all.iter().all(works) {
        return Vec::new();
    }
    let line = |one: &SeenProcess| {
        let says = ProcessSays::read(&one.says);
        let key = if works(one) { "condition.process.works" } else { "condition.process.gone" };
        let seen = when(&frame.t, frame.paper(), one.until);
        let texts = [("machine", says.machine.as_str()), ("version", &says.program), ("time", &seen)];
        frame.t.with(key, 1, &texts)
    };
    all.iter().map(line).collect()
}
