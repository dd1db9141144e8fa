//! Threads of the paper under pages of other sites: read, written under and counted by a script in those pages, without a
//! cookie. What is held of a comment is shown to its author's browser alone, by a key that this browser keeps for the site.
//!
//! The listing explains the folder: which page of which site asks, who asks, what they read and send, and where a thread
//! stands in the paper itself.

mod member;
mod origin;
mod who;

mod thread;

mod own;
mod post;

mod counts;

mod page;
mod script;

#[cfg(test)]
mod tests;

pub use counts::counts;
pub use origin::{FromSite, allowed_origins, panicked};
pub use own::{own, withdraw};
pub use page::{elsewhere, page};
pub use post::post;
pub use script::{css, script};
pub use thread::thread;
pub use who::browser_of;
