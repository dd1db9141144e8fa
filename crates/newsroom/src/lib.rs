//! The trade: stories, comments, people, and what may happen to them.
//!
//! No I/O: rows, pages, status codes, drivers and the clock are unknown here (`now` is an argument). States are types, a
//! change of state consumes one and gives the next, and says everything that is wrong at once.

pub mod acting;
pub mod agreement;
pub mod body;
pub mod breaking;
pub mod byline;
pub mod comment;
pub mod country;
pub mod followers;
pub mod front;
pub mod happening;
pub mod ids;
pub mod languages;
pub mod learning;
pub mod live;
pub mod meaning;
pub mod notices;
pub mod order;
pub mod outside;
pub mod page;
pub mod people;
pub mod policy;
pub mod printed;
pub mod profile;
pub mod readings;
pub mod rules;
pub mod search;
pub mod section;
pub mod site;
pub mod slug;
pub mod story;

pub use ids::{
    ActingId, ApiClientId, AppealId, ArrivalId, ChannelDeliveryId, ChannelId, ChecklistId, CommentId, CoverageId,
    DeliveryId, DeskNoticeId, EditionId, ErasureId, FarFollowerId, FarInboxId, FarMessageId, FlaggerId, FollowersId,
    HappeningId, IdMaker, IssueFileId, IssueId, JobId, LaunchId, LayerId, LearningId, LearningRunId, LiveEntryId,
    LookId, MeasureId, NoteId, OrderId, OrderKeyId, OtherSiteId, PaperWaysId, PasskeyId, PictureId, PushId,
    PushMessageId, ReaderId, ReaderLinkId, ReportId, RulebookId, RulingId, SectionId, SessionId, SiteVersionId,
    StaffId, StoryId, StoryRevisionId, StripId, SubscriberId, SuggestionId, VisitorId,
};
pub use jiff::Timestamp;
