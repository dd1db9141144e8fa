//! The report on a move in words: lines for the terminal, a page for the owner.

use moving::old::Report;
use moving::old::report::{Kinds, Lines, Sampled};
use newsroom::profile::Language;
use web::Words;

/// Lines of one reason that the terminal shows; the page has them all.
const SHOWN: usize = 5;

/// A heading with what stands below it: sentences, each with how often and the first of it by name.
struct Part {
    title: String,
    rows: Vec<(String, Option<Vec<String>>)>,
}

/// The report as lines of text.
pub fn lines(report: &Report, t: &Words) -> Vec<String> {
    let mut out = vec![headline(report, t)];
    for part in parts(report, t) {
        out.push(format!("  {}", part.title));
        for (row, named) in part.rows {
            out.push(format!("    {row}"));
            let named = named.unwrap_or_default();
            out.extend(named.iter().take(SHOWN).map(|name| format!("      - {name}")));
            if named.len() > SHOWN {
                out.push("      …".to_owned());
            }
        }
    }
    out.push(verdict(report, t));
    out
}

/// The report as a page of its own: nothing is loaded, and whatever the old paper wrote stands isolated.
pub fn page(report: &Report, t: &Words) -> String {
    let (lang, dir) = match t.language() {
        Language::Ar => ("ar", "rtl"),
        Language::Fr => ("fr", "ltr"),
        Language::En => ("en", "ltr"),
    };
    let title = escaped(&headline(report, t));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title>\n<h1>{title}</h1>\n<p><strong>{}</strong></p>\n",
        escaped(&verdict(report, t))
    );
    for part in parts(report, t) {
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", escaped(&part.title)));
        for (row, named) in part.rows {
            match named.filter(|named| !named.is_empty()) {
                None => out.push_str(&format!("<li>{}</li>\n", escaped(&row))),
                Some(named) => {
                    out.push_str(&format!("<li><details><summary>{}</summary><ol>\n", escaped(&row)));
                    for name in named {
                        out.push_str(&format!("<li><bdi>{}</bdi></li>\n", escaped(&name)));
                    }
                    out.push_str("</ol></details></li>\n");
                }
            }
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</html>\n");
    out
}

fn headline(report: &Report, t: &Words) -> String {
    let key = if report.dry_run { "moved.title-dry-run" } else { "moved.title" };
    t.with(key, 1, &[("title", &report.title), ("address", &report.address)])
}

/// What does not agree, or that everything does.
fn verdict(report: &Report, t: &Words) -> String {
    let problems = report.problems();
    if problems.is_empty() {
        return t.s("moved.whole");
    }
    problems.iter().map(|problem| t.s(problem.key())).collect::<Vec<_>>().join(" ")
}

fn parts(report: &Report, t: &Words) -> Vec<Part> {
    let reasons = |title: &str, all: Vec<(&'static str, &Lines)>| Part {
        title: t.s(title),
        rows: all.into_iter().map(|(key, lines)| counted(t, key, lines)).collect(),
    };
    let left = report.left.iter().map(|(why, lines)| (why.key(), lines)).collect();
    let changed = report.changed.iter().map(|(why, lines)| (why.key(), lines)).collect();
    let bodies = report.bodies.iter().map(|(what, lines)| (what.key(), lines)).collect();
    let mut parts = vec![
        sums(report, t),
        rest(report, t),
        addresses(report, t),
        reasons("moved.left", left),
        reasons("moved.changed", changed),
        reasons("moved.bodies", bodies),
    ];
    let unread = report.unread.iter().map(|(name, times)| format!("{name}: {}", t.number(*times))).collect::<Vec<_>>();
    parts.push(Part { title: t.s("moved.unread"), rows: unread.into_iter().map(|row| (row, None)).collect() });
    parts.retain(|part| !part.rows.is_empty());
    let never = ["moved.never.mail", "moved.never.spam", "moved.never.passwords", "moved.never.files"];
    let never = never.map(|key| (t.s(key), None)).into();
    parts.push(Part { title: t.s("moved.never"), rows: never });
    parts
}

/// Read = public + inside + known + left, for each kind.
fn sums(report: &Report, t: &Words) -> Part {
    let row = |key: &str, kinds: &Kinds| {
        let number = |n: u64| t.number(n);
        let (read, public, inside) = (number(kinds.read), number(kinds.public), number(kinds.inside));
        let (known, left) = (number(kinds.known), number(kinds.left));
        let texts = [
            ("kind", t.s(key)),
            ("read", read),
            ("public", public),
            ("inside", inside),
            ("known", known),
            ("left", left),
        ];
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        (t.with("moved.sum", 1, &texts), None)
    };
    let rows = vec![
        row("moved.stories", &report.stories),
        row("moved.pages", &report.pages),
        row("moved.comments", &report.comments),
    ];
    Part { title: t.s("moved.sums"), rows }
}

fn rest(report: &Report, t: &Words) -> Part {
    let pictures = &report.pictures;
    let mut rows = vec![
        t.n("moved.others", report.others),
        t.n("moved.writers", report.writers),
        t.with("moved.sections", report.sections.1, &[("categories", &t.number(report.sections.0))]),
        t.n("moved.tags", report.tags),
        t.with("moved.pictures", pictures.used, &[("missing", &t.number(pictures.missing))]),
        t.n("moved.without-alt", pictures.without_alt),
        t.with("moved.links", report.links.all, &[("broken", &t.number(report.links.broken))]),
    ];
    if pictures.filled + pictures.waiting > 0 {
        rows.push(t.with("moved.filled", pictures.filled, &[("waiting", &t.number(pictures.waiting))]));
    }
    if let Some((stories, comments)) = report.stored {
        rows.push(t.with("moved.stored", stories, &[("comments", &t.number(comments))]));
    }
    Part { title: t.s("moved.rest"), rows: rows.into_iter().map(|row| (row, None)).collect() }
}

fn addresses(report: &Report, t: &Words) -> Part {
    let all = &report.addresses;
    let leads = all.sampled.iter().filter(|one| one.leads.is_some()).count();
    let line = |one: &Sampled| match &one.leads {
        Some(place) => format!("{} → {place}", one.address),
        None => format!("{} → {}", one.address, t.s("moved.nowhere")),
    };
    let mut rows = vec![(t.n("moved.to-stories", all.to_stories), None), (t.n("moved.to-lists", all.to_lists), None)];
    if !all.sampled.is_empty() {
        let sampled = t.with("moved.sampled", all.sampled.len() as u64, &[("leads", &t.number(leads))]);
        rows.push((sampled, Some(all.sampled.iter().map(line).collect())));
    }
    Part { title: t.s("moved.addresses"), rows }
}

/// «3 · why», and which.
fn counted(t: &Words, key: &str, lines: &Lines) -> (String, Option<Vec<String>>) {
    let named = lines.named.iter().map(|one| match one.place.is_empty() {
        true => one.what.clone(),
        false => format!("{} ({})", one.what, one.place),
    });
    (format!("{} · {}", t.number(lines.count), t.s(key)), Some(named.collect()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
