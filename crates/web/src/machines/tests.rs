//! What machines ask for.

use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use store::pictures::PictureFile;

#[tokio::test]
async fn robots_stay_away_from_the_desk() {
    let got = OpenPaper::open().await.get("/robots.txt").await;
    assert_eq!(got.header("content-type"), "text/plain; charset=utf-8");
    got.assert_order(&["User-agent: *", "Disallow: /desk\n", "Disallow: /sign-in\n", "Disallow: /me$\n", "Allow: /\n"]);
    got.assert_order(&[
        "Sitemap: http://127.0.0.1:8080/sitemap.xml\n",
        "Sitemap: http://127.0.0.1:8080/sitemap-news.xml\n",
    ]);
}

#[tokio::test]
async fn the_manifest_names_the_paper_in_its_direction() {
    let got = OpenPaper::open().await.get("/manifest.webmanifest").await;
    let manifest: serde_json::Value = serde_json::from_str(&got.text).expect("whole JSON");
    assert_eq!((&manifest["name"], &manifest["dir"]), (&"المرفأ".into(), &"rtl".into()));
}

#[tokio::test]
async fn icons_are_pictures() {
    let paper = OpenPaper::open().await;
    assert_eq!(paper.get("/icon.svg").await.header("content-type"), "image/svg+xml");
    assert_eq!(paper.get("/icon.png").await.header("content-type"), "image/png");
    assert_eq!(paper.get("/favicon.ico").await.header("content-type"), "image/x-icon");
}

#[tokio::test]
async fn a_paper_that_can_be_read_is_healthy() {
    let paper = OpenPaper::open().await;
    for path in ["/health", "/healthz", "/ready"] {
        let got = paper.get(path).await;
        assert_eq!((got.status, got.text.as_str()), (StatusCode::OK, "{\"status\":\"ok\"}"), "{path}");
        assert_eq!(got.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_picture_is_kept_for_ever_and_runs_nothing() {
    let paper = OpenPaper::open().await;
    let picture = |name: &str, media_type: &str| PictureFile {
        name: name.into(),
        media_type: media_type.into(),
        size: (1, 1),
        bytes: vec![1, 2, 3],
        kept_at: paper.app.now(),
    };
    paper.app.store.keep_picture(&picture("tram.png", "image/png")).await.expect("a kept picture");
    paper.app.store.keep_picture(&picture("page.html", "text/html")).await.expect("a kept file");
    let got = paper.get("/pictures/tram.png").await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "image/png"));
    assert_eq!(got.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(got.header("content-security-policy").contains("sandbox"));
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert_eq!(paper.get("/pictures/page.html").await.status, StatusCode::NOT_FOUND);
    assert_eq!(paper.get("/pictures/none.png").await.status, StatusCode::NOT_FOUND);
}
