//! How good answers are: precision, recall, ranking, calibration, each with its interval. Pure, and the same every time.
//!
//! A head's answers come as [`Told`]: what it said and what is true. Rows on which nothing is known are left out by the
//! caller, never counted as «no».

mod counts;
mod interval;
mod ranking;
mod report;
mod trial;

#[cfg(test)]
mod tests;

pub use counts::Counts;
pub use interval::{Interval, bootstrap, wilson};
pub use ranking::{
    area_under_curve, average_precision, best_macro_f1, calibration, calibration_error, curve, recall_at_precision,
    threshold_for_precision,
};
pub use report::{Flagged, HeadReport, Report, SourceReport};
pub use trial::{Shows, Trial};

/// What a head said of a text, 0 to 1, and what is true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// The probability given.
    pub said: f32,
    /// The truth.
    pub truth: bool,
}
