//! The desk's page of breaking news.

use super::form::{StripForm, counted, stands_already};
use super::strip::StripView;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Editor, ManagingEditor, Member};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::breaking::{MOST_CLUSTERS, Stands, StripProblem};
use newsroom::story::Story;
use newsroom::{StoryId, StripId};
use serde::Deserialize;
use store::StoreError;
use store::listings::List;
use store::strips::Strip;

/// Stories to choose from.
const STORIES: u32 = 20;
/// Strips that are named as those that stood lately.
const LATELY: u32 = 10;

/// What the page begins with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StripQuery {
    /// A story whose headline becomes the line.
    story: String,
    /// What was done a moment ago.
    done: String,
}

#[derive(Template)]
#[template(path = "breaking/desk.html")]
struct BreakingDesk {
    frame: Frame,
    shell: Shell,
    may_raise: bool,
    /// The key of what was done a moment ago.
    done: Option<&'static str>,
    /// Somebody else raised a strip, or ended one, since the page was made.
    overtaken: bool,
    standing: Option<StoodView>,
    form: StripForm,
    problems: Vec<StripProblem>,
    /// The line as readers will see it, and until when: to be confirmed.
    looked: Option<(StripView, String)>,
    /// Short ids and headlines.
    stories: Vec<(String, String)>,
    lately: Vec<StoodView>,
}

/// A strip that stands or stood, in words.
struct StoodView {
    id: String,
    /// The story that tells more.
    story: Option<StoryId>,
    text: String,
    by: String,
    raised: String,
    until: String,
    /// Who ended it, and when; without a name: by itself.
    ended: Option<(Option<String>, String)>,
}

/// `GET /desk/breaking`; with a story, its headline stands ready to be raised.
pub async fn show(editor: Editor, Query(query): Query<StripQuery>, State(app): State<App>) -> Answer {
    let done = ["raised", "ended"].into_iter().find(|done| *done == query.done);
    let mut form = StripForm::begun(String::new(), None);
    if let Some(story) = StoryId::from_short(&query.story)
        && let Story::Published(story) = app.store.story(story).await?
    {
        form = StripForm::begun(story.text.headline, Some(story.id));
        form.act = "look".to_owned();
    }
    let problems = Vec::new();
    page(&app, &editor, Asked { form, problems, done, overtaken: false }).await
}

/// `POST /desk/breaking`: looks at a strip, or raises it.
pub async fn raise(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<StripForm>,
) -> Result<Response, PageError> {
    let now = app.now();
    let asked = |form, problems, overtaken| Asked { form, problems, done: None, overtaken };
    let new = match form.read(&app, now) {
        Ok(new) => new,
        Err(problems) => {
            let page = page(&app, &editor, asked(form, problems, false)).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    if form.act != "raise" {
        return Ok(page(&app, &editor, asked(form, Vec::new(), false)).await?.into_response());
    }
    match app.store.raise_strip(&new, StripId::from_short(&form.seen), editor.staff.id, now).await {
        Ok((_, happening)) => {
            aftermath::tell(&app, &happening).await;
            Ok(Redirect::to("/desk/breaking?done=raised").into_response())
        }
        Err(StoreError::Conflict(_)) => {
            let standing = app.store.standing_strip(now).await?;
            // The same press twice: it is done.
            if standing.is_some_and(|strip| stands_already(&strip, &new, editor.staff.id)) {
                return Ok(Redirect::to("/desk/breaking?done=raised").into_response());
            }
            let form = StripForm { act: "look".to_owned(), ..form };
            let page = page(&app, &editor, asked(form, Vec::new(), true)).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /desk/breaking/{strip}/end`: before its time. One that has ended meanwhile stays ended.
pub async fn end(
    editor: ManagingEditor,
    Path(strip): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let strip = StripId::from_short(&strip).ok_or(PageError::NotFound)?;
    match app.store.end_strip(strip, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/desk/breaking?done=ended"))
}

/// What the page was asked for.
struct Asked {
    form: StripForm,
    problems: Vec<StripProblem>,
    done: Option<&'static str>,
    overtaken: bool,
}

async fn page(app: &App, editor: &Member, asked: Asked) -> Answer {
    let Asked { form, problems, done, overtaken } = asked;
    let now = app.now();
    let (frame, shell) = Shell::of_member(app, editor, "breaking").await?;
    let standing = app.store.standing_strip(now).await?;
    let (mut lately, mut stories) = (app.store.strips(None, LATELY).await?, Vec::new());
    lately.retain(|strip| standing.as_ref().is_none_or(|standing| standing.id != strip.id));
    for card in app.store.list(&List::All, None, STORIES).await? {
        stories.push((card.id.short(), card.face.headline));
    }
    let mut slug = None;
    if let Some(story) = form.story()
        && let Story::Published(story) = app.store.story(story).await?
    {
        if !stories.iter().any(|(id, _)| *id == story.id.short()) {
            stories.insert(0, (story.id.short(), story.text.headline));
        }
        slug = Some(story.slug);
    }
    let new = form.read(app, now).ok().filter(|_| form.act == "look");
    let looked = new.map(|new| (StripView::looked_at(app, new.text, slug, now), when(&frame.t, &app.paper, new.until)));
    let stood = |strip| StoodView::new(app, &frame, strip);
    Page::private(&BreakingDesk {
        may_raise: editor.sections().is_none(),
        done,
        overtaken,
        standing: standing.map(stood),
        form,
        problems,
        looked,
        stories,
        lately: lately.into_iter().map(stood).collect(),
        frame,
        shell,
    })
}

impl StoodView {
    fn new(app: &App, frame: &Frame, strip: Strip) -> Self {
        let words = |at| when(&frame.t, &app.paper, at);
        let ended = strip.ended_at.or(Some(strip.until).filter(|until| *until <= frame.now));
        Self {
            id: strip.id.short(),
            story: strip.story,
            text: strip.text,
            by: strip.by.1,
            raised: words(strip.raised_at),
            until: words(strip.until),
            ended: ended.map(|at| (strip.ended_by, words(at))),
        }
    }
}

impl BreakingDesk {
    fn seen(&self) -> &str {
        self.standing.as_ref().map(|strip| strip.id.as_str()).unwrap_or_default()
    }

    fn spans(&self) -> [Stands; 3] {
        Stands::SPANS
    }

    fn stands_until(&self) -> bool {
        !Stands::SPANS.iter().any(|span| span.key() == self.form.stands)
    }

    /// What is wrong with the text, or with the end.
    fn wrong(&self, of_text: bool) -> Option<String> {
        let problem = self.problems.iter().find(|problem| problem.is_of_text() == of_text)?;
        let (key, count) = counted(*problem);
        Some(self.frame.t.n(&key, count))
    }

    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("breaking.done.{done}"))
    }

    fn text_hint(&self) -> String {
        self.frame.t.n("breaking.text-hint", MOST_CLUSTERS)
    }

    fn span_words(&self, span: &Stands) -> String {
        self.frame.t.s(&format!("breaking.span.{}", span.key()))
    }

    fn raised_words(&self, strip: &StoodView) -> String {
        self.frame.t.with("breaking.raised-by", 1, &[("name", &strip.by), ("time", &strip.raised)])
    }

    fn ended_words(&self, strip: &StoodView) -> String {
        match &strip.ended {
            Some((Some(name), time)) => self.frame.t.with("breaking.ended-by", 1, &[("name", name), ("time", time)]),
            Some((None, time)) => self.frame.t.with("breaking.ended-by-itself", 1, &[("time", time)]),
            None => String::new(),
        }
    }
}
