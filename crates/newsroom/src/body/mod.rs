//! The document: typed blocks, never raw HTML. Pages render it, importers and editors make it.

mod checked;
mod direction;
mod inline;
mod table;
mod text_form;

#[cfg(test)]
mod tests;

pub use checked::{Amended, MOST_BLOCKS};
pub use direction::direction_of;
pub use inline::{Span, plain, spans, spans_as_text};
pub use text_form::{Problem, ProblemKind, read_text_form, write_text_form};

use serde::{Deserialize, Serialize};

/// The body of a story: blocks in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Body(pub Vec<Block>);

/// One block. The word in `block` is its kind in the stored form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "block")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: Vec<Span>,
    },
    /// A heading inside the story.
    Heading {
        /// 2 or 3: the headline is 1.
        level: u8,
        /// Its words.
        text: Vec<Span>,
    },
    /// A list.
    List {
        /// Numbered or not.
        ordered: bool,
        /// One entry a line.
        entries: Vec<Vec<Span>>,
    },
    /// Somebody's words.
    Quote {
        /// The words.
        text: Vec<Span>,
        /// Whose they are.
        source: Option<String>,
    },
    /// A picture between paragraphs.
    Picture(Picture),
    /// A link as a card: nothing of the other site is loaded.
    LinkCard {
        /// Where it leads: `https:` or `http:`.
        address: String,
        /// What it is called.
        title: String,
        /// What it is, when said.
        description: Option<String>,
    },
    /// A note by the newspaper.
    Note {
        /// Its words.
        text: Vec<Span>,
    },
    /// Pictures that belong together.
    Gallery {
        /// In the order in which they are looked at.
        pictures: Vec<Picture>,
    },
    /// A table.
    Table {
        /// The first row says what stands below it.
        header: bool,
        /// Rows of as many cells each.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// What was wrong in the story and is now right, in its place.
    Correction {
        /// Its words.
        text: Vec<Span>,
    },
    /// A rule between parts.
    Separator,
}

/// A picture with what must be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Picture {
    /// The file's name in the picture store (`tram.png`), or what an old paper called a picture that is still to be supplied.
    pub file: String,
    /// What is to be seen, for those who cannot see it. Empty: still missing.
    #[serde(default)]
    pub alt: String,
    /// The line below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<String>,
    /// Width and height in pixels; (0, 0) while the file is still to be supplied.
    #[serde(default)]
    pub size: (u32, u32),
    /// What stands in its place while it comes: the same in a few pixels, as a `data:` address. Filled in where it is read for
    /// readers, and kept with no text.
    #[serde(skip)]
    pub under: String,
    /// The widths of it that there are. Filled in where it is read for readers, and kept with no text.
    #[serde(skip)]
    pub made: Made,
    /// What must be seen of it when it is cut, in hundredths from its upper left corner. Filled in as its widths are.
    #[serde(skip)]
    pub focus: Option<(u8, u8)>,
}

/// The widths in which a picture can be had beside its own, in pixels, the narrowest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// As JPEG.
    pub jpeg: Vec<u32>,
    /// As AVIF.
    pub avif: Vec<u32>,
}

impl Picture {
    /// The file is there to be shown.
    pub fn is_supplied(&self) -> bool {
        self.size.0 > 0 && self.size.1 > 0
    }
}

impl Body {
    /// The body's words without any form, blocks on lines of their own: for search, for the engine, for feeds.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        for block in &self.0 {
            let line = match block {
                Block::Paragraph { text }
                | Block::Heading { text, .. }
                | Block::Quote { text, .. }
                | Block::Note { text }
                | Block::Correction { text } => plain(text),
                Block::List { entries, .. } => lines(entries.iter().map(|entry| plain(entry))),
                Block::Picture(picture) => picture.caption.clone().unwrap_or_default(),
                Block::Gallery { pictures } => lines(pictures.iter().filter_map(|picture| picture.caption.clone())),
                Block::Table { rows, .. } => lines(rows.iter().map(|row| row_words(row))),
                Block::LinkCard { title, .. } => title.clone(),
                Block::Separator => continue,
            };
            if !line.is_empty() {
                out.push_str(&line);
                out.push('\n');
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The words of each block, in one line each.
    pub fn lines_of_blocks(&self) -> Vec<String> {
        self.0.iter().map(|block| arabic::clean::line(&Self(vec![block.clone()]).plain_text())).collect()
    }

    /// Pictures in reading order.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.0.iter().flat_map(|block| match block {
            Block::Picture(picture) => std::slice::from_ref(picture),
            Block::Gallery { pictures } => pictures,
            _ => &[],
        })
    }

    /// The same, to be changed.
    pub fn pictures_mut(&mut self) -> impl Iterator<Item = &mut Picture> {
        self.0.iter_mut().flat_map(|block| match block {
            Block::Picture(picture) => std::slice::from_mut(picture),
            Block::Gallery { pictures } => pictures,
            _ => &mut [],
        })
    }
}

fn lines(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("\n")
}

/// The words of a row of a table, cells apart.
fn row_words(row: &[Vec<Span>]) -> String {
    row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | ")
}
