//! The way of spans, to whoever takes them, is away, or never answers.

use super::request::parent;
use super::waiting::{MOST_WAITING, Sending};
use super::{AT_ONCE, Traces, collector, resource, through};
use axum::http::HeaderMap;
use opentelemetry::trace::{Span, SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, Tracer, TracerProvider};
use opentelemetry::{Context, trace::TraceState};
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanData, SpanExporter};
use std::io::Write;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Takes spans, says how many, and goes on when it is let: what it is let by may be gone, and holds it then no more.
#[derive(Debug)]
struct Held {
    came: Mutex<Sender<usize>>,
    goes_on: Mutex<Receiver<()>>,
}

impl Held {
    fn new() -> (Self, Receiver<usize>, Sender<()>) {
        let ((came, comes), (let_go, goes_on)) = (channel(), channel());
        (Self { came: Mutex::new(came), goes_on: Mutex::new(goes_on) }, comes, let_go)
    }
}

impl SpanExporter for Held {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        // Nobody counts any more when the test has ended.
        let _ = self.came.lock().unwrap().send(batch.len());
        let _ = self.goes_on.lock().unwrap().recv();
        Ok(())
    }
}

fn way(to: impl SpanExporter + 'static, share: f64) -> SdkTracerProvider {
    through(to, share, resource("harbour").unwrap())
}

fn make_spans(provider: &SdkTracerProvider, count: usize) {
    let tracer = provider.tracer("test");
    (0..count).for_each(|_| tracer.start("a work").end());
}

#[test]
fn an_address_of_a_collector_is_whole_and_bare() {
    for (said, wanted) in [
        ("http://127.0.0.1:4318", Some("http://127.0.0.1:4318/v1/traces")),
        ("http://collector:4318/", Some("http://collector:4318/v1/traces")),
        ("https://traces.example/otlp", Some("https://traces.example/otlp/v1/traces")),
        ("https://traces.example/v1/traces", Some("https://traces.example/v1/traces")),
        ("https://name:secret@traces.example", None),
        ("https://traces.example/?key=1", None),
        ("grpc://traces.example:4317", None),
        ("127.0.0.1:4318", None),
        ("", None),
    ] {
        assert_eq!(collector(said).as_deref(), wanted, "{said}");
    }
}

#[test]
fn whoever_ends_a_span_beyond_the_last_place_waits_for_nobody() {
    let (held, came, let_go) = Held::new();
    let provider = way(held, 1.0);
    make_spans(&provider, AT_ONCE);
    let in_hand = came.recv().unwrap();
    // None of these would end if somebody waited: what takes them is held.
    make_spans(&provider, MOST_WAITING * 2);
    drop(let_go);
    provider.shutdown_with_timeout(Duration::from_secs(60)).unwrap();
    assert_eq!(in_hand + came.try_iter().sum::<usize>(), in_hand + MOST_WAITING, "the others were let go of");
}

#[test]
fn a_share_of_nothing_begins_no_trace_and_goes_on_with_one_that_is_kept() {
    let (held, came, let_go) = Held::new();
    drop(let_go);
    let provider = way(held, 0.0);
    make_spans(&provider, 100);
    let (trace, span) = (TraceId::from(7_u128), SpanId::from(7_u64));
    let kept = SpanContext::new(trace, span, TraceFlags::SAMPLED, true, TraceState::default());
    let tracer = provider.tracer("test");
    tracer.start_with_context("a part", &Context::new().with_remote_span_context(kept)).end();
    provider.shutdown_with_timeout(Duration::from_secs(60)).unwrap();
    assert_eq!(came.try_iter().collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn a_collector_that_never_answers_holds_the_end_of_the_program_up_no_longer_than_is_said() {
    let (held, came, let_go) = Held::new();
    let provider = way(held, 1.0);
    make_spans(&provider, 1);
    Traces(provider).finish_within(Duration::from_millis(50)).await;
    assert_eq!(came.recv(), Ok(1), "it was tried");
    drop(let_go);
}

/// Takes nothing while it is told to.
#[derive(Debug)]
struct Away(Arc<Mutex<bool>>);

impl SpanExporter for Away {
    async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
        match *self.0.lock().unwrap() {
            true => Err(OTelSdkError::InternalFailure("nobody there".to_owned())),
            false => Ok(()),
        }
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn that_a_collector_is_away_is_said_once_each_time_it_goes() {
    let (log, is_away) = (Log::default(), Arc::new(Mutex::new(true)));
    let said = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || said.clone()).finish();
    let _told = tracing::subscriber::set_default(subscriber);
    let (sending, _) = Sending::through(Away(Arc::clone(&is_away)));
    for away in [true, true, true, false, false, true, true] {
        *is_away.lock().unwrap() = away;
        assert_eq!(sending.export(Vec::new()).await.is_err(), away);
    }
    let told = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let times = |words: &str| told.matches(words).count();
    assert_eq!((times("do not get"), times("nobody there"), times("again")), (2, 2, 1), "{told}");
}

#[test]
fn a_trace_is_taken_over_where_it_is_said_once_and_can_be_read() {
    let said = |lines: &[&str]| {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("traceparent", line.parse().unwrap());
        }
        parent(&headers).map(|context| context.span().span_context().trace_id())
    };
    let whole = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    assert_eq!(said(&[whole]), Some(TraceId::from(0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128)));
    for wrong in [&[] as &[&str], &[whole, whole], &["00-00-00-01"], &["x"], &["00-0af7651916cd43dd8448eb211c80319c"]] {
        assert_eq!(said(wrong), None, "{wrong:?}");
    }
}
