//! Pictures of stories. A name is never used for other bytes. One of the library is for readers while a public story shows
//! it and its rights last; before and after that it is for whoever writes here.

use crate::app::App;
use crate::error::PageError;
use crate::guard::Writer;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use store::pictures::ServedTo;

/// What is served as a picture; another type in the store is not found.
const KNOWN: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/avif"];
/// A picture opened as a page of its own runs and loads nothing.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A picture that may have to go: whoever keeps it for many asks again soon, and gets no bytes for it.
const FOR_A_WHILE: &str = "public, max-age=300";
const FOR_ONE: &str = "private, max-age=600";

/// A picture by its name. Its bytes are read only where they are sent.
pub async fn picture(
    State(app): State<App>,
    Path(name): Path<String>,
    mut parts: Parts,
) -> Result<Response, PageError> {
    let served = app.store.served_picture(&name).await?.ok_or(PageError::NotFound)?;
    let known = KNOWN.into_iter().find(|known| *known == served.media_type).ok_or(PageError::NotFound)?;
    let kept = match served.to {
        ServedTo::Everybody => FOR_EVER,
        ServedTo::Readers => FOR_A_WHILE,
        // Who asks is looked up only here: pages of readers cost no sign-in, not even to the staff.
        unseen => match (Writer::from_request_parts(&mut parts, &app).await, unseen) {
            (Ok(_), _) => FOR_ONE,
            (Err(_), ServedTo::StaffOnly) => return Err(PageError::PictureGone),
            (Err(_), _) => return Err(PageError::NotFound),
        },
    };
    let tag = HeaderValue::from_str(&format!("\"{name}\"")).map_err(|_| PageError::NotFound)?;
    let has_it = parts.headers.get(header::IF_NONE_MATCH).is_some_and(|has| *has == tag);
    let head = [
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::ETAG, tag),
    ];
    if has_it {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let file = app.store.picture(&name).await?.ok_or(PageError::NotFound)?;
    Ok((head, [(header::CONTENT_TYPE, known)], file.bytes).into_response())
}
