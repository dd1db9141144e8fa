//! An author may mend a comment while nobody has ruled on it.

use super::form::{FormView, Problem};
use super::look::Look;
use super::{form::CommentForm, own, take_again};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Commenter, OwnedComment, Pace};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::comment::{DisplayName, State as CommentState, Submitted, check_text};

#[derive(Template)]
#[template(path = "comments/reply.html")]
struct Edit {
    frame: Frame,
    title: String,
    headline: String,
    address: String,
    answered: Option<Rendered>,
    form: Rendered,
}

/// `GET /stories/{story}/own/{comment}/edit`.
pub async fn edit(owned: OwnedComment, State(app): State<App>) -> Answer {
    if owned.own.state != CommentState::Held {
        return Err(PageError::Overtaken);
    }
    let text = owned.own.text.clone();
    page(&app, &owned, text, Vec::new()).await
}

/// `POST /stories/{story}/own/{comment}/edit`.
pub async fn rewrite(
    _: Pace,
    owned: OwnedComment,
    State(app): State<App>,
    Commenter { form, .. }: Commenter,
) -> Result<Response, PageError> {
    let submitted = match check(&app, &owned, &form) {
        Ok(submitted) => submitted,
        Err(problem) => return again(&app, &owned, form.text(), problem, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    match take_again(&app, submitted).await {
        Err(PageError::NotFound) => {
            return again(&app, &owned, form.text(), Problem::Overtaken, StatusCode::CONFLICT).await;
        }
        other => other?,
    }
    Ok(Redirect::to(&format!("{}#own", Look::new(&app, &owned.story).address)).into_response())
}

/// The same comment with new words. The name stays: it was taken once and is not looked at again.
fn check(app: &App, owned: &OwnedComment, form: &CommentForm) -> Result<Submitted, Problem> {
    check_text(&form.text).map_err(Problem::Text)?;
    let OwnedComment { story, own, author } = owned;
    let name = DisplayName::new(&own.name, []).map_err(Problem::Name)?;
    let (id, text, at) = (own.id, form.text(), app.now());
    Ok(Submitted { id, story: story.id, visitor: *author, name, text, reply_to: own.reply_to, at })
}

async fn again(
    app: &App,
    owned: &OwnedComment,
    text: String,
    problem: Problem,
    status: StatusCode,
) -> Result<Response, PageError> {
    Ok(page(app, owned, text, vec![problem]).await?.with_status(status).into_response())
}

async fn page(app: &App, owned: &OwnedComment, text: String, problems: Vec<Problem>) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let look = Look::new(app, &owned.story);
    let action = format!("{}/edit", own::address(&look, &owned.own));
    let typed = CommentForm { name: owned.own.name.clone(), text, ..CommentForm::default() };
    let (story, accounts) = (owned.story.id, look.accounts);
    let view = FormView { t: look.t, action: &action, story, typed, problems, warning: None, accounts };
    let form = Rendered::of(&view)?;
    let (title, headline) = (frame.t.s("comment.edit-title"), owned.story.text.headline.clone());
    Page::private(&Edit { frame, title, headline, address: look.address, answered: None, form })
}
