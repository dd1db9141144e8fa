//! What was found, in words and as JSON.

use crate::upkeep::print;
use serde::Serialize;
use web::Words;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Fine,
    /// It works, and deserves a look.
    Warning,
    /// The paper cannot be served so, or its readers cannot come.
    Wrong,
}

/// Something that was looked at.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// What: a word for programs.
    pub about: &'static str,
    /// Which case of it: a word for programs.
    pub case: &'static str,
    /// How it stands.
    pub state: State,
    /// What was found and what to do, for people.
    pub says: String,
}

/// Everything that was found, in the order in which it was looked at.
#[derive(Debug)]
pub struct Report<'t> {
    t: &'t Words,
    findings: Vec<Finding>,
}

/// The report as programs read it.
#[derive(Debug, Serialize)]
struct Whole {
    good: bool,
    program: &'static str,
    findings: Vec<Finding>,
}

impl State {
    fn key(self) -> &'static str {
        match self {
            Self::Fine => "doctor.fine",
            Self::Warning => "doctor.warning",
            Self::Wrong => "doctor.wrong",
        }
    }
}

impl<'t> Report<'t> {
    /// Nothing yet.
    pub fn new(t: &'t Words) -> Self {
        Self { t, findings: Vec::new() }
    }

    /// As it should be: the words of `doctor.ABOUT.CASE`.
    pub fn fine(&mut self, about: &'static str, case: &'static str, texts: &[(&str, &str)]) {
        self.found(State::Fine, (about, case), texts);
    }

    /// It deserves a look.
    pub fn warn(&mut self, about: &'static str, case: &'static str, texts: &[(&str, &str)]) {
        self.found(State::Warning, (about, case), texts);
    }

    /// It is wrong.
    pub fn wrong(&mut self, about: &'static str, case: &'static str, texts: &[(&str, &str)]) {
        self.found(State::Wrong, (about, case), texts);
    }

    fn found(&mut self, state: State, (about, case): (&'static str, &'static str), texts: &[(&str, &str)]) {
        let says = self.t.with(&format!("doctor.{about}.{case}"), 1, texts);
        self.findings.push(Finding { about, case, state, says });
    }

    /// Nothing is wrong.
    pub fn is_good(&self) -> bool {
        self.findings.iter().all(|found| found.state != State::Wrong)
    }

    /// How a case was found to stand.
    #[cfg(test)]
    pub fn state_of(&self, about: &str, case: &str) -> Option<State> {
        self.findings.iter().find(|found| found.about == about && found.case == case).map(|found| found.state)
    }

    /// Prints a line for each, and how many are what.
    pub fn tell(&self) {
        for found in &self.findings {
            print(&format!("{}: {}", self.t.s(found.state.key()), found.says));
        }
        let many = |state| self.findings.iter().filter(|found| found.state == state).count();
        let (warnings, wrong) = (many(State::Warning), many(State::Wrong));
        print(&match (warnings, wrong) {
            (0, 0) => self.t.s("doctor.all-fine"),
            (_, 0) => self.t.n("doctor.warnings", warnings),
            _ => self.t.n("doctor.wrongs", wrong),
        });
    }

    /// Prints all of it as one object, without the marks that isolate texts of others.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which it can.
    pub fn tell_as_json(&self) -> anyhow::Result<()> {
        let mut findings = self.findings.clone();
        findings.iter_mut().for_each(|found| found.says.retain(|sign| !('\u{2066}'..='\u{2069}').contains(&sign)));
        let whole = Whole { good: self.is_good(), program: env!("CARGO_PKG_VERSION"), findings };
        print(&serde_json::to_string_pretty(&whole)?);
        Ok(())
    }
}
