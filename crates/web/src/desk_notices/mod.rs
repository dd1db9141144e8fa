//! What colleagues are told, each by choice: what happened becomes notices, notices that are due together become one message,
//! and what stands in it is looked up at the minute in which it goes out. Notices hold ids and no word. Who sends stands in
//! `server`.

mod attack;
mod channels;
mod chat;
mod clock;
mod confirm;
mod follow;
mod form;
mod hook;
mod line;
mod page;
mod parcel;
mod rights;
mod together;
mod ways;

#[cfg(test)]
mod tests;

pub use attack::tell_of_attack;
pub use channels::tell_channel_off;
pub use chat::{ask_chat, confirm_chat};
pub use clock::{Turns, turn};
pub use confirm::{ask as confirm_form, confirm};
pub use hook::signature;
pub use page::in_words as undelivered_words;
pub use page::{keep, show};
pub use parcel::{Parcel, Undelivered, parcel, settle};
pub use ways::{ask_mail, remove, secret as hook_secret, send_trial, set_hook};

use crate::app::App;
use newsroom::DeliveryId;
use newsroom::StaffId;
use newsroom::notices::Way;
use serde::{Deserialize, Serialize};
use store::StoreError;
pub use store::desk_notices::DESK_NOTICE as KIND;

/// What a job of the outbox is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Job {
    /// A message.
    Delivery(DeliveryId),
    /// The link that confirms a colleague's address of mail.
    Confirm(StaffId),
    /// The code that confirms a colleague's chat.
    Code(StaffId),
}

/// The paper in the language in which a colleague reads the desk: their own choice, or the paper's.
///
/// # Errors
/// When the store cannot answer.
pub async fn as_colleague_reads(app: &App, colleague: StaffId) -> Result<App, StoreError> {
    let chosen = app.store.staff_language(colleague).await?;
    Ok(chosen.map_or_else(|| app.to_readers(), |language| app.speaking(language)))
}

/// Whether the paper has the means to tell anybody by a way.
pub fn is_offered(app: &App, way: Way) -> bool {
    match way {
        Way::Mail => app.paper.sends_mail,
        Way::Hook => true,
        Way::Telegram => app.paper.tells_by_telegram,
    }
}
