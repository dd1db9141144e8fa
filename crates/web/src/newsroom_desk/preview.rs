//! A story before the staff, in whatever state, with what can be done about it.

use super::checks::{Check, held_up_words, looked_at, not_yet};
use super::colleagues::Colleagues;
use super::for_readers::ForReaders;
use super::notes::Notes;
use super::tried::Tried;
use super::work::{in_box, moves};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::editor::{Linked, Part, Seen, may_decide, may_take, may_write};
use crate::error::PageError;
use crate::guard::{Member, Writer};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::pictures_desk::StoryRights;
use crate::story::blocks::Blocks;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::people::May;
use newsroom::section::Section;
use newsroom::story::{CommentPolicy, Point, Stage, Story, StoryText, Work};
use newsroom::{StaffId, StoryId, Timestamp};
use store::stories::{NoteStep, OnDesk};

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
    /// What is looked at before readers may have what is written on it; nothing where they have it.
    checks: Vec<Check>,
    /// It lacks nothing, and must wait all the same.
    not_yet: Option<String>,
    /// When the clock could not publish it, and why.
    held_up: Option<(String, Vec<String>)>,
    /// Whose word it is that nothing of it goes public, and since when.
    hold: Option<(String, String)>,
    /// The minute that the clock had for it before it was held.
    hold_goes_at: Option<String>,
    notes: Notes,
    readers: ForReaders,
    /// The story that it answers, or beside which it stands.
    linked: Option<Linked>,
    /// What was tried here and could not be done.
    tried: Tried,
    /// Readers have another text than this.
    pending: bool,
    /// How often readers have opened it, once they could.
    reads: Option<String>,
    changes: Vec<Part>,
    /// Pictures of it that readers are not shown, or will not be shown for long.
    rights: StoryRights,
    may_write: bool,
    /// It is an idea, and whoever reads this may have it.
    may_take: bool,
    /// Whoever reads this may publish it, time it and give it away.
    decides: bool,
    work: Work,
    /// Where whoever reads this may take it.
    moves: Vec<Stage>,
    /// Who may be given it.
    colleagues: Colleagues,
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
    page(&app, &writer, story.0, Tried::default()).await
}

/// The page again, with what was typed and what is wrong with it.
pub(super) async fn again(app: &App, member: &Member, story: OnDesk, tried: Tried) -> Result<Response, PageError> {
    Ok(page(app, member, story, tried).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(app: &App, member: &Member, mut story: OnDesk, tried: Tried) -> Answer {
    app.store.note_sizes(&mut story.text).await?;
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
    let staff = app.store.staff_at_work().await?;
    let notes = Notes::all(app, &frame.t, &story, &tried.block).await?;
    let checks = looked_at(app, &frame.t, &story, tried.refused).await?;
    let of = |id: Option<StaffId>| staff.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone());
    let to = tried.to.or(work.assigned_to.map(|one| one.short()).unwrap_or_default());
    let preview = Preview {
        blocks: Blocks::new(&story.text.body, story.text.language.direction()),
        id: story.story.id(),
        state,
        when: said(at),
        public,
        comments,
        checks,
        not_yet: work.may_go(now).err().filter(|_| is_draft).and_then(|why| not_yet(&frame, why, &work)),
        held_up: work.held_up.as_ref().filter(|_| is_draft).map(|up| (said(up.at), held_up_words(&frame.t, &up.why))),
        hold: work.legal_hold.as_ref().map(|hold| (of(hold.by).unwrap_or_default(), said(hold.at))),
        hold_goes_at: work.legal_hold.as_ref().and_then(|hold| hold.goes_at).map(said),
        notes,
        readers: ForReaders::of(app, &story.story, &story.text),
        linked: Linked::of(app, member, &story.text).await?,
        pending: story.pending,
        reads: reads(app, &frame, &story).await?,
        changes: Part::pending(app, &frame, member, &story).await?,
        rights: StoryRights::of(app, &frame, &story).await?,
        may_write: may_write(&member.staff, &story),
        may_take: may_take(&member.staff, &story),
        moves: if is_draft { moves(&member.staff, &story, work.stage) } else { Vec::new() },
        decides: member.staff.role.may(May::Publish) && may_decide(&member.staff, &story),
        in_hands: of(work.assigned_to).or_else(|| of(work.begun_by)),
        due: work.due_at.map(said),
        goes_at: work.goes_at.map(said),
        embargo: work.embargo_until.map(said),
        due_box: tried.due.or(in_box(app, work.due_at)),
        goes_box: tried.goes_at.or(in_box(app, work.goes_at)),
        embargo_box: tried.embargo.or(in_box(app, work.embargo_until)),
        tried,
        colleagues: Colleagues::new(Colleagues::who_write(app).await?, &to),
        text: story.text,
        work,
        frame,
        shell,
    };
    Page::private(&preview)
}

/// How often readers opened it; nothing of what they have not had.
async fn reads(app: &App, frame: &Frame, story: &OnDesk) -> Result<Option<String>, PageError> {
    if matches!(story.story, Story::Draft(_)) {
        return Ok(None);
    }
    Ok(Some(frame.t.n("statistics.reads", app.store.reads_of(story.story.id()).await?)))
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
        if self.is_idea() {
            return self.frame.t.s("idea.take-up");
        }
        self.frame.t.s(&format!("stage.to.{}", stage.key()))
    }

    /// Nobody has begun to write it.
    fn is_idea(&self) -> bool {
        self.is_draft() && self.work.stage == Stage::Idea
    }

    fn may_kill(&self) -> bool {
        self.moves.contains(&Stage::Killed)
    }

    fn is_draft(&self) -> bool {
        !["published", "withdrawn"].contains(&self.state)
    }

    fn check_state(&self, check: &Check) -> &'static str {
        match check.state {
            "blocks" => "check.state.blocks",
            "warns" => "check.state.warns",
            _ => "check.state.met",
        }
    }

    fn tick_words(&self, point: &Point) -> String {
        self.frame.t.s(&format!("check.{}.tick", point.key()))
    }

    /// How much keeps it back.
    fn blocking(&self) -> usize {
        self.checks.iter().filter(|check| check.state == "blocks").count()
    }

    fn step_key(&self, step: &NoteStep) -> &'static str {
        if step.kind == "settled" { "note.settled-by" } else { "note.reopened-by" }
    }

    fn is_answered(&self, note: &newsroom::NoteId) -> bool {
        self.tried.answers == Some(*note)
    }

    fn policies(&self) -> [CommentPolicy; 4] {
        CommentPolicy::ALL
    }

    /// Those in which whoever reads this may publish it.
    fn sections(&self) -> impl Iterator<Item = &Section> {
        self.frame.sections.iter().filter(|section| self.shell.staff.answers_for(Some(section.id)))
    }

    fn is_chosen(&self, section: &Section) -> bool {
        self.tried.section == Some(section.id)
    }

    fn lacks_section(&self) -> bool {
        self.text.section.is_none() || self.tried.section.is_some()
    }
}
