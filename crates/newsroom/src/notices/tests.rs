//! What colleagues chose, whom what concerns, and where messages may go.

use super::{
    Around, ChatId, ChatProblem, Choices, DeskNotice, HookAddress, HookProblem, Quiet, QuietProblem, Told, Way,
    concerned, is_public, next_try, room_at,
};
use crate::happening::{Happening, What};
use crate::ids::{HappeningId, NoteId, StaffId, StoryId, StripId};
use crate::people::{Actor, Role};
use crate::story::Stage;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

const LAYLA: StaffId = StaffId(1);
const SALMA: StaffId = StaffId(2);
const KARIM: StaffId = StaffId(3);
const STORY: StoryId = StoryId(7);

fn happened(by: Actor, what: What) -> Happening {
    Happening { id: HappeningId(9), at: Timestamp::UNIX_EPOCH, by, what, why: String::new() }
}

fn around() -> Around {
    let here = vec![LAYLA, SALMA, KARIM];
    Around { hands: vec![LAYLA, KARIM], given: Some(KARIM), noted: vec![SALMA], timed_by: Some(SALMA), here }
}

fn whom(by: Actor, what: What) -> Vec<i64> {
    let (_, whom) = concerned(&happened(by, what), &around()).expect("it concerns somebody");
    whom.into_iter().map(|one| one.0).collect()
}

#[test]
fn a_happening_concerns_those_it_is_about_and_never_whoever_did_it() {
    let (salma, layla) = (Actor::Staff(SALMA), Actor::Staff(LAYLA));
    assert_eq!(whom(salma, What::StoryAssigned { story: STORY, to: Some(LAYLA), due: None }), [1]);
    assert_eq!(whom(layla, What::StoryAssigned { story: STORY, to: Some(LAYLA), due: None }), [] as [i64; 0]);
    assert_eq!(whom(layla, What::StoryDrafted { story: STORY }), [3], "begun for somebody else");
    assert_eq!(whom(layla, What::StoryNoted { story: STORY, note: NoteId(4) }), [3]);
    assert_eq!(whom(layla, What::NoteAnswered { story: STORY, note: NoteId(4) }), [2, 3]);
    assert_eq!(whom(salma, What::StoryMoved { story: STORY, stage: Stage::Killed }), [1, 3]);
    assert_eq!(whom(Actor::Program, What::StoryPublished { story: STORY }), [1, 3]);
    assert_eq!(whom(Actor::Program, What::StoryHeldUp { story: STORY }), [1, 2, 3], "also whoever set its minute");
    assert_eq!(whom(salma, What::StripRaised { strip: StripId(5), was: None }), [1, 3]);
}

#[test]
fn what_nobody_asked_to_hear_concerns_nobody() {
    for what in [
        What::StoryAssigned { story: STORY, to: None, due: None },
        What::StoryMoved { story: STORY, stage: Stage::Proof },
        What::StoryMoved { story: STORY, stage: Stage::Idea },
        What::StoryChanged { story: STORY },
        What::SignedIn,
    ] {
        assert_eq!(concerned(&happened(Actor::Staff(SALMA), what.clone()), &around()), None, "{what:?}");
    }
}

#[test]
fn what_is_told_says_by_whom_and_falls_under_a_choice() {
    let (told, _) =
        concerned(&happened(Actor::Staff(SALMA), What::StoryPublished { story: STORY }), &around()).expect("told");
    assert_eq!(told, Told::Published { story: STORY, by: Some(SALMA) });
    assert_eq!((told.choice(), told.story(), told.can_wait()), (Some(DeskNotice::Moved), Some(STORY), true));
    let written = serde_json::to_string(&told).expect("JSON");
    assert_eq!(serde_json::from_str::<Told>(&written).expect("read"), told);
    assert_eq!((Told::Trial.choice(), Told::Trial.story(), Told::Trial.can_wait()), (None, None, false));
    assert!(!Told::HeldUp { story: STORY }.can_wait(), "what went wrong is told at once");
}

#[test]
fn nothing_is_on_before_somebody_chose_it() {
    let chosen = Choices::default();
    for (what, way) in DeskNotice::ALL.into_iter().flat_map(|what| Way::ALL.map(|way| (what, way))) {
        assert!(!chosen.wants(what, way));
    }
    let chosen = chosen.and(DeskNotice::Given, Way::Hook);
    assert!(chosen.wants(DeskNotice::Given, Way::Hook) && !chosen.wants(DeskNotice::Given, Way::Mail));
    let written = serde_json::to_string(&chosen).expect("JSON");
    assert_eq!(written, r#"{"wants":{"given":["hook"]},"quiet":null,"waiting_hours":4}"#);
    assert_eq!(serde_json::from_str::<Choices>(&written).expect("read"), chosen);
    assert_eq!(serde_json::from_str::<Choices>("{}").expect("read"), Choices::default());
}

#[test]
fn words_are_read_back_and_each_notice_is_for_roles_that_it_can_concern() {
    assert!(DeskNotice::ALL.into_iter().all(|what| DeskNotice::from_key(what.key()) == Some(what)));
    assert!(Way::ALL.into_iter().all(|way| Way::from_key(way.key()) == Some(way)));
    assert_eq!((DeskNotice::from_key("other"), Way::from_key("pigeon")), (None, None));
    let of = |role| DeskNotice::ALL.into_iter().filter(|what| what.is_for(role)).count();
    assert_eq!((of(Role::Moderator), of(Role::Reporter), of(Role::Editor)), (2, 7, 10));
}

#[test]
fn quiet_hours_are_read_in_whatever_digits_and_said_to_be_wrong() {
    assert_eq!(Quiet::read("22:00", "٠٧:٣٠"), Ok(Some(Quiet { from: 1320, to: 450 })));
    assert_eq!(Quiet::read(" ", ""), Ok(None));
    assert_eq!(Quiet::read("22:00", ""), Err(QuietProblem::Half));
    assert_eq!(Quiet::read("", "7:00"), Err(QuietProblem::Half));
    assert_eq!(Quiet::read("7:00", "07:00"), Err(QuietProblem::Empty));
    for wrong in ["24:00", "7", "7:60", "-1:00", "x:y"] {
        assert_eq!(Quiet::read(wrong, "08:00"), Err(QuietProblem::Unreadable), "{wrong}");
    }
    assert_eq!((Quiet::clock(450).as_str(), Quiet::clock(0).as_str()), ("07:30", "00:00"));
}

#[test]
fn quiet_hours_end_at_their_minute_also_over_midnight() {
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(3));
    let over = |quiet: Quiet, now: &str| quiet.over_at(&at(now).to_zoned(zone.clone()));
    let night = Quiet { from: 22 * 60, to: 7 * 60 };
    assert_eq!(over(night, "2026-03-10T20:00:00Z"), Some(at("2026-03-11T04:00:00Z")), "23:00 there");
    assert_eq!(over(night, "2026-03-10T23:30:00Z"), Some(at("2026-03-11T04:00:00Z")), "02:30 there");
    assert_eq!(over(night, "2026-03-11T04:00:00Z"), None, "7:00 there: over");
    assert_eq!(over(night, "2026-03-10T18:59:59Z"), None, "21:59 there: not yet");
    let noon = Quiet { from: 12 * 60, to: 13 * 60 };
    assert_eq!(over(noon, "2026-03-10T09:10:00Z"), Some(at("2026-03-10T10:00:00Z")));
    assert_eq!(over(noon, "2026-03-10T10:00:00Z"), None);
}

#[test]
fn twenty_messages_an_hour_and_the_next_one_when_there_is_room() {
    let now = Timestamp::from_second(1_790_000_000).expect("a time");
    let ago = |minutes| now - SignedDuration::from_mins(minutes);
    let lately: Vec<_> = (1..=20).map(ago).collect();
    assert_eq!(room_at(&lately[..19], now), None);
    assert_eq!(room_at(&lately, now), Some(now + SignedDuration::from_mins(40)));
    let older: Vec<_> = (41..=60).map(ago).collect();
    assert_eq!(room_at(&older, now), None, "the first of them is an hour old");
}

#[test]
fn a_message_is_tried_with_growing_pauses_for_about_a_day() {
    let now = Timestamp::UNIX_EPOCH;
    let waits: Vec<_> = (0..10).map(|n| next_try(n, now).map(|at| at.as_second() / 60)).collect();
    let minutes = [1, 4, 16, 64, 256, 360, 360, 360].map(Some);
    assert_eq!(waits[..8], minutes);
    assert_eq!(waits[8..], [None, None]);
    let sum: i64 = minutes.into_iter().flatten().sum();
    assert!((23 * 60..=24 * 60).contains(&sum), "{sum}");
}

#[test]
fn only_numbers_of_the_open_internet_are_told() {
    for open in ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
        assert!(is_public(open.parse().expect("a number")), "{open}");
    }
    for inside in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001::1",
    ] {
        assert!(!is_public(inside.parse().expect("a number")), "{inside}");
    }
}

#[test]
fn an_address_of_the_web_is_https_without_a_password_and_not_of_the_house() {
    let read = |typed: &str| HookAddress::new(typed, &["chat.house.internal".to_owned(), "10.0.0.7".to_owned()]);
    for good in [
        "https://hooks.example/desk?x=1",
        " https://hooks.example:8443/desk ",
        "https://93.184.216.34/",
        "https://[2606:4700::1111]:443/x",
        "https://chat.house.internal/hook",
        "https://10.0.0.7:8443/hook",
    ] {
        assert_eq!(read(good).as_ref().map(HookAddress::as_str), Ok(good.trim()), "{good}");
    }
    for (bad, problem) in [
        ("http://hooks.example/", HookProblem::NotHttps),
        ("hooks.example", HookProblem::NotHttps),
        ("", HookProblem::NotHttps),
        ("https://", HookProblem::NoAddress),
        ("https://hooks.example:0/", HookProblem::NoAddress),
        ("https://hooks.example:port/", HookProblem::NoAddress),
        ("https://hooks.example/#part", HookProblem::NoAddress),
        ("https://hooks example/", HookProblem::NoAddress),
        ("https://name:word@hooks.example/", HookProblem::HasPassword),
        ("https://127.0.0.1/", HookProblem::Inside),
        ("https://10.0.0.8/", HookProblem::Inside),
        ("https://[::1]/", HookProblem::Inside),
        ("https://localhost/", HookProblem::Inside),
        ("https://printer/", HookProblem::Inside),
        ("https://db.house.internal./", HookProblem::Inside),
    ] {
        assert_eq!(read(bad), Err(problem), "{bad}");
    }
    assert_eq!(read(&format!("https://hooks.example/{}", "x".repeat(500))), Err(HookProblem::NoAddress));
}

#[test]
fn a_chat_that_many_read_is_told_only_where_the_administrator_says_so() {
    let allowed = ["-1001234567890".to_owned(), "@Harbour_Desk".to_owned()];
    let read = |typed: &str| ChatId::new(typed, &allowed).map(|chat| chat.as_str().to_owned());
    for (typed, chat) in [
        (" ١٢٣٤٥ ", "12345"),
        ("0012345", "12345"),
        ("-1001234567890", "-1001234567890"),
        ("-٠1001234567890", "-1001234567890"),
        ("@harbour_desk", "@harbour_desk"),
    ] {
        assert_eq!(read(typed).as_deref(), Ok(chat));
    }
    for elsewhere in ["-1001234567891", "-1", "@harbour_desk2", "@harbour"] {
        assert_eq!(read(elsewhere), Err(ChatProblem::NotAllowed), "{elsewhere}");
        assert_eq!(ChatId::new(elsewhere, &[]), Err(ChatProblem::NotAllowed), "{elsewhere}");
    }
    for wrong in ["", "-", "0", "-0", "+5", "12a", "@ab", "@har-bour", "https://t.me/x", "12345678901234567890"] {
        assert_eq!(read(wrong), Err(ChatProblem::NoChat), "{wrong}");
    }
}

#[test]
fn everybody_is_named_once() {
    let twice = Around { hands: vec![LAYLA, LAYLA], ..around() };
    let what = What::StoryPublished { story: STORY };
    let (_, whom) = concerned(&happened(Actor::Staff(SALMA), what), &twice).expect("told");
    assert_eq!(whom, BTreeSet::from([LAYLA]));
}
