//! How old papers are brought in by these tests.

use moderation::{Models, Rulebook};
use moving::old::BringOptions;
use newsroom::profile::Language;

/// Everything is kept, stories go public, comments wait, no picture has a file.
pub fn options() -> BringOptions {
    BringOptions {
        dry_run: false,
        publish: true,
        release_approved: false,
        section: None,
        language: Language::Ar,
        rulebook: Rulebook::default(),
        models: Models::default(),
        files: None,
        fetch: None,
        why: "moved".into(),
    }
}
