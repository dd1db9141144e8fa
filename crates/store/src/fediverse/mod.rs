//! The Fediverse: who follows the paper from other servers, what they are told, what came from there and is still to be looked at,
//! as which visitor somebody comments from there, and which servers are not heard.

mod arrivals;
mod blocks;
mod followers;
mod messages;
mod people;

pub use arrivals::{Arrival, MOST_ARRIVALS, NewArrival};
pub use blocks::{Block, LogLine};
pub use followers::{FailingInbox, Follower, NewFollower};
pub use messages::{FarMessage, MessageKind};
pub use people::{FarComment, NewNote};

pub(crate) use blocks::BLOCKED;
pub(crate) use messages::{TO_TELL, UNFILLED};
pub(crate) use people::NOTE;

/// The kind of the outbox's jobs that tell other servers.
pub const FEDIVERSE_OUT: &str = "fediverse-out";
/// The kind of those that look at what came from there.
pub const FEDIVERSE_IN: &str = "fediverse-in";
