//! A story before the staff, in whatever state, with what can be done about it.

use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::story::blocks::Blocks;
use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use newsroom::StoryId;
use newsroom::story::{CommentPolicy, Missing, Story, StoryText};

/// The story that an address of the newsroom names, in whatever state.
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
pub async fn preview(editor: Editor, story: AnyStory, State(app): State<App>) -> Answer {
    page(&app, &editor, story.0, false).await
}

/// The page of a story; `refused`: what is missing kept it from being published just now.
pub(super) async fn page(app: &App, editor: &Editor, story: Story, refused: bool) -> Answer {
    let (frame, shell) = Shell::of_editor(app, editor, "stories").await?;
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

    fn policies(&self) -> [CommentPolicy; 3] {
        [CommentPolicy::OpenAfterReview, CommentPolicy::Closed, CommentPolicy::Hidden]
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
        Ok(Self(app.store.story(id).await?))
    }
}
