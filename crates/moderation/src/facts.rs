//! What the caller already knew. The engine asks for nothing: whoever calls it looks these up first.

use crate::kinds::Origin;

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
    /// The comment that it answers, as sent; empty where it answers none. May be cut by the caller.
    pub parent: &'a str,
    /// Texts that share rare runs of words with it (see [`crate::paste::probes`]), the likeliest first. The caller finds
    /// them by its index; the engine compares.
    pub alike: &'a [Alike<'a>],
    /// The day on which it was sent, as year, month, day; none: unknown, and dates are not looked at.
    pub today: Option<(i16, u8, u8)>,
    /// It is near in meaning to the story, as whoever reads meanings found; `false` also where nobody read them.
    pub is_near_the_story: bool,
}

/// A text that the paper knows and that may stand in the submission.
#[derive(Debug, Clone, Copy)]
pub struct Alike<'a> {
    /// Where it is known from.
    pub origin: Origin,
    /// Its headline, or empty.
    pub title: &'a str,
    /// Its text, as it was sent or published.
    pub text: &'a str,
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
    /// The slug of its section, by which the rulebook's policies may differ; empty: unknown.
    pub section: &'a str,
    /// Its headline alone.
    pub headline: &'a str,
    /// Headline, standfirst and body as plain text, paragraphs on lines of their own.
    pub text: &'a str,
}
