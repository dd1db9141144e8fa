//! One type per kind of id, and the maker of ids.
//!
//! Ids are made by the program, never by a database: 63 bits, time-ordered, so that keys of new rows stand together on
//! every engine. 41 bits of milliseconds since 2025-01-01 UTC (until 2094), 10 bits of node, 12 bits of sequence. The
//! layout is that of Twitter's snowflake (2010) with an epoch of our own.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};

/// Milliseconds from the Unix epoch to 2025-01-01T00:00:00Z.
const EPOCH_MS: i64 = 1_735_689_600_000;
const NODE_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The short form for addresses: base 58, ASCII, no look-alike letters, at most 11 characters.
            pub fn short(self) -> String {
                short(self.0)
            }

            /// Reads the short form back; `None` when it is not one.
            pub fn from_short(text: &str) -> Option<Self> {
                from_short(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.short())
            }
        }
    )+};
}

ids! {
    /// A story.
    StoryId,
    /// An earlier text of a story.
    StoryRevisionId,
    /// A comment; with its story's id it is a key.
    CommentId,
    /// Who comments: a device, or an account.
    VisitorId,
    /// A reader's account.
    ReaderId,
    /// A link by mail that opens an account once.
    ReaderLinkId,
    /// A member of the staff.
    StaffId,
    /// A section of the paper.
    SectionId,
    /// A front page that was launched, or is to be.
    LaunchId,
    /// A strip of breaking news.
    StripId,
    /// A while for which a story is covered live.
    CoverageId,
    /// An update of live coverage.
    LiveEntryId,
    /// A version of a part of the paper's house.
    SiteVersionId,
    /// A version of the ways that the paper goes by: from 1, one after the other.
    PaperWaysId,
    /// A printed issue.
    IssueId,
    /// The file of a printed issue.
    IssueFileId,
    /// A picture.
    PictureId,
    /// A ruling on a comment.
    RulingId,
    /// A version of the rules by which comments are examined.
    RulebookId,
    /// A version of what rules may decide by themselves.
    ActingId,
    /// A version of what is looked at before a story goes public.
    ChecklistId,
    /// A layer that the paper's own decisions taught.
    LayerId,
    /// A version of whether such a layer is used, and which.
    LearningId,
    /// A time at which one is taught.
    LearningRunId,
    /// A reader's report of a comment.
    ReportId,
    /// An objection to a ruling.
    AppealId,
    /// Somebody whose reports are looked at first.
    FlaggerId,
    /// An authority's order to remove comments.
    OrderId,
    /// A key to which removed words are sealed.
    OrderKeyId,
    /// A measure on a reader.
    MeasureId,
    /// A note that the staff wrote about a reader.
    NoteId,
    /// A look at who shares a network with a reader.
    LookId,
    /// A reader's data on their way out.
    ErasureId,
    /// Something that has happened.
    HappeningId,
    /// A job of the outbox.
    JobId,
    /// Something that a colleague is to be told.
    DeskNoticeId,
    /// A message to a colleague, with what it tells.
    DeliveryId,
    /// A sign-in of a member of the staff or of a reader.
    SessionId,
    /// A passkey of a member of the staff or of a reader.
    PasskeyId,
    /// Another site, under whose pages readers talk here.
    OtherSiteId,
    /// Another comment system that asks for verdicts.
    ApiClientId,
    /// What such a system's moderators decided about a text.
    SuggestionId,
    /// A version of a part of what is sent to followers.
    FollowersId,
    /// A reader of the newsletter.
    SubscriberId,
    /// An edition of the newsletter.
    EditionId,
    /// A channel of others that hears of what is published.
    ChannelId,
    /// Something that a channel is told.
    ChannelDeliveryId,
    /// A browser that its reader lets the paper wake.
    PushId,
    /// What such browsers are told.
    PushMessageId,
    /// An address at which another server takes what those are told who follow from there.
    FarInboxId,
    /// Somebody who follows from another server.
    FarFollowerId,
    /// What those who follow from other servers are told.
    FarMessageId,
    /// Something that another server sent and nobody has looked at yet.
    ArrivalId,
}

/// The smallest id that could be made at a time: rows of a span of time are found by their keys.
pub fn first_id_at(at: Timestamp) -> i64 {
    at.as_millisecond().saturating_sub(EPOCH_MS).max(0) << (NODE_BITS + SEQUENCE_BITS)
}

fn short(id: i64) -> String {
    bs58::encode(id.to_be_bytes()).into_string()
}

fn from_short(text: &str) -> Option<i64> {
    if text.is_empty() || text.len() > 11 {
        return None;
    }
    let bytes = bs58::decode(text).into_vec().ok()?;
    let id = i64::from_be_bytes(bytes.try_into().ok()?);
    (id >= 0).then_some(id)
}

/// A clock that stands so far behind what it said was set back; whoever asks for an id brings a time that is less old.
const SET_BACK_MS: u64 = 10 * 60 * 1000;

fn milliseconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond().saturating_sub(EPOCH_MS)).unwrap_or(0)
}

/// Makes ids that grow with time and never repeat within one program.
#[derive(Debug)]
pub struct IdMaker {
    node: u64,
    /// The last (milliseconds, sequence) given out, as one number.
    last: AtomicU64,
}

impl IdMaker {
    /// A maker for one node. Two programs on one database must have different nodes (0 to 1,023; higher bits are cut).
    pub fn new(node: u16) -> Self {
        Self { node: u64::from(node) & ((1 << NODE_BITS) - 1), last: AtomicU64::new(0) }
    }

    /// From here on every id is larger than this one, whoever made it: also where the clock was set back before a start.
    pub fn go_on_after(&self, id: i64) {
        let ms = u64::try_from(id).unwrap_or(0) >> (NODE_BITS + SEQUENCE_BITS);
        self.last.fetch_max((ms << SEQUENCE_BITS) | ((1 << SEQUENCE_BITS) - 1), Ordering::AcqRel);
    }

    /// The ids run ahead of the clock by so much that it must have been set back.
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        (self.last.load(Ordering::Acquire) >> SEQUENCE_BITS) > milliseconds(now) + SET_BACK_MS
    }

    /// The next id. When a millisecond's 4,096 numbers are used up, or the clock goes back, the id runs ahead of the
    /// clock instead of repeating, by one number each time. Whoever asks brings a time of its own, that of an archive's comment too:
    /// in whatever order they come, no id lies beyond the latest of them by more than the numbers that were used.
    pub fn make(&self, now: Timestamp) -> i64 {
        let ms = milliseconds(now);
        let at_least = ms << SEQUENCE_BITS;
        let next = |last: u64| at_least.max(last + 1);
        let before = self.last.fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| Some(next(last)));
        let taken = next(before.unwrap_or_else(|same| same));
        let (ms, sequence) = (taken >> SEQUENCE_BITS, taken & ((1 << SEQUENCE_BITS) - 1));
        let id = (ms << (NODE_BITS + SEQUENCE_BITS)) | (self.node << SEQUENCE_BITS) | sequence;
        i64::try_from(id & (i64::MAX as u64)).unwrap_or(i64::MAX)
    }
}
