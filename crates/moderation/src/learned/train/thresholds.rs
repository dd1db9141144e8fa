//! From where a head's answer counts, chosen on texts that it never saw.

use crate::Head;
use crate::measure::{Told, best_macro_f1, threshold_for_precision};

/// From where a head's answer is worth a look, and from where a comment is doubted: precision .90 and .97 for the heads that
/// stand for themselves, .97 and .99 for advertising. At .90 about three in a hundred comments that newspapers had published are looked at again; a
/// finding that is wrong more often is soon not read any more. A kind of abuse is only shown where abuse was found, so it is
/// shown where it is likelier than not to be right, and sure at .90.
pub fn thresholds(head: Head, told: &[Told]) -> (f32, f32) {
    let at = |precision: f64| threshold_for_precision(told, precision);
    let (look, doubt) = match head {
        Head::Abuse | Head::Support => (at(0.90), at(0.97)),
        // Public texts with a link are mostly advertising, readers' are not.
        Head::Spam => (at(0.97), at(0.99)),
        Head::Insult | Head::Hate | Head::Threat | Head::Obscene => (Some(best_macro_f1(told).0), at(0.90)),
    };
    let doubt = doubt.unwrap_or(1.0);
    (look.unwrap_or(doubt).min(doubt), doubt)
}
