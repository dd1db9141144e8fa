//! More is sent to the paper than usual, and as much as usual again: told to the editors who answer for the whole paper.

use super::channels::may_see;
use super::follow::tell;
use super::line::{Line, Reader};
use crate::app::App;
use crate::comments::when;
use crate::layout::address;
use newsroom::Timestamp;
use newsroom::notices::{DeskNotice, Told};
use store::StoreError;
use store::desk_notices::Listener;

/// Several processes see the same attack within so many seconds: it is told once.
const ONCE_IN_SECONDS: i64 = 10 * 60;

/// Tells of it.
///
/// # Errors
/// When the store cannot answer.
pub async fn tell_of_attack(app: &App, at: Timestamp, is_over: bool) -> Result<(), StoreError> {
    let (listeners, here) = (app.store.listeners().await?, app.store.staff_at_work().await?);
    let theirs = |one: &&Listener| here.iter().any(|staff| staff.id == one.staff && may_see(staff));
    let (told, word) = match is_over {
        true => (Told::AttackOver { at }, "over"),
        false => (Told::Attack { at }, "begins"),
    };
    let once = format!("attack:{word}:{}", at.as_second() / ONCE_IN_SECONDS);
    tell(app, told, &once, listeners.iter().filter(theirs).collect()).await
}

impl Reader<'_> {
    /// The line of it: how much was sent at a time stays so.
    pub(super) fn attack(&self, key: &str, at: Timestamp) -> Option<Line> {
        let time = when(&self.t, &self.app.paper, at);
        let text = self.t.with(key, 1, &[("time", &time)]);
        let link = address::whole(&self.app.paper, "/desk/site/doors");
        let line = Line { what: DeskNotice::Attack.key(), headline: String::new(), who: String::new(), text, link };
        may_see(self.colleague).then_some(line)
    }
}
