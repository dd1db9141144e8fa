//! Who may what, and where.

use super::{EmailAddress, MailNotices, May, MeasureKind, NoticeKind, Role, Scope, Staff};
use crate::ids::{SectionId, StaffId};

const EVERY_ACT: [May; 13] = [
    May::Moderate,
    May::DecideAppeals,
    May::MeasureReaders,
    May::ReadStories,
    May::WriteStories,
    May::TakeIdeas,
    May::Publish,
    May::Furnish,
    May::DressHouse,
    May::SetRules,
    May::EnterOrders,
    May::Account,
    May::ManageStaff,
];

#[test]
fn an_owner_may_everything_and_a_reporter_only_writes() {
    for act in EVERY_ACT {
        assert!(Role::Owner.may(act), "{act:?}");
        assert_eq!(Role::Reporter.may(act), [May::WriteStories, May::TakeIdeas].contains(&act), "{act:?}");
    }
    let only_owners = EVERY_ACT.into_iter().filter(|act| !Role::Editor.may(*act));
    assert_eq!(only_owners.collect::<Vec<_>>(), [May::DressHouse, May::ManageStaff]);
    let sub_editors = EVERY_ACT.into_iter().filter(|act| Role::SubEditor.may(*act));
    assert_eq!(sub_editors.collect::<Vec<_>>(), [May::ReadStories, May::WriteStories, May::TakeIdeas]);
    let moderators = EVERY_ACT.into_iter().filter(|act| Role::Moderator.may(*act));
    assert_eq!(moderators.collect::<Vec<_>>(), [May::Moderate, May::DecideAppeals, May::MeasureReaders]);
}

#[test]
fn every_role_reads_its_own_word_back() {
    for role in Role::ALL {
        assert_eq!(Role::from_key(role.key()), Some(role));
        let json = serde_json::to_string(&role).expect("json");
        assert_eq!(json, format!("\"{}\"", role.key()));
    }
    assert_eq!(Role::from_key("king"), None);
}

#[test]
fn whoever_is_bound_answers_for_those_sections_and_for_no_story_without_one() {
    let mut salma = Staff { id: StaffId(1), name: "سلمى".into(), role: Role::Moderator, sections: vec![] };
    assert_eq!(salma.bound_to(), None);
    assert!(salma.answers_for(None) && salma.answers_for(Some(SectionId(1))));
    salma.sections = vec![SectionId(2)];
    assert_eq!(salma.bound_to(), Some(&[SectionId(2)][..]));
    assert!(salma.answers_for(Some(SectionId(2))));
    assert!(!salma.answers_for(Some(SectionId(1))) && !salma.answers_for(None));
    salma.role = Role::Owner;
    assert_eq!(salma.bound_to(), None, "an owner answers for the whole paper");
    assert!(salma.answers_for(None));
}

#[test]
fn whoever_is_bound_measures_readers_of_their_sections_and_a_moderator_among_them_bans_nobody() {
    let of = |role, sections| Staff { id: StaffId(1), name: "سلمى".into(), role, sections };
    let (whole, bound) = (of(Role::Moderator, vec![]), of(Role::Moderator, vec![SectionId(2)]));
    for kind in MeasureKind::ALL {
        assert!(whole.may_measure(kind, false), "{kind:?}");
        assert_eq!(bound.may_measure(kind, true), kind != MeasureKind::Ban, "{kind:?}");
        assert!(!bound.may_measure(kind, false), "{kind:?}");
        let editor = of(Role::Editor, vec![SectionId(2)]);
        assert!(editor.may_measure(kind, true) && !editor.may_measure(kind, false), "{kind:?}");
        assert!(!of(Role::Reporter, vec![]).may_measure(kind, true), "{kind:?}");
    }
}

#[test]
fn an_address_is_taken_when_mail_could_go_there() {
    let long = format!("{}@example.org", "a".repeat(64));
    for good in ["huda@example.org", " Huda.S+news@Example.co.uk ", "o'hara@sub-1.example", long.as_str()] {
        assert!(EmailAddress::new(good).is_some(), "{good}");
    }
    let (local, whole) = (format!("{}@example.org", "a".repeat(65)), format!("a@{}org", "a123456789.".repeat(23)));
    let bad =
        ["", "@", "a@", "@b.c", "a@b", "a b@c.org", "a@b..org", ".a@b.org", "a@-b.org", "a@1.2.3.4", "هدى@example.org"];
    for bad in bad.into_iter().chain(["a@[1.2.3.4]", "\"a\"@b.org", "a@b.org,c@d.org", "a<b@c.org", &local, &whole]) {
        assert!(EmailAddress::new(bad).is_none(), "{bad}");
    }
    // A line that would begin another header is one line, and no address.
    assert!(EmailAddress::new("a@b.org\r\nBcc: c@d.org").is_none());
    assert_eq!(EmailAddress::new("Huda@Example.ORG").expect("an address").folded(), "huda@example.org");
}

#[test]
fn nothing_is_told_by_mail_until_it_is_wanted() {
    let none = MailNotices::default();
    assert!(NoticeKind::ALL.into_iter().all(|kind| !none.wants(kind)));
    let all = MailNotices { replies: true, decisions: true };
    assert_eq!(all.without(NoticeKind::Reply), MailNotices { replies: false, decisions: true });
    assert_eq!(NoticeKind::from_key("decision"), Some(NoticeKind::Decision));
}

#[test]
fn a_key_opens_parts_that_are_read_back_by_their_words() {
    assert!(Scope::ALL.into_iter().all(|scope| Scope::from_word(scope.word()) == Some(scope)));
    assert_eq!(Scope::from_word("comments"), None);
    let asked = |scope: Scope, role: Role| scope.asks().iter().all(|act| role.may(*act));
    assert!(asked(Scope::CommentsModerate, Role::Moderator) && !asked(Scope::CommentsModerate, Role::Reporter));
    assert!(asked(Scope::StoriesWrite, Role::Reporter) && !asked(Scope::StoriesWrite, Role::Moderator));
    assert!(asked(Scope::Administration, Role::Owner) && !asked(Scope::Administration, Role::Editor));
}
