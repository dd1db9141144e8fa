//! The page that a browser keeps for when the desk cannot be reached, and the worker that keeps it.

use crate::layout::assets;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

/// A story of which nothing may stand in what a browser keeps.
const MARK: &str = "كهرمانة";

#[tokio::test]
async fn the_page_without_a_line_is_the_same_for_everybody_and_holds_nothing_of_the_paper() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    paper.publishes(MARK).await;
    for (language, dir, words) in
        [("ar", "rtl", "لا اتصال"), ("fr", "ltr", "Pas de connexion"), ("en", "ltr", "No connection")]
    {
        let path = format!("/desk/offline/{language}");
        let got = paper.get(&path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}");
        got.assert_order(&[&format!("<html lang=\"{language}\" dir=\"{dir}\">"), words, "data-offline", "data-entry"]);
        assert_eq!(got.text, layla.get(&path).await.text, "{path} is another page for whoever is signed in");
        for own in [MARK, "ليلى", "المرفأ", "المدينة"] {
            assert!(!got.text.contains(own), "{path} holds {own}");
        }
    }
    for nowhere in ["/desk/offline/de", "/desk/offline/ar-MA", "/desk/offline/de/worker.js"] {
        assert_eq!(paper.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn the_worker_answers_for_the_desk_and_keeps_that_page_and_its_dress_alone() {
    let paper = OpenPaper::open().await;
    let got = paper.get("/desk/offline/ar/worker.js").await;
    assert_eq!(got.status, StatusCode::OK);
    assert_eq!(got.header("service-worker-allowed"), "/desk");
    assert_eq!(got.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(got.header("cache-control"), "no-cache");
    let kept = got.text.lines().find_map(|line| line.strip_prefix("const KEPT = ")).expect("what is kept");
    let kept: Vec<String> = serde_json::from_str(kept.trim_end_matches(';')).expect("a list");
    let dress = ["paper.css", "desk.css", "offline.js", "text.woff2", "headline.woff2", "headline-latin.woff2"];
    let dress = dress.map(assets::address);
    assert_eq!(kept[0], "/desk/offline/ar");
    assert_eq!(kept[1..], dress);
    assert_ne!(got.text, paper.get("/desk/offline/fr/worker.js").await.text);
    let page = paper.get("/desk/offline/ar").await;
    assert!(page.header("content-security-policy").contains("worker-src 'self'"));
    for place in page.text.split("=\"/assets/").skip(1) {
        let place = format!("/assets/{}", place.split('"').next().expect("its end"));
        assert!(kept.contains(&place), "{place} would be missing without a line");
    }
}

#[tokio::test]
async fn every_page_of_the_desk_says_whose_it_is_to_the_script_that_shows_texts_to_their_writer_alone() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let me = paper.app.store.staff().await.expect("staff")[0].id;
    for path in ["/desk", "/desk/stories", "/desk/plan"] {
        layla.get(path).await.assert_order(&[&format!("data-staff=\"{}\"", me.short())]);
    }
}
