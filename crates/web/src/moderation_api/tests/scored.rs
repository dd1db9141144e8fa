//! From verdicts to attributes: the table, by example.

use crate::moderation_api::attributes::{Attribute, UNEXAMINED};
use moderation::{Cue, Finding, Head, Laws, List, Models, Reason, Rulebook, Score, Scores, Verdict};

use std::sync::OnceLock;

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

/// Points from which heads are doubted, for these tests.
fn laws() -> Laws {
    let points = "[heads]
abuse = { hold = 0.65, propose = 0.9 }
insult = { hold = 0.5, propose = 0.8 }
hate = { hold = 1, propose = 1 }
threat = { hold = 0.5, propose = 0.8 }
obscene = { hold = 0.5, propose = 0.8 }
support = { hold = 0.5, propose = 0.5 }
spam = { hold = 0.5, propose = 0.5 }
";
    static LAWS: OnceLock<Laws> = OnceLock::new();
    LAWS.get_or_init(|| Rulebook::parse(points).expect("a rulebook").laws).clone()
}

/// Under these points.
fn score(attribute: Attribute, verdict: &Verdict) -> f64 {
    attribute.score(verdict, &laws().policy(""), &Models::default())
}

/// Which attributes say: hold this.
fn held(verdict: &Verdict) -> Vec<Attribute> {
    let policy = laws();
    ALL.into_iter().filter(|attribute| attribute.score(verdict, &policy.policy(""), &Models::default()) > 0.8).collect()
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
        assert!(score(attribute, &Verdict::default()).abs() < f64::EPSILON, "{attribute:?}");
    }
}

#[test]
fn what_could_not_be_examined_is_held_under_every_name() {
    for attribute in ALL {
        assert!((score(attribute, &Verdict::unexamined()) - UNEXAMINED).abs() < f64::EPSILON, "{attribute:?}");
    }
}

#[test]
fn heads_hold_under_their_own_names() {
    for (head, holds) in [
        (Head::Abuse, &[Toxicity, LikelyToReject][..]),
        (Head::Insult, &[Insult]),
        (Head::Hate, &[]),
        (Head::Threat, &[SevereToxicity, Threat]),
        (Head::Obscene, &[Profanity]),
        (Head::Support, &[LikelyToReject]),
        (Head::Spam, &[Spam]),
    ] {
        assert_eq!(held(&likely(&[(head, 0.9)])), holds, "{head:?}");
    }
}

#[test]
fn a_house_says_itself_from_where_a_head_holds() {
    let house =
        Rulebook::parse("[heads]\nhate = { hold = 0.4, propose = 0.5 }\nabuse = { hold = 0.95, propose = 1 }\n");
    let laws = house.expect("a rulebook").laws;
    let held = |heads: &[(Head, f32)]| -> Vec<Attribute> {
        let verdict = likely(heads);
        ALL.into_iter()
            .filter(|attribute| attribute.score(&verdict, &laws.policy(""), &Models::default()) > 0.8)
            .collect()
    };
    assert_eq!(held(&[(Head::Abuse, 0.9)]), []);
    assert_eq!(held(&[(Head::Hate, 0.9)]), [IdentityAttack]);
    let both = [SevereToxicity, IdentityAttack, Toxicity, LikelyToReject];
    let found = held(&[(Head::Hate, 0.9), (Head::Abuse, 0.96)]);
    assert!(found.len() == 4 && both.iter().all(|one| found.contains(one)), "hate is severe as far as abuse agrees");
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
    assert!(score(Toxicity, &of_group(900)) >= 0.9 && score(LikelyToReject, &of_group(900)) >= 0.9);
}

#[test]
fn scores_grow_with_weights_and_probabilities_and_none_lies_at_the_point_to_hold() {
    let mut before = -1.0;
    for weight in 0..=1_000 {
        let said = score(Toxicity, &of_group(weight));
        assert!(said >= before && !(0.8..0.81).contains(&said), "{weight}: {said}");
        before = said;
    }
    assert!((before - 1.0).abs() < 1e-9, "1,000 is certain");
    for (attribute, head) in
        [(Toxicity, Head::Abuse), (Threat, Head::Threat), (Spam, Head::Spam), (IdentityAttack, Head::Hate)]
    {
        let mut before = -1.0;
        for hundredth in 0..=100_u8 {
            let said = score(attribute, &likely(&[(head, f32::from(hundredth) / 100.0)]));
            assert!(said >= before && !(0.8..0.81).contains(&said) && said <= 1.0, "{head:?} {hundredth}: {said}");
            before = said;
        }
    }
}
