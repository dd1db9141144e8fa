//! The newspaper's memory, told as stories, each on every engine present.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../both/mod.rs"]
mod both;
mod orders;
mod paper;

mod appeals;
mod colleagues;
mod coming_in;
mod copies;
mod desk;
mod desk_notices;
mod door;
mod fediverse;
mod followers;
mod front;
mod happenings;
mod imports;
mod issues;
mod links;
mod listings;
mod live;
mod meaning;
mod outside;
mod paper_ways;
mod quality;
mod redirects;
mod reports;
mod rulings;
mod search;
mod searching;
mod sections;
mod seeking;
mod site;
mod statements;
mod stories;
mod strips;
mod threads;
mod together;
mod waiting;
mod writing;
