//! Everything that can happen, in one enum. A happening is written in the transaction that makes it true, and never changed.

mod about;

use crate::comment::RefusalReason;
use crate::followers::FollowersPart;
use crate::ids::{
    ActingId, AppealId, ChecklistId, CommentId, CoverageId, ErasureId, HappeningId, IssueFileId, IssueId, LaunchId,
    LayerId, LearningId, LiveEntryId, MeasureId, NoteId, OrderId, PaperWaysId, ReaderId, RulebookId, RulingId,
    SectionId, SiteVersionId, StaffId, StoryId, StripId, VisitorId,
};
use crate::people::{Actor, MailNotices, MeasureKind, Role};
use crate::site::Part;
use crate::story::{Point, Stage};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A row of the log: what, who, when, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// Time-ordered.
    pub id: HappeningId,
    /// When, UTC.
    pub at: Timestamp,
    /// Who did it.
    pub by: Actor,
    /// What.
    pub what: What,
    /// Why, in the words of whoever did it; empty when nothing was said.
    #[serde(default)]
    pub why: String,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[allow(missing_docs)] // the fields are ids of what the variant names
pub enum What {
    /// Something was done about an authority's order.
    OrderStep { order: OrderId, step: OrderStep },
    /// A key to which removed words are sealed was added or taken away.
    OrderKeysChanged { added: bool },
    /// A draft came into being.
    StoryDrafted { story: StoryId },
    /// A story that is not public went to another stage of the work; why a killed one will not be printed.
    StoryMoved { story: StoryId, stage: Stage },
    /// Somebody began to write what was an idea.
    StoryTakenUp { story: StoryId },
    /// Somebody was given a story to write, or nobody; and by when.
    StoryAssigned { story: StoryId, to: Option<StaffId>, due: Option<Timestamp> },
    /// The minute at which the clock publishes a story was set, or taken away; and the one before which nobody does.
    StoryTimed { story: StoryId, goes_at: Option<Timestamp>, embargo: Option<Timestamp> },
    /// The minute of a story came and it could not be published; why not.
    StoryHeldUp { story: StoryId },
    /// Nothing of a story goes public for a reason of law; or that is over.
    StoryHeld { story: StoryId, held: bool },
    /// An editor said that a point of the paper's list is met at a story, or took that back.
    StoryTicked { story: StoryId, point: Point, met: bool },
    /// A colleague noted something at a story.
    StoryNoted { story: StoryId, note: NoteId },
    /// A colleague answered a note.
    NoteAnswered { story: StoryId, note: NoteId },
    /// What was noted is settled, or open again.
    NoteSettled { story: StoryId, note: NoteId, settled: bool },
    /// What is looked at before a story goes public was changed.
    ChecklistChanged { checklist: ChecklistId },
    /// What was said before is to be said again: an earlier text was put before the writer.
    StoryRestored { story: StoryId, revision: i64 },
    /// A story went public.
    StoryPublished { story: StoryId },
    /// A published story was changed with a dated, visible correction.
    StoryCorrected { story: StoryId },
    /// There is something new in a published story, and readers are told when.
    StoryUpdated { story: StoryId },
    /// A published story was changed in a way that readers are not told of: a slip of the pen.
    StoryChanged { story: StoryId },
    /// A published story was taken back.
    StoryWithdrawn { story: StoryId },
    /// A story was put at the head of the front page.
    StoryLed { story: StoryId },
    /// A front page was launched: readers have it from now on. The one that it replaced, if it was laid out by somebody.
    FrontLaunched { launch: LaunchId, was: Option<LaunchId> },
    /// A front page was given to the clock for a minute, or taken from it.
    FrontTimed { launch: LaunchId, goes_at: Option<Timestamp> },
    /// Breaking news was put over every page; the strip that it replaced, if one stood there.
    StripRaised { strip: StripId, was: Option<StripId> },
    /// A strip of breaking news came to its end, by somebody or by itself.
    StripEnded { strip: StripId },
    /// A public story is covered live from now on, until a time.
    CoverageOpened { story: StoryId, coverage: CoverageId, until: Timestamp },
    /// Its coverage goes on for longer than was said.
    CoverageProlonged { story: StoryId, coverage: CoverageId, until: Timestamp },
    /// Its coverage came to its end, by somebody or by itself.
    CoverageEnded { story: StoryId, coverage: CoverageId },
    /// An update of live coverage went public.
    LiveEntryWritten { story: StoryId, entry: LiveEntryId },
    /// A public update was put right, for readers to see.
    LiveEntryChanged { story: StoryId, entry: LiveEntryId },
    /// A public update was removed; why.
    LiveEntryRemoved { story: StoryId, entry: LiveEntryId },
    /// A part of the paper's house was changed: its menus, its style rules, ads.txt.
    SiteChanged { part: Part, version: SiteVersionId },
    /// The ways that the paper goes by were changed: its country, or its own word on one of them.
    PaperWaysChanged { version: PaperWaysId },
    /// A printed issue was put in; readers do not have it yet.
    IssueKept { issue: IssueId },
    /// The number or the day of a printed issue was put right.
    IssueCorrected { issue: IssueId },
    /// A printed issue was given another file; why.
    IssueFileReplaced { issue: IssueId, file: IssueFileId, was: IssueFileId },
    /// A printed issue was given to the clock for a minute, or taken from it.
    IssueTimed { issue: IssueId, goes_at: Option<Timestamp> },
    /// Readers have a printed issue from now on.
    IssuePublished { issue: IssueId },
    /// A printed issue was taken back; why.
    IssueWithdrawn { issue: IssueId },
    /// What readers may do under a story was changed.
    CommentPolicyChanged { story: StoryId },
    /// A comment came in and waits.
    CommentHeld { story: StoryId, comment: CommentId },
    /// A waiting comment was rewritten by its author.
    CommentRewritten { story: StoryId, comment: CommentId },
    /// A comment went public, with its number.
    CommentReleased { story: StoryId, comment: CommentId, number: i64, ruling: Option<RulingId> },
    /// A comment was refused.
    CommentRefused { story: StoryId, comment: CommentId, reason: RefusalReason, ruling: Option<RulingId> },
    /// Its author took it back.
    CommentWithdrawn { story: StoryId, comment: CommentId },
    /// Its words are gone for good, because its author wanted it so.
    CommentErased { story: StoryId, comment: CommentId },
    /// Everything that a reader had sent is gone; the number of comments it was.
    ReaderErased { erasure: ErasureId, comments: u64 },
    /// A public comment was taken down.
    CommentTakenDown { story: StoryId, comment: CommentId, reason: RefusalReason, ruling: Option<RulingId> },
    /// A ruling was undone: the comment is again what it was.
    RulingUndone { story: StoryId, comment: CommentId, ruling: RulingId },
    /// Collapsed or opened again on the page.
    CommentCollapsed { story: StoryId, comment: CommentId, collapsed: bool },
    /// A reader reported a comment.
    CommentReported { story: StoryId, comment: CommentId },
    /// An objection to a ruling on a comment came in.
    AppealMade { story: StoryId, comment: CommentId, appeal: AppealId },
    /// It was decided by a person; reversed: the comment is from now on what was asked for.
    AppealDecided { story: StoryId, comment: CommentId, appeal: AppealId, reversed: bool },
    /// Somebody was given a key that marks their reports as to be looked at first.
    FlaggerAdded { name: String },
    /// The key was taken away.
    FlaggerRevoked { name: String },
    /// A waiting comment was given to a member of the staff, or to nobody.
    CommentAssigned { story: StoryId, comment: CommentId, to: Option<StaffId> },
    /// Somebody asked for a second opinion on a waiting comment, or took that back.
    CommentEscalated { story: StoryId, comment: CommentId, asked: bool },
    /// A note for colleagues was written beside a comment.
    CommentNoted { story: StoryId, comment: CommentId },
    /// A moderator said that a finding is wrong, or took that back; the key of its reason.
    FindingDisputed { story: StoryId, comment: CommentId, reason: String, disputed: bool },
    /// The paper chose a public comment, or no longer.
    CommentFeatured { story: StoryId, comment: CommentId, featured: bool },
    /// What the paper says beside a reason was changed.
    ReasonTextChanged { reason: RefusalReason },
    /// A member of the staff signed in.
    SignedIn,
    /// A member of the staff was added.
    StaffAdded { name: String },
    /// A member of the staff was given another role or other sections; none: the whole paper.
    StaffPlaced { name: String, role: Role, sections: Vec<SectionId> },
    /// Somebody works here no more, or not for now: every sign-in of theirs has ended.
    StaffDisabled { name: String },
    /// And came back.
    StaffEnabled { name: String },
    /// A member of the staff was given a link to sign in with once.
    StaffLinked { name: String },
    /// Somebody tried to sign in as a member of the staff and failed.
    SignInRefused { name: String },
    /// A member of the staff changed what they sign in with.
    SignInChanged { change: KeyChange },
    /// Every sign-in of a member of the staff was ended.
    SessionsEnded { name: String },
    /// A section was added to the masthead.
    SectionAdded { section: SectionId, name: String },
    /// A section was given another name; its address stays.
    SectionRenamed { section: SectionId, was: String, name: String },
    /// A section was put at another place of the masthead.
    SectionMoved { section: SectionId },
    /// A section without stories was taken out of the masthead.
    SectionRemoved { section: SectionId, name: String },
    /// A picture was taken into the library.
    PictureKept { name: String },
    /// Further sizes of a picture of the library were made.
    PictureSized { name: String },
    /// The card that other places show of a link to a story was drawn.
    CardDrawn { story: StoryId },
    /// What is said about a picture of the library was changed.
    PictureDescribed { name: String },
    /// A picture's rights ended, and readers see it no more.
    PictureRightsEnded { name: String },
    /// A picture was taken from every page, with a reason.
    PictureTakenDown { name: String },
    /// Readers see a picture again: its rights were extended, or it was put back.
    PictureShownAgain { name: String },
    /// A picture that no story uses was removed from the library.
    PictureRemoved { name: String },
    /// In a story, a picture stands in place of another one.
    PictureReplaced { story: StoryId, name: String, with: String },
    /// A page that is no story was put in or given another text.
    PageChanged { slug: String },
    /// A page that is no story was removed.
    PageRemoved { slug: String },
    /// A page that was removed stands there again.
    PageReturned { slug: String },
    /// An address of before leads somewhere, or somewhere else.
    RedirectSet { path: String },
    /// An address of before leads nowhere any more.
    RedirectRemoved { path: String },
    /// An address of before leads again where it led.
    RedirectReturned { path: String },
    /// The rules of the examination were changed.
    RulebookChanged { rulebook: RulebookId },
    /// What rules may decide by themselves was changed.
    ActingChanged { acting: ActingId },
    /// The paper's decisions taught a layer over the learned heads. Nothing is judged by it yet.
    LayerLearned { layer: LayerId, decisions: u64 },
    /// What is used of such layers, and when they are taught, was changed.
    LearningChanged { learning: LearningId },
    /// Another site may show threads under its pages, or what holds for it was changed; open: it may.
    OtherSiteChanged { name: String, open: bool },
    /// A key by which another site says who writes was added or taken away.
    OtherSiteKeyChanged { name: String, added: bool },
    /// Somebody wrote under a page of another site for the first time: it has a thread from now on.
    OutsidePageOpened { story: StoryId, name: String },
    /// Another server of the Fediverse is not heard any more, or again. Why stands with the block.
    FarHostChanged { host: String, blocked: bool },
    /// Another comment system was given a key.
    ApiKeyAdded { name: String },
    /// Its key was taken away.
    ApiKeyRevoked { name: String },
    /// A measure was taken on a reader. Why stands with the measure: it goes when the reader's data go.
    MeasureTaken { visitor: VisitorId, measure: MeasureId, what: MeasureKind, until: Option<Timestamp> },
    /// The reader said that a warning was read.
    MeasureAcknowledged { visitor: VisitorId, measure: MeasureId },
    /// A measure was taken back.
    MeasureLifted { visitor: VisitorId, measure: MeasureId },
    /// A measure came to its end.
    MeasureRanOut { visitor: VisitorId, measure: MeasureId },
    /// Something was written down about a reader.
    VisitorNoted { visitor: VisitorId },
    /// A reader made an account, which comments as this visitor.
    ReaderJoined { reader: ReaderId, visitor: VisitorId },
    /// What a device had sent, and what was written down about it, went to the account that was opened on it.
    HistoryMoved { from: VisitorId, to: VisitorId },
    /// A reader said what is to be told by mail.
    NoticesChanged { reader: ReaderId, notices: MailNotices },
    /// What is sent to those who follow the paper was changed: its newsletter, its channels, hubs, messages to browsers.
    FollowersChanged { part: FollowersPart },
    /// Jobs of a kind that the program had given up are tried again.
    JobsTriedAgain { of: String, jobs: u64 },
    /// Jobs of a kind that the program had given up were dropped.
    JobsDropped { of: String, jobs: u64 },
    /// A page or an archive was brought in.
    Imported { source: String, stories: u64, comments: u64 },
}

/// What somebody changed about the way they sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyChange {
    /// A password was set, or another one.
    Password,
    /// Codes of a device are asked for beside the password.
    TotpOn,
    /// They are no longer asked for.
    TotpOff,
    /// The recovery codes were made anew.
    RecoveryCodes,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was taken away.
    PasskeyRemoved,
    /// An account at the organisation's own sign-in was linked.
    OrganisationLinked,
    /// It no longer opens the desk.
    OrganisationUnlinked,
}

impl KeyChange {
    /// The end of its key in the locales.
    pub fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::TotpOn => "totp-on",
            Self::TotpOff => "totp-off",
            Self::RecoveryCodes => "recovery-codes",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::OrganisationLinked => "organisation-linked",
            Self::OrganisationUnlinked => "organisation-unlinked",
        }
    }
}

/// What was done about an authority's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderStep {
    /// It was entered.
    Entered,
    /// Its document was kept.
    DocumentKept,
    /// What was entered was put right.
    Corrected,
    /// It was carried out.
    CarriedOut,
    /// Words that were removed before were sealed.
    Sealed,
    /// Somebody took a copy of what is sealed.
    Taken,
    /// For how long it is kept, or the author not told, was changed.
    Extended,
    /// It was annulled, and a comment stands again.
    Reinstated,
    /// Its time is over: what was kept is erased.
    Ended,
}

impl OrderStep {
    /// Every step.
    pub const ALL: [Self; 9] = [
        Self::Entered,
        Self::DocumentKept,
        Self::Corrected,
        Self::CarriedOut,
        Self::Sealed,
        Self::Taken,
        Self::Extended,
        Self::Reinstated,
        Self::Ended,
    ];

    /// The word under which it is stored and translated (`order.step.entered` …).
    pub fn key(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::DocumentKept => "document-kept",
            Self::Corrected => "corrected",
            Self::CarriedOut => "carried-out",
            Self::Sealed => "sealed",
            Self::Taken => "taken",
            Self::Extended => "extended",
            Self::Reinstated => "reinstated",
            Self::Ended => "ended",
        }
    }

    /// Reads the word back.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
    }
}
