//! Comments that were read while they came in, so that the background need not read them again. What is lost here is read then.
//! Their words are not kept, and what is kept goes after half a minute, whatever became of them.

use crate::print::sha256;
use encoder::Packed;
use newsroom::CommentId;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::meaning::CommentToRead;

/// Comments that are remembered. The earliest ones go first.
const MOST: usize = 1_024;
/// And so long.
const KEPT: Duration = Duration::from_secs(30);

/// What comments were read as.
#[derive(Debug, Default)]
pub(super) struct Heard(Mutex<VecDeque<One>>);

#[derive(Debug)]
struct One {
    comment: CommentId,
    /// By which its words are known again.
    print: String,
    vector: Packed,
    at: Instant,
}

impl Heard {
    /// A comment was read as this.
    pub(super) fn put(&self, comment: CommentId, text: &str, vector: Packed) {
        let mut heard = self.lock();
        if heard.len() >= MOST {
            heard.pop_front();
        }
        heard.push_back(One { comment, print: sha256(text), vector, at: Instant::now() });
    }

    /// As what a comment with these words was read. It is forgotten here, whatever its words were.
    pub(super) fn take(&self, due: &CommentToRead) -> Option<Packed> {
        let (print, mut found) = (sha256(&due.text), None);
        self.lock().retain(|one| {
            if one.comment == due.comment && one.print == print {
                found = Some(one.vector);
            }
            one.comment != due.comment
        });
        found
    }

    /// What was read longer ago is not remembered any more.
    pub(super) fn forget_old(&self, now: Instant) {
        self.lock().retain(|one| now.duration_since(one.at) < KEPT);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<One>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
