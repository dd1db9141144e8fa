//! What somebody said on another server under a story: a comment that waits, like every other one, and by the same road.

use super::activity::{Activity, address, addresses};
use super::far_actor::FarActor;
use super::place::{host, is_public, story_at};
use super::words::{mark_of, of_note};
use crate::aftermath;
use crate::app::App;
use crate::comments::{Voucher, take_again, take_in};
use crate::error::PageError;
use crate::guard::kept_as;
use newsroom::CommentId;
use newsroom::comment::{DisplayName, State, Submitted, check_text};
use newsroom::people::{Measures, Visitor};
use newsroom::story::{Published, Story};
use store::StoreError;
use store::fediverse::{FarComment, NewArrival, NewNote};
use store::stories::Found;
use store::thread::Stands;

/// Takes in a note: to everybody, by whoever signed, under a story that takes comments.
///
/// # Errors
/// Whatever keeps it from being taken in.
pub(super) async fn said(app: &App, activity: &Activity, actor: &FarActor, came: &NewArrival) -> Result<(), PageError> {
    let note = &activity.object;
    let id = address(note).filter(|id| host(id) == host(&actor.id)).ok_or(PageError::BadRequest("another host"))?;
    let is_own = address(&note["attributedTo"]).is_some_and(|by| by == actor.id);
    let to_everybody = addresses(&note["to"]).into_iter().any(is_public);
    let mark = mark_of(app, &id);
    if !is_own || !to_everybody || app.store.far_comment(&mark).await?.is_some() {
        return Ok(());
    }
    let under = activity.under().ok_or(PageError::NotFound)?;
    let (story, reply_to) = under_which(app, &under).await?;
    if !story.comments.takes_comments() {
        return Err(PageError::CommentsClosed);
    }
    let visitor = may_write(app, actor).await?;
    let text = of_note(note);
    check_text(&text).map_err(|_| PageError::BadRequest("no comment"))?;
    let name = DisplayName::from_afar(&actor.name, &actor.user, &came.host);
    let name = name.ok_or(PageError::BadRequest("no handle"))?;
    app.followers.fediverse.comments.take_named(&came.host).map_err(|wait| PageError::TooFast { wait })?;
    let now = app.now();
    let submitted =
        Submitted { id: CommentId(app.store.id(now)), story: story.id, visitor, name, text, reply_to, at: now };
    match take_in(app, submitted, None, Some(Voucher::Note(&NewNote(mark)))).await {
        // It was taken in a moment before.
        Err(PageError::Overtaken) => Ok(()),
        Ok(()) => Ok(app.store.log_fediverse(("comment", &came.host, ""), now).await?),
        other => other,
    }
}

/// As whom the account writes, where no measure keeps it from that.
async fn may_write(app: &App, actor: &FarActor) -> Result<Visitor, PageError> {
    let mark = mark_of(app, &actor.id);
    let visitor = app.store.far_person(&mark, app.now()).await?;
    let id = visitor.id;
    let measures: Measures = app.store.measures_on_either(id, kept_as(app, id), app.now()).await?;
    if measures.bar().is_some() { Err(PageError::Forbidden) } else { Ok(visitor) }
}

/// The story under which it was said, and the comment that it answers, while readers have both.
async fn under_which(app: &App, under: &str) -> Result<(Published, Option<CommentId>), PageError> {
    if let Some(named) = story_at(&app.paper, under) {
        return Ok((public(app, &named).await?, None));
    }
    let answered = app.store.far_comment(&mark_of(app, under)).await?.ok_or(PageError::NotFound)?;
    let entry = app.store.entry_of(answered.story, answered.comment).await?;
    let is_public = entry.is_some_and(|entry| matches!(entry.stands, Stands::Comment { .. }));
    let story = public(app, &answered.story.short()).await?;
    Ok((story, is_public.then_some(answered.comment)))
}

async fn public(app: &App, named: &str) -> Result<Published, PageError> {
    let mut found = app.store.find_story(named).await?;
    if let Some(Found::Moved { slug }) = &found {
        found = app.store.find_story(slug).await?;
    }
    match found {
        Some(Found::Here(story)) => match *story {
            Story::Published(story) if !story.is_outside() => Ok(story),
            _ => Err(PageError::NotFound),
        },
        _ => Err(PageError::NotFound),
    }
}

/// Other words for a comment that still waits: it is judged anew. One that readers have stays as it was let through, as it does for
/// whoever wrote here.
///
/// # Errors
/// Whatever keeps them from being taken in.
pub(super) async fn reworded(app: &App, activity: &Activity) -> Result<(), PageError> {
    let (FarComment { story, comment }, visitor) = own(app, activity).await?;
    let was = app.store.own_comment(story, comment, visitor).await?;
    let text = of_note(&activity.object);
    if was.state != State::Held || check_text(&text).is_err() || was.text == text {
        return Ok(());
    }
    let (name, reply_to) = (DisplayName::kept(&was.name), was.reply_to);
    take_again(app, Submitted { id: comment, story, visitor, name, text, reply_to, at: app.now() }).await
}

/// Its author takes it back.
///
/// # Errors
/// When it was taken back before, or is somebody else's.
pub(super) async fn taken_back(app: &App, activity: &Activity) -> Result<(), PageError> {
    let (FarComment { story, comment }, visitor) = own(app, activity).await?;
    let happening = match app.store.withdraw_comment(story, comment, visitor, app.now()).await {
        Err(StoreError::NotFound) => return Ok(()),
        happening => happening?,
    };
    aftermath::tell(app, &happening).await;
    Ok(())
}

/// The comment that the note became, and as whom whoever signed writes here. That it is theirs is asked again where it is changed.
async fn own(app: &App, activity: &Activity) -> Result<(FarComment, Visitor), PageError> {
    let note = address(&activity.object).ok_or(PageError::NotFound)?;
    let comment = app.store.far_comment(&mark_of(app, &note)).await?.ok_or(PageError::NotFound)?;
    let visitor = app.store.known_far_person(&mark_of(app, &activity.actor)).await?.ok_or(PageError::NotFound)?;
    Ok((comment, visitor))
}
