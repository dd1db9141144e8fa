//! Lists of stories: a section, a tag, a writer, the archive and its months. Newest first, «الأقدم» by key.

mod archive;
pub mod card;
mod place;

#[cfg(test)]
mod tests;

pub use archive::{archive, month};
pub use place::Before;

use crate::app::App;
use crate::described::Described;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::site::AdView;
use askama::Template;
use axum::extract::{Path, Query, State};
use card::Card;
use newsroom::readings::Opened;
use newsroom::site::AdPlace;
use place::Slice;
use store::listings::List;

#[derive(Template)]
#[template(path = "listing/list.html")]
struct ListPage {
    frame: Frame,
    /// What kind of list, above its title.
    label: String,
    title: String,
    about: String,
    cards: Vec<Card>,
    /// The path of the list's first page.
    path: String,
    older: Option<String>,
    is_first: bool,
    /// What advertises among its stories.
    ad: Option<AdView>,
    /// For machines: the way here, and whose page it is.
    described: Vec<Described>,
}

/// A section.
pub async fn section(State(app): State<App>, Path(slug): Path<String>, Query(before): Query<Before>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?.in_section(&slug);
    let found = frame.sections.iter().find(|section| section.slug == slug);
    let (name, opened) = found.map(|s| (s.name.clone(), Opened::Section(s.id))).ok_or(PageError::NotFound)?;
    let (path, ad) = (address::section(&slug), frame.ad(AdPlace::SectionList));
    let shown = Shown { key: "list.section", title: name, about: "", path, ad };
    let page = page(frame, shown, List::Section(slug.clone()), Tag::Section(slug), &before).await?;
    Ok(page.opened_as(opened))
}

/// A tag.
pub async fn tag(State(app): State<App>, Path(slug): Path<String>, Query(before): Query<Before>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let name = app.store.tag_name(&slug).await?.ok_or(PageError::NotFound)?;
    let shown = Shown { key: "list.tag", title: name, about: "", path: address::tag(&slug), ad: None };
    page(frame, shown, List::Tag(slug.clone()), Tag::Tagged(slug), &before).await
}

/// A writer.
pub async fn writer(State(app): State<App>, Path(slug): Path<String>, Query(before): Query<Before>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let name = app.store.writer_name(&slug).await?.ok_or(PageError::NotFound)?;
    let (about, path) = ("list.writer-about", address::writer(&slug));
    let shown = Shown { key: "list.writer", title: name, about, path, ad: None };
    page(frame, shown, List::Writer(slug.clone()), Tag::Writer(slug), &before).await
}

/// What a list says about itself.
struct Shown {
    key: &'static str,
    title: String,
    about: &'static str,
    path: String,
    ad: Option<AdView>,
}

async fn page(frame: Frame, shown: Shown, list: List, tag: Tag, before: &Before) -> Answer {
    let (place, most) = (before.place()?, frame.paper().stories_per_page);
    let slice = Slice::of(frame.app.store.list(&list, place, most + 1).await?, most);
    show(frame, shown, tag, before, slice)
}

fn show(frame: Frame, shown: Shown, tag: Tag, before: &Before, slice: Slice) -> Answer {
    let tags = card::tags([tag], &slice.cards);
    let about = if shown.about.is_empty() { String::new() } else { frame.t.s(shown.about) };
    let page = ListPage {
        described: described(&frame, &shown),
        label: frame.t.s(shown.key),
        title: shown.title,
        about,
        older: slice.older.map(|place| format!("{}?before={place}", shown.path)),
        path: shown.path,
        is_first: before.is_none(),
        ad: shown.ad.filter(|_| !slice.cards.is_empty()),
        cards: Card::all(&frame, slice.cards),
        frame,
    };
    Ok(Page::shared(&page, tags)?.with_frames(page.ad.is_some()))
}

fn described(frame: &Frame, shown: &Shown) -> Vec<Described> {
    let way = Described::way_to(frame, &[(shown.title.as_str(), shown.path.clone())]);
    match shown.key {
        "list.writer" => vec![way, Described::writer(frame, &shown.title, &shown.path)],
        _ => vec![way],
    }
}
