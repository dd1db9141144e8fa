//! Printed issues at the desk: what there is, putting one in, its number and its day, its file, and when readers have it.

mod form;
mod list;
mod one;
mod parts;
mod replace;
mod steps;
mod upload;

pub use list::{add, list};
pub use one::show;
pub use parts::{add as add_part, begin as begin_parts, leave as leave_parts};
pub use replace::replace;
pub use steps::{correct, publish, withdraw};
