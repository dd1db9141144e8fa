use super::{Known, Record, RefusedText, act, receive};
use crate::acting::{ActingRule, ActingRules, Scope};
use crate::comment::{Decision, DisplayName, Held, RefusalReason, Submitted};
use crate::ids::{CommentId, StoryId, VisitorId};
use crate::people::Visitor;
use jiff::Timestamp;
use moderation::{Advice, Finding, Reason, Verdict};

const REFUSED: &str = "حافلات المدينة القديمة كلها معطلة ومن يركبها يدفع ضعف الثمن لشركة واحدة تعرفونها";

fn held(text: &str, verdict: Verdict) -> Held {
    let submitted = Submitted {
        id: CommentId(2),
        story: StoryId(1),
        visitor: Visitor { id: VisitorId(3) },
        name: DisplayName::new("هدى", []).unwrap(),
        text: text.to_owned(),
        reply_to: None,
        at: Timestamp::from_second(1_790_000_000).unwrap(),
    };
    receive(submitted, verdict)
}

fn clean() -> Verdict {
    Verdict { advice: Advice::Release, ..Verdict::default() }
}

fn everywhere() -> ActingRules {
    let mut rules = ActingRules::default();
    for rule in ActingRule::ALL {
        *rules.scope_mut(rule) = Scope::Everywhere;
    }
    rules.blocked_links.hosts = vec!["shop.example".to_owned()];
    rules
}

const GOOD: Record = Record { released: 20, refused_lately: 0, always_review: false };

fn refused(reason: RefusalReason) -> [RefusedText<'static>; 1] {
    [RefusedText { text: REFUSED, reason }]
}

fn too_long() -> Verdict {
    let finding = Finding::whole(Reason::TooLong { length: 9, limit: 5 }, 700);
    Verdict { findings: vec![finding], advice: Advice::Doubt, ..Verdict::default() }
}

#[test]
fn as_shipped_no_rule_decides_anything() {
    let refused = refused(RefusalReason::Insult);
    let known = Known { section: "city", refused: &refused, record: GOOD };
    for held in [held(REFUSED, clean()), held("shop.example/a", clean()), held("كلام", too_long())] {
        assert_eq!(act(&ActingRules::default(), &held, known), None);
    }
}

#[test]
fn what_nobody_examined_is_for_people_whatever_is_switched_on() {
    let refused = refused(RefusalReason::Insult);
    let known = Known { section: "city", refused: &refused, record: GOOD };
    let unexamined = Verdict { advice: Advice::Release, ..Verdict::unexamined() };
    for text in [REFUSED, "shop.example/a", "كلام طيب"] {
        assert_eq!(act(&everywhere(), &held(text, unexamined.clone()), known), None, "{text}");
    }
}

#[test]
fn a_near_copy_is_refused_for_the_reason_of_the_person_and_a_quotation_is_not() {
    let insult = refused(RefusalReason::Insult);
    let known = Known { section: "", refused: &insult, ..Known::default() };
    let copy = REFUSED.replace("كلها معطلة", "كُلُّها مُعَطَّلة!");
    let decided = act(&everywhere(), &held(&copy, Verdict::default()), known);
    assert_eq!(decided, Some((ActingRule::NearCopies, Decision::Refuse { reason: RefusalReason::Insult })));
    let answer = format!("كتب أحدهم {REFUSED} وأنا أركبها كل صباح إلى عملي ولم أر فيها شيئا من هذا الذي يقول أبدا");
    assert_eq!(act(&everywhere(), &held(&answer, Verdict::default()), known), None);
    let elsewhere = refused(RefusalReason::OffTopic);
    let known = Known { refused: &elsewhere, ..known };
    assert_eq!(act(&everywhere(), &held(&copy, Verdict::default()), known), None, "it may be the topic here");
}

#[test]
fn a_listed_host_is_blocked_with_what_stands_below_it_and_no_other() {
    let decided = |text: &str| act(&everywhere(), &held(text, Verdict::default()), Known::default());
    let refused = Some((ActingRule::BlockedLinks, Decision::Refuse { reason: RefusalReason::Advertising }));
    assert_eq!(decided("انظروا https://shop.example/a"), refused);
    assert_eq!(decided("انظروا http://www.go.shop.example/a"), refused);
    assert_eq!(decided("انظروا https://myshop.example/a"), None);
    assert_eq!(decided("لا رابط هنا"), None);
}

#[test]
fn a_reader_is_trusted_only_with_a_clean_verdict_and_a_clean_record_in_that_section() {
    let mut rules = ActingRules::default();
    rules.trusted_readers.scope = Scope::Sections(vec!["sport".to_owned()]);
    let decided = |verdict, section, record| {
        let known = Known { section, record, ..Known::default() };
        act(&rules, &held("مباراة جميلة", verdict), known)
    };
    let released = Decision::Release { collapsed: false, links: false };
    assert_eq!(decided(clean(), "sport", GOOD), Some((ActingRule::TrustedReaders, released)));
    assert_eq!(decided(clean(), "city", GOOD), None);
    assert_eq!(decided(clean(), "sport", Record { released: 19, ..GOOD }), None);
    assert_eq!(decided(clean(), "sport", Record { refused_lately: 1, ..GOOD }), None);
    assert_eq!(decided(clean(), "sport", Record { always_review: true, ..GOOD }), None);
    assert_eq!(decided(Verdict { advice: Advice::Look, ..clean() }, "sport", GOOD), None);
    assert_eq!(decided(Verdict { findings: too_long().findings, ..clean() }, "sport", GOOD), None);
    rules.trusted_readers.released = 0;
    let known = Known { section: "sport", record: Record::default(), ..Known::default() };
    assert_eq!(act(&rules, &held("كلام", clean()), known), None, "nobody without a record is trusted");
}

#[test]
fn limits_are_those_of_the_verdict() {
    let decided = act(&everywhere(), &held("كلام", too_long()), Known::default());
    assert_eq!(decided, Some((ActingRule::Limits, Decision::Refuse { reason: RefusalReason::Other })));
}
