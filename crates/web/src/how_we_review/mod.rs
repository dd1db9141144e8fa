//! «How comments are reviewed»: written from the list of phases itself, so that the page cannot promise another examination
//! than the one that runs.

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::page_cache::Tag;
use askama::Template;
use axum::extract::State;
use moderation::phases::PHASES;

/// Its address.
pub const ADDRESS: &str = "/how-we-review";

#[derive(Template)]
#[template(path = "how_we_review/page.html")]
struct HowWeReview {
    frame: Frame,
    looks: Vec<Look>,
    canonical: String,
}

/// One phase, in the paper's words.
struct Look {
    name: String,
    why: String,
    caught: &'static str,
    passed: &'static str,
}

/// `GET /how-we-review`.
pub async fn show(State(app): State<App>) -> Answer {
    let frame = Frame::new(&app, app.now()).await?;
    let look = |phase: &'static moderation::phases::Phase| Look {
        name: frame.t.s(&format!("phase.{}", phase.name)),
        why: frame.t.s(&format!("phase.{}.why", phase.name)),
        caught: phase.caught(),
        passed: phase.passed(),
    };
    let looks = PHASES.iter().map(look).collect();
    let canonical = address::whole(frame.paper(), ADDRESS);
    Page::shared(&HowWeReview { frame, looks, canonical }, vec![Tag::Page("how-we-review".into())])
}
