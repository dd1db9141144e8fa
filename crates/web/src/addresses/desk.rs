//! The page of the desk: addresses of before and where they lead, and what is missed.

use super::former;
use super::typed::{Problem, RedirectForm, shown};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect as To, Response};
use serde::Deserialize;
use store::StoreError;
use store::redirects::{Beginning, Leads, MissingAddress, Redirect};

/// Lines of a page of the list, and of the lists beside it.
const LINES: usize = 50;
const MOST_REMOVED: u32 = 20;
const MOST_MISSING: u32 = 50;

/// Which addresses, and which one is in the form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// How they begin.
    q: String,
    after: String,
    /// To be led somewhere, or elsewhere.
    from: String,
}

/// Which one, as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PathForm {
    path: String,
}

#[derive(Template)]
#[template(path = "addresses/page.html")]
struct AddressesPage {
    frame: Frame,
    shell: Shell,
    query: ListQuery,
    lines: Vec<Line>,
    /// Where the next page of the list begins.
    next: Option<String>,
    removed: Vec<Line>,
    missing: Vec<Missed>,
    typed: RedirectForm,
    problems: Vec<String>,
}

/// An address of before.
struct Line {
    path: String,
    to: String,
    href: String,
    /// The story to which it leads is not public.
    leads_nowhere: bool,
    hits: String,
    last: Option<String>,
    /// Where the form is that leads it elsewhere.
    edit: String,
}

/// An address that leads nowhere.
struct Missed {
    path: String,
    hits: String,
    outside: Option<String>,
    last: String,
    lead: String,
}

/// `GET /desk/addresses`.
pub async fn show(editor: ManagingEditor, State(app): State<App>, Query(query): Query<ListQuery>) -> Answer {
    let typed = match former::compared(&query.from).filter(|_| !query.from.is_empty()) {
        Some(from) => {
            let known = app.store.redirect_of(std::slice::from_ref(&from)).await?;
            let was = known.as_ref().map(shown).unwrap_or_default();
            RedirectForm { from, to: was.clone(), was, ..Default::default() }
        }
        None => RedirectForm::default(),
    };
    page(&app, &editor, query, typed, &[]).await
}

/// `POST /desk/addresses`: leads an address somewhere, or back to the form with what was typed.
pub async fn keep(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<RedirectForm>,
) -> Result<Response, PageError> {
    let problems = match form.check(&app).await? {
        Ok(new) => match app.store.set_redirect(new, editor.staff.id, app.now()).await {
            Ok(happening) => {
                aftermath::tell(&app, &happening).await;
                return Ok(To::to("/desk/addresses").into_response());
            }
            Err(StoreError::Conflict(_)) => vec![Problem::Taken],
            Err(other) => return Err(other.into()),
        },
        Err(problems) => problems,
    };
    let page = page(&app, &editor, ListQuery::default(), form, &problems).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// `POST /desk/addresses/removal`: it leads nowhere; the page has it among those that can be put back.
pub async fn remove(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<PathForm>,
) -> Result<Response, PageError> {
    moved(&app, app.store.remove_redirect(&form.path, editor.staff.id, app.now()).await).await
}

/// `POST /desk/addresses/return`: it leads again where it led.
pub async fn put_back(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<PathForm>,
) -> Result<Response, PageError> {
    moved(&app, app.store.return_redirect(&form.path, editor.staff.id, app.now()).await).await
}

async fn moved(app: &App, outcome: Result<newsroom::happening::Happening, StoreError>) -> Result<Response, PageError> {
    match outcome {
        Ok(happening) => aftermath::tell(app, &happening).await,
        // Somebody did it a moment before.
        Err(StoreError::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(To::to("/desk/addresses").into_response())
}

async fn page(
    app: &App,
    editor: &ManagingEditor,
    query: ListQuery,
    typed: RedirectForm,
    problems: &[Problem],
) -> Answer {
    let with = if query.q.trim().is_empty() { String::new() } else { beginning(query.q.trim()) };
    let beginning = Beginning { with, after: query.after.clone() };
    let most = u32::try_from(LINES + 1).unwrap_or(u32::MAX);
    let mut found = app.store.redirects(&beginning, most).await?;
    let more = found.len() > LINES;
    found.truncate(LINES);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("/desk/addresses?q={}&after={}", address::encoded(&query.q), address::encoded(&last.path)));
    let (removed, missing) =
        (app.store.removed_redirects(MOST_REMOVED).await?, app.store.missing_addresses(MOST_MISSING).await?);
    let (frame, shell) = Shell::of_managing_editor(app, editor, "addresses").await?;
    let page = AddressesPage {
        lines: found.iter().map(|one| Line::of(&frame, one)).collect(),
        removed: removed.iter().map(|one| Line::of(&frame, one)).collect(),
        missing: missing.into_iter().map(|one| Missed::of(&frame, one)).collect(),
        problems: problems.iter().map(|problem| frame.t.s(problem.key())).collect(),
        query,
        next,
        typed,
        frame,
        shell,
    };
    Page::private(&page)
}

/// How an address begins, as it is compared; the slash before it need not be typed.
fn beginning(typed: &str) -> String {
    let typed = arabic::clean::line(typed);
    let decoded = former::compared(&format!("/{}", typed.trim_start_matches('/')));
    decoded.unwrap_or(typed)
}

fn lead(path: &str) -> String {
    format!("/desk/addresses?from={}#lead", address::encoded(path))
}

impl Line {
    fn of(frame: &Frame, redirect: &Redirect) -> Self {
        let (to, href) = match (&redirect.leads, &redirect.slug) {
            (Leads::Story(_), Some(slug)) => (format!("/stories/{slug}"), address::story(slug)),
            (Leads::Story(_), None) => (shown(redirect), shown(redirect)),
            (Leads::To(target), _) if target.starts_with('/') => (target.clone(), former::encoded(target)),
            (Leads::To(target), _) => (target.clone(), target.clone()),
        };
        Self {
            to,
            href,
            leads_nowhere: matches!(redirect.leads, Leads::Story(_)) && !redirect.is_public,
            hits: frame.t.n("addresses.followed", redirect.hits),
            last: redirect.hit_at.map(|at| frame.date(at)),
            edit: lead(&redirect.path),
            path: redirect.path.clone(),
        }
    }
}

impl Missed {
    fn of(frame: &Frame, missing: MissingAddress) -> Self {
        Self {
            hits: frame.t.n("addresses.asked", missing.hits),
            outside: (missing.outside > 0).then(|| frame.t.n("addresses.from-outside", missing.outside)),
            last: frame.date(missing.asked_at),
            lead: lead(&missing.path),
            path: missing.path,
        }
    }
}
