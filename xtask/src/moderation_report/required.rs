//! The figures that were required of the engine, and whether they are reached.

use super::Measured;
use super::figures::{Class, Head, Share, Source};
use super::page::{of_a_share, three};
use std::collections::BTreeMap;

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
    all.extend([
        support(measured),
        swapped(measured),
        function(measured, "Multilingual HateCheck, Arabic: hateful, found", "≥ .70", "ar all hateful, found", 0.70),
        function(measured, "the same: harmless, passed", "≥ .80", "ar all harmless, passed", 0.80),
        function(measured, "the same: Arabic in Latin letters, found", "≥ .50", "ar spell_sent_arabazi_h", 0.50),
        pairs("mirrored pairs, both sides right", &measured.evaluation.pairs),
        pairs("the same: pairs that nobody who worked on the engine has read", &measured.blind.pairs),
        passes(measured),
        news(measured),
    ]);
    all.push(head(measured, "spam", "spam: average precision", "≥ .985", |head| (head.average_precision.0, 0.985)));
    all.push(ordinary_as_spam(measured));
    all.extend(pastes(measured));
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

/// By heads that had not seen the texts.
fn support(measured: &Measured) -> Required {
    let what = "support, crossed on what was learned from: found where ≤ 0.5 % of news and ≤ 3 % of other texts that name groups are flagged";
    match &measured.made_again.taught.crossed.support {
        Some(support) => of_those(what, "≥ 92 %", support.within.found, |share| share >= 0.92),
        None => not_measured(what, "≥ 92 %"),
    }
}

/// By the head, where it wants a look, and by the whole engine: the worse of the two.
fn swapped(measured: &Measured) -> Required {
    let swapped = &measured.evaluation.swapped;
    let worse = if swapped.looked.part > swapped.found.part { swapped.looked } else { swapped.found };
    of_those("news into which a bare group's name was put: flagged", "≤ 1 %", worse, |share| share <= 0.01)
}

/// Of those held out and of those that heads were taught; heads know nothing of pastes.
fn pastes(measured: &Measured) -> [Required; 2] {
    let both = || measured.pastes.iter().flatten();
    let comments = |source: &&String| PUBLISHED.contains(&source.as_str());
    let found = Share::sum(both().flat_map(|pastes| pastes.found.values()));
    let alarms = both().flat_map(|pastes| pastes.alarms.iter().filter(|(source, _)| comments(source)));
    [
        of_those("known pastes found, and the article named", "100 %", found, |share| share >= 1.0),
        of_those(
            "published comments taken for pastes of known texts",
            "0",
            Share::sum(alarms.map(|(_, share)| share)),
            |share| share <= 0.0,
        ),
    ]
}

fn pairs(what: &'static str, classes: &BTreeMap<String, Class>) -> Required {
    let (both, all) = classes.values().fold((0, 0), |(both, all), class| (both + class.both, all + class.pairs));
    of_those(what, "≥ 90 %", Share::of(both, all), |share| share >= 0.90)
}

/// Texts that must pass, and the passed sides of all pairs.
fn passes(measured: &Measured) -> Required {
    let sets = [(&measured.evaluation.pairs, &measured.passes), (&measured.blind.pairs, &measured.blind.passes)];
    let (mut refused, mut all) = (0, 0);
    for (classes, passes) in sets {
        refused += passes.refused + classes.values().map(|class| class.refused).sum::<u64>();
        all += passes.texts + classes.values().map(|class| class.pairs).sum::<u64>();
    }
    let what =
        "reporting, homonyms, criticism, religion, and all other texts of both sets to be let pass: advised against";
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
