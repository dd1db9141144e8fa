//! Chance that can be repeated: the same motif and seed always throw the same dice.

/// A SplitMix64 generator (Steele, Lea and Flood, 2014): small, and the same on every machine.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one picture; the motif is mixed in so that two motifs with one seed do not share their light.
    pub fn new(motif: &str, seed: u64) -> Dice {
        let mut dice = Dice(seed);
        for byte in motif.bytes() {
            dice.0 = dice.next() ^ u64::from(byte);
        }
        dice
    }

    /// A number from `low` up to `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        // 24 bits fill the mantissa of an f32, so the share stays below 1.
        let share = (self.next() >> 40) as f32 / (1u64 << 24) as f32;
        low + (high - low) * share
    }

    /// A whole number from `low` to `high`, both possible.
    pub fn count(&mut self, low: u32, high: u32) -> u32 {
        low + (self.next() % u64::from(high - low + 1)) as u32
    }

    /// True in `share` (0 to 1) of the throws.
    pub fn chance(&mut self, share: f32) -> bool {
        self.between(0.0, 1.0) < share
    }

    /// One of several choices, each as likely.
    pub fn pick<T: Copy, const N: usize>(&mut self, choices: [T; N]) -> T {
        choices[(self.next() % N as u64) as usize]
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}
