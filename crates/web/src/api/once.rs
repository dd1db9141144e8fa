//! A request with a name of its own (`Idempotency-Key`, draft-ietf-httpapi-idempotency-key-header) is carried out once: the
//! same one again, within a day, is answered what it was answered, and another one under its name is refused.

use super::problem::ApiProblem;
use super::program::Program;
use crate::app::App;
use crate::print::sha256;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use newsroom::{ApiClientId, Timestamp};
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use store::api_clients::Named;

const NAME: &str = "idempotency-key";
const LONGEST: usize = 100;
/// The most that is taken in one call, in bytes: the longest story and its JSON.
pub const MOST_SENT: usize = 2 * 1024 * 1024;
/// What a POST answers at most: a whole story, in which JSON may write a letter as several.
const MOST_ANSWERED: usize = 4 * MOST_SENT;

/// A name is given back so often at most, and so long lies between two times: some minutes.
const MOST_TRIES: u32 = 60;
const BETWEEN_TRIES: Duration = Duration::from_secs(5);

/// The answer to a request, new or as it was.
pub async fn answered(app: &App, program: &Program, request: Request, next: Next) -> Response {
    let Some(name) = request.headers().get(NAME).filter(|_| request.method() == Method::POST) else {
        return next.run(request).await;
    };
    let Some(name) = name.to_str().ok().filter(|name| !name.is_empty() && name.len() <= LONGEST) else {
        let says = format!("{NAME}: 1 to {LONGEST} letters of ASCII");
        return ApiProblem::Malformed(String::new(), says).into_response();
    };
    let name = name.to_owned();
    named(app, program, &name, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn named(app: &App, program: &Program, name: &str, request: Request, next: Next) -> Result<Response, ApiProblem> {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, MOST_SENT).await.map_err(|_| ApiProblem::TooLarge)?;
    let print = sha256(format!("{} {}", parts.uri, sha256(&bytes)));
    let now = app.now();
    match app.store.take_request(program.client(), (name, &print), now).await? {
        Named::First => {}
        Named::Another => return Err(ApiProblem::NameUsed),
        Named::Running => return Err(ApiProblem::Running),
        Named::Answered(status, answer) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            let mut response = (status, answer).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
            return Ok(response);
        }
    }
    let (kept, claim) = (app.clone(), Claim { client: program.client(), name: name.to_owned(), taken_at: now });
    let request = Request::from_parts(parts, Body::from(bytes));
    // Carried to its end also where whoever asked has gone meanwhile: what was done is remembered under its name.
    let carried = tokio::spawn(async move { carried_out(&kept, claim, next.run(request)).await });
    carried.await.unwrap_or(Err(ApiProblem::Broken))
}

/// A name that was taken for a request.
struct Claim {
    client: ApiClientId,
    name: String,
    /// By it this request's claim is told from one that is made later under the same name.
    taken_at: Timestamp,
}

/// Carries a request out and keeps its answer. What failed changed nothing, and may be sent again as it was or mended.
async fn carried_out(app: &App, claim: Claim, work: impl Future<Output = Response>) -> Result<Response, ApiProblem> {
    let Ok(response) = AssertUnwindSafe(work).catch_unwind().await else {
        give_back(app, claim).await;
        return Err(ApiProblem::Broken);
    };
    if !response.status().is_success() {
        give_back(app, claim).await;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST_ANSWERED).await.map_err(|_| ApiProblem::Broken)?;
    let answer = (parts.status.as_u16(), &*String::from_utf8_lossy(&bytes));
    if let Err(error) = app.store.keep_answer(claim.client, &claim.name, answer).await {
        // It is done, and whoever asked hears so; the same one again is not carried out a second time.
        tracing::warn!(%error, "the answer to a named request could not be kept");
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

/// Gives the name of a request back that failed. A store that cannot write now is asked again for a while behind the answer: nobody
/// is to wait a day for a name under which nothing was done.
async fn give_back(app: &App, claim: Claim) {
    let Claim { client, name, taken_at } = claim;
    if app.store.drop_answer(client, &name, taken_at).await.is_ok() {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        for _ in 0..MOST_TRIES {
            tokio::time::sleep(BETWEEN_TRIES).await;
            if app.store.drop_answer(client, &name, taken_at).await.is_ok() {
                return;
            }
        }
    });
}
