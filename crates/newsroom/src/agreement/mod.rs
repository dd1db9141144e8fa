//! How far people who decide about the same things agree, beyond what chance would give.

use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// Krippendorff's alpha for nominal data, two observers and no missing values: 1 is full agreement, 0 is what chance gives,
/// below 0 people disagree by system. None where there is nothing to tell apart: no pair, or one value alone.
///
/// From the coincidence matrix `o`, in which each pair of values stands twice, its margins `n_c` and their sum `n`:
/// α = ((n − 1) Σ o_cc − Σ n_c (n_c − 1)) / (n (n − 1) − Σ n_c (n_c − 1)). K. Krippendorff, «Computing Krippendorff's
/// Alpha-Reliability» (2011), section B; the tests are its worked examples. He draws conclusions from 0.800 on, and tentative
/// ones from 0.667.
pub fn alpha<V: Ord>(pairs: impl IntoIterator<Item = (V, V)>) -> Option<f64> {
    let mut margins: BTreeMap<V, u64> = BTreeMap::new();
    let (mut all, mut same) = (0_u64, 0_u64);
    for (one, other) in pairs {
        all += 2;
        same += if one == other { 2 } else { 0 };
        *margins.entry(one).or_default() += 1;
        *margins.entry(other).or_default() += 1;
    }
    let by_chance: u64 = margins.values().map(|n| n * (n - 1)).sum();
    let possible = (all * all.saturating_sub(1)).checked_sub(by_chance).filter(|possible| *possible > 0)?;
    #[allow(clippy::cast_precision_loss, reason = "a few hundred pairs")]
    let alpha = ((all - 1) as f64 * same as f64 - by_chance as f64) / possible as f64;
    Some(alpha)
}
