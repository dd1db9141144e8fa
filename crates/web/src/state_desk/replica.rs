//! The copy of the database, as the state page tells of it.

use super::facts::{Fact, size};
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use store::{CopyState, ReplicaCondition};

/// A copy that has so many bytes of the database's log before it answers hardly anything.
const FAR_BEHIND: u64 = 16 << 20;

/// How it stands, where there is one.
///
/// # Errors
/// When the database itself cannot answer.
pub(super) async fn fact(app: &App, frame: &Frame) -> Result<Option<Fact>, PageError> {
    let t = &frame.t;
    let Some(ReplicaCondition { state, answered, passed_by }) = app.store.replica().await? else { return Ok(None) };
    let (how, need) = match state {
        CopyState::Follows { behind } if behind < FAR_BEHIND => (t.s("condition.replica.follows"), None),
        CopyState::Follows { behind } => {
            let far = t.with("condition.replica.behind", 1, &[("size", &size(frame, behind))]);
            (far, Some(t.s("condition.needs.replica-behind")))
        }
        CopyState::OfBefore => (t.s("condition.replica.of-before"), Some(t.s("condition.needs.replica-of-before"))),
        CopyState::OfAnother => (t.s("condition.replica.of-another"), Some(t.s("condition.needs.replica-on-its-own"))),
        CopyState::OnItsOwn => (t.s("condition.replica.on-its-own"), Some(t.s("condition.needs.replica-on-its-own"))),
        CopyState::Away(why) => {
            let away = t.with("condition.replica.away", 1, &[("why", &why)]);
            (away, Some(t.s("condition.needs.replica-away")))
        }
    };
    let counts = [("answered", &*t.number(answered)), ("passed", &*t.number(passed_by))];
    let counted = t.with("condition.replica.counted", 1, &counts);
    Ok(Some(Fact::of(t.s("condition.replica"), format!("{how} {counted}")).needing(need)))
}
