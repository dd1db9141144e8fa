//! The page's later parts: the blind pairs, what crossing found, names put in, pastes, and what licences cost.

use super::figures::{Cost, Head, Pastes, Share, Support, Swapped};
use super::page::{of_a_share, table_of_pairs, three};
use super::{Blind, MadeAgain, Measured};
use std::fmt::Write;

/// Bytes that a row of the index takes in SQLite: a million rows of numbers like the store's, measured once.
const OF_A_ROW: f64 = 23.3;
/// So many comments the index is thought through for.
const MANY: f64 = 10_000_000.0;

/// The second set of pairs.
pub fn blind(out: &mut String, blind: &Blind) {
    out.push_str(
        "\n## A second set of pairs, blind\n\n\
         Written by somebody who saw neither the lists nor the first set; nobody who worked on the engine has read it. It was\n\
         made in one sitting by a language model; nobody who moderates in these dialects has confirmed it yet.\n\n",
    );
    table_of_pairs(out, &blind.pairs, &blind.passes);
}

/// What heads found that had not seen the texts.
pub fn crossed(out: &mut String, made: &MadeAgain) {
    let same = if made.same { "the very bytes of" } else { "**not** the bytes of" };
    let _ = write!(
        out,
        "\n## Crossed on what was learned from\n\n\
         The rows are cut in four; each part is judged by heads taught on the other three, so that classes with few rows held out\n\
         are measured on more. `midad train` was run for it, on {} texts, and made {same} `models/heads.midad`.\n\n\
         | Head | Yes / known | Average precision | Macro-F1 | Recall at .90 | Calibration error |\n|---|--:|---|--:|--:|--:|\n",
        made.taught.texts
    );
    for head in &made.taught.crossed.heads.heads {
        let (precision, within) = head.average_precision;
        let _ = writeln!(
            out,
            "| {} | {} / {} | {} [{}–{}] | {} | {} | {} |",
            head.head,
            head.positive,
            head.known,
            three(precision),
            three(within.low),
            three(within.high),
            three(head.best_macro_f1.0),
            three(head.recall[1]),
            three(head.calibration_error)
        );
    }
    if let Some(support) = &made.taught.crossed.support {
        costs(out, support);
    }
}

fn costs(out: &mut String, support: &Support) {
    out.push_str(
        "\nWhat it costs to find support: the first line is the lowest threshold at which at most 0.5 % of news and 3 % of other texts\n\
         that name groups are flagged.\n\n\
         | Support found | News naming groups | Others naming groups | Published comments |\n|---|---|---|---|\n",
    );
    for Cost { found, news, others, published } in std::iter::once(&support.within).chain(&support.at) {
        let [found, news, others, published] = [found, news, others, published].map(|share| of_a_share(*share));
        let _ = writeln!(out, "| {found} | {news} | {others} | {published} |");
    }
}

/// News with other names.
pub fn swapped(out: &mut String, swapped: &Swapped) {
    let _ = writeln!(
        out,
        "\n## Other names put into news\n\n\
         Into each of {} held-out sentences of news that name a group, each of the {} names was put by which the rulebook's groups call\n\
         themselves, bare. The head of support wants a look at {}; the engine finds support or a call in {}; it advises\n\
         against {}. The sentences are few, so the intervals, drawn as if every text stood alone, are too narrow.",
        swapped.sentences,
        swapped.names,
        of_a_share(swapped.looked),
        of_a_share(swapped.found),
        of_a_share(swapped.refused)
    );
}

/// Texts taken from articles.
pub fn pastes(out: &mut String, pastes: &[Option<Pastes>; 2]) {
    out.push_str("\n## Texts taken from articles\n\n");
    let [Some(held_out), Some(learned)] = pastes else {
        out.push_str("Not measured: there was no `paste-reference.jsonl` in the folder.\n");
        return;
    };
    let _ = write!(
        out,
        "Each text is looked up in an index of {} articles and of all published comments beside it, as the store keeps one, and\n\
         what is found is handed to the engine. Heads know nothing of pastes, so rows that they were taught count too. The pastes were\n\
         made by a script; some articles stand in the index twice, word for word, and either of their names is right. «Taken for a paste»: of an article, which\n\
         none of these texts is. «Like another comment»: at least twelve words, and three in ten runs of four words, stand in another\n\
         reader's published comment, word for word. Those are copies and long quotations as far as anybody can see, and no false\n\
         alarms; no label says who wrote first.\n\n| Texts | Held out | Learned from |\n|---|---|---|\n",
        held_out.articles
    );
    let mut line = |what: &str, one: Option<&Share>, other: Option<&Share>| {
        let [one, other] = [one, other].map(|share| share.map_or_else(|| "–".to_owned(), |share| of_a_share(*share)));
        let _ = writeln!(out, "| {what} | {one} | {other} |");
    };
    for (kind, share) in &learned.found {
        line(&format!("paste, {kind}: found, its article named"), held_out.found.get(kind), Some(share));
    }
    for (source, share) in &learned.alarms {
        line(&format!("{source}: taken for a paste"), held_out.alarms.get(source), Some(share));
    }
    for (source, share) in learned.copies.iter().filter(|(_, share)| share.part > 0) {
        line(&format!("{source}: like another comment"), held_out.copies.get(source), Some(share));
    }
    for (change, share) in &learned.returned {
        line(
            &format!("published comments as if refused, back, {change}: recognised"),
            held_out.returned.get(change),
            Some(share),
        );
    }
    size(out, learned);
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn size(out: &mut String, pastes: &Pastes) {
    let of_a_comment = pastes.comment_rows as f64 / (pastes.comments.max(1)) as f64;
    let of_an_article = pastes.article_rows as f64 / (pastes.articles.max(1)) as f64;
    let rows = of_a_comment * MANY;
    let _ = writeln!(
        out,
        "\nThe index measured: {} published comments take {} rows ({of_a_comment:.2} each), {} articles {} ({of_an_article:.0} each). Ten million of them are indexed by `cargo xtask bench pastes` (docs/moderation-experiments.md, «Pastes»), not in this run; \
         extrapolated, they would take {:.0} million rows, at {OF_A_ROW} bytes in SQLite (measured once, with a million rows) {:.1} GB, and a look-up goes \
         down one tree whatever its size. A paper keeps fewer: comments leave the index after 90 days, refused ones after two \
         years. Chance cannot make the false alarms more: a text found by the index is compared word by word, so only more \
         comments that really share their words could.",
        pastes.comments,
        pastes.comment_rows,
        pastes.articles,
        pastes.article_rows,
        rows / 1e6,
        rows * OF_A_ROW / 1e9
    );
}

/// What it costs to leave out what states no licence.
pub fn licensed(out: &mut String, measured: &Measured) {
    let (texts, few) = &measured.made_again.licensed;
    let _ = write!(
        out,
        "\n## Without the sources that state no licence\n\n\
         `midad train --licensed-only` learns from {texts} texts and not from {}. Average precision on those held out:\n\n\
         | Head | All sources | Only those with a licence | Difference |\n|---|---|---|--:|\n",
        measured.made_again.taught.texts
    );
    for head in &measured.evaluation.heads.heads {
        let said = |head: &Head| {
            let (precision, within) = head.average_precision;
            format!("{} [{}–{}]", three(precision), three(within.low), three(within.high))
        };
        let other = few.iter().find(|few| few.head == head.head);
        let lost = other.map_or(0.0, |few| head.average_precision.0 - few.average_precision.0);
        let other = other.map_or_else(|| "–".to_owned(), said);
        let _ = writeln!(out, "| {} | {} | {other} | −{} |", head.head, said(head), three(lost));
    }
}
