//! How heads do on texts that they have not seen: every part of the rows is judged by heads taught on the others.

use super::evaluate::Share;
use super::labelled::Labelled;
use super::templates;
use moderation::learned::train::Row;
use moderation::measure::Report;
use moderation::{Head, Score, Scores};
use serde::Serialize;

/// Of news that names groups, at most so many in a thousand may be taken for support.
const OF_NEWS: f64 = 0.005;
/// Of other texts that name groups.
const OF_OTHERS: f64 = 0.03;
/// Sentences of news that name armed groups.
const NEWS: &str = "ant_report";

/// What the crossing measured.
#[derive(Debug, Serialize)]
pub struct Crossed {
    /// Head by head, without the sentences of our own.
    pub heads: Report,
    /// What it costs to find support; nothing where no text supports a group.
    pub support: Option<Support>,
}

/// Support for a violent group, and what is taken for it.
#[derive(Debug, Serialize)]
pub struct Support {
    /// At the lowest threshold at which both limits hold.
    pub within: Cost,
    /// At the thresholds at which so many hundredths are found.
    pub at: Vec<Cost>,
}

/// What is found at a threshold, and what is wrongly flagged.
#[derive(Debug, Clone, Serialize)]
pub struct Cost {
    /// The threshold.
    pub threshold: f32,
    /// Support found.
    pub found: Share,
    /// News that names groups, flagged.
    pub news: Share,
    /// Other texts that name groups and are known not to support one, flagged.
    pub others: Share,
    /// Published comments, flagged.
    pub published: Share,
}

/// Measures what the heads said that had not seen the texts.
pub fn measured(texts: &[Labelled], said: &[[f32; Head::COUNT]]) -> Crossed {
    let real = || texts.iter().zip(said).filter(|(text, _)| !templates::is_own(text));
    let rows: Vec<(Row<'_>, Scores)> = real().map(|(text, said)| (text.row(), scores(said))).collect();
    let support = Sides::of(real().map(|(text, said)| (text, said[Head::Support as usize])));
    Crossed { heads: Report::of(&rows, |_| 0.5), support: support.measured() }
}

fn scores(said: &[f32; Head::COUNT]) -> Scores {
    let mut scores = Scores::default();
    Head::ALL.into_iter().for_each(|head| scores.set(head, Score::of(said[head as usize])));
    scores
}

/// What the head of support said of texts of each kind, the surest first.
#[derive(Default)]
struct Sides {
    found: Vec<f32>,
    news: Vec<f32>,
    others: Vec<f32>,
    published: Vec<f32>,
}

impl Sides {
    fn of<'a>(said: impl Iterator<Item = (&'a Labelled, f32)>) -> Self {
        let mut sides = Self::default();
        for (text, said) in said {
            let supports = text.says("extremism_support");
            if supports == Some(true) {
                sides.found.push(said);
            } else if text.source == NEWS {
                sides.news.push(said);
            } else if supports == Some(false) && text.ent && !text.source.starts_with("ant_") {
                sides.others.push(said);
            }
            if text.gold == "published" {
                sides.published.push(said);
            }
        }
        for side in [&mut sides.found, &mut sides.news, &mut sides.others, &mut sides.published] {
            side.sort_by(|one, other| other.total_cmp(one));
        }
        sides
    }

    fn measured(&self) -> Option<Support> {
        let within = self.found.iter().map(|at| self.cost(*at)).take_while(Cost::is_within).last();
        let of = |hundredths: usize| self.found.get((self.found.len() * hundredths).div_ceil(100).saturating_sub(1));
        let at = [80, 90, 92, 95].iter().filter_map(|part| of(*part)).map(|at| self.cost(*at)).collect();
        (!self.found.is_empty()).then(|| Support { within: within.unwrap_or_else(|| self.cost(f32::INFINITY)), at })
    }

    fn cost(&self, threshold: f32) -> Cost {
        let over = |side: &[f32]| Share::of(side.partition_point(|said| *said >= threshold), side.len());
        Cost {
            threshold,
            found: over(&self.found),
            news: over(&self.news),
            others: over(&self.others),
            published: over(&self.published),
        }
    }
}

impl Cost {
    fn is_within(&self) -> bool {
        self.news.value() <= OF_NEWS && self.others.value() <= OF_OTHERS
    }
}
