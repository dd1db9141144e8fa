//! The figures that were required of the engine, and whether they are reached.

use super::Measured;
use super::figures::{Head, Share, Source};
use super::page::{of_a_share, three};

/// One required figure.
#[derive(Debug)]
pub struct Required {
    /// Of what.
    pub what: &'static str,
    /// What is required, in words.
    pub asked: &'static str,
    /// What was measured, in words; nothing where this page measures no such thing.
    pub measured: Option<String>,
    /// Whether it is reached; nothing where it is not measured.
    pub reached: Option<bool>,
}

/// Comments that a newspaper has let through.
const PUBLISHED: [&str; 2] = ["hespress", "aoc_riyadh"];
/// Sentences and titles of news, many of which name armed groups.
const NEWS: [&str; 3] = ["ans_titles", "ant_news", "ant_report"];

/// All of them, in the order in which they were asked for.
pub fn required(measured: &Measured) -> Vec<Required> {
    let mut all = vec![
        head(measured, "abuse", "abuse: best macro-F1", "≥ .855", |head| (head.best_macro_f1.0, 0.855)),
        head(measured, "abuse", "abuse: average precision", "≥ .905", |head| (head.average_precision.0, 0.905)),
        head(measured, "abuse", "abuse: recall at precision .90", "≥ .70", |head| (head.recall[1], 0.70)),
        published(measured),
    ];
    for (name, what, asked, least) in [
        ("hate", "hate: average precision", "≥ .55", 0.55),
        ("threat", "threat: average precision", "≥ .68", 0.68),
        ("obscene", "obscene: average precision", "≥ .83", 0.83),
    ] {
        all.push(head(measured, name, what, asked, |head| (head.average_precision.0, least)));
    }
    all.push(not_measured(
        "support, cross-validated: recall where ≤ 0.5 % of news and ≤ 3 % of other texts that name groups are flagged",
        "≥ .92",
    ));
    all.push(not_measured("news into which a bare group's name was put: flagged", "≤ 1 %"));
    all.extend([
        function(measured, "Multilingual HateCheck, Arabic: hateful, found", "≥ .70", "ar all hateful, found", 0.70),
        function(measured, "the same: harmless, passed", "≥ .80", "ar all harmless, passed", 0.80),
        function(measured, "the same: Arabic in Latin letters, found", "≥ .50", "ar spell_sent_arabazi_h", 0.50),
        pairs(measured),
        passes(measured),
        news(measured),
    ]);
    all.push(head(measured, "spam", "spam: average precision", "≥ .985", |head| (head.average_precision.0, 0.985)));
    all.push(ordinary_as_spam(measured));
    all.push(not_measured(
        "known pastes found, false alarms on comments, with ten million indexed",
        "100 %; 0 of 2,729",
    ));
    all
}

fn head(
    measured: &Measured,
    name: &str,
    what: &'static str,
    asked: &'static str,
    figure: impl Fn(&Head) -> (f64, f64),
) -> Required {
    let found = measured.evaluation.heads.heads.iter().find(|head| head.head == name).map(figure);
    let (said, reached) = (found.map(|(value, _)| three(value)), found.map(|(value, least)| value >= least));
    Required { what, asked, measured: said, reached }
}

/// By the abuse head alone, at the threshold from which it holds, which was chosen at precision .90.
fn published(measured: &Measured) -> Required {
    let heads = measured.evaluation.heads.heads.iter().filter(|head| head.head == "abuse");
    let counted = heads.flat_map(|head| &head.unknown).filter(|of| PUBLISHED.contains(&of.source.as_str()));
    let (held, all) = counted.fold((0, 0), |(held, all), of| (held + of.held, all + of.all));
    of_those("published newspaper comments held by the abuse head", "≤ 3 %", Share::of(held, all), |share| {
        share <= 0.03
    })
}

fn function(measured: &Measured, what: &'static str, asked: &'static str, name: &str, least: f64) -> Required {
    match measured.evaluation.functional.get(name) {
        Some(share) => of_those(what, asked, *share, |share| share >= least),
        None => not_measured(what, asked),
    }
}

fn pairs(measured: &Measured) -> Required {
    let classes = measured.evaluation.pairs.values();
    let (both, all) = classes.fold((0, 0), |(both, all), class| (both + class.both, all + class.pairs));
    of_those("mirrored pairs, both sides right", "≥ 90 %", Share::of(both, all), |share| share >= 0.90)
}

/// Texts that must pass, and the passed sides of all pairs.
fn passes(measured: &Measured) -> Required {
    let classes = measured.evaluation.pairs.values();
    let start = (measured.passes.refused, measured.passes.texts);
    let (refused, all) = classes.fold(start, |(refused, all), class| (refused + class.refused, all + class.pairs));
    let what = "reporting, homonyms, criticism, religion, and all other texts to be let pass: advised against";
    of_those(what, "0", Share::of(refused, all), |share| share <= 0.0)
}

fn news(measured: &Measured) -> Required {
    let share = of_sources(measured, &NEWS, |source| source.refused);
    of_those("sentences and titles of news: advised against", "0", share, |share| share <= 0.0)
}

/// By the whole engine.
fn ordinary_as_spam(measured: &Measured) -> Required {
    let what = "published newspaper comments taken for spam by the whole engine";
    of_those(what, "≤ .3 %", of_sources(measured, &PUBLISHED, |source| source.spam), |share| share <= 0.003)
}

fn of_sources(measured: &Measured, names: &[&str], share: impl Fn(&Source) -> Share) -> Share {
    let shares = names.iter().filter_map(|name| measured.evaluation.sources.get(*name)).map(share);
    let (part, all) = shares.fold((0, 0), |(part, all), share| (part + share.part, all + share.of));
    Share::of(part, all)
}

fn of_those(what: &'static str, asked: &'static str, share: Share, reached: impl Fn(f64) -> bool) -> Required {
    if share.of == 0 {
        return not_measured(what, asked);
    }
    Required { what, asked, measured: Some(of_a_share(share)), reached: Some(reached(share.value())) }
}

fn not_measured(what: &'static str, asked: &'static str) -> Required {
    Required { what, asked, measured: None, reached: None }
}
