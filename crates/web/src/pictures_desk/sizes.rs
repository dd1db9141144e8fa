//! The sizes of a picture beside the first, made after it came in: by the clock, in the darkroom, one picture at a time, and
//! never while a reader waits.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use axum::extract::{Path, State};
use axum::response::Redirect;
use darkroom::{Answer, HAS_AVIF, Job, Refused};
use std::time::Duration;
use store::StoreError;
use store::pictures::{NewSize, ToSize};

/// Whoever makes a size has so long: longer than any worker lives, and not much longer, for after a restart nobody else begins
/// before.
const IN_HAND: Duration = Duration::from_secs(3 * 60);
/// What failed is tried again after so long, and so often.
const AGAIN_AFTER: Duration = Duration::from_secs(5 * 60);
const MOST_TRIES: i64 = 3;

/// Why a size is not there.
#[derive(Debug, thiserror::Error)]
enum NotMade {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the sizes of every picture that waits for them.
///
/// # Errors
/// When the store cannot say which.
pub async fn make_sizes(app: &App) -> Result<(), StoreError> {
    loop {
        let now = app.now();
        let Some(one) = app.store.take_to_size(now, now.saturating_add(IN_HAND).unwrap_or(now)).await? else {
            return Ok(());
        };
        match make(app, &one).await {
            Ok(()) => {
                if let Some(happening) = app.store.sizes_are_made(&one.name, app.now()).await? {
                    aftermath::tell(app, &happening).await;
                }
            }
            // It was removed meanwhile.
            Err(NotMade::Store(StoreError::NotFound)) => {}
            Err(why) => {
                tracing::warn!(picture = %one.name, tries = one.tries, %why, "sizes of a picture could not be made");
                let now = app.now();
                let next = now.saturating_add(AGAIN_AFTER).unwrap_or(now);
                app.store.sizes_failed(&one.name, (one.tries < MOST_TRIES).then_some(next)).await?;
            }
        }
    }
}

async fn make(app: &App, one: &ToSize) -> Result<(), NotMade> {
    let file = app.store.picture(&one.name).await?;
    let file = file.ok_or(StoreError::NotFound)?;
    let (width, height) = one.size;
    let jpeg = darkroom::widths(width).filter(|width| !one.widths.contains(width)).map(|width| (width, false));
    let avif = darkroom::avif_widths(width).filter(|width| HAS_AVIF && !one.avif.contains(width));
    for (narrower, is_avif) in jpeg.chain(avif.map(|width| (width, true))) {
        let job = if is_avif { Job::PressAvif { width: narrower } } else { Job::Press { width: narrower } };
        let bytes = match app.darkroom.does(job, &file.bytes).await? {
            Answer::Pressed(bytes) => bytes,
            Answer::Developed(_) | Answer::Inspected(_) => return Err(Refused::Broken.into()),
        };
        let new = NewSize { size: lower((width, height), narrower), is_avif, bytes };
        let now = app.now();
        let until = now.saturating_add(IN_HAND).unwrap_or(now);
        app.store.keep_size(&one.name, &new, (now, until)).await?;
    }
    Ok(())
}

/// Width and height of a picture in a width.
pub(super) fn lower((width, height): (u32, u32), narrower: u32) -> (u32, u32) {
    let lower = (u64::from(height) * u64::from(narrower) / u64::from(width.max(1))).max(1);
    (narrower, u32::try_from(lower).unwrap_or(height))
}

/// `POST /desk/pictures/{name}/sizes`: those that are missing are tried again.
pub async fn size_again(
    _writer: Writer,
    Path(name): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    app.store.size_again(&name).await?;
    Ok(Redirect::to(&format!("/desk/pictures/{name}")))
}
