//! Traces, sent to the administrator's own collector (OpenTelemetry, OTLP over HTTP) where one is set; none is set as shipped.
//!
//! What stands in them is said in `store::traced`. They wait in a line that has an end and are sent in the background: a collector
//! that is away or slow delays nobody, is told of once, and what does not get there is counted and forgotten.

mod line;
mod request;
mod waiting;

#[cfg(test)]
mod tests;

pub use request::Requests;

use anyhow::{Context, Result};
use line::Line;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{Protocol, RetryPolicy, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracer, SdkTracerProvider, SpanExporter as Exporter,
};
use std::time::Duration;
use store::traced::TRACED;
use tokio_rustls::rustls::ClientConfig;
use tracing::field::Empty;
use tracing::{Span, info_span};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::Registry;
use url::Url;
use waiting::{MOST_WAITING, Sending, Waiting};

/// Spans that are sent at once, and how long they wait for others.
const AT_ONCE: usize = 512;
const SENT_EVERY: Duration = Duration::from_secs(2);
/// At its end the program waits so long for what was not sent yet.
const SENT_WITHIN: Duration = Duration::from_secs(2);
/// Where spans are sent, below a collector's address (OTLP, «Endpoint URLs»).
const PLACE: &str = "/v1/traces";

/// To whom traces go, and which.
pub struct Wanted {
    /// The collector's address for spans: [`collector`].
    pub to: String,
    /// As which service the paper is known there.
    pub name: String,
    /// The share of what begins here that is traced, from 0 to 1.
    pub share: f64,
    /// Whom the line to it trusts.
    pub tls: ClientConfig,
    /// How requests are traced.
    pub requests: Requests,
}

/// The address for spans of a collector: http or https, with neither name, password, query nor fragment.
pub fn collector(address: &str) -> Option<String> {
    let address = Url::parse(address).ok().filter(|address| matches!(address.scheme(), "http" | "https"))?;
    let is_bare = address.username().is_empty() && address.password().is_none();
    let is_whole = address.has_host() && address.query().is_none() && address.fragment().is_none();
    let base = address.as_str().trim_end_matches('/');
    (is_bare && is_whole).then(|| format!("{}{PLACE}", base.strip_suffix(PLACE).unwrap_or(base)))
}

/// A work that no request waits for, as a trace of its own.
pub fn work(name: &'static str) -> Span {
    info_span!(target: TRACED, "work", otel.name = name, otel.status_code = Empty)
}

/// The work at hand failed. Why stands in the log.
pub fn failed() {
    Span::current().record("otel.status_code", "error");
}

/// What is traced, on its way to the collector.
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Opens the way, without asking whether anybody is at its end.
    ///
    /// # Errors
    /// When variables of the environment that OpenTelemetry reads (`OTEL_…`) do not fit.
    pub fn open(wanted: &Wanted) -> Result<Self> {
        let exporter = SpanExporter::builder().with_http().with_http_client(Line::new(wanted.tls.clone()));
        let exporter = exporter.with_endpoint(&wanted.to).with_protocol(Protocol::HttpBinary);
        // What a collector did not take is lost: to offer it again would hold up what comes behind.
        let exporter = exporter.with_timeout(line::ANSWERED_WITHIN).with_retry_policy(RetryPolicy::disabled());
        let exporter = exporter.build().context("traces.to")?;
        Ok(Self(through(exporter, wanted.share, resource(&wanted.name)?)))
    }

    /// What makes spans of tracing's own, with nothing in them of where in the sources and on which thread.
    pub fn layer(&self) -> OpenTelemetryLayer<Registry, SdkTracer> {
        let layer = OpenTelemetryLayer::new(self.0.tracer("midad")).with_context_activation(false);
        layer.with_location(false).with_threads(false).with_target(false).with_tracked_inactivity(false)
    }

    /// Sends what waits, and waits two seconds for it at most.
    pub async fn finish(self) {
        self.finish_within(SENT_WITHIN).await;
    }

    async fn finish_within(self, span: Duration) {
        let finishing = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(span));
        // What was not taken by then is lost, and was told already.
        let _ = finishing.await;
    }
}

/// The way of spans to whoever takes them, some at a time and from a thread of its own.
fn through(to: impl Exporter + 'static, share: f64, resource: Resource) -> SdkTracerProvider {
    let (sending, waiting) = Sending::through(to);
    let batches = BatchConfigBuilder::default().with_max_queue_size(MOST_WAITING).with_scheduled_delay(SENT_EVERY);
    let batches = batches.with_max_export_batch_size(AT_ONCE).build();
    let batched = BatchSpanProcessor::builder(sending).with_batch_config(batches).build();
    SdkTracerProvider::builder()
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(share))))
        .with_resource(resource)
        .with_span_processor(Waiting::before(batched, waiting))
        .build()
}

/// Who sends: the service, its version, and this process, by a number that it has for as long as it lives.
fn resource(name: &str) -> Result<Resource> {
    let mut process = [0_u8; 16];
    getrandom::fill(&mut process).context("random numbers")?;
    let process: String = process.iter().map(|byte| format!("{byte:02x}")).collect();
    let said = [
        KeyValue::new("service.name", name.to_owned()),
        KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
        KeyValue::new("service.instance.id", process),
    ];
    // No detectors: what else is known of machine and environment stays here.
    Ok(Resource::builder_empty().with_attributes(said).build())
}
