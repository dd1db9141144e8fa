//! What the desk shows without a line: one page in each language, the same for everybody and with nothing of the paper or of
//! a person in it, and the service worker by which a browser keeps it. The texts that it lists its script reads in the browser
//! itself, where the story editor keeps what the server does not have yet.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::comments::numbering;
use crate::error::PageError;
use crate::layout::assets;
use crate::page::{Answer, Page};
use crate::print::sha256;
use crate::words::Words;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use newsroom::profile::Language;

/// What the page is dressed with: all that a browser keeps beside it.
const DRESS: [&str; 6] =
    ["paper.css", "desk.css", "offline.js", "text.woff2", "headline.woff2", "headline-latin.woff2"];
const WORKER: &str = include_str!("../../assets/js/worker.js");
/// The worker stands deeper than what it answers for.
const SCOPE: (HeaderName, &str) = (HeaderName::from_static("service-worker-allowed"), "/desk");

#[derive(Template)]
#[template(path = "offline/page.html")]
struct Offline {
    t: Words,
    numbering: &'static str,
}

/// `GET /desk/offline/{language}`.
pub async fn offline(Path(language): Path<String>, State(app): State<App>) -> Answer {
    Page::shared(&Offline::in_language(&app, &language)?, Vec::new())
}

/// `GET /desk/offline/{language}/worker.js`: another script as soon as the page or its dress is another, so that browsers
/// take the new one up.
pub async fn worker(Path(language): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    let page = Offline::in_language(&app, &language)?;
    let print = sha256(page.render()?);
    let dress = DRESS.iter().map(|name| assets::address(name).to_owned());
    let kept: Vec<String> = [page.address()].into_iter().chain(dress).collect();
    let script = format!("const PRINT = \"{print}\";\nconst KEPT = {};\n{WORKER}", serde_json::Value::from(kept));
    let head = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache"), SCOPE];
    Ok((head, script).into_response())
}

impl Offline {
    fn in_language(app: &App, tag: &str) -> Result<Self, PageError> {
        let language = Language::ALL.into_iter().find(|language| language.tag() == tag).ok_or(PageError::NotFound)?;
        let app = app.speaking(language);
        Ok(Self { t: app.words(), numbering: numbering(app.paper.writing.digits) })
    }

    fn address(&self) -> String {
        format!("/desk/offline/{}", self.t.language().tag())
    }
}
