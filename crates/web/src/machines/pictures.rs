//! Pictures of stories. A name is never used for other bytes, so they are kept for ever.

use crate::app::App;
use crate::error::PageError;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};

/// What is served as a picture; another type in the store is not found.
const KNOWN: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/avif"];
/// A picture opened as a page of its own runs and loads nothing.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// A picture by its name.
pub async fn picture(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<([(HeaderName, &'static str); 3], Vec<u8>), PageError> {
    let found = app.store.picture(&name).await?.ok_or(PageError::NotFound)?;
    let known = KNOWN.into_iter().find(|known| *known == found.media_type).ok_or(PageError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, known),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, found.bytes))
}
