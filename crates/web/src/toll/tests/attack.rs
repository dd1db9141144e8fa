//! When more is sent than usual, by a clock that the test holds.

use super::{at, network};
use crate::paper::Paper;
use crate::toll::alarm::{Alarm, Turn};
use crate::toll::watch::{Bounds, Watch, weighed};
use crate::toll::{Counted, Toll, TollAsked};

#[test]
fn an_attack_begins_at_once_and_ends_after_ten_calm_minutes() {
    let mut alarm = Alarm::default();
    for second in 0..60 {
        alarm.count(at(second));
        assert_eq!(alarm.look(60, at(second)), None, "sixty in a minute are the bound");
    }
    alarm.count(at(59));
    assert_eq!(alarm.look(60, at(59)), Some(Turn::Began(at(59))));
    assert_eq!((alarm.look(60, at(59)), alarm.rings()), (None, true), "it begins once");
    // Half an hour in which more comes than half of the bound, and less than all of it.
    for minute in 1..30 {
        (0..40).for_each(|_| alarm.count(at(60 * minute)));
        assert_eq!(alarm.look(60, at(60 * minute + 1)), None, "it goes on");
    }
    // Nine calm minutes, one of another attack, and ten calm ones.
    let later = 60 * 60;
    assert_eq!(alarm.look(60, at(later)), None, "it is calm from now on");
    assert_eq!(alarm.look(60, at(later + 540)), None);
    (0..31).for_each(|_| alarm.count(at(later + 541)));
    assert_eq!(alarm.look(60, at(later + 542)), None);
    assert_eq!(alarm.look(60, at(later + 700)), None, "calm begins anew");
    assert_eq!(alarm.look(60, at(later + 1_299)), None);
    assert_eq!(alarm.look(60, at(later + 1_300)), Some(Turn::Ended(at(later + 1_300))));
    assert!(!alarm.rings() && alarm.is_silent(at(later + 1_300)));
}

#[test]
fn a_clock_that_is_put_back_loses_no_count() {
    let mut alarm = Alarm::default();
    alarm.count(at(100));
    alarm.count(at(0));
    assert_eq!(alarm.in_a_minute(at(100)), 2);
    assert_eq!(alarm.in_a_minute(at(159)), 2);
    assert_eq!(alarm.in_a_minute(at(160)), 0, "it is older than a minute");
}

#[test]
fn one_network_makes_itself_compute_and_not_the_paper() {
    let (watch, bounds) = (Watch::default(), Bounds { paper: 60, network: 20 });
    for n in 0..20 {
        assert_eq!(watch.count(network(1), bounds, at(0)), (None, None), "{n}");
    }
    for n in 21..200 {
        let (bits, turn) = watch.count(network(1), bounds, at(1));
        assert_eq!((bits, turn), (Some(weighed(n, 20)), None), "{n}");
    }
    assert!(!watch.rings() && watch.bits(network(2), bounds, at(1)).is_none(), "others are asked nothing");
    watch.forget_the_silent(bounds, at(1_000));
    assert!(watch.bits(network(1), bounds, at(1_000)).is_some(), "not ten minutes of calm yet");
    watch.forget_the_silent(bounds, at(1_700));
    assert_eq!(watch.bits(network(1), bounds, at(1_700)), None);
}

#[test]
fn many_networks_make_the_whole_paper_compute() {
    let (watch, bounds) = (Watch::default(), Bounds { paper: 60, network: 20 });
    let turns: Vec<Turn> = (0..61).filter_map(|n| watch.count(network(n), bounds, at(0)).1).collect();
    assert_eq!(turns, [Turn::Began(at(0))]);
    assert_eq!(watch.bits(network(200), bounds, at(0)), Some(17), "whoever comes now");
    for n in 0..250 {
        watch.count(network(n), bounds, at(1));
    }
    assert_eq!(watch.bits(network(200), bounds, at(1)), Some(19), "five times the bound");
    assert_eq!(watch.look(bounds, at(100)), None);
    assert_eq!(watch.look(bounds, at(700)), Some(Turn::Ended(at(700))), "by nothing being sent");
}

#[test]
fn each_time_as_much_comes_again_an_answer_costs_twice_as_much() {
    let bits: Vec<u8> = [0, 61, 119, 120, 239, 240, 479, 480, 100_000].map(|rate| weighed(rate, 60)).to_vec();
    assert_eq!(bits, [17, 17, 17, 18, 18, 19, 19, 20, 20]);
    assert_eq!(weighed(u32::MAX, 0), 20);
}

#[test]
fn the_setting_goes_before_the_alarm() {
    let (toll, now) = (Toll::default(), at(0));
    let paper = |toll| Paper { toll, attack_per_minute: 4, ..Paper::default() };
    let asks = |asked| toll.asks(&paper(asked), network(1), now);
    let [never, under_attack, always] =
        ["never", "under-attack", "always"].map(|key| TollAsked::from_key(key).expect("a word of the settings"));
    assert_eq!(TollAsked::from_key("sometimes"), None);
    assert_eq!((asks(never), asks(under_attack), asks(always)), (None, None, Some(16)));
    for n in 0..9 {
        toll.watch.count(network(n), Bounds::of(&paper(always)), now);
    }
    assert_eq!((asks(never), asks(under_attack), asks(always)), (None, Some(18), Some(18)));
    assert!(toll.is_under_attack() && Counted::ALL.iter().all(|what| toll.counted(*what) == 0));
}
