//! Addresses by which a reader of the newsletter changes or ends it without signing in: who it is, and a seal. The one that ends it
//! travels in a letter's head, where programs on the way read it, and opens nothing else.

use crate::app::App;
use crate::guard::Seal;
use crate::layout::address;
use newsroom::SubscriberId;

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To see and change what is wanted.
    Mine,
    /// To end it.
    Leave,
}

impl Purpose {
    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Mine => b"newsletter mine",
            Self::Leave => b"newsletter leave",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Mine => "/newsletter/mine/",
            Self::Leave => "/newsletter/leave/",
        }
    }
}

/// The last part of the address: the reader, and a seal.
pub fn key(app: &App, id: SubscriberId, purpose: Purpose) -> String {
    format!("{id}.{}", seal(app, id, purpose).short())
}

/// The whole address.
pub fn whole_address_of(app: &App, id: SubscriberId, purpose: Purpose) -> String {
    address::whole(&app.paper, &format!("{}{}", purpose.path(), key(app, id, purpose)))
}

/// Whose address it is; none where it was not made here, or for something else.
pub(super) fn read(app: &App, key: &str, purpose: Purpose) -> Option<SubscriberId> {
    let (id, sent) = key.split_once('.')?;
    let id = SubscriberId::from_short(id)?;
    seal(app, id, purpose).matches_short(sent).then_some(id)
}

fn seal(app: &App, id: SubscriberId, purpose: Purpose) -> Seal {
    Seal::over(app, purpose.bytes(), &[&id.0.to_be_bytes()])
}
