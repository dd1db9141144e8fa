//! A story's body as it stands in a feed: plain HTML without classes, in which every address is whole, since nobody knows
//! where it will be read.

use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::rendered::Rendered;
use crate::story::blocks::Blocks;
use askama::Template;
use newsroom::body::{Body, Picture};
use newsroom::story::StoryLanguage;

#[derive(Template)]
#[template(path = "feeds/body.html")]
struct Written<'a> {
    frame: &'a Frame,
    blocks: Blocks,
}

/// Writes a body, for whoever shows it elsewhere.
///
/// # Errors
/// When the template cannot be rendered.
pub fn written(frame: &Frame, body: &Body, language: StoryLanguage) -> Result<Rendered, PageError> {
    Ok(Rendered::of(&Written { frame, blocks: Blocks::new(body, language.direction()) })?)
}

/// An address that may be a path of this paper, whole.
pub(super) fn whole(frame: &Frame, link: &str) -> String {
    if link.starts_with('/') && !link.starts_with("//") { address::whole(frame.paper(), link) } else { link.to_owned() }
}

/// The whole address of a picture, no wider than it is sent to wide screens.
pub(super) fn picture(frame: &Frame, picture: &Picture) -> String {
    address::whole(frame.paper(), &address::shared(picture).0)
}
