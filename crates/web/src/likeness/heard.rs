//! Comments that were read while they came in, so that the background need not read them again. What is lost here is read then.

use encoder::Packed;
use newsroom::CommentId;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::meaning::CommentToRead;

/// Comments that are remembered. The earliest ones go first.
const MOST: usize = 1_024;

/// What comments were read as, for a few seconds.
#[derive(Debug, Default)]
pub(super) struct Heard(Mutex<VecDeque<One>>);

#[derive(Debug)]
struct One {
    comment: CommentId,
    text: String,
    vector: Packed,
}

impl Heard {
    /// A comment was read as this.
    pub(super) fn put(&self, comment: CommentId, text: &str, vector: Packed) {
        let mut heard = self.lock();
        if heard.len() >= MOST {
            heard.pop_front();
        }
        heard.push_back(One { comment, text: text.to_owned(), vector });
    }

    /// As what a comment with these words was read. It is forgotten here, whatever its words were.
    pub(super) fn take(&self, due: &CommentToRead) -> Option<Packed> {
        let mut heard = self.lock();
        let mut found = None;
        heard.retain(|one| {
            if one.comment == due.comment && one.text == due.text {
                found = Some(one.vector);
            }
            one.comment != due.comment
        });
        found
    }

    /// Nothing is remembered any more.
    pub(super) fn forget(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<One>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
