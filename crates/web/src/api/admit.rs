//! The layer before every call: whose key it is, whether it comes too fast, and whether it was answered before.

use super::once;
use super::problem::ApiProblem;
use super::program::Program;
use crate::app::App;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a program in, and tells it how many calls are left.
pub async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let program = match Program::of(&app, request.headers()).await {
        Ok(program) => program,
        Err(problem) => return problem.into_response(),
    };
    let stand = app.programs.take(program.client(), program.per_minute(), app.now());
    let mut response = if stand.over {
        ApiProblem::TooFast(stand.wait()).into_response()
    } else {
        request.extensions_mut().insert(program.clone());
        once::answered(&app, &program, request, next).await
    };
    stand.say(response.headers_mut());
    response
}
