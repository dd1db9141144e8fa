//! What is due becomes messages: everything that a colleague is to be told by one way goes together, after their quiet hours,
//! and not more than twenty times an hour.

use super::is_offered;
use crate::app::App;
use jiff::SignedDuration;
use newsroom::notices::{MOST_AN_HOUR, Way, room_at};
use newsroom::{StaffId, Timestamp};
use store::StoreError;
use store::desk_notices::Listener;

/// Colleagues and ways that are looked at in one turn.
const AT_ONCE: u32 = 500;
/// One of the paper's processes does it; another takes over after so long.
const HELD_FOR: SignedDuration = SignedDuration::from_secs(20);
/// The duty's name among the leases.
const DUTY: &str = "desk-notices";

/// Makes messages of what is due.
///
/// # Errors
/// When the store cannot answer; what is left is due at the next turn.
pub(super) async fn send_together(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let due = app.store.desk_notices_due(now, AT_ONCE).await?;
    if due.is_empty() {
        return Ok(());
    }
    let until = now.saturating_add(HELD_FOR).unwrap_or(now);
    if !app.store.take_lease(DUTY, &app.process, now, until).await? {
        return Ok(());
    }
    let listeners = app.store.listeners().await?;
    for (staff, way) in due {
        let listener = listeners.iter().find(|one| one.staff == staff && one.ways.contains(&way));
        match listener.filter(|_| is_offered(app, way)) {
            Some(listener) => send(app, listener, (staff, way), now).await?,
            // They left, or the way leads nowhere any more.
            None => app.store.drop_desk_notices(staff, way).await?,
        }
    }
    Ok(())
}

async fn send(app: &App, listener: &Listener, to: (StaffId, Way), now: Timestamp) -> Result<(), StoreError> {
    let here = now.to_zoned(app.paper.zone.clone());
    let quiet = listener.choices.quiet.and_then(|quiet| quiet.over_at(&here));
    let later = match quiet {
        Some(over) => Some(over),
        None => room(app, to.0, now).await?,
    };
    match later {
        Some(later) => app.store.put_off_desk_notices(to, later, now).await,
        None => app.store.make_delivery(to, now).await.map(drop),
    }
}

/// When there is room for another message to somebody; none: now.
pub(super) async fn room(app: &App, staff: StaffId, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let hour_ago = now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(now);
    let most = u32::try_from(MOST_AN_HOUR).unwrap_or(u32::MAX);
    let lately = app.store.deliveries_since(staff, hour_ago, most).await?;
    Ok(room_at(&lately, now))
}
