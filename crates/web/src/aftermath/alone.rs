//! Happenings after which nothing is to be done, and those that change nothing but printed issues.

/// What the log alone tells of: nothing that is shown or held in memory changes. Whoever adds a happening puts it here or
/// into the match of [`tell_all`]: the compiler asks.
macro_rules! for_the_log_alone {
    () => {
        What::OrderStep { .. }
            | What::OrderKeysChanged { .. }
            | What::FrontTimed { .. }
            | What::IssueKept { .. }
            | What::IssueTimed { .. }
            | What::StoryDrafted { .. }
            | What::StoryMoved { .. }
            | What::StoryTakenUp { .. }
            | What::StoryAssigned { .. }
            | What::StoryTimed { .. }
            | What::StoryRestored { .. }
            | What::StoryHeldUp { .. }
            | What::StoryHeld { .. }
            | What::StoryTicked { .. }
            | What::StoryNoted { .. }
            | What::NoteAnswered { .. }
            | What::NoteSettled { .. }
            | What::ChecklistChanged { .. }
            | What::OtherSiteChanged { .. }
            | What::OtherSiteKeyChanged { .. }
            | What::OutsidePageOpened { .. }
            | What::FarHostChanged { .. }
            | What::PictureKept { .. }
            | What::RedirectSet { .. }
            | What::RedirectRemoved { .. }
            | What::RedirectReturned { .. }
            | What::ReaderErased { .. }
            | What::FlaggerAdded { .. }
            | What::FlaggerRevoked { .. }
            | What::CommentNoted { .. }
            | What::FindingDisputed { .. }
            | What::ReasonTextChanged { .. }
            | What::SignedIn
            | What::StaffAdded { .. }
            | What::StaffPlaced { .. }
            | What::StaffDisabled { .. }
            | What::StaffEnabled { .. }
            | What::StaffLinked { .. }
            | What::SignInRefused { .. }
            | What::SignInChanged { .. }
            | What::SessionsEnded { .. }
            | What::LayerLearned { .. }
            | What::MeasureTaken { .. }
            | What::MeasureAcknowledged { .. }
            | What::MeasureLifted { .. }
            | What::MeasureRanOut { .. }
            | What::VisitorNoted { .. }
            | What::ReaderJoined { .. }
            | What::HistoryMoved { .. }
            | What::NoticesChanged { .. }
            | What::JobsTriedAgain { .. }
            | What::JobsDropped { .. }
    };
}
pub(super) use for_the_log_alone;

/// What readers see of printed issues.
macro_rules! of_issues {
    () => {
        What::IssuePublished { .. }
            | What::IssueCorrected { .. }
            | What::IssueFileReplaced { .. }
            | What::IssueWithdrawn { .. }
    };
}
pub(super) use of_issues;

/// What changes how a picture of the library is shown, wherever it stands.
macro_rules! of_picture {
    ($name:ident) => {
        What::PictureDescribed { name: $name }
            | What::PictureSized { name: $name }
            | What::PictureRightsEnded { name: $name }
            | What::PictureTakenDown { name: $name }
            | What::PictureShownAgain { name: $name }
    };
}
pub(super) use of_picture;
