//! Everything that speaks HTTP, one folder per feature. Start reading at [`routes`].

pub mod routes;

mod app;
mod error;
mod page;
mod paper;
mod rendered;
mod words;

mod acting;
pub mod aftermath;
mod appeals;
mod breaking;
pub mod clockwork;
mod comments;
mod corrections;
mod country_desk;
mod coverage;
mod desk;
mod desk_me;
mod desk_notices;
mod editor;
mod erasures;
mod feeds;
mod front;
mod front_desk;
mod guard;
mod how_we_review;
mod issues;
mod issues_desk;
mod layers;
mod layout;
pub mod learning;
mod listing;
mod live;
mod machines;
mod mail;
mod me;
mod moderation_api;
mod moderation_log;
mod networks;
mod newsroom_desk;
pub mod orders;
mod organisation;
mod page_cache;
mod pages;
mod passkeys;
mod pictures_desk;
mod quality;
mod reader;
mod readings;
mod reports;
mod rulebook;
mod sign_in;
mod site;
mod speaking;
mod staff_desk;
mod statements;
mod statistics;
mod story;

#[cfg(test)]
mod tests;

pub use app::App;
pub use desk::{Bit, Explained, Stretch, explain, stretches};
pub use desk_notices::{KIND as DESK_NOTICE, Parcel, Undelivered, parcel, settle};
pub use mail::{KIND as MAIL, Letter, letter, trial as trial_letter};
pub use moderation_api::{MOST_PER_MINUTE, make_api_key};
pub use organisation::{Fetch, FetchError, Fetching, ProviderSettings};
pub use paper::Paper;
pub use pictures_desk::{Worker, Working};
pub use rulebook::{RulesInForce, sentence as rulebook_problem};
pub use sign_in::make_sign_in_link;
pub use speaking::router;
pub use statements::lines as statement_lines;
pub use words::Words;
