//! Of which words of a story its meaning is read, and from which likeness on texts belong together: 1 the same, 0 nothing in
//! common. Who reads them is unknown here. A likeness orders and groups; nothing is refused or published by it.

use crate::story::StoryText;

/// Letters of a body that are read. A story says at its beginning what it is about, and the meaning of a long text is the mean of
/// all that it touches: with 1,200 letters unrelated stories come as near as related ones, with none too little is said. Measured
/// in decision 21.
const MOST_OF_BODY: usize = 600;

/// From this likeness on a story is found by the meaning of a query. Of the 300 stories and 120 queries of the search test, most of
/// them one or two words, 52 queries have a story that was meant above it, and five have one that was not (decision 21).
pub const FOUND_FROM: f32 = 0.3;
/// From this likeness on a story is related to another. Of the 946 pairs of the invented newspaper's stories 34 are above it, half
/// of them of one section or tag; of the different subjects of the search test fewer than one pair in a thousand is (decision 21).
pub const RELATED_FROM: f32 = 0.5;
/// From this likeness on a comment is shown beside another: one in a thousand pairs of the invented newspaper's comments is above
/// 0.43 (decision 21).
pub const NEAR_FROM: f32 = 0.45;
/// From this likeness on a comment speaks of the story under which it stands: of long ones over a quarter of those under their own
/// story is above it, and fewer than one in twenty beside another story (decision 21).
pub const ON_TOPIC_FROM: f32 = 0.3;

/// The words of a story that are read: headline, standfirst and how the body begins, each on a line of its own.
pub fn words_of(text: &StoryText) -> String {
    let body: String = text.body.plain_text().chars().take(MOST_OF_BODY).collect();
    let parts = [text.headline.as_str(), text.standfirst.as_str(), body.as_str()];
    parts.map(str::trim).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}
