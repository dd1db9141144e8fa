//! What the clock does for the newsletter: it makes an edition when its hour has come, once, however many of the paper's processes
//! try, and makes jobs of its letters step by step.

use crate::app::App;
use jiff::SignedDuration;
use newsroom::followers::due_editions;
use store::StoreError;

/// Letters that become jobs in one transaction.
const AT_ONCE: u32 = 500;
/// Steps of one turn; the next turn goes on.
const STEPS: u32 = 20;
/// One of the processes does it; another takes over after so long.
const HELD_FOR: SignedDuration = SignedDuration::from_secs(50);
/// Editions are remembered so long.
const KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Makes what is due.
///
/// # Errors
/// When the store cannot answer; the next turn goes on where this one stopped.
pub async fn make_editions(app: &App) -> Result<(), StoreError> {
    let (now, settings) = (app.now(), app.followers.now());
    if !app.paper.sends_mail || !settings.newsletter.on {
        return Ok(());
    }
    let until = now.saturating_add(HELD_FOR).unwrap_or(now);
    if !app.store.take_lease("newsletter", &app.process, now, until).await? {
        return Ok(());
    }
    for (rhythm, day) in due_editions(&settings.newsletter, &now.to_zoned(app.paper.zone.clone())) {
        app.store.make_edition(rhythm, &day.to_string(), now).await?;
    }
    for _ in 0..STEPS {
        if app.store.fill_editions(AT_ONCE, now).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// Forgets readers that left, links that nobody opened and old editions.
///
/// # Errors
/// When the store cannot answer.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    let now = app.now();
    app.store.sweep_subscribers(now).await?;
    app.store.sweep_editions(now.saturating_sub(KEPT).unwrap_or(now)).await
}
