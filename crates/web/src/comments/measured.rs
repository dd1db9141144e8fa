//! What a reader is told about a measure: in the place of the form, above it, and when something was sent all the same.

use super::form::{CommentForm, FormView};
use super::fragment::{WantsFragment, fragment};
use super::look::{Look, when};
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::people::{Measure, MeasureKind};
use newsroom::story::Published;

/// A measure in words for the reader it is about. No moderator's name.
#[derive(Debug, Clone, Template)]
#[template(path = "comments/measured.html")]
pub struct Told {
    t: Words,
    /// Under which id a warning is acknowledged; none where nothing is to be acknowledged.
    id: Option<String>,
    title: String,
    until: String,
    why: String,
}

#[derive(Template)]
#[template(path = "comments/barred.html")]
struct Barred {
    frame: Frame,
    headline: String,
    address: String,
    told: Rendered,
    text: String,
}

#[derive(Template)]
#[template(path = "comments/reply.html")]
struct Warned {
    frame: Frame,
    title: String,
    headline: String,
    address: String,
    answered: Option<Rendered>,
    form: Rendered,
}

impl Told {
    /// What is said of a measure.
    pub fn of(app: &App, t: Words, measure: &Measure) -> Self {
        let key = measure.kind.key();
        let until = match measure.until {
            Some(until) => t.with("measured.until", 1, &[("time", &when(&t, &app.paper, until))]),
            None if measure.kind == MeasureKind::Ban => t.s("measured.until-lifted"),
            None => String::new(),
        };
        Self {
            t,
            id: (measure.kind == MeasureKind::Warn).then(|| measure.id.short()),
            title: t.s(&format!("measured.{key}")),
            until,
            why: measure.why.clone(),
        }
    }
}

/// The page for somebody who may not comment now, with what was written, to be copied.
pub async fn barred(app: &App, story: &Published, bar: &Measure, typed: &CommentForm) -> Answer {
    let frame = Frame::new(app, app.now()).await?;
    let told = Rendered::of(&Told::of(app, frame.t, bar))?;
    let (headline, address) = (story.text.headline.clone(), Look::new(app, story).address);
    let page = Barred { frame, headline, address, told, text: typed.text() };
    Ok(Page::private(&page)?.with_status(StatusCode::FORBIDDEN))
}

/// The form again, with a warning to be acknowledged above what was typed.
pub async fn warned(
    app: &App,
    story: &Published,
    action: &str,
    (warning, typed): (&Measure, CommentForm),
    wants: WantsFragment,
) -> Result<Response, PageError> {
    let frame = Frame::new(app, app.now()).await?;
    let look = Look::new(app, story);
    let warning = Some(Rendered::of(&Told::of(app, look.t, warning))?);
    let typed = CommentForm { website: String::new(), warned: String::new(), ..typed };
    let (id, problems, accounts) = (story.id, Vec::new(), look.accounts);
    let view = FormView { t: look.t, action, story: id, typed, problems, warning, accounts };
    let (form, status) = (Rendered::of(&view)?, StatusCode::UNPROCESSABLE_ENTITY);
    if wants.0 {
        return Ok(fragment(status, form));
    }
    let (title, headline, address) = (frame.t.s("comment.add"), story.text.headline.clone(), look.address);
    let page = Warned { frame, title, headline, address, answered: None, form };
    Ok(Page::private(&page)?.with_status(status).into_response())
}
