//! Ids grow, never repeat, and read back.

use super::{IdMaker, StoryId};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// A moment so many milliseconds after 2025-06-01.
fn moment(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_748_736_000_000 + ms).unwrap()
}

#[test]
fn a_hundred_thousand_ids_of_one_millisecond_grow_and_never_repeat() {
    let maker = IdMaker::new(3);
    let ids: Vec<i64> = (0..100_000).map(|_| maker.make(moment(0))).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(ids[0] > 0);
}

#[test]
fn ids_grow_when_the_clock_goes_back_or_stands_before_the_epoch() {
    let maker = IdMaker::new(0);
    let clock = [0, 5, 5, 2, -60_000, -4_000_000_000_000, 1, 6, 7];
    let ids: Vec<i64> = clock.map(|ms| maker.make(moment(ms))).to_vec();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
}

#[test]
fn ids_go_on_after_one_that_was_made_before_the_clock_was_set_back() {
    let before = IdMaker::new(1_023).make(moment(1_000_000));
    let after_a_start = IdMaker::new(0);
    after_a_start.go_on_after(before);
    let first = after_a_start.make(moment(0));
    assert!(first > before, "{first}, {before}");
    after_a_start.go_on_after(0);
    assert!(after_a_start.make(moment(0)) > first);
    let in_time = after_a_start.make(moment(2_000_000));
    assert_eq!(in_time, IdMaker::new(0).make(moment(2_000_000)), "by the clock again once it is there");
}

#[test]
fn a_clock_that_was_set_back_by_far_is_told_from_requests_that_began_a_while_ago() {
    let maker = IdMaker::new(0);
    maker.make(moment(10_000_000));
    assert!(!maker.is_ahead(moment(9_500_000)) && maker.is_ahead(moment(0)));
}

#[test]
fn times_that_come_in_any_order_move_the_ids_no_further_than_the_latest_of_them() {
    let alone = |ms| IdMaker::new(0).make(moment(ms));
    // Requests that began up to two seconds ago; an archive's comments of many years among those of now.
    for spread in [2_000, 500_000_000_000] {
        let maker = IdMaker::new(0);
        for n in 0..60_000_i64 {
            let latest = 600_000_000_000 + n;
            let id = maker.make(moment(latest - n * 7_919_000_003 % spread));
            assert!(id < alone(latest + 20), "{spread}, {n}");
        }
    }
}

#[test]
fn a_later_millisecond_gives_a_larger_id_on_every_node() {
    let (low, high) = (IdMaker::new(0), IdMaker::new(1_023));
    assert!(high.make(moment(0)) < low.make(moment(1)));
}

#[test]
fn two_nodes_never_make_the_same_id() {
    let (one, two) = (IdMaker::new(1), IdMaker::new(2));
    let ids: BTreeSet<i64> = (0..20_000).flat_map(|n| [one.make(moment(n / 100)), two.make(moment(n / 100))]).collect();
    assert_eq!(ids.len(), 40_000);
}

#[test]
fn many_threads_share_one_maker() {
    let maker = IdMaker::new(7);
    let mut ids: Vec<i64> = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..8).map(|_| scope.spawn(|| (0..5_000).map(|_| maker.make(moment(0))).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 40_000);
}

#[test]
fn the_short_form_is_short_plain_and_reads_back() {
    let maker = IdMaker::new(1_023);
    let made = [0, 1, 57, 58, i64::MAX, maker.make(moment(0)), maker.make(moment(2_000_000_000_000))];
    for id in made.map(StoryId) {
        let short = id.short();
        assert!(short.len() <= 11 && short.chars().all(|c| c.is_ascii_alphanumeric()), "{short}");
        assert!(!short.contains(['0', 'O', 'I', 'l']), "{short}");
        assert_eq!(StoryId::from_short(&short), Some(id));
        assert_eq!(id.to_string(), short);
    }
}

#[test]
fn what_is_no_short_form_is_no_id() {
    let negative = bs58::encode((-1i64).to_be_bytes()).into_string();
    for text in
        ["", "0", "خبر", "abc", "l1111111", "zzzzzzzzzzzzzzzzzzzzzzz", " 11111111", "111111111", negative.as_str()]
    {
        assert_eq!(StoryId::from_short(text), None, "{text}");
    }
}
