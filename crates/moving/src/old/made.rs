//! An old story → what this paper has: headline, blocks, bylines, tags, address. Nothing is asked and nothing is kept here.

use super::address::small;
use super::left::{Place, WhyChanged};
use super::model::{OldPicture, OldState, OldStory, TermKind};
use super::report::Report;
use super::survey::{Survey, addresses, first_category};
use crate::markup::{self, Around, Attachment, comment_text, title_text};
use newsroom::body::{Block, Body, Picture};
use newsroom::byline::Byline;
use newsroom::languages::language_of;
use newsroom::profile::Language;
use newsroom::section::Tag;
use newsroom::story::{CommentPolicy, Missing, StoryLanguage, StoryText};
use newsroom::{SectionId, Timestamp};
use std::collections::HashMap;

/// Signs of a slug that is taken over: WordPress has 200 bytes, which are more letters of Latin than of Arabic.
const MOST_SLUG: usize = 120;
/// Signs of a headline that is made of first words.
const MOST_HEADLINE: usize = 60;
/// A tag has a name of its own on a page of its own.
const MOST_TAGS: usize = 60;

/// What was made of a story.
pub(super) struct Made {
    pub(super) text: StoryText,
    pub(super) slug: Option<String>,
    pub(super) paths: Vec<String>,
    pub(super) comments: CommentPolicy,
    pub(super) at: Timestamp,
    pub(super) updated_at: Option<Timestamp>,
    /// Readers have it; else it is a draft.
    pub(super) is_public: bool,
}

/// What making stories needs beside them.
pub(super) struct Making<'m> {
    pub(super) survey: &'m Survey,
    pub(super) sections: &'m HashMap<String, SectionId>,
    pub(super) section: Option<SectionId>,
    pub(super) language: Language,
    pub(super) publish: bool,
    pub(super) now: Timestamp,
}

/// A headline for what was left out.
pub(super) fn called(story: &OldStory) -> String {
    let title = title_text(&story.title);
    if title.is_empty() { story.slug.clone() } else { title }
}

impl Making<'_> {
    /// Makes a story; none where neither headline nor words are in it.
    pub(super) fn make(&self, story: &OldStory, place: &Place, report: &mut Report) -> Option<Made> {
        let (body, first_words) = self.body(story, place, report);
        let mut headline = title_text(&story.title);
        let lead = story.picture.as_ref().map(|key| self.lead(key));
        let mut note = |why| report.change(&called(story), why, place);
        if headline.is_empty() {
            headline = beginning(&first_words)?;
            note(WhyChanged::HeadlineMade);
        }
        let section = self.section_of(story);
        if section.is_none() && !self.would_have_section(story) {
            note(WhyChanged::NoSection);
        }
        if story.sticky {
            note(WhyChanged::Sticky);
        }
        let told = format!("{headline}\n{first_words}");
        let said = StoryLanguage::from_tag(&story.language);
        let text = StoryText {
            headline,
            standfirst: arabic::clean::line(&comment_text(&story.standfirst)),
            body,
            lead,
            bylines: self.bylines(story),
            section,
            tags: self.tags(story, &mut note),
            language: said.unwrap_or_else(|| language_of(&told, self.language).into()),
            ..StoryText::default()
        };
        let is_public = self.is_public(story, &text, &mut note);
        let slug = slug_of(story);
        if is_public && !story.slug.is_empty() && slug.as_deref() != Some(&story.slug) {
            note(WhyChanged::SlugMade);
        }
        if is_public && story.published_at.is_none() {
            note(WhyChanged::NoDate);
        }
        let at = story.published_at.or(story.changed_at).unwrap_or(self.now);
        Some(Made {
            text,
            slug,
            paths: if is_public { addresses(story) } else { Vec::new() },
            comments: if story.comments_open { CommentPolicy::OpenAfterReview } else { CommentPolicy::Closed },
            at,
            updated_at: story.changed_at.filter(|changed| *changed > at),
            is_public,
        })
    }

    /// Readers have what they had, and nothing else.
    fn is_public(&self, story: &OldStory, text: &StoryText, note: &mut dyn FnMut(WhyChanged)) -> bool {
        let why = match &story.state {
            OldState::Public if !self.publish => return false,
            // An old paper that knows no other word for what is timed.
            OldState::Public if story.published_at.is_some_and(|at| at > self.now) => WhyChanged::Timed,
            OldState::Public if text.bare().contains(&Missing::Body) => WhyChanged::NoBody,
            OldState::Public => return text.bare().is_empty(),
            OldState::Draft | OldState::Trash => return false,
            OldState::Timed => WhyChanged::Timed,
            OldState::Review => WhyChanged::Review,
            OldState::Private => WhyChanged::Private,
            OldState::Locked => WhyChanged::Locked,
            OldState::Other(_) => WhyChanged::OtherState,
        };
        note(why);
        false
    }

    /// Body and its words.
    pub(super) fn body(&self, story: &OldStory, place: &Place, report: &mut Report) -> (Body, String) {
        let attachment = |number: u64| self.survey.numbered(number).map(as_attachment);
        let site = &self.survey.site;
        let around = Around { site: &site.address, blog: &site.blog, attachment: &attachment };
        let read = markup::read(&story.body.text, story.body.dialect, &around);
        report.note_body(&read.notes, place);
        for link in &read.links {
            report.links.all += 1;
            if !self.survey.had_address(&link.path) {
                report.links.broken += 1;
                report.change(&link.written, WhyChanged::BrokenLink, place);
            }
        }
        let body = Body(read.blocks);
        let words = body.plain_text();
        (body, words)
    }

    fn lead(&self, key: &str) -> Picture {
        match self.survey.pictures.get(key) {
            Some(known) => to_be_supplied(known),
            None => Picture { file: key.rsplit('|').next().unwrap_or(key).to_owned(), ..Picture::default() },
        }
    }

    fn section_of(&self, story: &OldStory) -> Option<SectionId> {
        first_category(story).and_then(|slug| self.sections.get(slug).copied()).or(self.section)
    }

    /// In a dry run sections are not there yet.
    fn would_have_section(&self, story: &OldStory) -> bool {
        self.sections.is_empty() && first_category(story).is_some()
    }

    fn bylines(&self, story: &OldStory) -> Vec<Byline> {
        let mut bylines: Vec<Byline> = Vec::new();
        for key in &story.writers {
            let name = self.survey.writers.get(key).map_or(key, |writer| &writer.name);
            let Some(byline) = Byline::new(&title_text(name), None) else { continue };
            if !bylines.iter().any(|known| known.slug == byline.slug) {
                bylines.push(byline);
            }
        }
        bylines
    }

    /// Its tags, and the categories under which it did not stand first.
    fn tags(&self, story: &OldStory, note: &mut dyn FnMut(WhyChanged)) -> Vec<Tag> {
        let first = first_category(story);
        let further = story.categories.iter().filter(|slug| Some(slug.as_str()) != first);
        let mut tags: Vec<Tag> = Vec::new();
        let named = story.tags.iter().map(|slug| (TermKind::Tag, slug));
        let further: Vec<_> = further.map(|slug| (TermKind::Category, slug)).collect();
        if !further.is_empty() {
            note(WhyChanged::CategoriesAsTags);
        }
        for (kind, slug) in named.chain(further) {
            let name = title_text(&self.survey.name_of(kind, slug));
            if let Some(tag) = tag_of(slug, &name).filter(|tag| !tags.iter().any(|known| known.slug == tag.slug)) {
                tags.push(tag);
            }
        }
        tags.truncate(MOST_TAGS);
        tags
    }
}

/// A tag at the address that it had, as far as letters stand in it.
pub(super) fn tag_of(slug: &str, name: &str) -> Option<Tag> {
    let ours = arabic::slug::slug(slug, MOST_SLUG).or_else(|| arabic::slug::slug(name, MOST_SLUG))?;
    let name = arabic::clean::line(name);
    Some(Tag { name: if name.is_empty() { ours.clone() } else { name }, slug: ours })
}

/// The slug of a story: its own, cleaned; none where no letter is in it.
fn slug_of(story: &OldStory) -> Option<String> {
    let bare = story.slug.strip_suffix(".html").unwrap_or(&story.slug);
    arabic::slug::slug(bare, MOST_SLUG)
}

fn as_attachment(picture: &OldPicture) -> Attachment {
    let some = |text: &str| Some(title_text(text)).filter(|text| !text.is_empty());
    Attachment {
        address: picture.address.clone(),
        alt: title_text(&picture.alt),
        caption: some(&picture.caption),
        credit: some(&picture.credit),
    }
}

fn to_be_supplied(known: &OldPicture) -> Picture {
    let Attachment { address, alt, caption, credit } = as_attachment(known);
    Picture { file: address, alt, caption, credit, size: (0, 0), ..Picture::default() }
}

/// First words for a headline, cut at a space.
fn beginning(words: &str) -> Option<String> {
    let line = arabic::clean::line(words.lines().find(|line| !line.trim().is_empty())?);
    let mut headline = String::new();
    for word in line.split(' ') {
        if !headline.is_empty() && arabic::runs::clusters(&headline) + arabic::runs::clusters(word) >= MOST_HEADLINE {
            headline.push('…');
            break;
        }
        if !headline.is_empty() {
            headline.push(' ');
        }
        headline.push_str(word);
    }
    Some(headline).filter(|headline| !headline.is_empty())
}

/// A body of blocks of nothing but pictures has words all the same where they have captions.
pub(super) fn is_empty(body: &Body) -> bool {
    body.0.iter().all(|block| matches!(block, Block::Separator))
}

/// Whether an old public address is among those that are asked for afterwards: the hundred with the smallest numbers.
pub(super) fn sample(sampled: &mut Vec<(u64, String)>, path: &str, most: usize) {
    sampled.push((small(path), path.to_owned()));
    if sampled.len() > most * 4 {
        sampled.sort_unstable();
        sampled.truncate(most);
    }
}
