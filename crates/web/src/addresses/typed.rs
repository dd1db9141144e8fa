//! What an editor types: an address of before, and where it is to lead.

use super::former;
use super::instead::Unasked;
use crate::app::App;
use crate::error::PageError;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::StoryId;
use newsroom::story::Story;
use serde::Deserialize;
use store::redirects::{Leads, NewRedirect, Redirect};
use store::stories::Found;
use tower::ServiceExt;

/// The longest address elsewhere, in letters.
const MOST_LETTERS: usize = 1_000;

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RedirectForm {
    pub from: String,
    pub to: String,
    /// It may lead to another site.
    pub elsewhere: String,
    /// Where it led when the form was made; empty: nowhere.
    pub was: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No address of before can be read.
    From,
    /// Something stands at the address itself.
    FromLives,
    /// No target can be read.
    To,
    /// Nothing stands at the target.
    ToNothing,
    /// The target is of another site, and nobody said that it may be.
    ToElsewhere,
    /// It leads to itself.
    Loop,
    /// It leads somewhere by now, or elsewhere than the form had it.
    Taken,
}

impl Problem {
    /// Its key in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::From => "addresses.problem.from",
            Self::FromLives => "addresses.problem.from-lives",
            Self::To => "addresses.problem.to",
            Self::ToNothing => "addresses.problem.to-nothing",
            Self::ToElsewhere => "addresses.problem.to-elsewhere",
            Self::Loop => "addresses.problem.loop",
            Self::Taken => "addresses.problem.taken",
        }
    }
}

impl RedirectForm {
    /// What is to be kept, or everything that is wrong with it.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn check(&self, app: &App) -> Result<Result<NewRedirect, Vec<Problem>>, PageError> {
        let (from, to) = (self.from(app).await, self.leads(app).await?);
        Ok(match (from, to) {
            (Ok(path), Ok(Leads::To(target))) if path == target => Err(vec![Problem::Loop]),
            (Ok(path), Ok(leads)) => Ok(NewRedirect { path, leads, was: self.was() }),
            (from, to) => Err(from.err().into_iter().chain(to.err()).collect()),
        })
    }

    /// Where it led when the form was made, as [`shown`] writes it.
    fn was(&self) -> Option<Leads> {
        let was = Some(self.was.trim()).filter(|was| !was.is_empty())?;
        let story = was.strip_prefix("/s/").and_then(StoryId::from_short);
        Some(story.map_or_else(|| Leads::To(was.to_owned()), Leads::Story))
    }

    async fn from(&self, app: &App) -> Result<String, Problem> {
        let typed = of_any_site(self.from.trim());
        let (path, query) = cut(typed);
        if let Some(numbered) = former::numbered(query).filter(|_| ["", "/", "/index.php"].contains(&path)) {
            return Ok(numbered);
        }
        let path = former::compared(path).filter(|path| path != "/").ok_or(Problem::From)?;
        match answers(app, &path).await {
            Some(StatusCode::NOT_FOUND) => Ok(path),
            Some(_) => Err(Problem::FromLives),
            None => Err(Problem::From),
        }
    }

    async fn leads(&self, app: &App) -> Result<Result<Leads, Problem>, PageError> {
        let typed = self.to.trim();
        let own = app.paper.address.trim_end_matches('/');
        let typed = match typed.strip_prefix(own).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            Some("") => "/",
            Some(path) => path,
            None => typed,
        };
        if typed.starts_with("https://") || typed.starts_with("http://") {
            return Ok(self.elsewhere(typed));
        }
        let Some(path) = former::compared(cut(typed).0).filter(|_| typed.starts_with('/')) else {
            return Ok(Err(Problem::To));
        };
        if let Some(story) = story_at(app, &path).await? {
            return Ok(Ok(Leads::Story(story)));
        }
        let is_there = answers(app, &path).await == Some(StatusCode::OK);
        Ok(if is_there { Ok(Leads::To(path)) } else { Err(Problem::ToNothing) })
    }

    fn elsewhere(&self, typed: &str) -> Result<Leads, Problem> {
        let is_one =
            typed.chars().count() <= MOST_LETTERS && !typed.chars().any(|c| c.is_control() || c.is_whitespace());
        let host = typed.split("//").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        match (is_one && host.contains('.') && !host.contains('@'), self.elsewhere.as_str()) {
            (true, "yes") => Ok(Leads::To(typed.to_owned())),
            (true, _) => Err(Problem::ToElsewhere),
            (false, _) => Err(Problem::To),
        }
    }
}

/// Where it leads as the form has it: of a story its short address, which stays the same.
pub fn shown(redirect: &Redirect) -> String {
    match &redirect.leads {
        Leads::Story(story) => format!("/s/{}", story.short()),
        Leads::To(target) => target.clone(),
    }
}

/// An address of before may be pasted whole; of which site it was does not matter.
fn of_any_site(typed: &str) -> &str {
    let Some(rest) = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")) else { return typed };
    rest.find(['/', '?']).map_or("/", |at| &rest[at..])
}

/// Path and query, without what stands behind `#`.
fn cut(typed: &str) -> (&str, Option<&str>) {
    let typed = typed.split('#').next().unwrap_or_default();
    typed.split_once('?').map_or((typed, None), |(path, query)| (path, Some(query)))
}

/// The public story at a path of ours, by its slug or its short id.
async fn story_at(app: &App, path: &str) -> Result<Option<StoryId>, PageError> {
    let Some(named) = path.strip_prefix("/stories/").or_else(|| path.strip_prefix("/s/")) else { return Ok(None) };
    let mut found = app.store.find_story(named).await?;
    if let Some(Found::Moved { slug }) = &found {
        found = app.store.find_story(slug).await?;
    }
    Ok(match found {
        Some(Found::Here(story)) => match *story {
            Story::Published(story) => Some(story.id),
            Story::Withdrawn(_) | Story::Draft(_) => None,
        },
        _ => None,
    })
}

/// What a reader who was never here would be answered at a path; none where nobody can ask for it.
async fn answers(app: &App, path: &str) -> Option<StatusCode> {
    let request = Request::get(former::encoded(path)).extension(Unasked).body(Body::empty()).ok()?;
    let router = crate::routes::router(app.to_readers());
    router.oneshot(request).await.ok().map(|response| response.status())
}
