//! Where else the paper is. A link says what it is: its host is that service's.

use super::address::Https;
use serde::{Deserialize, Serialize};

/// A link to the paper at a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Social {
    /// Which service.
    pub service: Service,
    /// The address there.
    pub address: String,
}

/// A service that is known by its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Service {
    /// Another site of the paper's.
    Website,
    /// X, Twitter before.
    X,
    /// Facebook.
    Facebook,
    /// Instagram.
    Instagram,
    /// YouTube.
    Youtube,
    /// Telegram.
    Telegram,
    /// A channel at WhatsApp.
    Whatsapp,
    /// TikTok.
    Tiktok,
    /// Mastodon; every host can be one of its.
    Mastodon,
    /// Bluesky.
    Bluesky,
    /// A feed.
    Rss,
}

impl Service {
    /// Every service, in the order of the foot.
    pub const ALL: [Self; 11] = [
        Self::Website,
        Self::X,
        Self::Facebook,
        Self::Instagram,
        Self::Youtube,
        Self::Telegram,
        Self::Whatsapp,
        Self::Tiktok,
        Self::Mastodon,
        Self::Bluesky,
        Self::Rss,
    ];

    /// The word of forms and locales (`social.x` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::X => "x",
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Youtube => "youtube",
            Self::Telegram => "telegram",
            Self::Whatsapp => "whatsapp",
            Self::Tiktok => "tiktok",
            Self::Mastodon => "mastodon",
            Self::Bluesky => "bluesky",
            Self::Rss => "rss",
        }
    }

    /// Its hosts; none: any.
    pub fn hosts(self) -> &'static [&'static str] {
        match self {
            Self::X => &["x.com", "twitter.com"],
            Self::Facebook => &["facebook.com", "fb.com"],
            Self::Instagram => &["instagram.com"],
            Self::Youtube => &["youtube.com", "youtu.be"],
            Self::Telegram => &["t.me", "telegram.me"],
            Self::Whatsapp => &["whatsapp.com"],
            Self::Tiktok => &["tiktok.com"],
            Self::Bluesky => &["bsky.app"],
            Self::Website | Self::Mastodon | Self::Rss => &[],
        }
    }

    /// An address over a secure line that leads to this service.
    pub fn is_at(self, address: &str) -> bool {
        let Some(https) = Https::read(address) else { return false };
        let hosts = self.hosts();
        let below = match self {
            Self::Whatsapp => "/channel/",
            Self::Mastodon => "/@",
            _ => "",
        };
        (hosts.is_empty() || https.is_at(hosts)) && https.path.starts_with(below)
    }
}
