//! A file of an issue comes in. It is looked at and drawn by a worker, in memory; what is not taken is written nowhere.

use crate::app::App;
use crate::error::PageError;
use crate::print::sha256;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use darkroom::{Answer, Developed, Job, MOST_PDF_BYTES, NotPrinted, Refused, by_its_ends, stand_in};
use newsroom::{IssueFileId, StaffId};
use std::collections::BTreeMap;
use store::issues::NewIssueFile;

/// Signs of a file's name.
const MOST_NAME: usize = 100;
/// Signs of another field: a reason is cut behind what its check allows.
const MOST_FIELD: usize = 1_000;

/// A form with a file in it.
#[derive(Debug, Default)]
pub(super) struct Upload {
    /// The file; none where none was chosen.
    pub(super) file: Option<Came>,
    fields: BTreeMap<String, String>,
}

/// A file that came in.
#[derive(Debug)]
pub(super) struct Came {
    name: String,
    bytes: Vec<u8>,
    /// More came than is kept: the rest was let go by.
    heavy: bool,
}

impl Upload {
    /// Reads it. A file that is too large is heard to its end all the same, so that its sender is answered in words.
    ///
    /// # Errors
    /// [`PageError::TooLarge`] for what no paper prints, [`PageError::BadRequest`].
    pub(super) async fn read(mut form: Multipart) -> Result<Self, PageError> {
        let mut upload = Self::default();
        while let Some(mut part) = form.next_field().await.map_err(|error| broken(&error))? {
            let (field, file) = (part.name().unwrap_or_default().to_owned(), part.file_name().map(str::to_owned));
            match file {
                Some(file) if field == "file" => {
                    let came = Came::read(&file, &mut part).await?;
                    upload.file = Some(came).filter(|came| !came.bytes.is_empty() || !came.name.is_empty());
                }
                _ => {
                    let bytes = part.bytes().await.map_err(|error| broken(&error))?;
                    let text = String::from_utf8_lossy(&bytes).replace('\0', "");
                    upload.fields.insert(field, text.chars().take(MOST_FIELD).collect());
                }
            }
        }
        Ok(upload)
    }

    /// What was typed in another field.
    pub(super) fn field(&self, name: &str) -> String {
        self.fields.get(name).cloned().unwrap_or_default()
    }
}

impl Came {
    /// A file of which everything came.
    pub(super) fn whole(file: &str, bytes: Vec<u8>) -> Self {
        let name = arabic::clean::line(&file.replace('\0', "")).chars().take(MOST_NAME).collect();
        Self { name, bytes, heavy: false }
    }

    async fn read(file: &str, part: &mut Field<'_>) -> Result<Self, PageError> {
        let mut came = Self::whole(file, Vec::new());
        while let Some(some) = part.chunk().await.map_err(|error| broken(&error))? {
            came.heavy |= came.bytes.len() + some.len() > MOST_PDF_BYTES;
            if !came.heavy {
                came.bytes.extend_from_slice(&some);
            }
        }
        Ok(came)
    }
}

/// Looks at a file, draws its first page and keeps both; or says why it is not taken.
pub(super) async fn take(
    app: &App,
    by: StaffId,
    Came { name, bytes, heavy }: Came,
) -> Result<Result<IssueFileId, NotPrinted>, PageError> {
    if heavy {
        return Ok(Err(NotPrinted::Heavy));
    }
    if let Err(why) = by_its_ends(&bytes) {
        return Ok(Err(why));
    }
    let printed = match app.darkroom.does(Job::Inspect, &bytes).await {
        Ok(Answer::Inspected(Ok(printed))) => printed,
        Ok(Answer::Inspected(Err(why))) => return Ok(Err(why)),
        _ => return Ok(Err(NotPrinted::Costly)),
    };
    let (page, drawn) = match app.darkroom.does(Job::FirstPage, &bytes).await {
        Ok(Answer::Developed(page)) => (*page, true),
        _ => (stand_in().map_err(|_| PageError::Panicked)?, false),
    };
    let Ok(pictures) = pressed(app, &page).await else { return Ok(Err(NotPrinted::Costly)) };
    let print = sha256(&bytes);
    let (pages, size, acts) = (printed.pages, page.size, printed.acts);
    let new = NewIssueFile { name, bytes, print, pages, size, drawn, acts, pictures };
    Ok(Ok(app.store.keep_issue_file(new, by, app.now()).await?))
}

/// The page in every width in which it is sent.
async fn pressed(app: &App, page: &Developed) -> Result<Vec<(u32, Vec<u8>)>, Refused> {
    let mut pictures = Vec::new();
    for width in crate::issues::widths(page.size.0) {
        match app.darkroom.does(Job::Press { width }, &page.bytes).await? {
            Answer::Pressed(bytes) => pictures.push((width, bytes)),
            _ => return Err(Refused::Broken),
        }
    }
    Ok(pictures)
}

fn broken(error: &MultipartError) -> PageError {
    match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::BadRequest("no form with a file"),
    }
}
