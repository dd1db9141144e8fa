//! What goes to those who follow the paper without coming by: what of it is on, as this process has it in memory, and what a
//! happening becomes for channels, hubs, search machines and browsers. Nothing of it is on as it begins.

mod follow;
mod in_force;
mod machines;

#[cfg(test)]
mod tests;

pub use follow::{FollowersFollower, follow};
pub use in_force::FollowersInForce;
pub use machines::{Machine, Ping, key_file, ping, settle_ping};

use crate::app::App;
use newsroom::followers::NewsletterSettings;

/// How the newsletter goes out now: for whoever sends it.
pub fn newsletter_settings(app: &App) -> NewsletterSettings {
    app.followers.now().newsletter.clone()
}
