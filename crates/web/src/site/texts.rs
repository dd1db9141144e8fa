//! The parts of the house that are one text each: own style rules and ads.txt.

use super::desk::{DoneQuery, Said, VersionView, keep, lately, path, seen};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Dresser;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::site::{Part, check_ads_txt, check_css};
use serde::Deserialize;

/// A text and the version that its author saw.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TextForm {
    text: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "site/text.html")]
struct TextPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    part: Part,
    text: String,
    lately: Vec<VersionView>,
}

/// `GET /desk/site/css`.
pub async fn show_css(owner: Dresser, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let text = app.site.now().css.as_ref().map(|(_, css)| css.clone()).unwrap_or_default();
    let said = Said::of(&query, &app);
    text_page(&app, &owner, (Part::Css, text, None), said).await
}

/// `POST /desk/site/css`.
pub async fn keep_css(
    owner: Dresser,
    State(app): State<App>,
    Form(form): Form<TextForm>,
) -> Result<Response, PageError> {
    let checked = check_css(&form.text).map_err(|problems| {
        let one = |problem: newsroom::site::CssProblem| {
            let (key, number) = problem.key();
            (format!("css.problem.{key}"), number)
        };
        problems.into_iter().map(one).collect()
    });
    keep_text(&app, &owner, Part::Css, form, checked).await
}

/// `GET /desk/site/ads-txt`.
pub async fn show_ads_txt(owner: Dresser, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let text = app.site.now().ads_txt.clone();
    let said = Said::of(&query, &app);
    text_page(&app, &owner, (Part::AdsTxt, text, None), said).await
}

/// `POST /desk/site/ads-txt`.
pub async fn keep_ads_txt(
    owner: Dresser,
    State(app): State<App>,
    Form(form): Form<TextForm>,
) -> Result<Response, PageError> {
    let checked = check_ads_txt(&form.text).map_err(|problems| {
        problems.into_iter().map(|(line, problem)| (format!("ads-txt.problem.{}", problem.key()), line)).collect()
    });
    keep_text(&app, &owner, Part::AdsTxt, form, checked).await
}

async fn keep_text(
    app: &App,
    owner: &Dresser,
    part: Part,
    form: TextForm,
    checked: Result<String, Vec<(String, usize)>>,
) -> Result<Response, PageError> {
    let (said, status) = match checked {
        Ok(text) if keep(app, owner, (part, &form.seen), &text).await? => {
            return Ok(Redirect::to(&format!("{}?done=yes", path(part))).into_response());
        }
        Ok(_) => (Said { overtaken: true, ..Said::default() }, StatusCode::CONFLICT),
        Err(problems) => {
            let t = app.words();
            let problems = problems.into_iter().map(|(key, number)| t.n(&key, number)).collect();
            (Said { problems, ..Said::default() }, StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    let seen = if said.overtaken { None } else { Some(form.seen) };
    Ok(text_page(app, owner, (part, form.text, seen), said).await?.with_status(status).into_response())
}

async fn text_page(
    app: &App,
    owner: &Dresser,
    (part, text, kept_seen): (Part, String, Option<String>),
    said: Said,
) -> Answer {
    let (frame, shell) = Shell::of_member(app, owner, "site").await?;
    let seen = kept_seen.unwrap_or_else(|| seen(app.site.now().version(part)));
    let lately = lately(app, &frame, part).await?;
    Page::private(&TextPage { frame, shell, said, seen, part, text, lately })
}

impl TextPage {
    fn key(&self, end: &str) -> String {
        self.frame.t.s(&format!("site-desk.{}.{end}", self.part.key()))
    }
}
