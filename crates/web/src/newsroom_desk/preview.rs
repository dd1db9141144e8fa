//! A story before the staff, in whatever state, with what can be done about it.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Editor, StaffMember, SubEditor};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::story::blocks::Blocks;
use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use newsroom::StoryId;
use newsroom::story::{CommentPolicy, Draft, Missing, Story, StoryText};

/// The story that an address of the newsroom names, in whatever state: one that whoever asks answers for.
#[derive(Debug)]
pub struct AnyStory(pub Story);

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
    note: String,
    /// A publication was tried and could not be.
    refused: bool,
}

/// `GET /desk/stories/{id}`.
pub async fn preview(sub_editor: SubEditor, story: AnyStory, State(app): State<App>) -> Answer {
    let head = Shell::of_sub_editor(&app, &sub_editor, "stories").await?;
    page(&app, head, story.0, false)
}

/// The page of a draft that could not be published, with what is missing.
pub(super) async fn not_ready(app: &App, editor: &Editor, draft: Draft) -> Answer {
    page(app, Shell::of_editor(app, editor, "stories").await?, Story::Draft(draft), true)
}

fn page(app: &App, (frame, shell): (Frame, Shell), story: Story, refused: bool) -> Answer {
    let (id, text) = (story.id(), story.text().clone());
    let (state, at) = match &story {
        Story::Draft(draft) => ("draft", draft.begun_at),
        Story::Published(published) => ("published", published.published_at),
        Story::Withdrawn(withdrawn) => ("withdrawn", withdrawn.withdrawn_at),
    };
    let preview = Preview {
        blocks: Blocks::new(&text.body),
        text,
        id,
        state,
        when: when(&frame.t, &app.paper, at),
        public: match &story {
            Story::Published(published) => Some(address::story(&published.slug)),
            Story::Draft(_) | Story::Withdrawn(_) => None,
        },
        comments: match &story {
            Story::Published(published) => Some(published.comments),
            Story::Draft(_) | Story::Withdrawn(_) => None,
        },
        missing: match &story {
            Story::Draft(draft) => draft.missing(),
            Story::Published(_) | Story::Withdrawn(_) => Vec::new(),
        },
        note: match story {
            Story::Withdrawn(withdrawn) => withdrawn.note,
            Story::Draft(_) | Story::Published(_) => String::new(),
        },
        refused,
        frame,
        shell,
    };
    Page::private(&preview)
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

    fn policies(&self) -> [CommentPolicy; 4] {
        CommentPolicy::ALL
    }

    fn lacks_section(&self) -> bool {
        self.missing.contains(&Missing::Section)
    }
}

impl FromRequestParts<App> for AnyStory {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let Path(id) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| PageError::NotFound)?;
        let id = StoryId::from_short(&id).ok_or(PageError::NotFound)?;
        // The handler's own guard stands before it in the signature; this asks again, and never for less.
        let member = StaffMember::from_request_parts(parts, app).await.map_err(|_| PageError::Forbidden)?;
        let story = app.store.story(id).await?;
        if member.staff.answers_for(story.text().section) { Ok(Self(story)) } else { Err(PageError::Forbidden) }
    }
}
