//! What an editor does with a story, each step written down with who and when.

use super::checks::keeps_back;
use super::preview::again;
use super::tried::{Tried, TriedField};
use crate::aftermath;
use crate::app::App;
use crate::editor::Answered;
use crate::error::PageError;
use crate::guard::{Editor, ManagingEditor};
use crate::layout::address;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::happening::What;
use newsroom::story::{Change, CommentPolicy, Draft, NotYet, Published, Story};
use newsroom::{SectionId, StoryId};
use serde::Deserialize;
use store::front::NewLaunch;
use store::stories::{OnDesk, Saved};

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

/// How readers get what is written on a public story.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// The word of a change.
    how: String,
    /// What was wrong and is now right.
    correction: String,
}

/// What readers may do, by its word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PolicyForm {
    policy: String,
}

/// `POST /desk/stories/{id}/publication`: publishes a draft, or a withdrawn story again, as it is written now; or says
/// everything that stands in the way.
pub async fn publish(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<PublicationForm>,
) -> Result<Response, PageError> {
    let (now, mut story) = (app.now(), story.0);
    let list = app.store.checklist().await?;
    let published = match story.story.clone() {
        Story::Draft(draft) => {
            let lacked = draft.text.section.is_none();
            let draft = in_section(&app, draft, &form.section).await?;
            let chosen = draft.text.section.filter(|_| lacked);
            if !editor.staff.answers_for(draft.text.section) {
                return Err(PageError::Forbidden);
            }
            if story.work.may_go(now).is_err() {
                return refused(&app, &editor, story, chosen).await;
            }
            match draft.publish_by(&list, &story.work, now) {
                Ok(published) => published,
                Err(not_ready) => {
                    story.text = not_ready.draft.text.clone();
                    story.story = Story::Draft(*not_ready.draft);
                    return refused(&app, &editor, story, chosen).await;
                }
            }
        }
        Story::Withdrawn(_) if story.work.legal_hold.is_some() || keeps_back(&list, &story) => {
            return refused(&app, &editor, story, None).await;
        }
        Story::Withdrawn(withdrawn) => Published { text: story.text, ..withdrawn.restore() },
        Story::Published(_) => return Err(PageError::Overtaken),
    };
    let (published, happening) = app.store.publish_as_read(&published, story.version, editor.actor(), "", now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&address::story(&published.slug)).into_response())
}

/// The page again, with the section that was chosen and is not kept yet.
async fn refused(app: &App, editor: &Editor, story: OnDesk, section: Option<SectionId>) -> Result<Response, PageError> {
    again(app, editor, story, Tried { refused: true, section, ..Tried::default() }).await
}

/// `POST /desk/stories/{id}/changes`: gives readers what is written on a public story now, or what was typed as a
/// correction alone. With a correction they are told of it, and the story of when it was changed; with an update of when
/// alone; a slip of the pen moves nothing.
pub async fn change(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, PageError> {
    let (now, story) = (app.now(), story.0);
    let Story::Published(was) = story.story.clone() else { return Err(PageError::Overtaken) };
    let words = arabic::clean::lines(&form.correction);
    let how = Change::from_key(&form.how).ok_or(PageError::BadRequest("no such change"))?;
    let corrected = how == Change::Correction;
    if !(corrected || story.pending) {
        return Err(PageError::BadRequest("nothing to change"));
    }
    // Words of a correction are never dropped unseen because another button was pressed.
    if corrected == words.is_empty() {
        let problem = if corrected { "change.without-words" } else { "change.unsaid-correction" };
        let correction = TriedField::wrong(&form.correction, problem);
        return again(&app, &editor, story, Tried { correction, ..Tried::default() }).await;
    }
    // A correction alone is owed to readers, whatever else the list has to say of the story.
    let kept_back = match story.pending {
        true => keeps_back(&app.store.checklist().await?, &story),
        false => !story.text.bare().is_empty(),
    };
    if kept_back || story.work.may_go(now) == Err(NotYet::LegalHold) {
        let correction = TriedField::checked(&form.correction, None);
        return again(&app, &editor, story, Tried { refused: true, correction, ..Tried::default() }).await;
    }
    let published = Published { text: story.text.clone(), ..was };
    let published = match how {
        Change::Correction => published.correct(&words, now),
        Change::Update => published.updated(now),
        Change::Minor => published,
    };
    let happening = app.store.change_as_read(&published, story.version, how, editor.actor(), now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&address::story(&published.slug)).into_response())
}

/// `POST /desk/stories/{id}/changes/removal`: what was written on a public story since readers got it is left out. It stays
/// among the earlier texts.
pub async fn drop_changes(editor: Editor, story: Answered, State(app): State<App>) -> Result<Redirect, PageError> {
    let (id, read) = (public(&story)?.id, story.0.version);
    match app.store.drop_writing(id, read, editor.staff.id, app.now()).await? {
        Saved::Kept(_) => Ok(to_preview(id)),
        Saved::Overtaken => Err(PageError::Overtaken),
    }
}

/// `POST /desk/stories/{id}/withdrawal`.
pub async fn withdraw(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<WithdrawalForm>,
) -> Result<Redirect, PageError> {
    if form.sure != "yes" {
        return Err(PageError::BadRequest("not confirmed"));
    }
    let published = public(&story)?;
    let withdrawn = published.withdraw(&form.note.replace('\0', ""), app.now());
    let happening = app.store.withdraw(&withdrawn, editor.actor(), "").await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(withdrawn.was.id))
}

/// `POST /desk/stories/{id}/comment-policy`.
pub async fn set_comment_policy(
    editor: Editor,
    story: Answered,
    State(app): State<App>,
    Form(form): Form<PolicyForm>,
) -> Result<Redirect, PageError> {
    let policy = CommentPolicy::from_key(&form.policy).ok_or(PageError::BadRequest("no such policy"))?;
    let id = public(&story)?.id;
    let happening = app.store.set_comment_policy(id, policy, editor.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

/// `POST /desk/stories/{id}/lead`: the story stands at the head of the front page until another one does. Where editors lay
/// the page out, this is a launch like theirs: the page that readers have, with this story at its head. It holds for the whole
/// paper, so that it takes somebody who works for the whole paper.
pub async fn lead(editor: ManagingEditor, story: Answered, State(app): State<App>) -> Result<Redirect, PageError> {
    let id = public(&story)?.id;
    let now = app.now();
    let happening = match app.store.front_in_force().await? {
        Some(was) => {
            let layout = was.layout.led_by(id);
            let new = NewLaunch { layout, by: Some(editor.staff.id), seen: Some(was.id), draft: None };
            app.store.launch_front(&new, now).await?.1
        }
        None => {
            app.store.lead_with(id, now).await?;
            app.store.note(editor.actor(), What::StoryLed { story: id }, "", now).await?
        }
    };
    aftermath::tell(&app, &happening).await;
    Ok(to_preview(id))
}

fn public(story: &Answered) -> Result<Published, PageError> {
    match &story.0.story {
        Story::Published(published) => Ok(published.clone()),
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

pub(super) fn to_preview(id: StoryId) -> Redirect {
    Redirect::to(&format!("/desk/stories/{id}"))
}
