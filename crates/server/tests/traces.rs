//! Traces for an administrator's own collector: what is told there, what never is, and that nobody waits for it.
#![allow(clippy::expect_used, reason = "a test may panic")]

mod running;

use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use reqwest::header::SET_COOKIE;
use running::collector::{Collector, said};
use running::{Launch, Reader, free_port, until};

const NAME: &str = "هدى القارئة";
const WORDS: &str = "الجسر القديم يحتاج إلى ترميم قبل الشتاء المقبل";
const LOOKED_FOR: &str = "زيتونة";
/// A network that nobody has (RFC 5737).
const NETWORK: &str = "203.0.113.77";
/// A proxy's trace, and the part of it that is the proxy's.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PROXY: &str = "b7ad6b7169203331";

fn named<'s>(spans: &'s [Span], name: &str) -> Vec<&'s Span> {
    spans.iter().filter(|span| span.name == name).collect()
}

fn only<'s>(spans: &'s [Span], name: &str) -> &'s Span {
    let found = named(spans, name);
    assert_eq!(found.len(), 1, "{name}; there are {:?}", spans.iter().map(|span| &span.name).collect::<Vec<_>>());
    found[0]
}

/// Whether one is part of the other, at whatever depth.
fn is_part_of(spans: &[Span], part: &Span, whole: &Span) -> bool {
    let parent = spans.iter().find(|span| span.span_id == part.parent_span_id);
    part.trace_id == whole.trace_id
        && (part.parent_span_id == whole.span_id || parent.is_some_and(|parent| is_part_of(spans, parent, whole)))
}

fn hex(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_told_with_its_parts_and_nobody_is_in_it() {
    let collector = Collector::open().await;
    let demo = collector.known_to(Launch::new(&["demo"]).set("paper.behind-proxy=yes").set("traces.name=harbour"));
    let paper = demo.start().await;
    let reader = paper.reader();
    let story = reader.open_stories(1).await.remove(0);
    let posted = reader.try_to_comment(&story, NAME, WORDS).await.expect("an answer");
    assert!(posted.status.is_redirection(), "{}", posted.status);
    reader.get(&format!("/search?q={LOOKED_FOR}")).await;
    assert_eq!(reader.get("/nowhere/at-all").await.status, 404);
    let from_afar = reqwest::Client::new().get(&paper.address).header("x-forwarded-for", NETWORK);
    assert!(from_afar.send().await.expect("an answer").status().is_success());
    // What waits is sent before the program ends.
    paper.stop().await;

    let spans = collector.spans();
    let post = only(&spans, "POST /stories/{story}/comments");
    assert_eq!((post.kind(), post.parent_span_id.len()), (SpanKind::Server, 0));
    for (key, value) in [
        ("http.request.method", "POST"),
        ("http.route", "/stories/{story}/comments"),
        ("http.response.status_code", "303"),
        ("network.protocol.version", "1.1"),
    ] {
        assert_eq!(said(&post.attributes, key).as_deref(), Some(value), "{key}");
    }
    assert!(post.end_time_unix_nano > post.start_time_unix_nano);
    let parts: Vec<&Span> = spans.iter().filter(|span| is_part_of(&spans, span, post)).collect();
    let part = |name: &str| parts.iter().find(|span| span.name == name).unwrap_or_else(|| panic!("{name}: {parts:#?}"));
    assert_eq!(part("judge").kind(), SpanKind::Internal);
    let insert = part("insert comments");
    assert_eq!(
        (insert.kind(), said(&insert.attributes, "db.system.name").as_deref()),
        (SpanKind::Client, Some("sqlite"))
    );
    let text = said(&insert.attributes, "db.query.text").expect("a statement");
    assert!(text.starts_with("insert into comments") && text.contains("$1"), "{text}");
    let job = spans.iter().find(|span| span.span_id == insert.parent_span_id).expect("a job");
    assert!(job.name.starts_with("write ") && said(&job.attributes, "code.function.name").is_some(), "{}", job.name);
    what_readers_open(&spans);
    for sent in collector.requests().iter().flat_map(|request| &request.resource_spans) {
        let resource = &sent.resource.as_ref().expect("a resource").attributes;
        assert_eq!(said(resource, "service.name").as_deref(), Some("harbour"));
        assert_eq!(said(resource, "service.version").as_deref(), Some(env!("CARGO_PKG_VERSION")));
        assert_eq!(said(resource, "service.instance.id").expect("a number").len(), 32);
    }

    let cookies = posted.headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let keys: Vec<String> = cookies.filter_map(|cookie| Some(cookie.split(['=', ';']).nth(1)?.to_owned())).collect();
    assert!(keys.iter().any(|key| key.len() > 40), "a device has a key: {keys:?}");
    let slug = story.trim_start_matches("/stories/");
    let some_words = WORDS.split(' ').filter(|word| word.len() > 8);
    let words = [NAME, LOOKED_FOR, NETWORK, "127.0.0.1", "/nowhere", slug].into_iter().chain(some_words);
    for nobodys in words.chain(keys.iter().map(String::as_str).filter(|key| key.len() > 8)) {
        assert!(!collector.was_told(nobodys), "«{nobodys}» was told");
    }
}

/// Pages that are made, pages that are ready, and addresses where nothing stands.
fn what_readers_open(spans: &[Span]) {
    let fronts = named(spans, "GET /");
    assert!(fronts.len() >= 2, "{}", fronts.len());
    let made = spans.iter().filter(|span| span.name == "make a ready page");
    let first = made.filter(|made| fronts.iter().any(|front| is_part_of(spans, made, front))).collect::<Vec<_>>();
    assert!(!first.is_empty(), "the front page is made");
    let rendered = |span: &&Span| span.name.starts_with("render ") && is_part_of(spans, span, first[0]);
    assert!(spans.iter().any(|span| rendered(&span)), "a template is rendered");
    let nowhere =
        spans.iter().find(|span| said(&span.attributes, "http.response.status_code").as_deref() == Some("404"));
    let nowhere = nowhere.expect("an answer where nothing stands");
    assert_eq!((nowhere.name.as_str(), said(&nowhere.attributes, "http.route")), ("GET", None));
    assert_ne!(nowhere.status.as_ref().map(|status| status.code()), Some(StatusCode::Error), "it is the reader's own");
}

async fn asked_by_proxy(paper: &Reader, address: &str) {
    let client = reqwest::Client::new();
    let parent = format!("00-{TRACE}-{PROXY}-01");
    let asked = client.get(address).header("traceparent", parent).header("tracestate", format!("harbour={NETWORK}"));
    assert!(asked.send().await.expect("an answer").status().is_success());
    assert!(paper.get("/").await.status.is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxys_trace_goes_on_here_where_the_proxy_is_believed_and_a_share_of_nothing_begins_none() {
    let collector = Collector::open().await;
    let fresh = collector.known_to(Launch::new(&["serve"]).set("traces.share=0").set("paper.behind-proxy=yes"));
    let paper = fresh.clone().set("traces.by-proxy=yes").start().await;
    asked_by_proxy(&paper.reader(), &paper.address).await;
    paper.stop().await;
    let spans = collector.spans();
    let front = only(&spans, "GET /");
    assert_eq!((hex(&front.trace_id).as_str(), hex(&front.parent_span_id).as_str()), (TRACE, PROXY));
    assert!(spans.iter().all(|span| hex(&span.trace_id) == TRACE), "nothing else was begun");
    assert!(!collector.was_told(NETWORK), "what else the proxy says is not passed on");

    let nobody = Collector::open().await;
    let paper = nobody.known_to(Launch::new(&["serve"]).set("traces.share=0").set("paper.behind-proxy=yes")).start();
    let paper = paper.await;
    asked_by_proxy(&paper.reader(), &paper.address).await;
    paper.stop().await;
    assert_eq!(nobody.requests().len(), 0, "whoever says a trace is not believed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_is_told_of_once_and_what_it_did_not_get_is_counted() {
    let (away, measured) = (free_port(), free_port());
    let fresh = Launch::new(&["serve"]).set(&format!("traces.to=http://127.0.0.1:{away}"));
    let paper = fresh.set(&format!("metrics.listen=127.0.0.1:{measured}")).start().await;
    let lost = || async move {
        let told = reqwest::get(format!("http://127.0.0.1:{measured}/metrics")).await.ok()?.text().await.ok()?;
        let line = told.lines().find_map(|line| line.strip_prefix("midad_spans_total{state=\"lost\"} "))?;
        line.parse::<u64>().ok()
    };
    let first = until("spans that are lost", lost).await;
    let reader = paper.reader();
    let more = || {
        let reader = reader.clone();
        async move {
            assert!(reader.get("/").await.status.is_success());
            lost().await.filter(|lost| *lost > first)
        }
    };
    until("more of them", more).await;
    assert_eq!(paper.said().matches("traces do not get to their collector").count(), 1, "{}", paper.said());
    paper.stop().await;
}
