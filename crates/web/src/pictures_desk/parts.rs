//! A picture that comes in part by part (see [`crate::coming`]).

use super::list::as_json;
use super::upload::take;
use crate::app::App;
use crate::coming::{self, Announced, At, Becomes};
use crate::error::PageError;
use crate::guard::Writer;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use darkroom::{MOST_BYTES, Refused};
use newsroom::StaffId;
use serde_json::{Value, json};

/// `POST /desk/pictures/parts`: under which number its parts are sent (201), why not (422), or later (503).
pub async fn begin(writer: Writer, State(app): State<App>, Form(announced): Form<Announced>) -> Response {
    let why = match announced.length {
        0 => Refused::Empty,
        length if length > MOST_BYTES => Refused::Heavy,
        _ => return coming::begin(&app, (writer.staff.id, Becomes::Picture), announced),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "said": app.words().s(why.key()) }))).into_response()
}

/// `POST /desk/pictures/parts/{part}?at=`: a part, or none to hear how far it is. 409 says where it stands instead.
pub async fn add(
    writer: Writer,
    State(app): State<App>,
    Path(id): Path<i64>,
    Query(at): Query<At>,
    bytes: Bytes,
) -> Result<Response, PageError> {
    let by = writer.staff.id;
    let made = move |app: App, whole: coming::Whole| async move { develop(&app, by, &whole.bytes).await };
    coming::add(&app, (id, (by, Becomes::Picture)), (at, bytes), made).await
}

/// `POST /desk/pictures/parts/{part}/removal`: its sender does not send it any more.
pub async fn leave(writer: Writer, State(app): State<App>, Path(id): Path<i64>) -> StatusCode {
    coming::leave(&app, id, (writer.staff.id, Becomes::Picture))
}

async fn develop(app: &App, by: StaffId, bytes: &[u8]) -> Result<Value, PageError> {
    let (key, picture) = take(app, by, bytes).await?;
    let open = picture.as_ref().map(|picture| format!("/desk/pictures/{}", picture.name));
    Ok(json!({ "said": app.words().s(key), "picture": picture.as_ref().map(as_json), "open": open }))
}
