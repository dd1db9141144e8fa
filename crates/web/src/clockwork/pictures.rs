//! What the clock does for pictures beside their rights: it makes their sizes, and takes away bytes that nothing names.

use crate::app::App;
use crate::pictures_desk;
use std::time::Duration;
use store::StoreError;

/// Files taken away at once.
const STRAYS_AT_A_TIME: u32 = 50;
const MOST_SWEEPS: u32 = 20;
/// One of the paper's processes takes them away; its turn is over before the next minute.
const TURN: Duration = Duration::from_secs(30);

/// Makes the sizes that are waited for.
///
/// # Errors
/// When the store cannot answer.
pub(crate) async fn make_sizes(app: &App) -> Result<(), StoreError> {
    pictures_desk::make_sizes(app).await
}

/// Takes away what lies in the folder or the bucket and is named by nothing.
///
/// # Errors
/// When the store cannot answer.
pub(crate) async fn sweep_strays(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    let until = now.saturating_add(TURN).unwrap_or(now);
    if app.store.take_lease("stray-pictures", &app.process, now, until).await? {
        for _ in 0..MOST_SWEEPS {
            if app.store.sweep_picture_strays(now, STRAYS_AT_A_TIME).await? == 0 {
                break;
            }
        }
    }
    Ok(())
}
