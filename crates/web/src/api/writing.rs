//! Stories are begun and written, by the same steps as at the desk.

use super::asked::{Place, Sent, object, whole};
use super::problem::ApiProblem;
use super::program::Program;
use super::stories::{Whole, named};
use crate::aftermath;
use crate::app::App;
use crate::editor::{By, StoryForm, may_write};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use newsroom::StoryId;
use newsroom::byline::Byline;
use newsroom::people::Scope;
use newsroom::story::{Draft, StoryText, TypedStory, Work};
use serde::{Deserialize, Serialize};
use store::stories::{OnDesk, Saved, Writing};
use utoipa::ToSchema;

/// What is to be said in a story; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = StoryText)]
pub struct NewText {
    /// The word of a kind: `news`, `opinion` …
    kind: Option<String>,
    kicker: Option<String>,
    headline: Option<String>,
    standfirst: Option<String>,
    dateline: Option<String>,
    /// In the readable text form.
    body: Option<String>,
    /// The short id of a section.
    section: Option<String>,
    /// Names between commas.
    tags: Option<String>,
    /// One `name | for whom` a line.
    bylines: Option<String>,
    /// A tag of a language (BCP 47).
    language: Option<String>,
    /// `open-after-review`, `held-back`, `closed` or `hidden`; of a draft alone.
    comments: Option<String>,
}

/// The same, of a story that is there.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = StoryChange)]
pub struct ChangedText {
    /// The number of the text that it was made from.
    #[serde(deserialize_with = "whole")]
    version: i64,
    /// What is to be said.
    #[serde(deserialize_with = "object")]
    text: NewText,
}

/// Where a story stands now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeptStory)]
pub struct Kept {
    /// Its short id.
    id: String,
    /// The number of its text.
    version: i64,
}

/// Begins a draft, in the hands of the member of the staff.
#[utoipa::path(post, path = "/api/v1/stories", tag = "stories", request_body = NewText,
    responses((status = 201, description = "The draft was begun", body = Kept)))]
pub async fn begin(program: Program, State(app): State<App>, Sent(new): Sent<NewText>) -> Result<Response, ApiProblem> {
    program.needs(Scope::StoriesWrite, &[])?;
    let (now, staff) = (app.now(), program.staff());
    let text = StoryText {
        section: staff.bound_to().and_then(|sections| sections.first().copied()),
        language: app.to_readers().paper.writing.language.into(),
        bylines: Byline::new(&staff.name, None).into_iter().collect(),
        ..StoryText::default()
    };
    let draft =
        Draft { id: StoryId(app.store.id(now)), text: text.clone(), comments: Default::default(), begun_at: now };
    let work = Work { begun_by: Some(staff.id), ..Work::default() };
    let story = newsroom::story::Story::Draft(draft.clone());
    let empty = OnDesk { story, text, pending: false, work: work.clone(), version: 0, saved: None };
    // Checked as what is written on it would be, before anything is kept.
    let writing = checked(&app, &program, &empty, 0, new).await?;
    let draft = Draft { text: writing.text, comments: writing.comments, ..draft };
    let happening = app.store.begin_story(&draft, &work, staff.id, now).await?;
    aftermath::tell(&app, &happening).await;
    let version = app.store.on_desk(draft.id).await?.version;
    let mut response = (StatusCode::CREATED, Json(Kept { id: draft.id.short(), version })).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/stories/{}", draft.id)) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// Keeps what is written on a story. Of a public one, readers get it by its publication.
#[utoipa::path(put, path = "/api/v1/stories/{story}", tag = "stories", params(("story" = String, Path, description = "Its short id")),
    request_body = ChangedText, responses((status = 200, description = "It was kept", body = Whole)))]
pub async fn change(
    program: Program,
    State(app): State<App>,
    Place(story): Place<String>,
    Sent(changed): Sent<ChangedText>,
) -> Result<Json<Whole>, ApiProblem> {
    program.needs(Scope::StoriesWrite, &[])?;
    let id = named(&story)?;
    let story = app.store.on_desk(id).await?;
    if !may_write(program.staff(), &story) {
        return Err(ApiProblem::Forbidden);
    }
    let writing = checked(&app, &program, &story, changed.version, changed.text).await?;
    match app.store.save_writing(id, &writing, program.staff().id, app.now()).await? {
        Saved::Kept(_) => {}
        Saved::Overtaken => return Err(ApiProblem::Overtaken("version".into())),
    }
    By(program.staff().id).wrote(&app, &story, &writing.text.body).await?;
    Ok(Json(Whole::of(&app, &app.store.on_desk(id).await?)))
}

/// What is to be kept, by the rules of the desk's form.
async fn checked(
    app: &App,
    program: &Program,
    story: &OnDesk,
    version: i64,
    new: NewText,
) -> Result<Writing, ApiProblem> {
    let was = TypedStory::of(&story.text);
    let or = |new: Option<String>, was: String| new.map_or(was, |new| new.replace('\0', ""));
    let comments = match &story.story {
        newsroom::story::Story::Draft(draft) => draft.comments.key().to_owned(),
        _ => String::new(),
    };
    let (text, body) = match new.body {
        Some(text) => (text, None),
        None => (String::new(), serde_json::to_string(&story.text.body).ok()),
    };
    let typed = TypedStory {
        kind: or(new.kind, was.kind.clone()),
        kicker: or(new.kicker, was.kicker.clone()),
        headline: or(new.headline, was.headline.clone()),
        standfirst: or(new.standfirst, was.standfirst.clone()),
        dateline: or(new.dateline, was.dateline.clone()),
        section: or(new.section, was.section.clone()),
        tags: or(new.tags, was.tags.clone()),
        bylines: or(new.bylines, was.bylines.clone()),
        language: or(new.language, was.language.clone()),
        comments: or(new.comments, comments),
        ..was
    };
    let form = StoryForm { version, typed, text, body, ..StoryForm::default() };
    match form.check(app, program.staff(), story, true).await? {
        Ok(checked) => Ok(checked.writing),
        Err(problems) => {
            let t = app.words();
            Err(ApiProblem::Refused(problems.iter().map(|problem| problem.words(&t)).collect()))
        }
    }
}
