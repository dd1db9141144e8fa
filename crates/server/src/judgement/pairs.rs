//! Mirrored pairs: one text to be caught and its twin to be let pass. Right only where both are.

use super::around::Around;
use super::labelled::weighs;
use super::lines::each_line;
use anyhow::Result;
use moderation::{Advice, Category, Models, Rulebook};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
struct Pair {
    id: String,
    class: String,
    caught: Side,
    passed: Side,
    #[serde(flatten)]
    around: Around,
}

#[derive(Debug, Deserialize)]
struct Side {
    text: String,
    #[serde(default)]
    expect: Vec<Category>,
}

/// What the passed side must be free of.
const NOTHING_OF: [Category; 5] = [Category::Abuse, Category::Support, Category::Call, Category::Spam, Category::Paste];

/// How a class of pairs did.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct Class {
    /// Pairs.
    pub pairs: u64,
    /// Pairs of which both sides are right.
    pub both: u64,
    /// Texts to be caught that were.
    pub caught: u64,
    /// Texts to be let pass that were.
    pub passed: u64,
    /// Ids of pairs with a wrong side: `-` the caught one, `+` the passed one.
    pub wrong: Vec<String>,
    /// Texts to be let pass that the engine would have refused.
    pub refused: u64,
}

/// Tries every pair of a file, and counts it to its class.
pub fn try_pairs(
    file: &str,
    rulebook: &Rulebook,
    models: &Models,
    classes: &mut BTreeMap<String, Class>,
) -> Result<()> {
    each_line(file, |line| {
        let pair: Pair = serde_json::from_str(line)?;
        let judged = |side: &Side| pair.around.judged(&side.text, "", rulebook, models);
        let (caught, passed) = (judged(&pair.caught), judged(&pair.passed));
        let found = weighs(&caught, &pair.caught.expect, 1);
        let clean = !weighs(&passed, &NOTHING_OF, 1) && passed.advice != Advice::Refuse;
        let class = classes.entry(pair.class).or_default();
        class.pairs += 1;
        class.both += u64::from(found && clean);
        class.caught += u64::from(found);
        class.passed += u64::from(clean);
        class.refused += u64::from(passed.advice == Advice::Refuse);
        class.wrong.extend((!found).then(|| format!("-{}", pair.id)));
        class.wrong.extend((!clean).then(|| format!("+{}", pair.id)));
        Ok(())
    })
}
