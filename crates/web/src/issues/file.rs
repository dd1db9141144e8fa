//! The file of an issue and its first page. Readers have those of public issues, the desk the others as well. A file is sent
//! part by part as it is read: nobody's reading holds a whole one in memory.

use super::moved::now_at;
use super::range::{Wanted, wanted};
use super::view::address;
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::address::encoded;
use crate::page::redirect;
use crate::unless_known::has;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use newsroom::IssueFileId;
use store::Store;
use store::issues::{Issue, PART_BYTES, Stands};

/// A file loads nothing and stands in no frame. Without `sandbox`: under it Safari shows an empty page in place of a PDF; and
/// what browsers show PDFs in has styles of its own.
const PDF_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
const PICTURE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// What may have to go: whoever keeps it for many asks again soon, and gets no bytes for it.
const FOR_A_WHILE: &str = "public, max-age=300";
const FOR_ONE: &str = "private, no-store";
/// A part in bytes, as ranges count them.
const PART: u64 = PART_BYTES as u64;

/// `GET /issues/{issue}/issue.pdf`: the whole, or the bytes that are asked for.
pub async fn pdf(State(app): State<App>, Path(slug): Path<String>, mut parts: Parts) -> Result<Response, PageError> {
    let (issue, kept) = match readable(&app, &slug, &mut parts).await? {
        Readable::Here(issue, kept) => (*issue, kept),
        Readable::There(path) => return Ok(redirect(&format!("{path}/issue.pdf"))),
    };
    let (file, headers) = (&issue.file, &parts.headers);
    let tag = format!("\"{}\"", file.print.get(..32).unwrap_or(&file.print));
    let named = named(&app.paper.name, &issue);
    let head = [
        (header::CACHE_CONTROL, line(kept)?),
        (header::ETAG, line(&tag)?),
        (header::ACCEPT_RANGES, line("bytes")?),
        (header::CONTENT_SECURITY_POLICY, line(PDF_POLICY)?),
        (header::CONTENT_DISPOSITION, line(&named)?),
        (header::CONTENT_TYPE, line("application/pdf")?),
    ];
    if has(headers, &line(&tag)?) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let (range, if_range) = (text(headers, header::RANGE), text(headers, header::IF_RANGE));
    let (status, from, to) = match wanted(range, if_range, &tag, file.bytes) {
        Wanted::Whole => (StatusCode::OK, 0, file.bytes.saturating_sub(1)),
        Wanted::Part { from, to } => (StatusCode::PARTIAL_CONTENT, from, to),
        Wanted::Beyond => {
            let all = [(header::CONTENT_RANGE, format!("bytes */{}", file.bytes))];
            return Ok(
                (StatusCode::RANGE_NOT_SATISFIABLE, all, [(header::CONTENT_TYPE, "application/pdf")]).into_response()
            );
        }
    };
    let mut response = (status, head, bytes(store::Store::clone(&app.store), file.id, from, to)).into_response();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(to + 1 - from));
    if status == StatusCode::PARTIAL_CONTENT {
        let which = line(&format!("bytes {from}-{to}/{}", file.bytes))?;
        response.headers_mut().insert(header::CONTENT_RANGE, which);
    }
    Ok(response)
}

/// `GET /issues/{issue}/first-page/{page}`: a width of it, `FILE-WIDTH.jpg`.
pub async fn first_page(
    State(app): State<App>,
    Path((slug, page)): Path<(String, String)>,
    mut parts: Parts,
) -> Result<Response, PageError> {
    let (issue, kept) = match readable(&app, &slug, &mut parts).await? {
        Readable::Here(issue, kept) => (*issue, kept),
        Readable::There(path) => return Ok(redirect(&format!("{path}/first-page/{}", encoded(&page)))),
    };
    let named = page.strip_suffix(".jpg").and_then(|name| name.split_once('-')).ok_or(PageError::NotFound)?;
    let width = named.1.parse().map_err(|_| PageError::NotFound)?;
    if IssueFileId::from_short(named.0) != Some(issue.file.id) {
        return Err(PageError::NotFound);
    }
    let tag = format!("\"{page}\"");
    let head = [
        (header::CACHE_CONTROL, line(kept)?),
        (header::ETAG, line(&tag)?),
        (header::CONTENT_SECURITY_POLICY, line(PICTURE_POLICY)?),
        (header::CONTENT_TYPE, line("image/jpeg")?),
    ];
    if has(&parts.headers, &line(&tag)?) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let bytes = app.store.issue_page(issue.file.id, width).await?.ok_or(PageError::NotFound)?;
    Ok((head, bytes).into_response())
}

/// Where the issue is that is asked for.
enum Readable {
    /// Here, and who may keep what is sent of it.
    Here(Box<Issue>, &'static str),
    /// Under another number: the path of its page.
    There(String),
}

/// Looks for the issue. Who asks is looked up only where readers do not have it.
async fn readable(app: &App, slug: &str, parts: &mut Parts) -> Result<Readable, PageError> {
    if let Some(issue) = app.store.issue_of_number(slug).await? {
        if matches!(issue.stands, Stands::Public { .. }) {
            return Ok(Readable::Here(Box::new(issue), FOR_A_WHILE));
        }
        match (ManagingEditor::from_request_parts(parts, app).await, &issue.stands) {
            (Ok(_), _) => return Ok(Readable::Here(Box::new(issue), FOR_ONE)),
            (Err(_), Stands::Withdrawn { why, .. }) => return Err(PageError::IssueWithdrawn { note: why.clone() }),
            (Err(_), _) => {}
        }
    }
    Ok(Readable::There(address(&now_at(app, slug).await?)))
}

/// The bytes from one to another, both included, read as they are sent. A file that is replaced meanwhile breaks off: what has
/// come by then is known by its tag to be of another one.
fn bytes(store: Store, file: IssueFileId, from: u64, to: u64) -> Body {
    let parts = stream::iter(from / PART..=to / PART);
    Body::from_stream(parts.then(move |part| {
        let store = store.clone();
        async move {
            let bytes = store.issue_part(file, part).await.map_err(std::io::Error::other)?;
            let bytes = bytes.ok_or_else(|| std::io::Error::other("the file was replaced"))?;
            let begins = part * PART;
            let within = |at: u64| usize::try_from(at.saturating_sub(begins)).unwrap_or(usize::MAX).min(bytes.len());
            let some = bytes.get(within(from)..within(to + 1)).unwrap_or_default();
            Ok::<_, std::io::Error>(some.to_vec())
        }
    }))
}

/// What the file is called where it is put: by the paper's name and its number; and in ASCII for programs of old.
fn named(paper: &str, issue: &Issue) -> String {
    let plain: String = issue.slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let whole = encoded(&format!("{paper} {}.pdf", issue.number));
    format!("inline; filename=\"issue-{plain}.pdf\"; filename*=UTF-8''{whole}")
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn line(text: &str) -> Result<HeaderValue, PageError> {
    HeaderValue::from_str(text).map_err(|_| PageError::NotFound)
}
