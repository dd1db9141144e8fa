//! The answer to the authority: plain facts, as a page to print, as text and as JSON. It holds no word of what was removed.

use super::page::known;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::{Frame, address};
use crate::page::{Answer, Page, file};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use newsroom::Timestamp;
use serde_json::json;
use store::orders::{Order, OrderedComment};

#[derive(Template)]
#[template(path = "orders/reply.html")]
struct ReplyPage {
    frame: Frame,
    shell: Shell,
    order: Order,
    lines: Vec<String>,
}

/// `GET /desk/orders/{order}/reply`.
pub async fn reply(editor: ManagingEditor, Path(order): Path<String>, State(app): State<App>) -> Answer {
    let order = known(&app, &order).await?;
    let (frame, shell) = Shell::of_managing_editor(&app, &editor, "orders").await?;
    let lines = lines(&app, &order).await?;
    Page::private(&ReplyPage { frame, shell, order, lines })
}

/// `GET /desk/orders/{order}/reply.txt`.
pub async fn reply_text(
    _: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let text = lines(&app, &order).await?.join("\n") + "\n";
    Ok(file(text, "text/plain; charset=utf-8", &format!("order-{}.txt", order.id)))
}

/// `GET /desk/orders/{order}/reply.json`.
pub async fn reply_json(
    _: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let comments = app.store.order_comments(order.id).await?;
    let removed: Vec<_> = comments.iter().map(|comment| one(&app, comment)).collect();
    let entered = &order.entered;
    let carried_out_at = order.carried_out.as_ref().map(|(at, _)| *at);
    let text = json!({
        "order": order.id.short(),
        "kind": entered.kind.key(),
        "authority": entered.authority,
        "country": entered.country,
        "reference": entered.reference,
        "hosting_service": app.paper.name,
        "received_at": entered.received_at,
        "carried_out_at": carried_out_at,
        "minutes_from_receipt": carried_out_at.map(|at| minutes(entered.received_at, at)),
        "preserved_until": order.keep_until,
        "author_not_informed_until": entered.silent_until,
        "removed": removed,
    });
    Ok(file(format!("{text:#}\n"), "application/json", &format!("order-{}.json", order.id)))
}

fn one(app: &App, comment: &OrderedComment) -> serde_json::Value {
    json!({
        "address": place(app, comment),
        "comment": comment.comment.short(),
        "action": if comment.ruling.is_some() { "removed" } else { "was-not-public" },
        "at": comment.removed_at,
        "preserved": comment.sealed.as_ref().is_some_and(|(print, _)| !print.is_empty()),
        "sha256": comment.sealed.as_ref().map(|(print, _)| print),
        "reinstated_at": comment.restored_at,
        "erased_at": comment.ended_at,
    })
}

/// Where it stood, as readers write it.
fn place(app: &App, comment: &OrderedComment) -> String {
    let story = comment.slug.as_deref().map(|slug| address::whole(&app.paper, &address::story(slug)));
    match (story, comment.number) {
        (Some(story), Some(number)) => format!("{story}/comments/{number}"),
        (Some(story), None) => story,
        (None, _) => String::new(),
    }
}

/// In the paper's own language, whoever of the staff reads it first.
async fn lines(app: &App, order: &Order) -> Result<Vec<String>, PageError> {
    let app = &app.to_readers();
    let (t, entered) = (&Frame::bare(app, app.now()).t, &order.entered);
    let said = |key: &str, text: &str| format!("{}: {text}", t.s(key));
    let utc = |at: Timestamp| format!("{} ({})", when(t, &app.paper, at), at.strftime("%Y-%m-%dT%H:%M:%SZ"));
    let mut lines = vec![
        said("order.paper", &app.paper.name),
        said("order.kind", &t.s(&format!("order.kind.{}", entered.kind.key()))),
        said("order.authority", &format!("{} ({})", entered.authority, entered.country)),
        said("order.reference", &entered.reference),
        said("order.received", &utc(entered.received_at)),
    ];
    if let Some((at, _)) = &order.carried_out {
        lines.push(said("order.carried-out", &utc(*at)));
        lines.push(t.n("order.took", minutes(entered.received_at, *at)));
    }
    for comment in app.store.order_comments(order.id).await? {
        let key = if comment.ruling.is_some() { "order.reply-removed" } else { "order.reply-not-public" };
        let (place, at) = (place(app, &comment), utc(comment.removed_at));
        lines.push(t.with(key, 1, &[("address", &place), ("time", &at), ("id", &comment.comment.short())]));
    }
    if let Some(until) = order.keep_until {
        lines.push(said("order.keep-until", &utc(until)));
    }
    Ok(lines)
}

fn minutes(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from((to.as_millisecond() - from.as_millisecond()).max(0) / 60_000).unwrap_or(0)
}
