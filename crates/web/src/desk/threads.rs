//! A moderator closes the comments of a story, holds back what waits under it, or opens them again. What is public stays; hiding a whole thread is the
//! newsroom's to do.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Moderator;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use newsroom::StoryId;
use newsroom::story::{CommentPolicy, Story};
use serde::Deserialize;

/// Which story, and what readers may do under it from now on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThreadForm {
    story: String,
    policy: String,
}

/// `POST /desk/threads`.
pub async fn set_thread(
    moderator: Moderator,
    State(app): State<App>,
    Form(form): Form<ThreadForm>,
) -> Result<Redirect, PageError> {
    let story = StoryId::from_short(&form.story).ok_or(PageError::BadRequest("no such story"))?;
    let policy = CommentPolicy::from_key(&form.policy).filter(|policy| *policy != CommentPolicy::Hidden);
    let policy = policy.ok_or(PageError::BadRequest("no such policy"))?;
    moderator.answers_for(&app, story).await?;
    match app.store.story(story).await? {
        Story::Published(published) if published.comments != CommentPolicy::Hidden => {}
        _ => return Err(PageError::Overtaken),
    }
    let happening = app.store.set_comment_policy(story, policy, moderator.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk?story={story}")))
}
