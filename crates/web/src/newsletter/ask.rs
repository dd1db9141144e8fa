//! The page on which readers leave an address. It says the same whether the address is known or not, and nothing but the letter
//! with the link goes there before the link was opened.

use super::wish::{self, WishView, value};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{From, Pace};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::push::PushView;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::followers::Wish;
use newsroom::people::EmailAddress;
use serde::Deserialize;

/// Days for which the link in the letter is good.
pub(super) const LINK_DAYS: i64 = 3;

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AskQuery {
    done: String,
}

#[derive(Template)]
#[template(path = "newsletter/ask.html")]
struct AskPage {
    frame: Frame,
    /// It is offered: switched on, and the paper sends mail.
    offered: bool,
    email: String,
    wish: WishView,
    asked: bool,
    wrong: bool,
    /// Browsers that the paper may wake, where that is offered.
    push: Option<PushView>,
}

/// `GET /newsletter`.
pub async fn show(Query(query): Query<AskQuery>, State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let wish = Wish { language: frame.paper().writing.language, ..Wish::default() };
    page(&app, frame, (String::new(), wish), (query.done == "asked", false))
}

/// `POST /newsletter`.
pub async fn ask(
    _: Pace,
    from: From,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    if !is_offered(&app) {
        return Err(PageError::NotFound);
    }
    let now = app.now();
    let frame = Frame::new(&app, now).await?;
    let (typed, wish) = (value(&pairs, "email"), wish::read(&pairs, &frame));
    let Some(email) = EmailAddress::new(typed) else {
        let page = page(&app, frame, (typed.to_owned(), wish), (false, true))?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    app.links.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
    app.store.ask_newsletter(&email, &wish, end_of_link(now), now).await?;
    Ok(Redirect::to("/newsletter?done=asked").into_response())
}

/// Whether readers may ask for it.
pub(super) fn is_offered(app: &App) -> bool {
    app.paper.sends_mail && app.followers.now().newsletter.on
}

/// When a link ends that is sent at a time.
pub fn end_of_link(at: Timestamp) -> Timestamp {
    at.saturating_add(SignedDuration::from_hours(24 * LINK_DAYS)).unwrap_or(at)
}

fn page(app: &App, frame: Frame, (email, wish): (String, Wish), (asked, wrong): (bool, bool)) -> Answer {
    let (offered, push) = (is_offered(app), PushView::offered(app, &frame));
    let wish = WishView::new(&frame, &wish);
    Page::private(&AskPage { frame, offered, email, wish, asked, wrong, push })
}
