//! The paper's logo and sign: a file comes in, is developed in memory, and its clean pixels are kept.

use super::desk::{Said, SeenForm};
use super::house_desk::{Typed, change, page};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use darkroom::{Answer, Job, Refused};
use newsroom::site::{House, Logo, LogoKind};
use store::pictures::PictureFile;

/// Bytes of a file that is to be a logo or a typeface at most, and its form; of letters less is taken, and it is told why.
pub const MOST_LOGO: usize = 8 * 1024 * 1024;

/// `POST /desk/site/house/logos/{logo}`.
pub async fn keep_logo(
    editor: ManagingEditor,
    Path(kind): Path<String>,
    State(app): State<App>,
    form: Multipart,
) -> Result<Response, PageError> {
    let kind = LogoKind::from_key(&kind).ok_or(PageError::NotFound)?;
    let (seen, file) = Sent::read(form).await?;
    let logo = match developed(&app, kind, &file).await? {
        Ok(logo) => logo,
        Err(key) => {
            let words = app.words().s(key);
            let said = Said { problems: vec![words], ..Said::default() };
            return page(&app, &editor, Typed::kept(&app), (said, StatusCode::UNPROCESSABLE_ENTITY)).await;
        }
    };
    let put = |house: &mut House| drop(house.logos.insert(kind, logo));
    answer(&app, &editor, change(&app, &editor, &seen, put).await?).await
}

/// `POST /desk/site/house/logos/{logo}/removal`: the file stays, for the versions that show it.
pub async fn remove_logo(
    editor: ManagingEditor,
    Path(kind): Path<String>,
    State(app): State<App>,
    Form(form): Form<SeenForm>,
) -> Result<Response, PageError> {
    let kind = LogoKind::from_key(&kind).ok_or(PageError::NotFound)?;
    let take = |house: &mut House| drop(house.logos.remove(&kind));
    answer(&app, &editor, change(&app, &editor, &form.seen, take).await?).await
}

pub(super) async fn answer(app: &App, editor: &ManagingEditor, is_kept: bool) -> Result<Response, PageError> {
    if is_kept {
        return Ok(Redirect::to("/desk/site/house?done=yes").into_response());
    }
    let said = Said { overtaken: true, ..Said::default() };
    page(app, editor, Typed::kept(app), (said, StatusCode::CONFLICT)).await
}

/// The logo as it is kept, or the key of the sentence that says why not.
async fn developed(app: &App, kind: LogoKind, bytes: &[u8]) -> Result<Result<Logo, &'static str>, PageError> {
    if bytes.is_empty() {
        return Ok(Err("picture.none-chosen"));
    }
    let developed = match app.darkroom.does(Job::Logo, bytes).await {
        Ok(Answer::Developed(developed)) => developed,
        Ok(Answer::Pressed(_) | Answer::Inspected(_)) => return Ok(Err(Refused::Broken.key())),
        Err(why) => return Ok(Err(why.key())),
    };
    if !kind.takes(developed.size) {
        return Ok(Err("house.logo.not-square"));
    }
    let (name, size) = (format!("logo-{}.png", developed.print), developed.size);
    let media_type = "image/png".to_owned();
    let file = PictureFile { name: name.clone(), media_type, size, bytes: developed.bytes, kept_at: app.now() };
    app.store.keep_picture(&file).await?;
    Ok(Ok(Logo { name, size }))
}

/// A form with one file.
pub(super) struct Sent;

impl Sent {
    /// The version that its editor saw, and the file.
    pub(super) async fn read(mut form: Multipart) -> Result<(String, Vec<u8>), PageError> {
        let (mut seen, mut file) = (String::new(), Vec::new());
        while let Some(part) = form.next_field().await.map_err(|error| broken(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| broken(&error))?;
            match name.as_str() {
                "seen" => seen = String::from_utf8_lossy(&bytes).trim().to_owned(),
                "file" => file = bytes.to_vec(),
                _ => {}
            }
        }
        Ok((seen, file))
    }
}

fn broken(error: &MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::BadRequest("no form with a file"),
    }
}
