//! The front page in the hands of editors: what stands in which slot, prepared as one draft for the whole desk, looked at as
//! readers would see it, launched at once or by the clock, and launched again from its history.

mod change;
mod launch;
mod look;
mod pictures;
mod prepared;
mod show;
mod slot;
mod view;

#[cfg(test)]
mod tests;

pub use change::{change, drop_draft, redo, undo};
pub use launch::{call_off, into_draft, launch, launch_again, launches};
pub use look::{look, preview};
pub use show::show;
pub use slot::{pin, slot};
