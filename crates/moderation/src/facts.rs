//! What the caller already knew. The engine asks for nothing: whoever calls it looks these up first.

/// Everything around a submission that the mechanical phases weigh.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// How often the same text (after folding) was seen before.
    pub repeats: Repeats,
    /// How many comments this visitor sent in the last minute, this one left out.
    pub sent_last_minute: u32,
    /// How many comments this visitor sent in the last hour, this one left out.
    pub sent_last_hour: u32,
    /// The story under which it stands.
    pub story: StoryFacts<'a>,
}

/// Copies seen before this submission, compared by `arabic::fold::print`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Repeats {
    /// By this visitor, on any story, ever.
    pub by_visitor: u32,
    /// On this story, by anybody.
    pub on_story: u32,
    /// Anywhere in the paper since the start of today (UTC), by anybody.
    pub today: u32,
}

/// The story's own words, to recognise what was copied out of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct StoryFacts<'a> {
    /// Headline, standfirst and body as plain text, paragraphs on lines of their own.
    pub text: &'a str,
}
