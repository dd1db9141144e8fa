//! The clock of an order: it counts from its receipt.

use crate::app::App;
use crate::error::PageError;
use crate::words::Words;
use newsroom::order::due_at;
use newsroom::people::{May, Staff};
use newsroom::{OrderId, Timestamp};

/// An order that nobody has carried out, as every page of the desk shows it to those who may.
#[derive(Debug, Clone)]
pub struct OpenOrder {
    /// Which.
    pub id: OrderId,
    /// Whose.
    pub authority: String,
    /// When its time is over.
    pub due: Timestamp,
    /// How much of it is left, or for how long it is over.
    pub left: String,
    /// It is over.
    pub late: bool,
}

/// The open orders, the most urgent first, for whoever carries orders out; for others none.
///
/// # Errors
/// When the store cannot answer.
pub async fn clocks(app: &App, t: &Words, staff: &Staff) -> Result<Vec<OpenOrder>, PageError> {
    if !staff.role.may(May::EnterOrders) || staff.bound_to().is_some() {
        return Ok(Vec::new());
    }
    let (now, open) = (app.now(), app.store.open_orders().await?);
    let clock = |(id, received_at, authority)| {
        let due = due_at(received_at);
        OpenOrder { id, authority, due, left: left(t, due, now), late: due < now }
    };
    Ok(open.into_iter().map(clock).collect())
}

/// Minutes until a time, or since it, in words.
pub fn left(t: &Words, due: Timestamp, now: Timestamp) -> String {
    let minutes = (due.as_millisecond() - now.as_millisecond()).div_euclid(60_000);
    match u64::try_from(minutes) {
        Ok(minutes) => t.n("order.minutes-left", minutes),
        Err(_) => t.n("order.minutes-late", minutes.unsigned_abs()),
    }
}
