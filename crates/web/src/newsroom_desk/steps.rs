//! What an editor does with a story, each step written down with who and when.

use super::preview::AnyStory;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::address;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::happening::What;
use newsroom::story::{CommentPolicy, Draft, Published, Story};
use newsroom::{SectionId, StoryId};
use serde::Deserialize;

/// A publication as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PublicationForm {
    /// The section, for a draft that has none.
    section: String,
}

/// A withdrawal as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawalForm {
    note: String,
    /// `yes`: it was not a slip.
    sure: String,
}

/// What readers may do, by its word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PolicyForm {
    policy: String,
}

/// `POST /desk/stories/{id}/publication`: publishes a draft, or a withdrawn story again; or says everything missing.
pub async fn publish(
    editor: Editor,
    story: AnyStory,
    State(app): State<App>,
    Form(form): Form<PublicationForm>,
) -> Result<Response, PageError> {
    let now = app.now();
    let published = match story.0 {
        Story::Draft(draft) => match in_section(&app, draft, &form.section).await?.publish(now) {
            Ok(published) => published,
            Err(not_ready) => {
                let page = super::preview::not_ready(&app, &editor, *not_ready.draft).await?;
                return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
            }
        },
        Story::Withdrawn(withdrawn) => withdrawn.restore(),
        Story::Published(_) => return Err(PageError::Overtaken),
    };
    let (published, happening) = app.store.publish(&published, editor.actor(), "", now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&address::story(&published.slug)).into_response())
}

/// `POST /desk/stories/{id}/withdrawal`.
pub async fn withdraw(
    editor: Editor,
    story: AnyStory,
    State(app): State<App>,
    Form(form): Form<WithdrawalForm>,
) -> Result<Redirect, PageError> {
    if form.sure != "yes" {
        return Err(PageError::BadRequest("not confirmed"));
    }
    let published = public(story)?;
    let withdrawn = published.withdraw(&form.note.replace('\0', ""), app.now());
    let happening = app.store.withdraw(&withdrawn, editor.actor(), "").await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(withdrawn.was.id))
}

/// `POST /desk/stories/{id}/comment-policy`.
pub async fn set_comment_policy(
    editor: Editor,
    story: AnyStory,
    State(app): State<App>,
    Form(form): Form<PolicyForm>,
) -> Result<Redirect, PageError> {
    let policy = CommentPolicy::from_key(&form.policy).ok_or(PageError::BadRequest("no such policy"))?;
    let id = public(story)?.id;
    let happening = app.store.set_comment_policy(id, policy, editor.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

/// `POST /desk/stories/{id}/lead`: the story stands at the head of the front page until another one does.
pub async fn lead(editor: Editor, story: AnyStory, State(app): State<App>) -> Result<Redirect, PageError> {
    let id = public(story)?.id;
    let now = app.now();
    app.store.lead_with(id, now).await?;
    let happening = app.store.note(editor.actor(), What::StoryLed { story: id }, "", now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

fn public(story: AnyStory) -> Result<Published, PageError> {
    match story.0 {
        Story::Published(published) => Ok(published),
        Story::Draft(_) | Story::Withdrawn(_) => Err(PageError::Overtaken),
    }
}

/// The draft with the section that was chosen, if it exists.
async fn in_section(app: &App, mut draft: Draft, chosen: &str) -> Result<Draft, PageError> {
    if let Some(id) = SectionId::from_short(chosen) {
        let sections = app.store.sections().await?;
        draft.text.section = sections.iter().find(|section| section.id == id).map(|section| section.id);
    }
    Ok(draft)
}

fn to_preview(id: StoryId) -> Redirect {
    Redirect::to(&format!("/desk/stories/{id}"))
}
