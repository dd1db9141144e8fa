//! Pages in a real browser: Chromium, driven by ChromeDriver. Both are named by the variables `MIDAD_CHROMIUM` and
//! `MIDAD_CHROMEDRIVER`; without them these tests say that they did not run.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a test may panic, and says why it did not run")]

#[path = "../../../store/tests/both/mod.rs"]
mod both;
#[path = "../../../darkroom/tests/files/mod.rs"]
mod files;
#[path = "../../../darkroom/tests/pdfs/mod.rs"]
mod pdfs;
#[path = "../running/mod.rs"]
mod running;

mod breaking;
mod country;
mod coverage;
mod day;
mod desk;
mod driver;
mod embed;
mod erasure;
mod everyone;
mod guide;
mod house;
mod journey;
mod keyboard;
mod layout;
mod line;
mod no_line;
mod on_time;
mod orders;
mod organisation;
mod pages;
mod photograph;
mod pictures;
mod plain;
mod readers;
mod redress;
mod staff;
mod toll;
mod two_editors;
mod uploads;
mod weight;
mod writing;
mod xss;

use both::Trial;
use driver::Driver;
use running::{Launch, Running};
use std::future::Future;
use std::path::PathBuf;
use store::Place;

/// A demo newspaper, a driver and a story; the data go when it is told.
async fn with_paper<F, S>(flags: &[&str], story: S)
where
    S: FnOnce(Running, Driver) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    with_folder(flags, |paper, driver, _| story(paper, driver)).await;
}

/// The same, with the folder in which the data lie.
async fn with_folder<F, S>(flags: &[&str], story: S)
where
    S: FnOnce(Running, Driver, PathBuf) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let Some(driver) = Driver::start().await else { return };
    let trial = Trial::sqlite();
    let Place::Folder(folder) = trial.place.clone() else { panic!("SQLite lies in a folder") };
    let words: Vec<&str> = ["demo"].into_iter().chain(flags.iter().copied()).collect();
    let paper = Launch::new(&words).on(&trial.place).start().await;
    let ended = tokio::spawn(story(paper, driver, folder)).await;
    trial.clear().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}
