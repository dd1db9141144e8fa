//! What the paper goes by: its country's ways, and its own word where it said one. Whoever manages the desk chooses them; what
//! is chosen holds at once, on every page and every process, before what the settings file says.

mod acts;
mod form;
mod history;
mod page;
mod sample;
mod words;

#[cfg(test)]
mod tests;

pub use acts::{back_to_file, move_hijri, put_back};
pub use page::{keep, show};
