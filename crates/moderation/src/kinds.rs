//! The kinds that reasons speak of, each with the name under which the rulebook, the locales and stored verdicts know it.

use crate::verdict::Category;
use serde::{Deserialize, Serialize};

/// Lists of words in the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Insults.
    Insult,
    /// Contempt for people because of what they are.
    Hate,
    /// Threats.
    Threat,
    /// Obscene words.
    Obscene,
    /// Advertising.
    Spam,
    /// The house's own: shown to the moderator, weighs as the entry says.
    House,
}

/// Kinds of words for or against a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// Praise of it.
    Praise,
    /// A prayer for its victory.
    Prayer,
    /// An honorific on it or on its dead.
    Honour,
    /// A pledge to it, or «we are with it».
    Pledge,
    /// A call to join, pay, spread or act.
    Imperative,
    /// The media's or a hostile term for it denied or corrected.
    Denial,
    /// Joy at bloodshed.
    Triumph,
    /// Its victims or enemies named as less than people, or outside the faith.
    Dehumanising,
    /// A formula that makes it a state or an authority, again and again through a long text.
    Formula,
    /// A term for it that only its followers use.
    Adopted,
    /// A term of contempt.
    Contempt,
    /// A wish for exclusion, expulsion or death.
    Exclusion,
}

/// What stands around words and takes them out of the visitor's own mouth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frame {
    /// Said by somebody else: an agency, a spokesman.
    Attributed,
    /// In quotation marks.
    Quoted,
    /// Asked.
    Asked,
    /// Denied.
    Denied,
    /// Quoted and condemned.
    Condemned,
    /// Words against the same group stand beside it.
    Against,
    /// Nothing but the name.
    NameOnly,
}

/// Where a pasted text is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The story itself.
    Story,
    /// Another story of this paper.
    Archive,
    /// Another comment that is or was waiting or public.
    Comment,
    /// A comment that a person refused.
    Refused,
    /// A known article of somebody else.
    Article,
}

/// What shows that a text was taken from elsewhere or changed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// A formula put in again and again.
    InsertedFormula,
    /// Letters spliced into words, or split apart.
    SplicedLetters,
    /// Typography that no comment form makes.
    ForeignTypography,
    /// «اليوم» beside a date that is long past.
    StaleDate,
    /// Longer than the story it stands under.
    LongerThanStory,
    /// Subheads run into the text.
    FlatSubheads,
    /// An agency's or a writer's line inside it.
    Attribution,
    /// Words changed or left out here and there.
    Reworded,
    /// The order of its parts changed.
    Reordered,
}

impl List {
    /// Every one of them.
    pub const ALL: [Self; 6] = [Self::Insult, Self::Hate, Self::Threat, Self::Obscene, Self::Spam, Self::House];

    /// Its name, as it is stored and as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Insult => "insult",
            Self::Hate => "hate",
            Self::Threat => "threat",
            Self::Obscene => "obscene",
            Self::Spam => "spam",
            Self::House => "house",
        }
    }

    /// What kind of finding its entries make.
    pub fn category(self) -> Category {
        match self {
            Self::Insult | Self::Hate | Self::Threat | Self::Obscene => Category::Abuse,
            Self::Spam => Category::Spam,
            Self::House => Category::Form,
        }
    }
}

impl Cue {
    /// Every one of them.
    pub const ALL: [Self; 12] = [
        Self::Praise,
        Self::Prayer,
        Self::Honour,
        Self::Pledge,
        Self::Imperative,
        Self::Denial,
        Self::Triumph,
        Self::Dehumanising,
        Self::Formula,
        Self::Adopted,
        Self::Contempt,
        Self::Exclusion,
    ];

    /// Its name, as it is stored and as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Praise => "praise",
            Self::Prayer => "prayer",
            Self::Honour => "honour",
            Self::Pledge => "pledge",
            Self::Imperative => "imperative",
            Self::Denial => "denial",
            Self::Triumph => "triumph",
            Self::Dehumanising => "dehumanising",
            Self::Formula => "formula",
            Self::Adopted => "adopted",
            Self::Contempt => "contempt",
            Self::Exclusion => "exclusion",
        }
    }
}

impl Frame {
    /// Every one of them.
    pub const ALL: [Self; 7] =
        [Self::Attributed, Self::Quoted, Self::Asked, Self::Denied, Self::Condemned, Self::Against, Self::NameOnly];

    /// Its name, as it is stored and as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attributed => "attributed",
            Self::Quoted => "quoted",
            Self::Asked => "asked",
            Self::Denied => "denied",
            Self::Condemned => "condemned",
            Self::Against => "against",
            Self::NameOnly => "name-only",
        }
    }
}

impl Origin {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Story, Self::Archive, Self::Comment, Self::Refused, Self::Article];

    /// Its name, as it is stored and as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Archive => "archive",
            Self::Comment => "comment",
            Self::Refused => "refused",
            Self::Article => "article",
        }
    }
}

impl Evidence {
    /// Every one of them.
    pub const ALL: [Self; 9] = [
        Self::InsertedFormula,
        Self::SplicedLetters,
        Self::ForeignTypography,
        Self::StaleDate,
        Self::LongerThanStory,
        Self::FlatSubheads,
        Self::Attribution,
        Self::Reworded,
        Self::Reordered,
    ];

    /// Its name, as it is stored and as the locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::InsertedFormula => "inserted-formula",
            Self::SplicedLetters => "spliced-letters",
            Self::ForeignTypography => "foreign-typography",
            Self::StaleDate => "stale-date",
            Self::LongerThanStory => "longer-than-story",
            Self::FlatSubheads => "flat-subheads",
            Self::Attribution => "attribution",
            Self::Reworded => "reworded",
            Self::Reordered => "reordered",
        }
    }
}
