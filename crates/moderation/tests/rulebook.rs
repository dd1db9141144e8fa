//! A rulebook is read as a whole: everything wrong in it is told at once, with its place; what is right is laid over the
//! shipped one.

use moderation::rulebook::Expected;
use moderation::{
    Advice, Facts, Head, Minute, Models, Problem, ProblemKind, Rulebook, StoryFacts, Submission, Verdict, examine,
};

fn judged(text: &str, section: &str, rules: &Rulebook) -> Verdict {
    let facts = Facts { story: StoryFacts { section, ..StoryFacts::default() }, ..Facts::default() };
    examine(&Submission { text, name: "" }, &facts, rules, &Models::default())
}

/// Where each problem stands, at which key, and its sentence.
fn told(problems: &[Problem]) -> Vec<(usize, usize, &str, &str)> {
    problems.iter().map(|problem| (problem.line, problem.column, problem.key.as_str(), problem.sentence())).collect()
}

#[test]
fn an_empty_rulebook_is_the_shipped_one() {
    let empty = Rulebook::parse("# nothing\n").unwrap();
    assert_eq!(empty, Rulebook::default());
    assert_eq!(empty.fingerprint(), Rulebook::default().fingerprint());
}

#[test]
fn everything_wrong_is_told_at_once_with_its_place() {
    let text = "[limits]\nlong-txt = 9\nflood-run = \"x\"\nper-hour = 9999999\n\n[heads.abuse]\nhold = 0.9\npropose = 0.5\n\n\
                [[words]]\nlist = \"insullt\"\nentries = [\"؟!\", 7]\n\n[phases]\nlisted = 1\n\nactive = 3\n";
    let problems = Rulebook::parse(text).unwrap_err();
    let expected = [
        (2, 1, "limits.long-txt", "rulebook.unknown-key-nearest"),
        (3, 13, "limits.flood-run", "rulebook.wrong-type"),
        (4, 12, "limits.per-hour", "rulebook.out-of-range"),
        (6, 1, "heads.abuse.hold", "rulebook.hold-above-propose"),
        (11, 8, "words.list", "rulebook.unknown-name-nearest"),
        (12, 12, "words.entries", "rulebook.no-word"),
        (12, 18, "words.entries", "rulebook.wrong-type"),
        (15, 10, "phases.listed", "rulebook.wrong-type"),
        (17, 1, "phases.active", "rulebook.unknown-key"),
    ];
    assert_eq!(told(&problems), expected);
    assert_eq!(problems[0].kind, ProblemKind::UnknownKey { nearest: "long-text".into() });
    assert_eq!(problems[4].kind, ProblemKind::UnknownName { name: "insullt".into(), nearest: "insult".into() });
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let problems = Rulebook::parse("[limits]\nlong-text = \n").unwrap_err();
    assert_eq!((problems[0].line, problems[0].sentence()), (2, "rulebook.syntax"));
}

#[test]
fn a_word_that_a_house_adds_is_found_and_one_it_leaves_out_is_not() {
    let text = "without-words = [\"غبي\"]\n[[words]]\nlist = \"house\"\nweight = 450\nentries = [\"نورس\"]\nunless-near = [\"بحر\"]";
    let rules = Rulebook::parse(text).unwrap();
    assert_eq!(judged("يا نورس", "", &rules).priority, 450);
    assert_eq!(judged("نورس فوق البحر", "", &rules).priority, 0);
    assert_eq!(judged("يا غبي", "", &rules).priority, 0);
    let wrong = Rulebook::parse("without-words = [\"zzzzzzzz\"]").unwrap_err();
    assert_eq!(told(&wrong), [(1, 18, "without-words", "rulebook.unknown-name")]);
}

#[test]
fn a_group_that_a_house_adds_works_at_once_and_its_mistakes_are_told() {
    let group = "[limits]\nlong-text = 500\n[[group]]\nid = \"dawn\"\nname = \"كتائب الفجر الرمادي\"\n";
    let rules = Rulebook::parse(&format!("{group}official = [\"كتائب الفجر الرمادي\"]")).unwrap();
    assert_eq!(rules.long_text, 500);
    assert!(judged("كتائب الفجر الرمادي أبطال وأنا معهم", "", &rules).priority > 0);
    assert_eq!(judged("كتائب الفجر الرمادي أبطال وأنا معهم", "", &Rulebook::default()).priority, 0);
    assert!(rules.fingerprint() != Rulebook::parse("[limits]\nlong-text = 500").unwrap().fingerprint());
    let wrong = Rulebook::parse(&format!("{group}official = [\"!\"]\n[cues]\nprase = [\"كلمة\"]")).unwrap_err();
    assert_eq!(told(&wrong), [(6, 13, "", "rulebook.no-word"), (8, 10, "cues.prase", "rulebook.unknown-key")]);
}

#[test]
fn a_phase_that_is_switched_off_sees_nothing() {
    let rules = Rulebook::parse("[phases]\nlisted = false\nlinks = false").unwrap();
    assert_eq!(judged("يا غبي example.com", "", &rules).findings, []);
}

#[test]
fn a_policy_holds_under_its_section_and_where_it_is_named() {
    let text = "[policy.calm]\nsections = [\"chess\"]\nat-most = { abuse = \"look\" }\npercent = { links = 50 }\nheads.abuse = { hold = 0.99, propose = 1 }";
    let rules = Rulebook::parse(text).unwrap();
    let priority = |section| judged("انظروا example.com", section, &rules).priority;
    assert_eq!((priority(""), priority("chess")), (300, 150));
    assert_eq!(judged("يا غبي", "chess", &rules).advice, Advice::Look);
    assert_eq!(judged("يا غبي", "sport", &rules).advice, Advice::Doubt);
    let counts_from = |section| rules.laws.policy(section).thresholds(Head::Abuse, &Models::shipped());
    assert!(counts_from("chess") != counts_from(""));
    let everywhere = Rulebook::parse(&format!("active = [\"calm\"]\n{text}")).unwrap();
    assert_eq!(judged("يا غبي", "sport", &everywhere).advice, Advice::Look);
    assert!(everywhere.laws.policies().any(|(name, on)| name == "calm" && on));
    let unknown = Rulebook::parse("active = [\"electoins\"]").unwrap_err();
    assert_eq!(told(&unknown), [(1, 11, "active", "rulebook.unknown-name-nearest")]);
}

#[test]
fn the_shipped_policies_are_there_and_none_is_on() {
    let shipped = Rulebook::default();
    let policies: Vec<_> = shipped.laws.policies().collect();
    assert_eq!(policies, [("condolence", false), ("court", false), ("elections", false), ("war-dead", false)]);
}

#[test]
fn the_fingerprint_changes_with_the_rules_and_not_with_their_layout() {
    let print = |text| Rulebook::parse(text).unwrap().fingerprint();
    let one = print("[limits]\nlong-text = 30\nflood-run = 5");
    assert_eq!(one, print("# a comment\n[limits]\nflood-run = 5 # shorter\n\nlong-text = 30\n"));
    let others = [
        "",
        "[limits]\nlong-text = 31\nflood-run = 5",
        "[phases]\nlisted = false",
        "active = [\"court\"]",
        "without-words = [\"غبي\"]",
        "[[words]]\nlist = \"house\"\nentries = [\"نورس\"]",
        "[heads.abuse]\nhold = 0.5",
        "[policy.court]\nat-most = { abuse = \"look\" }",
    ];
    let mut prints: Vec<u64> = others.into_iter().map(print).chain([one]).collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), others.len() + 1);
}

#[test]
fn a_verdict_says_under_which_rules_it_was_made() {
    let rules = Rulebook { long_text: 20, ..Rulebook::default() };
    let verdict = judged("كلام", "", &rules);
    assert_eq!(verdict.under.rulebook, rules.fingerprint());
    let stored = serde_json::to_value(&verdict).unwrap();
    assert_eq!(stored["under"]["rulebook"], format!("{:016x}", rules.fingerprint()));
    assert_eq!(serde_json::from_value::<Verdict>(stored).unwrap(), verdict);
    let before = serde_json::json!({"findings": [], "priority": 0, "advice": "release"});
    assert_eq!(serde_json::from_value::<Verdict>(before).unwrap().under, moderation::Under::default());
}

#[test]
fn a_policy_with_times_holds_in_between_and_only_there() {
    let text = "active = [\"vote\"]\n[policy.vote]\nfrom = \"2026-11-28\"\nuntil = \"2026-11-29T20:30\"\n\
                phases = { links = false }";
    let rules = Rulebook::parse(text).expect("a rulebook");
    let runs = |minute: &str| {
        let rules = rules.at(Minute::read(minute).expect("a minute"));
        rules.laws.policy("city").changes.runs("links")
    };
    assert!(runs("2026-11-27T23:59") && runs("2026-11-29T20:30"));
    assert!(!runs("2026-11-28T00:00") && !runs("2026-11-29T20:29"));
    let at = |minute: &str| rules.at(Minute::read(minute).expect("a minute")).fingerprint();
    assert_eq!(at("2026-11-28"), rules.fingerprint(), "while all of it holds it is the rulebook itself");
    assert_ne!(at("2026-11-27"), rules.fingerprint(), "a verdict says under which rules it was given");
}

#[test]
fn times_that_cannot_be_are_told_with_their_places() {
    for (until, kind) in [
        ("\"2026-02-30\"", ProblemKind::WrongType { expected: Expected::Minute }),
        ("\"tomorrow\"", ProblemKind::WrongType { expected: Expected::Minute }),
        ("\"2026-11-28T24:00\"", ProblemKind::WrongType { expected: Expected::Minute }),
        ("\"2026-11-27\"", ProblemKind::EndsBefore),
    ] {
        let text = format!("[policy.vote]\nfrom = \"2026-11-28\"\nuntil = {until}");
        let problems = Rulebook::parse(&text).expect_err("a problem");
        assert_eq!((problems[0].line, &problems[0].kind), (3, &kind), "{until}");
    }
}
