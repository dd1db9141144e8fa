//! The pictures of a story's text: which they are, and what becomes of the text when one goes or another takes its place.

use super::StoryText;
use crate::body::{Block, Made, Picture};

/// A picture that takes another one's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// With the words that go with it: who made it and what is to be seen are never the other one's.
    pub picture: Picture,
    /// The line below stays as each story has it.
    pub keeps_captions: bool,
}

impl StoryText {
    /// Every picture in reading order, the one at its head first.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        self.lead.iter().chain(self.body.pictures())
    }

    /// Every picture, to be changed.
    pub fn pictures_mut(&mut self) -> impl Iterator<Item = &mut Picture> {
        self.lead.iter_mut().chain(self.body.pictures_mut())
    }

    /// Leaves pictures out that are not to be shown; of a gallery what is left, and none of which nothing is.
    pub fn leave_out(&mut self, away: impl Fn(&str) -> bool) {
        self.lead.take_if(|picture| away(&picture.file));
        self.body.0.retain_mut(|block| match block {
            Block::Picture(picture) => !away(&picture.file),
            Block::Gallery { pictures } => {
                pictures.retain(|picture| !away(&picture.file));
                !pictures.is_empty()
            }
            _ => true,
        });
    }

    /// Puts under each picture what stands in its place while it comes.
    pub fn put_under(&mut self, under: impl Fn(&str) -> Option<String>) {
        for picture in self.pictures_mut() {
            picture.under = under(&picture.file).unwrap_or_default();
        }
    }

    /// Says with each picture which widths of it there are.
    pub fn note_made(&mut self, made: impl Fn(&str) -> Option<Made>) {
        for picture in self.pictures_mut() {
            picture.made = made(&picture.file).unwrap_or_default();
        }
    }

    /// Says with each picture what must be seen of it when it is cut.
    pub fn note_focus(&mut self, focus: impl Fn(&str) -> Option<(u8, u8)>) {
        for picture in self.pictures_mut() {
            picture.focus = focus(&picture.file);
        }
    }

    /// Puts a file, of this name and size, in every place of a picture that waits for it; whether one did.
    pub fn supply(&mut self, of: &str, (name, size): (&str, (u32, u32))) -> bool {
        let mut waited = false;
        for picture in self.pictures_mut().filter(|picture| picture.file == of && !picture.is_supplied()) {
            (picture.file, picture.size) = (name.to_owned(), size);
            waited = true;
        }
        waited
    }

    /// Puts a picture wherever another one stands; whether it stood anywhere.
    pub fn put_instead(&mut self, of: &str, instead: &Instead) -> bool {
        let mut stood = false;
        for picture in self.pictures_mut().filter(|picture| picture.file == of) {
            let mut new = instead.picture.clone();
            if instead.keeps_captions {
                new.caption = picture.caption.take();
            }
            *picture = new;
            stood = true;
        }
        stood
    }
}
