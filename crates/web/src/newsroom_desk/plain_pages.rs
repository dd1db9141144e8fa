//! The pages that are no stories in the hands of editors: a title and a text in a plain box. They are added, removed and put
//! back.

use crate::aftermath;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::body::write_text_form;
use newsroom::page::{PageProblem, PageText};
use newsroom::site::Target;
use newsroom::slug::Slug;
use serde::Deserialize;
use store::StoreError;

/// The pages to which the program itself leads: every form for comments to the one, who is kept from commenting to the other.
const LED_TO: [&str; 2] = ["house-rules", "contact"];

/// A page as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PageForm {
    title: String,
    text: String,
}

/// A new page as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewPageForm {
    title: String,
    /// Empty: made of the title.
    slug: String,
    text: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NewPageProblem {
    Text(PageProblem),
    /// Nothing of its title can stand in an address.
    NoSlug,
    /// What was typed cannot; what could.
    Signs(Option<Slug>),
    /// A page stands there, or was removed from there and can be put back.
    Taken(Slug),
}

/// That somebody means it, as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SureForm {
    sure: String,
}

#[derive(Template)]
#[template(path = "newsroom_desk/plain_pages.html")]
struct PlainPages {
    frame: Frame,
    shell: Shell,
    removed: Vec<(String, String)>,
    typed: NewPageForm,
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "newsroom_desk/plain_page.html")]
struct PlainPage {
    frame: Frame,
    shell: Shell,
    slug: String,
    typed: PageForm,
    problems: Vec<String>,
}

/// `GET /desk/pages`.
pub async fn plain_pages(editor: ManagingEditor, State(app): State<App>) -> Answer {
    list(&app, &editor, NewPageForm::default(), &[]).await
}

/// `POST /desk/pages`: leads to the new page as readers see it, or back to the form with what was typed.
pub async fn add_plain_page(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<NewPageForm>,
) -> Result<Response, PageError> {
    let (text, slug) = (PageText::new(&form.title, &form.text), slug_of(&form));
    let mut problems: Vec<NewPageProblem> =
        text.as_ref().err().into_iter().flatten().copied().map(NewPageProblem::Text).collect();
    problems.extend(slug.as_ref().err().cloned());
    if let (Ok(text), Ok(slug)) = (&text, slug) {
        if let Some(happening) = app.store.put_page(&slug, text, editor.actor(), app.now()).await? {
            aftermath::tell(&app, &happening).await;
            return Ok(Redirect::to(&address::page(slug.as_str())).into_response());
        }
        problems.push(NewPageProblem::Taken(slug));
    }
    let page = list(&app, &editor, form, &problems).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The address that was typed, or that of the title.
fn slug_of(form: &NewPageForm) -> Result<Slug, NewPageProblem> {
    match form.slug.trim() {
        "" => Slug::of(&form.title).ok_or(NewPageProblem::NoSlug),
        typed => Slug::new(typed).map_err(NewPageProblem::Signs),
    }
}

async fn list(app: &App, editor: &ManagingEditor, typed: NewPageForm, problems: &[NewPageProblem]) -> Answer {
    let removed = app.store.removed_pages().await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "pages").await?;
    let problems = problems.iter().map(|problem| problem.in_words(&frame.t)).collect();
    Page::private(&PlainPages { frame, shell, removed, typed, problems })
}

impl NewPageProblem {
    fn in_words(&self, t: &Words) -> String {
        match self {
            Self::Text(problem) => in_words(*problem, t),
            Self::NoSlug => t.s("page.slug-none"),
            Self::Signs(None) => t.s("section.slug-signs"),
            Self::Signs(Some(better)) => t.with("section.slug-signs-try", 1, &[("slug", better.as_str())]),
            Self::Taken(slug) => t.with("page.slug-taken", 1, &[("slug", slug.as_str())]),
        }
    }
}

/// `POST /desk/pages/{slug}/removal`: readers have it no more, and no menu names it; its text stays at the desk.
pub async fn remove_plain_page(
    editor: ManagingEditor,
    Path(slug): Path<String>,
    State(app): State<App>,
    Form(form): Form<SureForm>,
) -> Result<Response, PageError> {
    if form.sure != "yes" || LED_TO.contains(&slug.as_str()) {
        return Err(PageError::BadRequest("a removal that nobody confirmed, or of what the program leads to"));
    }
    match app.store.remove_page(&slug, editor.actor(), app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        // Somebody did it a moment before.
        Err(StoreError::NotFound) if app.store.is_page_removed(&slug).await? => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/desk/pages").into_response())
}

/// `POST /desk/pages/{slug}/return`: it stands there again, as it was.
pub async fn return_plain_page(
    editor: ManagingEditor,
    Path(slug): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    match app.store.return_page(&slug, editor.actor(), app.now()).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        // It stands there already.
        Err(StoreError::NotFound) if app.store.page(&slug).await?.is_some() => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/desk/pages").into_response())
}

/// `GET /desk/pages/{slug}`.
pub async fn plain_page(editor: ManagingEditor, Path(slug): Path<String>, State(app): State<App>) -> Answer {
    let found = app.store.page(&slug).await?.ok_or(PageError::NotFound)?;
    let typed = PageForm { title: found.title, text: write_text_form(&found.body) };
    page(&app, &editor, found.slug, typed, &[]).await
}

/// `POST /desk/pages/{slug}`: leads to the page as readers see it, or back to the form with what was typed.
pub async fn keep_plain_page(
    editor: ManagingEditor,
    Path(slug): Path<String>,
    State(app): State<App>,
    Form(form): Form<PageForm>,
) -> Result<Response, PageError> {
    let found = app.store.page(&slug).await?.ok_or(PageError::NotFound)?;
    let slug = Slug::new(&found.slug).map_err(|_| PageError::NotFound)?;
    let text = match PageText::new(&form.title, &form.text) {
        Ok(text) => text,
        Err(problems) => {
            let page = page(&app, &editor, found.slug, form, &problems).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    if let Some(happening) = app.store.set_page(&slug, &text, editor.actor(), app.now()).await? {
        aftermath::tell(&app, &happening).await;
    }
    Ok(Redirect::to(&address::page(slug.as_str())).into_response())
}

async fn page(app: &App, editor: &ManagingEditor, slug: String, typed: PageForm, problems: &[PageProblem]) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "pages").await?;
    let problems = problems.iter().map(|problem| in_words(*problem, &frame.t)).collect();
    Page::private(&PlainPage { frame, shell, slug, typed, problems })
}

fn in_words(problem: PageProblem, t: &Words) -> String {
    t.with(problem.key(), 1, &[("line", &t.number(problem.line().unwrap_or_default()))])
}

impl PlainPage {
    fn may_go(&self) -> bool {
        !LED_TO.contains(&self.slug.as_str())
    }

    /// A menu of the head or the foot names it.
    fn is_in_menus(&self) -> bool {
        let menus = &self.frame.site.menus;
        let lines = menus.header.iter().chain(menus.footer.iter().flat_map(|column| &column.lines));
        lines.into_iter().any(|line| line.target == Target::Page(self.slug.clone()))
    }
}
