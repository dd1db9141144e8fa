//! Pictures that a story can have on the front page: its own, and those of the library that readers have already in some
//! story. One whose rights ended, or that nobody has published, would be a hole in the page.

use crate::app::App;
use crate::error::PageError;
use newsroom::body::Picture;
use newsroom::story::StoryText;
use store::pictures::LibraryPicture;

/// Pictures of the library to choose from.
const FROM_LIBRARY: usize = 12;
/// So many are looked at for those that readers have.
const LOOKED_AT: u32 = 60;

/// The one that was chosen, those of the story, and of the library the latest or what is found by words.
pub(super) async fn to_choose(
    app: &App,
    chosen: Option<Picture>,
    text: &StoryText,
    words: &str,
) -> Result<Vec<Picture>, PageError> {
    let library = match words.trim() {
        "" => app.store.library(None, LOOKED_AT).await?,
        words => app.store.find_pictures(words, LOOKED_AT).await?,
    };
    let away = away(app, text).await?;
    let library = library.into_iter().filter(readers_have).map(of_library).take(FROM_LIBRARY);
    let own = text.pictures().filter(|picture| !away.contains(&picture.file)).cloned();
    let mut pictures: Vec<Picture> = Vec::new();
    for picture in chosen.into_iter().chain(own).chain(library) {
        if picture.is_supplied() && !pictures.iter().any(|known| known.file == picture.file) {
            pictures.push(picture);
        }
    }
    Ok(pictures)
}

/// A picture of the story or of the library, by its name.
pub(super) async fn of_name(app: &App, text: &StoryText, name: &str) -> Result<Option<Picture>, PageError> {
    let away = away(app, text).await?;
    let of_story = |picture: &&Picture| picture.file == name && picture.is_supplied() && !away.contains(&picture.file);
    match text.pictures().find(of_story) {
        Some(picture) => Ok(Some(picture.clone())),
        None => Ok(app.store.library_picture(name).await?.filter(readers_have).map(of_library)),
    }
}

/// The pictures of a story that readers are not shown, by their names.
async fn away(app: &App, text: &StoryText) -> Result<Vec<String>, PageError> {
    Ok(app.store.pictures_away(text).await?.into_iter().map(|picture| picture.name).collect())
}

fn readers_have(picture: &LibraryPicture) -> bool {
    picture.uses.1 > 0 && !picture.is_away()
}

fn of_library(picture: LibraryPicture) -> Picture {
    let said = |words: String| Some(words).filter(|words| !words.is_empty());
    let words = picture.words;
    let (caption, credit) = (said(words.caption), said(words.credit));
    Picture { file: picture.name, alt: words.alt, caption, credit, size: picture.size, ..Default::default() }
}
