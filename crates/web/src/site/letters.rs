//! Typefaces of the paper's own: a file comes in, is looked at, and is kept as it is.

use super::desk::{Said, SeenForm};
use super::house_desk::{Typed, change, page};
use super::logos::{Sent, answer};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::print::sha256;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use newsroom::site::{FontKind, check_font};
use store::pictures::PictureFile;

/// As what it is kept and served.
pub(super) const MEDIA_TYPE: &str = "font/woff2";

/// `POST /desk/site/house/fonts/{font}`.
pub async fn keep_font(
    editor: ManagingEditor,
    Path(kind): Path<String>,
    State(app): State<App>,
    form: Multipart,
) -> Result<Response, PageError> {
    let kind = FontKind::from_key(&kind).ok_or(PageError::NotFound)?;
    let (seen, bytes) = Sent::read(form).await?;
    if let Err(problem) = check_font(&bytes) {
        let words = app.words().s(&format!("house.font.problem.{}", problem.key()));
        let said = Said { problems: vec![words], ..Said::default() };
        return page(&app, &editor, Typed::kept(&app), (said, StatusCode::UNPROCESSABLE_ENTITY)).await;
    }
    let (name, media_type) = (format!("font-{}.woff2", sha256(&bytes)), MEDIA_TYPE.to_owned());
    // It has no pixels.
    let file = PictureFile { name: name.clone(), media_type, size: (1, 1), bytes, kept_at: app.now() };
    app.store.keep_picture(&file).await?;
    answer(&app, &editor, change(&app, &editor, &seen, |house| house.set_font(kind, Some(name))).await?).await
}

/// `POST /desk/site/house/fonts/{font}/removal`: the file stays, for the versions that have it.
pub async fn remove_font(
    editor: ManagingEditor,
    Path(kind): Path<String>,
    State(app): State<App>,
    Form(form): Form<SeenForm>,
) -> Result<Response, PageError> {
    let kind = FontKind::from_key(&kind).ok_or(PageError::NotFound)?;
    answer(&app, &editor, change(&app, &editor, &form.seen, |house| house.set_font(kind, None)).await?).await
}
