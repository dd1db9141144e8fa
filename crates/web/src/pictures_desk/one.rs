//! One picture: what is said about it, and what is seen of it where it is cut.

use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Writer;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use store::pictures::{LibraryPicture, PictureWords};

/// Letters of each field.
const MOST_LETTERS: usize = 1_000;

/// What is said about a picture, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WordsForm {
    alt: String,
    caption: String,
    credit: String,
    holder: String,
    rights_until: String,
    focus_x: String,
    focus_y: String,
}

#[derive(Template)]
#[template(path = "pictures_desk/one.html")]
struct One {
    frame: Frame,
    shell: Shell,
    picture: LibraryPicture,
    typed: WordsForm,
    problems: Vec<String>,
}

/// `GET /desk/pictures/{name}`.
pub async fn show(writer: Writer, Path(name): Path<String>, State(app): State<App>) -> Answer {
    let picture = app.store.library_picture(&name).await?.ok_or(PageError::NotFound)?;
    let typed = WordsForm::of(&picture.words);
    page(&app, &writer, picture, typed, &[]).await
}

/// `POST /desk/pictures/{name}`: leads back to the picture, or to the form with what was typed.
pub async fn describe(
    writer: Writer,
    Path(name): Path<String>,
    State(app): State<App>,
    Form(form): Form<WordsForm>,
) -> Result<Response, PageError> {
    let picture = app.store.library_picture(&name).await?.ok_or(PageError::NotFound)?;
    match form.read() {
        Ok(words) => {
            let happening = app.store.describe_picture(&name, &words, writer.staff.id, app.now()).await?;
            aftermath::tell(&app, &happening).await;
            Ok(Redirect::to(&format!("/desk/pictures/{}", picture.name)).into_response())
        }
        Err(problems) => {
            let page = page(&app, &writer, picture, form, &problems).await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn page(
    app: &App,
    writer: &Writer,
    picture: LibraryPicture,
    typed: WordsForm,
    problems: &[&'static str],
) -> Answer {
    let (frame, shell) = Shell::of_member(app, writer, "pictures").await?;
    let problems = problems.iter().map(|key| frame.t.s(key)).collect();
    Page::private(&One { frame, shell, picture, typed, problems })
}

impl WordsForm {
    fn of(words: &PictureWords) -> Self {
        let words = words.clone();
        Self {
            focus_x: words.focus.0.to_string(),
            focus_y: words.focus.1.to_string(),
            rights_until: words.rights_until.unwrap_or_default(),
            alt: words.alt,
            caption: words.caption,
            credit: words.credit,
            holder: words.holder,
        }
    }

    /// What was typed, or everything that is wrong with it.
    fn read(&self) -> Result<PictureWords, Vec<&'static str>> {
        let western = |text: &str| arabic::digits::to_western(text.trim());
        let mut problems = Vec::new();
        let fields = [&self.alt, &self.caption, &self.credit, &self.holder];
        if fields.iter().any(|text| text.chars().count() > MOST_LETTERS) {
            problems.push("picture.too-long");
        }
        let [alt, caption, credit, holder] = fields.map(|text| arabic::clean::line(&text.replace('\0', "")));
        let day = western(&self.rights_until);
        if !day.is_empty() && day.parse::<jiff::civil::Date>().is_err() {
            problems.push("picture.no-day");
        }
        let hundredths = |text: &str| western(text).parse().ok().filter(|n| *n <= 100_u8);
        let focus = hundredths(&self.focus_x).zip(hundredths(&self.focus_y));
        if focus.is_none() {
            problems.push("picture.no-focus");
        }
        let rights_until = Some(day).filter(|day| !day.is_empty());
        match focus.filter(|_| problems.is_empty()) {
            Some(focus) => Ok(PictureWords { alt, caption, credit, holder, rights_until, focus }),
            None => Err(problems),
        }
    }
}
