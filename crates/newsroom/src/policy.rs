//! What this paper does with a verdict. As shipped: nothing public without a ruling, whatever the engine says.

use crate::comment::{Held, Submitted};
use moderation::Verdict;

/// Takes a comment in. It waits, always; there is no verdict that releases or refuses it.
pub fn receive(submitted: Submitted, verdict: Verdict) -> Held {
    Held { submitted, verdict }
}
