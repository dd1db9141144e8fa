//! The desk's page of the paper's colours, typefaces and logo.

use super::desk::{DoneQuery, Said, VersionView, keep, lately, path, seen};
use super::house_form::{Press, query, read};
use super::menus_form::Fields;
use super::worn::LogoView;
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, headers};
use crate::page::Page;
use arabic::digits;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::site::{Face, FontKind, House, LogoKind, Part, Scheme, Tint, TintProblem, TypedHouse};

/// Colours that stand beside each other in the form, each with the key of its name.
const GROUPS: [(&str, [Tint; 2]); 3] = [
    ("house.accent", [Tint::AccentLight, Tint::AccentDark]),
    ("house.band", [Tint::BandLight, Tint::BandDark]),
    ("house.strip", [Tint::StripLight, Tint::StripDark]),
];

/// What the samples show.
const SCHEMES: [Scheme; 2] = [Scheme::Light, Scheme::Dark];

#[derive(Template)]
#[template(path = "site/house.html")]
struct HousePage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    typed: TypedHouse,
    wrong: Vec<(Tint, TintProblem)>,
    /// What was typed is shown, and readers do not have it.
    is_tried: bool,
    /// The house as it would be, as far as it is right.
    house: House,
    query: String,
    lately: Vec<VersionView>,
}

/// What was typed, what is wrong with it, and of which version it was made.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) house: TypedHouse,
    pub(super) wrong: Vec<(Tint, TintProblem)>,
    pub(super) seen: String,
    pub(super) is_tried: bool,
}

impl Typed {
    /// What is kept, to be typed over.
    pub(super) fn kept(app: &App) -> Self {
        let site = app.site.now();
        Self { house: TypedHouse::of(&site.house), seen: seen(site.version(Part::House)), ..Self::default() }
    }
}

/// `GET /desk/site/house`.
pub async fn show_house(
    editor: ManagingEditor,
    Query(query): Query<DoneQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let said = Said::of(&query, &app);
    page(&app, &editor, Typed::kept(&app), (said, StatusCode::OK)).await
}

/// `POST /desk/site/house`: keeps what was typed, shows it, or takes a shade that was offered.
pub async fn keep_house(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let (press, mut house) = (Press::of(&fields), read(&fields));
    let seen = fields.get("seen").cloned().unwrap_or_default();
    if let Press::Take(tint) = press {
        house.take_nearest(tint);
    }
    let (read, is_tried) = (house.read(&app.site.now().house), press != Press::Keep);
    match read {
        Err(wrong) => {
            let typed = Typed { house, wrong, seen, is_tried };
            page(&app, &editor, typed, (Said::default(), StatusCode::UNPROCESSABLE_ENTITY)).await
        }
        Ok(_) if is_tried => {
            let typed = Typed { house, seen, is_tried, ..Typed::default() };
            page(&app, &editor, typed, (Said::default(), StatusCode::OK)).await
        }
        Ok(kept) => {
            if change(&app, &editor, &seen, |now| *now = now.clone().dressed_as(kept)).await? {
                return Ok(Redirect::to("/desk/site/house?done=yes").into_response());
            }
            let typed = Typed { house, ..Typed::kept(&app) };
            page(&app, &editor, typed, (Said { overtaken: true, ..Said::default() }, StatusCode::CONFLICT)).await
        }
    }
}

/// Changes the house that its editor saw, and keeps it; whether it was kept: nobody else changed it since.
pub(super) async fn change(
    app: &App,
    editor: &ManagingEditor,
    seen_then: &str,
    make: impl FnOnce(&mut House),
) -> Result<bool, PageError> {
    let site = app.site.now();
    if seen(site.version(Part::House)) != seen_then {
        app.site.take_up(&app.store).await?;
        return Ok(false);
    }
    let mut house = site.house.clone();
    make(&mut house);
    let content = serde_json::to_string(&house).map_err(|_| PageError::BadRequest("a house that cannot be kept"))?;
    keep(app, editor, (Part::House, seen_then), &content).await
}

pub(super) async fn page(
    app: &App,
    editor: &ManagingEditor,
    Typed { house: typed, wrong, seen, is_tried }: Typed,
    (said, status): (Said, StatusCode),
) -> Result<Response, PageError> {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "site").await?;
    let lately = lately(app, &frame, Part::House).await?;
    let (house, query) = (typed.as_far_as_right(&frame.site.house), query(&typed));
    let page = HousePage { frame, shell, said, seen, typed, wrong, is_tried, house, query, lately };
    Ok(headers::framing(Page::private(&page)?.with_status(status)))
}

impl HousePage {
    /// What is wrong with a colour, in words, and the shade that is offered in its place.
    fn wrong_tint(&self, tint: &Tint) -> Option<(String, Option<String>)> {
        let (_, problem) = self.wrong.iter().find(|(of, _)| of == tint)?;
        let t = &self.frame.t;
        let TintProblem::Faint { ground, found, needed, nearest } = problem else {
            return Some((t.s("house.problem.no-colour"), None));
        };
        let ratio = |hundredths: &u64| {
            let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
            digits::write(&text, self.frame.paper().writing.digits)
        };
        let (found, needed) = (ratio(found), ratio(needed));
        let said = [("found", found.as_str()), ("needed", needed.as_str())];
        Some((t.with(&format!("house.problem.faint.{ground}"), 1, &said), Some(nearest.to_string())))
    }

    /// The colour that is seen: what was typed where that is one, what follows where nothing was.
    fn seen_colour(&self, tint: &Tint) -> Option<String> {
        let scheme = tint.scheme();
        let standard = || scheme.standard().colour("accent");
        let accent = self.house.accent(scheme).unwrap_or_else(standard);
        let follows = match tint {
            Tint::AccentLight | Tint::AccentDark => Some(accent),
            Tint::BandLight | Tint::BandDark => self.house.band(scheme),
            Tint::StripLight | Tint::StripDark => Some(self.house.strip(scheme).unwrap_or(accent)),
        };
        newsroom::site::Colour::read(self.typed.tint(*tint)).or(follows).map(|colour| colour.to_string())
    }

    /// A picture of the paper's own that is kept.
    fn logo(&self, kind: &LogoKind) -> Option<LogoView> {
        self.house.logos.get(kind).map(LogoView::of)
    }

    /// A face can be chosen: the paper's own where its file is there.
    fn may_be(&self, face: &Face, kind: &str) -> bool {
        let there = FontKind::from_key(kind).is_some_and(|kind| self.house.fonts.contains_key(&kind));
        *face != Face::House || there
    }

    /// The paper's own letters are there.
    fn has_font(&self, kind: &FontKind) -> bool {
        self.house.fonts.contains_key(kind)
    }

    /// The address of the sample in one scheme.
    fn sample(&self, scheme: &Scheme) -> String {
        format!("{}/sample?scheme={}&{}", path(Part::House), scheme.key(), self.query)
    }
}
