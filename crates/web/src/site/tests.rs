//! What stands around every page, from the desk to readers.

use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use newsroom::people::Role;

/// A line of the head, and one of the foot beside some words.
const MENUS: [(&str, &str); 8] = [
    ("h0-target", "section:city"),
    ("h0-label", "المدينة وأهلها"),
    ("h1-target", "other"),
    ("h1-label", "متجرنا"),
    ("h1-to", "https://shop.example.org/"),
    ("f0-target", "path:/archive"),
    ("f0-label", "كل ما نُشر"),
    ("text", "ترخيص رقم ١٢"),
];

/// The version that a page says it was made of.
fn seen(page: &str) -> &str {
    page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version")
}

#[tokio::test]
async fn what_an_editor_puts_into_head_and_foot_is_on_every_page_and_comes_back() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let before = paper.get("/").await.text;
    assert!(before.contains("href=\"/archive\"") && !before.contains("المدينة وأهلها"));
    let social = [("social-telegram", "https://t.me/midad_demo"), ("title0", "خدمات")];
    let form: Vec<_> = MENUS.into_iter().chain(social).collect();
    let kept = editor.post("/desk/site", &form).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/desk/site?done=yes"));
    for page in ["/", "/archive", "/sections/city"] {
        let shown = paper.get(page).await;
        shown.assert_order(&[
            "المدينة وأهلها",
            "href=\"https://shop.example.org/\" rel=\"noopener\">متجرنا",
            "ترخيص رقم ١٢",
            "خدمات",
            "كل ما نُشر",
            "href=\"https://t.me/midad_demo\" rel=\"noopener me\"",
        ]);
    }
    let desk = editor.get("/desk/site").await;
    desk.assert_order(&["value=\"section:city\" selected", "value=\"المدينة وأهلها\"", "value=\"other\" selected"]);
    let first = seen(&desk.text);
    let nothing = editor.post("/desk/site", &[("seen", first)]).await;
    assert_eq!(nothing.status, StatusCode::SEE_OTHER);
    assert!(!paper.get("/").await.text.contains("متجرنا"), "the sections again");
    let late = editor.post(&format!("/desk/site/versions/{first}"), &[("seen", first)]).await;
    assert_eq!(late.header("location"), "/desk/site?done=no", "it was changed since that page was opened");
    assert!(editor.get("/desk/site?done=no").await.text.contains("role=\"alert\""));
    let newest = editor.get("/desk/site").await;
    let back = editor.post(&format!("/desk/site/versions/{first}"), &[("seen", seen(&newest.text))]).await;
    assert_eq!(back.header("location"), "/desk/site?done=yes");
    assert!(paper.get("/").await.text.contains("متجرنا"));
}

#[tokio::test]
async fn what_leads_nowhere_is_said_where_it_stands_and_nothing_typed_is_lost() {
    let paper = OpenPaper::open().await;
    let editor = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let wrong = [
        ("h0-target", "section:gone"),
        ("h0-label", "قديم"),
        ("h1-target", "other"),
        ("h1-label", "موقع"),
        ("h1-to", "http://plain.example.org/"),
        ("social-x", "https://elsewhere.example.org/x"),
    ];
    let got = editor.post("/desk/site", &wrong).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&[
        "value=\"قديم\"",
        "id=\"h0-wrong\"",
        "value=\"http://plain.example.org/\"",
        "id=\"h1-wrong\"",
        "value=\"https://elsewhere.example.org/x\"",
    ]);
    assert_eq!(editor.post("/desk/site", &MENUS).await.status, StatusCode::SEE_OTHER);
    let late = editor.post("/desk/site", &[("h0-target", "section:city"), ("h0-label", "غير ذلك")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "whoever saw no menus writes over none");
    assert!(late.text.contains("value=\"غير ذلك\"") && late.text.contains("role=\"alert\""));
    assert!(paper.get("/").await.text.contains("متجرنا"));
}

#[tokio::test]
async fn own_style_rules_are_for_readers_pages_alone_and_ask_nobody_else() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    let refused = owner.post("/desk/site/css", &[("text", "a {}\n@import 'x.css';")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["role=\"alert\"", "السطر 2", "@import &#39;x.css&#39;"]);
    let kept = owner.post("/desk/site/css", &[("text", "h1 { letter-spacing: 0 }")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let address = paper.app.site.now().css_address().expect("rules");
    let link = format!("<link rel=\"stylesheet\" href=\"{address}\">");
    assert!(paper.get("/").await.text.contains(&link));
    for page in ["/desk/site", "/desk/stories"] {
        assert!(!owner.get(page).await.text.contains(&link), "{page}");
    }
    assert!(!paper.get("/sign-in").await.text.contains(&link));
    let css = paper.get(&address).await;
    assert_eq!((css.status, css.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(css.header("cache-control").contains("immutable") && css.text == "h1 { letter-spacing: 0 }");
    assert_eq!(paper.get("/house/older.css").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn ads_txt_is_there_once_somebody_wrote_it() {
    let paper = OpenPaper::open().await;
    let owner = Browser::of_staff(&paper, "رئيسة", Role::Owner).await;
    assert_eq!(paper.get("/ads.txt").await.status, StatusCode::NOT_FOUND);
    let refused = owner.post("/desk/site/ads-txt", &[("text", "# us\nads.example.org, 7")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["السطر 2", "ads.example.org, 7"]);
    let form = [("text", "ads.example.org, 7, DIRECT")];
    assert_eq!(owner.post("/desk/site/ads-txt", &form).await.status, StatusCode::SEE_OTHER);
    let got = paper.get("/ads.txt").await;
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "text/plain; charset=utf-8"));
    assert_eq!(got.text, "ads.example.org, 7, DIRECT\n");
}
