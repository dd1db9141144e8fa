//! One slot: which story stands there, and by which headline and picture.

use super::pictures;
use super::prepared::{Again, Prepared, answer, take};
use super::view::{anchor, title};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::editor::may_read;
use crate::error::PageError;
use crate::guard::{Editor, Member};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::StoryId;
use newsroom::body::Picture;
use newsroom::front::{At, Change, Pin, RowKind};
use newsroom::story::Story;
use serde::Deserialize;
use store::listings::List;

/// Stories to choose from.
const STORIES: u32 = 20;
/// Letters of a headline, as they are seen.
const MOST_CLUSTERS: usize = 200;

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FindQuery {
    /// A story, by its words.
    q: String,
    /// A picture, by its words.
    p: String,
}

/// What is put into a slot, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PinForm {
    read: i64,
    story: String,
    headline: String,
    /// The name of a picture; empty: the story's own.
    picture: String,
}

#[derive(Template)]
#[template(path = "front_desk/slot.html")]
struct SlotPage {
    frame: Frame,
    shell: Shell,
    read: i64,
    row: String,
    slot: usize,
    anchor: String,
    title: String,
    query: FindQuery,
    pinned: Option<Pinned>,
    problem: Option<&'static str>,
    stories: Vec<Found>,
    pictures: Vec<Picture>,
    shows_picture: bool,
}

/// What is pinned in the slot.
struct Pinned {
    id: StoryId,
    headline: String,
    own_headline: String,
    picture: String,
    is_public: bool,
    /// Readers have it, or whoever asks may read it before they do.
    is_readable: bool,
}

/// A story to choose.
struct Found {
    id: StoryId,
    headline: String,
    when: String,
    /// Where it stands on the page already.
    stands: Option<String>,
    is_here: bool,
}

/// `GET /desk/front/slots/{row}/{slot}`.
pub async fn slot(
    editor: Editor,
    Path((row, slot)): Path<(String, usize)>,
    Query(query): Query<FindQuery>,
    State(app): State<App>,
) -> Answer {
    let at = At { row: RowKind::from_key(&row).ok_or(PageError::NotFound)?, slot };
    page(&app, &editor, at, query, None).await
}

/// `POST /desk/front/slots/{row}/{slot}`: a story is put there, with a headline and a picture of its own for here.
pub async fn pin(
    editor: Editor,
    Path((row, slot)): Path<(String, usize)>,
    State(app): State<App>,
    Form(form): Form<PinForm>,
) -> Result<Response, PageError> {
    let at = At { row: RowKind::from_key(&row).ok_or(PageError::NotFound)?, slot };
    let story = StoryId::from_short(&form.story).ok_or(PageError::BadRequest("no such story"))?;
    let known = app.store.story(story).await?;
    // Readers have it: what is being prepared is put nowhere. What stands there already and was withdrawn stays in hand.
    let is_here = Prepared::now(&app).await?.layout.pin(at).is_some_and(|pin| pin.story == story);
    if !is_here && !matches!(known, Story::Published(_)) {
        return Err(PageError::Overtaken);
    }
    let text = known.text().clone();
    let headline = arabic::clean::line(&form.headline.replace('\0', ""));
    let picture = match form.picture.as_str() {
        "" => Ok(None),
        name => pictures::of_name(&app, &text, name).await?.map(Some).ok_or("front-desk.no-picture"),
    };
    let problem = if arabic::runs::clusters(&headline) > MOST_CLUSTERS {
        Some("front-desk.too-long")
    } else {
        picture.as_ref().err().copied()
    };
    if let Some(problem) = problem {
        let page = page(&app, &editor, at, FindQuery::default(), Some((problem, form))).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let pin = Pin { story, headline, picture: picture.unwrap_or_default() };
    let taken = take(&app, editor.staff.id, form.read, |_| Ok(Change::Pin { at, pin })).await?;
    let fields = vec![("story", form.story), ("headline", form.headline), ("picture", form.picture)];
    let again = Again { action: format!("/desk/front/slots/{row}/{slot}"), fields };
    answer(&app, &editor, taken, again, &format!("/desk/front#{}", anchor(at))).await
}

async fn page(app: &App, editor: &Member, at: At, query: FindQuery, typed: Option<(&'static str, PinForm)>) -> Answer {
    let Prepared { layout, draft } = Prepared::now(app).await?;
    if !layout.places().any(|place| place == at) {
        return Err(PageError::NotFound);
    }
    let (frame, shell) = Shell::of_member(app, editor, "front").await?;
    let found = match query.q.trim() {
        "" => app.store.list(&List::All, None, STORIES).await?,
        words => app.store.find_stories(words, STORIES).await?,
    };
    let stories = found.into_iter().map(|card| {
        let place = layout.place_of(card.id);
        Found {
            id: card.id,
            when: when(&frame.t, &app.paper, card.published_at),
            headline: card.face.headline,
            stands: place.filter(|place| *place != at).map(|place| title(&frame, place.row)),
            is_here: place == Some(at),
        }
    });
    let stories = stories.collect();
    let pin = layout.pin(at).cloned();
    let (pinned, pictures) =
        dressed((app, editor), layout.shows_picture(at), pin, &query, typed.as_ref().map(|(_, form)| form)).await?;
    let page = SlotPage {
        read: draft.version,
        row: at.row.key(),
        slot: at.slot,
        anchor: anchor(at),
        title: title(&frame, at.row),
        query,
        pinned,
        problem: typed.map(|(problem, _)| problem),
        stories,
        pictures,
        shows_picture: layout.shows_picture(at),
        frame,
        shell,
    };
    Page::private(&page)
}

/// What is pinned, or was typed, and the pictures that it can have; of what is not public, for those who may read it.
async fn dressed(
    (app, editor): (&App, &Member),
    shows_picture: bool,
    pin: Option<Pin>,
    query: &FindQuery,
    typed: Option<&PinForm>,
) -> Result<(Option<Pinned>, Vec<Picture>), PageError> {
    let id = typed.and_then(|typed| StoryId::from_short(&typed.story)).or(pin.as_ref().map(|pin| pin.story));
    let Some(id) = id else { return Ok((None, Vec::new())) };
    let story = app.store.story(id).await?;
    let is_public = matches!(story, Story::Published(_));
    if !is_public && !may_read(&editor.staff, &app.store.on_desk(id).await?) {
        return Ok((Some(Pinned::unread(id)), Vec::new()));
    }
    let pin = pin.filter(|pin| pin.story == id);
    let kept = match pin.as_ref().and_then(|pin| pin.picture.as_ref()) {
        Some(picture) => pictures::of_name(app, story.text(), &picture.file).await?,
        None => None,
    };
    let pinned = Pinned {
        id,
        headline: story.text().headline.clone(),
        own_headline: typed.map(|typed| typed.headline.clone()).or(pin.map(|pin| pin.headline)).unwrap_or_default(),
        picture: kept.as_ref().map(|picture| picture.file.clone()).unwrap_or_default(),
        is_public,
        is_readable: true,
    };
    if !shows_picture {
        return Ok((Some(pinned), Vec::new()));
    }
    let pictures = pictures::to_choose(app, kept, story.text(), &query.p).await?;
    Ok((Some(pinned), pictures))
}

impl Pinned {
    /// Of which nothing is told.
    fn unread(id: StoryId) -> Self {
        let (headline, own_headline, picture) = Default::default();
        Self { id, headline, own_headline, picture, is_public: false, is_readable: false }
    }
}

impl SlotPage {
    /// What is wrong, in words.
    fn problem_words(&self, problem: &str) -> String {
        self.frame.t.n(problem, MOST_CLUSTERS)
    }

    fn thumbnail(&self, picture: &Picture) -> String {
        address::smallest(&picture.file, &picture.size)
    }

    fn number(&self) -> String {
        self.frame.t.number(self.slot + 1)
    }
}
