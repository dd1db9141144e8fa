//! An agency's items → drafts.

use super::{Format, Matter, Standing, UnreadWire, WireItem, read};
use newsroom::body::{Block, Body};
use newsroom::byline::Byline;
use newsroom::happening::What;
use newsroom::languages::language_of;
use newsroom::people::Actor;
use newsroom::profile::Language;
use newsroom::story::{Draft, StoryLanguage, StoryText};
use newsroom::{SectionId, StoryId, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Store, StoreError};

/// Bytes of an agency's id that stand in a source as they are.
const LONGEST_ID: usize = 150;

/// How items are brought in.
#[derive(Debug, Clone, Copy, Default)]
pub struct WireOptions {
    /// Look and report, keep nothing.
    pub dry_run: bool,
    /// The drafts' section.
    pub section: Option<SectionId>,
    /// The drafts' language, where neither the agency nor the words show another.
    pub language: Language,
}

/// The report on one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WireReport {
    /// What the caller called the file.
    pub file: String,
    /// Its format.
    pub format: Format,
    /// Nothing was kept: this is what would happen.
    pub dry_run: bool,
    /// Places of the file were no text and became U+FFFD.
    pub replaced: bool,
    /// Its items, in order.
    pub items: Vec<ItemLine>,
}

/// What happened to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemLine {
    /// What it is called: its headline, else its id.
    pub called: String,
    /// What it became.
    pub became: Brought,
    /// Drafts and stories of other versions of the same item.
    pub others: Vec<StoryId>,
    /// Nobody publishes the draft before.
    pub embargo: Option<Timestamp>,
    /// From 1, the most urgent, to 9.
    pub urgency: Option<u8>,
    /// What the agency says it is about.
    pub subjects: Vec<String>,
    /// What the agency tells editors.
    pub editor_note: String,
    /// Pictures to be supplied, as the agency names them.
    pub pictures: Vec<String>,
    /// What was changed in the body.
    pub notes: Vec<crate::markup::Noted>,
}

/// What an item became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Brought {
    /// A draft. In a dry run its id is never used.
    Draft(StoryId),
    /// It was there before and stayed as it was.
    Known(StoryId),
    /// Nothing: the agency takes it back.
    Cancelled,
    /// Nothing: the agency does not let it be printed yet, and says no date.
    Withheld,
    /// Nothing: it has an embargo whose end cannot be read.
    EmbargoUnread,
    /// Nothing: it is a picture alone, to be supplied by hand.
    Picture,
    /// Nothing: it is a list of other items.
    Package,
    /// Nothing: it is neither words nor a picture.
    Other,
    /// Nothing: it holds no news, or no words at all.
    Empty,
}

impl Brought {
    /// The key of its sentence in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft(_) => "wire.draft",
            Self::Known(_) => "wire.known",
            Self::Cancelled => "wire.cancelled",
            Self::Withheld => "wire.withheld",
            Self::EmbargoUnread => "wire.embargo-unread",
            Self::Picture => "wire.picture",
            Self::Package => "wire.package",
            Self::Other => "wire.other",
            Self::Empty => "wire.empty",
        }
    }

    /// The story, where there is one.
    pub fn story(self) -> Option<StoryId> {
        match self {
            Self::Draft(story) | Self::Known(story) => Some(story),
            _ => None,
        }
    }
}

/// Brings an agency's file in: a draft for every item that may be printed, with the agency's embargo. The same version of
/// the same item changes nothing; another version is a draft of its own, and the report names the others.
///
/// # Errors
/// The file cannot be read, or the store fails; what was brought before that stays and is known the next time.
pub async fn bring_wire(
    store: &Store,
    name: &str,
    bytes: &[u8],
    options: &WireOptions,
    now: Timestamp,
) -> Result<Result<WireReport, UnreadWire>, StoreError> {
    let sheet = match read(bytes) {
        Ok(sheet) => sheet,
        Err(unread) => return Ok(Err(unread)),
    };
    let mut items = Vec::with_capacity(sheet.items.len());
    for item in &sheet.items {
        items.push(bring(store, item, options, now).await?);
    }
    let stories = items.iter().filter(|line| matches!(line.became, Brought::Draft(_))).count() as u64;
    if stories > 0 && !options.dry_run {
        let what = What::Imported { source: format!("wire:{}", sheet.format.name()), stories, comments: 0 };
        store.note(Actor::Program, what, "", now).await?;
    }
    let (file, dry_run) = (name.to_owned(), options.dry_run);
    Ok(Ok(WireReport { file, format: sheet.format, dry_run, replaced: sheet.replaced, items }))
}

async fn bring(store: &Store, item: &WireItem, options: &WireOptions, now: Timestamp) -> Result<ItemLine, StoreError> {
    let (beginning, source) = source(item);
    let versions = store.imported_versions(&beginning).await?;
    let known = versions.iter().find(|(one, _)| *one == source).map(|(_, story)| *story);
    let mut line = ItemLine {
        called: if item.headline.is_empty() { item.id.clone() } else { item.headline.clone() },
        became: Brought::Empty,
        others: versions.into_iter().filter(|(one, _)| *one != source).map(|(_, story)| story).collect(),
        embargo: item.embargo.filter(|embargo| *embargo > now),
        urgency: item.urgency,
        subjects: item.subjects.clone(),
        editor_note: item.editor_note.clone(),
        pictures: item.pictures.iter().map(|picture| picture.file.clone()).collect(),
        notes: item.notes.clone(),
    };
    line.became = match (why_none(item), known) {
        (Some(why), _) => why,
        (None, Some(story)) => Brought::Known(story),
        (None, None) => {
            let story = StoryId(store.id(now));
            if !options.dry_run {
                let draft = Draft { id: story, text: text(item, options), comments: Default::default(), begun_at: now };
                keep(store, &source, &draft, line.embargo, now).await?;
            }
            Brought::Draft(story)
        }
    };
    Ok(line)
}

async fn keep(
    store: &Store,
    source: &str,
    draft: &Draft,
    embargo: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    match embargo {
        Some(embargo) => store.import_embargoed(source, draft, embargo, Actor::Program, now).await?,
        None => store.import_draft(source, draft, Actor::Program, now).await?,
    };
    Ok(())
}

/// Why an item becomes nothing.
fn why_none(item: &WireItem) -> Option<Brought> {
    let has_words = !Body(item.body.clone()).plain_text().trim().is_empty();
    let reasons = [
        (item.standing == Standing::Cancelled, Brought::Cancelled),
        (item.embargo_unread, Brought::EmbargoUnread),
        (item.standing == Standing::Withheld, Brought::Withheld),
        (item.matter == Matter::Picture, Brought::Picture),
        (item.matter == Matter::Package, Brought::Package),
        (item.matter == Matter::Other, Brought::Other),
        (!has_words, Brought::Empty),
    ];
    reasons.into_iter().find_map(|(holds, why)| holds.then_some(why))
}

/// The beginning that all versions of an item share, and the key of this one. An item without an id is known by its words.
fn source(item: &WireItem) -> (String, String) {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("_");
    let id = if item.id.trim().is_empty() {
        hash(&format!("{}\n{}", item.headline, Body(item.body.clone()).plain_text()))
    } else if item.id.len() > LONGEST_ID {
        hash(&item.id)
    } else {
        plain(&item.id)
    };
    let version = if item.version.len() > LONGEST_ID { hash(&item.version) } else { plain(&item.version) };
    let beginning = format!("wire:{id} ");
    let source = format!("{beginning}{version}");
    (beginning, source)
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn text(item: &WireItem, options: &WireOptions) -> StoryText {
    let mut pictures = item.pictures.iter().cloned();
    let lead = pictures.next();
    let mut body = item.body.clone();
    body.extend(pictures.map(Block::Picture));
    let (body, _) = Body(body).checked();
    let told = format!("{}\n{}", item.headline, body.plain_text());
    let language =
        StoryLanguage::from_tag(&item.language).unwrap_or_else(|| language_of(&told, options.language).into());
    StoryText {
        headline: arabic::clean::line(&item.headline),
        standfirst: arabic::clean::line(&item.standfirst),
        body,
        lead,
        bylines: byline(item).into_iter().collect(),
        dateline: arabic::clean::line(&item.dateline),
        section: options.section,
        language,
        ..StoryText::default()
    }
}

/// The writer for the agency, or the agency alone.
fn byline(item: &WireItem) -> Option<Byline> {
    let written = item.byline.trim();
    let by = ["By ", "BY ", "by "].into_iter().find_map(|by| written.strip_prefix(by)).unwrap_or(written);
    // «NAME, AGENCY» says it twice.
    let by = by.strip_suffix(&item.agency).map_or(by, |by| by.trim_end_matches([' ', ',', '،']));
    let agency = Some(item.agency.as_str()).filter(|agency| !agency.is_empty());
    Byline::new(by, agency).or_else(|| Byline::new(agency?, None))
}
