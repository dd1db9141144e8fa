//! What words may mean to the reading of a stance, and in which table of the rules each meaning's words stand.

use super::raw::NameKind;
use crate::matcher::Clitics;

/// What a phrase of the rules means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A group's name; `homonym` is the number of its guard, where the name is an ordinary word too.
    Name {
        group: u16,
        kind: NameKind,
        homonym: Option<u16>,
    },
    /// Protected people.
    People {
        people: u16,
        slur: bool,
    },
    /// A context that makes a homonym the group's name.
    Needs(u16),
    /// A context that makes a homonym an ordinary word.
    Unless(u16),
    Praise,
    Good,
    Hail,
    Prayer,
    Honour,
    Pledge,
    With,
    Call,
    CallOrPast,
    Must,
    Term,
    Triumph,
    Label,
    Formula,
    Curse,
    SoCalled,
    Against,
    Oppose,
    Other,
    Me,
    They,
    Said,
    Report,
    Source,
    Scripture,
    Ask,
    Not,
    NotNot,
    Flip,
    Condemn,
    Speech,
    Vocative,
    God,
    Attack,
    AttackOrPast,
    Deed,
    Target,
    Body,
    Threat,
    Predicate,
    Exclusion,
    ExclusionDeed,
    Hatred,
    Inferior,
    /// What people are denied to be.
    Worth,
    /// What is due to everybody.
    Due,
    Deserve,
    /// A wish or a plan of the visitor's own.
    Wish,
    All,
    One,
    Idea,
}

/// The key of verbs of which threats are made: «ذبح» gives «سأذبحك», «هذبحكم», «نذبحوك».
pub(crate) const THREAT_VERBS: &str = "threat_verbs";

/// Section and key of each table, its meaning, and what may be written on to its words.
pub(crate) const TABLES: [(&str, &str, Sign, Clitics); 52] = [
    ("cues", "praise", Sign::Praise, Clitics::Both),
    ("cues", "good", Sign::Good, Clitics::Before),
    ("cues", "hail", Sign::Hail, Clitics::Before),
    ("cues", "prayer", Sign::Prayer, Clitics::Both),
    ("cues", "honour", Sign::Honour, Clitics::Both),
    ("cues", "pledge", Sign::Pledge, Clitics::Both),
    ("cues", "with", Sign::With, Clitics::Both),
    ("cues", "call", Sign::Call, Clitics::Both),
    ("cues", "call_or_past", Sign::CallOrPast, Clitics::Both),
    ("cues", "must", Sign::Must, Clitics::Before),
    ("cues", "terms", Sign::Term, Clitics::Before),
    ("cues", "triumph", Sign::Triumph, Clitics::Before),
    ("cues", "labels", Sign::Label, Clitics::Before),
    ("cues", "formula", Sign::Formula, Clitics::Before),
    ("cues", "curse", Sign::Curse, Clitics::Both),
    ("cues", "so_called", Sign::SoCalled, Clitics::Before),
    ("cues", "against", Sign::Against, Clitics::Both),
    ("cues", "oppose", Sign::Oppose, Clitics::Both),
    ("cues", "others", Sign::Other, Clitics::Both),
    ("cues", "me", Sign::Me, Clitics::None),
    ("cues", "they", Sign::They, Clitics::None),
    ("frames", "said", Sign::Said, Clitics::Both),
    ("frames", "report", Sign::Report, Clitics::Both),
    ("frames", "source", Sign::Source, Clitics::Both),
    ("frames", "scripture", Sign::Scripture, Clitics::Before),
    ("frames", "ask", Sign::Ask, Clitics::None),
    ("frames", "not", Sign::Not, Clitics::None),
    ("frames", "not_not", Sign::NotNot, Clitics::Before),
    ("frames", "flip", Sign::Flip, Clitics::None),
    ("frames", "condemn", Sign::Condemn, Clitics::Both),
    ("frames", "speech", Sign::Speech, Clitics::Both),
    ("frames", "vocative", Sign::Vocative, Clitics::Before),
    ("frames", "god", Sign::God, Clitics::Before),
    ("violence", "call", Sign::Attack, Clitics::Both),
    ("violence", "call_or_past", Sign::AttackOrPast, Clitics::Before),
    ("violence", "deeds", Sign::Deed, Clitics::Both),
    ("violence", "targets", Sign::Target, Clitics::Both),
    ("violence", "body", Sign::Body, Clitics::Before),
    ("violence", "threat", Sign::Threat, Clitics::Both),
    ("violence", THREAT_VERBS, Sign::Threat, Clitics::Before),
    ("contempt", "predicates", Sign::Predicate, Clitics::Before),
    ("contempt", "exclusion", Sign::Exclusion, Clitics::Both),
    ("contempt", "deeds", Sign::ExclusionDeed, Clitics::Before),
    ("contempt", "hatred", Sign::Hatred, Clitics::Both),
    ("contempt", "inferior", Sign::Inferior, Clitics::Before),
    ("contempt", "worth", Sign::Worth, Clitics::Before),
    ("contempt", "due", Sign::Due, Clitics::Before),
    ("contempt", "deserve", Sign::Deserve, Clitics::Before),
    ("contempt", "wish", Sign::Wish, Clitics::Before),
    ("contempt", "all", Sign::All, Clitics::Before),
    ("contempt", "one", Sign::One, Clitics::Before),
    ("contempt", "ideas", Sign::Idea, Clitics::Before),
];

/// People and contempt for them.
pub(super) fn is_of_contempt(sign: Sign) -> bool {
    matches!(
        sign,
        Sign::People { .. }
            | Sign::Predicate
            | Sign::Exclusion
            | Sign::ExclusionDeed
            | Sign::Hatred
            | Sign::Inferior
            | Sign::Worth
            | Sign::Due
            | Sign::Deserve
            | Sign::Wish
            | Sign::Attack
    )
}

/// Said for or against somebody.
pub(super) fn is_cue(sign: Sign) -> bool {
    matches!(sign, Sign::Pledge | Sign::Praise | Sign::Call | Sign::CallOrPast | Sign::Hail)
}
