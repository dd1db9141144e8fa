//! How the paper runs, for whoever looks after it without being at its machine: what needs them, what waits, and what the
//! program has given up.

mod computer;
mod facts;
mod given_up;
mod page;
mod presence;
mod replica;

#[cfg(test)]
mod tests;

pub use computer::{Backups, Certificate, Computer, ComputerHere, ComputerSeen, Disk, Proved};
pub use given_up::{drop_one, kind_again, one_again};
pub use page::show;
pub use presence::{ProcessSays, show_process};
