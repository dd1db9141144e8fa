//! Lists of addresses for search machines (sitemaps.org): the stories of each month, what else readers open, the news of two
//! days as Google wants them, and the list of these lists. What readers do not have stands in none of them.

mod part;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::error::PageError;
use crate::layout::address;
use crate::page_cache::Tag;
use crate::unless_known::{allowed_in_xml, unless_known};
use crate::{how_we_review, paper::Paper};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::profile::Language;
use newsroom::story::StoryLanguage;
use part::Part;
use store::listings::MappedStory;

/// Those that robots.txt names: the list of lists, and the one that it does not hold.
pub const NAMED: [&str; 2] = ["/sitemap.xml", "/sitemap-news.xml"];
/// The most addresses that a list may hold (sitemaps.org).
const MOST: u32 = 50_000;
/// The most that Google takes of the news, and their age.
const MOST_NEWS: u32 = 1_000;
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(48);

#[derive(Template)]
#[template(path = "sitemaps/index.xml")]
struct Index {
    lists: Vec<String>,
}

#[derive(Template)]
#[template(path = "sitemaps/addresses.xml")]
struct Addresses {
    lines: Vec<Line>,
}

/// A whole address, and when what stands there changed last, where that is known.
struct Line {
    address: String,
    changed: Option<Timestamp>,
    /// The same in each of its languages, itself among them.
    languages: Vec<(StoryLanguage, String)>,
}

#[derive(Template)]
#[template(path = "sitemaps/news.xml")]
struct News {
    paper: String,
    language: Language,
    stories: Vec<NewsLine>,
}

struct NewsLine {
    address: String,
    published: Timestamp,
    headline: String,
}

/// `GET /sitemap.xml`: the list of lists.
pub async fn index(State(app): State<App>, asked: HeaderMap) -> Result<Response, PageError> {
    let mut parts = vec![Part::Pages];
    // A list without an address is none.
    if !app.store.tags_in_use(1).await?.is_empty() {
        parts.push(Part::Tags);
    }
    if !app.store.writers_in_use(1).await?.is_empty() {
        parts.push(Part::Writers);
    }
    parts.extend(app.store.months().await?.iter().flat_map(Part::of_month));
    let lists = parts.into_iter().map(|part| address::whole(&app.paper, &part.path())).collect();
    sent(&asked, &Index { lists }, vec![Tag::Archive])
}

/// `GET /sitemap-2026-03.xml` and its like.
pub async fn part(State(app): State<App>, Path(named): Path<String>, asked: HeaderMap) -> Result<Response, PageError> {
    let part = Part::named(&named).ok_or(PageError::NotFound)?;
    if part == Part::News {
        return news(&app, &asked).await;
    }
    let (lines, tags) = match part {
        Part::Month(first) => (stories(&app, part.span()).await?, vec![Tag::Month(first.year(), first.month())]),
        Part::Day(day) => (stories(&app, part.span()).await?, vec![Tag::Month(day.year(), day.month())]),
        Part::Tags => (lists(&app.paper, app.store.tags_in_use(MOST).await?, address::tag), vec![Tag::Archive]),
        Part::Writers => {
            (lists(&app.paper, app.store.writers_in_use(MOST).await?, address::writer), vec![Tag::Archive])
        }
        _ => (pages(&app).await?, vec![Tag::Issues, Tag::Frame]),
    };
    // A month that goes by its days names all of them, also those without a story.
    if lines.is_empty() && !matches!(part, Part::Day(_)) {
        return Err(PageError::NotFound);
    }
    sent(&asked, &Addresses { lines }, tags)
}

async fn stories(app: &App, span: Option<(Timestamp, Timestamp)>) -> Result<Vec<Line>, PageError> {
    let (from, to) = span.ok_or(PageError::NotFound)?;
    let found = app.store.mapped_stories(from, to, MOST).await?;
    let whole = |slug: &str| address::whole(&app.paper, &address::story(slug));
    let line = |story: MappedStory| Line {
        address: whole(&story.slug),
        changed: Some(story.changed_at),
        languages: story.languages.iter().map(|(language, slug)| (*language, whole(slug))).collect(),
    };
    Ok(found.into_iter().map(line).collect())
}

fn lists(paper: &Paper, slugs: Vec<String>, path: fn(&str) -> String) -> Vec<Line> {
    slugs.iter().map(|slug| Line::of(paper, &path(slug))).collect()
}

/// What is neither a story nor a list of a tag or a writer.
async fn pages(app: &App) -> Result<Vec<Line>, PageError> {
    let (sections, pages) = (app.store.sections().await?, app.store.pages().await?);
    let issues = app.store.public_issues(None, MOST / 2).await?;
    let mut paths: Vec<String> = ["/", "/archive", "/corrections", how_we_review::ADDRESS].map(str::to_owned).to_vec();
    if app.paper.public_log {
        paths.push("/moderation-log".to_owned());
    }
    paths.extend(sections.iter().map(|section| address::section(&section.slug)));
    paths.extend(pages.iter().map(|(slug, _)| address::page(slug)));
    if !issues.is_empty() {
        paths.push("/issues".to_owned());
    }
    paths.extend(issues.iter().map(|issue| format!("/issues/{}", address::encoded(&issue.slug))));
    Ok(paths.iter().map(|path| Line::of(&app.paper, path)).collect())
}

/// The news of two days; an empty list is as good as any here.
async fn news(app: &App, asked: &HeaderMap) -> Result<Response, PageError> {
    let now = app.now();
    let soon = now + SignedDuration::from_secs(1);
    let found = app.store.published_between(now - NEWS_FOR, soon, None, MOST_NEWS).await?;
    let stories = found.iter().map(|card| NewsLine {
        address: address::whole(&app.paper, &address::story(&card.slug)),
        published: card.published_at,
        headline: allowed_in_xml(&card.face.headline),
    });
    let (paper, language) = (allowed_in_xml(&app.paper.name), app.paper.writing.language);
    sent(asked, &News { paper, language, stories: stories.collect() }, vec![Tag::Archive])
}

fn sent(asked: &HeaderMap, list: &impl Template, tags: Vec<Tag>) -> Result<Response, PageError> {
    let xml = HeaderValue::from_static("application/xml; charset=utf-8");
    unless_known(asked, list.render()?, (xml, None), tags)
}

impl Line {
    fn of(paper: &Paper, path: &str) -> Self {
        Self { address: address::whole(paper, path), changed: None, languages: Vec::new() }
    }
}
