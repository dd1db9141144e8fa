//! A story as an `Article` (ActivityStreams 2.0, Vocabulary): what readers have of it, and nothing else.

use super::actor::{answer, media_type};
use super::offered;
use super::place::{CONTEXT, PUBLIC, actor, followers, story as address_of};
use crate::app::App;
use crate::error::PageError;
use crate::feeds::written_body;
use crate::layout::{Frame, address};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::StoryId;
use newsroom::body::Picture;
use newsroom::followers::Followed;
use newsroom::story::{Published, Story};
use serde_json::{Map, Value, json};
use store::StoreError;

/// `GET /fediverse/stories/{id}`.
pub async fn story(State(app): State<App>, Path(id): Path<String>, asked: HeaderMap) -> Result<Response, PageError> {
    offered(&app)?;
    let app = app.to_readers();
    let id = StoryId::from_short(&id).ok_or(PageError::NotFound)?;
    match app.store.story_as_readers_see(id).await? {
        Story::Published(story) if !story.is_outside() => {
            let mut said = article(&app, &story)?;
            said["@context"] = context();
            answer(&asked, &said)
        }
        Story::Withdrawn(_) => {
            let kind = [(header::CONTENT_TYPE, "application/activity+json; charset=utf-8")];
            let mut said = tombstone(&app, id);
            said["@context"] = json!(CONTEXT);
            Ok((StatusCode::GONE, kind, said.to_string()).into_response())
        }
        Story::Published(_) | Story::Draft(_) => Err(PageError::NotFound),
    }
}

/// Where other servers find a story, for the head of its page; none while it is off.
pub fn alternate(app: &App, id: StoryId) -> Option<String> {
    app.followers.now().fediverse.on.then(|| address_of(&app.paper, id))
}

/// The vocabulary, with the one word of others that is used.
pub(super) fn context() -> Value {
    json!([CONTEXT, { "Hashtag": "as:Hashtag" }])
}

/// What stays of a story that was taken back (ActivityPub, 6.4).
pub(super) fn tombstone(app: &App, id: StoryId) -> Value {
    json!({ "id": address_of(&app.paper, id), "type": "Tombstone", "formerType": "Article" })
}

/// A story.
///
/// # Errors
/// When a template cannot be rendered.
pub(super) fn article(app: &App, story: &Published) -> Result<Value, PageError> {
    let (frame, text) = (Frame::bare(app, app.now()), &story.text);
    let (language, own) = (text.language.tag(), address_of(&app.paper, story.id));
    let content = written_body(&frame, &text.body, text.language)?.into_html();
    let in_language = |words: &str| Value::Object(Map::from_iter([(language.to_owned(), json!(words))]));
    let mut said = json!({
        "id": own,
        "type": "Article",
        "attributedTo": actor(&app.paper, Followed::Paper),
        "name": text.headline,
        "nameMap": in_language(&text.headline),
        "content": content,
        "contentMap": in_language(&content),
        "mediaType": "text/html",
        "url": address::whole(&app.paper, &address::story(&story.slug)),
        "published": story.published_at.to_string(),
        "to": [PUBLIC],
        "cc": told(app, story),
        "tag": tags(app, story),
    });
    if !text.standfirst.trim().is_empty() {
        said["summary"] = json!(text.standfirst.trim());
        said["summaryMap"] = in_language(text.standfirst.trim());
    }
    if let Some(at) = story.updated_at {
        said["updated"] = json!(at.to_string());
    }
    if let Some(lead) = text.lead.as_ref().filter(|picture| picture.is_supplied()) {
        said["image"] = picture(app, lead);
        said["attachment"] = json!([picture(app, lead)]);
    }
    Ok(said)
}

/// Those who follow the paper, and those who follow the story's section.
pub(super) fn told(app: &App, story: &Published) -> Vec<String> {
    let section = story.text.section.map(Followed::Section);
    [Followed::Paper].into_iter().chain(section).map(|followed| followers(&app.paper, followed)).collect()
}

fn picture(app: &App, picture: &Picture) -> Value {
    let (path, (width, height)) = address::shared(picture);
    json!({
        "type": "Image",
        "mediaType": media_type(&path),
        "url": address::whole(&app.paper, &path),
        "name": picture.alt,
        "width": width,
        "height": height,
    })
}

/// Tags as other servers read them: one word each.
fn tags(app: &App, story: &Published) -> Vec<Value> {
    let tag = |tag: &newsroom::section::Tag| {
        let word = tag.name.split_whitespace().collect::<Vec<_>>().join("_");
        let href = address::whole(&app.paper, &address::tag(&tag.slug));
        json!({ "type": "Hashtag", "name": format!("#{word}"), "href": href })
    };
    story.text.tags.iter().map(tag).collect()
}

/// What those who follow are told of a story, by whom; none: there is nothing to tell of it any more.
///
/// # Errors
/// When the store cannot answer, or a template cannot be rendered.
pub(super) async fn activity(
    app: &App,
    message: &store::fediverse::FarMessage,
    by: Followed,
) -> Result<Option<Value>, PageError> {
    use store::fediverse::MessageKind::{Changed, Published as Went, Withdrawn};
    let own = address_of(&app.paper, message.story);
    let story = match app.store.story_as_readers_see(message.story).await {
        Err(StoreError::NotFound) => return Ok(None),
        story => story?,
    };
    let paper = actor(&app.paper, Followed::Paper);
    Ok(match (message.kind, story) {
        (Went, Story::Published(story)) => Some(match by {
            Followed::Paper => json!({
                "@context": context(), "id": format!("{own}#create"), "type": "Create", "actor": paper,
                "published": story.published_at.to_string(), "to": [PUBLIC], "cc": told(app, &story),
                "object": article(app, &story)?,
            }),
            Followed::Section(section) => json!({
                "@context": CONTEXT, "id": format!("{own}#announce-{section}"), "type": "Announce",
                "actor": actor(&app.paper, by), "published": story.published_at.to_string(), "to": [PUBLIC],
                "cc": [followers(&app.paper, by)], "object": own,
            }),
        }),
        (Changed, Story::Published(story)) => Some(json!({
            "@context": context(), "id": format!("{own}#update-{}", message.id), "type": "Update", "actor": paper,
            "to": [PUBLIC], "cc": told(app, &story), "object": article(app, &story)?,
        })),
        (Withdrawn, Story::Withdrawn(_)) => Some(json!({
            "@context": CONTEXT, "id": format!("{own}#delete-{}", message.id), "type": "Delete", "actor": paper,
            "to": [PUBLIC], "object": tombstone(app, message.story),
        })),
        // It is otherwise by now: the message of that tells it.
        _ => None,
    })
}
