//! One site: what holds for it, what is to be put into its pages, and its keys.

use super::typed::{Problem, SiteForm};
use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::OtherSiteId;
use newsroom::outside::{MOST_LIVE_KEYS, Way};
use newsroom::story::CommentPolicy;
use store::StoreError;
use store::outside::SiteKey;

#[derive(Template)]
#[template(path = "embeds_desk/one.html")]
struct SitePage {
    frame: Frame,
    shell: Shell,
    action: String,
    /// The site's key in its pages.
    key: String,
    closed: bool,
    typed: SiteForm,
    problems: Vec<String>,
    policies: [CommentPolicy; 4],
    snippet: String,
    audience: String,
    keys: Vec<KeyLine>,
    ways: [Way; 3],
    may_add: bool,
    said: Said,
}

/// What is said about a key beside the form for one.
#[derive(Debug, Default)]
pub struct Said {
    /// A shared secret that was just made: told here once.
    pub secret: Option<String>,
    /// The name that was typed for a key, and why it was not taken.
    pub key_name: String,
    /// Why not.
    pub key_problem: Option<&'static str>,
}

struct KeyLine {
    kid: String,
    way: &'static str,
    since: String,
    until: Option<String>,
}

/// The site that an address names.
///
/// # Errors
/// When there is none.
pub fn named(id: &str) -> Result<OtherSiteId, PageError> {
    OtherSiteId::from_short(id).ok_or(PageError::NotFound)
}

/// `GET /desk/embeds/{site}`.
pub async fn one(editor: ManagingEditor, State(app): State<App>, Path(id): Path<String>) -> Answer {
    page(&app, &editor, named(&id)?, None, Said::default()).await
}

/// `POST /desk/embeds/{site}`: changes what holds for it, and opens it again where it was closed.
pub async fn change(
    editor: ManagingEditor,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(form): Form<SiteForm>,
) -> Result<Response, PageError> {
    let id = named(&id)?;
    let problems = match form.check(&app).await? {
        Ok(said) => match app.store.change_other_site(id, &said, editor.staff.id, app.now()).await {
            Ok(happening) => {
                aftermath::tell(&app, &happening).await;
                return Ok(Redirect::to(&format!("/desk/embeds/{id}")).into_response());
            }
            Err(StoreError::Conflict(_)) => vec![Problem::Taken],
            Err(other) => return Err(other.into()),
        },
        Err(problems) => problems,
    };
    let page = page(&app, &editor, id, Some((form, problems)), Said::default()).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// `POST /desk/embeds/{site}/closing`: it shows no threads any more.
pub async fn close(
    editor: ManagingEditor,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Redirect, PageError> {
    let id = named(&id)?;
    match app.store.close_other_site(id, editor.staff.id, app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        // Somebody did it a moment before.
        Err(StoreError::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to(&format!("/desk/embeds/{id}")))
}

/// The page of a site, with what was typed where something is wrong with it.
///
/// # Errors
/// When there is no such site.
pub async fn page(
    app: &App,
    editor: &ManagingEditor,
    id: OtherSiteId,
    tried: Option<(SiteForm, Vec<Problem>)>,
    said: Said,
) -> Answer {
    let site = app.store.other_site(id).await?;
    let keys = app.store.site_keys(id).await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "embeds").await?;
    let (typed, problems) = tried.unwrap_or_else(|| (SiteForm::of(&site), Vec::new()));
    let live = keys.iter().filter(|key| key.removed_at.is_none()).count();
    let script = address::whole(frame.paper(), "/embed.js");
    let snippet =
        format!("<script async src=\"{script}\" data-site=\"{id}\"></script>\n<midad-comments></midad-comments>");
    Page::private(&SitePage {
        action: format!("/desk/embeds/{id}"),
        key: id.short(),
        closed: site.closed_at.is_some(),
        problems: problems.iter().map(|problem| problem.words(&frame.t)).collect(),
        policies: CommentPolicy::ALL,
        audience: address::whole(frame.paper(), ""),
        keys: keys.iter().map(|key| KeyLine::of(&frame, key)).collect(),
        ways: Way::ALL,
        may_add: live < MOST_LIVE_KEYS,
        typed,
        snippet,
        frame,
        shell,
        said,
    })
}

impl KeyLine {
    fn of(frame: &Frame, key: &SiteKey) -> Self {
        Self {
            kid: key.kid.clone(),
            way: key.way.name(),
            since: frame.date(key.added_at),
            until: key.removed_at.map(|at| frame.date(at)),
        }
    }
}
