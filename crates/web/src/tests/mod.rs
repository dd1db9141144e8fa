//! What every feature's tests share: an open paper, somebody who walks through it, and the walk that looks for leaks.

pub mod authenticator;
pub mod browser;
mod guide;
pub mod leak;
#[path = "../../../../fuzz/mutation.rs"]
pub mod mutation;
pub mod open_paper;
pub mod provider;
mod who_may;
