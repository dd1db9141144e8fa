//! A bucket for tests: an S3-compatible store on a port of its own, which keeps what it is given in memory and knows no more
//! than backups ask of it.
#![allow(dead_code)]

use super::Launch;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::Response;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Its name.
pub const NAME: &str = "paper";
/// The secret of its key.
pub const SECRET: &str = "only-for-tests";

/// The store with its one bucket.
pub struct Bucket {
    /// Where it listens.
    pub endpoint: String,
    inside: Arc<Inside>,
}

#[derive(Default)]
struct Inside {
    /// By key: the bytes, and when they came.
    kept: Mutex<BTreeMap<String, (Bytes, String)>>,
    /// Parts by upload and number.
    parts: Mutex<BTreeMap<String, BTreeMap<u32, Bytes>>>,
    /// What was done, in its order: `put KEY`, `delete KEY`, `parts KEY`.
    done: Mutex<Vec<String>>,
    /// It takes nothing.
    refuses: AtomicBool,
    /// Keys with this end are taken away just before somebody looks what stands there.
    forgets: Mutex<Option<&'static str>>,
}

impl Bucket {
    /// Opens one on a free port.
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let inside = Arc::new(Inside::default());
        let routes =
            axum::Router::new().fallback(answer).layer(DefaultBodyLimit::disable()).with_state(Arc::clone(&inside));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { endpoint, inside }
    }

    /// A command that knows it as the bucket of backups.
    pub fn known_to(&self, launch: Launch) -> Launch {
        launch
            .set(&format!("backup.s3-bucket={NAME}"))
            .set(&format!("backup.s3-endpoint={}", self.endpoint))
            .set("backup.s3-key=AK")
            .set(&format!("backup.s3-secret={SECRET}"))
    }

    /// From now on it takes nothing, or it does again.
    pub fn refuse(&self, refuses: bool) {
        self.inside.refuses.store(refuses, Ordering::SeqCst);
    }

    /// From now on somebody takes away keys with this end just before what stands there is looked at, or nobody does.
    pub fn forget(&self, end: Option<&'static str>) {
        *self.inside.forgets.lock().expect("a lock") = end;
    }

    /// Every key in it.
    pub fn keys(&self) -> Vec<String> {
        self.inside.kept.lock().expect("a lock").keys().cloned().collect()
    }

    /// What stands under a key.
    pub fn get(&self, key: &str) -> Bytes {
        self.inside.kept.lock().expect("a lock").get(key).unwrap_or_else(|| panic!("{key} is not there")).0.clone()
    }

    /// Puts something there as if it had come at a time.
    pub fn put(&self, key: &str, bytes: impl Into<Bytes>, at: &str) {
        self.inside.kept.lock().expect("a lock").insert(key.to_owned(), (bytes.into(), at.to_owned()));
    }

    /// What was done so far, in its order.
    pub fn done(&self) -> Vec<String> {
        self.inside.done.lock().expect("a lock").clone()
    }
}

impl Inside {
    fn note(&self, what: &str, key: &str) {
        self.done.lock().expect("a lock").push(format!("{what} {key}"));
    }

    fn keep(&self, key: &str, bytes: Bytes) {
        self.kept.lock().expect("a lock").insert(key.to_owned(), (bytes, jiff::Timestamp::now().to_string()));
    }
}

type Asked = BTreeMap<String, String>;

async fn answer(
    State(inside): State<Arc<Inside>>,
    Query(asked): Query<Asked>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signed = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(signed.contains("Credential=AK/") && !signed.contains(SECRET), "{signed}");
    let key = uri.path().trim_start_matches('/').trim_start_matches(NAME).trim_start_matches('/').to_owned();
    match (method.as_str(), asked.get("uploadId")) {
        ("PUT" | "POST", _) if inside.refuses.load(Ordering::SeqCst) => {
            said(StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>")
        }
        ("PUT", Some(upload)) => take_part(&inside, upload, &asked["partNumber"], body),
        ("PUT", None) => {
            inside.note("put", &key);
            inside.keep(&key, body);
            said(StatusCode::OK, "")
        }
        ("POST", None) => {
            let upload = format!("<R><UploadId>{}</UploadId></R>", key.replace('/', "."));
            said(StatusCode::OK, &upload)
        }
        ("POST", Some(upload)) => join(&inside, upload, &key),
        ("DELETE", Some(upload)) => {
            inside.parts.lock().expect("a lock").remove(upload);
            said(StatusCode::NO_CONTENT, "")
        }
        ("DELETE", None) => {
            inside.note("delete", &key);
            inside.kept.lock().expect("a lock").remove(&key);
            said(StatusCode::NO_CONTENT, "")
        }
        ("GET", None) if key.is_empty() => list(&inside, &asked),
        ("GET" | "HEAD", None) => hand_out(&inside, &key, &method, &headers),
        _ => said(StatusCode::NOT_IMPLEMENTED, ""),
    }
}

fn take_part(inside: &Inside, upload: &str, number: &str, body: Bytes) -> Response {
    let mut parts = inside.parts.lock().expect("a lock");
    parts.entry(upload.to_owned()).or_default().insert(number.parse().expect("a number"), body);
    said(StatusCode::OK, "")
}

fn join(inside: &Inside, upload: &str, key: &str) -> Response {
    let parts = inside.parts.lock().expect("a lock").remove(upload).expect("an upload that was begun");
    inside.note("parts", key);
    inside.keep(key, parts.into_values().collect::<Vec<_>>().concat().into());
    said(StatusCode::OK, "<R><ETag>\"x\"</ETag></R>")
}

/// What stands below a place; with a delimiter the folders of it alone.
fn list(inside: &Inside, asked: &Asked) -> Response {
    let below = asked.get("prefix").map(String::as_str).unwrap_or_default();
    let mut out = String::new();
    let mut folders = std::collections::BTreeSet::new();
    if let Some(end) = *inside.forgets.lock().expect("a lock") {
        inside.kept.lock().expect("a lock").retain(|key, _| !key.ends_with(end));
    }
    for (key, (bytes, at)) in inside.kept.lock().expect("a lock").iter() {
        let Some(rest) = key.strip_prefix(below) else { continue };
        match rest.split_once('/') {
            Some((folder, _)) if asked.contains_key("delimiter") => {
                folders.insert(format!("{below}{folder}/"));
            }
            _ => out.push_str(&format!(
                "<Contents><Key>{key}</Key><Size>{}</Size><LastModified>{at}</LastModified></Contents>",
                bytes.len()
            )),
        }
    }
    for folder in folders {
        out.push_str(&format!("<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>"));
    }
    said(StatusCode::OK, &format!("<ListBucketResult>{out}</ListBucketResult>"))
}

/// The whole, or the part of it that was asked for.
fn hand_out(inside: &Inside, key: &str, method: &Method, headers: &HeaderMap) -> Response {
    let Some((bytes, _)) = inside.kept.lock().expect("a lock").get(key).cloned() else {
        return said(StatusCode::NOT_FOUND, "");
    };
    let range = headers.get(header::RANGE).map(|range| range.to_str().expect("ASCII"));
    let range = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let mut answer = Response::builder().header(header::ETAG, "\"x\"");
    let handed = match range {
        None => bytes,
        Some((from, to)) => {
            let (from, to): (usize, usize) = (from.parse().expect("a number"), to.parse().expect("a number"));
            if from >= bytes.len() {
                return said(StatusCode::RANGE_NOT_SATISFIABLE, "");
            }
            let end = (to + 1).min(bytes.len());
            let range = format!("bytes {from}-{}/{}", end - 1, bytes.len());
            answer = answer.status(StatusCode::PARTIAL_CONTENT).header(header::CONTENT_RANGE, range);
            bytes.slice(from..end)
        }
    };
    answer = answer.header(header::CONTENT_LENGTH, handed.len());
    let body = if *method == Method::HEAD { Body::empty() } else { Body::from(handed) };
    answer.body(body).expect("an answer")
}

fn said(status: StatusCode, text: &str) -> Response {
    let answer = Response::builder().status(status).header(header::ETAG, "\"x\"");
    answer.body(Body::from(text.to_owned())).expect("an answer")
}
