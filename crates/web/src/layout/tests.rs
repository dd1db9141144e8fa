//! What stands around every page, and what stands in its place when something goes wrong.

use super::assets;
use crate::paper::Paper;
use crate::tests::open_paper::OpenPaper;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::profile::Language;

#[tokio::test]
async fn an_address_without_a_page_is_a_whole_page_in_the_papers_language() {
    let paper = OpenPaper::open().await;
    let got = paper.get("/nowhere").await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    got.assert_order(&[
        "<html lang=\"ar\" dir=\"rtl\">",
        "المرفأ",
        "المدينة",
        "<h1>لا صفحة في هذا العنوان</h1>",
        "</footer>",
    ]);
    assert_eq!(got.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_method_that_a_page_does_not_know_is_a_page_too_and_names_those_it_knows() {
    let paper = OpenPaper::open().await;
    let request = Request::post("/archive").header("sec-fetch-site", "same-origin").body(Body::empty());
    let got = paper.send(request.expect("a request")).await;
    assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(got.header("allow").contains("GET"), "{:?}", got.headers);
    got.assert_order(&["<h1>لا يُفتح هذا العنوان هكذا</h1>"]);
}

#[tokio::test]
async fn what_no_form_of_ours_holds_is_refused_with_a_page() {
    let paper = OpenPaper::open().await;
    let request = Request::post("/archive").header("sec-fetch-site", "same-origin").header("content-length", 1 << 20);
    let got = paper.send(request.body(Body::from(vec![b'x'; 1 << 20])).expect("a request")).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
    got.assert_order(&["<h1>ما أرسلته أكبر مما نستقبل</h1>"]);
}

#[tokio::test]
async fn nothing_is_asked_for_by_a_name_with_a_nul_in_it() {
    let paper = OpenPaper::open().await;
    for path in ["/issues/7%00", "/tags/a%00b", "/pictures/%00.jpg", "/desk/pictures/%00.jpg"] {
        let got = paper.get(path).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
        got.assert_order(&["<h1>لا صفحة في هذا العنوان</h1>"]);
    }
}

#[tokio::test]
async fn every_answer_says_what_a_page_may_load() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    let story = super::address::story(&story.slug);
    let assets = assets::address("paper.css");
    for path in ["/", "/archive", "/nowhere", "/healthz", "/robots.txt", "/icon.svg", &story, assets] {
        let got = paper.get(path).await;
        let policy = got.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
        assert!(got.header("strict-transport-security").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn pages_have_nothing_inline_that_the_policy_would_refuse() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    for path in ["/", "/archive", &super::address::story(&story.slug)] {
        let html = paper.get(path).await.text;
        for forbidden in [" style=", " onclick=", " onload=", "<style", "javascript:"] {
            assert!(!html.contains(forbidden), "{path} holds {forbidden}");
        }
        let runs = html.matches("<script").count() - html.matches("<script type=\"application/ld+json\"").count();
        assert_eq!(runs, html.matches("<script type=\"module\" src=\"/assets/").count(), "{path}");
    }
}

#[tokio::test]
async fn files_are_kept_for_ever_under_the_hash_of_their_bytes_only() {
    let paper = OpenPaper::open().await;
    let css = paper.get(assets::address("paper.css")).await;
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    assert_eq!(css.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(css.text.contains(assets::address("text.woff2")), "the face's address is in the stylesheet");
    assert_eq!(paper.get(assets::address("text.woff2")).await.header("content-type"), "font/woff2");
    assert_eq!(paper.get("/assets/000000000000/paper.css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_asks_beforehand_for_the_faces_of_its_own_letters_alone() {
    let preloaded = async |paper: &OpenPaper| {
        let html = paper.get("/").await.text;
        let faces =
            html.split("rel=\"preload\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
        faces.map(str::to_owned).collect::<Vec<_>>()
    };
    let arabic = preloaded(&OpenPaper::open().await).await;
    assert_eq!(arabic, [assets::address("text.woff2"), assets::address("headline.woff2")]);
    let paper = Paper::default();
    for language in [Language::Fr, Language::En] {
        let paper = OpenPaper::open_as(paper.clone().speaking(language)).await;
        assert_eq!(preloaded(&paper).await, [assets::address("headline-latin.woff2")], "{language:?}");
    }
}

#[tokio::test]
async fn remarks_for_whoever_opens_the_sources_travel_to_no_reader() {
    let paper = OpenPaper::open().await;
    for name in ["paper.css", "paper.js", "coverage.js", "push.js", "desk.js"] {
        let text = paper.get(assets::address(name)).await.text;
        assert!(text.lines().count() > 20, "{name}");
        let remark = text.lines().map(str::trim).find(|line| line.starts_with("//") || line.starts_with("/*"));
        assert_eq!(remark, None, "{name}");
    }
    assert!(super::assets::is_remark("/* all of it */") && super::assets::is_remark("// all of it"));
    assert!(!super::assets::is_remark("/* a part */ main { margin: 0 } /* of it */"));
}

#[tokio::test]
async fn pages_travel_compressed_and_faces_as_they_are() {
    let paper = OpenPaper::open().await;
    let ask = |path: &str| Request::get(path).header("accept-encoding", "gzip").body(Body::empty()).expect("a request");
    assert_eq!(paper.send(ask("/")).await.header("content-encoding"), "gzip");
    assert_eq!(paper.send(ask(assets::address("text.woff2"))).await.header("content-encoding"), "");
}

#[test]
fn stylesheets_know_no_left_no_right_and_no_letter_spacing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/css");
    for file in std::fs::read_dir(folder).expect("the folder of stylesheets") {
        let path = file.expect("a file").path();
        let css = std::fs::read_to_string(&path).expect("a stylesheet");
        for (number, line) in css.lines().enumerate() {
            for word in ["left", "right", "letter-spacing", "justify;", "text-align: justify"] {
                assert!(!line.contains(word), "{}:{}: {word}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn an_address_holds_nothing_that_could_end_it() {
    assert_eq!(super::address::story("أ/ب?ج\"د"), "/stories/%D8%A3%2F%D8%A8%3F%D8%AC%22%D8%AF");
}

#[tokio::test]
async fn every_page_says_what_it_loads_and_what_others_may_do_with_it() {
    let paper = OpenPaper::open().await;
    for path in ["/", "/nowhere", "/desk", "/feed/rss", "/sign-in", "/healthz"] {
        let got = paper.get(path).await;
        for (name, wanted) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(got.header(name), wanted, "{path}");
        }
        assert!(got.header("content-security-policy").starts_with("default-src 'none'; script-src 'self';"), "{path}");
        assert!(got.header("permissions-policy").contains("camera=(), microphone=(), geolocation=()"), "{path}");
    }
    let icon = paper.get("/icon.svg").await;
    assert_eq!(icon.header("cross-origin-resource-policy"), "cross-origin", "pictures are shown elsewhere");
}
