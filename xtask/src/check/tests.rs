//! What is read from the runners, and what the last screen says.

use std::path::Path;
use std::time::Duration;

use super::Outcome;
use super::program::Program;
use super::steps::not_asked;
use super::summary;
use super::surroundings::{Probe, Surroundings, answers, host_and_port};
use super::tally::{Account, Tally, nextest_heading, of_cargo_test, of_nextest};

const NEXTEST: &str = "
        PASS [   0.008s] (1/5) store on_postgres
        FAIL [   0.156s] (4/5) store torn
  stdout ───
    NOT RUN: this one failed and is no excuse
     Summary [   0.168s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped
        PASS [   0.008s] (1/5) store on_postgres
  stdout ───
    running 1 test
    NOT RUN: no server
    NOT RUN: no server, said again
        PASS [   0.008s] (2/5) store on_sqlite
  stderr ───
    it says NOT RUN: only in passing
        FAIL [   0.156s] (4/5) store torn
error: test run failed
";

fn tally(passed: usize, failed: usize, skipped: usize) -> Tally {
    Tally { passed, failed, skipped }
}

#[test]
fn a_nextest_summary_is_counted_and_early_returns_are_not_passes() {
    let account = of_nextest(NEXTEST);
    assert_eq!(account.tally, tally(2, 2, 3));
    assert_eq!(account.reasons, ["no server"]);
    assert_eq!(of_nextest("error: could not compile").tally, tally(0, 0, 0));
    let interrupted = "Summary [ 1.0s] 3/9 tests run: 2 passed, 1 failed, 0 skipped";
    assert_eq!(of_nextest(interrupted).tally, tally(2, 1, 0));
}

#[test]
fn after_the_summary_only_tests_that_failed_are_shown_again() {
    assert_eq!(nextest_heading("        FAIL [   0.156s] (4/5) store torn"), Some(false));
    assert_eq!(nextest_heading("     TIMEOUT [  60.0s] store slow"), Some(false));
    assert_eq!(nextest_heading("        PASS [   0.008s] (1/5) store kept"), Some(true));
    assert_eq!(nextest_heading("    running 1 test"), None);
    assert_eq!(nextest_heading("     Summary [   0.168s] 5 tests run"), None);
}

#[test]
fn results_of_every_binary_of_cargo_test_are_added() {
    let printed = "
---- kept stdout ----
NOT RUN: no browser
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out
";
    assert_eq!(of_cargo_test(printed).tally, tally(3, 2, 2));
}

#[test]
fn a_runner_that_fails_without_naming_a_test_is_one_failure() {
    assert_eq!(Account::from(tally(0, 0, 0)).settled(false).tally, tally(0, 1, 0));
    assert_eq!(Account::from(tally(4, 2, 0)).settled(false).tally, tally(4, 2, 0));
    assert_eq!(Account::from(tally(4, 0, 0)).settled(true).tally, tally(4, 0, 0));
}

#[test]
fn where_everything_has_to_run_what_did_not_has_failed() {
    assert_eq!(tally(4, 1, 2).demanding(true), tally(4, 3, 0));
    assert_eq!(tally(4, 1, 2).demanding(false), tally(4, 1, 2));
}

#[test]
fn what_could_not_be_fetched_is_said_and_fails_nobody() {
    let lacking = not_asked("not installed", None, true);
    assert_eq!(
        (lacking.tally, &lacking.reasons[..]),
        (tally(0, 1, 0), &["the contract: not installed".to_owned()][..])
    );
    let excused = not_asked("not installed", Some("pip reached no index"), true);
    assert_eq!((excused.tally, &*excused.reasons[0]), (tally(0, 0, 1), "the contract: pip reached no index"));
    assert_eq!(not_asked("not installed", Some(""), true).tally, tally(0, 1, 0));
    assert_eq!(not_asked("not installed", None, false).tally, tally(0, 0, 1));
}

#[test]
fn the_address_of_a_server_is_read_without_its_password() {
    let read = |url: &str| host_and_port(url);
    let default = read("postgres://postgres@127.0.0.1:5432/postgres");
    assert_eq!(default.as_deref(), Some("127.0.0.1:5432"));
    let secret = read("postgresql://salma:p@ss@db.example/paper?sslmode=require");
    assert_eq!(secret.as_deref(), Some("db.example:5432"));
    assert_eq!(read("postgres://[::1]:5433/x").as_deref(), Some("[::1]:5433"));
    assert_eq!(read("postgres://[::1]/x").as_deref(), Some("[::1]:5432"));
    assert_eq!(read("mysql://127.0.0.1"), None);
    assert_eq!(read("postgres:///socket"), None);
}

#[test]
fn a_server_answers_while_it_listens_and_not_after() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    assert!(answers(&address));
    drop(listener);
    assert!(!answers(&address));
    assert!(!answers("no address at all"));
}

#[test]
fn a_program_is_heard_on_both_streams_and_its_end_is_known() {
    let mut program = Program::new("rustc", &["--no-such-flag"], Path::new("."));
    program.tell("MIDAD_TEST_POSTGRES", None);
    let ran = program.run().unwrap();
    assert!(!ran.success);
    assert!(ran.printed.contains("no-such-flag"), "{}", ran.printed);
    let ran = Program::new("rustc", &["--version"], Path::new(".")).run().unwrap();
    assert!(ran.success && ran.printed.starts_with("rustc "));
    assert!(Program::new("no-such-program", &[], Path::new(".")).run().is_err());
}

fn outcome(step: &'static str, tally: Tally) -> Outcome {
    Outcome { step, tally, reasons: Vec::new(), took: Duration::from_millis(1250) }
}

#[test]
fn the_last_line_counts_and_the_screen_says_what_did_not_run() {
    let surroundings = Surroundings::of(vec![Probe {
        what: "Chromium",
        variable: "MIDAD_CHROMIUM",
        value: None,
        found: None,
        looked_at: "PATH".to_owned(),
        needed_by: "browser tests",
        remedy: "apt-get install chromium",
    }]);
    let outcomes = [outcome("format", tally(1, 0, 0)), outcome("tests", tally(40, 2, 3))];
    let screen = summary::of(&outcomes, &surroundings.missing());
    assert!(screen.ends_with("\n41 passed, 2 failed, 3 skipped\n"), "{screen}");
    assert!(screen.contains("!!! NOT EVERYTHING RAN\n  Chromium was not found (PATH)"), "{screen}");
    assert!(screen.contains("apt-get install chromium"), "{screen}");
    let rows: Vec<&str> = screen.lines().filter(|line| line.starts_with("tests")).collect();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].contains("FAILED") && rows[0].contains("1.2"), "{screen}");
}

#[test]
fn a_run_in_which_everything_ran_ends_quietly() {
    let screen = summary::of(&[outcome("tests", tally(4, 0, 0))], &[]);
    assert!(screen.ends_with("\n4 passed, 0 failed\n"), "{screen}");
    assert!(!screen.contains("!!!"), "{screen}");
}

#[test]
fn what_tests_said_about_themselves_is_told_once_and_counted() {
    let mut browser = outcome("tests", tally(4, 0, 3));
    browser.reasons = ["no server", "no browser", "no server"].map(str::to_owned).to_vec();
    let screen = summary::of(&[browser], &[]);
    assert!(screen.contains("  1 tests did not run: no browser\n  2 tests did not run: no server\n"), "{screen}");
}
