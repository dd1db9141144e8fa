//! The paper as it was printed, for readers: the archive of issues, each with its first page as a picture, and their files.

mod archive;
mod file;
mod moved;
mod one;
mod range;
mod view;

#[cfg(test)]
mod tests;

pub use archive::archive;
pub use file::{first_page, pdf};
pub use one::show;
pub use view::{IssueView, megabytes, widths};
