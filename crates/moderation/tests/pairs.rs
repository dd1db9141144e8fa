//! Mirrored pairs, which were written before the engine was tuned: of each, one comment must be found and the other let pass.
//! `tests/pairs/README.md` says what stands where.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use moderation::{Advice, Category, Facts, Models, Rulebook, StoryFacts, Submission, Verdict, examine};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::{fs, path::Path};

/// Pairs that must come out right, in hundredths of each class. What words, advertising and
/// pastes are made of is tried elsewhere.
const FLOORS: [(&str, usize); 7] = [
    ("glorification", 89),
    ("reported", 86),
    ("call", 82),
    ("scripture", 68),
    ("hate", 85),
    ("political", 64),
    ("answering", 73),
];
/// Texts that must pass, of which no finding may weigh, in hundredths.
const PASSES: usize = 97;

#[derive(Deserialize)]
struct Pair {
    id: String,
    class: String,
    caught: Caught,
    passed: Passed,
    #[serde(default)]
    story: Story,
    #[serde(default)]
    parent: String,
}

#[derive(Deserialize)]
struct Caught {
    text: String,
    expect: Vec<Category>,
}

#[derive(Deserialize)]
struct Passed {
    text: String,
}

#[derive(Deserialize)]
struct Pass {
    id: String,
    class: String,
    text: String,
    #[serde(default)]
    story: Story,
    #[serde(default)]
    parent: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Story {
    headline: String,
    text: String,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs")
}

fn lines<T: serde::de::DeserializeOwned>(name: &str) -> Vec<T> {
    let text = fs::read_to_string(folder().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error}"))).collect()
}

/// The shipped rules and the invented groups, as an editor would add them.
fn rulebook() -> Rulebook {
    let rules = fs::read_to_string(folder().join("rulebook.toml")).unwrap();
    Rulebook::parse(&rules).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn judged(text: &str, story: &Story, parent: &str, rules: &Rulebook) -> Verdict {
    let facts = Facts {
        story: StoryFacts { headline: &story.headline, text: &story.text, ..StoryFacts::default() },
        parent,
        ..Facts::default()
    };
    examine(&Submission { text, name: "هدى" }, &facts, rules, &Models::default())
}

fn weighs(verdict: &Verdict, categories: &[Category]) -> bool {
    verdict.findings.iter().any(|finding| finding.weight > 0 && categories.contains(&finding.category))
}

const HARMS: [Category; 5] = [Category::Abuse, Category::Support, Category::Call, Category::Spam, Category::Paste];

#[test]
fn mirrored_pairs_come_out_right() {
    let rules = rulebook();
    let mut told = String::new();
    let mut low = Vec::new();
    for (class, floor) in FLOORS {
        let pairs: Vec<Pair> = lines(&format!("{class}.jsonl"));
        let (mut right, mut missed, mut taken) = (0, Vec::new(), Vec::new());
        for pair in &pairs {
            assert_eq!(pair.class, class);
            let caught = weighs(&judged(&pair.caught.text, &pair.story, &pair.parent, &rules), &pair.caught.expect);
            let passed = judged(&pair.passed.text, &pair.story, &pair.parent, &rules);
            let passed = !weighs(&passed, &HARMS) && passed.advice != Advice::Refuse;
            right += usize::from(caught && passed);
            missed.extend(Some(pair.id.as_str()).filter(|_| !caught));
            taken.extend(Some(pair.id.as_str()).filter(|_| !passed));
        }
        writeln!(told, "{class}: {right} of {} pairs; not found {missed:?}; not let pass {taken:?}", pairs.len())
            .unwrap();
        if right * 100 < floor * pairs.len() {
            low.push(class);
        }
    }
    println!("{told}");
    assert!(low.is_empty(), "fewer than before of {low:?}:\n{told}");
}

#[test]
fn reporting_homonyms_criticism_and_religion_are_never_advised_against() {
    let rules = rulebook();
    let texts: Vec<Pass> = lines("passes.jsonl");
    let mut held: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for text in &texts {
        let verdict = judged(&text.text, &text.story, &text.parent, &rules);
        let explicit = |finding: &moderation::Finding| {
            matches!(finding.category, Category::Support | Category::Call) && finding.weight >= 900
        };
        assert!(verdict.advice != Advice::Refuse && !verdict.findings.iter().any(explicit), "{}", text.id);
        if weighs(&verdict, &HARMS) {
            held.entry(&text.class).or_default().push(&text.id);
        }
    }
    let count: usize = held.values().map(Vec::len).sum();
    println!("{} of {} texts weigh nothing; the others: {held:?}", texts.len() - count, texts.len());
    assert!((texts.len() - count) * 100 >= PASSES * texts.len(), "{held:?}");
}
