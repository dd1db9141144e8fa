//! Values in, rows out: two kinds of value (whole numbers, texts), bytes for pictures, and nothing else, so that both
//! engines and every export agree.

use super::StoreError;
use newsroom::{
    ActingId, ApiClientId, AppealId, ArrivalId, ChannelDeliveryId, ChannelId, ChecklistId, CommentId, CoverageId,
    DeliveryId, DeskNoticeId, EditionId, ErasureId, FarFollowerId, FarInboxId, FarMessageId, FlaggerId, FollowersId,
    HappeningId, IssueFileId, IssueId, JobId, LaunchId, LayerId, LearningId, LearningRunId, LiveEntryId, LookId,
    MeasureId, NoteId, OrderId, OrderKeyId, OtherSiteId, PaperWaysId, PasskeyId, PictureId, PushId, PushMessageId,
    ReaderId, ReaderLinkId, ReportId, RulebookId, RulingId, SectionId, SessionId, SiteVersionId, StaffId, StoryId,
    StoryRevisionId, StripId, SubscriberId, SuggestionId, Timestamp, VisitorId,
};

/// A value given to a statement or read from a row. Times are whole milliseconds since 1970 UTC, yes and no are 1 and 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// One row of an answer.
#[derive(Debug, Clone)]
pub(crate) struct Row(pub(super) Vec<Value>);

impl Row {
    /// The whole number in a column; a null reads as an error.
    pub(crate) fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_int(column)?.ok_or_else(|| wrong(column, "a number"))
    }

    /// The whole number in a column that may be null.
    pub(crate) fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(n)) => Ok(Some(*n)),
            Some(Value::Null) => Ok(None),
            _ => Err(wrong(column, "a number")),
        }
    }

    /// The text in a column; a null reads as an error. Takes it out of the row.
    pub(crate) fn text(&mut self, column: usize) -> Result<String, StoreError> {
        self.maybe_text(column)?.ok_or_else(|| wrong(column, "a text"))
    }

    /// The text in a column that may be null. Takes it out of the row.
    pub(crate) fn maybe_text(&mut self, column: usize) -> Result<Option<String>, StoreError> {
        match self.0.get_mut(column) {
            Some(Value::Text(text)) => Ok(Some(std::mem::take(text))),
            Some(Value::Null) => Ok(None),
            _ => Err(wrong(column, "a text")),
        }
    }

    /// The bytes in a column. Takes them out of the row.
    pub(crate) fn bytes(&mut self, column: usize) -> Result<Vec<u8>, StoreError> {
        match self.0.get_mut(column) {
            Some(Value::Bytes(bytes)) => Ok(std::mem::take(bytes)),
            _ => Err(wrong(column, "bytes")),
        }
    }

    /// A yes (1) or no (0).
    pub(crate) fn yes(&self, column: usize) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    /// A time.
    pub(crate) fn time(&self, column: usize) -> Result<Timestamp, StoreError> {
        self.maybe_time(column)?.ok_or_else(|| wrong(column, "a time"))
    }

    /// A time that may be null.
    pub(crate) fn maybe_time(&self, column: usize) -> Result<Option<Timestamp>, StoreError> {
        let Some(ms) = self.maybe_int(column)? else { return Ok(None) };
        Timestamp::from_millisecond(ms).map(Some).map_err(|_| wrong(column, "a time"))
    }

    /// What was stored as JSON.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self, column: usize) -> Result<T, StoreError> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|problem| StoreError::Broken(format!("column {column}: {problem}")))
    }

    /// All values, for the export.
    pub(crate) fn into_values(self) -> Vec<Value> {
        self.0
    }
}

fn wrong(column: usize, wanted: &str) -> StoreError {
    StoreError::Broken(format!("column {column} is not {wanted}"))
}

/// Writes something as JSON text for a column.
pub(crate) fn json<T: serde::Serialize>(what: &T) -> Result<String, StoreError> {
    serde_json::to_string(what).map_err(|problem| StoreError::Broken(problem.to_string()))
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Timestamp> for Value {
    fn from(time: Timestamp) -> Self {
        Self::Int(time.as_millisecond())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Null, Into::into)
    }
}

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::Int(id.0)
            }
        }
    )+};
}

ids!(
    ActingId,
    ApiClientId,
    AppealId,
    ArrivalId,
    ChannelDeliveryId,
    ChannelId,
    ChecklistId,
    CommentId,
    CoverageId,
    DeliveryId,
    DeskNoticeId,
    EditionId,
    ErasureId,
    FarFollowerId,
    FarInboxId,
    FarMessageId,
    FlaggerId,
    FollowersId,
    HappeningId,
    IssueFileId,
    IssueId,
    JobId,
    LaunchId,
    LayerId,
    LearningId,
    LearningRunId,
    LiveEntryId,
    LookId,
    MeasureId,
    NoteId,
    OrderId,
    OrderKeyId,
    OtherSiteId,
    PaperWaysId,
    PasskeyId,
    PictureId,
    PushId,
    PushMessageId,
    ReaderId,
    ReaderLinkId,
    ReportId,
    RulebookId,
    RulingId,
    SectionId,
    SessionId,
    SiteVersionId,
    StaffId,
    StoryId,
    StoryRevisionId,
    StripId,
    SubscriberId,
    SuggestionId,
    VisitorId,
);
