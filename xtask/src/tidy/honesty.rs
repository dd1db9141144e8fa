//! Tests that test.

use crate::complaint::Complaint;
use crate::rust_text::{Function, functions, mask, words};
use crate::tree::{File, Tree};

/// A test has a body and runs.
pub fn idle_tests(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in sources(tree) {
        for function in functions(&mask(&file.text).code) {
            let mut complain = |says: &str| {
                let says = format!("{} {says}", function.name);
                complaints.push(Complaint::at(&file.path, function.line, says));
            };
            let attributes: String = function.before.split_whitespace().collect();
            if attributes.contains("#[ignore") {
                complain("is ignored: let it run or take it out");
            }
            if is_test(&attributes) && is_blank(&function) {
                complain("is an empty test");
            }
        }
    }
    complaints
}

/// A test waits for a condition, never for a time. Only a function called
/// `until`, or `until_…`, may sleep between two looks.
pub fn sleeping_tests(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in sources(tree).filter(|file| file.is_test()) {
        let code = mask(&file.text).code;
        let patient: Vec<Function> = functions(&code)
            .into_iter()
            .filter(|function| function.name == "until" || function.name.starts_with("until_"))
            .collect();
        for (line, _) in words(&code).filter(|(_, word)| matches!(*word, "sleep" | "sleep_until")) {
            if !patient.iter().any(|f| (f.line..=f.last_line).contains(&line)) {
                let says = "a test sleeps: wait for the condition in a function called until";
                complaints.push(Complaint::at(&file.path, line, says));
            }
        }
    }
    complaints
}

fn is_test(attributes: &str) -> bool {
    attributes.contains("#[test]") || attributes.contains("::test]") || attributes.contains("::test(")
}

fn is_blank(function: &Function) -> bool {
    function.body.as_deref().is_some_and(|body| body.trim().is_empty())
}

fn sources(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.under("", ".rs").filter(|file| !file.is_vendored())
}
