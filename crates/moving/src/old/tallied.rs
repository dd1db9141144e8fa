//! What the store said of a batch, counted.

use super::bring::Written;
use super::prepare::Preparing;
use super::report::Report;

impl Preparing<'_> {
    /// Counts what was written.
    pub(super) fn written(&self, written: &Written, report: &mut Report) {
        for (imported, (is_page, is_public)) in written.stories.iter().zip(&written.prepared.stories) {
            let kinds = if *is_page { &mut report.pages } else { &mut report.stories };
            *(match (imported.is_new, is_public) {
                (false, _) => &mut kinds.known,
                (true, true) => &mut kinds.public,
                (true, false) => &mut kinds.inside,
            }) += 1;
            report.addresses.to_stories += imported.paths;
        }
        for (is_new, is_public) in written.comments.iter().zip(&written.prepared.comments) {
            *(match (is_new, is_public) {
                (false, _) => &mut report.comments.known,
                (true, true) => &mut report.comments.public,
                (true, false) => &mut report.comments.inside,
            }) += 1;
        }
    }
}
