//! Whoever may send a comment now. A reader who is paused or banned gets a page that says why and until when, with what was
//! written; one who was warned says first that the warning was read.

use super::{PublicStory, Visitor, kept_as};
use crate::aftermath;
use crate::app::App;
use crate::comments::{self, CommentForm, WantsFragment};
use crate::error::PageError;
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use newsroom::people::Measures;

/// A visitor whom nothing keeps from commenting, and the form as sent.
#[derive(Debug)]
pub struct Commenter {
    /// Who.
    pub visitor: Visitor,
    /// What was typed.
    pub form: CommentForm,
}

impl FromRequest<App> for Commenter {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await.map_err(IntoResponse::into_response)?;
        let measures = measures(app, &visitor).await.map_err(IntoResponse::into_response)?;
        if measures.0.is_empty() {
            let form = Form::<CommentForm>::from_request(Request::from_parts(parts, body), app).await;
            return form.map(|Form(form)| Self { visitor, form }).map_err(IntoResponse::into_response);
        }
        let Ok(wants) = WantsFragment::from_request_parts(&mut parts, app).await;
        let story = PublicStory::from_request_parts(&mut parts, app).await.map_err(IntoResponse::into_response)?;
        let action = parts.uri.path().to_owned();
        let form = Form::<CommentForm>::from_request(Request::from_parts(parts, body), app).await;
        let Form(form) = form.map_err(IntoResponse::into_response)?;
        if let Some(bar) = measures.bar() {
            let page = comments::barred(app, &story.0, bar, &form).await;
            return Err(page.map_or_else(IntoResponse::into_response, IntoResponse::into_response));
        }
        let Some(warning) = measures.warning() else { return Ok(Self { visitor, form }) };
        if form.warned != warning.id.short() {
            let again = comments::warned(app, &story.0, &action, (warning, form), wants).await;
            return Err(again.unwrap_or_else(IntoResponse::into_response));
        }
        let said = app.store.acknowledge_measure(warning.id, visitor.who.id, app.now()).await;
        if let Some(happening) = said.map_err(|error| PageError::from(error).into_response())? {
            aftermath::tell(app, &happening).await;
        }
        Ok(Self { visitor, form })
    }
}

/// What is in force; nothing on somebody who was never here.
async fn measures(app: &App, visitor: &Visitor) -> Result<Measures, PageError> {
    if visitor.is_new() {
        return Ok(Measures::default());
    }
    Ok(app.store.measures_on_either(visitor.who.id, kept_as(app, visitor.who.id), app.now()).await?)
}
