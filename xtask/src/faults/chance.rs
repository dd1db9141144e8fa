//! Chance that can be repeated: the same seed gives the same numbers (SplitMix64).

/// Words of which comments are made: plain ones, so that no two texts are copies of each other.
const WORDS: &[&str] = &[
    "tram",
    "port",
    "marché",
    "quartier",
    "pluie",
    "école",
    "nuit",
    "matin",
    "route",
    "pont",
    "bateau",
    "jardin",
    "place",
    "ligne",
    "maison",
    "ville",
    "retard",
    "travaux",
    "billet",
    "voisin",
    "lumière",
    "colline",
    "plage",
    "hiver",
    "printemps",
    "musée",
    "livre",
    "cinéma",
    "stade",
    "hôpital",
    "rue",
    "arbre",
    "fontaine",
    "horloge",
    "café",
    "journal",
    "question",
    "réponse",
    "projet",
    "budget",
    "mairie",
    "service",
    "attente",
    "quai",
    "phare",
    "sable",
    "vent",
    "orage",
    "soleil",
    "neige",
];

/// A row of numbers that only its seed decides.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The row of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A row of its own, for somebody who draws beside others.
    pub fn own(&mut self) -> Self {
        Self(self.next())
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// Milliseconds from here to there, both included.
    pub fn ms(&mut self, from: u64, to: u64) -> std::time::Duration {
        std::time::Duration::from_millis(from + self.next() % (to - from + 1))
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// So many words.
    pub fn words(&mut self, many: usize) -> String {
        let words: Vec<&str> = (0..many).filter_map(|_| self.one_of(WORDS).copied()).collect();
        words.join(" ")
    }
}
