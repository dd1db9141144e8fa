//! What every card needs to know of who is looking: their settings, their colleagues, their section.

use super::card::Card;
use crate::app::App;
use crate::guard::Member;
use crate::layout::Frame;
use crate::words::Words;
use newsroom::Timestamp;
use newsroom::people::{DeskSettings, May, Staff};
use store::StoreError;
use store::queue::QueueEntry;

/// Who is looking at cards, and what is known once for all of them.
#[derive(Debug, Clone)]
pub struct Around {
    /// Words in the paper's language.
    pub t: Words,
    /// Who.
    pub me: Staff,
    /// How they like the desk.
    pub settings: DeskSettings,
    /// Everybody who works here and may rule on comments.
    pub colleagues: Vec<Staff>,
    now: Timestamp,
}

impl Around {
    /// What is known.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of(app: &App, member: &Member) -> Result<Self, StoreError> {
        let now = app.now();
        let mut colleagues = app.store.staff_at_work().await?;
        colleagues.retain(|somebody| somebody.role.may(May::Moderate));
        let settings = app.store.desk_settings(member.staff.id).await?;
        Ok(Self { t: Frame::bare(app, now).t, me: member.staff.clone(), settings, colleagues, now })
    }

    /// The cards of these comments, with everything beside them.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn cards(&self, app: &App, entries: Vec<QueueEntry>) -> Result<Vec<Card>, StoreError> {
        let which: Vec<_> = entries.iter().map(|entry| (entry.story, entry.comment)).collect();
        let beside = app.store.beside(&entries).await?;
        let claims = app.store.claims_on(&which, self.now).await?;
        let cards = entries.into_iter().zip(beside).map(|(entry, beside)| {
            let claim = claims.iter().find(|claim| claim.comment == entry.comment && claim.by != self.me.id);
            Card::new(app, self, entry, beside, claim.map(|claim| claim.by_name.clone()))
        });
        Ok(cards.collect())
    }

    /// The card of one comment.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn card(&self, app: &App, entry: QueueEntry) -> Result<Card, StoreError> {
        self.cards(app, vec![entry]).await?.pop().ok_or(StoreError::NotFound)
    }
}
