//! Channels of others that hear of what is published: channels of Telegram and programs at addresses of the web. The desk says
//! which, of what and of which sections; what each is told is looked up when it goes out, and is public. Who sends it stands in
//! `server`.

mod add;
mod list;
mod machines;
mod one;
mod parcel;
mod telegram;
mod told;

#[cfg(test)]
mod tests;

pub use add::add;
pub use list::show;
pub use machines::{keep_machines, keep_push};
pub use one::{again, keep_wish, remove, resume, show as show_one, stop};
pub use parcel::{ChannelAnswer, ChannelParcel, channel_parcel, settle_channel};

use crate::app::App;
use newsroom::HappeningId;
use newsroom::followers::{About, Event};
use store::StoreError;
use store::channels::{KeptChannel, NewChannelDelivery};

/// Keeps what channels are to be told of a happening, for each that wants it, once.
///
/// # Errors
/// When the store cannot answer.
pub async fn put(
    app: &App,
    happening: HappeningId,
    (event, about): (Event, About),
    all: &[KeptChannel],
) -> Result<(), StoreError> {
    // Ids are time-ordered: what happened before a channel was added is told to the others alone.
    let hears = |one: &&KeptChannel| one.channel.id.0 < happening.0 && one.channel.wish.events.contains(&event);
    let open = || all.iter().filter(|one| one.stopped_at.is_none()).filter(hears);
    if open().next().is_none() {
        return Ok(());
    }
    let section = match about.story {
        Some(story) => match app.store.section_of(story).await {
            Err(StoreError::NotFound) => return Ok(()),
            section => section?,
        },
        None => None,
    };
    for one in open().filter(|one| one.channel.wish.wants(event, section)) {
        let new = NewChannelDelivery { channel: one.channel.id, happening, event, about };
        app.store.put_channel_delivery(new, app.now()).await?;
    }
    Ok(())
}
