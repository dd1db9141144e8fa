//! The newsletter: who gets it how often, when it goes out, and what stands in it.

use crate::ids::{SectionId, StoryId};
use crate::profile::Language;
use arabic::digits::to_western;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

/// Letters in a row that a mail server refused for good, after which nothing more is sent to an address.
pub const BOUNCES: i64 = 3;
/// Letters of one minute, at most.
pub const MOST_PER_MINUTE: u32 = 6_000;
/// Stories of one letter, at most.
pub const MOST_STORIES: u8 = 40;
/// Letters of the greeting, at most.
pub const MOST_GREETING: usize = 300;
/// An edition whose hour was missed is still made for so long.
const LATE_FOR: SignedDuration = SignedDuration::from_hours(6);

/// How often somebody gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Every day.
    #[default]
    Daily,
    /// Once a week.
    Weekly,
}

impl Rhythm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Daily, Self::Weekly];

    /// The word under which it is stored, sent and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.key() == key)
    }

    /// So far back an edition looks at most: a paper that had switched it off begins with the last day or week.
    pub fn span(self) -> SignedDuration {
        match self {
            Self::Daily => SignedDuration::from_hours(24),
            Self::Weekly => SignedDuration::from_hours(7 * 24),
        }
    }
}

/// What a reader of the newsletter wants.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// How often.
    pub rhythm: Rhythm,
    /// Of these sections alone; empty: of the whole paper.
    pub sections: Vec<SectionId>,
    /// In which language its words are; stories are in their own.
    pub language: Language,
}

impl Wish {
    /// Whether a story of this section is wanted. What stands in no section is the whole paper's.
    pub fn wants(&self, section: Option<SectionId>) -> bool {
        self.sections.is_empty() || section.is_some_and(|section| self.sections.contains(&section))
    }
}

/// How the newsletter goes out. As it begins: not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewsletterSettings {
    /// Whether it goes out, and readers may ask for it.
    pub on: bool,
    /// The hour of the paper's clock, 0 to 23.
    pub hour: u8,
    /// The day of the weekly one, from 1, which is Monday, to 7.
    pub weekday: u8,
    /// A line before the stories; may be empty.
    pub greeting: String,
    /// How many stories, 1 to [`MOST_STORIES`].
    pub stories: u8,
    /// Letters of one minute, 1 to [`MOST_PER_MINUTE`].
    pub per_minute: u32,
}

impl Default for NewsletterSettings {
    fn default() -> Self {
        Self { on: false, hour: 7, weekday: 5, greeting: String::new(), stories: 12, per_minute: 120 }
    }
}

/// A field of the form that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewsletterField {
    /// No hour of a day.
    Hour,
    /// No day of a week.
    Weekday,
    /// Longer than [`MOST_GREETING`].
    Greeting,
    /// No number from 1 to [`MOST_STORIES`].
    Stories,
    /// No number from 1 to [`MOST_PER_MINUTE`].
    PerMinute,
}

impl NewsletterField {
    /// The field's name in the form, and the end of its key in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Weekday => "weekday",
            Self::Greeting => "greeting",
            Self::Stories => "stories",
            Self::PerMinute => "per-minute",
        }
    }
}

/// The settings as they were typed, in whatever digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)] // the fields of the settings, as text
pub struct TypedNewsletter {
    pub on: bool,
    pub hour: String,
    pub weekday: String,
    pub greeting: String,
    pub stories: String,
    pub per_minute: String,
}

impl TypedNewsletter {
    /// As they are kept.
    pub fn kept(settings: &NewsletterSettings) -> Self {
        Self {
            on: settings.on,
            hour: settings.hour.to_string(),
            weekday: settings.weekday.to_string(),
            greeting: settings.greeting.clone(),
            stories: settings.stories.to_string(),
            per_minute: settings.per_minute.to_string(),
        }
    }

    /// Checked.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub fn read(&self) -> Result<NewsletterSettings, Vec<NewsletterField>> {
        let number = |text: &str, least: u32, most: u32| {
            to_western(text.trim()).parse::<u32>().ok().filter(|number| (least..=most).contains(number))
        };
        let small = |text: &str, least, most| number(text, least, most).and_then(|number| u8::try_from(number).ok());
        let greeting = arabic::clean::line(&self.greeting);
        let fits = greeting.chars().count() <= MOST_GREETING;
        let (hour, weekday) = (small(&self.hour, 0, 23), small(&self.weekday, 1, 7));
        let stories = small(&self.stories, 1, MOST_STORIES.into());
        let per_minute = number(&self.per_minute, 1, MOST_PER_MINUTE);
        match (hour, weekday, stories, per_minute, fits) {
            (Some(hour), Some(weekday), Some(stories), Some(per_minute), true) => {
                Ok(NewsletterSettings { on: self.on, hour, weekday, greeting, stories, per_minute })
            }
            _ => {
                let wrong = [
                    (NewsletterField::Hour, hour.is_none()),
                    (NewsletterField::Weekday, weekday.is_none()),
                    (NewsletterField::Greeting, !fits),
                    (NewsletterField::Stories, stories.is_none()),
                    (NewsletterField::PerMinute, per_minute.is_none()),
                ];
                Err(wrong.into_iter().filter(|(_, is_wrong)| *is_wrong).map(|(field, _)| field).collect())
            }
        }
    }
}

/// The editions whose hour has come, each with its day: today's daily one, and the weekly one on its day. Which of them were made
/// already is not asked here.
pub fn due_editions(settings: &NewsletterSettings, now: &Zoned) -> Vec<(Rhythm, Date)> {
    let today = now.date();
    let hour = i8::try_from(settings.hour).unwrap_or(0);
    // An hour that the clock jumps over comes with the next one there is.
    let Ok(begins) = today.at(hour, 0, 0, 0).to_zoned(now.time_zone().clone()) else { return Vec::new() };
    let late = now.timestamp().duration_since(begins.timestamp());
    if !settings.on || late < SignedDuration::ZERO || late > LATE_FOR {
        return Vec::new();
    }
    let is_weekly = today.weekday().to_monday_one_offset() == i8::try_from(settings.weekday).unwrap_or(0);
    let weekly = is_weekly.then_some((Rhythm::Weekly, today));
    [(Rhythm::Daily, today)].into_iter().chain(weekly).collect()
}

/// What stands in a letter: one story at its head, the others under their sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// At the head.
    pub lead: StoryId,
    /// Sections in the order of the masthead, each with its stories, the newest first; those without one at the end.
    pub rest: Vec<(Option<SectionId>, Vec<StoryId>)>,
    /// How many more there are.
    pub more: usize,
}

impl Digest {
    /// Of public stories with their time and section, the newest first. `led` is the story at the head of the front page, which
    /// leads here as well where it is among them. None: there is nothing to tell.
    pub fn of(
        stories: &[(StoryId, Timestamp, Option<SectionId>)],
        sections: &[SectionId],
        (led, wish, most): (Option<StoryId>, &Wish, u8),
    ) -> Option<Self> {
        let mut wanted: Vec<_> = stories.iter().filter(|(_, _, section)| wish.wants(*section)).copied().collect();
        wanted.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)));
        let lead = wanted.iter().find(|(id, _, _)| Some(*id) == led).or(wanted.first())?.0;
        let others: Vec<_> = wanted.iter().filter(|(id, _, _)| *id != lead).collect();
        let room = usize::from(most).saturating_sub(1);
        let (told, more) =
            (others.get(..room.min(others.len())).unwrap_or_default(), others.len().saturating_sub(room));
        let known = |section: Option<SectionId>| section.filter(|section| sections.contains(section));
        let order = sections.iter().copied().map(Some).chain([None]);
        let of = |section| told.iter().filter(|(_, _, of)| known(*of) == section).map(|(id, _, _)| *id).collect();
        let rest = order.map(|section| (section, of(section)));
        let rest = rest.filter(|(_, stories): &(_, Vec<StoryId>)| !stories.is_empty()).collect();
        Some(Self { lead, rest, more })
    }
}

/// Whether a mail server's refusal for good says something about the address that a letter went to: 550, 551, 552, 553, 554, 556
/// and 521 (RFC 5321, 4.2.3; RFC 7504), but not an enhanced code of policy (`5.7.…`, RFC 3463, 3.8), which is about the sender.
pub fn is_about_the_address(code: u16, said: &str) -> bool {
    matches!(code, 521 | 550..=554 | 556) && !said.contains("5.7.")
}
