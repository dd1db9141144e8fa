//! What readers look for: the words of a query, the words of a text, how well the two meet, where they meet in the text as
//! it was printed, and which word was probably meant. Where words are kept is unknown here.

mod analysis;
mod fuse;
mod marks;
mod query;
mod rank;
mod slips;

#[cfg(test)]
mod tests;

pub use analysis::{LONGEST_WORD, Stemming, terms};
pub use fuse::fused;
pub use marks::{Piece, marked, snippet};
pub use query::{Form, MOST_LETTERS, Query, Wanted};
pub use rank::{Fields, Rank, rank, reaches};
pub use slips::{Known, likeliest, slips, vocabulary};
