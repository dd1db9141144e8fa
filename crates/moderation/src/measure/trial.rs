//! Before and after, on the same texts.

use super::{Counts, Interval, Told, average_precision, bootstrap};
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// How many times the interval is drawn.
const TIMES: u32 = 200;

/// What a change of answers did to texts whose truth is known.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Trial {
    /// Texts whose truth is known.
    pub known: u64,
    /// Those where it is «yes».
    pub positive: u64,
    /// Average precision before and after.
    pub average_precision: [f64; 2],
    /// The 95 % interval of what was gained, the texts drawn anew before and after alike.
    pub gain: Interval,
    /// At the threshold from which a finding stands, before and after.
    pub counts: [Counts; 2],
}

/// What a trial shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Too few texts, or too few of one kind, to say anything.
    TooFew,
    /// The whole interval lies above none.
    Better,
    /// The whole interval lies below none.
    Worse,
    /// None lies within it.
    NoDifference,
}

/// Fewer than so many of either kind show nothing.
const FEWEST: u64 = 20;

impl Trial {
    /// Of answers before and after with the truth, at a threshold.
    pub fn of(told: &[(f32, f32, bool)], threshold: f32) -> Self {
        let side = |after: bool| -> Vec<Told> {
            told.iter().map(|(was, now, truth)| Told { said: if after { *now } else { *was }, truth: *truth }).collect()
        };
        let (was, now) = (side(false), side(true));
        // The rows are drawn by their numbers, so that both sides are drawn alike.
        let rows: Vec<Told> =
            (0..u16::MAX).zip(told).map(|(row, _)| Told { said: f32::from(row), truth: false }).collect();
        let drawn = |side: &[Told], rows: &[Told]| -> Vec<Told> {
            rows.iter().filter_map(|row| side.get(number(row.said))).copied().collect()
        };
        let gained = |rows: &[Told]| average_precision(&drawn(&now, rows)) - average_precision(&drawn(&was, rows));
        Self {
            known: told.len() as u64,
            positive: told.iter().filter(|(_, _, truth)| *truth).count() as u64,
            average_precision: [average_precision(&was), average_precision(&now)],
            gain: if rows.is_empty() { Interval::default() } else { bootstrap(&rows, 1, TIMES, gained) },
            counts: [Counts::at(&was, threshold), Counts::at(&now, threshold)],
        }
    }

    /// What it shows.
    pub fn shows(&self) -> Shows {
        match self.gain {
            _ if self.positive < FEWEST || self.known - self.positive < FEWEST => Shows::TooFew,
            Interval { low, .. } if low > 0.0 => Shows::Better,
            Interval { high, .. } if high < 0.0 => Shows::Worse,
            _ => Shows::NoDifference,
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
fn number(said: f32) -> usize {
    said as usize
}
