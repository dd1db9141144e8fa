//! A story before the staff, in whatever state, with what can be done about it.

use super::work::{in_box, moves};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::editor::{Part, Seen, may_decide, may_write, of_texts};
use crate::guard::{Editor, Member, Writer};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::story::blocks::Blocks;
use askama::Template;
use axum::extract::State;
use newsroom::people::{May, Staff};
use newsroom::story::{CommentPolicy, Draft, Missing, NotYet, Stage, Story, StoryText, Work};
use newsroom::{StaffId, StoryId, Timestamp};
use store::stories::OnDesk;

#[derive(Template)]
#[template(path = "newsroom_desk/preview.html")]
struct Preview {
    frame: Frame,
    shell: Shell,
    blocks: Blocks,
    text: StoryText,
    id: StoryId,
    state: &'static str,
    /// When it went public, or was begun.
    when: String,
    /// Where readers find it, once they do.
    public: Option<String>,
    comments: Option<CommentPolicy>,
    missing: Vec<Missing>,
    /// It lacks nothing, and must wait all the same.
    not_yet: Option<String>,
    note: String,
    /// A publication was tried and could not be.
    refused: bool,
    /// Readers have another text than this.
    pending: bool,
    /// How often readers have opened it, once they could.
    reads: Option<String>,
    changes: Vec<Part>,
    may_write: bool,
    /// Whoever reads this may publish it, time it and give it away.
    decides: bool,
    work: Work,
    /// Where whoever reads this may take it.
    moves: Vec<Stage>,
    /// Who may be given it.
    colleagues: Vec<Staff>,
    in_hands: Option<String>,
    due: Option<String>,
    goes_at: Option<String>,
    embargo: Option<String>,
    due_box: String,
    goes_box: String,
    embargo_box: String,
}

/// `GET /desk/stories/{id}`.
pub async fn preview(writer: Writer, story: Seen, State(app): State<App>) -> Answer {
    page(&app, &writer, story.0, false).await
}

/// The page of a story that could not be published, with what is missing.
pub(super) async fn not_ready(app: &App, editor: &Editor, story: OnDesk) -> Answer {
    page(app, editor, story, true).await
}

async fn page(app: &App, member: &Member, story: OnDesk, refused: bool) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "stories").await?;
    let (now, work) = (app.now(), story.work.clone());
    let said = |at: Timestamp| when(&frame.t, &app.paper, at);
    let is_draft = matches!(story.story, Story::Draft(_));
    let (state, at) = match &story.story {
        Story::Draft(draft) => (work.state_key(now), draft.begun_at),
        Story::Published(published) => ("published", published.published_at),
        Story::Withdrawn(withdrawn) => ("withdrawn", withdrawn.withdrawn_at),
    };
    let readers_have = match &story.story {
        Story::Published(published) => Some((address::story(&published.slug), published.comments)),
        Story::Draft(_) | Story::Withdrawn(_) => None,
    };
    let (public, comments) = readers_have.unzip();
    let reads = match is_draft {
        true => None,
        false => Some(frame.t.n("statistics.reads", app.store.reads_of(story.story.id()).await?)),
    };
    let staff = if is_draft { app.store.staff_at_work().await? } else { Vec::new() };
    let of = |id: Option<StaffId>| staff.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone());
    let preview = Preview {
        blocks: Blocks::new(&story.text.body),
        id: story.story.id(),
        state,
        when: said(at),
        public,
        comments,
        missing: lacks(&story, now),
        not_yet: work.may_go(now).err().filter(|_| is_draft).map(|why| match why {
            NotYet::Embargo(until) => frame.t.with("not-yet.embargo", 1, &[("time", &said(until))]),
            NotYet::Killed => frame.t.with("not-yet.killed", 1, &[("why", &work.killed_why)]),
        }),
        note: match &story.story {
            Story::Withdrawn(withdrawn) => withdrawn.note.clone(),
            Story::Draft(_) | Story::Published(_) => String::new(),
        },
        refused,
        pending: story.pending,
        reads,
        changes: if story.pending { of_texts(story.story.text(), &story.text) } else { Vec::new() },
        may_write: may_write(&member.staff, &story),
        moves: if is_draft { moves(&member.staff, &story, work.stage) } else { Vec::new() },
        decides: member.staff.role.may(May::Publish) && may_decide(&member.staff, &story),
        in_hands: of(work.assigned_to).or_else(|| of(work.begun_by)),
        due: work.due_at.map(said),
        goes_at: work.goes_at.map(said),
        embargo: work.embargo_until.map(said),
        due_box: in_box(app, work.due_at),
        goes_box: in_box(app, work.goes_at),
        embargo_box: in_box(app, work.embargo_until),
        colleagues: staff.into_iter().filter(|one| one.role.may(May::WriteStories)).collect(),
        text: story.text,
        work,
        frame,
        shell,
    };
    Page::private(&preview)
}

/// What a story lacks before readers may have what is written on it.
fn lacks(story: &OnDesk, now: Timestamp) -> Vec<Missing> {
    let is_waiting = story.pending || matches!(story.story, Story::Draft(_));
    let text = if let Story::Draft(draft) = &story.story { &draft.text } else { &story.text };
    let as_draft =
        Draft { id: story.story.id(), text: text.clone(), comments: CommentPolicy::default(), begun_at: now };
    if is_waiting { as_draft.missing() } else { Vec::new() }
}

impl Preview {
    fn is(&self, policy: &CommentPolicy) -> bool {
        self.comments == Some(*policy)
    }

    fn state_words(&self) -> String {
        self.frame.t.s(&format!("state.story.{}", self.state))
    }

    fn policy_words(&self, policy: &CommentPolicy) -> String {
        self.frame.t.s(&format!("desk.policy.{}", policy.key()))
    }

    fn stage_words(&self, stage: &Stage) -> String {
        self.frame.t.s(&format!("stage.to.{}", stage.key()))
    }

    fn may_kill(&self) -> bool {
        self.moves.contains(&Stage::Killed)
    }

    fn is_draft(&self) -> bool {
        !["published", "withdrawn"].contains(&self.state)
    }

    fn has(&self, colleague: &Staff) -> bool {
        self.work.assigned_to == Some(colleague.id)
    }

    fn policies(&self) -> [CommentPolicy; 4] {
        CommentPolicy::ALL
    }

    fn lacks_section(&self) -> bool {
        self.missing.contains(&Missing::Section)
    }
}
