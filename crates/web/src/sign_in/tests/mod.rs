//! Coming in.

mod codes;
mod doors;
mod links;
mod organisation;
