//! To the second: while a paper on SQLite is served, its log of writes is kept beside the backups, piece by piece, so that the paper can be
//! put back as it was at any second since. A folder of it begins with a copy of the file; the log's pieces follow, named by the
//! time at which they were kept.

mod back;
mod follow;
mod names;
mod pictures;

#[cfg(test)]
mod tests;

pub use back::restore;
pub use follow::{Following, run};
pub use names::reaches;
