//! What was removed from a body or changed in it.

use crate::report::shortened;
use serde::Serialize;
use std::collections::HashMap;

/// The most different things said of one body; more of them are counted under the last.
const MOST: usize = 200;
/// Bytes of which an excerpt is made.
const EXCERPT: usize = 400;

/// One thing that was removed or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// What.
    pub what: What,
    /// The beginning of it, at most 60 grapheme clusters.
    pub excerpt: String,
    /// How often the same stood there.
    pub times: u64,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $key:literal,)*) => {
        /// What can be removed or changed.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum What {
            $($(#[$doc])* $variant,)*
        }

        impl What {
            /// Everything there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The key of its sentence in the locales.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("markup.", $key),)*
                }
            }
        }
    };
}

kinds! {
    /// A script, removed.
    Script "script",
    /// A style sheet, removed.
    Style "style",
    /// An attribute that runs a script (`onclick`), removed.
    Handler "handler",
    /// A link that leads to no page (`javascript:`, `data:`, `mailto:`, a place in the same page); its words stay.
    Address "address",
    /// A frame, an applet or a plug-in, removed.
    Frame "frame",
    /// A frame of a known host became a card.
    FrameCard "frame-card",
    /// A sound or a film became a card: its file is not in the paper.
    Media "media",
    /// A form or a part of one, removed.
    Form "form",
    /// A drawing or a formula, removed.
    Drawing "drawing",
    /// A picture without an address that can be asked for, removed.
    Picture "picture",
    /// A picture led to another page; the picture stays.
    PictureLink "picture-link",
    /// A file of the old site that is not known.
    LostFile "lost-file",
    /// A gallery of everything attached to the story: the files are not named.
    Attached "attached",
    /// A shortcode that is not known: its marks went, the words in it stay.
    Shortcode "shortcode",
    /// The marks of a page builder went; the words in them stay.
    Builder "builder",
    /// A part that a page builder had written as a code, removed.
    BuilderCode "builder-code",
    /// A block that is not known: its words stay.
    Block "block",
    /// A block that the old site filled itself (newest posts, a search box), removed.
    Filled "filled",
    /// A block that stands elsewhere in the old site, removed.
    Reused "reused",
    /// The story had several pages; it has one now.
    Pages "pages",
    /// Words that were struck out stay as plain words.
    Struck "struck",
    /// Lists in lists became one list.
    Nested "nested",
    /// Signs that nobody sees and no text holds, removed.
    Controls "controls",
    /// A tag that no browser would have read was kept as words.
    Tag "tag",
    /// HTML more deeply nested than any page needs; the words stay.
    Deep "deep",
    /// More than a body may be long; the rest is not there.
    TooLong "too-long",
    /// More blocks than a story may have; the last ones were joined.
    Joined "joined",
}

/// Notes on the way, the same ones counted.
#[derive(Debug, Default)]
pub(super) struct Notes {
    all: Vec<Noted>,
    places: HashMap<(What, String), usize>,
}

impl Notes {
    /// Notes one thing.
    pub(super) fn note(&mut self, what: What, text: &str) {
        let excerpt = excerpt(text);
        if let Some(at) = self.places.get(&(what, excerpt.clone())) {
            self.all[*at].times += 1;
        } else if self.all.len() < MOST {
            self.places.insert((what, excerpt.clone()), self.all.len());
            self.all.push(Noted { what, excerpt, times: 1 });
        } else if let Some(last) = self.all.last_mut() {
            last.times += 1;
        }
    }

    pub(super) fn into_all(self) -> Vec<Noted> {
        self.all
    }
}

/// Adds one more to notes that are made.
pub(super) fn add(notes: &mut Vec<Noted>, what: What, text: &str) {
    notes.push(Noted { what, excerpt: excerpt(text), times: 1 });
}

fn excerpt(text: &str) -> String {
    let cut = &text[..text.floor_char_boundary(EXCERPT)];
    let line: String = cut.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shortened(line.trim())
}
