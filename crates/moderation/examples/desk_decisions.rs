//! What a layer of a paper's own decisions does, on labelled texts taken for decisions of a desk: lines of JSON on the
//! standard input, numbers on the standard output and no text.
//!
//! The lines are the decisions in their order; the last third is measured, the rest taught. `cargo run --release -p moderation
//! --example desk_decisions < dev.jsonl`
#![allow(clippy::print_stdout, clippy::expect_used, reason = "it prints what it measured, and stops where it cannot")]

use moderation::learned::personal::{Learner, Lesson};
use moderation::measure::{Counts, Told, average_precision, bootstrap};
use moderation::stance::Rules;
use moderation::{Facts, Head, Models, Personal, Rulebook, Score, Submission, examine};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, stdin};
use std::sync::Arc;

#[derive(Debug, Clone, Deserialize)]
struct Labelled {
    text: String,
    source: String,
    labels: Vec<String>,
    known: Vec<String>,
}

/// A decision: the text, whether it was refused for abuse, and by which of four moderators.
#[derive(Debug, Clone)]
struct Decided {
    text: String,
    refused: bool,
    by: usize,
    truth: bool,
}

fn main() {
    let lines = stdin().lock().lines().map_while(Result::ok);
    let rows: Vec<Labelled> = lines.filter_map(|line| serde_json::from_str(&line).ok()).collect();
    let mut papers: BTreeMap<String, Vec<Decided>> = BTreeMap::new();
    for (number, row) in rows.into_iter().enumerate() {
        let has = |label: &str| row.labels.iter().any(|one| one == label);
        if row.source.starts_with("mhc") || !row.known.iter().any(|known| known == "insult") {
            continue;
        }
        let truth = ["insult", "hate", "threat", "sexual"].into_iter().any(has);
        // Which of the four decided has nothing to do with the order.
        let decided = Decided { text: row.text, refused: truth, by: (number * 7 + number / 5) % 4, truth };
        papers.entry("all together".to_owned()).or_default().push(decided.clone());
        if row.known.iter().any(|known| known == "hate") {
            // A house that lets rough words pass and refuses contempt and threats alone.
            let truth = ["hate", "threat"].into_iter().any(has);
            let own = Decided { truth, refused: truth, ..decided.clone() };
            papers.entry("a house of its own".to_owned()).or_default().push(own);
        }
        papers.entry(row.source).or_default().push(decided);
    }
    println!(
        "paper | decisions | measured | AP before | AP after | difference, 95 % | precision/recall at look before | after"
    );
    for (paper, mut decisions) in papers {
        if decisions.len() < 300 {
            continue;
        }
        mix(&mut decisions);
        let (taught, measured) = decisions.split_at(decisions.len() * 2 / 3);
        for (name, lessons) in [
            ("honest", taught.to_vec()),
            ("one of four lets abuse pass", poisoned(taught, 1, |decided| decided.refused = false)),
            ("one of four refuses everything", poisoned(taught, 1, |decided| decided.refused = true)),
            ("one of four lies", poisoned(taught, 1, |decided| decided.refused = !decided.truth)),
            ("all lie", poisoned(taught, 4, |decided| decided.refused = !decided.truth)),
        ] {
            let own = teach(&lessons);
            line(&format!("{paper}, {name}"), decisions.len(), measured, &own);
        }
    }
}

/// Another order, the same each time.
fn mix(decisions: &mut [Decided]) {
    let mut state = 7_u64;
    for last in (1..decisions.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or(0) % (last + 1);
        decisions.swap(last, other);
    }
}

fn poisoned(decisions: &[Decided], moderators: usize, lie: impl Fn(&mut Decided)) -> Vec<Decided> {
    let mut decisions = decisions.to_vec();
    decisions.iter_mut().filter(|decided| decided.by < moderators).for_each(lie);
    decisions
}

fn teach(decisions: &[Decided]) -> Personal {
    let heads = Models::shipped().heads.expect("the heads as shipped");
    let (rules, mut learner) = (Rules::shipped(), Learner::new(&heads, [true, false, false]));
    let times: usize = std::env::var("TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(3);
    for _ in 0..times {
        for decided in decisions {
            let answers = [Some(decided.refused), None, None];
            learner.learn(&Lesson { text: &decided.text, answers, weight: 1.0 }, &rules);
        }
    }
    learner.learned()
}

fn line(name: &str, decisions: usize, measured: &[Decided], own: &Personal) {
    let rulebook = Rulebook::default();
    let (before, after) = (Models::shipped(), Models::shipped().with_own(Some(Arc::new(own.clone()))));
    let thresholds = rulebook.laws.policy("").thresholds(Head::Abuse, &before);
    let said = |models: &Models| -> Vec<Told> {
        let one = |decided: &Decided| {
            let verdict = examine(&Submission { text: &decided.text, name: "" }, &Facts::default(), &rulebook, models);
            Told { said: verdict.scores.abuse.probability(), truth: decided.truth }
        };
        measured.iter().map(one).collect()
    };
    let (was, now) = (said(&before), said(&after));
    let pairs: Vec<Told> = (0..measured.len()).map(|at| Told { said: at as f32, truth: false }).collect();
    let pick =
        |told: &[Told], drawn: &[Told]| -> Vec<Told> { drawn.iter().map(|one| told[one.said as usize]).collect() };
    let gain = bootstrap(&pairs, 1, 200, |drawn| {
        average_precision(&pick(&now, drawn)) - average_precision(&pick(&was, drawn))
    });
    let at = |told: &[Told], threshold: Score| Counts::at(told, threshold.probability());
    let (then, later) = (at(&was, thresholds.hold), at(&now, thresholds.hold));
    // A step too far: sure before and not looked at now, or the reverse.
    let too_far = was.iter().zip(&now).filter(|(was, now)| {
        let (was, now) = (Score::of(was.said), Score::of(now.said));
        (was >= thresholds.propose && now < thresholds.hold) || (was < thresholds.hold && now >= thresholds.propose)
    });
    println!(
        "{name} | {decisions} | {} | {:.3} | {:.3} | {:+.3} to {:+.3} | {:.2}/{:.2} | {:.2}/{:.2} | too far {} | {} bytes",
        measured.len(),
        average_precision(&was),
        average_precision(&now),
        gain.low,
        gain.high,
        then.precision(),
        then.recall(),
        later.precision(),
        later.recall(),
        too_far.count(),
        own.to_bytes().len()
    );
}
