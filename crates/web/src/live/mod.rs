//! Server-sent events: open pages are told.

/// Open pages that want to be told.
#[derive(Debug, Default)]
pub struct Hub {}
