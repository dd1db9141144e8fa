//! What stands in a trace of a request beside the store's part (`store::traced`): which address's pattern was asked for, which
//! template was rendered, that a comment was judged, and texts that were read for their meaning.

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use store::traced::{TRACED, is_on, is_part};
use tracing::{Span, info_span};

/// Answers say by which pattern of the list of addresses they were found; where nobody collects there is no such layer.
pub fn patterns<S: Clone + Send + Sync + 'static>(all: Router<S>) -> Router<S> {
    if is_on() { all.layer(from_fn(with_pattern)) } else { all }
}

/// The pattern, and never the address: that holds names of stories, ids and what stands in links of letters.
async fn with_pattern(request: Request, next: Next) -> Response {
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    if let Some(pattern) = pattern {
        response.extensions_mut().insert(pattern);
    }
    response
}

/// A page that is made for all who wait for it, in a task of its own.
pub fn making() -> Span {
    if is_part() { info_span!(target: TRACED, "make a ready page") } else { Span::none() }
}

/// A template is rendered, until this is dropped.
pub fn rendering<Template: ?Sized>() -> Span {
    if !is_part() {
        return Span::none();
    }
    let template = template(std::any::type_name::<Template>());
    info_span!(target: TRACED, "render", otel.name = format!("render {template}"), midad.template = template)
}

/// A comment is judged, until this is dropped.
pub fn judging() -> Span {
    if is_part() { info_span!(target: TRACED, "judge") } else { Span::none() }
}

/// So many texts are read for their meaning, until this is dropped: for a request, or by themselves.
pub fn encoding(texts: usize) -> Span {
    info_span!(target: TRACED, "encode", midad.texts = i64::try_from(texts).unwrap_or(i64::MAX))
}

/// The template by itself: `web::story::page::StoryPage<'_>` is `StoryPage`.
fn template(of: &'static str) -> &'static str {
    let alone = of.split('<').next().unwrap_or(of);
    alone.rsplit("::").next().unwrap_or(alone)
}

#[cfg(test)]
mod tests {
    use super::template;

    #[test]
    fn a_template_is_called_by_its_own_name() {
        assert_eq!(template("web::story::page::StoryPage<'_>"), "StoryPage");
        assert_eq!(template("web::front::Front"), "Front");
        assert_eq!(template("web::page::Of<web::story::Body>"), "Of");
    }
}
