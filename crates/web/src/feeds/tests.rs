//! What programs get with which readers follow the paper.

use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::people::Role;
use newsroom::profile::Language;
use roxmltree::{Document, Node};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The words of the first child of this name.
fn words<'t>(node: Node<'t, '_>, name: &str) -> &'t str {
    node.children().find(|child| child.tag_name().name() == name).and_then(|child| child.text()).unwrap_or_default()
}

fn all<'d>(document: &'d Document<'_>, name: &str) -> Vec<Node<'d, 'd>> {
    document.descendants().filter(|node| node.tag_name().name() == name).collect()
}

async fn asked_again(paper: &OpenPaper, path: &str, mark: &str) -> Got {
    let request = Request::get(path).header("if-none-match", mark).body(Body::empty()).expect("a request");
    paper.send(request).await
}

#[tokio::test]
async fn every_format_tells_the_newest_stories_with_what_was_corrected_in_them() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let first = paper.publishes("خط الترام <الجديد> & محطاته").await;
    paper.publishes("مكتبة الساحل").await;
    let form = [("how", "correction"), ("correction", "كان الطول ثمانية \"كيلومترات\".")];
    let changed = layla.post(&format!("/desk/stories/{}/changes", first.id), &form).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let atom = paper.get("/feed/atom").await;
    assert_eq!(atom.header("content-type"), "application/atom+xml; charset=utf-8");
    let document = Document::parse(&atom.text).expect("well-formed Atom");
    let entries = all(&document, "entry");
    assert_eq!(words(entries[0], "title"), "مكتبة الساحل");
    assert_eq!(words(entries[1], "title"), "خط الترام <الجديد> & محطاته");
    assert_eq!(words(entries[1], "id"), address::short(&paper.app.paper, first.id));
    assert!(words(entries[1], "content").contains("dir=\"rtl\"") && words(entries[1], "content").contains("كان الطول"));
    assert!(words(entries[1], "summary").contains("تصويب: كان الطول ثمانية \"كيلومترات\"."));
    assert!(words(entries[1], "updated") > words(entries[1], "published"), "a correction moves it");
    assert_eq!(entries[0].tag_name().namespace(), Some(ATOM));
    let rss = paper.get("/feed/rss").await;
    let document = Document::parse(&rss.text).expect("well-formed RSS");
    let items = all(&document, "item");
    assert_eq!((items.len(), words(items[1], "title")), (2, "خط الترام <الجديد> & محطاته"));
    assert!(words(items[1], "encoded").contains("كان الطول") && words(items[1], "pubDate").ends_with(" GMT"));
    let json: serde_json::Value = serde_json::from_str(&paper.get("/feed/json").await.text).expect("JSON");
    assert_eq!(json["items"][1]["id"], address::short(&paper.app.paper, first.id));
    assert!(json["items"][1]["content_html"].as_str().expect("HTML").contains("كان الطول"));
    for tag in [Tag::Archive, Tag::Story(first.id)] {
        assert!(atom.tags.contains(&tag), "{tag:?}");
    }
}

#[tokio::test]
async fn a_section_a_tag_a_writer_and_the_corrections_have_feeds_of_their_own() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let story = paper.publishes_everything().await;
    let empty = paper.get("/corrections/feed/atom").await;
    assert!(all(&Document::parse(&empty.text).expect("well-formed"), "entry").is_empty());
    let form = [("how", "correction"), ("correction", "كان الاسم خطأ.")];
    layla.post(&format!("/desk/stories/{}/changes", story.id), &form).await;
    let (tag, writer) = (&story.text.tags[0].slug, &story.text.bylines[0].slug);
    let pages =
        ["/sections/city".into(), address::tag(tag), address::writer(writer), "/corrections".into(), String::new()];
    for page in pages {
        for format in ["rss", "atom"] {
            let got = paper.get(&format!("{page}/feed/{format}")).await;
            assert_eq!(got.status, StatusCode::OK, "{page} {format}");
            let document = Document::parse(&got.text).expect("well-formed");
            let told = [all(&document, "item"), all(&document, "entry")].concat();
            assert_eq!(told.len(), 1, "{page} {format}");
            assert_eq!(words(told[0], "title"), story.text.headline);
            assert!(got.text.contains("كان الاسم خطأ."), "{page} {format}");
            assert!(got.text.contains(&format!("{page}/feed/{format}\"/>")), "{page} {format} names itself");
        }
        assert_eq!(paper.get(&format!("{page}/feed/html")).await.status, StatusCode::NOT_FOUND);
    }
    for missing in ["/sections/nowhere/feed/rss", "/tags/nowhere/feed/rss", "/writers/nobody/feed/rss"] {
        assert_eq!(paper.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
    assert_eq!(paper.get("/feed").await.header("location"), "/feed/rss");
    paper.get("/sections/city").await.assert_order(&["rel=\"alternate\"", "/sections/city/feed/rss"]);
    layla.post(&format!("/desk/stories/{}/withdrawal", story.id), &[("sure", "yes")]).await;
    for path in ["/feed/rss", "/sections/city/feed/atom", "/corrections/feed/json"] {
        assert!(!paper.get(path).await.text.contains(&story.text.headline), "{path}");
    }
}

#[tokio::test]
async fn whoever_has_a_feed_already_is_sent_none_until_something_changes() {
    let paper = OpenPaper::open().await;
    paper.publishes("خط الترام").await;
    let first = paper.get("/feed/rss").await;
    let mark = first.header("etag").to_owned();
    assert!(mark.starts_with("W/\"") && first.header("last-modified").ends_with("GMT"));
    let again = asked_again(&paper, "/feed/rss", &format!("\"other\", {mark}")).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    paper.publishes("مكتبة الساحل").await;
    assert_eq!(asked_again(&paper, "/feed/rss", &mark).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_story_in_another_language_keeps_its_own_direction_and_no_character_breaks_the_document() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("Le tram\u{b} du port");
    draft.text.standfirst = "قال: انتهى العمل".into();
    draft.text.language = Language::Fr.into();
    paper.publishes_draft(draft, paper.app.now()).await;
    let atom = paper.get("/feed/atom").await;
    let document = Document::parse(&atom.text).expect("well-formed");
    let entry = all(&document, "entry")[0];
    assert_eq!(words(entry, "title"), "Le tram du port");
    assert_eq!(entry.attribute(("http://www.w3.org/XML/1998/namespace", "lang")), Some("fr"));
    assert!(words(entry, "content").contains("lang=\"fr\" dir=\"ltr\""));
    assert!(words(entry, "content").contains("<p dir=\"rtl\">قال"));
}
