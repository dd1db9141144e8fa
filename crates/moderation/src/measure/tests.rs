//! Measures against values counted by hand.

use super::{
    Counts, Told, area_under_curve, average_precision, best_macro_f1, bootstrap, calibration, calibration_error, curve,
    recall_at_precision, threshold_for_precision, wilson,
};
use alloc::vec::Vec;

/// Said .9 yes, .8 no, .7 yes, .6 yes, .2 no.
fn five() -> Vec<Told> {
    [(0.9, true), (0.8, false), (0.7, true), (0.6, true), (0.2, false)]
        .map(|(said, truth)| Told { said, truth })
        .to_vec()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

#[test]
fn counts_at_a_threshold_are_counted() {
    let counts = Counts::at(&five(), 0.7);
    assert_eq!(counts, Counts { found: 2, false_alarms: 1, missed: 1, passed: 1 });
    assert!(near(counts.precision(), 2.0 / 3.0) && near(counts.recall(), 2.0 / 3.0) && near(counts.f1(), 2.0 / 3.0));
    // «No» is found once, with one false alarm and one missed: F1 one half.
    assert!(near(counts.macro_f1(), (2.0 / 3.0 + 0.5) / 2.0) && near(counts.flagged(), 0.6));
    let nothing = Counts::at(&[], 0.5);
    assert!(near(nothing.precision() + nothing.recall() + nothing.f1() + nothing.flagged(), 0.0));
}

#[test]
fn average_precision_is_the_sum_over_gained_recall() {
    // 1/3 at precision 1, 1/3 at 2/3, 1/3 at 3/4.
    assert!(near(average_precision(&five()), (1.0 + 2.0 / 3.0 + 0.75) / 3.0));
    // All alike: one step, at the share of the true.
    let alike: Vec<Told> = five().into_iter().map(|told| Told { said: 0.5, ..told }).collect();
    assert!(near(average_precision(&alike), 0.6) && near(area_under_curve(&alike), 0.5));
}

#[test]
fn the_area_is_the_share_of_pairs_in_order() {
    // Of the six pairs, .7 and .6 stand below .8.
    assert!(near(area_under_curve(&five()), 4.0 / 6.0));
    assert!(near(area_under_curve(&five()[..1]), 0.5));
}

#[test]
fn the_threshold_for_a_precision_is_the_lowest_that_holds_it() {
    assert_eq!(threshold_for_precision(&five(), 0.75), Some(0.6));
    assert_eq!(threshold_for_precision(&five(), 0.9), Some(0.9));
    assert_eq!(threshold_for_precision(&five()[1..2], 0.5), None);
    assert!(near(recall_at_precision(&five(), 0.75), 1.0) && near(recall_at_precision(&five(), 0.9), 1.0 / 3.0));
    // At .6: «yes» 6/7, «no» 2/3.
    let (threshold, best) = best_macro_f1(&five());
    assert!((threshold - 0.6).abs() < 1e-6 && near(best, (6.0 / 7.0 + 2.0 / 3.0) / 2.0));
}

#[test]
fn calibration_is_off_by_what_is_said_too_much() {
    // Each in a bin of its own: .1, .8, .3, .4, .2 off.
    assert!(near(calibration_error(&five()), 1.8 / 5.0));
    let even: Vec<Told> = (0..10).map(|n| Told { said: 0.3, truth: n < 3 }).collect();
    assert!(near(calibration_error(&even), 0.0) && near(calibration_error(&[]), 0.0));
}

#[test]
fn what_is_drawn_lies_on_the_curve() {
    let third = 1.0 / 3.0;
    let drawn = curve(&five(), 50);
    let expected = [(third, 1.0), (2.0 * third, 2.0 * third), (1.0, 0.75)];
    assert_eq!(drawn.len(), expected.len(), "{drawn:?}");
    assert!(drawn.iter().zip(expected).all(|(one, other)| near(one.0, other.0) && near(one.1, other.1)), "{drawn:?}");
    let many: Vec<Told> = (0..900_u16).map(|n| Told { said: f32::from(n) / 900.0, truth: n % 2 == 0 }).collect();
    assert!(curve(&many, 50).len() <= 50 && curve(&many, 50).len() > 40 && curve(&five()[1..2], 50).is_empty());

    let even: Vec<Told> = (0..10).map(|n| Told { said: 0.3, truth: n < 4 }).collect();
    let bins = calibration(&even);
    assert!(bins.len() == 1 && near(bins[0].0, 0.3) && near(bins[0].1, 0.4) && bins[0].2 == 10, "{bins:?}");
}

#[test]
fn intervals_hold_the_number_and_come_again() {
    let tenth = wilson(10, 100);
    assert!(near(tenth.low, 0.055_229_1) && near(tenth.high, 0.174_365_6), "{tenth:?}");
    assert_eq!((wilson(0, 0).low, wilson(0, 0).high), (0.0, 1.0));
    assert!(near(wilson(0, 50).low, 0.0) && wilson(50, 50).high <= 1.0);
    let many: Vec<Told> = (0..60).map(|n| Told { said: (n % 7) as f32 / 7.0, truth: n % 3 == 0 }).collect();
    let drawn = bootstrap(&many, 5, 100, |told| Counts::at(told, 0.5).flagged());
    let flagged = Counts::at(&many, 0.5).flagged();
    assert!(drawn.low < flagged && flagged < drawn.high, "{drawn:?} {flagged}");
    assert_eq!(drawn, bootstrap(&many, 5, 100, |told| Counts::at(told, 0.5).flagged()));
}
