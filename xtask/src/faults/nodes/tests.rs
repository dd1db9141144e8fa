//! The harness can fail: what a node shows too late, what a reader misses and what must not be shown is noticed.

use std::collections::BTreeSet;
use std::io::BufReader;
use std::time::{Duration, Instant};

use super::super::browser::Heard;
use super::super::calendar::local;
use super::super::ledger::{Ended, Kind, Ledger, State};
use super::super::marks::word_of;
use super::live::{Came, Stream};
use super::mail::readable;
use super::tally::below;
use super::town::{Seat, Spell, Town, due, held};

const STORY: &str = "/stories/tram";

fn town() -> Town {
    let nowhere = [1, 2, 3].map(|port| ([192, 0, 2, 1], port).into());
    Town::new(nowhere, vec![STORY.to_owned()], "section", Ledger::new(&word_of(7)))
}

/// A comment that was released, and its mark.
fn released(town: &Town) -> (u32, String) {
    let mut ledger = town.ledger();
    let (number, _) = ledger.begin_comment(STORY, ("le tram", "demain"));
    ledger.end_comment(number, Ended::Done);
    ledger.comments.get_mut(&number).unwrap().fate.change(Kind::Release, State::Released);
    ledger.end_comment(number, Ended::Done);
    held(&town.released).insert(number, Instant::now());
    (number, ledger.of_comment(number))
}

fn take_down(town: &Town, number: u32) {
    let mut ledger = town.ledger();
    ledger.comments.get_mut(&number).unwrap().fate.change(Kind::TakeDown, State::TakenDown);
    ledger.end_comment(number, Ended::Done);
}

fn found(town: &Town) -> Vec<&'static str> {
    town.ledger().findings.iter().map(|finding| finding.what).collect()
}

fn answer(status: u16, head: &str, body: &str) -> Heard {
    let text = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n{head}\r\n{body}", body.len());
    Heard::Whole(super::super::browser::whole(text.as_bytes()).unwrap())
}

#[test]
fn what_nobody_ruled_on_is_a_finding_at_any_node() {
    let town = town();
    let (number, _) = town.ledger().begin_comment(STORY, ("le tram", "demain"));
    town.ledger().end_comment(number, Ended::Done);
    let mark = town.ledger().of_comment(number);
    town.look_for_leaks(2, STORY, &mark, Instant::now());
    assert_eq!(found(&town), ["public without a ruling"]);
}

#[test]
fn what_was_taken_down_may_stand_for_two_seconds_and_while_a_node_is_in_trouble() {
    let town = town();
    let (number, mark) = released(&town);
    take_down(&town, number);
    town.look_for_leaks(0, STORY, &mark, Instant::now());
    assert_eq!(found(&town), [""; 0]);
    let later = Instant::now() + Duration::from_secs(3);
    town.trouble(&[1]);
    town.look_for_leaks(1, STORY, &mark, later);
    assert_eq!(found(&town), [""; 0], "cut off");
    town.look_for_leaks(0, STORY, &mark, later);
    assert_eq!(found(&town), ["still public after it was taken back"]);
}

#[test]
fn a_node_has_to_know_from_the_end_of_its_own_spell_on() {
    let start = Instant::now();
    let at = |seconds: u64| start + Duration::from_secs(seconds);
    let spell = |from, until: Option<u64>| Spell { node: 1, from: at(from), until: until.map(at) };
    assert_eq!(due(&[], 1, at(5)), Some(at(5)));
    assert_eq!(due(&[spell(10, Some(20))], 1, at(15)), Some(at(20)));
    assert_eq!(due(&[spell(10, Some(20))], 1, at(9)), Some(at(20)), "a moment before");
    assert_eq!(due(&[spell(10, Some(20))], 1, at(5)), Some(at(5)), "long before");
    assert_eq!(due(&[spell(10, Some(20))], 1, at(25)), Some(at(25)));
    assert_eq!(due(&[spell(10, Some(20))], 0, at(15)), Some(at(15)), "another node");
    assert_eq!(due(&[spell(10, None)], 1, at(15)), None);
    assert_eq!(due(&[spell(10, Some(20)), spell(21, Some(30))], 1, at(15)), Some(at(30)), "one after the other");
}

#[test]
fn a_refusal_says_when_to_come_again_and_gives_back_what_was_typed() {
    let town = town();
    town.trouble(&[0]);
    let began = Instant::now();
    let sent = |heard| town.sent((Seat::At(0), "a comment"), (0, heard, began), Some("mes mots")).0;
    assert_eq!(sent(answer(503, "Retry-After: 10\r\n", "<textarea>mes mots</textarea>")), Ended::Perhaps);
    assert_eq!(found(&town), [""; 0]);
    assert_eq!(sent(answer(503, "", "mes mots")), Ended::Perhaps);
    assert_eq!(sent(answer(503, "Retry-After: 10\r\n", "plus tard")), Ended::Perhaps);
    assert_eq!(sent(answer(500, "", "mes mots")), Ended::Perhaps);
    let all =
        ["a refusal does not say when to come again", "refused without what was typed", "refused without a reason"];
    assert_eq!(found(&town), all);
}

#[test]
fn who_is_refused_or_not_answered_without_a_fault_is_a_finding() {
    let town = town();
    let began = Instant::now();
    town.read((Seat::Proxy, "a story"), (1, answer(503, "Retry-After: 10\r\n", ""), began));
    town.read((Seat::Proxy, "a story"), (1, Heard::Broken, began));
    assert_eq!(found(&town), ["refused without a fault", "no answer without a fault"]);
    let (proxy, straight) = town.phases().pop().map(|phase| (phase.proxy, phase.straight)).unwrap();
    assert_eq!((proxy.pages, proxy.pages_refused, proxy.pages_broken, straight.pages), (0, 1, 1, 0));
}

#[test]
fn a_stream_is_read_in_chunks_whatever_they_cut() {
    let sent = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\ndata: on\r\n9\r\ne\ndata: t\r\n3\r\nwo\n\r\n0\r\n\r\n";
    let mut stream = Stream::new(BufReader::new(sent.as_bytes()));
    assert!(stream.head());
    let (mut lines, mut ended) = (Vec::new(), false);
    while !ended {
        match stream.lines() {
            Came::Lines(came) => lines.extend(came),
            Came::Nothing => {}
            Came::End => ended = true,
        }
    }
    assert_eq!(lines, ["data: one", "data: two"]);
    assert!(!Stream::new(BufReader::new(&b"HTTP/1.1 503 x\r\n\r\n"[..])).head());
}

#[test]
fn a_letter_is_read_however_it_was_packed() {
    let quoted = "To: a@example.net\r\n\r\n--x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n/newsletter/conf=\r\nirm/a=5Fb\r\n--x--";
    assert!(readable(quoted).contains("/newsletter/confirm/a_b"));
    let packed = "x\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\nL25ld3NsZXR0\r\nZXI=\r\n--x--";
    assert!(readable(packed).contains("/newsletter"));
}

#[test]
fn times_of_the_clock_are_written_as_forms_take_them() {
    assert_eq!(local(0), "1970-01-01T00:00");
    assert_eq!(local(951_868_740), "2000-02-29T23:59");
    assert_eq!(local(1_796_033_280), "2026-11-30T10:08");
}

#[test]
fn of_many_times_the_middle_and_the_worst_are_told() {
    let times: Vec<u32> = (1..=100).collect();
    assert_eq!((below(&times, 50), below(&times, 99), below(&[], 50)), (Some(51), Some(100), None));
    assert_eq!(BTreeSet::from([below(&[7], 99)]), BTreeSet::from([Some(7)]));
}
