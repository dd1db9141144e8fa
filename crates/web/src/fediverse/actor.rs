//! The actors: the paper and its sections, as other servers show them.

use super::keys::PaperKeys;
use super::offered;
use super::place::{CONTEXT, actor, followers, handle_of, key_name, section as section_of, shared_inbox};
use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use crate::machines::sign_of;
use crate::unless_known::unless_known;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use newsroom::SectionId;
use newsroom::followers::{Followed, PAPER_HANDLE};
use newsroom::section::Section;
use serde_json::{Value, json};

/// As what everything here is sent (ActivityPub, 3.2).
const KIND: &str = "application/activity+json; charset=utf-8";

/// A document in the vocabulary.
///
/// # Errors
/// When a header cannot be written.
pub(super) fn answer(asked: &HeaderMap, said: &Value) -> Result<Response, PageError> {
    unless_known(asked, said.to_string(), (HeaderValue::from_static(KIND), None), Vec::new())
}

/// `GET /fediverse/paper`.
pub async fn paper(State(app): State<App>, asked: HeaderMap) -> Result<Response, PageError> {
    offered(&app)?;
    answer(&asked, &described(&app.to_readers(), None).await?)
}

/// `GET /fediverse/sections/{section}`.
pub async fn section(State(app): State<App>, Path(id): Path<String>, asked: HeaderMap) -> Result<Response, PageError> {
    offered(&app)?;
    let section = named(&app, &id).await?;
    answer(&asked, &described(&app.to_readers(), Some(&section)).await?)
}

/// The section that an address names.
///
/// # Errors
/// When there is none.
pub(super) async fn named(app: &App, id: &str) -> Result<Section, PageError> {
    let id = SectionId::from_short(id).ok_or(PageError::NotFound)?;
    section_of(app, id).await?.ok_or(PageError::NotFound)
}

/// `GET /fediverse/paper/followers`: how many, and never who.
pub async fn paper_followers(State(app): State<App>, asked: HeaderMap) -> Result<Response, PageError> {
    offered(&app)?;
    counted(&app.to_readers(), Followed::Paper, &asked).await
}

/// `GET /fediverse/sections/{section}/followers`.
pub async fn section_followers(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    offered(&app)?;
    let section = named(&app, &id).await?;
    counted(&app.to_readers(), Followed::Section(section.id), &asked).await
}

async fn counted(app: &App, followed: Followed, asked: &HeaderMap) -> Result<Response, PageError> {
    let many = app.store.count_far_followers(followed).await?;
    let id = followers(&app.paper, followed);
    answer(asked, &json!({ "@context": CONTEXT, "id": id, "type": "OrderedCollection", "totalItems": many }))
}

/// The paper, or one of its sections.
async fn described(app: &App, section: Option<&Section>) -> Result<Value, PageError> {
    let paper = &app.paper;
    let followed = section.map_or(Followed::Paper, |section| Followed::Section(section.id));
    let own = actor(paper, followed);
    let (handle, name, page) = match section {
        None => (PAPER_HANDLE.to_owned(), paper.name.clone(), String::from("/")),
        Some(section) => {
            let name = format!("{} — {}", section.name, paper.name);
            (handle_of(section), name, address::section(&section.slug))
        }
    };
    let about = match section {
        None if !paper.tagline.is_empty() => paper.tagline.clone(),
        None => app.words().with("fediverse.about-paper", 1, &[("paper", &paper.name)]),
        Some(section) => {
            app.words().with("fediverse.about-section", 1, &[("paper", &paper.name), ("section", &section.name)])
        }
    };
    let icon = sign_of(app);
    Ok(json!({
        "@context": [
            CONTEXT,
            "https://w3id.org/security/v1",
            { "discoverable": "http://joinmastodon.org/ns#discoverable",
              "indexable": "http://joinmastodon.org/ns#indexable",
              "manuallyApprovesFollowers": "as:manuallyApprovesFollowers" },
        ],
        "id": own,
        "type": "Organization",
        "preferredUsername": handle,
        "name": plain(&name),
        "summary": escaped(&about),
        "url": address::whole(paper, &page),
        "icon": { "type": "Image", "mediaType": media_type(&icon), "url": address::whole(paper, &icon) },
        "inbox": format!("{own}/inbox"),
        "outbox": format!("{own}/outbox"),
        "followers": followers(paper, followed),
        "endpoints": { "sharedInbox": shared_inbox(paper) },
        "manuallyApprovesFollowers": false,
        "discoverable": true,
        "indexable": true,
        "publicKey": {
            "id": key_name(paper, followed),
            "owner": own,
            "publicKeyPem": PaperKeys::of(app).await?.public(),
        },
    }))
}

/// Words without the signs that isolate them from their surroundings here.
fn plain(words: &str) -> String {
    words.chars().filter(|sign| !matches!(sign, '\u{2066}'..='\u{2069}')).collect()
}

/// The summary is HTML (ActivityPub, 4.1), and ours has none in it.
fn escaped(words: &str) -> String {
    plain(words).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The type of a picture, by the end of its name.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "gif" => "image/gif",
        _ => "image/jpeg",
    }
}
