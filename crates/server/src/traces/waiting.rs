//! Spans that wait to be sent, and what becomes of them. Beyond the last place they are let go of at once: who ends a span never
//! waits.

use metrics::counter;
use opentelemetry::Context;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanExporter, SpanProcessor};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Places in the line: some megabytes.
pub(super) const MOST_WAITING: usize = 4_096;

/// How many wait.
type Places = Arc<AtomicUsize>;

/// The line's beginning, with its own count of places: what stands behind it counts what it lets go of where nobody sees it.
#[derive(Debug)]
pub(super) struct Waiting<Behind> {
    behind: Behind,
    taken: Places,
}

impl<Behind: SpanProcessor> Waiting<Behind> {
    pub(super) fn before(behind: Behind, taken: Places) -> Self {
        Self { behind, taken }
    }
}

impl<Behind: SpanProcessor> SpanProcessor for Waiting<Behind> {
    fn on_start(&self, span: &mut Span, context: &Context) {
        self.behind.on_start(span, context);
    }

    fn on_end(&self, span: SpanData) {
        if self.taken.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            self.taken.fetch_sub(1, Ordering::Relaxed);
            return count("lost", 1);
        }
        self.behind.on_end(span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.behind.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.behind.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.behind.set_resource(resource);
    }
}

/// The line's end.
#[derive(Debug)]
pub(super) struct Sending<To> {
    to: To,
    taken: Places,
    /// The last ones did not get there, which was said.
    is_away: AtomicBool,
}

impl<To: SpanExporter> Sending<To> {
    /// The end of a line, and the places that its beginning counts.
    pub(super) fn through(to: To) -> (Self, Places) {
        let taken = Places::default();
        (Self { to, taken: Arc::clone(&taken), is_away: AtomicBool::new(false) }, taken)
    }

    /// Whether they got there is said when it was otherwise before.
    fn tell(&self, sent: &OTelSdkResult, spans: usize) {
        count(if sent.is_ok() { "sent" } else { "lost" }, spans);
        match (sent, self.is_away.swap(sent.is_err(), Ordering::Relaxed)) {
            (Err(problem), false) => {
                tracing::warn!(%problem, "traces do not get to their collector; until they do they are counted and lost");
            }
            (Ok(()), true) => tracing::info!("traces get to their collector again"),
            (Err(_), true) | (Ok(()), false) => {}
        }
    }
}

impl<To: SpanExporter> SpanExporter for Sending<To> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        self.taken.fetch_sub(spans, Ordering::Relaxed);
        let sent = self.to.export(batch).await;
        self.tell(&sent, spans);
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.to.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.to.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.to.set_resource(resource);
    }
}

fn count(state: &'static str, spans: usize) {
    counter!("midad_spans_total", "state" => state).increment(u64::try_from(spans).unwrap_or(u64::MAX));
}
