//! Files of an order: its document as it comes in, and what is sealed as its owner takes it out. Every look is a row.

use super::envelope;
use super::page::{again, known};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{ManagingEditor, Owner};
use crate::page::file;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use newsroom::order::{MOST_DOCUMENT, media_type};
use newsroom::{CommentId, StoryId};
use std::collections::BTreeMap;
use store::orders::Document;

/// Signs of a file's name.
const MOST_NAME: usize = 200;

/// A form with a file in it.
#[derive(Debug, Default)]
pub(super) struct Upload {
    /// The file's name and what is in it; none where none was chosen.
    pub(super) file: Option<(String, Vec<u8>)>,
    /// The other fields.
    pub(super) fields: BTreeMap<String, String>,
}

impl Upload {
    /// Reads it. One that is larger than any document is refused while it comes.
    ///
    /// # Errors
    /// [`PageError::TooLarge`], [`PageError::BadRequest`].
    pub(super) async fn read(mut form: Multipart) -> Result<Self, PageError> {
        let mut upload = Self::default();
        while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
            let (name, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
            let bytes = part.bytes().await.map_err(|error| broken(&error))?;
            match (name.as_str(), file) {
                ("file", Some(_)) if bytes.is_empty() => {}
                ("file", Some(file)) => {
                    let name = arabic::clean::line(&file.replace('\0', ""));
                    upload.file = Some((name.chars().take(MOST_NAME).collect(), bytes.to_vec()));
                }
                _ => {
                    let text = String::from_utf8_lossy(&bytes).replace('\0', "");
                    upload.fields.insert(name, arabic::clean::line(&text).chars().take(1_000).collect());
                }
            }
        }
        Ok(upload)
    }
}

fn broken(error: &MultipartError) -> PageError {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::BadRequest("no form with a file"),
    }
}

/// `POST /desk/orders/{order}/document`: known by its content, sealed, and kept in place of the one before.
pub async fn keep_document(
    editor: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
    form: Multipart,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let Some((name, bytes)) = Upload::read(form).await?.file else {
        return again(&app, &editor, &order, Default::default(), "order.no-file").await;
    };
    let keys = app.store.order_keys().await?;
    let problem = match media_type(&bytes) {
        _ if keys.is_empty() => "order.no-key",
        _ if bytes.len() > MOST_DOCUMENT => "order.file-large",
        None => "order.file-kind",
        Some(kind) => {
            let sealed = envelope::sealed(&keys, &bytes)?;
            let (media_type, print) = (kind.to_owned(), sealed.print.clone());
            let document = Document { name, media_type, print, at: app.now() };
            let happening = app.store.keep_order_document(order.id, &document, &sealed, editor.staff.id).await?;
            aftermath::tell(&app, &happening).await;
            return Ok(Redirect::to(&format!("/desk/orders/{}", order.id)).into_response());
        }
    };
    again(&app, &editor, &order, Default::default(), problem).await
}

/// `POST /desk/orders/{order}/document/taking`.
pub async fn document(owner: Owner, Path(order): Path<String>, State(app): State<App>) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let (sealed, happening) = app.store.take_sealed(order.id, None, owner.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(age_file(&sealed, &format!("order-{}-document.age", order.id)))
}

/// `POST /desk/orders/{order}/sealed/{under}/{comment}`.
pub async fn sealed(
    owner: Owner,
    Path((order, story, comment)): Path<(String, String, String)>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let about = StoryId::from_short(&story).zip(CommentId::from_short(&comment)).ok_or(PageError::NotFound)?;
    let (sealed, happening) = app.store.take_sealed(order.id, Some(about), owner.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(age_file(&sealed, &format!("order-{}-{}.age", order.id, about.1)))
}

fn age_file(sealed: &str, name: &str) -> Response {
    file(STANDARD.decode(sealed).unwrap_or_default(), "application/octet-stream", name)
}
