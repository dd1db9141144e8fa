//! What this process has told, so that the rows it reads again are not told twice.

use newsroom::HappeningId;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Happenings of the last while that this process has told.
#[derive(Debug, Default)]
pub struct AlreadyTold(Mutex<BTreeSet<HappeningId>>);

impl AlreadyTold {
    pub(super) fn note(&self, id: HappeningId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }

    pub(super) fn holds(&self, id: HappeningId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&id)
    }

    pub(super) fn forget_before(&self, id: HappeningId) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *told = told.split_off(&id);
    }
}
