//! What was measured, as a table in Markdown.

use std::fmt;

use super::load::Measured;

/// The lines in the order measured, and what could not be measured.
#[derive(Default)]
pub struct Table {
    lines: Vec<Line>,
    notes: Vec<String>,
}

/// One line of the table.
pub struct Line {
    what: String,
    by: String,
    measured: Measured,
    /// A share of what the machine's own part does, and its name.
    ratio: Option<(f64, &'static str)>,
}

impl Line {
    /// A page beside the same bytes from nginx, round by round.
    pub fn page(what: &str, engine: &str, ours: &[Measured], theirs: &[Measured]) -> Self {
        let ratios = ours.iter().zip(theirs).map(|(ours, theirs)| ours.per_second / theirs.per_second);
        let ratio = middle(ratios.collect()).map(|ratio| (ratio, "nginx"));
        Self { what: what.to_owned(), by: format!("midad, {engine}"), measured: middle_of(ours), ratio }
    }

    /// Something that ends in a commit, beside the engine's own commits.
    pub fn beside(what: &str, engine: &str, measured: Measured, bare: &Measured) -> Self {
        let ratio = Some((measured.per_second / bare.per_second, "the bare engine"));
        Self { what: what.to_owned(), by: format!("midad, {engine}"), measured, ratio }
    }

    /// The engine's own commits.
    pub fn bare(what: &str, by: &str, measured: Measured) -> Self {
        Self { what: what.to_owned(), by: by.to_owned(), measured, ratio: None }
    }
}

impl Table {
    /// Adds a line.
    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds what nginx did with the same bytes, if it was there.
    pub fn add_static(&mut self, what: &str, theirs: &[Measured]) {
        if !theirs.is_empty() {
            let what = format!("the same bytes as a file: {what}");
            self.add(Line { what, by: "nginx".to_owned(), measured: middle_of(theirs), ratio: None });
        }
    }

    /// Says why something is missing, once.
    pub fn note(&mut self, note: &str) {
        if !self.notes.iter().any(|known| known == note) {
            self.notes.push(note.to_owned());
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| What | By | in a second | slowest hundredth, ms | share |\n|---|---|--:|--:|---|")?;
        for line in &self.lines {
            let p99 = line.measured.p99_ms.map_or_else(|| "–".to_owned(), |p99| format!("{p99:.1}"));
            let share = line.ratio.map_or_else(String::new, |(ratio, of)| format!("{ratio:.2} of {of}"));
            writeln!(f, "| {} | {} | {:.0} | {p99} | {share} |", line.what, line.by, line.measured.per_second)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "\n{note}"))
    }
}

fn middle_of(rounds: &[Measured]) -> Measured {
    let rates = rounds.iter().map(|round| round.per_second).collect();
    let p99 = rounds.iter().filter_map(|round| round.p99_ms).collect();
    Measured { per_second: middle(rates).unwrap_or_default(), p99_ms: middle(p99) }
}

/// The one in the middle; of an even number the greater one.
pub fn middle(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}
