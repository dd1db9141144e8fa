//! Comments: sent by visitors, shown once somebody has ruled. The listing explains the folder: the form, what a visitor
//! may do with a comment of their own, how a thread looks, and the pages around one comment.

mod described;
mod edit;
mod form;
mod fragment;
mod look;
mod measured;
mod own;
mod permalink;
mod personal;
mod prose;
mod reply;
mod report;
mod section;
mod withdrawal;

#[cfg(test)]
mod tests;

pub use edit::{edit, rewrite};
pub use form::{CommentForm, Problem};
pub use fragment::{WantsFragment, fragment};
pub use look::{Look, day, reading_only, when};
pub use measured::{Told, barred, warned};
pub use permalink::permalink;
pub use personal::{AROUND, HasOwnPart, Whose, for_one};
pub use prose::{Paragraph, Piece, paragraphs};
pub use reply::reply;
pub use report::{report, report_form};
pub use section::{ThreadQuery, numbering, section};
pub use withdrawal::{withdraw, withdrawal};

use crate::acting::let_rules_act;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Commenter, From, OpenStory, Pace, Visitor};
use crate::likeness::is_near_the_story;
use crate::networks;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use moderation::{Submission, Verdict};
use newsroom::comment::Submitted;
use newsroom::story::Published;
use newsroom::{CommentId, OtherSiteId, Timestamp, policy};
use store::comments::Gathered;
use store::fediverse::NewNote;

/// `POST /stories/{story}/comments`.
pub async fn post(
    _: Pace,
    OpenStory(story): OpenStory,
    wants: WantsFragment,
    State(app): State<App>,
    from: From,
    Commenter { visitor, form }: Commenter,
) -> Result<Response, PageError> {
    let submitted = match form.check(&app, story.id, visitor.who, app.now()).await? {
        Ok(submitted) => submitted,
        Err(problems) => return reply::again(&app, &story, form, problems, wants).await,
    };
    let comment = submitted.id;
    take_in(&app, submitted, Some(from), None).await?;
    answer(&app, &story, &visitor, comment, wants).await
}

/// By what somebody from elsewhere is believed to be who they are.
#[derive(Debug, Clone, Copy)]
pub enum Voucher<'v> {
    /// The token of another site, and until when that holds.
    Token(OtherSiteId, &'v str, Timestamp),
    /// A note that another server of the Fediverse signed.
    Note(&'v NewNote),
}

/// Judges a comment, keeps it waiting, and tells the desk. Of a note of another server nobody knows from which network its author
/// writes.
///
/// # Errors
/// When the store cannot answer; [`PageError::Overtaken`] when the token was used too often, or the note came before.
pub async fn take_in(
    app: &App,
    submitted: Submitted,
    from: Option<From>,
    by: Option<Voucher<'_>>,
) -> Result<(), PageError> {
    let gathered = look_up(app, &submitted).await?;
    let verdict = judge(app, &submitted, &gathered);
    let held = policy::receive(submitted, verdict);
    let from = match from {
        Some(from) => networks::of(app, from).await,
        None => None,
    };
    let happening = match by {
        Some(Voucher::Token(site, mark, until)) => {
            app.store.keep_named_comment(&held, (site, mark, until), from.as_ref()).await?
        }
        Some(Voucher::Note(note)) => app.store.keep_far_comment(&held, note).await?,
        None => app.store.keep_comment_from(&held, from.as_ref()).await?,
    };
    aftermath::tell(app, &happening).await;
    let_rules_act(app, &held, &gathered).await;
    Ok(())
}

/// Judges other words of a comment that waits, and tells the desk.
///
/// # Errors
/// [`PageError::NotFound`] when it waits no longer.
pub async fn take_again(app: &App, submitted: Submitted) -> Result<(), PageError> {
    let gathered = look_up(app, &submitted).await?;
    let verdict = judge(app, &submitted, &gathered);
    let held = policy::receive(submitted, verdict);
    let happening = app.store.rewrite_comment(&held).await?;
    aftermath::tell(app, &happening).await;
    let_rules_act(app, &held, &gathered).await;
    Ok(())
}

/// What is known about a submission before it is judged: by the store, and by whoever reads what texts mean.
async fn look_up(app: &App, submitted: &Submitted) -> Result<Gathered, PageError> {
    let gathered = app.store.facts_about(submitted).await?;
    let is_near_the_story = is_near_the_story(app, submitted).await;
    Ok(Gathered { is_near_the_story, ..gathered })
}

/// The engine's advice.
fn judge(app: &App, submitted: &Submitted, gathered: &Gathered) -> Verdict {
    let alike = gathered.alike();
    let facts = gathered.facts(&alike);
    let submission = Submission { text: &submitted.text, name: submitted.name.as_str() };
    app.examine(&submission, &facts)
}

/// The comment where its author sees it waiting.
async fn answer(
    app: &App,
    story: &Published,
    visitor: &Visitor,
    comment: CommentId,
    wants: WantsFragment,
) -> Result<Response, PageError> {
    let look = Look::new(app, story);
    if !wants.0 {
        return Ok(visitor.keep_key(Redirect::to(&format!("{}#own", look.address)).into_response()));
    }
    let own = app.store.own_comment(story.id, comment, visitor.who).await?;
    Ok(visitor.keep_key(fragment(StatusCode::CREATED, own::render(&look, &own)?)))
}
