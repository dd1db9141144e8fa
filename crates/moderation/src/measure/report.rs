//! What is measured of a set of labelled texts.

use super::{
    Counts, Interval, Told, area_under_curve, average_precision, best_macro_f1, bootstrap, calibration,
    calibration_error, curve, recall_at_precision, wilson,
};
use crate::learned::train::Row;
use crate::{Head, Scores};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use serde::Serialize;

/// How many times intervals of average precision are drawn.
const TIMES: u32 = 200;
/// Points of a curve that is drawn.
const POINTS: usize = 50;

/// Everything that is measured.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Report {
    /// Head by head, those on which something is known.
    pub heads: Vec<HeadReport>,
}

/// One head.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadReport {
    /// Which.
    pub head: Head,
    /// Texts on which something is known.
    pub known: u64,
    /// Those where it is «yes».
    pub positive: u64,
    /// [`average_precision`], and its interval.
    pub average_precision: (f64, Interval),
    /// [`area_under_curve`].
    pub area: f64,
    /// The best macro-F1 at any threshold, and that threshold.
    pub best_macro_f1: (f64, f32),
    /// Recall at precision .80, .90 and .95.
    pub recall: [f64; 3],
    /// [`calibration_error`].
    pub calibration_error: f64,
    /// [`curve`]: recall and precision, at most fifty points.
    pub curve: Vec<(f64, f64)>,
    /// [`calibration`]: said on average, share of the true, texts; at most ten bins.
    pub calibration: Vec<(f64, f64, u64)>,
    /// At the threshold for holding.
    pub held: Counts,
    /// Source by source.
    pub sources: Vec<SourceReport>,
    /// How many texts of each source on which nothing is known would be held.
    pub unknown: Vec<Flagged>,
}

/// One head on one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub source: String,
    /// At the threshold of the pool's best macro-F1.
    pub counts: Counts,
    /// [`area_under_curve`]; 0.5 where the source knows one kind only.
    pub area: f64,
    /// Held, of all.
    pub flagged: Flagged,
}

/// Texts of a source that would be held.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Flagged {
    /// Its name.
    pub source: String,
    /// Held.
    pub held: u64,
    /// All.
    pub all: u64,
    /// Of the share.
    pub interval: Interval,
}

impl Report {
    /// Measures every head. `hold` is the threshold from which it would hold a comment.
    pub fn of<'a>(judged: &[(Row<'a>, Scores)], hold: impl Fn(Head) -> f32) -> Self {
        let heads = Head::ALL.into_iter().filter_map(|head| HeadReport::of(judged, head, hold(head)));
        Self { heads: heads.collect() }
    }
}

impl HeadReport {
    fn of<'a>(judged: &[(Row<'a>, Scores)], head: Head, hold: f32) -> Option<Self> {
        let mut all: Vec<Told> = Vec::new();
        let mut by_source: BTreeMap<&'a str, (Vec<Told>, Vec<f32>)> = BTreeMap::new();
        for (row, scores) in judged {
            let said = scores.get(head).probability();
            let source = by_source.entry(row.source).or_default();
            match row.answers[head as usize] {
                Some(truth) => {
                    all.push(Told { said, truth });
                    source.0.push(Told { said, truth });
                }
                None => source.1.push(said),
            }
        }
        let positive = all.iter().filter(|told| told.truth).count() as u64;
        if positive == 0 {
            return None;
        }
        let (threshold, macro_f1) = best_macro_f1(&all);
        let known = by_source.iter().filter(|(_, (told, _))| !told.is_empty());
        let unknown = by_source.iter().filter(|(_, (_, said))| !said.is_empty());
        Some(Self {
            head,
            known: all.len() as u64,
            positive,
            average_precision: (average_precision(&all), bootstrap(&all, 1, TIMES, average_precision)),
            area: area_under_curve(&all),
            best_macro_f1: (macro_f1, threshold),
            recall: [0.80, 0.90, 0.95].map(|precision| recall_at_precision(&all, precision)),
            calibration_error: calibration_error(&all),
            curve: curve(&all, POINTS),
            calibration: calibration(&all),
            held: Counts::at(&all, hold),
            sources: known.map(|(source, (told, _))| SourceReport::of(source, told, threshold, hold)).collect(),
            unknown: unknown
                .map(|(source, (_, said))| {
                    Flagged::of(source, said.iter().filter(|said| **said >= hold).count(), said.len())
                })
                .collect(),
        })
    }
}

impl SourceReport {
    fn of(source: &str, told: &[Told], threshold: f32, hold: f32) -> Self {
        let held = told.iter().filter(|told| told.said >= hold).count();
        Self {
            source: source.into(),
            counts: Counts::at(told, threshold),
            area: area_under_curve(told),
            flagged: Flagged::of(source, held, told.len()),
        }
    }
}

impl Flagged {
    fn of(source: &str, held: usize, all: usize) -> Self {
        let (held, all) = (held as u64, all as u64);
        Self { source: source.into(), held, all, interval: wilson(held, all) }
    }
}
