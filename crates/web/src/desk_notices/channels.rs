//! A channel that was switched off because nothing arrived there: told to the editors who may do something about it.

use super::follow::tell;
use super::line::{Line, Reader};
use crate::app::App;
use crate::layout::address;
use newsroom::ChannelId;
use newsroom::notices::{DeskNotice, Told};
use newsroom::people::{May, Staff};
use store::StoreError;
use store::desk_notices::Listener;

/// Tells of it, once in an hour.
///
/// # Errors
/// When the store cannot answer.
pub async fn tell_channel_off(app: &App, channel: ChannelId) -> Result<(), StoreError> {
    let (listeners, here) = (app.store.listeners().await?, app.store.staff_at_work().await?);
    let theirs = |one: &&Listener| here.iter().any(|staff| staff.id == one.staff && may_see(staff));
    let once = format!("channel-off:{}:{}", channel.0, app.now().as_second() / 3_600);
    tell(app, Told::ChannelOff { channel }, &once, listeners.iter().filter(theirs).collect()).await
}

/// Answers for what the whole paper is furnished with.
pub(super) fn may_see(staff: &Staff) -> bool {
    staff.role.may(May::Furnish) && staff.bound_to().is_none()
}

impl Reader<'_> {
    /// The line of it, while the channel is off and nobody has seen to it.
    pub(super) async fn channel_off(&self, channel: ChannelId) -> Result<Option<Line>, StoreError> {
        let kept = match self.app.store.channel(channel).await {
            Ok(kept) => kept,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        if kept.stopped_at.is_none() || kept.by_hand || !may_see(self.colleague) {
            return Ok(None);
        }
        let text = self.t.with("notice.told.channel-off", 1, &[("name", &kept.channel.name)]);
        let link = address::whole(&self.app.paper, &format!("/desk/channels/{channel}"));
        Ok(Some(Line { what: DeskNotice::Channels.key(), headline: String::new(), who: String::new(), text, link }))
    }
}
