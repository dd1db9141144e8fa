//! An evaluation as tables for a terminal. Names of heads, sources and functions are those of the files.

use super::evaluate::{Engine, Evaluation, Share, Source};
use moderation::measure::HeadReport;

/// All tables, line by line.
pub fn lines(evaluation: &Evaluation, misses: bool) -> Vec<String> {
    let mut out = vec![format!("{} texts, under {}", evaluation.texts, evaluation.under)];
    out.push(String::new());
    out.push("head      yes/known    AP [95 %]             AUC   macro-F1       R@P.80 .90  .95   ECE".to_owned());
    out.extend(evaluation.heads.heads.iter().map(head));
    out.push(String::new());
    out.push("whole engine   found missed alarms passed   P     R     F1".to_owned());
    out.extend(evaluation.engine.iter().map(engine));
    out.push(String::new());
    out.push("source               texts    held  abuse support    spam  refused".to_owned());
    out.extend(evaluation.sources.iter().map(|(name, counted)| source(name, counted)));
    if !evaluation.functional.is_empty() {
        out.push(String::new());
        out.push("functional tests".to_owned());
        out.extend(evaluation.functional.iter().map(|(name, counted)| format!("{name:50} {}", share(counted))));
    }
    out.extend(pairs(evaluation));
    out.extend(swapped(evaluation));
    out.extend(pastes(evaluation));
    if misses {
        out.push(String::new());
        for miss in &evaluation.misses {
            let text = miss.text.as_deref().map(arabic::clean::line).unwrap_or_default();
            out.push(format!("{} {} {} {text}", miss.what, miss.kind, miss.id).trim_end().to_owned());
        }
    }
    out
}

fn head(report: &HeadReport) -> String {
    let (precision, interval) = report.average_precision;
    let (f1, at) = report.best_macro_f1;
    let [r80, r90, r95] = report.recall;
    format!(
        "{:8} {:5}/{:<6} {precision:.3} [{:.3}–{:.3}]  {:.3}  {f1:.3} at {at:.3}  {r80:.3} {r90:.3} {r95:.3}  {:.3}",
        report.head.name(),
        report.positive,
        report.known,
        interval.low,
        interval.high,
        report.area,
        report.calibration_error,
    )
}

fn engine(counts: &Engine) -> String {
    let Engine { what, found, missed, alarms, passed } = counts;
    let part = |part: u64, of: u64| if of == 0 { 0.0 } else { part as f64 / of as f64 };
    let (precision, recall) = (part(*found, found + alarms), part(*found, found + missed));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    format!("{what:12} {found:7} {missed:6} {alarms:6} {passed:6}   {precision:.3} {recall:.3} {f1:.3}")
}

fn source(name: &str, counted: &Source) -> String {
    let Source { held, abuse, support, spam, refused } = counted;
    let part = |share: &Share| format!("{:.2}%", percent(share));
    format!(
        "{name:18} {:7} {:>7} {:>6} {:>7} {:>7} {:>7}",
        held.of,
        part(held),
        part(abuse),
        part(support),
        part(spam),
        part(refused)
    )
}

fn pairs(evaluation: &Evaluation) -> Vec<String> {
    if evaluation.pairs.is_empty() {
        return Vec::new();
    }
    let mut out = vec![String::new(), "mirrored pairs      both   caught passed  refused".to_owned()];
    let (mut both, mut all) = (0, 0);
    for (name, class) in &evaluation.pairs {
        let (pairs, right) = (class.pairs, class.both);
        (both, all) = (both + right, all + pairs);
        out.push(format!("{name:16} {right:4}/{pairs:<4} {:6} {:6} {:8}", class.caught, class.passed, class.refused));
        if !class.wrong.is_empty() {
            out.push(format!("    {}", class.wrong.join(" ")));
        }
    }
    let mut share = Share::default();
    (0..all).for_each(|number| share.count(number < both));
    out.push(format!("all              {}", self::share(&share)));
    out
}

fn swapped(evaluation: &Evaluation) -> Vec<String> {
    let swapped = &evaluation.swapped;
    if swapped.sentences == 0 {
        return Vec::new();
    }
    vec![
        String::new(),
        format!("{} sentences of news, {} other names put into each", swapped.sentences, swapped.names),
        format!("head of support, worth a look  {}", share(&swapped.looked)),
        format!("support or call found          {}", share(&swapped.found)),
        format!("refused                        {}", share(&swapped.refused)),
    ]
}

fn pastes(evaluation: &Evaluation) -> Vec<String> {
    let Some(pastes) = &evaluation.pastes else { return Vec::new() };
    let mut out = vec![
        String::new(),
        format!("{} articles ({} rows of the index)", pastes.articles, pastes.article_rows),
        format!("{} published comments ({} rows)", pastes.comments, pastes.comment_rows),
    ];
    out.extend(pastes.found.iter().map(|(kind, counted)| format!("found   {kind:24} {}", share(counted))));
    out.extend(pastes.alarms.iter().map(|(source, counted)| format!("alarms  {source:24} {}", share(counted))));
    out.extend(pastes.copies.iter().map(|(source, counted)| format!("copies  {source:24} {}", share(counted))));
    out.extend(pastes.returned.iter().map(|(change, counted)| format!("back, {change:32} {}", share(counted))));
    out
}

fn percent(share: &Share) -> f64 {
    if share.of == 0 { 0.0 } else { share.part as f64 / share.of as f64 * 100.0 }
}

fn share(share: &Share) -> String {
    let Share { part, of, interval } = share;
    format!("{part}/{of} = {:.1} % [{:.1}–{:.1}]", percent(share), interval.low * 100.0, interval.high * 100.0)
}
