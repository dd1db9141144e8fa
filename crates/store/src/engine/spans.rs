//! What the store did, as spans: each job, and the first statements of it. Their texts are told and never what they were asked
//! with.

use super::Dialect;
use super::slow::told;
use crate::traced::{TRACED, is_part};
use std::sync::atomic::{AtomicU32, Ordering};
use tracing::{Span, info_span};

/// Statements of one job that are told: a page has about ten, and a move of a whole archive must not fill what waits to be sent.
const MOST_TOLD: u32 = 64;

/// How many statements of the job at hand were told on this connection.
#[derive(Debug, Default)]
pub(super) struct Told(AtomicU32);

impl Told {
    /// Another job begins.
    pub(super) fn begin(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn one_more(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) < MOST_TOLD
    }
}

/// A job of the store, with the time for which it waited: for its turn, and for its commit. None where nothing around it is
/// traced.
pub(super) fn job<F>(does: &'static str, dialect: Dialect) -> Span {
    if !is_part() {
        return Span::none();
    }
    let of = asker(std::any::type_name::<F>());
    info_span!(
        target: TRACED,
        "job",
        otel.name = format!("{does} {of}"),
        code.function.name = of,
        db.system.name = system(dialect),
    )
}

/// A statement of the job at hand.
pub(super) fn statement(sql: &str, dialect: Dialect, of_job: &Told) -> Span {
    if !is_part() || !of_job.one_more() {
        return Span::none();
    }
    let summary = summary(sql);
    info_span!(
        target: TRACED,
        "statement",
        otel.name = summary,
        otel.kind = "client",
        db.system.name = system(dialect),
        db.query.summary = summary,
        db.query.text = told(sql),
    )
}

/// As the conventions of OpenTelemetry call it.
fn system(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgresql",
    }
}

/// Who asks, by the name of the closure that is the job: `store::thread::<impl store::Store>::thread_of::{{closure}}` is
/// `thread::thread_of`.
fn asker(closure: &str) -> String {
    let function = closure.split("::{{closure}}").next().unwrap_or(closure);
    let (mut name, mut inside) = (String::new(), 0_u32);
    for letter in function.chars() {
        match letter {
            '<' => inside += 1,
            '>' => inside = inside.saturating_sub(1),
            _ if inside == 0 => name.push(letter),
            _ => {}
        }
    }
    let parts: Vec<&str> = name.split("::").filter(|part| !part.is_empty() && *part != "store").collect();
    parts.join("::")
}

/// What it does and to what: `select stories`.
fn summary(sql: &str) -> String {
    let mut words = sql.split_whitespace();
    let does = words.next().unwrap_or_default();
    let mut last = does;
    let table = words.find(|word| {
        let named = matches!(last, "from" | "into" | "update") && !word.starts_with('(');
        last = word;
        named
    });
    let table = table.map(|word| word.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next());
    match table.flatten().filter(|table| !table.is_empty()) {
        Some(table) => format!("{does} {table}"),
        None => does.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_TOLD, Told, asker, summary};

    #[test]
    fn a_job_is_called_by_who_asks() {
        for (closure, name) in [
            ("store::thread::<impl store::Store>::thread_of::{{closure}}::{{closure}}", "thread::thread_of"),
            ("store::sections::<impl store::Store>::sections::{{closure}}::{{closure}}", "sections::sections"),
            ("store::whole::Whole::next::{{closure}}::{{closure}}", "whole::Whole::next"),
            ("store::engine::tests::counted<alloc::vec::Vec<i64>>::{{closure}}", "engine::tests::counted"),
        ] {
            assert_eq!(asker(closure), name);
        }
    }

    #[test]
    fn a_statement_is_called_by_what_it_does_and_to_what() {
        for (sql, name) in [
            ("select id, slug\n         from stories where id = $1", "select stories"),
            ("insert into comments (id, text) values ($1, $2)", "insert comments"),
            ("update stories set state = $2 where id = $1", "update stories"),
            ("delete from claims where until < $1", "delete claims"),
            ("select max(n) from (select n from rulings) as newest", "select rulings"),
            ("with due as (select id from jobs) select id from due", "with jobs"),
            ("select 1", "select"),
            ("", ""),
        ] {
            assert_eq!(summary(sql), name);
        }
    }

    #[test]
    fn the_first_statements_of_a_job_are_told_and_of_the_next_job_too() {
        let told = Told::default();
        assert_eq!((0..MOST_TOLD * 2).filter(|_| told.one_more()).count(), MOST_TOLD as usize);
        told.begin();
        assert!(told.one_more());
    }
}
