//! A line of a message: what is so at this minute, by headline, who, what and where. Never words of a story or of a comment
//! that waits. What is not so any more, or is not theirs to see, is no line.

use super::clock::{MOST_WAITING, count_waiting};
use crate::app::App;
use crate::comments::when;
use crate::editor::may_read;
use crate::layout::address;
use crate::words::Words;
use newsroom::notices::{DeskNotice, Told};
use newsroom::people::{May, Staff};
use newsroom::story::{Stage, Story};
use newsroom::{StaffId, StripId};
use serde::Serialize;
use store::StoreError;
use store::stories::OnDesk;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    /// The word of the choice under which it falls, or `trial`.
    pub what: &'static str,
    /// The story's headline, or the strip; empty where it is about neither.
    pub headline: String,
    /// Who did it, by name; empty: the clock.
    pub who: String,
    /// All of it in a sentence.
    pub text: String,
    /// Where it leads.
    pub link: String,
}

/// The end of a sentence's key, who did it, and what else the sentence says.
type So = (&'static str, Option<StaffId>, Vec<(&'static str, String)>);

/// Who is told, and in which words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'r> {
    pub app: &'r App,
    pub colleague: &'r Staff,
    /// Everybody who works or worked here, for their names.
    pub staff: &'r [Staff],
    pub t: Words,
}

impl Reader<'_> {
    /// The line of what is told; none when there is nothing to tell any more.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn line(&self, told: &Told) -> Result<Option<Line>, StoreError> {
        match *told {
            Told::Breaking { strip, by } => self.strip(strip, by).await,
            Told::Waiting { hours } => self.waiting(hours).await,
            Told::Trial => Ok(Some(self.trial())),
            Told::Rights { story, day } => self.rights(story, day).await,
            Told::ChannelOff { channel } => self.channel_off(channel).await,
            Told::Attack { at } => Ok(self.attack("notice.told.attack", at)),
            Told::AttackOver { at } => Ok(self.attack("notice.told.attack-over", at)),
            _ => self.of_story(told).await,
        }
    }

    async fn of_story(&self, told: &Told) -> Result<Option<Line>, StoreError> {
        let Some(story) = told.story() else { return Ok(None) };
        let on_desk = match self.app.store.on_desk(story).await {
            Ok(on_desk) => on_desk,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        // They may have been given another section, or another role, since it happened.
        if !may_read(self.colleague, &on_desk) {
            return Ok(None);
        }
        let Some((key, by, extra)) = self.is_so(told, &on_desk) else { return Ok(None) };
        let text = if matches!(told, Told::Published { .. }) { on_desk.story.text() } else { &on_desk.text };
        let untitled = || self.t.s("desk.no-headline");
        let headline = Some(text.headline.clone()).filter(|line| !line.trim().is_empty()).unwrap_or_else(untitled);
        let who = by.map(|by| self.name(by)).unwrap_or_default();
        let mut words = vec![("headline", headline.as_str()), ("name", who.as_str())];
        words.extend(extra.iter().map(|(name, words)| (*name, words.as_str())));
        let text = self.t.with(&format!("notice.told.{key}"), 1, &words);
        let at_note = match told {
            Told::Noted { note, .. } | Told::Answered { note, .. } => format!("#note-{note}"),
            _ => String::new(),
        };
        let link = address::whole(&self.app.paper, &format!("/desk/stories/{story}{at_note}"));
        Ok(Some(Line { what: word(told), text, link, headline, who }))
    }

    /// How it is said, while it is so.
    fn is_so(&self, told: &Told, on_desk: &OnDesk) -> Option<So> {
        let (work, me) = (&on_desk.work, self.colleague.id);
        let is_draft = matches!(on_desk.story, Story::Draft(_));
        let time = |at| vec![("time", when(&self.t, &self.app.paper, at))];
        let in_work = is_draft && !matches!(work.stage, Stage::Ready | Stage::Killed);
        match *told {
            Told::Given { by, .. } if is_draft && work.assigned_to == Some(me) => match work.due_at {
                Some(at) => Some(("given-due", by, time(at))),
                None => Some(("given", by, Vec::new())),
            },
            Told::Due { at, .. } if in_work && work.due_at == Some(at) => Some(("due", None, time(at))),
            Told::Overdue { at, .. } if in_work && work.due_at == Some(at) => Some(("overdue", None, time(at))),
            Told::Noted { by, .. } => Some(("noted", by, Vec::new())),
            Told::Answered { by, .. } => Some(("answered", by, Vec::new())),
            Told::Moved { stage, by, .. } if is_draft && work.stage == stage => match stage {
                Stage::Ready => Some(("ready", by, Vec::new())),
                Stage::Writing => Some(("writing", by, Vec::new())),
                Stage::Killed => Some(("killed", by, vec![("why", work.killed_why.clone())])),
                Stage::Idea | Stage::Proof => None,
            },
            Told::Published { by, .. } if matches!(on_desk.story, Story::Published(_)) => {
                Some((if by.is_some() { "published" } else { "published-by-clock" }, by, Vec::new()))
            }
            Told::HeldUp { .. } if is_draft && work.held_up.is_some() => Some(("held-up", None, Vec::new())),
            _ => None,
        }
    }

    /// Breaking news stands on every page: everybody may read it.
    async fn strip(&self, strip: StripId, by: Option<StaffId>) -> Result<Option<Line>, StoreError> {
        let standing = self.app.store.standing_strip(self.app.now()).await?;
        let Some(standing) = standing.filter(|standing| standing.id == strip) else { return Ok(None) };
        let who = by.map(|by| self.name(by)).unwrap_or_default();
        let words = [("headline", standing.text.as_str()), ("name", who.as_str())];
        let text = self.t.with("notice.told.breaking", 1, &words);
        let path = standing.slug.as_deref().map_or_else(|| "/".to_owned(), address::story);
        let link = address::whole(&self.app.paper, &path);
        Ok(Some(Line { what: DeskNotice::Breaking.key(), headline: standing.text, who, text, link }))
    }

    async fn waiting(&self, hours: u8) -> Result<Option<Line>, StoreError> {
        let count = match self.colleague.role.may(May::Moderate) {
            true => count_waiting(self.app, self.colleague, hours, self.app.now()).await?,
            false => 0,
        };
        if count == 0 {
            return Ok(None);
        }
        let key = if count < u64::from(MOST_WAITING) { "notice.told.waiting" } else { "notice.told.waiting-many" };
        let span = self.t.n("notice.hours", u64::from(hours));
        let text = self.t.with(key, count, &[("span", &span)]);
        let link = address::whole(&self.app.paper, "/desk");
        Ok(Some(Line { what: DeskNotice::Waiting.key(), headline: String::new(), who: String::new(), text, link }))
    }

    fn trial(&self) -> Line {
        let text = self.t.with("notice.told.trial", 1, &[("paper", &self.app.paper.name)]);
        let link = address::whole(&self.app.paper, "/desk/me/notices");
        Line { what: "trial", headline: String::new(), who: String::new(), text, link }
    }

    fn name(&self, id: StaffId) -> String {
        let found = self.staff.iter().find(|one| one.id == id).map(|one| one.name.clone());
        found.unwrap_or_else(|| self.t.s("notice.somebody"))
    }
}

fn word(told: &Told) -> &'static str {
    told.choice().map_or("trial", DeskNotice::key)
}
