//! The file of an issue comes in part by part (see [`crate::coming`]), and waits for the form that says of which issue it is.

use super::upload::{Came, take};
use crate::app::App;
use crate::coming::{self, Announced, At, Becomes, Whole};
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use darkroom::{MOST_PDF_BYTES, NotPrinted};
use newsroom::StaffId;
use serde_json::{Value, json};

/// `POST /desk/issues/parts`: under which number its parts are sent (201), why not (422), or later (503).
pub async fn begin(editor: ManagingEditor, State(app): State<App>, Form(announced): Form<Announced>) -> Response {
    let why = match announced.length {
        0 => NotPrinted::Empty,
        length if length > MOST_PDF_BYTES => NotPrinted::Heavy,
        _ => return coming::begin(&app, (editor.staff.id, Becomes::Issue), announced),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "said": app.words().s(why.key()) }))).into_response()
}

/// `POST /desk/issues/parts/{part}?at=`: a part, or none to hear how far it is. 409 says where it stands instead.
pub async fn add(
    editor: ManagingEditor,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(at): Query<At>,
    bytes: Bytes,
) -> Result<Response, PageError> {
    let by = editor.staff.id;
    let made = move |app: App, whole: Whole| async move { kept(&app, by, whole).await };
    coming::add(&app, (id, (by, Becomes::Issue)), (at, bytes), made).await
}

/// `POST /desk/issues/parts/{part}/removal`: its sender does not send it any more.
pub async fn leave(editor: ManagingEditor, State(app): State<App>, Path(id): Path<i64>) -> StatusCode {
    coming::leave(&app, id, (editor.staff.id, Becomes::Issue))
}

/// Under which name a form says that it is of its issue; or why it is not taken.
async fn kept(app: &App, by: StaffId, whole: Whole) -> Result<Value, PageError> {
    Ok(match take(app, by, Came::whole(&whole.name, whole.bytes)).await? {
        Ok(file) => json!({ "kept": file.short() }),
        Err(why) => json!({ "said": app.words().s(why.key()) }),
    })
}
