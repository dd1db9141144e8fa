//! The first reading: what all stories refer to. Nothing is written before it came to the end, so that a broken file leaves
//! the paper as it was.

use super::address::{compared, small};
use super::left::Broken;
use super::model::{OldKind, OldPicture, OldSite, OldState, OldTerm, OldWriter, TermKind};
use super::{Item, Kept, OldStory};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What all stories refer to.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) site: OldSite,
    pub(crate) writers: HashMap<String, OldWriter>,
    pub(crate) terms: HashMap<(TermKind, String), OldTerm>,
    pub(crate) pictures: HashMap<String, OldPicture>,
    numbers: HashMap<u64, String>,
    /// How many public stories stand first in each category.
    pub(crate) sections: BTreeMap<String, u64>,
    /// Stories and pages, by the small numbers of their keys and addresses.
    pieces: HashSet<u64>,
    /// Every address that readers had.
    addresses: HashSet<u64>,
    /// Comments stand behind other things than their stories.
    pub(crate) has_loose: bool,
    pub(crate) stories: u64,
    pub(crate) comments: u64,
}

impl Survey {
    /// Reads everything once.
    pub(crate) fn of(kept: &dyn Kept, told: &mut dyn FnMut(u64, u64)) -> Result<Self, Broken> {
        let mut survey = Self::default();
        let (mut last, mut items) = (String::new(), 0_u64);
        for placed in kept.items() {
            match placed?.item {
                Item::Site(site) => survey.take_site(site),
                Item::Writer(writer) => {
                    survey.writers.entry(writer.key.clone()).or_insert(writer);
                }
                Item::Term(term) => survey.take_term(term),
                Item::Picture(picture) => survey.take_picture(picture),
                Item::Story(story) => {
                    survey.take_story(&story);
                    last = story.key;
                }
                Item::Comment(comment) => {
                    survey.comments += 1;
                    survey.has_loose |= comment.story != last;
                }
                Item::Left(_) => {}
            }
            items += 1;
            if items.is_multiple_of(256) {
                let (read, all) = kept.progress();
                told(read, all);
            }
        }
        Ok(survey)
    }

    fn take_site(&mut self, site: OldSite) {
        if self.site.title.is_empty() {
            self.site = site;
        }
    }

    /// Of two that say of a term the one that says more counts: items name terms without saying what is above them.
    fn take_term(&mut self, term: OldTerm) {
        let known = self.terms.entry((term.kind, term.slug.clone())).or_insert_with(|| term.clone());
        let says_more = |one: &OldTerm| (!one.parent.is_empty(), one.number.is_some());
        if says_more(&term) > says_more(known) {
            *known = term;
        }
    }

    fn take_picture(&mut self, picture: OldPicture) {
        if let Some(number) = picture.number {
            self.numbers.insert(number, picture.key.clone());
        }
        self.addresses.extend(compared(&picture.page).map(|path| small(&path)));
        self.pictures.entry(picture.key.clone()).or_insert(picture);
    }

    fn take_story(&mut self, story: &OldStory) {
        self.stories += 1;
        self.pieces.insert(small(&story.key));
        for address in addresses(story) {
            self.pieces.insert(small(&address));
            self.addresses.insert(small(&address));
        }
        if story.kind == OldKind::Story && story.state != OldState::Trash {
            if let Some(first) = first_category(story) {
                *self.sections.entry(first.to_owned()).or_default() += 1;
            }
        }
    }

    /// A story or page of this key or address is there.
    pub(crate) fn has_piece(&self, key: &str) -> bool {
        self.pieces.contains(&small(key)) || compared(key).is_some_and(|path| self.pieces.contains(&small(&path)))
    }

    /// Something stood at this path, as far as the old paper tells.
    pub(crate) fn had_address(&self, path: &str) -> bool {
        let Some(path) = compared(path) else { return true };
        let is_list = |first: &str| ["category", "tag", "author", "wp-content", "page", "feed"].contains(&first);
        self.addresses.contains(&small(&path))
            || path.trim_start_matches('/').split('/').any(is_list)
            || path.trim_matches('/').split('/').all(|part| part.parse::<u32>().is_ok())
    }

    /// A file by its number in the old paper.
    pub(crate) fn numbered(&self, number: u64) -> Option<&OldPicture> {
        self.numbers.get(&number).and_then(|key| self.pictures.get(key))
    }

    /// The name of a term, where one is known.
    pub(crate) fn name_of(&self, kind: TermKind, slug: &str) -> String {
        self.terms.get(&(kind, slug.to_owned())).map_or_else(|| slug.to_owned(), |term| term.name.clone())
    }
}

/// The category under which a story stood first.
pub(crate) fn first_category(story: &OldStory) -> Option<&str> {
    story.primary.as_deref().or_else(|| story.categories.first().map(String::as_str))
}

/// Every address of a story, as it is compared.
pub(crate) fn addresses(story: &OldStory) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for address in std::iter::once(&story.address).chain(&story.other_addresses) {
        if let Some(path) = compared(address).filter(|path| !all.contains(path)) {
            all.push(path);
        }
    }
    all
}
