//! The phases' own examples, the order of the list, and what priority and advice are made of.

use crate::phases::altered::LOOKS;
use crate::phases::{BROKEN, PHASES, example, prepared};
use crate::{
    Advice, Alike, Category, Facts, Finding, Models, Origin, Reason, Repeats, Rulebook, StoryFacts, Submission,
    Verdict, examine,
};
use alloc::{string::String, vec::Vec};

const STORY: &str = "أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد بعد ثلاث سنوات من العمل المتواصل";

const REFUSED: Alike<'static> = Alike {
    origin: Origin::Refused,
    title: "كريم",
    text: "حافلات المدينة القديمة كلها معطلة ومن يركبها يدفع ضعف الثمن لشركة واحدة تعرفونها جميعا فقاطعوها اليوم",
};

const INVENTED: &str = r#"
    [[group]]
    id = "grey-dawn"
    name = "كتائب الفجر الرمادي"
    official = ["كتائب الفجر الرمادي", "الفجر الرمادي"]
"#;

/// Under which rules a phase's two examples are read, and with which facts.
struct Told {
    rules: Rulebook,
    caught_with: Facts<'static>,
    passed_with: Facts<'static>,
}

fn told(phase: &str) -> Told {
    let plain = || Told { rules: Rulebook::default(), caught_with: Facts::default(), passed_with: Facts::default() };
    let three = Facts { repeats: Repeats { by_visitor: 3, on_story: 3, today: 3 }, ..Facts::default() };
    let story = Facts { story: StoryFacts { text: STORY, ..StoryFacts::default() }, ..Facts::default() };
    let sent = |sent_last_minute| Facts { sent_last_minute, ..Facts::default() };
    match phase {
        "empty" => plain(),
        "length" => Told { rules: Rulebook { long_text: 20, ..Rulebook::default() }, ..plain() },
        "rate" => Told { caught_with: sent(4), passed_with: sent(2), ..plain() },
        "repeated" => Told { caught_with: three.clone(), passed_with: three, ..plain() },
        "links" => plain(),
        "flood" => plain(),
        "from_the_story" => Told {
            rules: Rulebook { story_paste_words: 4, ..Rulebook::default() },
            caught_with: story.clone(),
            passed_with: story,
        },
        "long_paste" => Told {
            rules: Rulebook { long_paste: 60, ..Rulebook::default() },
            caught_with: story.clone(),
            passed_with: story,
        },
        "support" => Told {
            rules: Rulebook { stance: crate::stance::Rules::parse(INVENTED).unwrap(), ..Rulebook::default() },
            ..plain()
        },
        "hate" => plain(),
        "unreadable" => plain(),
        "listed" => plain(),
        "advertising" => plain(),
        "scripture" => plain(),
        "likely" => plain(),
        "off_topic" => Told {
            rules: Rulebook { off_topic_words: 8, ..Rulebook::default() },
            caught_with: story.clone(),
            passed_with: story,
        },
        "pasted" => {
            let refused = Facts { alike: &[REFUSED], ..Facts::default() };
            Told { caught_with: refused.clone(), passed_with: refused, ..plain() }
        }
        "altered" => Told { rules: Rulebook { long_paste: 60, ..Rulebook::default() }, ..plain() },
        other => panic!("the phase {other} has no examples here"),
    }
}

#[test]
fn every_phase_catches_what_its_comment_says_and_lets_the_other_pass() {
    for phase in PHASES {
        let told = told(phase.name);
        let run = |text, facts: &Facts<'_>| {
            let submission = Submission { text, name: "هدى" };
            let models = if phase.name == "likely" { Models::shipped() } else { Models::default() };
            prepared(&submission, facts, &told.rules, &models, &mut |_| (), |input, _| (phase.run)(input))
        };
        let (caught, passed) = (phase.caught(), phase.passed());
        assert!(!caught.is_empty() && !passed.is_empty(), "{}: its comment has no two examples", phase.name);
        assert!(!run(caught, &told.caught_with).is_empty(), "{}: «{caught}» was let pass", phase.name);
        let found = run(passed, &told.passed_with);
        assert!(found.is_empty(), "{}: «{passed}» was caught: {found:?}", phase.name);
    }
}

#[test]
fn every_kind_of_evidence_shows_in_what_its_comment_says_and_not_in_the_other() {
    let sources = [
        include_str!("phases/altered/formula.rs"),
        include_str!("phases/altered/splices.rs"),
        include_str!("phases/altered/typography.rs"),
        include_str!("phases/altered/dates.rs"),
        include_str!("phases/altered/attribution.rs"),
        include_str!("phases/altered/subheads.rs"),
        include_str!("phases/altered/longer.rs"),
    ];
    let story = StoryFacts {
        text: "أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد", ..StoryFacts::default()
    };
    let facts = Facts { story, today: Some((2026, 11, 22)), ..Facts::default() };
    for (look, source) in LOOKS.iter().zip(sources) {
        let run = |text: &str| {
            let (submission, rulebook, models) =
                (Submission { text, name: "هدى" }, Rulebook::default(), Models::default());
            prepared(&submission, &facts, &rulebook, &models, &mut |_| (), |input, _| (look.run)(input))
        };
        // In these two, lines are told apart: a comment line of the source writes the end of a line as \n.
        let told = |mark| example(source, mark).replace("\\n", "\n");
        let (caught, passed) = (told("Caught: "), told("Not caught: "));
        assert!(source.contains(&alloc::format!("pub(super) fn {}(", look.name)), "{}", look.name);
        assert!(!run(&caught).is_empty(), "{}: «{caught}» was let pass", look.name);
        let found = run(&passed);
        let places: Vec<&str> = found.into_iter().map(|place| &passed[place]).collect();
        assert!(places.is_empty(), "{}: «{passed}» was caught: {places:?}", look.name);
    }
}

#[test]
fn what_is_near_to_the_story_in_meaning_is_on_its_topic_without_a_word_of_it() {
    let rulebook = Rulebook { off_topic_words: 8, ..Rulebook::default() };
    let text = "وصفة الكعك عندي بسيطة جدًا: طحين وسكر وزبدة طرية وبيضتان";
    let submission = Submission { text, name: "هدى" };
    let told = |is_near_the_story| {
        let story = StoryFacts { text: STORY, ..StoryFacts::default() };
        let facts = Facts { story, is_near_the_story, ..Facts::default() };
        examine(&submission, &facts, &rulebook, &Models::default())
    };
    let is_told = |verdict: &Verdict| verdict.findings.iter().any(|finding| finding.category == Category::OffTopic);
    assert!(is_told(&told(false)) && !is_told(&told(true)));
    assert!(told(true).priority <= told(false).priority, "it never makes anything more urgent");
}

#[test]
fn the_list_names_every_phase_once_and_says_why() {
    let names: Vec<&str> = PHASES.iter().map(|phase| phase.name).collect();
    let order = [
        "empty",
        "length",
        "rate",
        "repeated",
        "links",
        "flood",
        "from_the_story",
        "pasted",
        "altered",
        "long_paste",
        "unreadable",
        "listed",
        "advertising",
        "support",
        "hate",
        "scripture",
        "likely",
        "off_topic",
    ];
    assert_eq!(names, order);
    assert!(PHASES.iter().all(|phase| phase.why.len() > 20));
}

fn judged(text: &str, facts: &Facts<'_>) -> crate::Verdict {
    examine(&Submission { text, name: "هدى" }, facts, &Rulebook::default(), &Models::default())
}

#[test]
fn nothing_seen_is_priority_zero_and_release() {
    let verdict = judged("فتحت المكتبة أبوابها أخيرًا، شكرًا لكم", &Facts::default());
    assert_eq!((verdict.findings.len(), verdict.priority, verdict.advice), (0, 0, Advice::Release));
}

#[test]
fn information_alone_is_still_release() {
    let verdict = judged("رأيي ـــــــــــــــــــــــــ أن نبدأ", &Facts::default());
    assert_eq!(verdict.findings.len(), 1);
    assert_eq!((verdict.priority, verdict.advice), (0, Advice::Release));
}

#[test]
fn each_further_finding_adds_ten_to_the_largest_weight() {
    let one = judged("انظروا example.com لطفًا", &Facts::default());
    let three = judged("انظروا example.com و example.net و example.org", &Facts::default());
    assert_eq!((one.priority, one.advice), (300, Advice::Look));
    assert_eq!((three.priority, three.advice), (320, Advice::Look));
}

#[test]
fn many_small_findings_add_ninety_at_most() {
    let many: String = (0..500).map(|n| alloc::format!("host{n}.example.com ")).collect();
    let mut verdict = judged(&many, &Facts::default());
    verdict.findings.retain(|finding| matches!(finding.reason, Reason::Link { .. }));
    assert_eq!(verdict.findings.len(), 500);
    let links = judged(&many[..many.len() / 50], &Facts::default());
    assert_eq!(links.priority, 390);
}

#[test]
fn a_broken_limit_is_doubt_and_the_priority_ends_at_a_thousand() {
    let repeats = Repeats { by_visitor: 40, on_story: 40, today: 400 };
    let facts = Facts { repeats, sent_last_minute: 60, sent_last_hour: 600, ..Facts::default() };
    let verdict = judged("اشتروا الساعة الجديدة الآن example.com ثم example.net وأيضًا !!!!!!!!!!!!!!!!!!!!", &facts);
    assert!(verdict.findings.iter().any(|finding| finding.weight >= BROKEN));
    assert_eq!(verdict.advice, Advice::Doubt);
    assert!(verdict.priority > 900 && verdict.priority <= 1_000, "{}", verdict.priority);
}

#[test]
fn places_are_put_in_order_and_made_one_where_they_overlap() {
    let finding = Finding::at(Reason::Empty, 0, [8..9, 4..4, 0..3, 2..5, 5..6]);
    assert_eq!(finding.ranges, [0..5, 5..6, 8..9]);
}

#[test]
fn an_engine_that_could_not_answer_asks_for_a_person() {
    let verdict = crate::Verdict::unexamined();
    assert_eq!((verdict.priority, verdict.advice), (1_000, Advice::Look));
    assert_eq!(verdict.findings[0].reason.key(), "finding.unexamined");
}

#[test]
fn nothing_is_wrong_in_the_shipped_rulebook() {
    assert_eq!(crate::rulebook::wrong_as_shipped(), None);
}

#[test]
fn the_lists_of_words_are_sorted_and_folded() {
    assert_eq!(crate::addresses::out_of_place(), None);
    assert_eq!(crate::courtesy::out_of_place(), None);
}
