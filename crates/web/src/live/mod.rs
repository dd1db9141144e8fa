//! Server-sent events: open pages are told what has just become public, and the desk how many wait.

mod hub;
mod stream;

#[cfg(test)]
mod tests;

pub use hub::{Hub, Told};
pub use stream::{desk, paper, story};
