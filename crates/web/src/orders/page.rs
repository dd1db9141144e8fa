//! The page of one order.

use super::clock::{OpenOrder, clocks};
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{ManagingEditor, Member};
use crate::layout::{Frame, address};
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::people::May;
use newsroom::{OrderId, Timestamp};
use store::orders::{Order, OrderLine, OrderedComment};

#[derive(Template)]
#[template(path = "orders/page.html")]
struct OrderPage {
    frame: Frame,
    shell: Shell,
    order: Order,
    kind: String,
    received: String,
    entered: String,
    clock: Option<OpenOrder>,
    carried_out: Option<String>,
    keep_until: Option<String>,
    silent_until: Option<String>,
    ended: Option<String>,
    document: Option<String>,
    comments: Vec<Removed>,
    lines: Vec<(OrderLine, String)>,
    has_keys: bool,
    /// Whoever holds the keys may take what is sealed, and bring it back.
    owns: bool,
    problem: Option<&'static str>,
    typed: (String, String),
}

/// A comment that the order removed.
struct Removed {
    comment: OrderedComment,
    address: String,
    when: String,
    was: String,
    /// What has become of its words.
    words: String,
    stands: bool,
}

/// `GET /desk/orders/{order}`.
pub async fn order(editor: ManagingEditor, Path(order): Path<String>, State(app): State<App>) -> Answer {
    let order = known(&app, &order).await?;
    page(&app, &editor, order, Default::default(), None).await
}

/// The order of an address.
pub(super) async fn known(app: &App, order: &str) -> Result<Order, PageError> {
    Ok(app.store.order(OrderId::from_short(order).ok_or(PageError::NotFound)?).await?)
}

/// The page again, with what was typed and why nothing was done.
pub(super) async fn again(
    app: &App,
    member: &Member,
    order: &Order,
    typed: (String, String),
    problem: &'static str,
) -> Result<Response, PageError> {
    let order = app.store.order(order.id).await?;
    let page = page(app, member, order, typed, Some(problem)).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(
    app: &App,
    member: &Member,
    order: Order,
    typed: (String, String),
    problem: Option<&'static str>,
) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "orders").await?;
    let (comments, lines) = (app.store.order_comments(order.id).await?, app.store.order_lines(order.id).await?);
    let clock = clocks(app, &frame.t, &member.staff).await?.into_iter().find(|clock| clock.id == order.id);
    let t = frame.t;
    let at = |at: Timestamp| when(&t, &app.paper, at);
    let by = |key: &str, (time, name): &(Timestamp, String)| t.with(key, 1, &[("time", &at(*time)), ("name", name)]);
    let page = OrderPage {
        kind: t.s(&format!("order.kind.{}", order.entered.kind.key())),
        received: at(order.entered.received_at),
        entered: by("order.by-at", &order.entered_at),
        clock,
        carried_out: order.carried_out.as_ref().map(|done| by("order.by-at", done)),
        keep_until: order.keep_until.map(at),
        silent_until: order.entered.silent_until.map(at),
        ended: order.ended_at.map(at),
        document: order.document.as_ref().map(|document| at(document.at)),
        comments: comments.into_iter().map(|comment| Removed::new(app, &frame, comment)).collect(),
        lines: lines.into_iter().map(|line| (line.clone(), at(line.at))).collect(),
        has_keys: !app.store.order_keys().await?.is_empty(),
        owns: member.staff.role.may(May::ManageStaff),
        frame,
        shell,
        order,
        problem,
        typed,
    };
    Page::private(&page)
}

impl Removed {
    fn new(app: &App, frame: &Frame, comment: OrderedComment) -> Self {
        let t = &frame.t;
        let at = |at: Timestamp| when(t, &app.paper, at);
        let words = match (comment.restored_at, comment.ended_at, &comment.sealed) {
            (Some(time), ..) => t.with("order.restored-at", 1, &[("time", &at(time))]),
            (_, Some(time), _) => t.with("order.ended-at", 1, &[("time", &at(time))]),
            (_, _, Some((print, _))) if print.is_empty() => t.s("order.was-gone"),
            (_, _, Some((_, time))) => t.with("order.sealed-at", 1, &[("time", &at(*time))]),
            (None, None, None) => t.s("order.not-sealed"),
        };
        Self {
            address: comment.slug.as_deref().map(address::story).unwrap_or_default(),
            when: at(comment.removed_at),
            was: t.s(&format!("state.{}", comment.was.key())),
            words,
            stands: comment.restored_at.is_none() && comment.ended_at.is_none(),
            comment,
        }
    }
}

impl OrderPage {
    fn step(&self, line: &OrderLine) -> String {
        self.frame.t.s(&format!("order.step.{}", line.what.key()))
    }

    fn is_sealed(&self, removed: &Removed) -> bool {
        removed.comment.sealed.as_ref().is_some_and(|(print, _)| !print.is_empty())
    }
}
