//! Sentences about Arabic text, one file for each module of the crate.

mod any_fold;
mod arabizi;
mod bidi;
mod clean;
mod clitics;
mod dates;
mod digits;
mod fold;
mod hostile;
mod leet;
mod places;
mod plural;
mod runs;
mod slug;
mod typography;
mod words;
