//! The front page: the lead, the latest, the sections, the most read.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::layout::{Frame, address};
use crate::listing::card::{Card, tags};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use askama::Template;
use axum::extract::State;

/// Stories beside the lead.
const LATEST: u32 = 6;
/// Stories of each section: one with its picture, the others by their headlines.
const OF_A_SECTION: u32 = 4;

#[derive(Template)]
#[template(path = "front/front.html")]
struct FrontPage {
    frame: Frame,
    lead: Option<Card>,
    latest: Vec<Card>,
    sections: Vec<Block>,
    most_read: Vec<Card>,
}

/// A section on the front page.
struct Block {
    name: String,
    href: String,
    cards: Vec<Card>,
}

/// The front page.
pub async fn front(State(app): State<App>) -> Answer {
    let now = app.now();
    let front = app.store.front_page(LATEST, OF_A_SECTION, now).await?;
    let frame = Frame::new(&app, now).await?;
    let of_sections = front.sections.iter().flat_map(|(_, cards)| cards);
    let shown = front.lead.iter().chain(&front.latest).chain(of_sections).chain(&front.most_read);
    let tags = tags([Tag::Front], shown);
    let block = |(section, cards): (newsroom::section::Section, _)| Block {
        href: address::section(&section.slug),
        name: section.name,
        cards: Card::all(&frame, cards),
    };
    let page = FrontPage {
        lead: front.lead.map(|card| Card::new(&frame, card)),
        latest: Card::all(&frame, front.latest),
        sections: front.sections.into_iter().map(block).collect(),
        most_read: Card::all(&frame, front.most_read),
        frame,
    };
    Page::shared(&page, tags)
}
