//! The layer: that it learns, that no lesson leads beyond its limits, and that bytes are read or refused.

use super::{Learner, Lesson, MOST, Personal, ROUTED, moved};
use crate::learned::Models;
use crate::phases::PHASES;
use crate::stance::Rules;
use crate::{Advice, BadModel, Facts, Head, Heads, Reason, Rulebook, Score, Submission, Thresholds, Verdict, examine};
use alloc::{format, string::String, sync::Arc, vec::Vec};
use proptest::prelude::*;

const EVERY: [bool; ROUTED.len()] = [true; ROUTED.len()];

fn heads() -> Heads {
    Models::shipped().heads.unwrap()
}

/// A paper whose readers quarrel about trams in words that nobody else calls rude.
fn quarrels() -> Vec<(String, bool)> {
    let subjects = ["السائق", "المفتش", "الجار", "الكاتب", "المعلق", "المدير", "العضو", "الحارس"];
    let rude = subjects.map(|subject| (format!("هذا {subject} ترامواي مقلوب كعادته"), true));
    let kind = subjects.map(|subject| (format!("رأيت {subject} عند محطة الترام صباح اليوم"), false));
    rude.into_iter().chain(kind).collect()
}

fn taught(lessons: &[(String, bool)], times: usize, teach: [bool; ROUTED.len()]) -> Personal {
    let (rules, mut learner) = (Rules::shipped(), Learner::new(&heads(), teach));
    for _ in 0..times {
        for (text, rude) in lessons {
            learner.learn(&Lesson { text, answers: [Some(*rude), None, None], weight: 1.0 }, &rules);
        }
    }
    learner.learned()
}

fn judged(text: &str, own: Option<&Personal>) -> Verdict {
    let models = Models::shipped().with_own(own.cloned().map(Arc::new));
    examine(&Submission { text, name: "هدى" }, &Facts::default(), &Rulebook::default(), &models)
}

#[test]
fn what_the_desk_refuses_is_looked_at_and_what_it_lets_pass_is_not() {
    let own = taught(&quarrels(), 20, EVERY);
    let said = |text: &str, own| judged(text, own).scores.abuse;
    let (rude, kind) = ("هذا النادل ترامواي مقلوب كعادته", "رأيت النادل عند محطة الترام صباح اليوم");
    assert!(said(rude, Some(&own)) > said(rude, None));
    assert!(said(kind, Some(&own)) < said(rude, Some(&own)));
    assert!(own.moves(Head::Abuse) && !own.moves(Head::Support) && !own.moves(Head::Insult));
}

#[test]
fn a_moved_answer_says_so_with_the_words_that_moved_it() {
    let text = "هذا النادل ترامواي مقلوب كعادته";
    let own = taught(&quarrels(), 60, EVERY);
    let verdict = judged(text, Some(&own));
    let found = verdict.findings.iter().find(|finding| matches!(finding.reason, Reason::OwnDecisions { .. })).unwrap();
    let Reason::OwnDecisions { head: Head::Abuse, was, now } = found.reason else { panic!("{found:?}") };
    assert!(now > was && found.weight == 0, "{found:?}");
    assert!(found.ranges.iter().any(|range| ["ترامواي", "مقلوب"].contains(&&text[range.clone()])), "{found:?}");
    assert!(judged(text, None).findings.iter().all(|finding| !matches!(finding.reason, Reason::OwnDecisions { .. })));
    assert_ne!(verdict.under, judged(text, None).under);
}

#[test]
fn ten_thousand_lies_do_not_make_clear_abuse_clean_nor_thanks_doubtful() {
    let (abuse, thanks) = ("انت حمار وكلب يا غبي يا تافه", "شكرا للجريدة على هذا الخبر عن افتتاح المكتبة");
    let lies: Vec<(String, bool)> = alloc::vec![(abuse.into(), false), (thanks.into(), true)];
    let own = taught(&lies, 5_000, EVERY);
    assert!(judged(abuse, None).scores.abuse >= Score::of(heads().numbers(Head::Abuse).hold), "the text is clear");
    assert!(judged(abuse, Some(&own)).advice >= Advice::Look);
    assert!(judged(thanks, Some(&own)).advice <= Advice::Look);
    // Found by a list at an exact place: no learned answer has a say in it.
    let listed = "يا ابن الكلب";
    assert_eq!(judged(listed, Some(&own)).advice, judged(listed, None).advice);
}

#[test]
fn a_layer_that_calls_everything_bad_proposes_no_refusal_that_was_not_proposed_without_it() {
    let words = ["يا ابن الكلب", "أنت حمار", "يا كلب", "يا حقير", "اشتر الآن", "الموت لهم", "اقتلوهم"];
    let examples = PHASES.iter().flat_map(|phase| [phase.caught(), phase.passed()]);
    let texts: Vec<String> = words.into_iter().chain(examples).map(String::from).collect();
    let (rules, mut learner) = (Rules::shipped(), Learner::new(&heads(), EVERY));
    for _ in 0..200 {
        for text in &texts {
            learner.learn(&Lesson { text, answers: [Some(true); ROUTED.len()], weight: 1.0 }, &rules);
        }
    }
    let own = learner.learned();
    let advised = |text: &String, own| judged(text, own).advice == Advice::Refuse;
    assert!(texts.iter().any(|text| judged(text, Some(&own)).advice > judged(text, None).advice), "it does move");
    for text in &texts {
        assert!(advised(text, None) || !advised(text, Some(&own)), "{text}");
    }
}

#[test]
fn a_head_that_is_not_taught_is_not_moved() {
    let own = taught(&quarrels(), 20, [false, true, true]);
    assert!(ROUTED.iter().all(|head| !own.moves(*head)) && own.adjustments() == 0);
    for (text, _) in quarrels() {
        assert_eq!(judged(&text, Some(&own)).scores, judged(&text, None).scores);
    }
}

#[test]
fn the_same_lessons_make_the_same_bytes_and_others_make_others() {
    let bytes = taught(&quarrels(), 3, EVERY).to_bytes();
    assert_eq!(bytes, taught(&quarrels(), 3, EVERY).to_bytes());
    assert_ne!(bytes, taught(&quarrels()[1..], 3, EVERY).to_bytes());
    assert_eq!(Personal::read(&bytes).unwrap(), taught(&quarrels(), 3, EVERY));
    assert!(bytes.len() < 1_000_000);
}

#[test]
fn a_group_has_no_name_for_the_layer() {
    let lesson = |name: &str| (format!("أعلن تنظيم {name} أمس وقف القتال"), true);
    let (one, other) = (taught(&[lesson("داعش")], 5, EVERY), taught(&[lesson("القاعدة")], 5, EVERY));
    assert_eq!(one.to_bytes(), other.to_bytes());
}

#[test]
fn a_damaged_layer_is_refused_with_its_reason() {
    let bytes = taught(&quarrels(), 3, EVERY).to_bytes();
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = bytes.clone();
        change(&mut bytes);
        Personal::read(&bytes).err()
    };
    assert_eq!(refused(&|_| ()), None);
    assert_eq!(refused(&|bytes| bytes.truncate(30)), Some(BadModel::Length));
    assert_eq!(refused(&|bytes| bytes.push(0)), Some(BadModel::Length));
    assert_eq!(refused(&|bytes| bytes[32..36].copy_from_slice(&[0xFF; 4])), Some(BadModel::Length));
    assert_eq!(refused(&|bytes| bytes[0] = b'x'), Some(BadModel::Strange));
    assert_eq!(refused(&|bytes| bytes[12] ^= 0xFF), Some(BadModel::OtherFeatures));
    assert_eq!(refused(&|bytes| bytes[70] ^= 1), Some(BadModel::Damaged));
    // Whole and sealed, but its numbers go beyond the limits.
    let mut strange = taught(&quarrels(), 3, EVERY);
    strange.alike[0] = 3.0;
    assert_eq!(Personal::read(&strange.to_bytes()).err(), Some(BadModel::Unusable));
    strange.alike[0] = f32::NAN;
    assert_eq!(Personal::read(&strange.to_bytes()).err(), Some(BadModel::Unusable));
    let mut strange = taught(&quarrels(), 3, EVERY);
    strange.places.swap(0, 1);
    assert_eq!(Personal::read(&strange.to_bytes()).err(), Some(BadModel::Unusable));
}

#[test]
fn a_layer_taught_over_other_heads_is_left_out() {
    let mut other = taught(&quarrels(), 3, EVERY);
    other.heads ^= 1;
    let models = Models::shipped().with_own(Some(Arc::new(other)));
    assert!(models.own.is_none() && models.fingerprint() == Models::shipped().fingerprint());
}

proptest! {
    #[test]
    fn no_answer_is_moved_further_than_the_limits(
        said in 0.0_f32..=1.0, by in -1e9_f32..1e9, hold in 1_u16..5_000, more in 1_u16..5_000,
    ) {
        let of = |points: u16| Score::of(f32::from(points) / 10_000.0);
        let thresholds = Thresholds { hold: of(hold), propose: of(hold + more) };
        let (was, now) = (Score::of(said), moved(said, by, thresholds));
        prop_assert!(was < thresholds.propose || now >= thresholds.hold);
        prop_assert!(was >= thresholds.hold || now < thresholds.propose);
        let odds = |score: Score| {
            let said = (f64::from(score.points()) / 10_000.0).clamp(0.000_05, 0.999_95);
            (said / (1.0 - said)).ln()
        };
        // A score has four digits: near its ends a step of it is much in odds.
        if (0.01..0.99).contains(&said) && (100..9_900).contains(&now.points()) {
            prop_assert!((odds(now) - odds(was)).abs() <= f64::from(MOST) + 0.02, "{was:?} {now:?}");
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_as_a_layer(start in 0usize..80, scribble in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut bytes = taught(&quarrels()[..2], 1, EVERY).to_bytes();
        let end = (start + scribble.len()).min(bytes.len());
        bytes.splice(start.min(end)..end, scribble.clone());
        let _ = Personal::read(&bytes);
        prop_assert!(Personal::read(&scribble).is_err());
    }
}
