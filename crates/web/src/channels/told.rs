//! What is so at this minute, and public: the only things of which a channel is told.

use crate::app::App;
use crate::layout::address;
use newsroom::followers::{About, Event};
use newsroom::story::{CommentPolicy, Published, Story};
use newsroom::{CommentId, StoryId};
use serde_json::{Value, json};
use store::StoreError;
use store::strips::Strip;
use store::thread::Stands;

/// What a channel is told of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Told {
    /// A story that readers have, with its section's slug and name.
    Story(Box<Published>, Option<(String, String)>),
    /// A story that they have no longer.
    Withdrawn(StoryId),
    /// Breaking news that stands.
    Strip(Strip),
    /// Breaking news that stands no longer, by its short id.
    StripEnded(String),
    /// A comment, and how many stand under its story; nothing of its words.
    Comment(StoryId, CommentId, i64),
}

/// What is told of an event; none: it is not so any more.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn told(app: &App, event: Event, about: About) -> Result<Option<Told>, StoreError> {
    match (event, about) {
        (Event::BreakingRaised, About { strip: Some(id), .. }) => {
            let standing = app.store.standing_strip(app.now()).await?;
            Ok(standing.filter(|strip| strip.id == id).map(Told::Strip))
        }
        (Event::BreakingEnded, About { strip: Some(id), .. }) => Ok(Some(Told::StripEnded(id.short()))),
        (_, About { story: Some(story), comment: Some(comment), .. }) => of_comment(app, event, (story, comment)).await,
        (_, About { story: Some(id), .. }) => match (app.store.story(id).await, event) {
            (Err(StoreError::NotFound), _) => Ok(None),
            (Err(error), _) => Err(error),
            (Ok(Story::Published(_)), Event::Withdrawn) => Ok(None),
            (Ok(Story::Published(published)), _) => of_story(app, published).await.map(Some),
            (Ok(Story::Withdrawn(_)), Event::Withdrawn) => Ok(Some(Told::Withdrawn(id))),
            (Ok(Story::Withdrawn(_) | Story::Draft(_)), _) => Ok(None),
        },
        _ => Ok(None),
    }
}

async fn of_story(app: &App, published: Published) -> Result<Told, StoreError> {
    let sections = app.store.sections().await?;
    let section = sections.into_iter().find(|section| Some(section.id) == published.text.section);
    Ok(Told::Story(Box::new(published), section.map(|section| (section.slug, section.name))))
}

/// Its id and a count, while what happened is still so: what was never released has no entry.
async fn of_comment(
    app: &App,
    event: Event,
    (story, comment): (StoryId, CommentId),
) -> Result<Option<Told>, StoreError> {
    let Ok(Story::Published(published)) = app.store.story(story).await else { return Ok(None) };
    let entry = app.store.entry_of(story, comment).await?.filter(|_| published.comments != CommentPolicy::Hidden);
    let Some(entry) = entry else { return Ok(None) };
    let stands = matches!(entry.stands, Stands::Comment { .. });
    if stands != (event == Event::CommentReleased) {
        return Ok(None);
    }
    Ok(Some(Told::Comment(story, comment, app.store.released_count(story).await?)))
}

impl Told {
    /// As a program gets it.
    pub fn json(&self, app: &App) -> Value {
        let whole = |path: &str| address::whole(&app.paper, path);
        match self {
            Self::Story(story, section) => json!({ "story": of_story_json(app, story, section.as_ref()) }),
            Self::Withdrawn(id) => {
                json!({ "story": { "id": id.short(), "short_url": address::short(&app.paper, *id) } })
            }
            Self::Strip(strip) => json!({ "breaking": {
                "id": strip.id.short(),
                "text": strip.text,
                "until": strip.until.to_string(),
                "story": strip.slug.as_ref().and(strip.story).map(StoryId::short),
                "url": strip.slug.as_deref().map(|slug| whole(&address::story(slug))),
            } }),
            Self::StripEnded(id) => json!({ "breaking": { "id": id } }),
            Self::Comment(story, comment, count) => json!({
                "comment": { "id": comment.short(), "story": story.short() },
                "comments": count,
            }),
        }
    }
}

fn of_story_json(app: &App, story: &Published, section: Option<&(String, String)>) -> Value {
    let text = &story.text;
    let last = text.corrections.last();
    json!({
        "id": story.id.short(),
        "url": address::whole(&app.paper, &address::story(&story.slug)),
        "short_url": address::short(&app.paper, story.id),
        "language": text.language.tag(),
        "kicker": text.kicker,
        "headline": text.headline,
        "standfirst": text.standfirst,
        "section": section.map(|(slug, name)| json!({ "slug": slug, "name": name })),
        "published_at": story.published_at.to_string(),
        "correction": last.map(|one| json!({ "at": one.at.to_string(), "words": one.words })),
    })
}
