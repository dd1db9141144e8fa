//! A reader with an account. An account is a way back to one's own comments and to notices by mail; nobody needs one, and it
//! says nothing about who somebody is.

use crate::ids::{ReaderId, VisitorId};
use crate::profile::Language;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Most bytes of an address of mail (RFC 5321, 4.5.3.1.3, without the angle brackets).
const MOST_BYTES: usize = 254;
/// Most bytes before the `@` (RFC 5321, 4.5.3.1.1).
const MOST_LOCAL_BYTES: usize = 64;
/// Most bytes of a part between two dots of a domain (RFC 1035, 2.3.4).
const MOST_LABEL_BYTES: usize = 63;

/// A reader with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Which account.
    pub id: ReaderId,
    /// As whom the account comments. It is no device's: the history of a device moves to it.
    pub visitor: VisitorId,
    /// The name offered in the comment form; may be empty. A label like every name.
    pub name: String,
    /// Where mail goes, once its owner has shown that it is theirs.
    pub email: Option<EmailAddress>,
    /// The language of mail.
    pub language: Language,
    /// What is told by mail.
    pub notices: MailNotices,
    /// Since when.
    pub since: Timestamp,
}

/// What a reader is told by mail. As it begins: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MailNotices {
    /// A public answer to a comment of theirs.
    pub replies: bool,
    /// What was decided about a comment, a report or an objection of theirs.
    pub decisions: bool,
}

/// One kind of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// An answer.
    Reply,
    /// A decision.
    Decision,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Reply, Self::Decision];

    /// The word under which it is sent and translated.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Decision => "decision",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

impl MailNotices {
    /// Whether a kind is wanted.
    pub fn wants(self, kind: NoticeKind) -> bool {
        match kind {
            NoticeKind::Reply => self.replies,
            NoticeKind::Decision => self.decisions,
        }
    }

    /// The same without a kind.
    pub fn without(mut self, kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::Reply => self.replies = false,
            NoticeKind::Decision => self.decisions = false,
        }
        self
    }
}

/// An address of mail as typed: `local@domain`, at most 254 bytes, in ASCII, without quotes, comments and numbers in brackets.
/// Whether it is anybody's is known only when somebody answers from there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address; spaces around it are dropped. `None` when it is none that mail could go to.
    pub fn new(typed: &str) -> Option<Self> {
        let address = arabic::clean::line(typed);
        let (local, domain) = address.rsplit_once('@')?;
        let fits = address.len() <= MOST_BYTES && local.len() <= MOST_LOCAL_BYTES;
        let labels: Vec<&str> = domain.split('.').collect();
        let named = labels.len() > 1 && labels.iter().all(|label| is_label(label));
        let last_has_a_letter = labels.last().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_alphabetic()));
        let said = local.split('.').all(|part| !part.is_empty() && part.bytes().all(is_local));
        (fits && named && last_has_a_letter && said).then_some(Self(address))
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One spelling for many: what an account is looked up by. Small letters also before the `@`: servers that tell `A@` from
    /// `a@` have not been seen for decades, and people do not know which they typed.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// `atext` of RFC 5322, 3.2.3.
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_label(label: &str) -> bool {
    let edges = label.bytes().next().into_iter().chain(label.bytes().last());
    let inside = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    !label.is_empty() && label.len() <= MOST_LABEL_BYTES && inside && edges.into_iter().all(|byte| byte != b'-')
}
