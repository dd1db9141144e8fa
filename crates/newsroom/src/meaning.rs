//! Of which words of a story its meaning is read. Who reads it is unknown here.

use crate::story::StoryText;

/// Letters of a body that are read. A story says at its beginning what it is about, and the meaning of a long text is the mean of
/// all that it touches.
const MOST_OF_BODY: usize = 1_200;

/// The words of a story that are read: headline, standfirst and how the body begins, each on a line of its own.
pub fn words_of(text: &StoryText) -> String {
    let body: String = text.body.plain_text().chars().take(MOST_OF_BODY).collect();
    let parts = [text.headline.as_str(), text.standfirst.as_str(), body.as_str()];
    parts.map(str::trim).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}
