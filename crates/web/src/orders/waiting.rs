//! What was removed while there was no key is sealed as soon as there is one.

use super::envelope::removal;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use newsroom::StaffId;
use store::StoreError;

/// Seals what waits for a key, a hundred comments at most; how many.
///
/// # Errors
/// When the store cannot answer.
pub async fn seal_what_waits(app: &App, by: Option<StaffId>) -> Result<u32, PageError> {
    let keys = app.store.order_keys().await?;
    if keys.is_empty() {
        return Ok(0);
    }
    let mut sealed = 0;
    for (order, story, comment) in app.store.ordered_to_seal().await? {
        let (order, entry) = (app.store.order(order).await?, app.store.queue_entry(story, comment).await?);
        let removal = removal(app, &order, &entry, &keys).await?;
        match app.store.seal_ordered(order.id, &removal, by, app.now()).await {
            Ok(Some(happening)) => {
                aftermath::tell(app, &happening).await;
                sealed += 1;
            }
            // Somebody else was faster.
            Ok(None) | Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(sealed)
}
