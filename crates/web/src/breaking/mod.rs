//! Breaking news: one line over every page. Editors raise it at the desk, see it first as readers will, and end it; it ends
//! by itself at its time. Open pages are told by the one stream that they listen to.

mod desk;
mod form;
mod strip;

#[cfg(test)]
mod tests;

pub use desk::{end, raise, show};
pub use strip::{StripView, told};
