//! What goes out in the paper's feeds, as its editors chose.

use serde::{Deserialize, Serialize};

/// The longest time that a released comment may wait before feeds have it, in minutes: a day.
pub const MOST_DELAY: u16 = 24 * 60;

/// What feeds tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feeds {
    /// The whole body of a story stands in its entry, and not its standfirst alone.
    pub full_text: bool,
    /// Released comments have feeds.
    pub comments: bool,
    /// Minutes from a release until feeds have the comment: so long it can be taken back before it goes where nobody takes
    /// anything back. At most [`MOST_DELAY`].
    pub delay: u16,
}

impl Default for Feeds {
    fn default() -> Self {
        Self { full_text: false, comments: true, delay: 10 }
    }
}

impl Feeds {
    /// The delay as it was typed, in any digits.
    pub fn read_delay(typed: &str) -> Option<u16> {
        let minutes: u16 = arabic::digits::to_western(typed.trim()).parse().ok()?;
        (minutes <= MOST_DELAY).then_some(minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_read_in_any_digits_and_no_longer_than_a_day() {
        assert_eq!(Feeds::read_delay(" ١٥ "), Some(15));
        assert_eq!(Feeds::read_delay("1440"), Some(MOST_DELAY));
        for typed in ["", "1441", "-1", "ten", "99999"] {
            assert_eq!(Feeds::read_delay(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_an_older_program_kept_lacks_nothing() {
        let read: Feeds = serde_json::from_str("{\"full_text\":true}").expect("feeds");
        assert_eq!(read, Feeds { full_text: true, ..Feeds::default() });
    }
}
