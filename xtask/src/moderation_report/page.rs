//! The page, as Markdown.

use super::Measured;
use super::figures::{Class, Engine, Head, Passes, Share, Source};
use super::required::required;
use super::sections;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the figures do not say; written by hand, since no run can know it.
const CANNOT_SAY: &str = "\
Nearly all labelled texts are tweets and comments of social networks, not comments under news; only three of the sources are
readers of news. Support for violent groups is known from one set of short texts about one group in one year, chosen for
being explicit: what is found there is an upper bound for what is found elsewhere. Nothing was measured on support in dialect,
in Latin letters, for other groups, or by hints. «Insult» means something else in every source, so the pool hides what the
sources show; hate is not told from insult by the public data. Dialects are unevenly there: much Gulf, Levant and Maghreb, little
Egypt, no Sudan or Iraq. Irony, allusion and a picture that speaks are not seen. Published comments are not all clean, so what is
«flagged» there is not all wrong.

The thresholds of the heads were chosen on these same dev rows, and settings of the learner were compared on them: figures at a
fixed precision are a little too good, and a set that nobody saw would give less. The mirrored pairs were written before the engine, but
word lists and cues were changed afterwards by people who could see which pairs failed: the figure says how the examined does,
not the unseen. The functional tests (HateCheck) were never trained on, but a few of
their Arabic word forms were looked at while rules were written (moderation-experiments.md): their Arabic figures are not blind
either. Recall at a precision has no drawn interval; the one given
is that of a share at a fixed threshold.";

/// The whole page. `folder` is where the drawings lie, as seen from it.
pub fn page(measured: &Measured, folder: &str) -> String {
    let evaluation = &measured.evaluation;
    let mut out = String::from("# How good the judgement is\n\n");
    let _ = writeln!(
        out,
        "Made by `cargo xtask moderation-report --data FOLDER`; do not edit. {} labelled texts that nothing was trained on, judged one\n\
         by one without a story around them. In brackets the 95 % interval. Rules: as shipped, and the invented groups of the\n\
         mirrored pairs. Under: {}.\n",
        evaluation.texts,
        under(&evaluation.under)
    );
    table_of_required(&mut out, measured);
    out.push_str("\n## What these figures cannot say\n\n");
    out.push_str(CANNOT_SAY);
    heads(&mut out, &evaluation.heads.heads, folder);
    engine(&mut out, &evaluation.engine);
    sources(&mut out, evaluation.sources.iter());
    functions(&mut out, evaluation.functional.iter());
    pairs(&mut out, &evaluation.pairs, &measured.passes);
    sections::blind(&mut out, &measured.blind);
    sections::crossed(&mut out, &measured.made_again);
    sections::swapped(&mut out, &evaluation.swapped);
    sections::pastes(&mut out, &measured.pastes);
    sections::licensed(&mut out, measured);
    licences(&mut out, measured);
    out
}

fn under(under: &serde_json::Value) -> String {
    let Some(fields) = under.as_object() else { return under.to_string() };
    let said = fields.iter().map(|(name, value)| format!("{name} `{}`", value.as_str().unwrap_or(&value.to_string())));
    said.collect::<Vec<_>>().join(", ")
}

fn table_of_required(out: &mut String, measured: &Measured) {
    out.push_str("## What was required\n\n| Figure | Required | Measured | |\n|---|---|---|---|\n");
    for figure in required(measured) {
        let said = figure.measured.as_deref().unwrap_or("not measured by this command");
        let reached = match figure.reached {
            Some(true) => "reached",
            Some(false) => "**not reached**",
            None => "open",
        };
        let _ = writeln!(out, "| {} | {} | {said} | {reached} |", figure.what, figure.asked);
    }
}

fn heads(out: &mut String, heads: &[Head], folder: &str) {
    out.push_str("\n\n## The learned heads alone\n\n");
    out.push_str("| Head | Yes / known | Average precision | AUC | Macro-F1 | Recall at .80 | at .90 | at .95 | Calibration error |\n");
    out.push_str("|---|--:|---|--:|--:|---|---|---|--:|\n");
    for head in heads {
        let (precision, within) = head.average_precision;
        let recall = head.recall.map(|share| share_of_positive(head, share));
        let _ = writeln!(
            out,
            "| {} | {} / {} | {} [{}–{}] | {} | {} | {} | {} | {} | {} |",
            head.head,
            head.positive,
            head.known,
            three(precision),
            three(within.low),
            three(within.high),
            three(head.area),
            three(head.best_macro_f1.0),
            recall[0],
            recall[1],
            recall[2],
            three(head.calibration_error)
        );
    }
    out.push('\n');
    for head in heads {
        for drawing in ["precision-recall", "calibration"] {
            let _ = writeln!(out, "![{0}: {drawing}]({folder}/{0}-{drawing}.svg)", head.head);
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
fn share_of_positive(head: &Head, recall: f64) -> String {
    let share = Share::of((recall * head.positive as f64).round() as u64, head.positive);
    format!("{} [{}–{}]", three(recall), three(share.interval.low), three(share.interval.high))
}

fn engine(out: &mut String, kinds: &[Engine]) {
    out.push_str(
        "\n## The whole engine\n\nWords, cues, heads and all; something of the kind was found that weighs.\n\n",
    );
    out.push_str(
        "| Kind | Found | Missed | False alarms | Passed | Precision | Recall |\n|---|--:|--:|--:|--:|---|---|\n",
    );
    for Engine { what, found, missed, alarms, passed } in kinds {
        let (precision, recall) = (Share::of(*found, found + alarms), Share::of(*found, found + missed));
        let _ = writeln!(
            out,
            "| {what} | {found} | {missed} | {alarms} | {passed} | {} | {} |",
            percent(precision),
            percent(recall)
        );
    }
}

fn sources<'a>(out: &mut String, sources: impl Iterator<Item = (&'a String, &'a Source)>) {
    out.push_str("\n## By source\n\nShares of the texts. «Held»: something weighs 300 or more.\n\n");
    out.push_str(
        "| Source | Texts | Held | Abuse | Support or call | Spam | Advised against |\n|---|--:|---|---|---|---|---|\n",
    );
    for (name, Source { held, abuse, support, spam, refused }) in sources {
        let [held_said, abuse, support, spam, refused] =
            [held, abuse, support, spam, refused].map(|share| percent(*share));
        let _ = writeln!(out, "| {name} | {} | {held_said} | {abuse} | {support} | {spam} | {refused} |", held.of);
    }
}

fn functions<'a>(out: &mut String, functions: impl Iterator<Item = (&'a String, &'a Share)>) {
    out.push_str("\n## Functional tests (Multilingual HateCheck)\n\n");
    out.push_str(
        "Cases ending in `_h` are hateful and to be found, `_nh` harmless and to be passed. Never trained on.\n\n",
    );
    out.push_str("| Function | Right |\n|---|---|\n");
    for (name, share) in functions {
        let _ = writeln!(out, "| {name} | {} |", of_a_share(*share));
    }
}

fn pairs(out: &mut String, classes: &BTreeMap<String, Class>, passes: &Passes) {
    out.push_str("\n## Mirrored pairs\n\nOne text to be caught and its twin to be let pass; groups and slogans are invented.\n\n");
    table_of_pairs(out, classes, passes);
}

/// A line for each class, and what became of the texts without a twin.
pub fn table_of_pairs(out: &mut String, classes: &BTreeMap<String, Class>, passes: &Passes) {
    out.push_str("| Class | Pairs | Both right | Caught | Passed | Advised against though to be passed |\n|---|--:|---|---|---|--:|\n");
    for (name, Class { pairs, both, caught, passed, refused }) in classes {
        let [both, caught, passed] = [both, caught, passed].map(|part| percent(Share::of(*part, *pairs)));
        let _ = writeln!(out, "| {name} | {pairs} | {both} | {caught} | {passed} | {refused} |");
    }
    let _ = writeln!(
        out,
        "\nOf {} texts without a twin that must pass (reporting, homonyms, criticism, religion, counter-speech, banter), nothing weighs \
         in {}; {} would be advised against.",
        passes.texts,
        of_a_share(Share::of(passes.free, passes.texts)),
        passes.refused
    );
}

fn licences(out: &mut String, measured: &Measured) {
    out.push_str("\n## The data, by licence\n\nNo text of them is in this repository; `none`: none is stated.\n\n");
    out.push_str("| Licence | Source | Rows trained on | Rows measured on |\n|---|---|--:|--:|\n");
    let (train, dev) = (&measured.train, &measured.dev);
    let mut licences: Vec<&String> = train.by_licence.keys().chain(dev.by_licence.keys()).collect();
    licences.sort();
    licences.dedup();
    for licence in licences {
        let both = [&train.by_licence, &dev.by_licence].map(|side| side.get(licence));
        let mut sources: Vec<&String> = both.iter().flatten().flat_map(|sources| sources.keys()).collect();
        sources.sort();
        sources.dedup();
        for source in &sources {
            let (trained, held) = (train.count(licence, source), dev.count(licence, source));
            let _ = writeln!(out, "| {licence} | {source} | {trained} | {held} |");
        }
        let [trained, held] = both.map(|side| side.map_or(0, |sources| sources.values().sum::<u64>()));
        let _ = writeln!(out, "| {licence} | **all** | {trained} | {held} |");
    }
}

/// `12/40 = 30.0 % [18.1–45.4]`.
pub fn of_a_share(share: Share) -> String {
    format!("{}/{} = {}", share.part, share.of, percent(share))
}

/// `30.0 % [18.1–45.4]`.
pub fn percent(share: Share) -> String {
    if share.of == 0 {
        return "–".to_owned();
    }
    let hundredths = [share.value(), share.interval.low, share.interval.high].map(|part| part * 100.0);
    format!("{:.1} % [{:.1}–{:.1}]", hundredths[0], hundredths[1], hundredths[2])
}

/// Three places.
pub fn three(number: f64) -> String {
    format!("{number:.3}")
}
