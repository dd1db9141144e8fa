//! News with the bare names of other groups put in: whether a name alone weighs.

use super::evaluate::Share;
use super::labelled::{Labelled, weighs};
use moderation::learned::{self, Heads};
use moderation::{Category, Head, Models, Rulebook};
use serde::Serialize;

/// Sentences of news that name armed groups.
const NEWS: &str = "ant_report";

/// How sentences fared into which other names were put.
#[derive(Debug, Default, Serialize)]
pub struct Swapped {
    /// Names put in, one after the other.
    pub names: usize,
    /// Sentences that name a group.
    pub sentences: usize,
    /// The head of support found them worth a look.
    pub looked: Share,
    /// The engine found support or a call that weighs.
    pub found: Share,
    /// The engine would refuse them.
    pub refused: Share,
}

/// Puts every name by which the rulebook's groups call themselves into every such sentence.
pub fn swapped(texts: &[Labelled], rulebook: &Rulebook, models: &Models) -> Swapped {
    let names: Vec<&str> = rulebook.stance.official().collect();
    let mut counted = Swapped { names: names.len(), ..Swapped::default() };
    for text in texts.iter().filter(|text| text.source == NEWS) {
        let mut names_something = false;
        for name in &names {
            let Some(text) = learned::renamed(&text.text, name, &rulebook.stance) else { continue };
            names_something = true;
            counted.count(&text, rulebook, models);
        }
        counted.sentences += usize::from(names_something);
    }
    counted
}

impl Swapped {
    fn count(&mut self, text: &str, rulebook: &Rulebook, models: &Models) {
        let verdict = Labelled { text: text.to_owned(), ..Labelled::default() }.judged(rulebook, models);
        let look = models.heads.as_ref().map_or(1.0, |heads: &Heads| heads.numbers(Head::Support).look);
        self.looked.count(verdict.scores.support.probability() >= look);
        self.found.count(weighs(&verdict, &[Category::Support, Category::Call], 1));
        self.refused.count(verdict.advice == moderation::Advice::Refuse);
    }
}
