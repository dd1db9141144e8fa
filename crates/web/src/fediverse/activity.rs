//! An activity as another server wrote it, and whether it is any business of the paper's. What is not is answered and forgotten: no
//! server is asked anything because of it.

use super::place::{followed_at, host, story_at};
use super::words::mark_of;
use crate::app::App;
use serde_json::Value;
use store::StoreError;

/// The longest address that is read, in bytes.
const MOST_ADDRESS: usize = 1_000;

/// An activity.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Activity {
    /// Its address.
    pub id: String,
    /// By whom.
    pub actor: String,
    /// What is done.
    pub kind: String,
    /// To what: an address, or the thing itself.
    pub object: Value,
}

/// What it is to the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Concern {
    /// Somebody wants to follow.
    Follow,
    /// Somebody takes something back, perhaps that.
    Undo,
    /// Something was said, perhaps under a story.
    Said,
    /// What was said under a story has other words.
    Reworded,
    /// What was said under a story is taken back.
    TakenBack,
    /// An account that was here is no more.
    Gone,
}

impl Activity {
    /// Reads one; none: it is none, or says not by whom.
    pub fn read(body: &[u8]) -> Option<Self> {
        let said: Value = serde_json::from_slice(body).ok()?;
        let kind = said["type"].as_str()?.to_owned();
        let activity =
            Self { id: address(&said["id"])?, actor: address(&said["actor"])?, kind, object: said["object"].clone() };
        Some(activity)
    }

    /// It is not taken while the paper is for reading only; what somebody takes back is.
    pub fn brings_something(&self) -> bool {
        ["Follow", "Create", "Update"].contains(&self.kind.as_str())
    }

    /// What it is to the paper; none: nothing.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn concern(&self, app: &App) -> Result<Option<Concern>, StoreError> {
        let object = address(&self.object);
        Ok(match self.kind.as_str() {
            "Follow" => object.and_then(|whom| followed_at(&app.paper, &whom)).map(|_| Concern::Follow),
            "Undo" => match self.object["type"].as_str() {
                Some("Follow") => Some(Concern::Undo),
                Some(_) => None,
                // By its address alone: it is looked for among those by which somebody asked to follow.
                None => app.store.follows_from_afar(&self.actor).await?.then_some(Concern::Undo),
            },
            "Create" if self.is_note() => {
                let under = self.under();
                let is_ours = under.as_ref().is_some_and(|under| story_at(&app.paper, under).is_some());
                let answers = match under.filter(|_| !is_ours) {
                    Some(note) => app.store.far_comment(&mark_of(app, &note)).await?.is_some(),
                    None => false,
                };
                (is_ours || answers).then_some(Concern::Said)
            }
            "Update" if self.is_note() => self.known(app, object).await?.then_some(Concern::Reworded),
            "Delete" if object.as_ref() == Some(&self.actor) => {
                let follows = app.store.follows_from_afar(&self.actor).await?;
                let wrote = app.store.known_far_person(&mark_of(app, &self.actor)).await?.is_some();
                (follows || wrote).then_some(Concern::Gone)
            }
            "Delete" => self.known(app, object).await?.then_some(Concern::TakenBack),
            _ => None,
        })
    }

    async fn known(&self, app: &App, note: Option<String>) -> Result<bool, StoreError> {
        match note {
            Some(note) => Ok(app.store.far_comment(&mark_of(app, &note)).await?.is_some()),
            None => Ok(false),
        }
    }

    fn is_note(&self) -> bool {
        self.object["type"] == "Note"
    }

    /// What the note answers.
    pub fn under(&self) -> Option<String> {
        address(&self.object["inReplyTo"])
    }

    /// The hosts of the activity, of whoever did it, and of the key's name are one: what a server says of another one's accounts
    /// is worth nothing.
    pub fn is_of_one_host(&self, key_name: &str) -> bool {
        let of = host(&self.actor);
        of.is_some() && host(&self.id) == of && host(key_name) == of
    }
}

/// An address, or that of a thing.
pub(super) fn address(said: &Value) -> Option<String> {
    let said = said.as_str().or_else(|| said["id"].as_str())?;
    let fits = said.len() <= MOST_ADDRESS && said.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| said.to_owned())
}

/// One address, or several.
pub(super) fn addresses(said: &Value) -> Vec<&str> {
    match said {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}
