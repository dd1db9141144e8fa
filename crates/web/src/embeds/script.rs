//! The script that other sites name in their pages, and how it dresses a thread.

use axum::http::header;
use axum::response::IntoResponse;

/// It has no name of its own for each version, since it stands in pages that nobody here changes: browsers ask again after
/// an hour.
const KEEP: &str = "public, max-age=3600";

/// What is computed while the paper is under attack stands before it: a page of another site starts no worker of ours. Both in a block,
/// so that their names are none of the page's.
const SCRIPT: &str =
    concat!("{\n", include_str!("../../assets/js/toll_hash.js"), include_str!("../../assets/js/embed.js"), "}\n");
const CSS: &str = include_str!("../../assets/css/embed.css");

/// `GET /embed.js`.
pub async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, KEEP)], shared(), SCRIPT)
}

/// `GET /embed.css`: taken by the script, which may not bring style of its own where a site allows none.
pub async fn css() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, KEEP)], shared(), CSS)
}

/// Every page may load it: it holds nothing of anybody's.
fn shared() -> [(&'static str, &'static str); 2] {
    [("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin")]
}
