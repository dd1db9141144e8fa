//! Exports of WordPress (WXR 1.0, 1.1 and 1.2): XML of any size, read as it comes.
//!
//! [`xml`] gives elements by the address of their namespace, whatever prefix it has, and says where it is; [`channel`] takes
//! the site, its writers and its terms from them, [`item`] one piece with its comments, [`piece`] makes of that what an old
//! newspaper holds. Files of one export may come in any order: each says everything that it needs but the pictures, and those
//! are looked for in all of them.
//!
//! **Absent on purpose:** reading PHP's own serialised values (they can name classes); definitions of entities; anything
//! that a file would have fetched.

mod channel;
mod clean;
mod counted;
mod decoded;
mod item;
mod piece;
mod times;
mod xml;

#[cfg(test)]
mod tests;

use crate::old::{Broken, Items, Kept, OldFile, Place, Placed, WhyBroken};
use channel::Channel;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The format's word.
pub const FORMAT: &str = "wxr";

/// An export of WordPress: one file, or the several into which it was split.
#[derive(Debug)]
pub struct Wxr {
    files: Vec<OldFile>,
    /// Kinds of piece that are stories as well, by their word there (`review`).
    story_kinds: Vec<String>,
    read: Arc<AtomicU64>,
}

impl Wxr {
    /// An export in these files. `story_kinds` are the words of kinds of piece, beside `post`, that become stories.
    pub fn new(files: Vec<OldFile>, story_kinds: Vec<String>) -> Self {
        Self { files, story_kinds, read: Arc::default() }
    }

    fn channel(&self, file: &OldFile) -> Result<Channel<'_>, Broken> {
        let broken = |said: String| Broken {
            place: Place { file: Arc::clone(&file.name), line: 0, column: 0 },
            why: WhyBroken::Unread,
            said,
        };
        let bytes = file.open().map_err(|problem| broken(problem.to_string()))?;
        let text = decoded::as_utf8(bytes, Arc::clone(&self.read)).map_err(|problem| broken(problem.to_string()))?;
        Ok(Channel::new(xml::Xml::new(Arc::clone(&file.name), text), &self.story_kinds))
    }
}

impl Kept for Wxr {
    fn format(&self) -> &'static str {
        FORMAT
    }

    fn items(&self) -> Items<'_> {
        self.read.store(0, Ordering::Relaxed);
        Box::new(Reading { wxr: self, next: 0, open: None, over: false })
    }

    fn progress(&self) -> (u64, u64) {
        (self.read.load(Ordering::Relaxed), self.files.iter().map(|file| file.bytes).sum())
    }
}

/// One file after the other.
struct Reading<'w> {
    wxr: &'w Wxr,
    next: usize,
    open: Option<Channel<'w>>,
    over: bool,
}

impl Iterator for Reading<'_> {
    type Item = Result<Placed, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            if let Some(channel) = &mut self.open {
                match channel.next_item() {
                    Ok(Some(placed)) => return Some(Ok(placed)),
                    Ok(None) => self.open = None,
                    Err(broken) => {
                        self.over = true;
                        return Some(Err(broken));
                    }
                }
            }
            let file = self.wxr.files.get(self.next)?;
            self.next += 1;
            match self.wxr.channel(file) {
                Ok(channel) => self.open = Some(channel),
                Err(broken) => {
                    self.over = true;
                    return Some(Err(broken));
                }
            }
        }
        None
    }
}
