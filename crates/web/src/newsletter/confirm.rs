//! The link in the first letter. Looking at it uses nothing up: mail programs look at links before people do.

use super::key::{Purpose, key};
use super::wish::WishView;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Pace, hash_of};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "newsletter/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    token: String,
    /// The address and what was asked for; none: the link is used, too old or nobody's.
    open: Option<(String, WishView)>,
}

/// `GET /newsletter/confirm/{token}`: one button.
pub async fn confirm_form(Path(token): Path<String>, State(app): State<App>) -> Answer {
    page(&app, token).await
}

/// `POST /newsletter/confirm/{token}`: uses the link up.
pub async fn confirm(_: Pace, Path(token): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    match app.store.confirm_newsletter(&hash_of(&token), app.now()).await? {
        Some(id) => {
            let mine = key(&app, id, Purpose::Mine);
            Ok(Redirect::to(&format!("/newsletter/mine/{mine}?done=confirmed")).into_response())
        }
        None => Ok(page(&app, token).await?.into_response()),
    }
}

async fn page(app: &App, token: String) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let link = app.store.newsletter_link(&hash_of(&token), frame.now).await?;
    let open = link.map(|(email, wish)| (email.as_str().to_owned(), WishView::new(&frame, &wish)));
    let status = if open.is_some() { StatusCode::OK } else { StatusCode::GONE };
    Ok(Page::private(&ConfirmPage { frame, token, open })?.with_status(status))
}
