//! From verdicts to attributes: the table, by example.

use crate::moderation_api::attributes::{Attribute, UNEXAMINED};
use moderation::{Cue, Finding, Head, List, Reason, Score, Scores, Verdict};

use Attribute::{IdentityAttack, Insult, LikelyToReject, Profanity, SevereToxicity, Spam, Threat, Toxicity};

const ALL: [Attribute; 8] = [Toxicity, SevereToxicity, IdentityAttack, Insult, Profanity, Threat, Spam, LikelyToReject];

fn with(finding: Reason, weight: u16) -> Verdict {
    Verdict { findings: vec![Finding::whole(finding, weight)], ..Verdict::default() }
}

fn likely(heads: &[(Head, f32)]) -> Verdict {
    let mut scores = Scores::default();
    heads.iter().for_each(|(head, probability)| scores.set(*head, Score::of(*probability)));
    Verdict { scores, ..Verdict::default() }
}

/// Which attributes say: hold this.
fn held(verdict: &Verdict) -> Vec<Attribute> {
    ALL.into_iter().filter(|attribute| attribute.score(verdict) > 0.8).collect()
}

fn listed(list: List) -> Reason {
    Reason::Listed { entry: "كلمة".to_owned(), list }
}

fn of_group(weight: u16) -> Verdict {
    with(Reason::Supports { group: "كتائب الفجر الرمادي".to_owned(), cue: Cue::Pledge }, weight)
}

#[test]
fn names_are_known_whatever_stands_behind_them() {
    for (name, attribute) in [
        ("TOXICITY", Toxicity),
        ("SEVERE_TOXICITY_EXPERIMENTAL", SevereToxicity),
        ("IDENTITY_ATTACK@6", IdentityAttack),
        ("INSULT", Insult),
        ("PROFANITY", Profanity),
        ("SEXUALLY_EXPLICIT", Profanity),
        ("THREAT_FAST", Threat),
        ("SPAM", Spam),
        ("LIKELY_TO_REJECT", LikelyToReject),
        ("ATTACK_ON_AUTHOR", Toxicity),
        ("", Toxicity),
    ] {
        assert_eq!(Attribute::named(name), attribute, "{name}");
    }
}

#[test]
fn nothing_found_scores_nothing() {
    for attribute in ALL {
        assert!(attribute.score(&Verdict::default()).abs() < f64::EPSILON, "{attribute:?}");
    }
}

#[test]
fn what_could_not_be_examined_is_held_under_every_name() {
    for attribute in ALL {
        assert!((attribute.score(&Verdict::unexamined()) - UNEXAMINED).abs() < f64::EPSILON, "{attribute:?}");
    }
}

#[test]
fn heads_hold_under_their_own_names() {
    for (head, holds) in [
        (Head::Abuse, &[Toxicity, LikelyToReject][..]),
        (Head::Insult, &[Insult]),
        (Head::Hate, &[IdentityAttack]),
        (Head::Threat, &[SevereToxicity, Threat]),
        (Head::Obscene, &[Profanity]),
        (Head::Support, &[LikelyToReject]),
        (Head::Spam, &[Spam]),
    ] {
        assert_eq!(held(&likely(&[(head, 0.9)])), holds, "{head:?}");
    }
    let both = likely(&[(Head::Hate, 0.9), (Head::Abuse, 0.9)]);
    assert!(held(&both).contains(&SevereToxicity), "hate is severe as far as abuse agrees");
}

#[test]
fn findings_hold_by_their_kind_and_weight() {
    for (verdict, holds) in [
        (of_group(900), &[Toxicity, SevereToxicity, LikelyToReject][..]),
        (
            with(Reason::Calls { group: String::new(), cue: Cue::Imperative }, 700),
            &[Toxicity, SevereToxicity, LikelyToReject],
        ),
        (with(listed(List::Insult), 600), &[Toxicity, Insult, LikelyToReject]),
        (with(listed(List::Obscene), 800), &[Toxicity, Profanity, LikelyToReject]),
        (with(listed(List::Threat), 800), &[Toxicity, SevereToxicity, Threat, LikelyToReject]),
        (with(listed(List::Spam), 800), &[Spam, LikelyToReject]),
        (with(listed(List::House), 800), &[LikelyToReject]),
        (
            with(Reason::Derogates { group: "أهل الوادي".to_owned(), cue: Cue::Contempt }, 700),
            &[Toxicity, SevereToxicity, IdentityAttack, LikelyToReject],
        ),
        (with(Reason::RepeatedToday { times: 9 }, 600), &[Spam, LikelyToReject]),
        (with(Reason::Empty, 700), &[LikelyToReject]),
        (of_group(599), &[]),
        (with(Reason::Scripture { words: 9 }, 0), &[]),
    ] {
        assert_eq!(held(&verdict), holds, "{verdict:?}");
    }
    assert!(Toxicity.score(&of_group(900)) >= 0.9 && LikelyToReject.score(&of_group(900)) >= 0.9);
}

#[test]
fn scores_grow_with_weights_and_probabilities_and_none_lies_at_the_point_to_hold() {
    let mut before = -1.0;
    for weight in 0..=1_000 {
        let score = Toxicity.score(&of_group(weight));
        assert!(score >= before && !(0.8..0.81).contains(&score), "{weight}: {score}");
        before = score;
    }
    assert!((before - 1.0).abs() < 1e-9, "1,000 is certain");
    for (attribute, head) in
        [(Toxicity, Head::Abuse), (Threat, Head::Threat), (Spam, Head::Spam), (Insult, Head::Insult)]
    {
        let mut before = -1.0;
        for hundredth in 0..=100_u8 {
            let score = attribute.score(&likely(&[(head, f32::from(hundredth) / 100.0)]));
            assert!(score >= before && !(0.8..0.81).contains(&score) && score <= 1.0, "{head:?} {hundredth}: {score}");
            before = score;
        }
    }
}
