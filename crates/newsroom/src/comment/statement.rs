//! A decision in the shape of a statement of reasons, written down with the decision itself.
//!
//! Fields and words are those of the European Union's DSA Transparency Database (its API documentation; the duty is Article
//! 17(3) of Regulation (EU) 2022/2065), so that a statement to the author, a yearly report and a submission to that database
//! are exports of what was stored and not reconstructions. Nothing here names a person or repeats a text.

use super::{Decision, RefusalReason, RuledBy, Ruling};
use crate::order::{OrderKind, OrderNamed};
use jiff::Timestamp;
use moderation::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was known of a comment when it was ruled on.
#[derive(Debug, Clone, Copy)]
pub struct KnownOf<'a> {
    /// When it was sent.
    pub received_at: Timestamp,
    /// The engine's advice.
    pub verdict: &'a Verdict,
    /// Who brought it up.
    pub source: Source,
    /// What the paper says beside the reason, by language tag.
    pub words: &'a BTreeMap<String, String>,
    /// The authority's order that it follows, where it follows one.
    pub order: Option<&'a OrderNamed>,
}

/// Who brought a comment up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The desk itself.
    Own,
    /// Readers, by a house rule.
    Report,
    /// Somebody with a notice under Article 16: which law, why, who, in good faith.
    Notice,
    /// A trusted flagger.
    Flagger,
    /// An authority, by an order.
    Order,
}

impl Source {
    /// The word under which it is counted and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Report => "report",
            Self::Notice => "notice",
            Self::Flagger => "flagger",
            Self::Order => "order",
        }
    }

    /// The database's word. A reader's report carries no name and no address, so it is no notice under Article 16.
    fn in_the_database(self) -> &'static str {
        match self {
            Self::Own => "SOURCE_VOLUNTARY",
            Self::Report | Self::Order => "SOURCE_TYPE_OTHER_NOTIFICATION",
            Self::Notice => "SOURCE_ARTICLE_16",
            Self::Flagger => "SOURCE_TRUSTED_FLAGGER",
        }
    }
}

/// The stored shape of a decision that restricts a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Our own unique id: the ruling's.
    pub puid: String,
    /// What was done to the text.
    pub decision_visibility: Vec<String>,
    /// On which ground: the house rules, or a law where the desk said so.
    pub decision_ground: String,
    /// Which house rule, by its word; the words of the rule are put in when the statement is printed.
    pub incompatible_content_ground: String,
    /// What the paper says beside the reason, by language tag, as it was then; empty where it says nothing more.
    #[serde(default)]
    pub explanation: BTreeMap<String, String>,
    /// What was written for the author with this decision; see [`RefusalReason::is_explained_to_author`].
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub in_words: String,
    /// The database's category.
    pub category: String,
    /// What kind of content.
    pub content_type: Vec<String>,
    /// When it was sent.
    pub content_date: Timestamp,
    /// From when on the decision holds.
    pub application_date: Timestamp,
    /// Until when it held; set when the ruling is undone or another one takes its place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end_date: Option<Timestamp>,
    /// What was seen, as keys of findings, without a word of the text.
    pub decision_facts: Vec<String>,
    /// The same for whoever is told, as keys of the findings' categories; empty on statements from before they were kept.
    #[serde(default)]
    pub pointed_at: Vec<String>,
    /// Who brought it up.
    pub source_type: String,
    /// Whether the engine had pointed at something: `Yes` or `No`.
    pub automated_detection: String,
    /// Whether a machine decided: only where an editor switched a rule on, and then fully.
    pub automated_decision: String,
    /// The rule that decided, by its word; none where a person did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decided_by_rule: Option<String>,
    /// The authority's order that the decision carries out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub order: Option<OrderNamed>,
    /// Under which rulebook and models the engine's advice was given.
    pub advised_under: String,
}

impl Statement {
    /// The database's word for a decision on the ground of a law.
    pub const ILLEGAL: &str = "DECISION_GROUND_ILLEGAL_CONTENT";

    /// The statement of a ruling; none for one that lets a comment stand in full.
    pub fn of(ruling: &Ruling, known: KnownOf<'_>) -> Option<Self> {
        let visibility = match ruling.decision {
            Decision::Release { collapsed: false, .. } => return None,
            Decision::Release { collapsed: true, .. } => "DECISION_VISIBILITY_CONTENT_DEMOTED",
            Decision::Refuse { .. } => "DECISION_VISIBILITY_CONTENT_DISABLED",
            Decision::TakeDown { .. } => "DECISION_VISIBILITY_CONTENT_REMOVED",
        };
        let reason = ruling.decision.reason();
        let weighing = || known.verdict.findings.iter().filter(|finding| finding.weight > 0);
        let rule = ruling.by.rule();
        let yes_or_no = if rule.is_some() || weighing().next().is_some() { "Yes" } else { "No" };
        let facts: BTreeSet<String> = weighing().map(|finding| finding.reason.key().to_owned()).collect();
        let pointed_at: BTreeSet<String> = weighing().map(|finding| finding.category.key().to_owned()).collect();
        Some(Self {
            puid: ruling.id.short(),
            decision_visibility: vec![visibility.to_owned()],
            decision_ground: if known.order.is_some() { Self::ILLEGAL } else { ground(reason) }.to_owned(),
            explanation: known.words.clone(),
            in_words: reason
                .filter(|reason| reason.is_explained_to_author())
                .map_or_else(String::new, |_| ruling.why.clone()),
            incompatible_content_ground: reason.map_or("folded", RefusalReason::key).to_owned(),
            category: ordered_category(known.order).unwrap_or_else(|| category(reason)).to_owned(),
            order: known.order.cloned(),
            content_type: vec!["CONTENT_TYPE_TEXT".to_owned()],
            content_date: known.received_at,
            application_date: ruling.at,
            end_date: None,
            decision_facts: facts.into_iter().collect(),
            pointed_at: pointed_at.into_iter().collect(),
            source_type: known.source.in_the_database().to_owned(),
            automated_detection: yes_or_no.to_owned(),
            automated_decision: automated(ruling.by).to_owned(),
            decided_by_rule: rule.map(|acting| acting.rule.key().to_owned()),
            advised_under: known.verdict.under.to_string(),
        })
    }
}

/// In the database's words: a rule decides without anybody having looked.
fn automated(by: RuledBy) -> &'static str {
    match by {
        RuledBy::Staff(_) | RuledBy::OldPaper => "AUTOMATED_DECISION_NOT_AUTOMATED",
        RuledBy::Rule(_) => "AUTOMATED_DECISION_FULLY",
    }
}

fn ground(reason: Option<RefusalReason>) -> &'static str {
    match reason {
        Some(RefusalReason::Unlawful) => Statement::ILLEGAL,
        _ => "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    }
}

/// The database's category of what an authority orders away.
fn ordered_category(order: Option<&OrderNamed>) -> Option<&'static str> {
    let terrorism = order?.kind == OrderKind::TerroristContent.key();
    Some(if terrorism {
        "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY"
    } else {
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
    })
}

/// The database's category of a house rule.
fn category(reason: Option<RefusalReason>) -> &'static str {
    match reason {
        Some(RefusalReason::Violence) => "STATEMENT_CATEGORY_VIOLENCE",
        Some(RefusalReason::PrivateData) => "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        // A law was named and a text is what broke it: a category of breaches of terms does not stand beside that ground.
        Some(RefusalReason::Insult | RefusalReason::Unlawful) => "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        Some(
            RefusalReason::OffTopic
            | RefusalReason::Advertising
            | RefusalReason::Repeated
            | RefusalReason::UnverifiedClaim
            | RefusalReason::Other,
        )
        | None => "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    }
}
