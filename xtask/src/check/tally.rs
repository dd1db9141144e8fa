//! How many passed, failed and did not run, read from what the runners print.

use std::iter::Sum;

/// A count of tests, or of steps that are one test each.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Ran and held.
    pub passed: usize,
    /// Ran and did not hold, or could not even be built.
    pub failed: usize,
    /// Did not run, for a reason told in the summary.
    pub skipped: usize,
}

/// A tally, and the words in which tests said that they did not run.
#[derive(Debug)]
pub struct Account {
    /// How many.
    pub tally: Tally,
    /// Why, one line for each test that did not run.
    pub reasons: Vec<String>,
}

impl From<Tally> for Account {
    fn from(tally: Tally) -> Self {
        Self { tally, reasons: Vec::new() }
    }
}

/// What a test prints when it could not run.
const NOT_RUN: &str = "NOT RUN:";

impl Tally {
    /// One thing that passed or failed.
    pub fn of(success: bool) -> Self {
        Self { passed: usize::from(success), failed: usize::from(!success), skipped: 0 }
    }

    /// The count where everything has to run: what did not has failed.
    pub fn demanding(self, everything: bool) -> Self {
        match everything {
            true => Self { failed: self.failed + self.skipped, skipped: 0, ..self },
            false => self,
        }
    }
}

impl Account {
    /// The count with the runner's own answer taken in: a runner that failed
    /// without naming a test (a build error) counts as one failure.
    pub fn settled(mut self, success: bool) -> Self {
        if !success && self.tally.failed == 0 {
            self.tally.failed = 1;
        }
        self
    }

    /// As `Tally::demanding`.
    pub fn demanding(mut self, everything: bool) -> Self {
        self.tally = self.tally.demanding(everything);
        self
    }

    /// Takes tests that returned early out of those that passed.
    fn without(mut tally: Tally, reasons: Vec<String>) -> Self {
        tally.passed = tally.passed.saturating_sub(reasons.len());
        tally.skipped += reasons.len();
        Self { tally, reasons }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |a, b| Self {
            passed: a.passed + b.passed,
            failed: a.failed + b.failed,
            skipped: a.skipped + b.skipped,
        })
    }
}

/// Whether this is nextest's last word before it repeats what tests printed.
pub fn is_nextest_summary(line: &str) -> bool {
    line.trim_start().starts_with("Summary [")
}

/// Reads `Summary [ 0.1s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
pub fn of_nextest(printed: &str) -> Account {
    let mut tally = Tally::default();
    let summary = printed.lines().rfind(|line| is_nextest_summary(line));
    let counts = summary.and_then(|line| line.split_once(" run: "));
    for part in counts.map_or("", |(_, counts)| counts).split(", ") {
        let (number, state) = number_and_word(part);
        match state {
            "passed" => tally.passed += number,
            "skipped" => tally.skipped += number,
            "failed" | "timed" | "exec" => tally.failed += number,
            _ => {}
        }
    }
    Account::without(tally, reasons(printed, nextest_heading))
}

/// Adds up `test result: ok. 3 passed; 0 failed; 0 ignored; …` of every binary.
pub fn of_cargo_test(printed: &str) -> Account {
    let mut tally = Tally::default();
    let results = printed.lines().filter_map(|line| line.split_once("test result: "));
    for (_, result) in results {
        let counts = result.split_once(". ").map_or(result, |(_, counts)| counts);
        for part in counts.split("; ") {
            let (number, state) = number_and_word(part);
            match state {
                "passed" => tally.passed += number,
                "failed" => tally.failed += number,
                "ignored" => tally.skipped += number,
                _ => {}
            }
        }
    }
    Account::without(tally, reasons(printed, cargo_test_heading))
}

fn number_and_word(part: &str) -> (usize, &str) {
    let mut words = part.split_whitespace();
    let number = words.next().and_then(|number| number.parse().ok());
    (number.unwrap_or(0), words.next().unwrap_or_default())
}

/// Whether the line begins the report of one test in nextest's words, such as
/// `PASS [   0.008s] (1/4) store comments::kept`, and whether that test passed.
pub fn nextest_heading(line: &str) -> Option<bool> {
    let (state, rest) = line.trim_start().split_once(' ')?;
    let shouted = state.chars().all(|c| c.is_ascii_uppercase() || c == '-');
    (shouted && rest.trim_start().starts_with('[')).then_some(state == "PASS")
}

/// The same of cargo test: `---- comments::kept stdout ----`. It shows the tests
/// that failed in the same way; those do not say that they did not run.
fn cargo_test_heading(line: &str) -> Option<bool> {
    (line.starts_with("---- ") && line.ends_with(" ----")).then_some(true)
}

/// What tests that passed printed as `NOT RUN:`, the first such line of each
/// test and no more, however often it said so.
fn reasons(printed: &str, heading: fn(&str) -> Option<bool>) -> Vec<String> {
    let mut listening = false;
    let mut found = Vec::new();
    for line in printed.lines() {
        if let Some(passed) = heading(line) {
            listening = passed;
        } else if let Some(reason) = line.trim_start().strip_prefix(NOT_RUN).filter(|_| listening) {
            found.push(reason.trim().to_owned());
            listening = false;
        }
    }
    found
}
