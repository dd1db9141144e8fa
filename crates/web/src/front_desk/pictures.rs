//! Pictures that a story can have on the front page: its own, and those of the library.

use crate::app::App;
use crate::error::PageError;
use newsroom::body::{Block, Picture};
use newsroom::story::StoryText;
use store::pictures::LibraryPicture;

/// Pictures of the library to choose from.
const FROM_LIBRARY: u32 = 12;

/// The one that was chosen, those of the story, and of the library the latest or what is found by words.
pub(super) async fn to_choose(
    app: &App,
    chosen: Option<Picture>,
    text: &StoryText,
    words: &str,
) -> Result<Vec<Picture>, PageError> {
    let library = match words.trim() {
        "" => app.store.library(None, FROM_LIBRARY).await?,
        words => app.store.find_pictures(words, FROM_LIBRARY).await?,
    };
    let mut pictures: Vec<Picture> = Vec::new();
    for picture in chosen.into_iter().chain(of_story(text)).chain(library.into_iter().map(of_library)) {
        if picture.is_supplied() && !pictures.iter().any(|known| known.file == picture.file) {
            pictures.push(picture);
        }
    }
    Ok(pictures)
}

/// A picture of the story or of the library, by its name.
pub(super) async fn of_name(app: &App, text: &StoryText, name: &str) -> Result<Option<Picture>, PageError> {
    match of_story(text).find(|picture| picture.file == name && picture.is_supplied()) {
        Some(picture) => Ok(Some(picture)),
        None => Ok(app.store.library_picture(name).await?.map(of_library)),
    }
}

/// The pictures of a story, the lead picture first.
fn of_story(text: &StoryText) -> impl Iterator<Item = Picture> {
    let inside = text.body.0.iter().flat_map(|block| match block {
        Block::Picture(picture) => std::slice::from_ref(picture),
        Block::Gallery { pictures } => pictures,
        _ => &[],
    });
    text.lead.iter().chain(inside).cloned()
}

fn of_library(picture: LibraryPicture) -> Picture {
    let said = |words: String| Some(words).filter(|words| !words.is_empty());
    let words = picture.words;
    let (caption, credit) = (said(words.caption), said(words.credit));
    Picture { file: picture.name, alt: words.alt, caption, credit, size: picture.size }
}
