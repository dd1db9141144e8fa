//! What pages look like in colours that somebody tries: a page of samples in one scheme, in a frame of the desk.

use super::house_form::{query, read};
use super::menus_form::Fields;
use super::worn::LogoView;
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, headers};
use crate::page::Page;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use newsroom::site::{LogoKind, Scheme};

#[derive(Template)]
#[template(path = "site/sample.html")]
struct Sample {
    frame: Frame,
    /// Where the style rules of what is tried are.
    css: String,
    logo: Option<LogoView>,
}

/// `GET /desk/site/house/sample`.
pub async fn sample(
    _editor: ManagingEditor,
    Query(fields): Query<Fields>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let (scheme, typed) = (scheme(&fields), read(&fields));
    // The paper's own language: whoever tries a typeface sees it with the letters that readers see.
    let frame = Frame::new(&app.to_readers(), app.now()).await?;
    let css = format!("/desk/site/house/sample.css?scheme={}&{}", scheme.key(), query(&typed));
    let logos = &frame.site.house.logos;
    let light = logos.get(&LogoKind::Light);
    let dark = logos.get(&LogoKind::Dark).filter(|_| scheme == Scheme::Dark);
    let logo = light.map(|light| LogoView::of(dark.unwrap_or(light)));
    Ok(headers::framed(Page::private(&Sample { frame, css, logo })?))
}

/// `GET /desk/site/house/sample.css`.
pub async fn sample_css(
    _editor: ManagingEditor,
    Query(fields): Query<Fields>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let house = read(&fields).as_far_as_right(&app.site.now().house);
    let head = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((head, house.css_in(scheme(&fields))).into_response())
}

fn scheme(fields: &Fields) -> Scheme {
    match fields.get("scheme").map(String::as_str) {
        Some("dark") => Scheme::Dark,
        _ => Scheme::Light,
    }
}
