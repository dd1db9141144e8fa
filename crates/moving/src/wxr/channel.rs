//! A file from its beginning: the site, its writers and terms, then its items.

use super::clean::decoded;
use super::item::RawItem;
use super::times::Clock;
use super::xml::{Space, Tag, Token, Xml};
use crate::old::{Broken, Item, Left, OldSite, OldTerm, OldWriter, Place, Placed, TermKind, WhyBroken, WhyLeft};
use std::collections::{HashMap, HashSet, VecDeque};

/// The versions of the format that there are.
const VERSIONS: [&str; 3] = ["1.0", "1.1", "1.2"];

/// How far a file is read.
#[derive(Debug, PartialEq, Eq)]
enum Stage {
    Before,
    Within,
    Over,
}

/// What is known of the file so far, for its items.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) site: OldSite,
    pub(super) link: String,
    /// The slugs of categories by their numbers.
    pub(super) categories: HashMap<u64, String>,
    /// Terms that were told of.
    pub(super) terms: HashSet<(TermKind, String)>,
    /// Writers that were told of.
    pub(super) writers: HashSet<String>,
    /// Vocabularies that were told of as left out.
    pub(super) others: HashSet<String>,
    pub(super) clock: Clock,
}

impl Known {
    /// The address by which keys of this paper begin.
    pub(super) fn blog(&self) -> &str {
        [&self.site.blog, &self.site.address, &self.link]
            .into_iter()
            .find(|address| !address.is_empty())
            .map_or("", |address| address.trim_end_matches('/'))
    }
}

/// A file that is being read.
pub(super) struct Channel<'k> {
    xml: Xml,
    story_kinds: &'k [String],
    stage: Stage,
    has_version: bool,
    is_told: bool,
    known: Known,
    ready: VecDeque<Placed>,
}

impl<'k> Channel<'k> {
    pub(super) fn new(xml: Xml, story_kinds: &'k [String]) -> Self {
        Self {
            xml,
            story_kinds,
            stage: Stage::Before,
            has_version: false,
            is_told: false,
            known: Known::default(),
            ready: VecDeque::new(),
        }
    }

    /// The next item; nothing at the end.
    pub(super) fn next_item(&mut self) -> Result<Option<Placed>, Broken> {
        loop {
            if let Some(placed) = self.ready.pop_front() {
                return Ok(Some(placed));
            }
            match self.stage {
                Stage::Before => self.begin()?,
                Stage::Within => self.step()?,
                Stage::Over => return Ok(None),
            }
        }
    }

    /// `<rss>`, then `<channel>`.
    fn begin(&mut self) -> Result<(), Broken> {
        for wanted in ["rss", "channel"] {
            loop {
                match self.xml.next()? {
                    Token::Open(tag) if tag.is(Space::None, wanted) => break,
                    Token::Open(tag) => return Err(self.xml.broken(WhyBroken::OtherFormat, &tag.name)),
                    Token::Words(_) | Token::Marked(_) => {}
                    Token::Close | Token::End => return Err(self.xml.broken(WhyBroken::OtherFormat, "")),
                }
            }
        }
        self.stage = Stage::Within;
        Ok(())
    }

    fn step(&mut self) -> Result<(), Broken> {
        match self.xml.next()? {
            Token::Open(tag) => self.take(&tag),
            Token::Close => {
                self.tell_site()?;
                self.stage = Stage::Over;
                Ok(())
            }
            Token::Words(_) | Token::Marked(_) => Ok(()),
            Token::End => Err(self.xml.broken(WhyBroken::Cut, "")),
        }
    }

    fn take(&mut self, tag: &Tag) -> Result<(), Broken> {
        match (tag.space, tag.name.as_str()) {
            (Space::None, "title") if !self.is_told => self.known.site.title = self.xml.word()?,
            (Space::None, "description") if !self.is_told => self.known.site.description = self.xml.word()?,
            (Space::None, "language") if !self.is_told => self.known.site.language = self.xml.word()?,
            (Space::None, "link") if !self.is_told => self.known.link = self.xml.word()?,
            (Space::Wp, "wxr_version") => self.take_version()?,
            (Space::Wp, "base_site_url") => self.known.site.address = self.xml.word()?,
            (Space::Wp, "base_blog_url") => self.known.site.blog = self.xml.word()?,
            (Space::Wp, "author") => self.take_writer()?,
            (Space::Wp, "category" | "tag" | "term") => self.take_term(&tag.name)?,
            (Space::None, "item") => self.take_item()?,
            _ => self.xml.skip()?,
        }
        Ok(())
    }

    fn take_version(&mut self) -> Result<(), Broken> {
        let version = self.xml.word()?;
        if !VERSIONS.contains(&version.as_str()) {
            return Err(self.xml.broken(WhyBroken::Version, &version));
        }
        self.has_version = true;
        Ok(())
    }

    /// The site comes before everything that belongs to it. A file that says no version is none of WordPress's.
    fn tell_site(&mut self) -> Result<(), Broken> {
        if !self.has_version {
            return Err(self.xml.broken(WhyBroken::NoVersion, ""));
        }
        if !self.is_told {
            self.is_told = true;
            let site = OldSite { blog: self.known.blog().to_owned(), ..self.known.site.clone() };
            let place = self.xml.place();
            self.ready.push_back(Placed { place, item: Item::Site(site) });
        }
        Ok(())
    }

    fn take_writer(&mut self) -> Result<(), Broken> {
        let place = self.xml.place();
        let parts = parts(self.xml.parts(&[])?);
        let part = |name: &str| parts.get(name).map_or("", |text| text.trim());
        let key = part("author_login").to_owned();
        if key.is_empty() {
            return Ok(());
        }
        self.tell_site()?;
        let whole = format!("{} {}", part("author_first_name"), part("author_last_name"));
        let name = [part("author_display_name"), whole.trim(), &key].into_iter().find(|name| !name.is_empty());
        let writer = OldWriter { name: name.unwrap_or_default().to_owned(), slug: key.clone(), key };
        self.known.writers.insert(writer.key.clone());
        self.ready.push_back(Placed { place, item: Item::Writer(writer) });
        Ok(())
    }

    fn take_term(&mut self, element: &str) -> Result<(), Broken> {
        let place = self.xml.place();
        let parts = parts(self.xml.parts(&["termmeta"])?);
        let part = |name: &str| parts.get(name).map_or("", |text| text.trim());
        let (kind, slug, parent, name, description) = match element {
            "category" => ("category", "category_nicename", "category_parent", "cat_name", "category_description"),
            "tag" => ("post_tag", "tag_slug", "", "tag_name", "tag_description"),
            _ => (part("term_taxonomy"), "term_slug", "term_parent", "term_name", "term_description"),
        };
        self.tell_site()?;
        let (slug, name) = (decoded(part(slug)), part(name).to_owned());
        let Some(kind) = kind_of(kind) else {
            self.leave(place, format!("{kind}: {name}"), WhyLeft::TermKind);
            return Ok(());
        };
        if slug.is_empty() {
            return Ok(());
        }
        let number = part("term_id").parse().ok();
        if let (TermKind::Category, Some(number)) = (kind, number) {
            self.known.categories.insert(number, slug.clone());
        }
        self.known.terms.insert((kind, slug.clone()));
        let (parent, description) = (decoded(part(parent)), part(description).to_owned());
        let term = OldTerm { kind, slug, name, parent, number, description };
        self.ready.push_back(Placed { place, item: Item::Term(term) });
        Ok(())
    }

    fn take_item(&mut self) -> Result<(), Broken> {
        let place = self.xml.place();
        self.tell_site()?;
        let raw = RawItem::read(&mut self.xml)?;
        super::piece::tell(raw, &place, &mut self.known, self.story_kinds, &mut self.ready);
        Ok(())
    }

    fn leave(&mut self, place: Place, what: String, why: WhyLeft) {
        self.ready.push_back(Placed { place: place.clone(), item: Item::Left(Left { what, why, place }) });
    }
}

/// The first of each name counts.
fn parts(all: Vec<(String, String)>) -> HashMap<String, String> {
    let mut parts = HashMap::new();
    for (name, text) in all {
        parts.entry(name).or_insert(text);
    }
    parts
}

/// What a vocabulary's word stands for. `tag` is WXR 1.0.
pub(super) fn kind_of(word: &str) -> Option<TermKind> {
    match word {
        "category" => Some(TermKind::Category),
        "post_tag" | "tag" => Some(TermKind::Tag),
        _ => None,
    }
}
