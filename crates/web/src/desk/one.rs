//! One card on a page of its own: where a browser without scripts goes on, and where links to a comment lead.

use super::shell::Shell;
use crate::layout::Frame;
use crate::rendered::Rendered;
use askama::Template;

/// A page with one card.
#[derive(Template)]
#[template(path = "desk/one.html")]
pub struct One {
    /// The paper around it.
    pub frame: Frame,
    /// The desk around it.
    pub shell: Shell,
    /// The card.
    pub card: Rendered,
}
