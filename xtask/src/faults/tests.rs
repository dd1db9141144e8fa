//! The harness can fail: what is lost, doubled, changed or leaked is noticed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Instant;

use super::browser::{Heard, whole};
use super::calendar::{local, seconds};
use super::chance::Chance;
use super::clock::out_of_order;
use super::fate::{Fate, Settled};
use super::ledger::{Ended, Kind, Ledger, Standing, State};
use super::marks::{Marked, marks, word_of};
use super::moderator::cards;
use super::proof::{Kept, all_shown, compare, has_all, look_for_leaks, look_for_leaks_since};
use super::run::was_idle;
use super::street::Street;

const STORY: &str = "/stories/tram";

/// A ledger with one acknowledged comment.
fn with_comment() -> (Ledger, u32) {
    let mut ledger = Ledger::new(&word_of(7));
    let (number, _) = ledger.begin_comment(STORY, ("le tram", "demain"));
    ledger.end_comment(number, Ended::Done);
    (ledger, number)
}

fn ruled(ledger: &mut Ledger, number: u32, kind: Kind, to: State, ended: Ended) {
    ledger.comments.get_mut(&number).unwrap().fate.change(kind, to);
    ledger.end_comment(number, ended);
}

/// What an export would hold of these comments.
fn kept(ledger: &Ledger, rows: &[(u32, &str)]) -> Kept {
    let mut kept = Kept::default();
    for (number, state) in rows {
        let text = ledger.comments.get(number).map(|comment| comment.text.clone()).unwrap_or_default();
        kept.comments.entry(*number).or_default().push(((*state).to_owned(), text));
    }
    kept
}

/// What is found, in the words of the report.
fn found(ledger: &Ledger) -> Vec<&'static str> {
    ledger.findings.iter().map(|finding| finding.what).collect()
}

#[test]
fn what_is_as_it_was_acknowledged_is_no_finding() {
    let (mut ledger, number) = with_comment();
    let rows = kept(&ledger, &[(number, "held")]);
    compare(&mut ledger, &rows);
    assert_eq!(found(&ledger), [""; 0]);
}

#[test]
fn a_lost_comment_is_noticed_once() {
    let (mut ledger, number) = with_comment();
    compare(&mut ledger, &Kept::default());
    assert_eq!(found(&ledger), ["acknowledged and lost"]);
    assert!(ledger.findings[0].detail.contains(&ledger.of_comment(number)));
    compare(&mut ledger, &Kept::default());
    assert_eq!(ledger.findings.len(), 1);
}

#[test]
fn a_doubled_comment_is_noticed() {
    let (mut ledger, number) = with_comment();
    let rows = kept(&ledger, &[(number, "held"), (number, "held")]);
    compare(&mut ledger, &rows);
    assert_eq!(found(&ledger), ["there more than once"]);
}

#[test]
fn a_comment_that_nobody_sent_or_with_other_words_is_noticed() {
    let (mut ledger, number) = with_comment();
    let mut rows = kept(&ledger, &[(number, "held"), (99, "held")]);
    rows.comments.get_mut(&number).unwrap()[0].1.push('!');
    compare(&mut ledger, &rows);
    assert_eq!(found(&ledger), ["other words than those sent", "there without having been done"]);
}

#[test]
fn a_ruling_that_is_lost_or_that_nobody_made_is_noticed() {
    let (mut ledger, number) = with_comment();
    ruled(&mut ledger, number, Kind::Refusal, State::Refused, Ended::Done);
    let rows = kept(&ledger, &[(number, "held")]);
    compare(&mut ledger, &rows);
    assert_eq!(found(&ledger), ["in another state"]);
    let rows = kept(&ledger, &[(number, "released")]);
    compare(&mut ledger, &rows);
    assert_eq!(found(&ledger), ["in another state"; 2]);
    let rows = kept(&ledger, &[(number, "boiled")]);
    compare(&mut ledger, &rows);
    assert!(found(&ledger).len() > 2);
}

#[test]
fn a_ruling_without_an_answer_may_come_out_either_way_and_then_stays_so() {
    for state in ["held", "released"] {
        let (mut ledger, number) = with_comment();
        ruled(&mut ledger, number, Kind::Release, State::Released, Ended::Perhaps);
        let rows = kept(&ledger, &[(number, state)]);
        compare(&mut ledger, &rows);
        assert_eq!(found(&ledger), [""; 0], "{state}");
        let count = ledger.counts[&Kind::Release];
        assert_eq!((count.perhaps, count.came_true + count.came_to_nothing), (1, 1));
        let other = if state == "held" { "released" } else { "held" };
        let rows = kept(&ledger, &[(number, other)]);
        compare(&mut ledger, &rows);
        assert_eq!(found(&ledger), ["in another state"], "{state}");
    }
}

#[test]
fn a_comment_without_an_answer_may_be_there_or_not_and_then_stays_so() {
    let mut ledger = Ledger::new(&word_of(7));
    let (number, _) = ledger.begin_comment(STORY, ("le tram", "demain"));
    ledger.end_comment(number, Ended::Perhaps);
    compare(&mut ledger, &Kept::default());
    assert_eq!(found(&ledger), [""; 0]);
    let rows = kept(&ledger, &[(number, "held")]);
    compare(&mut ledger, &rows);
    assert_eq!(found(&ledger), ["there without having been done"]);
}

#[test]
fn a_waiting_comment_on_a_public_page_is_noticed_and_a_released_one_is_not() {
    let (mut ledger, number) = with_comment();
    let page = format!("<p>{} demain</p>", ledger.of_comment(number));
    look_for_leaks(&mut ledger, "/feed/rss", &page);
    assert_eq!(found(&ledger), ["public without a ruling"]);
    assert!(ledger.findings[0].detail.contains("/feed/rss"));
    ruled(&mut ledger, number, Kind::Release, State::Released, Ended::Done);
    look_for_leaks(&mut ledger, "/", &page);
    assert_eq!(ledger.findings.len(), 1);
    ruled(&mut ledger, number, Kind::TakeDown, State::TakenDown, Ended::Done);
    look_for_leaks(&mut ledger, "/", &page);
    assert_eq!(ledger.findings.len(), 2);
}

#[test]
fn a_page_that_was_asked_for_before_a_taking_down_may_show_the_comment_and_a_later_one_may_not() {
    let (mut ledger, number) = with_comment();
    let page = ledger.of_comment(number);
    ruled(&mut ledger, number, Kind::Release, State::Released, Ended::Done);
    let before = Instant::now();
    ruled(&mut ledger, number, Kind::TakeDown, State::TakenDown, Ended::Done);
    look_for_leaks_since(&mut ledger, STORY, &page, before);
    assert_eq!(found(&ledger), [""; 0]);
    look_for_leaks_since(&mut ledger, STORY, &page, Instant::now());
    assert_eq!(found(&ledger), ["public without a ruling"]);
}

#[test]
fn a_draft_on_a_public_page_is_noticed() {
    let mut ledger = Ledger::new(&word_of(7));
    let number = ledger.begin_story(Kind::Draft, Standing::Draft);
    ledger.end_story(number, Ended::Done);
    let page = ledger.of_story(number);
    look_for_leaks(&mut ledger, "/sitemap.xml", &page);
    assert_eq!(found(&ledger), ["public without a publication"]);
}

#[test]
fn a_page_that_was_asked_for_before_a_withdrawal_may_show_the_story_and_a_later_one_may_not() {
    let mut ledger = Ledger::new(&word_of(7));
    let number = ledger.begin_story(Kind::Draft, Standing::Public);
    ledger.end_story(number, Ended::Done);
    let (page, before) = (ledger.of_story(number), Instant::now());
    ledger.stories.get_mut(&number).unwrap().fate.change(Kind::Withdrawal, Standing::Withdrawn);
    ledger.end_story(number, Ended::Done);
    look_for_leaks_since(&mut ledger, "/", &page, before);
    assert_eq!(found(&ledger), [""; 0]);
    look_for_leaks_since(&mut ledger, "/", &page, Instant::now());
    assert_eq!(found(&ledger), ["public without a publication"]);
}

#[test]
fn a_released_comment_that_readers_do_not_get_and_a_wrong_count_are_noticed() {
    let (mut ledger, number) = with_comment();
    ruled(&mut ledger, number, Kind::Release, State::Released, Ended::Done);
    all_shown(&mut ledger, STORY, &BTreeSet::from([number]), Some((4, 3)));
    assert_eq!(found(&ledger), [""; 0]);
    all_shown(&mut ledger, STORY, &BTreeSet::new(), Some((3, 3)));
    assert_eq!(found(&ledger), ["released and not shown", "a public count is wrong"]);
}

#[test]
fn an_export_taken_meanwhile_has_what_was_acknowledged_before() {
    let (mut ledger, number) = with_comment();
    has_all(&mut ledger, &Kept::default(), &BTreeSet::from([number]));
    assert_eq!(found(&ledger), ["missing in an export"]);
}

#[test]
fn a_story_that_is_there_twice_is_noticed() {
    let mut ledger = Ledger::new(&word_of(7));
    let number = ledger.begin_story(Kind::Import, Standing::Public);
    ledger.end_story(number, Ended::Perhaps);
    let mut kept = Kept::default();
    kept.stories.insert(number, vec!["published".to_owned(); 2]);
    compare(&mut ledger, &kept);
    assert_eq!(found(&ledger), ["there more than once"]);
}

#[test]
fn what_was_looked_for_in_vain_and_is_made_again_is_acknowledged() {
    let mut fate = Fate::begun(Kind::Import, Standing::Public);
    fate.end(Ended::Perhaps);
    assert_eq!(fate.settle(None), Settled::CameToNothing(Kind::Import));
    fate.begin_again(Kind::Import);
    fate.end(Ended::Done);
    assert_eq!(fate.settle(Some(Standing::Public)), Settled::AsKnown);
    assert_eq!(fate.settle(None), Settled::Lost);
}

#[test]
fn a_run_in_which_nothing_was_acknowledged_proves_nothing() {
    let (ledger, _) = with_comment();
    assert_eq!(was_idle(&ledger, 20), [Kind::Release, Kind::Refusal, Kind::Draft, Kind::Publication]);
}

#[test]
fn half_an_answer_is_none() {
    let all = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntram";
    assert_eq!(whole(all).map(|answer| answer.text()), Some("tram".to_owned()));
    for end in 0..all.len() {
        assert!(whole(&all[..end]).is_none(), "{end}");
    }
    let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntram\r\n0\r\n\r\n";
    assert_eq!(whole(chunks).map(|answer| answer.text()), Some("tram".to_owned()));
    assert!(whole(&chunks[..chunks.len() - 5]).is_none());
}

#[test]
fn marks_are_found_wherever_they_stand() {
    let word = word_of(7);
    let text = format!("«{word}c000012q», {word}s000003q{word}c12q {word}x000001q");
    assert_eq!(marks(&word, &text), [Marked::Comment(12), Marked::Story(3)]);
    assert_ne!(word_of(7), word_of(8));
}

#[test]
fn a_card_of_the_desk_is_read_with_its_own_mark() {
    let word = word_of(7);
    let page = format!(
        "<article class=\"card a\" data-story=\"s1\" data-comment=\"c1\"><div>{word}c000001q</div>\
         <details class=\"card-others\">{word}c000002q</details></article>\
         <article class=\"card b\" data-story=\"s2\" data-comment=\"c2\"><div>autre</div></article>"
    );
    let read = format!("{:?}", cards(&word, &page));
    assert!(read.contains("number: Some(1)") && read.contains("number: None") && !read.contains("Some(2)"), "{read}");
}

#[test]
fn the_same_seed_gives_the_same_chance() {
    let row = |seed| -> Vec<u64> {
        let mut chance = Chance::new(seed);
        (0..5).map(|_| chance.next()).collect()
    };
    assert_eq!(row(3), row(3));
    assert_ne!(row(3), row(4));
}

#[test]
fn ids_that_go_back_are_noticed_of_one_visitor_and_after_a_start() {
    let ids = BTreeMap::from([(1, 10), (2, 20), (3, 15), (4, 30)]);
    let told = |sent: &[Vec<Vec<u32>>]| {
        let mut ledger = Ledger::new(&word_of(7));
        out_of_order(&mut ledger, sent, &ids);
        found(&ledger)
    };
    // Two who send at the same time may get theirs in either order.
    assert_eq!(told(&[vec![vec![1, 2], vec![3]], vec![vec![4]]]), [""; 0]);
    assert_eq!(told(&[vec![vec![1, 2, 3]], vec![vec![4]]]), ["out of order"]);
    assert_eq!(told(&[vec![vec![1, 2]], vec![vec![3, 4]]]), ["out of order"]);
    assert_eq!(told(&[vec![vec![1, 2]], vec![], vec![vec![3]]]), ["out of order"]);
}

#[test]
fn a_story_that_was_published_twice_is_counted_twice() {
    let word = word_of(7);
    let file = std::env::temp_dir().join(format!("midad-faults-published-{}", std::process::id()));
    let story = format!(r#"{{"table":"stories","row":{{"story_id":5,"text":"{word}s000003q","state":"published"}}}}"#);
    let published = r#"{"table":"happenings","row":{"story_id":5,"kind":"story-published","at":1000}}"#;
    std::fs::write(&file, format!("{published}\n{story}\n{published}\n")).unwrap();
    let kept = Kept::read(&file, &word).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(kept.publications(), BTreeMap::from([(3, vec![1000, 1000])]));
}

#[test]
fn whoever_works_here_may_be_asked_to_sign_in_where_the_clock_jumps_and_nowhere_else() {
    for (jumps, expected) in [(true, &[][..]), (false, &["refused without a reason"][..])] {
        let ledger = Mutex::new(Ledger::new(&word_of(7)));
        let mut street = Street::new(0, Vec::new(), "section", &ledger);
        street.clock_jumps = jumps;
        let answer = whole(b"HTTP/1.1 401 x\r\nContent-Length: 0\r\n\r\n").unwrap();
        assert_eq!(street.ended("a ruling", Heard::Whole(answer)).0, Ended::Not);
        assert_eq!(found(&street.ledger()), expected, "{jumps}");
    }
}

#[test]
fn a_time_is_read_as_it_is_written() {
    for (at, written) in
        [(951_825_600, "2000-02-29T12:00"), (1_796_083_199, "2026-11-30T23:59"), (0, "1970-01-01T00:00")]
    {
        assert_eq!(local(at), written);
        assert_eq!(seconds(&format!("{written}:{:02}.25Z", at % 60)), Some(at));
    }
    assert_eq!(seconds("2026-11-30"), None);
}
