//! One comment before a person who decides about it.

use super::around::Around;
use super::as_sent::{Bit, Stretch, stretches};
use super::findings::{Explained, lines};
use super::log::excerpt;
use crate::app::App;
use crate::comments::when;
use crate::layout::address;
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use moderation::Category;
use newsroom::comment::{RefusalReason, State};
use newsroom::people::Staff;
use store::queue::{Beside, KinSize, QueueEntry};

/// From this priority on a comment is to be looked at first, and from this one on with care.
const FIRST: u16 = 600;
const WITH_CARE: u16 = 300;
/// A text of more letters is long: who asked for it opens it first.
const LONG: usize = 900;

/// A comment with its findings and what can be decided about it.
#[derive(Debug, Template)]
#[template(path = "desk/card.html")]
pub struct Card {
    t: Words,
    me: Staff,
    colleagues: Vec<Staff>,
    entry: QueueEntry,
    stretches: Vec<Stretch>,
    answered: Vec<Stretch>,
    findings: Vec<Explained>,
    beside: Beside,
    notes: Vec<NoteLine>,
    others: Vec<OtherLine>,
    story: String,
    when: String,
    state: String,
    standing: String,
    priority: &'static str,
    has_links: bool,
    /// The text is shown when it is asked for.
    veiled: bool,
    /// Who has it open elsewhere.
    claimed: Option<String>,
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

/// A note for colleagues.
#[derive(Debug)]
struct NoteLine {
    by: String,
    when: String,
    text: String,
}

/// What else the visitor said under this story.
#[derive(Debug)]
struct OtherLine {
    href: String,
    state: String,
    excerpt: String,
}

impl Card {
    /// A card as somebody looks at it.
    pub fn new(app: &App, around: &Around, entry: QueueEntry, beside: Beside, claimed: Option<String>) -> Self {
        let t = around.t;
        let findings = &entry.verdict.findings;
        let line = |note: &store::queue::Note| NoteLine {
            by: note.by_name.clone(),
            when: when(&t, &app.paper, note.at),
            text: note.text.clone(),
        };
        let other = |other: &store::queue::OtherComment| OtherLine {
            href: format!("/desk/comments/{}/{}", entry.story, other.comment),
            state: t.s(&format!("state.{}", other.state.key())),
            excerpt: excerpt(&other.text),
        };
        Self {
            t,
            me: around.me.clone(),
            colleagues: around.colleagues.clone(),
            stretches: stretches(&entry.text, findings),
            answered: entry.answers.as_ref().map(|(_, text)| stretches(text, &[])).unwrap_or_default(),
            findings: lines(&t, findings),
            notes: beside.notes.iter().map(line).collect(),
            others: beside.others.iter().map(other).collect(),
            story: entry.slug.as_deref().map(address::story).unwrap_or_default(),
            when: when(&t, &app.paper, entry.received_at),
            state: t.s(&format!("state.{}", entry.state.key())),
            standing: standing(&t, entry.standing),
            priority: match entry.verdict.priority {
                FIRST.. => "first",
                WITH_CARE.. => "care",
                _ => "plain",
            },
            has_links: findings.iter().any(|finding| finding.category == Category::Links)
                || !moderation::addresses(&entry.text).is_empty(),
            veiled: around.settings.blur && (entry.verdict.priority >= FIRST || entry.text.chars().nth(LONG).is_some()),
            claimed,
            why: String::new(),
            notice: None,
            reports: None,
            to_be_read: false,
            beside,
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
    pub fn only_read(mut self) -> Self {
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

    /// Is public, and folded away until a reader opens it.
    fn is_folded(&self) -> bool {
        self.is_public() && self.entry.collapsed
    }

    /// Is public, and its links may be followed.
    fn has_open_links(&self) -> bool {
        self.is_public() && self.entry.links
    }

    /// Was refused or taken down; a person may still think better of it.
    fn is_shut(&self) -> bool {
        matches!(self.entry.state, State::Refused | State::TakenDown)
    }

    /// Whoever looks asked for the second opinion, and may not settle it alone.
    fn waits_for_another(&self) -> bool {
        self.entry.escalated.as_ref().is_some_and(|escalated| escalated.not_alone == Some(self.me.id))
    }

    fn is_disputed(&self, finding: &Explained) -> bool {
        self.beside.disputed.contains(&finding.reason)
    }

    /// «3 copies, of 3 visitors, under 2 stories».
    fn copies(&self, kin: &KinSize) -> String {
        let t = &self.t;
        let counts = [("comments", kin.comments), ("visitors", kin.visitors), ("stories", kin.stories)];
        let [copies, visitors, stories] = counts.map(|(word, n)| t.n(&format!("desk.kin.{word}"), n));
        let words = t.with("desk.kin", 1, &[("copies", &copies), ("visitors", &visitors), ("stories", &stories)]);
        if kin.more { t.with("desk.kin.more", 1, &[("words", &words)]) } else { words }
    }

    fn choices(&self) -> Vec<Choice> {
        choices(&self.t)
    }
}

/// The reasons of a refusal, in the order of the keys 1 to 9.
fn choices(t: &Words) -> Vec<Choice> {
    let choice = |(at, reason): (usize, RefusalReason)| Choice {
        word: reason.key(),
        words: t.s(&format!("refusal.{}", reason.key())),
        digit: at + 1,
    };
    RefusalReason::ALL.into_iter().enumerate().map(choice).collect()
}

/// What has become of a visitor's comments so far.
fn standing(t: &Words, (released, refused): (i64, i64)) -> String {
    if (released, refused) == (0, 0) {
        return t.s("desk.standing.new");
    }
    let (released, refused) = (t.n("desk.standing.released", released), t.n("desk.standing.refused", refused));
    format!("{released}{}{refused}", t.s("desk.standing.and"))
}
