//! A story page: the story as printed, ways to pass it on, what else to read, then its readers' comments.

pub mod blocks;
mod card;
mod described;
mod linked;
mod related;
mod share;

#[cfg(test)]
mod tests;

pub use card::draw_cards;
pub use described::{authors, summary};
pub use linked::key_to;

use crate::app::App;
use crate::comments::{self, HasOwnPart, ThreadQuery, Whose};
use crate::coverage::{self, LiveQuery};
use crate::described::Described;
use crate::embeds;
use crate::error::PageError;
use crate::guard::{MaybeReader, MaybeVisitor};
use crate::layout::{Frame, address, language_of};
use crate::listing::card::{Card, kind_words, tags};
use crate::page::{Answer, Page, redirect};
use crate::page_cache::Tag;
use crate::rendered::Rendered;
use crate::site::AdView;
use askama::Template;
use axum::extract::{Path, Query, RawQuery, State};
use axum::response::{IntoResponse, Response};
use blocks::Blocks;
use described::Around;
use linked::{Linked, Translation};
use newsroom::readings::Opened;
use newsroom::section::Section;
use newsroom::story::{Published, Story, StoryKind};
use newsroom::{StoryId, Timestamp};
use related::Further;
use share::Share;
use store::stories::Found;

#[derive(Template)]
#[template(path = "story/story.html")]
struct StoryPage {
    frame: Frame,
    story: Published,
    /// What it is, where it is no news; else empty.
    kind: String,
    linked: Linked,
    translations: Vec<Translation>,
    section: Option<Section>,
    way: String,
    blocks: Blocks,
    share: Share,
    described: [Described; 2],
    /// The talk below it, where there is any.
    thread_described: Option<Described>,
    canonical: String,
    summary: String,
    related: Vec<related::Line>,
    more: Vec<Card>,
    published: When,
    updated: Option<When>,
    corrections: Vec<(When, String)>,
    /// What others show of a link to it.
    shared: Option<Shared>,
    /// What advertises below it.
    ad: Option<AdView>,
    /// Rendered by `coverage`; empty: the story is not covered live.
    live: Rendered,
    /// Rendered by `comments`.
    thread: Rendered,
}

/// A picture that others show of a link.
struct Shared {
    /// Its whole address.
    address: String,
    /// Width and height in pixels.
    size: (u32, u32),
    /// What is to be seen on it.
    alt: String,
}

/// A time for machines and for people.
struct When {
    iso: String,
    words: String,
}

/// A story by its slug or an earlier one.
pub async fn show(
    State(app): State<App>,
    Path(named): Path<String>,
    MaybeReader(reader): MaybeReader,
    MaybeVisitor(visitor): MaybeVisitor,
    (Query(query), Query(updates)): (Query<ThreadQuery>, Query<LiveQuery>),
    RawQuery(raw): RawQuery,
) -> Result<Response, PageError> {
    let story = match find(&app, &named).await? {
        Place::Here(story) => *story,
        Place::There(slug) => return Ok(moved(&slug, raw.as_deref())),
    };
    let (opened, own_part) = (Opened::Story(story.id, story.text.section), HasOwnPart(story.id));
    let who = Whose { visitor, name: reader.map(|reader| reader.account.name).unwrap_or_default() };
    let mut response = match story.is_outside() {
        true => embeds::page(&app, &story, who, &query).await?.into_response(),
        false => page(&app, story, who, (&query, &updates)).await?.opened_as(opened).into_response(),
    };
    response.extensions_mut().insert(own_part);
    Ok(response)
}

/// The short address of a story.
pub async fn short(State(app): State<App>, Path(id): Path<String>) -> Result<Response, PageError> {
    let id = StoryId::from_short(&id).ok_or(PageError::NotFound)?;
    match find(&app, &id.short()).await? {
        Place::Here(story) => Ok(redirect(&address::story(&story.slug))),
        Place::There(slug) => Ok(redirect(&address::story(&slug))),
    }
}

/// Where a story stands.
enum Place {
    Here(Box<Published>),
    There(String),
}

async fn find(app: &App, named: &str) -> Result<Place, PageError> {
    match app.store.find_story(named).await?.ok_or(PageError::NotFound)? {
        Found::Moved { slug } => Ok(Place::There(slug)),
        Found::Here(story) => match *story {
            Story::Published(published) => Ok(Place::Here(Box::new(published))),
            Story::Withdrawn(withdrawn) => Err(PageError::Withdrawn { note: withdrawn.note }),
            Story::Draft(_) => Err(PageError::NotFound),
        },
    }
}

async fn page(app: &App, story: Published, who: Whose, (query, updates): (&ThreadQuery, &LiveQuery)) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let section = frame.sections.iter().find(|section| Some(section.id) == story.text.section).cloned();
    let links = app.store.links_of(story.id, &story.text).await?;
    let further = Further::of(app, &story, section.as_ref(), &links).await?;
    let below = comments::section(app, &frame, &story, who, query).await?;
    let live = coverage::section(app, &frame, &story, updates).await?;
    let own = [Tag::Story(story.id)].into_iter().chain(section.iter().map(|s| Tag::Section(s.slug.clone())));
    let tags = tags(own.chain(linked::tags(&links, story.text.answers)), further.cards());
    let drawn = app.store.card_of(story.id).await?;
    let frame = match &section {
        Some(section) => frame.in_section(&section.slug),
        None => frame,
    };
    let (section_of, comments) = (section.as_ref(), below.released);
    let around = Around { section: section_of, links: &links, comments, live: live.described };
    let page = StoryPage {
        way: language_of(frame.paper(), story.text.language),
        blocks: Blocks::new(&story.text.body, story.text.language.direction()),
        share: Share::new(&frame, &story),
        described: [described::story(&frame, &story, around), way_to(&frame, &story, section.as_ref())],
        thread_described: below.described,
        kind: kind_words(&frame, &story.text.kind),
        linked: Linked::new(&frame, story.text.kind, &links),
        translations: Translation::all(&frame, &links),
        live: live.html,
        canonical: address::whole(frame.paper(), &address::story(&story.slug)),
        summary: summary(&story),
        related: further.related.into_iter().map(|card| related::Line::of(&frame, card)).collect(),
        more: Card::all(&frame, further.more),
        published: When::new(&frame, story.published_at),
        updated: story.updated_at.map(|at| When::new(&frame, at)),
        corrections: story.text.corrections.iter().map(|c| (When::new(&frame, c.at), c.words.clone())).collect(),
        shared: shared(&frame, &story, drawn),
        ad: frame.ad_below(story.text.kind == StoryKind::Obituary),
        section,
        thread: below.html,
        story,
        frame,
    };
    let made = if below.is_private { Page::private(&page) } else { Page::shared(&page, tags) };
    Ok(made?.with_frames(page.ad.is_some()))
}

/// From the front page to the story, by its section.
fn way_to(frame: &Frame, story: &Published, section: Option<&Section>) -> Described {
    let section = section.map(|section| (section.name.as_str(), address::section(&section.slug)));
    let own = (story.text.headline.as_str(), address::story(&story.slug));
    Described::way_to(frame, &section.into_iter().chain([own]).collect::<Vec<_>>())
}

/// What others show of a link: its card once it is drawn, and the picture at its head until then.
fn shared(frame: &Frame, story: &Published, drawn: Option<String>) -> Option<Shared> {
    if let Some(name) = drawn {
        let (address, alt) = (address::whole(frame.paper(), &address::picture(&name)), story.text.headline.clone());
        return Some(Shared { address, size: darkroom::SIZE_OF_CARD, alt });
    }
    let lead = story.text.lead.as_ref().filter(|picture| picture.is_supplied())?;
    let (path, size) = address::shared(lead);
    Some(Shared { address: address::whole(frame.paper(), &path), size, alt: lead.alt.clone() })
}

/// The story has another address now; what was asked of it is asked again there.
fn moved(slug: &str, query: Option<&str>) -> Response {
    let path = address::story(slug);
    redirect(&query.map_or(path.clone(), |query| format!("{path}?{query}")))
}

impl StoryPage {
    /// The story's picture at its head, if the file is there.
    fn lead(&self) -> Option<&newsroom::body::Picture> {
        self.story.text.lead.as_ref().filter(|picture| picture.is_supplied())
    }

    /// The Hijri day of its publication, where the paper prints it.
    fn hijri(&self) -> Option<String> {
        self.frame.hijri(self.story.published_at)
    }
}

impl When {
    fn new(frame: &Frame, at: Timestamp) -> Self {
        Self { iso: at.to_string(), words: frame.date(at) }
    }
}
