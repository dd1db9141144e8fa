//! One comment before a person who decides about it.

use super::as_sent::{Bit, Stretch, stretches};
use super::findings::{Explained, lines};
use crate::app::App;
use crate::comments::when;
use crate::layout::address;
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use moderation::Category;
use newsroom::comment::{RefusalReason, State};
use store::queue::QueueEntry;

/// From this priority on a comment is to be looked at first, and from this one on with care.
const FIRST: u16 = 600;
const WITH_CARE: u16 = 300;

/// A comment with its findings and what can be decided about it.
#[derive(Debug, Template)]
#[template(path = "desk/card.html")]
pub struct Card {
    t: Words,
    entry: QueueEntry,
    stretches: Vec<Stretch>,
    answered: Vec<Stretch>,
    findings: Vec<Explained>,
    story: String,
    when: String,
    state: String,
    standing: String,
    priority: &'static str,
    has_links: bool,
    /// What the moderator had written, when the card comes back.
    why: String,
    /// What kept a ruling from being carried out.
    notice: Option<String>,
    /// Readers' reports of it, where they are to be seen beside it.
    reports: Option<Rendered>,
    /// It is shown to be read; what is decided here is decided elsewhere on the page.
    to_be_read: bool,
}

/// A reason to refuse, with the key that chooses it.
struct Choice {
    word: &'static str,
    words: String,
    digit: usize,
}

impl Card {
    /// A card from the queue.
    pub fn new(app: &App, t: Words, entry: QueueEntry) -> Self {
        let (released, refused) = entry.standing;
        let counts =
            [("released", t.n("desk.standing.released", released)), ("refused", t.n("desk.standing.refused", refused))];
        let standing = match entry.standing {
            (0, 0) => t.s("desk.standing.new"),
            _ => format!("{}{}{}", counts[0].1, t.s("desk.standing.and"), counts[1].1),
        };
        let findings = &entry.verdict.findings;
        Self {
            t,
            stretches: stretches(&entry.text, findings),
            answered: entry.answers.as_ref().map(|(_, text)| stretches(text, &[])).unwrap_or_default(),
            findings: lines(&t, findings),
            story: entry.slug.as_deref().map(address::story).unwrap_or_default(),
            when: when(&t, &app.paper, entry.received_at),
            state: t.s(&format!("state.{}", entry.state.key())),
            standing,
            priority: match entry.verdict.priority {
                FIRST.. => "first",
                WITH_CARE.. => "care",
                _ => "plain",
            },
            has_links: findings.iter().any(|finding| finding.category == Category::Links)
                || !moderation::addresses(&entry.text).is_empty(),
            why: String::new(),
            notice: None,
            reports: None,
            to_be_read: false,
            entry,
        }
    }

    /// The card as it comes back when a ruling could not be carried out: nothing that was typed is lost.
    pub fn back(mut self, notice: String, why: String) -> Self {
        (self.notice, self.why) = (Some(notice), why);
        self
    }

    /// With what readers report of it.
    pub fn with_reports(mut self, reports: Option<Rendered>) -> Self {
        self.reports = reports;
        self
    }

    /// Without the buttons.
    pub fn to_be_read(mut self) -> Self {
        self.to_be_read = true;
        self
    }

    fn priority_words(&self) -> String {
        self.t.s(&format!("desk.priority.{}", self.priority))
    }

    fn id(&self) -> String {
        self.entry.comment.short()
    }

    fn waits(&self) -> bool {
        self.entry.state == State::Held
    }

    fn is_public(&self) -> bool {
        self.entry.state == State::Released
    }

    /// Was refused or taken down; a person may still think better of it.
    fn is_shut(&self) -> bool {
        matches!(self.entry.state, State::Refused | State::TakenDown)
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |(at, reason): (usize, RefusalReason)| Choice {
            word: reason.key(),
            words: self.t.s(&format!("refusal.{}", reason.key())),
            digit: at + 1,
        };
        RefusalReason::ALL.into_iter().enumerate().map(choice).collect()
    }
}
