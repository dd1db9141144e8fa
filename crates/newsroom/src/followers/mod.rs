//! Those who follow the paper without coming by: readers of its newsletter, telephones that it wakes, channels and programs of
//! others, hubs and search machines, people on servers of the Fediverse. All of it is off until somebody switches it on.

mod channel;
mod fediverse;
mod letter;
mod machines;
mod push;

#[cfg(test)]
mod tests;

pub use channel::{
    About, BotToken, Channel, ChannelKind, ChannelName, ChannelProblem, ChannelWish, Event, MOST_CHANNELS,
    OFF_AFTER_HOURS,
};
pub use fediverse::{
    DROPPED_AFTER, FarAddress, FediverseSettings, Followed, PAPER_HANDLE, host_and_above, host_typed, is_handle,
    next_delivery,
};
pub use letter::{
    BOUNCES, Digest, MOST_GREETING, MOST_PER_MINUTE, MOST_STORIES, NewsletterField, NewsletterSettings, Rhythm,
    TypedNewsletter, Wish, due_editions, is_about_the_address,
};
pub use machines::{INDEXNOW, IndexNowKey, MachineProblem, MachineSettings};
pub use push::{Endpoint, PushSettings, PushWish};

use serde::{Deserialize, Serialize};

/// A part of what is sent to followers, each with versions of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowersPart {
    /// The newsletter.
    Newsletter,
    /// Hubs and search machines.
    Machines,
    /// Messages to telephones and browsers.
    Push,
    /// The list of channels: its rows stand in a table of their own.
    Channels,
    /// Whether it can be followed from the Fediverse.
    Fediverse,
}

impl FollowersPart {
    /// The word under which it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Newsletter => "newsletter",
            Self::Machines => "machines",
            Self::Push => "push",
            Self::Channels => "channels",
            Self::Fediverse => "fediverse",
        }
    }
}
