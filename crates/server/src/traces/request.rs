//! A request as a span, by OpenTelemetry's conventions for HTTP: how it was asked, by which pattern the address was found, and how
//! it was answered. It lasts until the answer begins.
//!
//! Absent on purpose, though the conventions would have them: the address and what stands behind it, the host, who asked from
//! where and with what.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, Method, Version};
use axum::response::Response;
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::TraceContextExt;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use store::traced::TRACED;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use web::Entrance;

/// Where a proxy says to which trace a request belongs (W3C Trace Context). What else it says there, `tracestate`, is not read.
const PARENT: &str = "traceparent";

/// How requests are traced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requests {
    /// The proxy in front says to which trace a request belongs, and is believed. Where none stands there, anybody could say it.
    pub by_proxy: bool,
}

impl Requests {
    /// Has a request answered.
    pub async fn answer(self, entrance: &Entrance, request: Request) -> Response {
        let (span, method) = (self.begun(&request), method(request.method()));
        let response = entrance.answer(request).instrument(span.clone()).await;
        answered(&span, method, &response);
        response
    }

    fn begun(self, request: &Request) -> Span {
        let method = method(request.method());
        let span = info_span!(
            target: TRACED,
            parent: None,
            "request",
            otel.name = method,
            otel.kind = "server",
            otel.status_code = Empty,
            http.request.method = method,
            http.route = Empty,
            http.response.status_code = Empty,
            "error.type" = Empty,
            network.protocol.version = version(request.version()),
        );
        if self.by_proxy
            && let Some(parent) = parent(request.headers())
        {
            // A span that is not made has none.
            let _ = span.set_parent(parent);
        }
        span
    }
}

fn answered(span: &Span, method: &str, response: &Response) {
    let status = response.status();
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if status.is_server_error() {
        span.record("error.type", status.as_str());
        span.record("otel.status_code", "error");
    }
    if let Some(pattern) = response.extensions().get::<MatchedPath>() {
        span.record("http.route", pattern.as_str());
        // By now it has parts, and its name is changed where it lies.
        span.context().span().update_name(format!("{method} {}", pattern.as_str()));
    }
}

/// The method; one that nobody knows is somebody's own words.
fn method(asked: &Method) -> &'static str {
    match asked.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH",
        "OPTIONS" => "OPTIONS",
        _ => "_OTHER",
    }
}

fn version(asked: Version) -> &'static str {
    match asked {
        Version::HTTP_2 => "2",
        Version::HTTP_10 => "1.0",
        _ => "1.1",
    }
}

/// The trace to which a request belongs; none where that is not said, is said twice, or cannot be read.
pub(super) fn parent(said: &HeaderMap) -> Option<Context> {
    let mut all = said.get_all(PARENT).iter();
    let (only, None) = (all.next()?.to_str().ok()?, all.next()) else { return None };
    let context = TraceContextPropagator::new().extract_with_context(&Context::new(), &Said(only));
    context.has_active_span().then_some(context)
}

/// That one line, and no other.
struct Said<'h>(&'h str);

impl Extractor for Said<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        (key == PARENT).then_some(self.0)
    }

    fn keys(&self) -> Vec<&str> {
        vec![PARENT]
    }
}
