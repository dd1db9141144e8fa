//! Pictures of a story get the size that the store knows, whatever was sent: pages keep their place free by it.

use crate::app::App;
use crate::error::PageError;
use newsroom::body::{Block, Picture};
use newsroom::story::StoryText;

/// Gives every picture its size; one that the store does not have is still to be supplied.
pub(super) async fn with_sizes(app: &App, text: &mut StoryText) -> Result<(), PageError> {
    for picture in text.lead.iter_mut().chain(text.body.0.iter_mut().flat_map(of_block)) {
        picture.size = app.store.picture_size(&picture.file).await?.unwrap_or((0, 0));
    }
    Ok(())
}

fn of_block(block: &mut Block) -> &mut [Picture] {
    match block {
        Block::Picture(picture) => std::slice::from_mut(picture),
        Block::Gallery { pictures } => pictures,
        _ => &mut [],
    }
}
