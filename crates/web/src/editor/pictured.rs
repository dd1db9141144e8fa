//! Pictures of a story get the size that the store knows, whatever was sent: pages keep their place free by it. And what the
//! page's script must know of them.

use crate::app::App;
use crate::error::PageError;
use newsroom::story::StoryText;
use serde_json::{Map, Value, json};

/// Gives every picture its size; one that the store does not have is still to be supplied.
pub(super) async fn with_sizes(app: &App, text: &mut StoryText) -> Result<(), PageError> {
    for picture in text.pictures_mut() {
        picture.size = app.store.picture_size(&picture.file).await?.unwrap_or((0, 0));
    }
    Ok(())
}

/// The widths of its pictures that there are, and where each is cut, by their names: as JSON.
pub(super) async fn known(app: &App, text: &StoryText) -> Result<String, PageError> {
    let mut text = text.clone();
    app.store.note_sizes(&mut text).await?;
    let in_library = text.pictures().filter(|picture| picture.focus.is_some());
    let told = in_library
        .map(|picture| (picture.file.clone(), json!({ "widths": picture.made.jpeg, "focus": picture.focus })));
    Ok(Value::Object(told.collect::<Map<_, _>>()).to_string())
}
