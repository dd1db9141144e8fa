//! What a happening is called and what it is about.

use super::What;
use crate::ids::{CommentId, ReaderId, StoryId, VisitorId};

/// A word for each: the key of its sentence in the locales, and its word in the store.
macro_rules! keys {
    ($($variant:ident $key:literal,)*) => {
        /// The key of its sentence in the locales, and its word in the store.
        pub fn key(&self) -> &'static str {
            match self {
                $(Self::$variant { .. } => $key,)*
            }
        }
    };
}

impl What {
    keys! {
        OrderStep "order-step",
        OrderKeysChanged "order-keys-changed",
        StoryDrafted "story-drafted",
        StoryMoved "story-moved",
        StoryTakenUp "story-taken-up",
        StoryAssigned "story-assigned",
        StoryTimed "story-timed",
        StoryHeldUp "story-held-up",
        StoryHeld "story-held",
        StoryTicked "story-ticked",
        StoryNoted "story-noted",
        NoteAnswered "note-answered",
        NoteSettled "note-settled",
        ChecklistChanged "checklist-changed",
        StoryRestored "story-restored",
        StoryPublished "story-published",
        StoryCorrected "story-corrected",
        StoryUpdated "story-updated",
        StoryChanged "story-changed",
        StoryWithdrawn "story-withdrawn",
        StoryLed "story-led",
        FrontLaunched "front-launched",
        FrontTimed "front-timed",
        StripRaised "strip-raised",
        StripEnded "strip-ended",
        CoverageOpened "coverage-opened",
        CoverageProlonged "coverage-prolonged",
        CoverageEnded "coverage-ended",
        LiveEntryWritten "live-entry-written",
        LiveEntryChanged "live-entry-changed",
        LiveEntryRemoved "live-entry-removed",
        SiteChanged "site-changed",
        PaperWaysChanged "paper-ways-changed",
        IssueKept "issue-kept",
        IssueCorrected "issue-corrected",
        IssueFileReplaced "issue-file-replaced",
        IssueTimed "issue-timed",
        IssuePublished "issue-published",
        IssueWithdrawn "issue-withdrawn",
        CommentPolicyChanged "comment-policy-changed",
        CommentHeld "comment-held",
        CommentRewritten "comment-rewritten",
        CommentReleased "comment-released",
        CommentRefused "comment-refused",
        CommentWithdrawn "comment-withdrawn",
        CommentErased "comment-erased",
        ReaderErased "reader-erased",
        CommentTakenDown "comment-taken-down",
        RulingUndone "ruling-undone",
        CommentCollapsed "comment-collapsed",
        CommentReported "comment-reported",
        AppealMade "appeal-made",
        AppealDecided "appeal-decided",
        FlaggerAdded "flagger-added",
        FlaggerRevoked "flagger-revoked",
        CommentAssigned "comment-assigned",
        CommentEscalated "comment-escalated",
        CommentNoted "comment-noted",
        FindingDisputed "finding-disputed",
        CommentFeatured "comment-featured",
        ReasonTextChanged "reason-text-changed",
        SignedIn "signed-in",
        StaffAdded "staff-added",
        StaffPlaced "staff-placed",
        StaffDisabled "staff-disabled",
        StaffEnabled "staff-enabled",
        StaffLinked "staff-linked",
        SignInRefused "sign-in-refused",
        SignInChanged "sign-in-changed",
        SessionsEnded "sessions-ended",
        SectionAdded "section-added",
        SectionRenamed "section-renamed",
        SectionMoved "section-moved",
        SectionRemoved "section-removed",
        PictureKept "picture-kept",
        PictureSized "picture-sized",
        CardDrawn "card-drawn",
        PictureDescribed "picture-described",
        PictureRightsEnded "picture-rights-ended",
        PictureTakenDown "picture-taken-down",
        PictureShownAgain "picture-shown-again",
        PictureRemoved "picture-removed",
        PictureReplaced "picture-replaced",
        PageChanged "page-changed",
        PageRemoved "page-removed",
        PageReturned "page-returned",
        RedirectSet "redirect-set",
        RedirectRemoved "redirect-removed",
        RedirectReturned "redirect-returned",
        RulebookChanged "rulebook-changed",
        ActingChanged "acting-changed",
        LayerLearned "layer-learned",
        LearningChanged "learning-changed",
        OtherSiteChanged "other-site-changed",
        OtherSiteKeyChanged "other-site-key-changed",
        OutsidePageOpened "outside-page-opened",
        FarHostChanged "far-host-changed",
        ApiKeyAdded "api-key-added",
        ApiKeyRevoked "api-key-revoked",
        MeasureTaken "measure-taken",
        MeasureAcknowledged "measure-acknowledged",
        MeasureLifted "measure-lifted",
        MeasureRanOut "measure-ran-out",
        VisitorNoted "visitor-noted",
        ReaderJoined "reader-joined",
        HistoryMoved "history-moved",
        NoticesChanged "notices-changed",
        FollowersChanged "followers-changed",
        JobsTriedAgain "jobs-tried-again",
        JobsDropped "jobs-dropped",
        Imported "imported",
    }

    /// The story it is about, if it is about one.
    pub fn story(&self) -> Option<StoryId> {
        match self {
            Self::StoryDrafted { story }
            | Self::StoryMoved { story, .. }
            | Self::StoryTakenUp { story }
            | Self::StoryAssigned { story, .. }
            | Self::StoryTimed { story, .. }
            | Self::StoryRestored { story, .. }
            | Self::StoryHeldUp { story }
            | Self::StoryHeld { story, .. }
            | Self::StoryTicked { story, .. }
            | Self::StoryNoted { story, .. }
            | Self::NoteAnswered { story, .. }
            | Self::NoteSettled { story, .. }
            | Self::StoryPublished { story }
            | Self::StoryCorrected { story }
            | Self::StoryUpdated { story }
            | Self::StoryChanged { story }
            | Self::StoryWithdrawn { story }
            | Self::StoryLed { story }
            | Self::CardDrawn { story }
            | Self::CoverageOpened { story, .. }
            | Self::CoverageProlonged { story, .. }
            | Self::CoverageEnded { story, .. }
            | Self::LiveEntryWritten { story, .. }
            | Self::LiveEntryChanged { story, .. }
            | Self::LiveEntryRemoved { story, .. }
            | Self::PictureReplaced { story, .. }
            | Self::CommentPolicyChanged { story }
            | Self::OutsidePageOpened { story, .. }
            | Self::CommentHeld { story, .. }
            | Self::CommentRewritten { story, .. }
            | Self::CommentReleased { story, .. }
            | Self::CommentRefused { story, .. }
            | Self::CommentWithdrawn { story, .. }
            | Self::CommentErased { story, .. }
            | Self::CommentTakenDown { story, .. }
            | Self::RulingUndone { story, .. }
            | Self::CommentCollapsed { story, .. }
            | Self::CommentReported { story, .. }
            | Self::AppealMade { story, .. }
            | Self::AppealDecided { story, .. }
            | Self::CommentAssigned { story, .. }
            | Self::CommentEscalated { story, .. }
            | Self::CommentNoted { story, .. }
            | Self::FindingDisputed { story, .. }
            | Self::CommentFeatured { story, .. } => Some(*story),
            _ => None,
        }
    }

    /// The same without the reader it is about, where it is about one: for when that reader's data go.
    #[must_use]
    pub fn about_nobody(self) -> Self {
        let visitor = VisitorId(0);
        match self {
            Self::MeasureTaken { measure, what, until, .. } => Self::MeasureTaken { visitor, measure, what, until },
            Self::MeasureAcknowledged { measure, .. } => Self::MeasureAcknowledged { visitor, measure },
            Self::MeasureLifted { measure, .. } => Self::MeasureLifted { visitor, measure },
            Self::MeasureRanOut { measure, .. } => Self::MeasureRanOut { visitor, measure },
            Self::VisitorNoted { .. } => Self::VisitorNoted { visitor },
            Self::ReaderJoined { .. } => Self::ReaderJoined { reader: ReaderId(0), visitor },
            Self::HistoryMoved { .. } => Self::HistoryMoved { from: visitor, to: visitor },
            Self::NoticesChanged { notices, .. } => Self::NoticesChanged { reader: ReaderId(0), notices },
            other => other,
        }
    }

    /// The reader it is about, if it is about one.
    pub fn visitor(&self) -> Option<VisitorId> {
        match self {
            Self::MeasureTaken { visitor, .. }
            | Self::MeasureAcknowledged { visitor, .. }
            | Self::MeasureLifted { visitor, .. }
            | Self::MeasureRanOut { visitor, .. }
            | Self::ReaderJoined { visitor, .. }
            | Self::HistoryMoved { to: visitor, .. }
            | Self::VisitorNoted { visitor } => Some(*visitor),
            _ => None,
        }
    }

    /// The comment it is about, if it is about one.
    pub fn comment(&self) -> Option<CommentId> {
        match self {
            Self::CommentHeld { comment, .. }
            | Self::CommentRewritten { comment, .. }
            | Self::CommentReleased { comment, .. }
            | Self::CommentRefused { comment, .. }
            | Self::CommentWithdrawn { comment, .. }
            | Self::CommentErased { comment, .. }
            | Self::CommentTakenDown { comment, .. }
            | Self::RulingUndone { comment, .. }
            | Self::CommentCollapsed { comment, .. }
            | Self::CommentReported { comment, .. }
            | Self::AppealMade { comment, .. }
            | Self::AppealDecided { comment, .. }
            | Self::CommentAssigned { comment, .. }
            | Self::CommentEscalated { comment, .. }
            | Self::CommentNoted { comment, .. }
            | Self::FindingDisputed { comment, .. }
            | Self::CommentFeatured { comment, .. } => Some(*comment),
            _ => None,
        }
    }
}
