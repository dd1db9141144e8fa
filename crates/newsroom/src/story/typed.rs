//! A story as somebody types it: lines and boxes, before they are a [`StoryText`].

use super::{StoryKind, StoryLanguage, StoryText};
use crate::body::{Body, Picture};
use crate::byline::Byline;
use crate::ids::{SectionId, StoryId};
use crate::section::Tag;
use serde::{Deserialize, Serialize};

/// The most grapheme clusters of each line. Printed headlines have some 60 to 90, push messages are cut near 60.
const MOST_HEADLINE: usize = 300;
const MOST_KICKER: usize = 150;
const MOST_STANDFIRST: usize = 1_000;
const MOST_DATELINE: usize = 100;
const MOST_ALT: usize = 1_000;
/// The most names above a story, and the most tags below it.
const MOST_NAMES: usize = 30;

/// What was typed, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // named as in [`StoryText`]
pub struct TypedStory {
    /// The word of a kind.
    pub kind: String,
    /// The short id of the story that it answers, or what else names one; or nothing.
    pub answers: String,
    /// Anything: it is a translation of that one.
    pub translates: String,
    pub kicker: String,
    pub headline: String,
    pub front_headline: String,
    pub push_headline: String,
    pub standfirst: String,
    pub dateline: String,
    /// One `name | for whom` a line.
    pub bylines: String,
    /// The short id of a section, or nothing.
    pub section: String,
    /// Names between commas, Arabic or Latin.
    pub tags: String,
    /// A language's tag.
    pub language: String,
    /// The word of a comment policy.
    pub comments: String,
    /// The file of the picture at its head, or nothing.
    pub lead: String,
    pub lead_alt: String,
    pub lead_caption: String,
    pub lead_credit: String,
}

/// A field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The line above the headline.
    Kicker,
    /// The headline.
    Headline,
    /// The one of lists.
    FrontHeadline,
    /// The one of telephones.
    PushHeadline,
    /// The lines below the headline.
    Standfirst,
    /// The place.
    Dateline,
    /// The names.
    Bylines,
    /// The tags.
    Tags,
    /// What is said of the picture at its head.
    Lead,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedProblem {
    /// More grapheme clusters, or names, than a field takes.
    TooLong(Field, usize),
}

impl Field {
    /// The end of its key in the locales (`writing.kicker` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::FrontHeadline => "front-headline",
            Self::PushHeadline => "push-headline",
            Self::Standfirst => "standfirst",
            Self::Dateline => "dateline",
            Self::Bylines => "bylines",
            Self::Tags => "tags",
            Self::Lead => "lead",
        }
    }
}

impl TypedStory {
    /// What was typed, of what a story says now.
    pub fn of(text: &StoryText) -> Self {
        let byline = |by: &Byline| match &by.outlet {
            Some(outlet) => format!("{} | {outlet}", by.name),
            None => by.name.clone(),
        };
        let lead = text.lead.clone();
        let of_lead = |what: fn(Picture) -> Option<String>| lead.clone().and_then(what).unwrap_or_default();
        Self {
            kind: text.kind.key().to_owned(),
            answers: text.answers.map(StoryId::short).unwrap_or_default(),
            translates: if text.translates { "yes".to_owned() } else { String::new() },
            kicker: text.kicker.clone(),
            headline: text.headline.clone(),
            front_headline: text.front_headline.clone(),
            push_headline: text.push_headline.clone(),
            standfirst: text.standfirst.clone(),
            dateline: text.dateline.clone(),
            bylines: text.bylines.iter().map(byline).collect::<Vec<_>>().join("\n"),
            section: text.section.map(SectionId::short).unwrap_or_default(),
            tags: text.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join("، "),
            language: text.language.tag().to_owned(),
            comments: String::new(),
            lead: of_lead(|lead| Some(lead.file)),
            lead_alt: of_lead(|lead| Some(lead.alt)),
            lead_caption: of_lead(|lead| lead.caption),
            lead_credit: of_lead(|lead| lead.credit),
        }
    }

    /// The story that was typed, with this body; `was`: what it said before, for what no form holds. Marks of direction that
    /// nobody sees are taken out of the lines. The story that it answers is known by its short id alone here: who else knows
    /// stories finds those that are named otherwise.
    ///
    /// # Errors
    /// Every field that is too long.
    pub fn read(&self, body: Body, was: &StoryText) -> Result<StoryText, Vec<TypedProblem>> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(StoryText {
            kind: StoryKind::from_key(&self.kind).unwrap_or(was.kind),
            answers: StoryId::from_short(self.answers.trim()),
            translates: !self.translates.is_empty(),
            kicker: arabic::clean::line(&self.kicker),
            headline: arabic::clean::line(&self.headline),
            front_headline: arabic::clean::line(&self.front_headline),
            push_headline: arabic::clean::line(&self.push_headline),
            standfirst: arabic::clean::line(&self.standfirst),
            body,
            lead: self.lead(was),
            bylines: self.bylines.lines().filter_map(byline).collect(),
            dateline: arabic::clean::line(&self.dateline),
            section: SectionId::from_short(&self.section),
            tags: tags(&self.tags),
            language: StoryLanguage::from_tag(&self.language).unwrap_or(was.language),
            corrections: was.corrections.clone(),
        })
    }

    fn problems(&self) -> Vec<TypedProblem> {
        let lines = [
            (&self.kicker, Field::Kicker, MOST_KICKER),
            (&self.headline, Field::Headline, MOST_HEADLINE),
            (&self.front_headline, Field::FrontHeadline, MOST_HEADLINE),
            (&self.push_headline, Field::PushHeadline, MOST_HEADLINE),
            (&self.standfirst, Field::Standfirst, MOST_STANDFIRST),
            (&self.dateline, Field::Dateline, MOST_DATELINE),
            (&self.lead_alt, Field::Lead, MOST_ALT),
            (&self.lead_caption, Field::Lead, MOST_STANDFIRST),
            (&self.lead_credit, Field::Lead, MOST_KICKER),
        ];
        let lines = lines.into_iter().filter(|(text, _, most)| arabic::runs::clusters(text) > *most);
        let names = [(self.bylines.lines().count(), Field::Bylines), (parts(&self.tags).count(), Field::Tags)];
        let names = names.into_iter().filter(|(number, _)| *number > MOST_NAMES);
        let long = lines.map(|(_, field, most)| TypedProblem::TooLong(field, most));
        long.chain(names.map(|(_, field)| TypedProblem::TooLong(field, MOST_NAMES))).collect()
    }

    /// The picture at its head; what is known of the same file stays.
    fn lead(&self, was: &StoryText) -> Option<Picture> {
        let file = self.lead.trim();
        let said = |text: &str| Some(arabic::clean::line(text)).filter(|text| !text.is_empty());
        let size = was.lead.as_ref().filter(|lead| lead.file == file).map_or((0, 0), |lead| lead.size);
        (!file.is_empty()).then(|| Picture {
            file: file.to_owned(),
            alt: arabic::clean::line(&self.lead_alt),
            caption: said(&self.lead_caption),
            credit: said(&self.lead_credit),
            size,
            ..Default::default()
        })
    }
}

fn byline(line: &str) -> Option<Byline> {
    let (name, outlet) = line.split_once('|').map_or((line, None), |(name, outlet)| (name, Some(outlet)));
    Byline::new(name, outlet)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '،', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// Tags, each address once.
fn tags(text: &str) -> Vec<Tag> {
    let mut out: Vec<Tag> = Vec::new();
    for name in parts(text).map(arabic::clean::line) {
        if let Some(slug) = arabic::slug::slug(&name, 60)
            && out.iter().all(|tag| tag.slug != slug)
        {
            out.push(Tag { slug, name });
        }
    }
    out
}
