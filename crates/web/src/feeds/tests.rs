//! What programs get with which readers follow the paper.

use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use newsroom::Timestamp;
use newsroom::body::{Block, Body as StoryBody, Picture, Span};
use newsroom::people::Role;
use newsroom::profile::Language;
use roxmltree::{Document, Node};
use store::pictures::PictureFile;

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
    let time = |name| words(entries[1], name).parse::<Timestamp>().expect("a time");
    assert!(time("updated") > time("published"), "a correction moves it");
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

/// Chooses what goes out in feeds.
async fn chooses(editor: &Browser<'_>, form: &[(&str, &str)]) -> Got {
    let desk = editor.get("/desk/site/feeds").await;
    let seen = desk.text.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let form: Vec<_> = form.iter().copied().chain([("seen", seen.expect("a version"))]).collect();
    editor.post("/desk/site/feeds", &form).await
}

#[tokio::test]
async fn comments_have_feeds_once_they_are_released_and_their_delay_is_over() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (story, other) = (paper.publishes("خط الترام").await, paper.publishes("مكتبة الساحل").await);
    let omar = Browser::new(&paper);
    let released = omar.comments(&story, "عمر", "الخط يفيد الحي\n\nوأهله <كلهم>").await;
    omar.comments(&story, "عمر", "كلام ينتظر").await;
    let elsewhere = omar.comments(&other, "سلمى", "مكتبة جميلة").await;
    layla.rules(&story, released, "release", "").await;
    layla.rules(&other, elsewhere, "release", "").await;
    let of_story = format!("{}/comments/feed", address::story(&story.slug));
    let early = paper.get("/comments/feed/atom").await;
    assert_eq!(early.status, StatusCode::OK);
    assert!(!early.text.contains("الخط يفيد الحي"), "ten minutes must go by");
    let form = [("text", "summary"), ("comments", "yes"), ("delay", "٠")];
    assert_eq!(chooses(&layla, &form).await.header("location"), "/desk/site/feeds?done=yes");
    let all = paper.get("/comments/feed/rss").await.text;
    let document = Document::parse(&all).expect("well-formed RSS");
    let items = all_of(&document);
    assert_eq!(items.len(), 2);
    assert_eq!(words(items[0], "encoded"), "<p dir=\"auto\">مكتبة جميلة</p>");
    assert_eq!(words(items[1], "creator"), "عمر");
    assert!(words(items[1], "encoded").ends_with("<p dir=\"auto\">وأهله &#60;كلهم&#62;</p>"), "{all}");
    let own = paper.get(&format!("{of_story}/json")).await.text;
    let json: serde_json::Value = serde_json::from_str(&own).expect("JSON");
    assert_eq!(json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(json["items"][0]["id"], format!("{}#c-1", address::short(&paper.app.paper, story.id)));
    let page = paper.get(&address::story(&story.slug)).await.text;
    assert!(page.contains(&format!("href=\"{of_story}/rss\"")), "the page says where it is");
    for path in ["/comments/feed/atom", &format!("{of_story}/atom")] {
        let text = paper.get(path).await.text;
        Document::parse(&text).expect("well-formed Atom");
        assert!(!text.contains("كلام ينتظر"), "{path}");
    }
    layla.rules(&story, released, "refuse", "insult").await;
    assert!(!paper.get("/comments/feed/rss").await.text.contains("الخط يفيد الحي"), "it is gone from the feed as well");
}

fn all_of<'d>(document: &'d Document<'_>) -> Vec<Node<'d, 'd>> {
    all(document, "item")
}

#[tokio::test]
async fn editors_choose_whether_comments_have_feeds_and_how_much_of_a_story_is_told() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let mut draft = paper.draft("خط الترام");
    let link = Span { link: Some("/stories/مكتبة".into()), ..Span::plain("وهذه مكتبته") };
    draft.text.body = StoryBody(vec![Block::Paragraph { text: vec![Span::plain("متن الخبر كله."), link] }]);
    paper.publishes_draft(draft, paper.app.now()).await;
    assert!(!paper.get("/feed/rss").await.text.contains("متن الخبر كله."));
    chooses(&layla, &[("text", "full"), ("comments", ""), ("delay", "0")]).await;
    let rss = paper.get("/feed/rss").await.text;
    let document = Document::parse(&rss).expect("well-formed RSS");
    let told = words(all_of(&document)[0], "encoded");
    let whole = address::whole(&paper.app.paper, "/stories/مكتبة");
    assert!(told.contains(&format!("<p>متن الخبر كله.<a href=\"{whole}\">وهذه مكتبته</a></p>")), "{told}");
    assert_eq!(paper.get("/comments/feed/rss").await.status, StatusCode::NOT_FOUND);
    let wrong = chooses(&layla, &[("text", "full"), ("comments", "yes"), ("delay", "1441")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.assert_order(&["role=\"alert\"", "value=\"full\" checked", "value=\"1441\""]);
}

#[tokio::test]
async fn a_lead_picture_is_enclosed_with_its_kind_and_its_length() {
    let paper = OpenPaper::open().await;
    let (name, now) = ("tram.jpg".to_owned(), paper.app.now());
    let file = PictureFile { name, media_type: "image/jpeg".into(), size: (4, 3), bytes: vec![7; 321], kept_at: now };
    paper.app.store.keep_picture(&file).await.expect("a kept picture");
    let mut draft = paper.draft("خط الترام");
    draft.text.lead = Some(Picture { file: file.name, alt: "عربة".into(), size: (4, 3), ..Default::default() });
    paper.publishes_draft(draft, now).await;
    let whole = address::whole(&paper.app.paper, "/pictures/tram.jpg");
    let expected = (Some(whole.as_str()), Some("321"), Some("image/jpeg"));
    let rss = paper.get("/feed/rss").await.text;
    let document = Document::parse(&rss).expect("well-formed RSS");
    let file = all(&document, "enclosure")[0];
    assert_eq!((file.attribute("url"), file.attribute("length"), file.attribute("type")), expected);
    let atom = paper.get("/feed/atom").await.text;
    let document = Document::parse(&atom).expect("well-formed Atom");
    let file =
        all(&document, "link").into_iter().find(|link| link.attribute("rel") == Some("enclosure")).expect("a link");
    assert_eq!((file.attribute("href"), file.attribute("length"), file.attribute("type")), expected);
    let json: serde_json::Value = serde_json::from_str(&paper.get("/feed/json").await.text).expect("JSON");
    let file = &json["items"][0]["attachments"][0];
    assert_eq!((file["url"].as_str(), file["size_in_bytes"].as_i64()), (Some(whole.as_str()), Some(321)));
}
