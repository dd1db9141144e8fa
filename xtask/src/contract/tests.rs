//! What was asked for, where schemathesis is looked for, and what its report says.

use std::path::{Path, PathBuf};

use super::report::Report;
use super::tool::{Tool, VARIABLE, version};
use super::{Asked, FACES};

fn asked(words: &str) -> anyhow::Result<Asked> {
    Asked::of(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

#[test]
fn what_is_asked_for_reaches_schemathesis_and_nothing_asked_for_is_the_check() {
    assert_eq!(asked("").unwrap(), Asked::default());
    let short = Asked::default().words("rules", "URL", "out").join(" ");
    assert_eq!(short, "--config-file rules run URL --report-json-path out --max-examples 20 --seed 1");
    let long = asked("--examples 500 --seconds 60 --seed 77 --program /opt/midad").unwrap();
    assert_eq!(long.program.as_deref(), Some(Path::new("/opt/midad")));
    let long = long.words("rules", "URL", "out").join(" ");
    assert!(long.ends_with("--max-examples 500 --seed 77 --max-time 60"), "{long}");
}

#[test]
fn what_nobody_can_mean_is_refused() {
    for wrong in ["--examples 0", "--seconds 0", "--seconds x", "--seed -1", "--examples", "--kills 1", "fast"] {
        assert!(asked(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn schemathesis_is_the_one_that_is_named_or_the_one_in_path() {
    let here = std::env::current_exe().unwrap();
    let everywhere = |_: &[&str]| Some(PathBuf::from("/usr/bin/schemathesis"));
    let found = |named, path: fn(&[&str]) -> Option<PathBuf>| Tool::find(named, path).map(|tool| tool.program);
    assert_eq!(found(here.to_str(), everywhere), Ok(here.clone()));
    assert_eq!(found(None, everywhere), Ok(PathBuf::from("/usr/bin/schemathesis")));
    // A name that leads nowhere is said, and not made good by another program.
    let wrong = found(Some("/no/such/program"), everywhere).unwrap_err();
    assert!(wrong.contains(VARIABLE) && wrong.contains("/no/such/program"), "{wrong}");
    let none = found(None, |_| None).unwrap_err();
    assert!(none.contains("not installed") && none.contains("--require-hashes"), "{none}");
}

#[test]
fn the_version_that_is_meant_is_the_one_that_is_pinned() {
    assert!(version().split('.').count() == 3 && version().starts_with('4'), "{}", version());
}

/// A report as schemathesis writes one, with another end, other counts and other findings.
fn report(exit_code: i64, (tested, generated): (usize, usize), failures: &str) -> Report {
    let text = format!(
        r#"{{"schemathesis_version": "4.32.5", "seed": 1, "running_time": 12.4, "complete": true, "exit_code": {exit_code},
            "operations": {{"total": 15, "selected": 15, "tested": {tested}, "errored": 0, "skipped": 0}},
            "test_cases": {{"generated": {generated}, "with_failures": 0, "unique_failures": 0}},
            "failures": [{failures}], "errors": []}}"#
    );
    Report::read(&text).unwrap()
}

#[test]
fn a_run_is_good_where_every_call_was_tried_and_nothing_was_found() {
    let good = report(0, (15, 900), "");
    assert!(good.is_good());
    assert_eq!(good.to_string(), "15 of 15 calls, 900 cases in 12 s, 0 findings");
    assert!(!report(0, (14, 900), "").is_good(), "a call that nobody tried");
    assert!(!report(0, (15, 0), "").is_good(), "nothing was sent");
    assert!(!report(1, (15, 900), "").is_good());
    let finding = r#"{"title": "Server error", "count": 2, "operations": ["POST /api/v1/stories"]}"#;
    let found = report(1, (15, 900), finding);
    assert!(!found.is_good());
    assert!(found.to_string().ends_with("2 findings\n  2 × Server error: POST /api/v1/stories"), "{found}");
}

#[test]
fn a_run_that_broke_off_says_so_and_what_is_no_report_is_none() {
    let broken = r#"{"schemathesis_version": "4.32.5", "running_time": null, "complete": false, "exit_code": 1,
        "operations": null, "test_cases": {"generated": 0}, "failures": [],
        "errors": [{"title": "Schema Loading Error", "count": 1}]}"#;
    let broken = Report::read(broken).unwrap();
    assert!(!broken.is_good());
    assert!(broken.to_string().contains("did not come to its end\n  1 × Schema Loading Error"), "{broken}");
    assert!(Report::read("{}").is_err());
}

#[test]
fn each_description_has_a_name_of_its_own() {
    assert_eq!(FACES.iter().map(|face| face.name).collect::<Vec<_>>(), ["paper", "moderation"]);
}
