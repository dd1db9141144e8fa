//! Pictures of a story get the size that the store knows, whatever was sent: pages keep their place free by it.

use crate::app::App;
use crate::error::PageError;
use newsroom::story::StoryText;

/// Gives every picture its size; one that the store does not have is still to be supplied.
pub(super) async fn with_sizes(app: &App, text: &mut StoryText) -> Result<(), PageError> {
    for picture in text.pictures_mut() {
        picture.size = app.store.picture_size(&picture.file).await?.unwrap_or((0, 0));
    }
    Ok(())
}
