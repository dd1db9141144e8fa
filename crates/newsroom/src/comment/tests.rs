//! What a visitor may sign with and write, and what a person may decide about it.

use super::{
    Decision, DisplayName, Forbidden, KnownOf, MOST_TEXT_CLUSTERS, NameProblem, RefusalReason, RuledBy, Ruling, Source,
    State, Statement, TextProblem, check_text,
};
use crate::ids::{CommentId, RulingId, StaffId, StoryId};
use moderation::Verdict;
use std::collections::BTreeMap;

const STAFF: [&str; 3] = ["ليان الحاج", "layan hadj", "هيئة التحرير"];

fn name(typed: &str) -> Result<String, NameProblem> {
    DisplayName::new(typed, STAFF).map(|name| name.as_str().to_owned())
}

#[test]
fn names_of_any_script_with_their_marks_are_taken_as_typed() {
    for typed in [
        "هدى",
        "أبو العلاء",
        "عبد الرحمٰن",
        "مُنى",
        "سـلمى",
        "قارئ من الشمال 2",
        "قارئ ٢",
        "Élodie d'Aubert",
        "Jean-Luc",
        "O’Hara",
        "Zoë K.",
        "Мария",
        "美咲",
        "प्रिया",
        "ليان",
        "سعاد، طالبة",
    ] {
        assert_eq!(name(typed).as_deref(), Ok(typed));
    }
}

#[test]
fn names_are_cleaned_of_what_nobody_sees() {
    for (typed, kept) in [
        ("  هدى \n النجار\t", "هدى النجار"),
        ("هدى\u{00A0}النجار", "هدى النجار"),
        ("\u{202E}هدى\u{202C}", "هدى"),
        ("\u{2067}هدى\u{2069}", "هدى"),
        ("هـ\u{200B}دى\u{FEFF}", "هـدى"),
        ("e\u{301}lodie", "élodie"),
    ] {
        assert_eq!(name(typed).as_deref(), Ok(kept));
    }
}

#[test]
fn a_name_without_a_letter_or_digit_is_missing() {
    for typed in ["", "   ", "\u{200B}\u{202E}", "...", "—", "🌷", "\u{64E}\u{651}", "\u{A0}"] {
        assert_eq!(name(typed), Err(NameProblem::Missing), "{typed:?}");
    }
}

#[test]
fn signs_that_stand_in_no_name_are_refused() {
    for typed in ["هدى 🌷", "<b>هدى</b>", "هدى@example.com", "هدى/سلمى", "هدى (المحررة)", "هدى ✔", "هدى_1", "هدى «م»"]
    {
        assert_eq!(name(typed), Err(NameProblem::Signs), "{typed}");
    }
}

#[test]
fn fifty_letters_are_a_name_and_fifty_one_are_not() {
    assert!(name(&"ه".repeat(50)).is_ok());
    assert_eq!(name(&"ه".repeat(51)), Err(NameProblem::TooLong));
    assert!(name(&"هَ".repeat(50)).is_ok(), "a letter with its vowel is one");
}

#[test]
fn a_name_that_looks_like_one_of_the_staff_is_reserved() {
    for typed in [
        "ليان الحاج",
        "ليان  الحاج",
        "ليانالحاج",
        "لِيَان الحاجّ",
        "ليـــان الحاج",
        "لیان الحاج",
        "ليان\u{200F} الحاج",
        "ليان.الحاج",
        "ليان-الحاج",
        "\u{FEDF}\u{FEF4}\u{FE8E}\u{FEE5} الحاج",
        "layan hadj",
        "Layan Hadj",
        "LAYAN HADJ",
        "Iayan hadj",
        "lауаn hadj",
        "láyan hàdj",
        "layanhadj",
        "هيئه التحرير",
        "هيئة  التحرير.",
    ] {
        assert_eq!(name(typed), Err(NameProblem::Reserved), "{typed}");
    }
}

#[test]
fn a_name_that_only_resembles_one_of_the_staff_is_free() {
    for typed in ["ليان", "الحاج ليان", "ليان الحاجي", "ليان حاج", "layan", "layana hadj"]
    {
        assert!(name(typed).is_ok(), "{typed}");
    }
}

#[test]
fn white_space_alone_is_no_text_and_one_sign_is() {
    for text in ["", " ", "\n\t", "\u{A0}\u{2003}"] {
        assert_eq!(check_text(text), Err(TextProblem::Missing), "{text:?}");
    }
    for text in ["؟", "🌷", "نعم", " نعم "] {
        assert_eq!(check_text(text), Ok(()), "{text:?}");
    }
    // The form takes it; the engine says that nobody can read it.
    assert_eq!(check_text("\u{200B}"), Ok(()));
}

#[test]
fn texts_are_counted_in_letters_as_readers_count_them() {
    let most = MOST_TEXT_CLUSTERS;
    assert_eq!(check_text(&"م".repeat(most)), Ok(()));
    assert_eq!(check_text(&"مَّ".repeat(most)), Ok(()));
    assert_eq!(check_text(&"م".repeat(most + 1)), Err(TextProblem::TooLong { length: most + 1 }));
}

#[test]
fn marks_heaped_on_few_letters_are_too_long_in_bytes() {
    let heaped = format!("م{}", "\u{64E}".repeat(20_000));
    assert_eq!(check_text(&heaped), Err(TextProblem::TooLong { length: 1 }));
    assert!(matches!(check_text(&"م".repeat(1_000_000)), Err(TextProblem::TooLong { .. })));
}

/// What follows from each state under each decision; none: it does not fit.
#[test]
fn every_decision_in_every_state() {
    let reason = RefusalReason::OffTopic;
    let release = Decision::Release { collapsed: false, links: false };
    let collapsed = Decision::Release { collapsed: true, links: true };
    let (refuse, take_down) = (Decision::Refuse { reason }, Decision::TakeDown { reason });
    let released = Some(State::Released);
    let table = [
        (State::Held, [released, released, Some(State::Refused), None]),
        (State::Released, [released, released, None, Some(State::TakenDown)]),
        (State::Refused, [released, released, None, None]),
        (State::Withdrawn, [None; 4]),
        (State::TakenDown, [released, released, None, None]),
    ];
    assert_eq!(table.map(|(state, _)| state), State::ALL);
    for (state, follows) in table {
        for (decision, next) in [release, collapsed, refuse, take_down].into_iter().zip(follows) {
            assert_eq!(decision.after(state), next.ok_or(Forbidden { state }), "{decision:?} on {state:?}");
        }
    }
}

#[test]
fn a_statement_repeats_no_text_and_says_that_a_person_decided() {
    let verdict = Verdict::unexamined();
    let at = jiff::Timestamp::from_millisecond(1_764_000_000_000).unwrap();
    let words = BTreeMap::new();
    let known = KnownOf { received_at: at, verdict: &verdict, source: Source::Report, words: &words, order: None };
    let ruling = |decision| Ruling {
        id: RulingId(7),
        story: StoryId(1),
        comment: CommentId(2),
        decision,
        by: RuledBy::Staff(StaffId(3)),
        at,
        why: "كلام المشرف".to_owned(),
    };
    assert_eq!(Statement::of(&ruling(Decision::Release { collapsed: false, links: true }), known), None);
    let folded = Statement::of(&ruling(Decision::Release { collapsed: true, links: false }), known).unwrap();
    assert_eq!(folded.decision_visibility, ["DECISION_VISIBILITY_CONTENT_DEMOTED"]);
    for reason in RefusalReason::ALL {
        let stated = Statement::of(&ruling(Decision::TakeDown { reason }), known).unwrap();
        assert_eq!(stated.incompatible_content_ground, reason.key());
        assert!(stated.category.starts_with("STATEMENT_CATEGORY_"));
        let of_terms = stated.category == "STATEMENT_CATEGORY_OTHER_VIOLATION_TC";
        assert!(!(of_terms && stated.decision_ground == Statement::ILLEGAL), "a breach of terms is no breach of a law");
        assert_eq!(
            (stated.automated_detection.as_str(), stated.decision_facts.as_slice()),
            ("Yes", &["finding.unexamined".to_owned()][..])
        );
        assert_eq!(stated.advised_under, verdict.under.to_string());
        assert_eq!(stated.source_type, "SOURCE_TYPE_OTHER_NOTIFICATION");
        let stored = serde_json::to_string(&stated).unwrap();
        assert_eq!(stored.contains("كلام"), reason.is_explained_to_author(), "{stored}");
        assert_eq!(serde_json::from_str::<Statement>(&stored).unwrap(), stated);
    }
}

#[test]
fn a_decision_names_the_rule_that_was_broken() {
    for reason in RefusalReason::ALL {
        assert_eq!(Decision::Refuse { reason }.reason(), Some(reason));
        assert_eq!(Decision::TakeDown { reason }.reason(), Some(reason));
        assert_eq!(RefusalReason::from_key(reason.key()), Some(reason));
    }
    assert_eq!(Decision::Release { collapsed: true, links: false }.reason(), None);
    assert_eq!(RefusalReason::from_key("insult "), None);
}

#[test]
fn states_and_decisions_read_back_from_what_is_stored() {
    for state in State::ALL {
        assert_eq!(State::from_key(state.key()), Some(state));
        assert_eq!(serde_json::to_value(state).unwrap(), state.key());
    }
    let decision = Decision::Release { collapsed: true, links: false };
    let stored = serde_json::to_string(&decision).unwrap();
    assert_eq!(stored, r#"{"act":"release","collapsed":true,"links":false}"#);
    assert_eq!(serde_json::from_str::<Decision>(&stored).unwrap(), decision);
}
