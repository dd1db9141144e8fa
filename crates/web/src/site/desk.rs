//! The desk's page of the menus, and what every part of the house was before.

use super::menus_form::{Fields, LineView, OWN, kept, read, views};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{ManagingEditor, Member};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::SiteVersionId;
use newsroom::site::{COLUMNS, Known, MenuField, MenuProblem, Part, Service, TypedMenus};
use serde::Deserialize;
use store::StoreError;
use store::site::SiteVersion;

/// Versions that a page lists.
const LATELY: u32 = 10;

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DoneQuery {
    pub(super) done: String,
}

/// The version that whoever puts an earlier one back saw in force.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SeenForm {
    pub(super) seen: String,
}

/// What a page has to say beside its form.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) done: bool,
    /// Somebody else changed it since.
    pub(super) overtaken: bool,
    pub(super) problems: Vec<String>,
}

impl Said {
    /// What was done a moment ago, or was not.
    pub(super) fn of(query: &DoneQuery, app: &App) -> Self {
        let t = app.words();
        let problems = if query.done == "no" { vec![t.s("site-desk.not-put-back")] } else { Vec::new() };
        Self { done: query.done == "yes", problems, ..Self::default() }
    }
}

/// A version in words.
pub(super) struct VersionView {
    pub(super) id: String,
    pub(super) words: String,
    pub(super) holds: bool,
}

#[derive(Template)]
#[template(path = "site/menus.html")]
struct MenusPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    header: Vec<LineView>,
    footer: Vec<LineView>,
    typed: TypedMenus,
    wrong: Vec<(MenuField, MenuProblem)>,
    lately: Vec<VersionView>,
}

/// `GET /desk/site`.
pub async fn show_menus(editor: ManagingEditor, Query(query): Query<DoneQuery>, State(app): State<App>) -> Answer {
    let site = app.site.now();
    let (typed, seen) = (kept(&site.menus), seen(site.version(Part::Menus)));
    let said = Said::of(&query, &app);
    menus(&app, &editor, (typed, seen), said, Vec::new()).await
}

/// `POST /desk/site`.
pub async fn keep_menus(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let typed = read(&fields, app.to_readers().paper.writing.language);
    let seen = fields.get("seen").cloned().unwrap_or_default();
    let sections: Vec<String> = app.store.sections().await?.into_iter().map(|section| section.slug).collect();
    let pages: Vec<String> = app.store.pages().await?.into_iter().map(|(slug, _)| slug).collect();
    let menus_read = match typed.read(Known { sections: &sections, pages: &pages }) {
        Ok(menus) => menus,
        Err(wrong) => {
            let page = menus(&app, &editor, (typed, seen), Said::default(), wrong).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let content = serde_json::to_string(&menus_read).map_err(|_| PageError::BadRequest("menus that cannot be kept"))?;
    if keep(&app, &editor, (Part::Menus, &seen), &content).await? {
        return Ok(Redirect::to("/desk/site?done=yes").into_response());
    }
    let said = Said { overtaken: true, ..Said::default() };
    let newest = self::seen(app.site.now().version(Part::Menus));
    let page = menus(&app, &editor, (typed, newest), said, Vec::new()).await?;
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

/// `POST /desk/site/versions/{version}`: puts an earlier version there again, as the newest.
pub async fn put_back(
    editor: ManagingEditor,
    Path(version): Path<String>,
    State(app): State<App>,
    Form(SeenForm { seen }): Form<SeenForm>,
) -> Result<Redirect, PageError> {
    let id = SiteVersionId::from_short(&version).ok_or(PageError::NotFound)?;
    let version = app.store.site_version(id).await?;
    if !editor.staff.role.may(version.part.needs()) {
        return Err(PageError::NotFound);
    }
    let is_kept = keep(&app, &editor, (version.part, &seen), &version.content).await?;
    let done = if is_kept { "yes" } else { "no" };
    Ok(Redirect::to(&format!("{}?done={done}", path(version.part))))
}

/// Keeps a part unless somebody else changed it since; whether it was kept.
pub(super) async fn keep(app: &App, by: &Member, (part, seen): (Part, &str), content: &str) -> Result<bool, PageError> {
    match app.store.keep_site(part, SiteVersionId::from_short(seen), content, by.staff.id, app.now()).await {
        Ok((_, happening)) => {
            aftermath::tell(app, &happening).await;
            Ok(true)
        }
        Err(StoreError::Conflict(_)) => {
            app.site.take_up(&app.store).await?;
            Ok(false)
        }
        Err(other) => Err(other.into()),
    }
}

async fn menus(
    app: &App,
    editor: &ManagingEditor,
    (typed, seen): (TypedMenus, String),
    said: Said,
    wrong: Vec<(MenuField, MenuProblem)>,
) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "site").await?;
    // A line has its words in the language of the paper, whoever of the staff types them.
    let language = app.to_readers().paper.writing.language;
    let (header, footer) = (views(&typed.header, 'h', language), views(&typed.footer, 'f', language));
    let lately = lately(app, &frame, Part::Menus).await?;
    Page::private(&MenusPage { frame, shell, said, seen, header, footer, typed, wrong, lately })
}

pub(super) async fn lately(app: &App, frame: &Frame, part: Part) -> Result<Vec<VersionView>, PageError> {
    let versions = app.store.site_versions(part, None, LATELY).await?;
    let view = |(at, version): (usize, SiteVersion)| VersionView {
        id: version.id.short(),
        words: format!("{} · {}", version.by.1, when(&frame.t, frame.paper(), version.at)),
        holds: at == 0,
    };
    Ok(versions.into_iter().enumerate().map(view).collect())
}

pub(super) fn seen(version: Option<SiteVersionId>) -> String {
    version.map(SiteVersionId::short).unwrap_or_default()
}

pub(super) fn path(part: Part) -> &'static str {
    match part {
        Part::Menus => "/desk/site",
        Part::House => "/desk/site/house",
        Part::Css => "/desk/site/css",
        Part::Ads => "/desk/site/ads",
        Part::AdsTxt => "/desk/site/ads-txt",
        Part::Feeds => "/desk/site/feeds",
        Part::Doors => "/desk/site/doors",
    }
}

impl MenusPage {
    /// What is wrong with a line, in words. `menu` is `h` or `f`.
    fn wrong_line(&self, at: &str) -> Option<String> {
        let (menu, at) = at.split_at_checked(1)?;
        let at: usize = at.parse().ok()?;
        self.wrong_at(if menu == "h" { MenuField::HeaderLine(at) } else { MenuField::FooterLine(at) })
    }

    fn wrong_at(&self, field: MenuField) -> Option<String> {
        let (_, problem) = self.wrong.iter().find(|(at, _)| *at == field)?;
        let (key, number) = problem.key();
        Some(self.frame.t.n(&format!("menus.problem.{key}"), number))
    }

    /// The title of a column.
    fn title(&self, at: &usize) -> &str {
        self.typed.titles.get(*at).map_or("", String::as_str)
    }

    /// What was typed for a service.
    fn social(&self, service: &Service) -> &str {
        let typed = self.typed.social.iter().find(|(of, _)| of == service);
        typed.map_or("", |(_, address)| address.as_str())
    }
}
