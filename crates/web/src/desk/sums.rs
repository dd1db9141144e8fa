//! Sums of what was decided, and the table of all of it.

use crate::words::Words;
use newsroom::comment::RefusalReason;
use std::collections::BTreeMap;
use std::fmt::Write;
use store::accounts::{BY_RULE, Decided, Objected, STEPS};

/// Sums as the page shows them: words and counts.
#[derive(Debug, Default)]
pub struct Sums {
    /// Every decision.
    pub decided: u64,
    /// By what was done.
    pub acts: Vec<(String, u64)>,
    /// Restrictions by reason.
    pub reasons: Vec<(String, u64)>,
    /// Restrictions by who brought the comment up.
    pub sources: Vec<(String, u64)>,
    /// Of restrictions, those where the examination had pointed at something, of a hundred.
    pub detected: u64,
    /// Decisions that a rule took by itself, and these of a hundred.
    pub automated: (u64, u64),
    /// Half of all were decided within so many minutes; none where nothing is known.
    pub median: Option<i64>,
    /// Decisions with advice counted, those against it, and these of a hundred.
    pub against_advice: (u64, u64, u64),
    /// Objections: side and what, counted.
    pub objections: Vec<(String, u64)>,
}

impl Sums {
    /// Of a period's counts.
    pub fn of(t: &Words, decided: &[Decided], objected: &[Objected]) -> Self {
        let made = || decided.iter().filter(|one| one.act != "undo");
        let restricting = || decided.iter().filter(|one| ["refuse", "take-down", "fold"].contains(&one.act.as_str()));
        let restrictions = sum(restricting());
        let with_advice = || made().filter(|one| !one.advice.is_empty());
        let by_rule = sum(made().filter(|one| one.source == BY_RULE));
        let against = sum(with_advice().filter(|one| is_against(one)));
        let advised = sum(with_advice());
        Self {
            decided: sum(made()),
            acts: by(decided.iter(), |one| t.s(&format!("transparency.act.{}", one.act))),
            reasons: by(restricting().filter(|one| !one.reason.is_empty()), |one| {
                t.s(&format!("refusal.{}", one.reason))
            }),
            sources: by(restricting(), |one| t.s(&format!("transparency.source.{}", one.source))),
            detected: of_hundred(sum(restricting().filter(|one| one.detected)), restrictions),
            automated: (by_rule, of_hundred(by_rule, sum(made()))),
            median: median(made()),
            against_advice: (advised, against, of_hundred(against, advised)),
            objections: objected
                .iter()
                .map(|(side, what, n)| {
                    (t.s(&format!("transparency.appeal.{side}.{what}")), u64::try_from(*n).unwrap_or(0))
                })
                .collect(),
        }
    }

    /// The median's step in words.
    pub fn median_words(&self, t: &Words) -> String {
        match self.median {
            None => t.s("transparency.median-unknown"),
            Some(0) => t.n("transparency.median-longer", 7_u64),
            Some(minutes @ ..60) => t.n("transparency.minutes", minutes),
            Some(minutes @ ..1_440) => t.n("transparency.hours", minutes / 60),
            Some(minutes) => t.n("transparency.days", minutes / 1_440),
        }
    }
}

/// The examination proposed refusal and a person let it stand, or had nothing against it and a person refused.
fn is_against(one: &Decided) -> bool {
    let told_apart = (one.advice.as_str(), one.act.as_str());
    matches!(told_apart, ("refuse", "release") | ("release", "refuse" | "take-down"))
}

fn sum<'d>(counts: impl Iterator<Item = &'d Decided>) -> u64 {
    counts.map(|one| u64::try_from(one.n).unwrap_or(0)).sum()
}

fn by<'d>(counts: impl Iterator<Item = &'d Decided>, name: impl Fn(&Decided) -> String) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for one in counts {
        *sums.entry(name(one)).or_default() += u64::try_from(one.n).unwrap_or(0);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    sums
}

fn of_hundred(part: u64, whole: u64) -> u64 {
    (part * 100 + whole / 2).checked_div(whole).unwrap_or(0)
}

/// The step within which half of them were decided.
fn median<'d>(counts: impl Iterator<Item = &'d Decided>) -> Option<i64> {
    let mut steps: BTreeMap<i64, u64> = BTreeMap::new();
    for one in counts.filter(|one| !one.advice.is_empty()) {
        *steps.entry(one.took).or_default() += u64::try_from(one.n).unwrap_or(0);
    }
    let all: u64 = steps.values().sum();
    let mut seen = 0;
    for step in STEPS.into_iter().chain([0]) {
        seen += steps.get(&step).copied().unwrap_or(0);
        if all > 0 && seen * 2 >= all {
            return Some(step);
        }
    }
    None
}

/// Every count on a line of its own. The columns are named after what the template of Regulation (EU) 2024/2835 asks for:
/// the grounds, who brought it up, whether automated means were used, what was done.
pub fn table((from, to): (&str, &str), decided: &[Decided], objected: &[Objected], orders: &[i64]) -> String {
    let mut text = String::from(
        "period_start,period_end,indicator,visibility_restriction,ground,house_rule,source,automated_detection,\
         automated_decision,advice,decided_within_minutes,count\n",
    );
    for one in decided {
        let visibility = match one.act.as_str() {
            "refuse" => "DECISION_VISIBILITY_CONTENT_DISABLED",
            "take-down" => "DECISION_VISIBILITY_CONTENT_REMOVED",
            "fold" => "DECISION_VISIBILITY_CONTENT_DEMOTED",
            _ => "",
        };
        let unlawful = one.reason == RefusalReason::Unlawful.key();
        let ground = match (visibility, unlawful) {
            ("", _) => "",
            (_, true) => "DECISION_GROUND_ILLEGAL_CONTENT",
            (_, false) => "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        };
        let source = match one.source.as_str() {
            "flagger" => "SOURCE_TRUSTED_FLAGGER",
            "notice" => "SOURCE_ARTICLE_16",
            "report" | "order" => "SOURCE_TYPE_OTHER_NOTIFICATION",
            _ => "SOURCE_VOLUNTARY",
        };
        let automated =
            if one.source == BY_RULE { "AUTOMATED_DECISION_FULLY" } else { "AUTOMATED_DECISION_NOT_AUTOMATED" };
        let detected = if one.detected { "Yes" } else { "No" };
        let Decided { act, reason, advice, took, n, .. } = one;
        // Writing into a text does not fail.
        let _ = writeln!(
            text,
            "{from},{to},{act},{visibility},{ground},{reason},{source},{detected},{automated},{advice},{took},{n}"
        );
    }
    for (side, what, n) in objected {
        let _ = writeln!(text, "{from},{to},appeal-{what},,,,{side},,,,,{n}");
    }
    if let Some(median) = median_of(orders) {
        let _ = writeln!(text, "{from},{to},orders,,,,order,,,,{median},{}", orders.len());
    }
    text
}

/// The middle one; none of none.
pub fn median_of(minutes: &[i64]) -> Option<i64> {
    let mut minutes = minutes.to_vec();
    minutes.sort_unstable();
    minutes.get(minutes.len().checked_sub(1)? / 2).copied()
}
