//! A reader's copy of their own data: one file of JSON, written while it is read, so that years of comments fill no memory.

use crate::app::App;
use crate::error::PageError;
use crate::guard::{MaybeVisitor, Pace};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{StreamExt, unfold};
use newsroom::VisitorId;
use serde_json::{Value, json};
use store::visitors::{OwnList, OwnPlace};
use store::{Store, StoreError};

/// The shape of the file. It changes only when whoever reads the old one could not read the new one.
const FORM: &str = "midad-reader/1";
/// Rows read at once.
const AT_ONCE: u32 = 100;

/// `GET /me/data.json`.
pub async fn data(_: Pace, MaybeVisitor(visitor): MaybeVisitor, State(app): State<App>) -> Result<Response, PageError> {
    let visitor = visitor.map(|visitor| visitor.id);
    let head = head(&app, visitor).await?;
    let lists = Store::own_lists().iter().copied().rev().collect();
    let writing = Writing { app, visitor, lists, begun: None, next: Some(head) };
    // The server asks once more after the end: a stream that ended has to say so again.
    let body = Body::from_stream(unfold(writing, Writing::go_on).fuse());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"midad-my-data.json\"")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    Ok((headers, body).into_response())
}

/// What stands before the lists: whose copy it is, of which paper, of when, and how the visitor stands. Ends in the middle.
async fn head(app: &App, visitor: Option<VisitorId>) -> Result<String, PageError> {
    let standing = match visitor {
        Some(visitor) => match app.store.visited(visitor).await {
            Ok(visited) => json!({
                "key": visitor.short(),
                "name": visited.name,
                "first_seen": visited.first_seen,
                "last_seen": visited.last_seen,
                "comments_public": visited.released,
                "comments_not_published": visited.refused,
            }),
            Err(StoreError::NotFound) => json!({ "key": visitor.short() }),
            Err(problem) => return Err(problem.into()),
        },
        None => Value::Null,
    };
    let paper = json!({ "name": app.paper.name, "address": app.paper.address });
    let at = visitor.map(|_| app.now());
    let at = serde_json::to_value(at).unwrap_or_default();
    Ok(format!("{{\"form\":\"{FORM}\",\"at\":{at},\"paper\":{paper},\"visitor\":{standing}"))
}

/// The copy while it is written.
struct Writing {
    app: App,
    visitor: Option<VisitorId>,
    /// Lists to come, the next one last.
    lists: Vec<OwnList>,
    /// The list that has begun, and the place of its last row.
    begun: Option<(OwnList, Option<OwnPlace>)>,
    /// What is sent before anything is read; none once the end was sent.
    next: Option<String>,
}

impl Writing {
    /// Some more of it. An error ends the file in the middle, so that nobody takes it for whole.
    async fn go_on(mut self) -> Option<(Result<Bytes, StoreError>, Self)> {
        let before = self.next.take()?;
        match self.some().await {
            Ok(some) => Some((Ok(Bytes::from(before + &some)), self)),
            Err(problem) => Some((Err(problem), self)),
        }
    }

    async fn some(&mut self) -> Result<String, StoreError> {
        let mut out = String::new();
        let (list, after) = match self.begun.take() {
            Some(begun) => begun,
            None => {
                let Some(list) = self.lists.pop() else { return Ok("}\n".to_owned()) };
                out.push_str(&format!(",\n\"{}\":[", list.name));
                (list, None)
            }
        };
        let (rows, last) = match self.visitor {
            Some(visitor) => self.app.store.own_rows(list, visitor, after, (AT_ONCE, self.app.now())).await?,
            None => (Vec::new(), None),
        };
        for (n, row) in rows.iter().enumerate() {
            out.push_str(if after.is_none() && n == 0 { "\n" } else { ",\n" });
            out.push_str(&serde_json::to_string(row).map_err(|problem| StoreError::Broken(problem.to_string()))?);
        }
        if rows.len() < AT_ONCE as usize {
            out.push(']');
        } else {
            self.begun = Some((list, last));
        }
        self.next = Some(String::new());
        Ok(out)
    }
}
