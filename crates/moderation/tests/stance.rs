//! The rules of stance as an editor writes them, names to be masked, and time.

use moderation::stance::{ProblemKind, Raw, Rules, names};
use moderation::{Facts, Models, Reading, Reason, Rulebook, Submission, examine};
use std::time::{Duration, Instant};

const INVENTED: &str = r#"
[[group]]
id = "yellow-banners"
name = "جبهة الرايات الصفر"
official = ["جبهة الرايات الصفر", "الرايات"]
adopted = ["فرسان الرايات الصفر"]
homonyms = [{ name = "الرايات", needs = ["جبهة"] }]
"#;

fn supports(text: &str, rulebook: &Rulebook) -> bool {
    let submission = Submission { text, name: "هدى" };
    let verdict = examine(&submission, &Facts::default(), rulebook, &Models::default());
    verdict.findings.iter().any(|finding| matches!(finding.reason, Reason::Supports { .. }) && finding.weight > 0)
}

#[test]
fn the_shipped_rules_are_right() {
    let raw = Raw::parse(moderation::stance::SHIPPED).unwrap();
    assert_eq!(raw.problems(), []);
    assert!(raw.group.iter().all(|group| !group.listed.is_empty()));
}

#[test]
fn a_group_that_an_editor_adds_works_at_once() {
    let text = "جبهة الرايات الصفر أبطال";
    assert!(!supports(text, &Rulebook::default()));
    assert!(supports(text, &Rulebook::parse(INVENTED).unwrap()));
}

#[test]
fn a_group_that_an_editor_leaves_out_is_no_longer_found() {
    let text = "بوكو حرام أبطال";
    assert!(supports(text, &Rulebook::default()));
    assert!(!supports(text, &Rulebook::parse("without-names = [\"boko-haram\"]").unwrap()));
}

#[test]
fn rules_that_read_alike_have_one_fingerprint() {
    let invented = Rules::parse(INVENTED).unwrap();
    assert_eq!(invented.fingerprint(), Rules::parse(&format!("# a remark\n{INVENTED}")).unwrap().fingerprint());
    assert_ne!(invented.fingerprint(), Rules::shipped().fingerprint());
}

#[test]
fn what_is_wrong_is_told_with_line_and_column() {
    let text = "[cues]\npraise = [\"بديع\", \"!!\"]\nunheard = [\"كلمة\"]\n";
    let problems = Rules::parse(text).unwrap_err();
    let told: Vec<_> = problems.iter().map(|problem| (problem.position(text), problem.kind.clone())).collect();
    assert_eq!(told, [((2, 19), ProblemKind::NoWord), ((3, 12), ProblemKind::UnknownKey("cues.unheard".into()))]);
    let twice = format!("{INVENTED}{INVENTED}");
    assert_eq!(Rules::parse(&twice).unwrap_err()[0].kind, ProblemKind::SameId("yellow-banners".into()));
    let key = Rules::parse("groups = 3").unwrap_err();
    assert_eq!(
        (key[0].position("groups = 3"), key[0].kind.clone()),
        ((1, 1), ProblemKind::UnknownKey("groups".into()))
    );
}

#[test]
fn names_and_titles_are_given_for_masking() {
    let rules = Rules::parse(INVENTED).unwrap();
    let reading = Reading::of("قال فرسان الرايات الصفر إن جبهة الرايات الصفر باقية");
    assert_eq!(names(&reading, &rules), [1..4, 5..8]);
    assert!(names(&Reading::of("ارتفعت الرايات فوق الملعب"), &rules).is_empty());
}

/// 64 KB of a name, of a name with praise, of denials, of questions and of quotation marks.
#[test]
fn long_texts_of_one_thing_are_read_in_time_that_grows_with_them() {
    let rulebook = Rulebook::parse(INVENTED).unwrap();
    for scrap in
        ["جبهة الرايات الصفر ", "جبهة الرايات الصفر أبطال ", "ليس أبطال ", "هل الله ينصرهم ", "«قال» لكن اللاجئين كلاب "]
    {
        let time = |bytes: usize| {
            let text = scrap.repeat(bytes / scrap.len());
            let run = || {
                let start = Instant::now();
                supports(&text, &rulebook);
                start.elapsed()
            };
            // The best of six: other tests run beside this one.
            (0..5).fold(run(), |best, _| best.min(run()))
        };
        time(4_000);
        let (short, long) = (time(16_000), time(64_000));
        assert!(long < short * 12 + Duration::from_millis(20), "{scrap}: {short:?}, {long:?}");
    }
}
