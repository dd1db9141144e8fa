//! The thread of a page as its readers have it: the form, and what was released. Nothing in it hangs on who asks.

use super::origin::FromSite;
use crate::app::App;
use crate::comments::{CommentForm, Look, Problem, ThreadQuery, reading_only};
use crate::error::PageError;
use crate::page_cache::{Declared, Tag};
use crate::rendered::Rendered;
use crate::words::Words;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use newsroom::comment::MOST_TEXT_CLUSTERS;
use newsroom::story::{CommentPolicy, Published};
use serde::Deserialize;
use store::thread::ThreadPage;

/// Of which page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PageQuery {
    /// Its address, as its reader has it.
    pub url: String,
}

#[derive(Template)]
#[template(path = "embeds/thread.html")]
struct Thread {
    t: Words,
    /// The paper's address, without a slash at its end.
    paper: String,
    name: String,
    language: &'static str,
    direction: &'static str,
    /// The thread's own page in the paper; none before its first comment.
    own_page: Option<String>,
    form: Option<Rendered>,
    /// What is said where there is no form.
    closed: String,
    held_back: bool,
    entries: Vec<Rendered>,
    page: ThreadPage,
    newest: bool,
    next: Option<String>,
    count: String,
}

/// The form as it stands under a page of another site.
#[derive(Debug, Template)]
#[template(path = "embeds/form.html")]
pub struct EmbedFormView {
    /// Words in the paper's language.
    pub t: Words,
    /// The paper's address, without a slash at its end.
    pub paper: String,
    /// What was typed.
    pub typed: CommentForm,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// A warning to be acknowledged with it.
    pub warning: Option<Rendered>,
}

impl EmbedFormView {
    /// A form with what was typed.
    pub fn new(app: &App, t: Words, typed: CommentForm) -> Self {
        Self { t, paper: paper(app), typed, problems: Vec::new(), warning: None }
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.problems.iter().any(|problem| problem.field() == field)
    }

    fn most(&self) -> usize {
        MOST_TEXT_CLUSTERS
    }
}

/// The paper's address, without a slash at its end.
pub fn paper(app: &App) -> String {
    app.paper.address.trim_end_matches('/').to_owned()
}

/// How a thread looks where its links lead to the paper from elsewhere.
pub fn look(app: &App, thread: &Published) -> Look {
    Look::new(app, thread).for_elsewhere(thread.id)
}

/// `GET /embed/{site}/thread?url=…`: the same for every reader of the page.
pub async fn thread(
    site: FromSite,
    State(app): State<App>,
    Query(PageQuery { url }): Query<PageQuery>,
    Query(query): Query<ThreadQuery>,
) -> Result<Response, PageError> {
    let app = app.to_readers();
    let page = site.page(&url)?;
    let known = app.store.outside_thread(site.0.id, &page).await?;
    let policy = known.as_ref().map_or(site.0.said.policy, |thread| thread.comments);
    if policy == CommentPolicy::Hidden {
        return Err(PageError::NotFound);
    }
    let (read, entries, own_page) = match &known {
        Some(thread) => {
            let (read, look) = (query.read(&app, thread).await?, look(&app, thread));
            let entries = read.entries.iter().map(|entry| look.entry(entry)).collect::<Result<Vec<_>, _>>()?;
            (read, entries, Some(look.address))
        }
        None => (ThreadPage::default(), Vec::new(), None),
    };
    let t = app.words();
    let writing = &app.paper.writing;
    let closed = reading_only(&app);
    let fresh = EmbedFormView::new(&app, t, CommentForm::default());
    let thread = Thread {
        t,
        paper: paper(&app),
        name: app.paper.name.clone(),
        language: writing.language.tag(),
        direction: writing.language.dir(),
        own_page,
        form: (policy.takes_comments() && closed.is_none()).then(|| Rendered::of(&fresh)).transpose()?,
        closed: closed.unwrap_or_else(|| t.s("comment.closed")),
        held_back: policy == CommentPolicy::HeldBack,
        entries,
        newest: query.is_newest(),
        next: read.next.map(|(root, number)| format!("{root}-{number}")),
        count: t.number(read.released),
        page: read,
    };
    let tags = known.iter().map(|thread| Tag::Story(thread.id)).collect();
    Ok(shared(Rendered::of(&thread)?, tags))
}

fn shared(part: Rendered, tags: Vec<Tag>) -> Response {
    let mut response = (StatusCode::OK, Html(part.into_html())).into_response();
    let keep = HeaderValue::from_static("public, max-age=0, must-revalidate");
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    response.extensions_mut().insert(Declared(tags));
    response
}
