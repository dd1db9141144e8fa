//! What each part of the memory keeps, on every engine present. One program: the memory is compiled into it once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a test that cannot go on says why

#[path = "../both/mod.rs"]
mod both;
#[path = "../paper/mod.rs"]
mod paper;

mod checkup;
mod condition;
mod furniture;
mod learning;
mod library;
mod log_of_writes;
mod networks;
mod organisation;
mod other_systems;
mod people;
mod picture_places;
mod picture_rights;
mod plans;
mod readers;
mod readings;
mod replica;
mod rulebooks;
mod sealed_log;
mod sharing;
mod visitors;
mod whole;
