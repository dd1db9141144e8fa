//! The form on a page of its own: for an answer without scripts, and with what was typed when something is wrong.

use super::form::{CommentForm, FormView, Problem};
use super::fragment::{WantsFragment, fragment};
use super::look::Look;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{OpenStory, PublicComment};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::story::Published;
use store::thread::Stands;

#[derive(Template)]
#[template(path = "comments/reply.html")]
struct Reply {
    frame: Frame,
    title: String,
    headline: String,
    address: String,
    /// The comment that is answered, as on the page.
    answered: Option<Rendered>,
    form: Rendered,
}

/// `GET /stories/{story}/reply/{number}`.
pub async fn reply(_: OpenStory, comment: PublicComment, State(app): State<App>) -> Answer {
    let PublicComment { story, entry, .. } = comment;
    if !matches!(entry.stands, Stands::Comment { .. }) {
        return Err(PageError::NotFound);
    }
    let typed = CommentForm { reply_to: entry.number.to_string(), ..CommentForm::default() };
    Page::shared(&page(&app, &story, typed, Vec::new()).await?, vec![Tag::Story(story.id)])
}

/// The form again with what was typed, and everything that is wrong.
pub(super) async fn again(
    app: &App,
    story: &Published,
    typed: CommentForm,
    problems: Vec<Problem>,
    wants: WantsFragment,
) -> Result<Response, PageError> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if wants.0 {
        return Ok(fragment(status, form(&Look::new(app, story), story, typed, problems)?));
    }
    Ok(Page::private(&page(app, story, typed, problems).await?)?.with_status(status).into_response())
}

async fn page(app: &App, story: &Published, typed: CommentForm, problems: Vec<Problem>) -> Result<Reply, PageError> {
    let frame = Frame::new(app, app.now()).await?;
    let look = Look::new(app, story);
    let answered = match typed.reply_to.parse() {
        Ok(number) => app.store.entry(story.id, number).await?.map(|(entry, _)| look.entry(&entry)).transpose()?,
        Err(_) => None,
    };
    let title = frame.t.s(if answered.is_some() { "comment.reply-title" } else { "comment.add" });
    let form = form(&look, story, typed, problems)?;
    Ok(Reply { frame, title, headline: story.text.headline.clone(), address: look.address, answered, form })
}

fn form(look: &Look, story: &Published, typed: CommentForm, problems: Vec<Problem>) -> Result<Rendered, askama::Error> {
    let action = format!("{}/comments", look.address);
    // What people do not see is emptied: sending again is enough.
    let typed = CommentForm { website: String::new(), ..typed };
    let (story, accounts) = (story.id, look.accounts);
    Rendered::of(&FormView { t: look.t, action: &action, story, typed, problems, warning: None, accounts })
}
