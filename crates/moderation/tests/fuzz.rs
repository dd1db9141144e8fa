//! Damaged comments before the engine, with everything that is shipped: an answer, the same twice, and places that can be shown.

#[path = "../../../fuzz/mutation.rs"]
mod mutation;

use moderation::{
    Alike, Facts, Models, Origin, Repeats, Rulebook, StoryFacts, Submission, Verdict, addresses, examine,
};
use mutation::{Target, fuzz};

const STORY: &str = "أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد";

#[test]
fn any_comment_is_judged_the_same_twice_and_every_place_can_be_shown() {
    let (rules, models) = (Rulebook::default(), Models::shipped());
    fuzz(&Target { name: "judge", texts: 300, longest: 16 * 1024 }, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let verdict = judged(&text, &rules, &models);
        assert_eq!(verdict, judged(&text, &rules, &models), "the same twice");
        can_be_shown(&verdict, &text);
        let mut end = 0;
        for address in addresses(&text) {
            assert!(address.range.start >= end && text.get(address.range.clone()).is_some(), "{address:?}");
            end = address.range.end;
        }
    });
}

/// Judged under a story, as the copy of a comment that was refused, in answer to a part of itself.
fn judged(text: &str, rules: &Rulebook, models: &Models) -> Verdict {
    let alike = [(Origin::Refused, text), (Origin::Article, STORY)];
    let alike = alike.map(|(origin, text)| Alike { origin, title: "", text });
    let facts = Facts {
        repeats: Repeats { by_visitor: 1, on_story: 2, today: 3 },
        sent_last_minute: 2,
        sent_last_hour: 9,
        story: StoryFacts { text: STORY, ..StoryFacts::default() },
        parent: text.get(..text.len() / 2).unwrap_or_default(),
        alike: &alike,
        is_near_the_story: false,
        today: Some((2026, 11, 22)),
    };
    examine(&Submission { text, name: text }, &facts, rules, models)
}

/// Every range can be cut out of the text, they stand in order, and no two overlap.
fn can_be_shown(verdict: &Verdict, text: &str) {
    assert!(verdict.priority <= 1_000);
    for finding in &verdict.findings {
        assert!(finding.weight <= 1_000, "{finding:?}");
        let mut end = 0;
        for range in &finding.ranges {
            assert!(range.start >= end && range.start < range.end, "{finding:?}");
            assert!(text.get(range.clone()).is_some(), "{finding:?}");
            end = range.end;
        }
    }
}
