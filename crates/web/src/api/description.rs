//! What the calls are, for programs that write programs: OpenAPI 3.1, made of the handlers and of the types by which they
//! answer. What holds for all calls (the key, the problems, the name of a request) is said here once.

use super::{comments, furniture, problem, published, queue, rulings, stories, writing};
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use std::sync::LazyLock;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(title = "Midad", version = "1", description = "The whole paper for programs of the house."),
    paths(
        stories::stories,
        stories::story,
        writing::begin,
        writing::change,
        published::publish,
        published::withdraw,
        comments::comments,
        queue::queue,
        queue::entry,
        rulings::rule,
        rulings::undo,
        furniture::sections,
        furniture::tags,
        furniture::pages,
        furniture::staff
    )
)]
struct Described;

/// What can go wrong with every call.
const ALWAYS: &[&str] = &["401", "403", "429", "500", "503"];
/// With one that names something in its path, that asks for a part of a list, and that sends something.
const NAMING: &[&str] = &["404"];
const ASKING: &[&str] = &["400"];
const SENDING: &[&str] = &["400", "409", "413", "422"];

static DESCRIPTION: LazyLock<String> = LazyLock::new(|| described().to_string());

/// `GET /api/v1/openapi.json`.
pub async fn description() -> impl IntoResponse {
    let kept = (header::CACHE_CONTROL, "public, max-age=3600");
    ([(header::CONTENT_TYPE, "application/json"), kept], DESCRIPTION.as_str())
}

/// The description as it is handed out.
pub fn described() -> Value {
    let mut whole = serde_json::to_value(Described::openapi()).unwrap_or_default();
    whole["security"] = json!([{ "key": [] }]);
    whole["components"]["securitySchemes"] = json!({ "key": { "type": "http", "scheme": "bearer" } });
    whole["components"]["schemas"]["Problem"] = json!({
        "type": "object",
        "description": "RFC 9457; `title` is in the language that was preferred.",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "format": "uri" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "pointer": { "type": "string" },
            "scope": { "type": "string" },
            "now": { "type": "string" },
            "errors": { "type": "array", "items": { "type": "string" } },
        },
    });
    let Some(paths) = whole["paths"].as_object_mut() else { return whole };
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete(path, method, operation);
        }
    }
    whole
}

/// What stands at every call alike.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let sends = ["post", "put"].contains(&method);
    let asks = operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["in"] == "query"));
    let also = [(path.contains('{'), NAMING), (asks, ASKING), (sends, SENDING)];
    let statuses = ALWAYS.iter().chain(also.into_iter().filter(|(is, _)| *is).flat_map(|(_, also)| also));
    for status in statuses {
        operation["responses"][*status] = json!({
            "description": "Why not",
            "content": { (problem::MEDIA_TYPE): { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
    }
    if method != "post" {
        return;
    }
    let name = json!({
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description": "A name of the request's own: the same one again, within a day, is answered the same.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 100 },
    });
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.push(name),
        None => operation["parameters"] = json!([name]),
    }
}
