//! The list of orders, and entering one.

use super::clock::left;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::order::{NewOrder, OrderKind, SILENT_DAYS, due_at};
use newsroom::{OrderId, Timestamp};
use serde::Deserialize;
use store::orders::{Order, OrderKey};

/// Orders on a page.
const AT_ONCE: u32 = 50;

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OrdersQuery {
    /// `RECEIVED-ORDER`.
    before: Option<String>,
}

/// An order as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OrderForm {
    pub(super) kind: String,
    pub(super) authority: String,
    pub(super) contact: String,
    pub(super) country: String,
    pub(super) reference: String,
    /// Day and minute in the paper's zone; empty: now.
    pub(super) received: String,
    /// For so many days its authors are not told; empty: they are.
    silent: String,
    /// Why what was entered is corrected.
    pub(super) why: String,
}

/// The kinds of orders: word and name.
pub(super) type Kinds = [(&'static str, String); OrderKind::ALL.len()];

#[derive(Template)]
#[template(path = "orders/list.html")]
struct OrdersPage {
    frame: Frame,
    shell: Shell,
    lines: Vec<Line>,
    next: Option<String>,
    keys: Vec<OrderKey>,
    kinds: Kinds,
    typed: OrderForm,
    problem: Option<&'static str>,
    /// About a key.
    key_problem: Option<&'static str>,
    key_typed: (String, String),
}

struct Line {
    order: Order,
    received: String,
    stands: String,
    open: bool,
}

impl OrdersPage {
    fn received_hint(&self) -> &'static str {
        "order.received-hint"
    }
}

/// `GET /desk/orders`.
pub async fn list(editor: ManagingEditor, Query(query): Query<OrdersQuery>, State(app): State<App>) -> Answer {
    let before = query.before.as_deref().and_then(place);
    page(&app, &editor, before, (OrderForm::default(), None), (Default::default(), None)).await
}

/// `POST /desk/orders`: from here on the clock is seen.
pub async fn enter(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<OrderForm>,
) -> Result<Response, PageError> {
    let now = app.now();
    let new = match form.check(&app, now) {
        Ok(new) => new,
        Err(problem) => {
            let again = page(&app, &editor, None, (form, Some(problem)), (Default::default(), None)).await?;
            return Ok(again.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let (order, happening) = app.store.enter_order(&new, editor.staff.id, now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/orders/{order}")).into_response())
}

/// The page, with what was typed of an order or of a key and why it could not be taken.
pub(super) async fn page(
    app: &App,
    editor: &ManagingEditor,
    before: Option<(Timestamp, OrderId)>,
    (typed, problem): (OrderForm, Option<&'static str>),
    (key_typed, key_problem): ((String, String), Option<&'static str>),
) -> Answer {
    let orders = app.store.orders(before, AT_ONCE).await?;
    let keys = app.store.order_keys().await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "orders").await?;
    let last = orders.last().filter(|_| orders.len() >= AT_ONCE as usize);
    let next = last.map(|last| format!("{}-{}", last.entered.received_at.as_millisecond(), last.id));
    let lines = orders.into_iter().map(|order| Line::new(app, &frame, order)).collect();
    let kinds = kinds(&frame.t);
    Page::private(&OrdersPage { kinds, frame, shell, lines, next, keys, typed, problem, key_problem, key_typed })
}

impl Line {
    fn new(app: &App, frame: &Frame, order: Order) -> Self {
        let t = &frame.t;
        let stands = match (&order.carried_out, order.ended_at) {
            (_, Some(at)) => t.with("order.ended-at", 1, &[("time", &when(t, &app.paper, at))]),
            (Some((at, _)), None) => t.with("order.carried-out-at", 1, &[("time", &when(t, &app.paper, *at))]),
            (None, None) => left(t, due_at(order.entered.received_at), frame.now),
        };
        let open = order.carried_out.is_none() && order.ended_at.is_none();
        Self { received: when(t, &app.paper, order.entered.received_at), stands, open, order }
    }
}

/// The kinds, to choose from.
pub(super) fn kinds(t: &Words) -> Kinds {
    OrderKind::ALL.map(|kind| (kind.key(), t.s(&format!("order.kind.{}", kind.key()))))
}

impl OrderForm {
    /// As it was entered, to be corrected.
    pub(super) fn of(app: &App, entered: &NewOrder) -> Self {
        let received = entered.received_at.to_zoned(app.paper.zone.clone());
        Self {
            kind: entered.kind.key().to_owned(),
            authority: entered.authority.clone(),
            contact: entered.contact.clone(),
            country: entered.country.clone(),
            reference: entered.reference.clone(),
            received: received.strftime("%Y-%m-%dT%H:%M").to_string(),
            ..Self::default()
        }
    }

    pub(super) fn check(&self, app: &App, now: Timestamp) -> Result<NewOrder, &'static str> {
        let line = |text: &str| arabic::clean::line(&text.replace('\0', ""));
        let order = NewOrder {
            kind: OrderKind::from_key(&self.kind).ok_or("order.no-kind")?,
            authority: line(&self.authority),
            contact: line(&self.contact),
            country: line(&self.country).to_ascii_uppercase(),
            reference: line(&self.reference),
            received_at: time(app, &self.received, now).ok_or("order.not-then")?,
            silent_until: silent_until(&self.silent, now).ok_or("order.too-silent")?,
        };
        order.checked(now).map_err(newsroom::order::OrderProblem::key)
    }
}

/// A day and a minute in the paper's zone, as a browser sends it; empty: now.
fn time(app: &App, text: &str, now: Timestamp) -> Option<Timestamp> {
    if text.trim().is_empty() {
        return Some(now);
    }
    app.at_local(text)
}

/// So many days from now; no time at all where nothing is said. None: more than an authority may ask for.
pub(super) fn silent_until(days: &str, now: Timestamp) -> Option<Option<Timestamp>> {
    let days = arabic::digits::to_western(days);
    if days.trim().is_empty() {
        return Some(None);
    }
    let days: i64 = days.trim().parse().ok().filter(|days| (1..=SILENT_DAYS).contains(days))?;
    now.checked_add(SignedDuration::from_hours(days * 24)).ok().map(Some)
}

fn place(text: &str) -> Option<(Timestamp, OrderId)> {
    let (at, order) = text.split_once('-')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, OrderId::from_short(order)?))
}
