//! Files that pages are dressed with. They are inside the program, under an address that holds a hash of their bytes, so
//! that browsers keep them for ever and a new version has a new address.

use crate::page_cache::{Declared, Tag};
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The public stylesheet, in the order of the cascade.
const PAPER_CSS: &[&str] = &[
    include_str!("../../assets/css/tokens.css"),
    include_str!("../../assets/css/base.css"),
    include_str!("../../assets/css/masthead.css"),
    include_str!("../../assets/css/breaking.css"),
    include_str!("../../assets/css/cards.css"),
    include_str!("../../assets/css/front.css"),
    include_str!("../../assets/css/story.css"),
    include_str!("../../assets/css/forms.css"),
    include_str!("../../assets/css/comments.css"),
    include_str!("../../assets/css/coverage.css"),
    include_str!("../../assets/css/house.css"),
    include_str!("../../assets/css/issues.css"),
    include_str!("../../assets/css/search.css"),
    include_str!("../../assets/css/print.css"),
];

/// What public pages run; each file in a block of its own, so that their names do not meet.
const PAPER_JS: &[&str] = &[
    include_str!("../../assets/js/share.js"),
    include_str!("../../assets/js/breaking.js"),
    include_str!("../../assets/js/toll.js"),
    include_str!("../../assets/js/comments.js"),
];
/// What only stories with live coverage need.
const COVERAGE_JS: &[&str] = &[include_str!("../../assets/js/coverage.js")];
/// What only pages need that offer to wake a browser.
const PUSH_JS: &[&str] = &[include_str!("../../assets/js/push.js")];

/// What only the desk needs.
const DESK_CSS: &[&str] = &[
    include_str!("../../assets/css/desk.css"),
    include_str!("../../assets/css/front_desk.css"),
    include_str!("../../assets/css/statistics.css"),
    include_str!("../../assets/css/house_desk.css"),
    include_str!("../../assets/css/offline.css"),
];
const DESK_JS: &[&str] = &[
    include_str!("../../assets/js/desk.js"),
    include_str!("../../assets/js/clock.js"),
    include_str!("../../assets/js/front.js"),
    include_str!("../../assets/js/uploads.js"),
    include_str!("../../assets/js/focus.js"),
    include_str!("../../assets/js/colours.js"),
    include_str!("../../assets/js/no_line.js"),
];
/// What only pages on which stories are written need.
const EDITOR_CSS: &[&str] =
    &[include_str!("../../assets/css/writing.css"), include_str!("../../assets/css/editor.css")];
/// Made of `editor-ui`; see there.
const EDITOR_JS: &str = include_str!("../../assets/js/editor.js");
/// What only the page without a line needs; see `offline`.
const OFFLINE_JS: &[&str] = &[include_str!("../../assets/js/offline.js")];
/// What computes before a form is sent while the paper is under attack; see `toll`.
const TOLL_JS: &[&str] =
    &[concat!(include_str!("../../assets/js/toll_hash.js"), include_str!("../../assets/js/toll_worker.js"))];
/// What only pages with passkeys need.
const PASSKEYS_JS: &[&str] = &[include_str!("../../assets/js/passkeys.js")];

/// A file as it is sent.
#[derive(Debug)]
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
    address: String,
}

static FONTS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let face = |name, bytes: &[u8]| Asset::new(name, "font/woff2", bytes.to_vec());
    vec![
        face("text.woff2", include_bytes!("../../assets/fonts/text.woff2")),
        face("headline.woff2", include_bytes!("../../assets/fonts/headline.woff2")),
        face("headline-latin.woff2", include_bytes!("../../assets/fonts/headline-latin.woff2")),
    ]
});

static BUNDLES: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        Asset::new("paper.css", "text/css; charset=utf-8", stylesheet(PAPER_CSS)),
        Asset::new("paper.js", "text/javascript; charset=utf-8", script(PAPER_JS)),
        Asset::new("coverage.js", "text/javascript; charset=utf-8", script(COVERAGE_JS)),
        Asset::new("push.js", "text/javascript; charset=utf-8", script(PUSH_JS)),
        Asset::new("desk.css", "text/css; charset=utf-8", stylesheet(DESK_CSS)),
        Asset::new("desk.js", "text/javascript; charset=utf-8", script(DESK_JS)),
        Asset::new("editor.js", "text/javascript; charset=utf-8", in_a_block(EDITOR_JS).into_bytes()),
        Asset::new("editor.css", "text/css; charset=utf-8", stylesheet(EDITOR_CSS)),
        Asset::new("offline.js", "text/javascript; charset=utf-8", script(OFFLINE_JS)),
        Asset::new("toll.js", "text/javascript; charset=utf-8", script(TOLL_JS)),
        Asset::new("passkeys.js", "text/javascript; charset=utf-8", script(PASSKEYS_JS)),
    ]
});

/// The address of a file by its name; empty for a name that is not in the lists above.
pub fn address(name: &str) -> &'static str {
    all().find(|asset| asset.name == name).map_or("", |asset| &asset.address)
}

/// Answers a file, for ever; another hash than the present one is not found.
pub async fn show(Path(path): Path<String>) -> Response {
    let Some(asset) = all().find(|asset| asset.address.strip_prefix("/assets/") == Some(path.as_str())) else {
        return crate::error::PageError::NotFound.into_response();
    };
    let mut response = (StatusCode::OK, Bytes::from_static(&asset.bytes)).into_response();
    // Nothing changes it; it goes with everything else, so that all that is kept goes by some tag.
    response.extensions_mut().insert(Declared(vec![Tag::Frame]));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

fn all() -> impl Iterator<Item = &'static Asset> {
    FONTS.iter().chain(BUNDLES.iter())
}

impl Asset {
    fn new(name: &'static str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        let hash: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { name, media_type, bytes, address: format!("/assets/{hash}/{name}") }
    }
}

/// One stylesheet of many, in which `url(text.woff2)` stands at its hashed address.
fn stylesheet(files: &[&str]) -> Vec<u8> {
    let lines = files.iter().flat_map(|file| file.lines()).map(str::trim).filter(|line| !is_remark(line));
    let mut css: String = lines.map(|line| format!("{line}\n")).collect();
    for font in FONTS.iter() {
        css = css.replace(&format!("url({})", font.name), &format!("url({})", font.address));
    }
    css.into_bytes()
}

/// One script of many, without what is said in it for whoever opens the sources: a quarter of its bytes.
fn script(files: &[&str]) -> Vec<u8> {
    let said = |file: &&str| file.lines().filter(|line| !is_remark(line.trim())).collect::<Vec<_>>().join("\n");
    files.iter().map(|file| in_a_block(&said(file))).collect::<String>().into_bytes()
}

fn in_a_block(script: &str) -> String {
    format!("{{\n{}\n}}\n", script.trim())
}

/// A line, without the space around it, that holds a remark and nothing else.
pub(super) fn is_remark(line: &str) -> bool {
    line.starts_with("//") || (line.starts_with("/*") && line.find("*/") == Some(line.len() - 2))
}
