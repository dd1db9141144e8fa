//! The search of a mirror: headings and summaries of its stories as data, and a small program in the page that looks through
//! them. Letters are compared as the paper compares them: without vowels and tatweel, hamza seats and ends of words alike.

use super::places::Place;
use super::rewritten::Told;
use anyhow::Result;
use serde_json::{Value, json};
use web::Words;

/// The page.
pub const PAGE: &str = "search/index.html";
/// The data.
pub const FILE: &str = "search/stories.js";

const PROGRAM: &str = include_str!("search.js");

/// The stories that were met.
#[derive(Debug, Default)]
pub struct Index(Vec<Value>);

impl Index {
    /// Notes a page, if it is a story.
    pub fn add(&mut self, address: &str, place: &Place, told: Told) {
        if address.starts_with("/stories/") && !address.contains('?') && !told.heading.trim().is_empty() {
            let Told { heading, about, published } = told;
            self.0.push(json!([place.file, heading.trim(), about, published.get(..10).unwrap_or_default()]));
        }
    }

    /// Data and program as one file; a page from a stick may load it, and could not fetch it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn script(&mut self, words: &Words) -> Result<String> {
        // The newest first.
        self.0.sort_by(|a, b| b[3].as_str().cmp(&a[3].as_str()).then(a[0].as_str().cmp(&b[0].as_str())));
        let said = json!({ "none": words.s("mirror.none"), "found": words.s("mirror.found") });
        let (stories, said) = (serde_json::to_string(&self.0)?, serde_json::to_string(&said)?);
        Ok(format!("window.midadStories={stories};\nwindow.midadSaid={said};\n{PROGRAM}"))
    }
}

/// What stands at the end of the page.
pub fn scripts(place: &Place) -> String {
    format!("<script src=\"{}{FILE}\" data-up=\"{}\"></script>", place.up(), place.up())
}
