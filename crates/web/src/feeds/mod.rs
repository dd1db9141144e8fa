//! What readers follow without coming by: the newest stories of the paper, a section, a tag or a writer, what was corrected,
//! and what readers say, as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. A correction stands in its story's entry and in a feed of its own.

mod body;
mod feed;
mod talk;
mod written;

#[cfg(test)]
mod tests;

pub use body::written as written_body;
pub use talk::{talk, talk_of_story};

use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::page_cache::Tag;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use feed::{Entry, Feed};
use store::listings::{HowMuch, List};
use written::Format;

/// Stories in a feed: a busy day of a small paper.
const STORIES: u32 = 30;

/// `GET /feed`, also the address that papers on WordPress gave out.
pub async fn usual() -> Redirect {
    Redirect::permanent("/feed/rss")
}

/// `GET /feed/{format}`: the whole paper.
pub async fn paper(
    State(app): State<App>,
    Path(format): Path<String>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let frame = Frame::bare(&app, app.now());
    let about = Shown { title: String::new(), path: String::from("/"), own: "/feed/".to_owned(), tag: Tag::Archive };
    about.of_stories(&frame, &List::All, format, &asked).await
}

/// `GET /sections/{slug}/feed/{format}`.
pub async fn section(
    State(app): State<App>,
    Path((slug, format)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let found = app.store.sections().await?.into_iter().find(|section| section.slug == slug);
    let title = found.ok_or(PageError::NotFound)?.name;
    let about = Shown::of(title, address::section(&slug), Tag::Section(slug.clone()));
    about.of_stories(&Frame::bare(&app, app.now()), &List::Section(slug), format, &asked).await
}

/// `GET /tags/{slug}/feed/{format}`.
pub async fn tag(
    State(app): State<App>,
    Path((slug, format)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let title = app.store.tag_name(&slug).await?.ok_or(PageError::NotFound)?;
    let about = Shown::of(title, address::tag(&slug), Tag::Tagged(slug.clone()));
    about.of_stories(&Frame::bare(&app, app.now()), &List::Tag(slug), format, &asked).await
}

/// `GET /writers/{slug}/feed/{format}`.
pub async fn writer(
    State(app): State<App>,
    Path((slug, format)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let title = app.store.writer_name(&slug).await?.ok_or(PageError::NotFound)?;
    let about = Shown::of(title, address::writer(&slug), Tag::Writer(slug.clone()));
    about.of_stories(&Frame::bare(&app, app.now()), &List::Writer(slug), format, &asked).await
}

/// `GET /corrections/feed/{format}`: also of stories that are too old for the paper's own feed.
pub async fn corrections(
    State(app): State<App>,
    Path(format): Path<String>,
    asked: HeaderMap,
) -> Result<Response, PageError> {
    let format = Format::named(&format)?;
    let found = app.store.corrections(None, STORIES).await?;
    let frame = Frame::bare(&app, app.now());
    let tags = [Tag::Corrections].into_iter().chain(found.iter().map(|line| Tag::Story(line.story))).collect();
    let entries = found.into_iter().map(|line| Entry::of_correction(&frame, line)).collect::<Result<_, _>>()?;
    let about = Shown::of(frame.t.s("corrections.title"), "/corrections".into(), Tag::Corrections);
    about.feed(&frame, entries).answer(format, &asked, tags)
}

/// Which feed.
struct Shown {
    /// Beside the paper's name; empty for the whole paper.
    title: String,
    /// The page that shows the same.
    path: String,
    /// The path of the feed, up to the name of its format.
    own: String,
    tag: Tag,
}

impl Shown {
    /// A feed that stands below the page that shows the same.
    fn of(title: String, path: String, tag: Tag) -> Self {
        let own = format!("{path}/feed/");
        Self { title, path, own, tag }
    }

    async fn of_stories(
        self,
        frame: &Frame,
        list: &List,
        format: Format,
        asked: &HeaderMap,
    ) -> Result<Response, PageError> {
        let how_much = if frame.site.feeds.full_text { HowMuch::Whole } else { HowMuch::Summary };
        let found = frame.app.store.feed(list, STORIES, how_much).await?;
        let own = [self.tag.clone()].into_iter();
        let tags = own.chain(found.iter().map(|story| Tag::Story(story.card.id))).collect();
        let entries = found.into_iter().map(|story| Entry::of_story(frame, story)).collect::<Result<_, _>>()?;
        self.feed(frame, entries).answer(format, asked, tags)
    }

    fn feed(&self, frame: &Frame, entries: Vec<Entry>) -> Feed {
        let paper = frame.paper();
        let title = match self.title.is_empty() {
            true => paper.name.clone(),
            false => format!("{} — {}", self.title, paper.name),
        };
        Feed::new(paper, title, (&self.path, &self.own), entries).with_hub(frame.app.followers.now().machines.hub())
    }
}
