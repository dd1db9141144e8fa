//! What was chosen before, in words.

use super::words;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::layout::Frame;
use crate::paper::{Held, read_ways};
use crate::words::Words;
use newsroom::country::{ChosenWays, Ways};
use store::paper_ways::PaperWays;

/// Versions that the page lists.
const LATELY: u32 = 20;

/// A version in words.
#[derive(Debug)]
pub(super) struct VersionView {
    pub(super) id: String,
    pub(super) who_and_when: String,
    /// The country, and then each way that the paper said itself.
    pub(super) what: Vec<String>,
    pub(super) holds: bool,
}

/// The newest versions.
pub(super) async fn lately(app: &App, frame: &Frame, held: &Held) -> Result<Vec<VersionView>, PageError> {
    let view = |version: PaperWays| VersionView {
        id: version.id.short(),
        who_and_when: format!("{} · {}", version.by.1, when(&frame.t, frame.paper(), version.at)),
        what: chosen(&frame.t, &version.chosen),
        holds: held.version() == Some(version.id),
    };
    let versions = app.store.paper_ways_versions(None, LATELY).await?;
    Ok(versions.into_iter().map(view).collect())
}

fn chosen(t: &Words, chosen: &ChosenWays) -> Vec<String> {
    match chosen {
        ChosenWays::File => vec![t.s("country.by-file")],
        ChosenWays::Desk(said) => match read_ways(said) {
            Ok(ways) => of(t, &ways),
            Err(_) => vec![t.s("country.unreadable")],
        },
    }
}

/// A country, and what goes before its own ways.
pub(super) fn of(t: &Words, ways: &Ways) -> Vec<String> {
    let own = ways.own.iter().map(|way| {
        let (title, what) = (words::title(t, *way), words::way(t, ways, *way));
        t.with("country.way-is", 1, &[("way", &title), ("what", &what)])
    });
    std::iter::once(words::country(t, ways.country)).chain(own).collect()
}
