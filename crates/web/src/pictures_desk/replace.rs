//! One picture in place of another in every story: chosen, looked at with the list of what would change, then done.

use super::used::{Used, may_replace};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Editor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::StoryId;
use newsroom::body::Picture;
use newsroom::story::Instead;
use serde::Deserialize;
use store::StoreError;
use store::pictures::{LibraryPicture, PictureUse};

/// Pictures to choose from.
const CHOICES: u32 = 40;
/// Stories that are changed by one press.
const AT_ONCE: u32 = 100;
/// So often a story is tried on which somebody writes at the same moment.
const TRIES: u32 = 5;

/// What is looked for, and which one was chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    q: String,
    with: String,
}

/// What was looked at and is to be done.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    with: String,
    /// `new`: the lines below become those of the new picture; else each story keeps its own.
    captions: String,
}

#[derive(Template)]
#[template(path = "pictures_desk/choose.html")]
struct Choose {
    frame: Frame,
    shell: Shell,
    picture: LibraryPicture,
    choices: Vec<LibraryPicture>,
    asked: String,
}

#[derive(Template)]
#[template(path = "pictures_desk/confirm.html")]
struct Confirm {
    frame: Frame,
    shell: Shell,
    picture: LibraryPicture,
    with: LibraryPicture,
    /// Stories that would be changed.
    used: Vec<Used>,
    /// Stories of other sections, which stay as they are.
    left: usize,
    /// There are more than are changed at once.
    more: bool,
    problem: Option<&'static str>,
}

/// `GET /desk/pictures/{name}/replacement`: which one, then what would change.
pub async fn choose(
    editor: Editor,
    Path(name): Path<String>,
    Query(choice): Query<Choice>,
    State(app): State<App>,
) -> Answer {
    let picture = app.store.library_picture(&name).await?.ok_or(PageError::NotFound)?;
    if let Some(with) = app.store.library_picture(&choice.with).await? {
        return confirm(&app, &editor, picture, with).await;
    }
    let mut choices = match choice.q.trim() {
        "" => app.store.library(None, CHOICES).await?,
        words => app.store.find_pictures(words, CHOICES).await?,
    };
    choices.retain(|one| one.name != picture.name && !one.is_away());
    let (frame, shell) = Shell::of_editor(&app, &editor, "pictures").await?;
    Page::private(&Choose { frame, shell, picture, choices, asked: choice.q })
}

async fn confirm(app: &App, editor: &Editor, picture: LibraryPicture, with: LibraryPicture) -> Answer {
    let (frame, shell) = Shell::of_editor(app, editor, "pictures").await?;
    let (theirs, left, more) = stories(app, editor, &picture).await?;
    let used = theirs.into_iter().map(|used| Used::new(&frame, &editor.staff, used)).collect();
    let problem = cannot(&picture, &with);
    Page::private(&Confirm { frame, shell, picture, with, used, left, more, problem })
}

/// `POST /desk/pictures/{name}/replacement`: leads back to the picture, which says in how many stories.
pub async fn replace(
    editor: Editor,
    Path(name): Path<String>,
    State(app): State<App>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, PageError> {
    let picture = app.store.library_picture(&name).await?.ok_or(PageError::NotFound)?;
    let with = app.store.library_picture(&chosen.with).await?.ok_or(PageError::BadRequest("no such picture"))?;
    if cannot(&picture, &with).is_some() {
        let page = confirm(&app, &editor, picture, with).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let instead = instead(&with, chosen.captions != "new");
    let (mut replaced, mut held) = (0_u32, 0_u32);
    for used in stories(&app, &editor, &picture).await?.0 {
        match in_story(&app, &editor, used.story, (&name, &instead)).await? {
            Became::Replaced => replaced += 1,
            Became::Held => held += 1,
            Became::Left => {}
        }
    }
    let kept_back = if held > 0 { format!("&held={held}") } else { String::new() };
    Ok(Redirect::to(&format!("/desk/pictures/{name}?replaced={replaced}{kept_back}")).into_response())
}

/// Why one picture cannot take another one's place.
fn cannot(picture: &LibraryPicture, with: &LibraryPicture) -> Option<&'static str> {
    match () {
        () if picture.name == with.name => Some("picture.replace.same"),
        () if with.is_away() => Some("picture.replace.away"),
        () if with.words.alt.is_empty() => Some("picture.replace.no-alt"),
        () => None,
    }
}

/// Who made it and what is to be seen are the new picture's, whatever becomes of the line below.
fn instead(with: &LibraryPicture, keeps_captions: bool) -> Instead {
    let words = with.words.clone();
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    let (caption, credit) = (said(words.caption), said(words.credit));
    let picture =
        Picture { file: with.name.clone(), alt: words.alt, caption, credit, size: with.size, ..Default::default() };
    Instead { picture, keeps_captions }
}

/// The stories with a picture that whoever asks answers for, how many others there are among them, and whether there are more.
async fn stories(
    app: &App,
    editor: &Editor,
    picture: &LibraryPicture,
) -> Result<(Vec<PictureUse>, usize, bool), PageError> {
    let (mut theirs, mut left, mut before) = (Vec::new(), 0, None);
    loop {
        let some = app.store.picture_uses(&picture.name, before, AT_ONCE).await?;
        before = some.last().map(|last| last.story);
        let ended = some.len() < AT_ONCE as usize;
        for used in some {
            if !may_replace(&editor.staff, &used) {
                left += 1;
            } else if theirs.len() < AT_ONCE as usize {
                theirs.push(used);
            } else {
                return Ok((theirs, left, true));
            }
        }
        if ended {
            return Ok((theirs, left, false));
        }
    }
}

/// What became of one story.
enum Became {
    Replaced,
    /// Readers have it, and for a reason of law nothing of it changes.
    Held,
    /// The other one stands there no more, or somebody writes all the time.
    Left,
}

/// Puts it into one story, as it is at this moment.
async fn in_story(
    app: &App,
    editor: &Editor,
    story: StoryId,
    (of, instead): (&str, &Instead),
) -> Result<Became, PageError> {
    for _ in 0..TRIES {
        let read = app.store.on_desk(story).await?.version;
        match app.store.replace_picture((story, read), of, instead, (editor.staff.id, app.now())).await {
            Ok(happening) => {
                aftermath::tell(app, &happening).await;
                return Ok(Became::Replaced);
            }
            // Trying again would change nothing.
            Err(StoreError::Conflict(why)) if why == "legal-hold" => return Ok(Became::Held),
            // Somebody kept another text at this moment: it is read again, and nothing of theirs is lost.
            Err(StoreError::Conflict(_)) => {}
            Err(StoreError::NotFound) => return Ok(Became::Left),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(Became::Left)
}
