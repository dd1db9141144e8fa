//! How the paper runs, for whoever looks after it without being at its machine: what needs them, what waits, and what the
//! program has given up.

mod facts;
mod given_up;
mod machine;
mod page;
mod presence;

#[cfg(test)]
mod tests;

pub use given_up::{drop_one, kind_again, one_again};
pub use machine::{Backups, Certificate, Disk, Machine, MachineHere, MachineSeen, Proved};
pub use page::show;
pub use presence::{ProcessSays, show_process};
