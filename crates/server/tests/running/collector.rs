//! A collector of traces for tests: it takes what it is sent by OTLP over HTTP, and keeps the bytes.
#![allow(dead_code)]

use super::Launch;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, header};
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use std::sync::{Arc, Mutex};

type Kept = Arc<Mutex<Vec<Bytes>>>;

/// The collector.
pub struct Collector {
    /// Where it listens.
    pub address: String,
    came: Kept,
}

impl Collector {
    /// Opens one on a free port.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let came = Kept::default();
        let routes = axum::Router::new()
            .route("/v1/traces", post(take))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&came));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { address, came }
    }

    /// A command that sends its traces there.
    pub fn known_to(&self, launch: Launch) -> Launch {
        launch.set(&format!("traces.to={}", self.address))
    }

    /// Whether these words stand anywhere in what came, in whatever field.
    pub fn was_told(&self, words: &str) -> bool {
        let words = words.as_bytes();
        let came = self.came.lock().expect("a lock");
        came.iter().any(|bytes| bytes.windows(words.len()).any(|some| some == words))
    }

    /// Everything that came, as a collector reads it.
    pub fn requests(&self) -> Vec<ExportTraceServiceRequest> {
        let came = self.came.lock().expect("a lock").clone();
        came.into_iter().map(|bytes| ExportTraceServiceRequest::decode(bytes).expect("OTLP")).collect()
    }

    /// Every span that came.
    pub fn spans(&self) -> Vec<Span> {
        let groups = self.requests().into_iter().flat_map(|request| request.resource_spans);
        groups.flat_map(|group| group.scope_spans).flat_map(|scope| scope.spans).collect()
    }
}

async fn take(State(came): State<Kept>, headers: HeaderMap, body: Bytes) -> &'static str {
    assert_eq!(headers[header::CONTENT_TYPE], "application/x-protobuf");
    came.lock().expect("a lock").push(body);
    ""
}

/// What stands under a key.
pub fn said(attributes: &[KeyValue], key: &str) -> Option<String> {
    let found = attributes.iter().find(|attribute| attribute.key == key)?;
    match found.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        other => panic!("{key} is {other:?}"),
    }
}
