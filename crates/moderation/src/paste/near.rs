//! Whether two texts are nearly the same, whichever of them came first.

use super::compare::{Source, likeness};
use super::shingles::shingles;
use arabic::fold::{Level, folded};
use arabic::words::words;

/// Of fewer words two texts are alike by chance: a greeting is nobody's copy.
pub const FEWEST_WORDS: usize = 12;

/// How nearly two texts are the same, in hundredths: the smaller of the parts of each that stand in the other, counted in
/// runs of four words. A quotation of a long text is not nearly it, and neither is a long text around a short one. 0 where
/// one of them has fewer than [`FEWEST_WORDS`].
///
/// ```
/// use moderation::paste::nearness;
/// let text = "حافلات المدينة القديمة كلها معطلة ومن يركبها يدفع ضعف الثمن لشركة واحدة";
/// assert_eq!(nearness(text, "حافلات المدينة القديمة كُلّها مُعطَّلة، ومن يركبها يدفع ضعف الثمن لشركة واحدة!"), 100);
/// assert!(nearness(text, "ركبت حافلات المدينة القديمة أمس ولم أدفع ضعف الثمن وكان السائق لطيفا") < 20);
/// ```
pub fn nearness(one: &str, other: &str) -> u8 {
    part_in(one, other).min(part_in(other, one))
}

/// How much of a text stands in another one.
fn part_in(text: &str, other: &str) -> u8 {
    let folded = folded(text, Level::Match);
    if words(&folded).take(FEWEST_WORDS).count() < FEWEST_WORDS {
        return 0;
    }
    let own = shingles(words(&folded).map(|word| word.text));
    let free = alloc::vec![false; own.len()];
    u8::try_from(likeness(&own, &free, &Source::of(other)).percent().min(100)).unwrap_or(100)
}
