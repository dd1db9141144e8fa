//! Printed issues at the desk: what there is, putting one in, its number and its day, its file, and when readers have it.

mod form;
mod list;
mod one;
mod steps;
mod upload;

pub use list::{add, list};
pub use one::show;
pub use steps::{correct, publish, replace, withdraw};
