//! The desk's page of places for advertisements: each is a form of its own, and what is kept in it is seen below it in the
//! frame in which readers get it.

use super::ads::{AdView, looked_at, today};
use super::desk::{DoneQuery, Said, VersionView, keep, lately, path, seen};
use crate::app::App;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::Dresser;
use crate::layout::{Frame, headers};
use crate::page::Page;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use newsroom::site::{Ad, AdPlace, AdProblem, Part, TypedAd};
use serde::Deserialize;

/// What was typed for a place, and the version that was seen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AdForm {
    #[serde(flatten)]
    typed: TypedAd,
    seen: String,
}

/// A place in the page.
struct PlaceView {
    place: AdPlace,
    typed: TypedAd,
    problems: Vec<String>,
    /// The end of the key of what readers see: `on`, `off`, `later`, `over`, `empty`.
    state: &'static str,
    /// What is kept, to be looked at.
    kept: Option<AdView>,
}

#[derive(Template)]
#[template(path = "site/ads.html")]
struct AdsPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    places: Vec<PlaceView>,
    lately: Vec<VersionView>,
}

/// What came of a form.
type Typed = (AdPlace, TypedAd, Vec<AdProblem>);

/// `GET /desk/site/ads`.
pub async fn show_ads(
    owner: Dresser,
    Query(query): Query<DoneQuery>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let said = Said::of(&query, &app);
    page(&app, &owner, (None, None), (said, StatusCode::OK)).await
}

/// `POST /desk/site/ads/{advert}`.
pub async fn keep_ad(
    owner: Dresser,
    Path(place): Path<String>,
    State(app): State<App>,
    Form(AdForm { typed, seen: seen_then }): Form<AdForm>,
) -> Result<Response, PageError> {
    let place = AdPlace::from_key(&place).ok_or(PageError::NotFound)?;
    let ad = match typed.read() {
        Ok(ad) => ad,
        Err(wrong) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let typed = Some((place, typed, wrong));
            return page(&app, &owner, (typed, Some(seen_then)), (Said::default(), status)).await;
        }
    };
    let site = app.site.now();
    let is_kept = if seen(site.version(Part::Ads)) == seen_then {
        let mut ads = site.ads.clone();
        match ad {
            Some(ad) => drop(ads.0.insert(place, ad)),
            None => drop(ads.0.remove(&place)),
        }
        let content = serde_json::to_string(&ads).map_err(|_| PageError::BadRequest("what cannot be kept"))?;
        keep(&app, &owner, (Part::Ads, &seen_then), &content).await?
    } else {
        app.site.take_up(&app.store).await?;
        false
    };
    if is_kept {
        return Ok(Redirect::to(&format!("{}?done=yes#{}", path(Part::Ads), place.key())).into_response());
    }
    let said = Said { overtaken: true, ..Said::default() };
    page(&app, &owner, (Some((place, typed, Vec::new())), None), (said, StatusCode::CONFLICT)).await
}

/// `GET /desk/site/ads/{advert}/look`: what is kept in a place, switched on or not, in its frame.
pub async fn look_at_ad(
    _owner: Dresser,
    Path(place): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let place = AdPlace::from_key(&place).ok_or(PageError::NotFound)?;
    let site = app.site.now();
    looked_at(&app, site.ads.0.get(&place).ok_or(PageError::NotFound)?)
}

/// The page with what was typed in a place, and the version that whoever typed it had seen; none: that of now.
async fn page(
    app: &App,
    owner: &Dresser,
    (typed, seen_then): (Option<Typed>, Option<String>),
    (said, status): (Said, StatusCode),
) -> Result<Response, PageError> {
    let (frame, shell) = Shell::of_member(app, owner, "site").await?;
    let lately = lately(app, &frame, Part::Ads).await?;
    let seen = seen_then.unwrap_or_else(|| seen(frame.site.version(Part::Ads)));
    let today = today(frame.now, frame.paper());
    let view = |place| PlaceView::of(&frame, place, typed.as_ref().filter(|(of, ..)| *of == place), today);
    let places = AdPlace::ALL.into_iter().map(view).collect();
    let page = AdsPage { frame, shell, said, seen, places, lately };
    Ok(headers::framing(Page::private(&page)?.with_status(status)))
}

impl PlaceView {
    fn of(frame: &Frame, place: AdPlace, typed: Option<&Typed>, today: Date) -> Self {
        let kept = frame.site.ads.0.get(&place);
        let in_words = |problem: &AdProblem| {
            let (key, number) = problem.key();
            frame.t.n(&format!("ad.problem.{key}"), number)
        };
        Self {
            place,
            typed: typed.map_or_else(|| kept.map(TypedAd::of).unwrap_or_default(), |(_, typed, _)| typed.clone()),
            problems: typed.iter().flat_map(|(.., wrong)| wrong.iter().map(in_words)).collect(),
            state: state(kept, today),
            kept: kept.map(|ad| AdView::of(place, ad, format!("{}/{}/look", path(Part::Ads), place.key()))),
        }
    }
}

/// What readers see of it.
fn state(kept: Option<&Ad>, today: Date) -> &'static str {
    match kept {
        None => "empty",
        Some(ad) if ad.is_in_force(today) => "on",
        Some(ad) if !ad.on => "off",
        Some(ad) if ad.until.is_some_and(|until| until < today) => "over",
        Some(_) => "later",
    }
}
