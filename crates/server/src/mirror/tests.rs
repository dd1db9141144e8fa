//! The mirror, piece by piece: what files are called, how links lead from one to another, and what becomes of the folder.

use super::folder::{Done, Folder};
use super::places::Place;
use super::rewritten::{Pages, style};

fn file(address: &str) -> Option<String> {
    Place::of(address).map(|place| place.file)
}

#[test]
fn pages_become_folders_and_files_keep_their_names() {
    let known = [
        ("/", "index.html"),
        ("/archive?after=12-7", "archive/after=12-7/index.html"),
        ("/stories/%D8%AE%D8%B7-%D8%A7%D9%84%D8%AA%D8%B1%D8%A7%D9%85", "stories/خط-الترام/index.html"),
        ("/assets/e0cd336d5fd1/paper.css", "assets/e0cd336d5fd1/paper.css"),
        ("/pictures/tram-480.jpg", "pictures/tram-480.jpg"),
        ("/feed/rss", "feed/rss.xml"),
        ("/sections/city/feed/json", "sections/city/feed/json.json"),
        ("/issues/7/issue.pdf", "issues/7/issue.pdf"),
    ];
    for (address, expected) in known {
        assert_eq!(file(address).as_deref(), Some(expected), "{address}");
    }
}

#[test]
fn what_belongs_to_one_reader_or_to_the_desk_has_no_place() {
    for address in [
        "/desk",
        "/desk/stories/7",
        "/sign-in",
        "/me",
        "/me/7/appeal",
        "/reader",
        "/stories/a/live",
        "/stories/a/comments/7",
        "/stories/a/reply/7",
        "/stories/a?sort=newest",
        "/search?q=tram",
        "/pages/../../etc",
        "/pages/%2e%2e",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/s/7",
    ] {
        assert_eq!(file(address), None, "{address}");
    }
}

#[test]
fn the_way_from_a_file_to_another_goes_up_first() {
    let story = Place::of("/stories/a").expect("a place");
    let picture = Place::of("/pictures/tram.jpg").expect("a place");
    assert_eq!(story.way_to(&picture), "../../pictures/tram.jpg");
    assert_eq!(Place::of("/").expect("a place").way_to(&story), "stories/a/index.html");
}

#[test]
fn a_second_walk_writes_what_changed_and_takes_away_what_is_gone() {
    let folder = std::env::temp_dir().join(format!("midad-mirror-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let mut first = Folder::open(&folder).expect("a folder");
    for file in ["index.html", "stories/a/index.html", "stories/b/index.html"] {
        first.keep(file, b"before").expect("kept");
    }
    assert_eq!(first.finish().expect("done"), Done { written: 3, same: 0, gone: 0 });
    let mut second = Folder::open(&folder).expect("the folder again");
    second.keep("index.html", b"after").expect("kept");
    second.keep("stories/a/index.html", b"before").expect("kept");
    assert_eq!(second.finish().expect("done"), Done { written: 1, same: 1, gone: 1 });
    assert!(!folder.join("stories/b").exists());
    assert_eq!(std::fs::read(folder.join("index.html")).expect("a file"), b"after");
    std::fs::remove_dir_all(&folder).expect("swept");
}

#[test]
fn a_folder_with_files_of_others_is_refused_and_none_of_them_is_touched() {
    let folder = std::env::temp_dir().join(format!("midad-no-mirror-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("letters.txt"), "mine").expect("a file");
    assert!(Folder::open(&folder).is_err());
    std::fs::write(folder.join("midad-mirror.txt"), "../letters.txt\n/etc/passwd\n").expect("a list");
    assert_eq!(Folder::open(&folder).expect("a mirror").finish().expect("done").gone, 0);
    std::fs::remove_dir_all(&folder).expect("swept");
}

const PAGE: &str = "<!doctype html><html><head><meta name=\"description\" content=\"عربات جديدة\">\
    <link rel=\"stylesheet\" href=\"/assets/1f/paper.css\"><script type=\"module\" src=\"/assets/2f/paper.js\"></script></head>\
    <body><h1>خط <em>الترام</em></h1><form action=\"/search\"><input name=\"q\"></form>\
    <form method=\"post\" action=\"/stories/a/comments\"><textarea></textarea></form>\
    <a href=\"/archive?after=1-2#top\">x</a><a href=\"/desk\">y</a><a href=\"https://elsewhere.example/\">z</a>\
    <img src=\"/pictures/t.jpg\" srcset=\"/pictures/t-480.jpg 480w, /pictures/t.jpg 900w\" alt=\"\"></body></html>";

#[test]
fn links_lead_from_file_to_file_and_nothing_is_sent_or_run() {
    let pages = Pages::new("https://paper.example/", "نسخة", "إلى الصحيفة");
    let place = Place::of("/stories/a").expect("a place");
    let page = pages.page(&place, PAGE).expect("a page");
    for expected in [
        "href=\"../../assets/1f/paper.css\"",
        "action=\"../../search/index.html\"",
        "href=\"../../archive/after=1-2/index.html#top\"",
        "href=\"https://paper.example/desk\"",
        "href=\"https://elsewhere.example/\"",
        "srcset=\"../../pictures/t-480.jpg 480w, ../../pictures/t.jpg 900w\"",
        "<a href=\"https://paper.example/\" rel=\"external\">إلى الصحيفة</a>",
    ] {
        assert!(page.html.contains(expected), "{expected}: {}", page.html);
    }
    assert!(!page.html.contains("<script") && !page.html.contains("textarea"), "{}", page.html);
    assert_eq!((page.told.heading.as_str(), page.told.about.as_str()), ("خط الترام", "عربات جديدة"));
    assert_eq!(page.links.len(), 6, "{:?}", page.links);
}

#[test]
fn style_rules_find_their_letters() {
    let place = Place::of("/assets/1f/paper.css").expect("a place");
    let (css, links) = style(&place, "@font-face{src:url(\"/assets/3f/t.woff2\") format(\"woff2\")}a{b:url(data:x)}");
    assert_eq!(css, "@font-face{src:url(\"../../assets/3f/t.woff2\") format(\"woff2\")}a{b:url(data:x)}");
    assert_eq!(links, ["/assets/3f/t.woff2"]);
}
