//! Feeds of comments: what readers said lately, of the whole paper or under a story. What was released waits the delay that the
//! editors chose, so that a release that is taken back at once goes nowhere.

use super::feed::Entry;
use super::written::Format;
use super::{STORIES, Shown};
use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page_cache::Tag;
use crate::rendered::Rendered;
use crate::unless_known::allowed_in_xml as allowed;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use newsroom::StoryId;
use newsroom::story::{CommentPolicy, Published, Story, StoryLanguage};
use std::collections::BTreeSet;
use std::time::Duration;
use store::stories::Found;
use store::talk::TalkLine;

#[derive(Template)]
#[template(path = "feeds/comment.html")]
struct Said<'a> {
    lines: Vec<&'a str>,
}

/// `GET /comments/feed/{format}`: the whole paper.
pub async fn talk(State(app): State<App>, Path(format): Path<String>, asked: HeaderMap) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let frame = Frame::bare(&app, app.now());
    let title = frame.t.s("feed.talk");
    let about = Shown { title, path: String::from("/"), own: "/comments/feed/".to_owned(), tag: Tag::Archive };
    answer(&frame, (None, about), format, &asked).await
}

/// `GET /stories/{story}/comments/feed/{format}`.
pub async fn talk_of_story(
    State(app): State<App>,
    Path((slug, format)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let story = public(&app, &slug).await?;
    let frame = Frame::bare(&app, app.now());
    let title = frame.t.with("feed.talk-of", 1, &[("headline", story.text.headline.as_str())]);
    let path = address::story(&story.slug);
    let own = format!("{path}/comments/feed/");
    let about = Shown { title, path, own, tag: Tag::Story(story.id) };
    answer(&frame, (Some(story.id), about), format, &asked).await
}

/// A story that readers have, with its comments.
async fn public(app: &App, slug: &str) -> Result<Published, PageError> {
    match app.store.find_story(slug).await?.ok_or(PageError::NotFound)? {
        Found::Moved { .. } => Err(PageError::NotFound),
        Found::Here(story) => match *story {
            Story::Published(published) if published.comments != CommentPolicy::Hidden => Ok(published),
            Story::Withdrawn(withdrawn) => Err(PageError::Withdrawn { note: withdrawn.note }),
            Story::Published(_) | Story::Draft(_) => Err(PageError::NotFound),
        },
    }
}

async fn answer(
    frame: &Frame,
    (story, about): (Option<StoryId>, Shown),
    format: Format,
    asked: &HeaderMap,
) -> Result<Response, PageError> {
    let chosen = frame.site.feeds;
    if !chosen.comments {
        return Err(PageError::NotFound);
    }
    let delay = Duration::from_secs(u64::from(chosen.delay) * 60);
    let until = frame.now.saturating_sub(delay).unwrap_or(frame.now);
    let lines = frame.app.store.talk(story, until, STORIES).await?;
    let stories: BTreeSet<StoryId> = lines.iter().map(|line| line.story).collect();
    let tags = [about.tag.clone()].into_iter().chain(stories.into_iter().map(Tag::Story)).collect();
    let entries = lines.into_iter().map(|line| entry(frame, line)).collect::<Result<_, _>>()?;
    about.feed(frame, entries).answer(format, asked, tags)
}

fn entry(frame: &Frame, line: TalkLine) -> Result<Entry, PageError> {
    let lines = line.text.lines().map(str::trim).filter(|one| !one.is_empty()).collect();
    let words = [("name", line.name.as_str()), ("headline", line.headline.as_str())];
    let place = format!("#c-{}", line.number);
    Ok(Entry {
        id: format!("{}{place}", address::short(frame.paper(), line.story)),
        href: format!("{}{place}", address::whole(frame.paper(), &address::story(&line.slug))),
        title: allowed(&frame.t.with("feed.talk-line", 1, &words)),
        language: StoryLanguage::from(frame.paper().writing.language),
        html: allowed(&Rendered::of(&Said { lines })?.into_html()),
        plain: allowed(&line.text),
        published: line.received_at,
        updated: line.released_at,
        writers: vec![allowed(&line.name)],
        section: None,
        picture: None,
        enclosure: None,
    })
}
