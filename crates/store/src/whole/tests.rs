//! The list of what is personal knows every column there is.

use super::tables::{LEFT_OUT, TABLES};
use crate::erasures::TOUCHED;
use std::collections::BTreeSet;

/// Table, columns, and what becomes of them.
fn lines() -> Vec<(&'static str, Vec<&'static str>, &'static str)> {
    let text = include_str!("personal.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = |line: &'static str| {
        let mut parts = line.splitn(3, "   ");
        let mut part = || parts.next().expect("table, columns, what becomes of them");
        (part(), part().split_whitespace().collect(), part())
    };
    text.map(line).collect()
}

#[test]
fn every_column_says_what_becomes_of_a_readers_words() {
    let known: BTreeSet<_> = TABLES.iter().flat_map(|table| table.columns().map(|name| (table.name, name))).collect();
    let mut said = BTreeSet::new();
    for (table, columns, becomes) in lines() {
        let word = becomes.split(':').next().unwrap_or_default();
        assert!(["none", "words", "reader", "staff", "stays"].contains(&word), "{table}: {becomes}");
        for column in columns.into_iter().filter(|column| *column != "-") {
            assert!(said.insert((table, column)), "{table}.{column} stands there twice");
        }
    }
    let missing: Vec<_> = known.difference(&said).collect();
    assert!(missing.is_empty(), "personal.txt does not say what becomes of {missing:?}");
    let gone: Vec<_> = said.difference(&known).collect();
    assert!(gone.is_empty(), "personal.txt knows columns that are not there: {gone:?}");
}

#[test]
fn whatever_holds_a_readers_words_is_written_anew() {
    for (table, _, becomes) in lines() {
        if becomes.starts_with("words") || becomes.starts_with("reader") {
            assert!(TOUCHED.contains(&table), "{table} is not among those that an erasure touches");
        }
    }
    for table in TOUCHED {
        let there =
            TABLES.iter().any(|known| known.name == *table) || LEFT_OUT.iter().any(|name| table.starts_with(name));
        assert!(there, "there is no table {table}");
    }
}
