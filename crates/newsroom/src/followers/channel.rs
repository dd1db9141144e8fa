//! Channels of others that hear of what is published: a channel of Telegram, or a program at an address of the web.

use crate::happening::What;
use crate::ids::{ChannelId, CommentId, SectionId, StoryId, StripId};
use crate::notices::{HookAddress, HookProblem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Channels of one paper, at most.
pub const MOST_CHANNELS: usize = 50;
/// A channel to which nothing could be delivered for so many hours is switched off.
pub const OFF_AFTER_HOURS: i64 = 72;
/// Letters of its name, at most.
const MOST_NAME: usize = 60;

/// What kind of channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// A channel or a group of Telegram, by a bot of its own.
    Telegram,
    /// A program at an address of the web.
    Hook,
}

impl ChannelKind {
    /// The word under which it is stored, sent and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Hook => "hook",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Telegram, Self::Hook].into_iter().find(|kind| kind.key() == key)
    }

    /// What such a channel can be told.
    pub fn events(self) -> &'static [Event] {
        match self {
            // Followers of a channel read news: comments are nothing to them, and a strip that ended says nothing.
            Self::Telegram => {
                &[Event::Published, Event::Updated, Event::Corrected, Event::Withdrawn, Event::BreakingRaised]
            }
            Self::Hook => &Event::ALL,
        }
    }
}

/// Something of which a channel hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Event {
    /// A story went public.
    #[serde(rename = "story.published")]
    Published,
    /// There is something new in a public story.
    #[serde(rename = "story.updated")]
    Updated,
    /// A public story was corrected.
    #[serde(rename = "story.corrected")]
    Corrected,
    /// A public story was taken back.
    #[serde(rename = "story.withdrawn")]
    Withdrawn,
    /// Breaking news was put over every page.
    #[serde(rename = "breaking.raised")]
    BreakingRaised,
    /// It came to its end.
    #[serde(rename = "breaking.ended")]
    BreakingEnded,
    /// A comment went public.
    #[serde(rename = "comment.released")]
    CommentReleased,
    /// A public comment is public no more.
    #[serde(rename = "comment.removed")]
    CommentRemoved,
}

impl Event {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Published,
        Self::Updated,
        Self::Corrected,
        Self::Withdrawn,
        Self::BreakingRaised,
        Self::BreakingEnded,
        Self::CommentReleased,
        Self::CommentRemoved,
    ];

    /// The word under which it is stored and sent.
    pub fn key(self) -> &'static str {
        match self {
            Self::Published => "story.published",
            Self::Updated => "story.updated",
            Self::Corrected => "story.corrected",
            Self::Withdrawn => "story.withdrawn",
            Self::BreakingRaised => "breaking.raised",
            Self::BreakingEnded => "breaking.ended",
            Self::CommentReleased => "comment.released",
            Self::CommentRemoved => "comment.removed",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.key() == key)
    }

    /// What a happening is to followers, and what it is about; nothing where it is none of their business. A comment that its
    /// author takes back, or whose words are erased, may have been public or not: only what was is told, and that is asked where
    /// it is told.
    pub fn of(what: &What) -> Option<(Self, About)> {
        let story = |event, story| Some((event, About { story: Some(story), ..About::default() }));
        let strip = |event, strip| Some((event, About { strip: Some(strip), ..About::default() }));
        let comment = |event, story, comment| {
            Some((event, About { story: Some(story), comment: Some(comment), ..About::default() }))
        };
        match *what {
            What::StoryPublished { story: id } => story(Self::Published, id),
            What::StoryUpdated { story: id } => story(Self::Updated, id),
            What::StoryCorrected { story: id } => story(Self::Corrected, id),
            What::StoryWithdrawn { story: id } => story(Self::Withdrawn, id),
            What::StripRaised { strip: id, .. } => strip(Self::BreakingRaised, id),
            What::StripEnded { strip: id } => strip(Self::BreakingEnded, id),
            What::CommentReleased { story, comment: id, .. } => comment(Self::CommentReleased, story, id),
            What::CommentTakenDown { story, comment: id, .. }
            | What::CommentWithdrawn { story, comment: id }
            | What::CommentErased { story, comment: id } => comment(Self::CommentRemoved, story, id),
            _ => None,
        }
    }

    /// It is about a story and what readers have of it.
    pub fn is_of_story(self) -> bool {
        matches!(self, Self::Published | Self::Updated | Self::Corrected | Self::Withdrawn)
    }
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// A story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<StoryId>,
    /// A comment under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<CommentId>,
    /// A strip of breaking news.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strip: Option<StripId>,
}

/// What a channel is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChannelWish {
    /// Of what.
    pub events: BTreeSet<Event>,
    /// Of these sections alone; empty: of the whole paper. Breaking news is everybody's.
    pub sections: Vec<SectionId>,
}

impl ChannelWish {
    /// Whether an event about something in this section is told.
    pub fn wants(&self, event: Event, section: Option<SectionId>) -> bool {
        let everywhere = self.sections.is_empty() || matches!(event, Event::BreakingRaised | Event::BreakingEnded);
        self.events.contains(&event) && (everywhere || section.is_some_and(|one| self.sections.contains(&one)))
    }
}

/// A channel. Its secret stands beside it in the store and is told to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Which.
    pub id: ChannelId,
    /// What kind.
    pub kind: ChannelKind,
    /// As the desk calls it.
    pub name: String,
    /// A chat of Telegram, or an address of the web.
    pub address: String,
    /// What it is told.
    pub wish: ChannelWish,
}

/// What is wrong with a channel as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelProblem {
    /// It has no name, or a longer one than a line holds.
    Name,
    /// Its address is none.
    Address(HookProblem),
    /// Neither the public name of a channel after `@` nor its number.
    Chat,
    /// No token of a bot.
    Token,
    /// Nothing is ticked.
    Nothing,
    /// There are [`MOST_CHANNELS`] already.
    Many,
}

impl ChannelProblem {
    /// The field in which it is.
    pub fn field(self) -> &'static str {
        match self {
            Self::Name | Self::Many => "name",
            Self::Address(_) | Self::Chat => "address",
            Self::Token => "token",
            Self::Nothing => "events",
        }
    }

    /// The end of its key in the locales.
    pub fn key(self) -> String {
        match self {
            Self::Name => "name".to_owned(),
            Self::Address(problem) => format!("address.{}", problem.key()),
            Self::Chat => "chat".to_owned(),
            Self::Token => "token".to_owned(),
            Self::Nothing => "nothing".to_owned(),
            Self::Many => "many".to_owned(),
        }
    }
}

/// The name and the address of a channel, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelName {
    /// As the desk calls it.
    pub name: String,
    /// A chat of Telegram, or an address of the web.
    pub address: String,
}

impl ChannelName {
    /// Reads what was typed; `inner` are hosts inside the house that may be told.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(kind: ChannelKind, name: &str, address: &str, inner: &[String]) -> Result<Self, ChannelProblem> {
        let name = arabic::clean::line(name);
        if name.is_empty() || name.chars().count() > MOST_NAME {
            return Err(ChannelProblem::Name);
        }
        let address = match kind {
            ChannelKind::Hook => HookAddress::new(address, inner).map_err(ChannelProblem::Address)?.as_str().to_owned(),
            ChannelKind::Telegram => chat(address).ok_or(ChannelProblem::Chat)?,
        };
        Ok(Self { name, address })
    }
}

/// A channel or a group of Telegram: its public name after `@`, or its number, which has a minus before it. A person's own chat is
/// none: its owner did not ask for it.
fn chat(typed: &str) -> Option<String> {
    let typed = arabic::digits::to_western(typed.trim());
    if let Some(name) = typed.strip_prefix('@') {
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        return ((4..=32).contains(&name.len()) && plain).then_some(typed);
    }
    typed.parse::<i64>().ok().filter(|number| *number < 0).map(|number| number.to_string())
}

/// The token of a bot (`123456:letters`). It is shown by nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct BotToken(String);

impl std::fmt::Debug for BotToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BotToken(…)")
    }
}

impl BotToken {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (number, letters) = typed.split_once(':')?;
        let is_number = (1..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        let plain = letters.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (is_number && plain && (20..=80).contains(&letters.len())).then(|| Self(typed.to_owned()))
    }

    /// As Telegram takes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
