//! What an actor published, the newest first (ActivityPub, 5.1), in pages that begin after a story.

use super::actor::{answer, named};
use super::offered;
use super::place::{CONTEXT, PUBLIC, actor, followers, story as address_of};
use crate::app::App;
use crate::error::PageError;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use newsroom::followers::Followed;
use newsroom::{StoryId, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use store::listings::{List, Place, StoryCard};

/// Stories of a page.
const STORIES: u32 = 20;

/// Which page: none is the list itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OutboxQuery {
    page: String,
    /// Milliseconds and id of the story after which it begins.
    before: String,
}

/// `GET /fediverse/paper/outbox`.
pub async fn paper(
    State(app): State<App>,
    Query(query): Query<OutboxQuery>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    offered(&app)?;
    let app = app.to_readers();
    let stories: i64 = app.store.months().await?.iter().map(|month| month.stories).sum();
    written(&app, (Followed::Paper, List::All), Some(stories), &query, &asked).await
}

/// `GET /fediverse/sections/{section}/outbox`.
pub async fn section(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(query): Query<OutboxQuery>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    offered(&app)?;
    let app = app.to_readers();
    let section = named(&app, &id).await?;
    written(&app, (Followed::Section(section.id), List::Section(section.slug)), None, &query, &asked).await
}

async fn written(
    app: &App,
    (followed, list): (Followed, List),
    many: Option<i64>,
    query: &OutboxQuery,
    asked: &HeaderMap,
) -> Result<Response, PageError> {
    let own = format!("{}/outbox", actor(&app.paper, followed));
    if query.page.is_empty() {
        let mut said = json!({
            "@context": CONTEXT, "id": own, "type": "OrderedCollection", "first": format!("{own}?page=true"),
        });
        if let Some(many) = many {
            said["totalItems"] = json!(many);
        }
        return answer(asked, &said);
    }
    let cards = app.store.list(&list, place(&query.before), STORIES).await?;
    let here = if query.before.is_empty() { String::new() } else { format!("&before={}", cursor_typed(&query.before)) };
    let mut said = json!({
        "@context": CONTEXT,
        "id": format!("{own}?page=true{here}"),
        "type": "OrderedCollectionPage",
        "partOf": own,
        "orderedItems": cards.iter().map(|card| item(app, followed, card)).collect::<Vec<_>>(),
    });
    if let Some(last) = cards.last().filter(|_| cards.len() == STORIES as usize) {
        let cursor = format!("{}-{}", last.published_at.as_millisecond(), last.id);
        said["next"] = json!(format!("{own}?page=true&before={cursor}"));
    }
    answer(asked, &said)
}

/// A story by its address: the paper made it, and a section passes it on.
fn item(app: &App, followed: Followed, card: &StoryCard) -> Value {
    let (own, by) = (address_of(&app.paper, card.id), actor(&app.paper, followed));
    let (kind, end) = match followed {
        Followed::Paper => ("Create", String::from("create")),
        Followed::Section(section) => ("Announce", format!("announce-{section}")),
    };
    json!({
        "id": format!("{own}#{end}"), "type": kind, "actor": by, "published": card.published_at.to_string(),
        "to": [PUBLIC], "cc": [followers(&app.paper, followed)], "object": own,
    })
}

/// The cursor as it is said again: nothing of it but what a cursor is made of.
fn cursor_typed(typed: &str) -> String {
    typed.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').take(40).collect()
}

fn place(typed: &str) -> Option<Place> {
    let (at, story) = typed.split_once('-')?;
    let at = Timestamp::from_millisecond(at.parse().ok()?).ok()?;
    Some((at, StoryId::from_short(story)?))
}
