//! What colleagues want to hear of and where they are told; what they are to be told, and the messages that tell it. A notice
//! is there once for each happening, colleague and way; it goes into one message, whose job stands in the outbox from the same
//! transaction on.

mod around;
mod chats;
mod choices;
mod deliveries;
mod ways;

pub(crate) use around::{TIMED_BY, WAITING_IN, WAITING_SINCE};
pub use choices::Listener;
pub use deliveries::{DESK_NOTICE, Delivery, NewDeskNotice};
pub(crate) use deliveries::{DUE, LATELY, OF_DELIVERY};
pub use ways::{NewWay, StaffWay};
