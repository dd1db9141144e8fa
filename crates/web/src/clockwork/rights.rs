//! What the clock takes from readers: every picture whose last day is over, once, however many of the paper's processes try.

use crate::aftermath;
use crate::app::App;
use store::StoreError;

/// So many at once.
const AT_ONCE: u32 = 50;

/// Ends the rights of pictures whose last day was before today by the paper's clock.
///
/// # Errors
/// When the store cannot answer.
pub(crate) async fn end_rights(app: &App) -> Result<(), StoreError> {
    loop {
        let told = app.store.end_picture_rights(app.today(), app.now(), AT_ONCE).await?;
        aftermath::tell_each(app, &told).await;
        if told.len() < AT_ONCE as usize {
            return Ok(());
        }
    }
}
