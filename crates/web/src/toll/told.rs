//! An attack begins, and ends: a line in the log of the program, and notices to those who answer for the paper, where they chose them.

use super::Bounds;
use super::alarm::Turn;
use crate::app::App;
use crate::desk_notices;
use store::StoreError;

/// Whether an attack has ended by nothing being sent any more.
///
/// # Errors
/// None; the clock asks for a result.
pub async fn look(app: &App) -> Result<(), StoreError> {
    if let Some(turn) = app.toll.watch.look(Bounds::of(&app.paper), app.now()) {
        tell(app, turn);
    }
    Ok(())
}

/// Tells of it, and keeps nobody waiting for that.
pub(super) fn tell(app: &App, turn: Turn) {
    match turn {
        Turn::Began(_) => tracing::warn!("more is sent than usual: browsers compute before something is taken"),
        Turn::Ended(_) => tracing::info!("as much is sent as usual: nothing is asked of browsers any more"),
    }
    let app = app.to_readers();
    tokio::spawn(async move {
        let (at, is_over) = match turn {
            Turn::Began(at) => (at, false),
            Turn::Ended(at) => (at, true),
        };
        if let Err(error) = desk_notices::tell_of_attack(&app, at, is_over).await {
            tracing::warn!(%error, "nobody could be told of an attack");
        }
    });
}
