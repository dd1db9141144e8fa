//! A visitor's own comments that nobody else sees. Whatever is rendered here belongs on a page for one person.

use super::look::Look;
use super::prose::{Paragraph, Piece, paragraphs};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use newsroom::comment::State;
use store::comments::OwnComment;

#[derive(Template)]
#[template(path = "comments/own.html")]
struct Own<'o> {
    t: Words,
    own: &'o OwnComment,
    paragraphs: Vec<Paragraph<'o>>,
    /// The address of this one comment: `…/own/ID`.
    address: String,
    when: String,
    waits: bool,
    state: String,
    /// The house rule by which it was refused.
    rule: Option<String>,
}

/// One own comment: waiting with edit and withdrawal, or refused with the rule.
///
/// # Errors
/// When the template cannot be rendered.
pub fn render(look: &Look, own: &OwnComment) -> Result<Rendered, askama::Error> {
    let t = look.t;
    Rendered::of(&Own {
        t,
        own,
        paragraphs: paragraphs(&own.text, false),
        address: address(look, own),
        when: look.when(own.received_at),
        waits: own.state == State::Held,
        state: t.s(&format!("state.{}.own", own.state.key())),
        rule: own.reason.map(|reason| t.s(&format!("refusal.{}", reason.key()))),
    })
}

/// The address of an own comment: `…/own/ID`.
pub fn address(look: &Look, own: &OwnComment) -> String {
    format!("{}/own/{}", look.address, own.id)
}
