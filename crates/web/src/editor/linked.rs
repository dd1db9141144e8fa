//! The story that another one answers, or beside which it stands: found by what somebody types, and shown to whoever may
//! know of it.

use super::guard::may_read;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Member;
use crate::layout::address;
use crate::story::key_to;
use newsroom::StoryId;
use newsroom::people::Staff;
use newsroom::story::{Story, StoryText};
use percent_encoding::percent_decode_str;
use store::StoreError;
use store::stories::{Found, OnDesk};

/// Why a story cannot be the one that another one answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkProblem {
    /// There is none of that name that whoever asks may know of.
    NotFound,
    /// It is the same one.
    Itself,
}

/// That story as the desk shows it.
#[derive(Debug)]
pub struct Linked {
    /// The key of what stands before it.
    pub key: &'static str,
    /// Where it is: for readers, or on the desk.
    pub href: String,
    /// Its headline; nothing: whoever asks may not know of it yet.
    pub headline: Option<String>,
    /// Readers have it, and are led to it.
    pub is_public: bool,
}

impl LinkProblem {
    /// The key of its sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotFound => "writing.link-not-found",
            Self::Itself => "writing.link-itself",
        }
    }
}

/// The story that is named by an address, a slug or a short id; none where nothing is typed. A draft is found by its short
/// id, by whoever may read it.
pub(super) async fn find(
    app: &App,
    staff: &Staff,
    typed: &str,
    story: &OnDesk,
) -> Result<Result<Option<StoryId>, LinkProblem>, PageError> {
    let typed = arabic::clean::line(typed);
    // What stands there already stays, whoever saves.
    if typed.is_empty() || story.text.answers.is_some_and(|kept| kept.short() == typed) {
        return Ok(Ok(story.text.answers.filter(|_| !typed.is_empty())));
    }
    let Some(id) = named(app, &part_of(&typed)).await? else { return Ok(Err(LinkProblem::NotFound)) };
    if id == story.story.id() {
        return Ok(Err(LinkProblem::Itself));
    }
    match on_desk(app, id).await?.filter(|found| may_know_of(staff, found)) {
        Some(_) => Ok(Ok(Some(id))),
        None => Ok(Err(LinkProblem::NotFound)),
    }
}

impl Linked {
    /// The story at an address that somebody copied from the paper or from the desk, where they may open it on the desk; what is
    /// no address names none.
    pub async fn at_address(app: &App, member: &Member, typed: &str) -> Result<Option<StoryId>, PageError> {
        let typed = arabic::clean::line(typed);
        let is_address =
            !typed.contains(char::is_whitespace) && typed.split('/').any(|part| ["stories", "s"].contains(&part));
        if !is_address {
            return Ok(None);
        }
        let Some(id) = named(app, &part_of(&typed)).await? else { return Ok(None) };
        Ok(on_desk(app, id).await?.filter(|found| may_read(&member.staff, found)).map(|_| id))
    }

    /// The story that a text answers, or beside which it stands.
    pub async fn of(app: &App, member: &Member, text: &StoryText) -> Result<Option<Self>, PageError> {
        let Some(id) = text.answers else { return Ok(None) };
        let found = on_desk(app, id).await?;
        let slug = match found.as_ref().map(|found| &found.story) {
            Some(Story::Published(published)) => Some(address::story(&published.slug)),
            _ => None,
        };
        Ok(Some(Self {
            key: key_to(text.kind),
            is_public: slug.is_some(),
            href: slug.unwrap_or_else(|| format!("/desk/stories/{id}")),
            headline: found
                .filter(|found| may_know_of(&member.staff, found))
                .map(|found| found.story.text().headline.clone()),
        }))
    }
}

async fn on_desk(app: &App, id: StoryId) -> Result<Option<OnDesk>, PageError> {
    match app.store.on_desk(id).await {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::NotFound) => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}

fn may_know_of(staff: &Staff, story: &OnDesk) -> bool {
    matches!(story.story, Story::Published(_)) || may_read(staff, story)
}

async fn named(app: &App, name: &str) -> Result<Option<StoryId>, PageError> {
    let mut found = app.store.find_story(name).await?;
    if let Some(Found::Moved { slug }) = &found {
        found = app.store.find_story(slug).await?;
    }
    match found {
        Some(Found::Here(story)) => Ok(Some(story.id())),
        _ => Ok(StoryId::from_short(name)),
    }
}

/// The part of an address that names the story; of what is no address, all of it.
pub(super) fn part_of(typed: &str) -> String {
    let path = typed.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let after = parts.clone().skip_while(|part| !["stories", "s"].contains(part)).nth(1);
    let part = after.or_else(|| parts.next_back()).unwrap_or_default();
    percent_decode_str(part).decode_utf8_lossy().replace('\0', "")
}
