//! Another file in place of an issue's own. What came is kept while something is wrong with its form: sixty megabytes are not
//! sent twice over a slow line.

use super::form::{Wrong, sentence};
use super::one::{Said, known, page};
use super::steps::done;
use super::upload::{Upload, take};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::IssueFileId;
use newsroom::printed::reason;
use store::StoreError;

/// `POST /desk/issues/{id}/file`: 422 for what is wrong with the form, 409 when the issue is not what was seen.
pub async fn replace(
    editor: ManagingEditor,
    Path(id): Path<String>,
    State(app): State<App>,
    form: Multipart,
) -> Result<Response, PageError> {
    let (t, by) = (app.words(), editor.staff.id);
    let mut upload = Upload::read(form).await?;
    // Looked up behind the file, which may have been under way for minutes.
    let found = known(&app, &id).await?;
    let (typed, read) = (upload.field("why"), upload.field("read").parse().unwrap_or_default());
    let why = reason(&typed);
    let mut wrong = Wrong { why: why.clone().err().map(|problem| sentence(&t, problem)), ..Wrong::default() };
    let mut file = IssueFileId::from_short(&upload.field("kept"));
    if let Some(came) = upload.file.take() {
        match take(&app, by, came).await? {
            Ok(id) => file = Some(id),
            Err(refused) => wrong.file = Some(t.s(refused.key())),
        }
    }
    let mut kept = match file {
        Some(file) => app.store.waiting_issue_file(file, by).await?,
        None => None,
    };
    if kept.is_none() && wrong.file.is_none() {
        wrong.file = Some(t.s("issue.file.none"));
    }
    let (mut status, mut seen) = (StatusCode::UNPROCESSABLE_ENTITY, Some(read));
    if let (Ok(why), Some(new), false) = (&why, &kept, wrong.any()) {
        let (files, why) = ((found.file.id, new.id), (by, why.as_str()));
        match app.store.replace_issue_file((found.id, read), files, why, app.now()).await {
            Ok(happening) => return Ok(done(&app, &found, &happening, "replaced").await),
            Err(StoreError::Conflict(_)) => {
                // Whoever reads what changed may send the same again.
                (status, seen) = (StatusCode::CONFLICT, None);
                wrong.file = Some(t.s("issue.changed"));
                kept = app.store.waiting_issue_file(new.id, by).await?;
            }
            Err(other) => return Err(other.into()),
        }
    }
    let now = known(&app, &id).await?;
    let said = Said { read: seen, file_why: typed, kept, wrong_file: wrong, ..Said::default() };
    Ok(page(&app, &editor, now, said).await?.with_status(status).into_response())
}
