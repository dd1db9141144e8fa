//! The paper answers a reader in its own name: a released comment with the paper's sign, and a ruling of its own.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use moderation::Verdict;
use newsroom::comment::{Decision, DisplayName, Held, RuledBy, Ruling, State as CommentState, Submitted, check_text};
use newsroom::people::Visitor;
use newsroom::story::{CommentPolicy, Story};
use newsroom::{CommentId, RulingId, StoryId, VisitorId};
use serde::Deserialize;

/// An answer as the card's form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReplyForm {
    story: String,
    /// The comment that is answered.
    comment: String,
    text: String,
}

/// `POST /desk/replies`.
pub async fn reply(
    moderator: Moderator,
    State(app): State<App>,
    Form(form): Form<ReplyForm>,
) -> Result<Redirect, PageError> {
    let ids = StoryId::from_short(&form.story).zip(CommentId::from_short(&form.comment));
    let (story, answered) = ids.ok_or(PageError::BadRequest("no such comment"))?;
    moderator.answers_for(&app, story).await?;
    let Story::Published(published) = app.store.story(story).await? else { return Err(PageError::Overtaken) };
    let entry = app.store.queue_entry(story, answered).await?;
    if entry.state != CommentState::Released || published.comments == CommentPolicy::Hidden {
        return Err(PageError::Overtaken);
    }
    let text = form.text.replace('\0', "");
    check_text(&text).map_err(|_| PageError::BadRequest("an answer without words, or too long"))?;
    let held = Held { submitted: submitted(&app, &moderator, (story, answered), text)?, verdict: Verdict::default() };
    let at = held.submitted.at;
    let ruling = Ruling {
        id: RulingId(app.store.id(at)),
        story,
        comment: held.submitted.id,
        decision: Decision::Release { collapsed: false, links: true },
        by: RuledBy::Staff(moderator.staff.id),
        at,
        why: String::new(),
    };
    aftermath::tell_each(&app, &app.store.reply_as_paper(&held, &ruling).await?).await;
    Ok(Redirect::to(&format!("/desk/comments/{story}/{}", held.submitted.id)))
}

/// Signed with the paper's name; whose hand it was says the visitor, who is the member of the staff.
fn submitted(
    app: &App,
    moderator: &Moderator,
    (story, answered): (StoryId, CommentId),
    text: String,
) -> Result<Submitted, PageError> {
    let at = app.now();
    let name =
        DisplayName::new(&app.paper.name, []).map_err(|_| PageError::BadRequest("the paper's name is no name"))?;
    let visitor = Visitor { id: VisitorId(moderator.staff.id.0) };
    let id = CommentId(app.store.id(at));
    Ok(Submitted { id, story, visitor, name, text, reply_to: Some(answered), at })
}
