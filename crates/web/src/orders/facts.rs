//! What was typed wrong when an order was entered is put right; what stood there before stays in the order's log.

use super::enter::{Kinds, OrderForm, kinds};
use super::page::{again, known};
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
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::OrderId;
use newsroom::order::NewOrder;
use store::StoreError;
use store::orders::Order;

/// The longest reason of a correction, in signs.
const MOST_WHY: usize = 500;

#[derive(Template)]
#[template(path = "orders/facts.html")]
struct FactsPage {
    frame: Frame,
    shell: Shell,
    order: OrderId,
    authority: String,
    kinds: Kinds,
    typed: OrderForm,
    problem: Option<&'static str>,
}

impl FactsPage {
    fn received_hint(&self) -> &'static str {
        "order.received-stays"
    }
}

/// `GET /desk/orders/{order}/facts`.
pub async fn facts(editor: ManagingEditor, Path(order): Path<String>, State(app): State<App>) -> Answer {
    let order = known(&app, &order).await?;
    let typed = OrderForm::of(&app, &order.entered);
    page(&app, &editor, order, (typed, None)).await
}

/// `POST /desk/orders/{order}/facts`. What its authors were told until now stays as they were told.
pub async fn correct(
    editor: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
    Form(form): Form<OrderForm>,
) -> Result<Response, PageError> {
    let (order, now) = (known(&app, &order).await?, app.now());
    let why = arabic::clean::line(&form.why.replace('\0', ""));
    let new = match why.chars().count() {
        0 => Err("order.why-missing"),
        1..=MOST_WHY => form.check(&app, now).map(|new| kept_to_the_second(&app, new, &form, &order)),
        _ => Err("measure.too-long"),
    };
    // What was carried out had been received.
    let in_time = |new: &NewOrder| order.carried_out.as_ref().is_none_or(|(at, _)| new.received_at <= *at);
    let new = new.and_then(|new| if in_time(&new) { Ok(new) } else { Err("order.not-then") });
    let new = match new {
        Ok(new) => new,
        Err(problem) => {
            let again = page(&app, &editor, order, (form, Some(problem))).await?;
            return Ok(again.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let to = Redirect::to(&format!("/desk/orders/{}", order.id)).into_response();
    // It stays in the order's log, which everybody reads: in the paper's own language.
    let (printed, t) = (app.to_readers(), Frame::bare(&app.to_readers(), now).t);
    let changed = changed(&printed, &t, &order.entered, &new);
    if changed.is_empty() {
        return Ok(to);
    }
    let why = format!("{why} ({})", changed.join(" · "));
    match app.store.correct_order(order.id, (&order.entered, &new), (editor.staff.id, &why), now).await {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(StoreError::Conflict(_)) => {
            return again(&app, &editor, &order, Default::default(), "order.overtaken").await;
        }
        Err(error) => return Err(error.into()),
    }
    Ok(to)
}

async fn page(
    app: &App,
    editor: &ManagingEditor,
    order: Order,
    (typed, problem): (OrderForm, Option<&'static str>),
) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "orders").await?;
    let kinds = kinds(&frame.t);
    Page::private(&FactsPage {
        frame,
        shell,
        order: order.id,
        authority: order.entered.authority,
        kinds,
        typed,
        problem,
    })
}

/// A minute that was left as it stood, or taken out, is the second that was noted; how long authors are not told is changed elsewhere.
fn kept_to_the_second(app: &App, new: NewOrder, form: &OrderForm, order: &Order) -> NewOrder {
    let same = form.received.trim().is_empty() || form.received == OrderForm::of(app, &order.entered).received;
    let received_at = if same { order.entered.received_at } else { new.received_at };
    NewOrder { received_at, silent_until: order.entered.silent_until, ..new }
}

/// What is other than before, each with what stood there.
fn changed(app: &App, t: &Words, was: &NewOrder, now: &NewOrder) -> Vec<String> {
    let kind = |order: &NewOrder| t.s(&format!("order.kind.{}", order.kind.key()));
    let at = |order: &NewOrder| when(t, &app.paper, order.received_at);
    let facts = [
        ("order.kind", kind(was), kind(now)),
        ("order.authority", was.authority.clone(), now.authority.clone()),
        ("order.contact", was.contact.clone(), now.contact.clone()),
        ("order.country", was.country.clone(), now.country.clone()),
        ("order.reference", was.reference.clone(), now.reference.clone()),
        ("order.received", at(was), at(now)),
    ];
    let other = facts.into_iter().filter(|(_, was, now)| was != now);
    other
        .map(|(what, was, now)| t.with("order.changed", 1, &[("what", &t.s(what)), ("was", &was), ("now", &now)]))
        .collect()
}
