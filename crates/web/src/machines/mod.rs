//! What browsers and other machines ask for: icons, manifest, robots.txt, health, pictures.

mod pictures;

#[cfg(test)]
mod tests;

pub use pictures::picture;

use crate::app::App;
use crate::layout::address;
use crate::sitemaps;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::IntoResponse;
use newsroom::site::{Logo, LogoKind};
use serde_json::json;

/// A drop of ink; the same for every paper until it brings its own.
const ICON: &str = include_str!("../../assets/icon.svg");
/// The same in pixels, for those who show no drawing: other servers, telephones' notices.
const SIGN: &[u8] = include_bytes!("../../assets/icon.png");
const FAVICON: &[u8] = include_bytes!("../../assets/favicon.ico");

/// Kept for a day: these addresses hold no hash.
const A_DAY: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=86400");

/// Where programs that follow links have nothing to look for: the desk, what is one reader's own, and forms.
const NOT_FOR_PROGRAMS: [&str; 20] = [
    "/desk",
    "/sign-in",
    "/search$",
    "/search?",
    "/search/",
    "/me$",
    "/me?",
    "/me/",
    "/reader$",
    "/reader?",
    "/reader/",
    "/reports/",
    "/flaggers/",
    "/erasures/",
    "/unsubscribe/",
    "/newsletter/",
    "/advertisements/",
    "/stories/*/reply/",
    "/stories/*/own/",
    "/stories/*/comments/*/report",
];

/// Who may read what, and where the lists of addresses are.
pub async fn robots(State(app): State<App>) -> impl IntoResponse {
    let closed: String = NOT_FOR_PROGRAMS.iter().map(|path| format!("Disallow: {path}\n")).collect();
    let maps = sitemaps::NAMED.map(|path| format!("Sitemap: {}\n", address::whole(&app.paper, path))).concat();
    let text = format!("User-agent: *\n{closed}Allow: /\n\n{maps}");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), A_DAY], text)
}

/// What a phone shows when the paper is put on its home screen.
pub async fn manifest(State(app): State<App>) -> impl IntoResponse {
    let (paper, language, site) = (&app.paper, app.paper.writing.language, app.site.now());
    let icon = match site.house.logos.get(&LogoKind::Icon) {
        Some(Logo { name, size: (width, height) }) => {
            json!({ "src": address::picture(name), "sizes": format!("{width}x{height}"), "type": "image/png" })
        }
        None => json!({ "src": "/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable" }),
    };
    let manifest = json!({
        "name": paper.name,
        "short_name": paper.name,
        "description": paper.tagline,
        "lang": language.tag(),
        "dir": language.dir(),
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#fbfaf7",
        "theme_color": "#fbfaf7",
        "icons": [icon],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json"), A_DAY], manifest.to_string())
}

/// The icon.
pub async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), A_DAY], ICON)
}

/// The icon in pixels.
pub async fn sign() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/png"), A_DAY], SIGN)
}

/// Where the paper's sign stands in pixels: its own, or the program's.
pub fn sign_of(app: &App) -> String {
    match app.site.now().house.logos.get(&LogoKind::Icon) {
        Some(Logo { name, .. }) => address::picture(name),
        None => String::from("/icon.png"),
    }
}

/// The icon for whoever asks the old way.
pub async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/x-icon"), A_DAY], FAVICON)
}

/// Whether the process lives: it is asked nothing else, so that a database that is away starts no process anew.
pub async fn alive() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "status": "ok" })))
}

/// Whether the paper can be read: the store answers.
pub async fn health(State(app): State<App>) -> impl IntoResponse {
    let (status, word) = match app.store.sections().await {
        Ok(_) => (StatusCode::OK, "ok"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "broken"),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(json!({ "status": word })))
}
