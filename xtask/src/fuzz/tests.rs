//! What is asked for, what is read from a target, and that every target is where it is said to be.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Asked, Outcome, TARGETS, Table, Tried, counted};

fn asked(line: &str) -> anyhow::Result<Asked> {
    Asked::of(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

#[test]
fn all_targets_are_tried_or_those_that_are_named() {
    let all = asked("--seconds 5").expect("asked");
    assert_eq!((all.seconds, all.targets.len()), (5, TARGETS.len()));
    let two = asked("wxr --seed 7 fold").expect("asked");
    assert_eq!(two.targets.iter().map(|target| target.name).collect::<Vec<_>>(), ["wxr", "fold"]);
    assert_eq!((two.seconds, two.seed), (60, 7));
    for wrong in ["--seconds", "--seed x", "folds", "--minutes 3"] {
        assert!(asked(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_target_that_came_to_its_end_says_how_much_it_was_tried_with() {
    let printed =
        "running 1 test\nfuzz fold: seed 7, 5 s\ntest x ... fuzz fold: 1203 texts, 40511 bytes, nothing found\n";
    assert_eq!(counted(printed, "fold"), Some((1203, 40511)));
    assert_eq!(counted(printed, "letters"), None);
    assert_eq!(counted("fuzz fold: FAILED, seed 7, text 12, 9 bytes\n", "fold"), None);
    assert_eq!(counted("running 0 tests\n", "fold"), None);
}

#[test]
fn the_table_says_what_was_tried_and_what_failed() {
    let held = Outcome::Held { texts: 12, bytes: 3456 };
    let tried = [
        Tried { target: "fold", outcome: held },
        Tried { target: "wxr", outcome: Outcome::Failed },
        Tried { target: "page", outcome: Outcome::NotRun },
    ];
    let asked = asked("--seconds 5 --seed 7").expect("asked");
    let printed = Table { asked: &asked, tried: &tried }.to_string();
    let lines: Vec<String> =
        printed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let expected =
        ["target texts bytes result", "fold 12 3456 nothing found", "wxr FAILED", "page NOT RUN", "5 s each, seed 7"];
    assert_eq!(lines, expected);
}

#[test]
fn every_target_has_its_test_and_its_seeds_and_no_seeds_are_left_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for target in TARGETS {
        let path = match target.module {
            None => format!("crates/{}/tests/fuzz.rs", target.package),
            Some(module) => format!("crates/{}/src/{}.rs", target.package, module.replace("::", "/")),
        };
        let text = std::fs::read_to_string(root.join(&path)).expect("the tests of a crate");
        assert!(text.contains(&format!("fn {}()", target.test)), "{path} has no test {}", target.test);
        assert!(text.contains(&format!("name: \"{}\"", target.name)), "{path} tries no {}", target.name);
    }
    let folders = std::fs::read_dir(root.join("fuzz/seeds")).expect("seeds");
    let folders: BTreeSet<String> =
        folders.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let named: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(folders, named);
}
