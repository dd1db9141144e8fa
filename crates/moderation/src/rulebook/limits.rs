//! The limits of a rulebook under the names that its document gives them.

use super::Rulebook;

/// The keys under `[limits]`, in the order in which an editor meets them.
pub const LIMITS: [&str; 10] = [
    "long-text",
    "long-paste",
    "links-allowed",
    "repeats-allowed",
    "per-minute",
    "per-hour",
    "flood-run",
    "story-paste-words",
    "scripture-percent",
    "off-topic-words",
];

impl Rulebook {
    /// What a limit is here; `None` where no limit has this name.
    pub fn limit(&self, name: &str) -> Option<u64> {
        Some(match name {
            "long-text" => self.long_text as u64,
            "long-paste" => self.long_paste as u64,
            "links-allowed" => self.links_allowed as u64,
            "repeats-allowed" => u64::from(self.repeats_allowed),
            "per-minute" => u64::from(self.per_minute),
            "per-hour" => u64::from(self.per_hour),
            "flood-run" => self.flood_run as u64,
            "story-paste-words" => self.story_paste_words as u64,
            "scripture-percent" => self.scripture_percent as u64,
            "off-topic-words" => self.off_topic_words as u64,
            _ => return None,
        })
    }
}
