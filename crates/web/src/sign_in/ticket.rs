//! Tickets: sealed, for one purpose and one person, good for some minutes. They are made without writing anything down, so
//! that whoever only looks at a page costs nothing, and used up in the store.

use super::door::Door;
use crate::guard::hash_of;
use hmac::Mac;
use jiff::SignedDuration;
use newsroom::Timestamp;
use store::people::TokenHash;

/// What a ticket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The second step after a password.
    SecondStep,
    /// A passkey at the door.
    PasskeyAtTheDoor,
    /// A new passkey.
    NewPasskey,
    /// A passkey of somebody who is in already.
    PasskeyAgain,
    /// A passkey of a reader at the door.
    ReaderAtTheDoor,
    /// A passkey with which a reader makes an account.
    NewReader,
    /// One more passkey of a reader.
    ReaderPasskey,
    /// An account of the organisation at the door.
    OrganisationAtTheDoor,
    /// An account of the organisation to be linked.
    OrganisationLink,
    /// An account of the organisation of somebody who is in already.
    OrganisationAgain,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::SecondStep => "second-step",
            Self::PasskeyAtTheDoor => "passkey-at-the-door",
            Self::NewPasskey => "new-passkey",
            Self::PasskeyAgain => "passkey-again",
            Self::ReaderAtTheDoor => "reader-at-the-door",
            Self::NewReader => "new-reader",
            Self::ReaderPasskey => "reader-passkey",
            Self::OrganisationAtTheDoor => "organisation-at-the-door",
            Self::OrganisationLink => "organisation-link",
            Self::OrganisationAgain => "organisation-again",
        }
    }
}

/// A ticket that holds.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Whom it is about, by the number of their id; 0 where that is not known yet.
    pub about: i64,
    /// What the store knows it by, and until when it holds.
    pub mark: (TokenHash, Timestamp),
}

const NOBODY: i64 = 0;
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(10);
/// End, person, randomness.
const BODY: usize = 8 + 8 + 16;
const SEAL: usize = 32;

impl Ticket {
    /// When it was issued.
    pub fn asked_at(&self) -> Timestamp {
        self.mark.1.saturating_sub(GOOD_FOR).unwrap_or(self.mark.1)
    }
}

/// A new ticket; `None` when the system has no randomness to give.
pub fn issue(door: &Door, purpose: Purpose, about: Option<i64>, now: Timestamp) -> Option<Vec<u8>> {
    let until = now.saturating_add(GOOD_FOR).ok()?;
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).ok()?;
    let about = about.unwrap_or(NOBODY);
    let body = [&until.as_millisecond().to_be_bytes()[..], &about.to_be_bytes(), &random].concat();
    let seal = door.seal(purpose.word(), &body)?.finalize().into_bytes();
    Some([body.as_slice(), &seal].concat())
}

/// The ticket, when it is one of ours, for this purpose, and still good.
pub fn read(door: &Door, purpose: Purpose, bytes: &[u8], now: Timestamp) -> Option<Ticket> {
    let (body, seal) = bytes.split_at_checked(BODY).filter(|(_, seal)| seal.len() == SEAL)?;
    door.seal(purpose.word(), body)?.verify_slice(seal).ok()?;
    let number = |at: usize| body.get(at..at + 8)?.try_into().ok().map(i64::from_be_bytes);
    let until = Timestamp::from_millisecond(number(0)?).ok()?;
    let mark = hash_of(&crate::passkeys::written(bytes));
    (until > now).then_some(Ticket { about: number(8)?, mark: (mark, until) })
}
