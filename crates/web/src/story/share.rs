//! Ways to pass a story on: plain links, nothing of the other sites is loaded.

use crate::layout::{Frame, address};
use newsroom::story::Published;

/// The links below a story.
#[derive(Debug)]
pub struct Share {
    /// The whole short address.
    pub short: String,
    /// The key of the place's name in the locales, and the link.
    pub places: [(&'static str, String); 4],
}

impl Share {
    /// The links of a story.
    pub fn new(frame: &Frame, story: &Published) -> Self {
        let short = address::short(frame.paper(), story.id);
        let (link, words) = (address::encoded(&short), address::encoded(&story.text.headline));
        let places = [
            ("story.whatsapp", format!("https://wa.me/?text={words}%0A{link}")),
            ("story.telegram", format!("https://t.me/share/url?url={link}&text={words}")),
            ("story.facebook", format!("https://www.facebook.com/sharer/sharer.php?u={link}")),
            ("story.x", format!("https://x.com/intent/post?url={link}&text={words}")),
        ];
        Self { short, places }
    }
}
