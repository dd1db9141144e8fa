//! A story page, as a reader finds it: everything in its order, at one address.

use super::blocks::{Blocks, cell, host};
use crate::layout::address;
use crate::page_cache::Tag;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{OpenPaper, of_story};
use arabic::bidi::Direction;
use arabic::dates::Months;
use axum::http::StatusCode;
use newsroom::body::{Block, Body, Made, Picture, read_text_form};
use newsroom::people::{Actor, Role};
use newsroom::profile::Language;
use newsroom::readings::{Count, Tally};
use newsroom::story::{Published, StoryLanguage};

async fn page_of(paper: &OpenPaper, story: &Published) -> crate::tests::open_paper::Got {
    paper.get(&address::story(&story.slug)).await
}

#[tokio::test]
async fn the_parts_of_a_story_stand_in_the_order_of_print() {
    let paper = OpenPaper::open().await;
    paper.publishes("خبر آخر من القسم").await;
    let story = paper.publishes_everything().await;
    let got = page_of(&paper, &story).await;
    assert_eq!(got.status, StatusCode::OK);
    got.assert_order(&[
        "<main",
        "النقل العام",
        "<h1>خط الترام يصل إلى المرفأ</h1>",
        "اكتمل مدّ القضبان",
        "<img src=\"/pictures/tram.png\" alt=\"عربة ترام بيضاء\" width=\"1200\" height=\"800\"",
        "أول عربة",
        "سامي الدرّاز",
        "مرسى الياسمين",
        "<time datetime=\"",
        "وصل الترام إلى المرفأ صباح اليوم.",
        "بقلم",
        "هدى السالمي",
        "لـ«\u{2068}صدى الساحل\u{2069}»",
        "https://wa.me/?text=",
        "https://t.me/share/url?",
        "https://www.facebook.com/sharer/",
        "https://x.com/intent/post?",
        "الرابط القصير",
        "/s/",
        "نقل عام",
        "اقرأ أيضًا",
        "خبر آخر من القسم",
        "class=\"below\"",
        "</main>",
    ]);
}

#[tokio::test]
async fn a_picture_that_is_still_to_be_supplied_is_not_shown() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("خبر بلا صورة");
    draft.text.lead = Some(newsroom::body::Picture {
        file: "IMG_1234".into(),
        alt: String::new(),
        caption: None,
        credit: None,
        size: (0, 0),
        ..Default::default()
    });
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    for path in [address::story(&story.slug), "/".into(), "/sections/city".into()] {
        let got = paper.get(&path).await;
        assert!(!got.text.contains("IMG_1234"), "{path}");
        assert!(!got.text.contains("<img"), "{path}");
    }
}

#[tokio::test]
async fn dates_have_both_names_and_the_hijri_day_where_the_paper_prints_them() {
    let mut settings = Paper::default();
    settings.writing.months = Months::Levant;
    settings.writing.double = Some(Months::PanArab);
    settings.writing.hijri = Some(0);
    let paper = OpenPaper::open_as(settings).await;
    let time = "2025-11-22T09:00:00Z".parse().expect("a time");
    let story = paper.publishes_draft(paper.draft("خبر مؤرخ"), time).await;
    page_of(&paper, &story).await.assert_order(&[
        "<p class=\"dateline\">",
        "<time datetime=\"2025-11-22T09:00:00Z\">السبت 22 تشرين الثاني/نوفمبر 2025</time>",
        "1 جمادى الآخرة 1447",
    ]);
}

#[tokio::test]
async fn a_correction_is_dated_and_stands_above_the_body() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر فيه خطأ").await;
    let corrected = story.correct("طول الخط ثمانية كيلومترات.", "2026-03-04T10:00:00Z".parse().expect("a time"));
    paper.app.store.correct(&corrected, Actor::Program, "", paper.app.now()).await.expect("a correction");
    page_of(&paper, &corrected).await.assert_order(&[
        "آخر تحديث",
        "تصويبات",
        "<time datetime=\"2026-03-04T10:00:00Z\">",
        "طول الخط ثمانية كيلومترات.",
        "<div class=\"body\"",
    ]);
}

#[tokio::test]
async fn every_kind_of_block_is_printed_and_none_as_html_of_its_author() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("كل ما في المتن");
    let text = "### عنوان صغير\n\nفقرة فيها **شدّة** و*توكيد* و[رابط](https://example.org/a) و<b>وسم</b>.\n\n- أول\n- ثان\n\n\
         1. واحد\n2. اثنان\n\n> كلام مقتبس\n> — صاحبه\n\n!! ملاحظة\n\n---\n\n[[https://www.example.org/x | بطاقة | وصفها]]";
    let (body, problems) = read_text_form(text);
    assert!(problems.is_empty(), "{problems:?}");
    draft.text.body = body;
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    page_of(&paper, &story).await.assert_order(&[
        "<h2>عنوان صغير</h2>",
        "<strong>شدّة</strong> و<em>توكيد</em> و<a href=\"https://example.org/a\" rel=\"noopener\">رابط</a>",
        "&#60;b&#62;وسم",
        "<ul>",
        "<li>أول</li>",
        "<ol>",
        "<li>واحد</li>",
        "<blockquote><p>كلام مقتبس</p></blockquote><figcaption>صاحبه</figcaption>",
        "ملاحظة",
        "<hr>",
        "<a href=\"https://www.example.org/x\" rel=\"noopener\"><span class=\"link-title\">بطاقة</span></a>",
        "example.org</bdi>",
    ]);
}

#[tokio::test]
async fn a_story_in_another_language_is_set_in_its_own_direction_inside_the_paper() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("Le quai des noms");
    draft.text.language = Language::Fr.into();
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    page_of(&paper, &story).await.assert_order(&[
        "<html lang=\"ar\" dir=\"rtl\">",
        "<h1 lang=\"fr\" dir=\"ltr\">Le quai des noms</h1>",
        "<div class=\"body\" lang=\"fr\" dir=\"ltr\">",
    ]);
}

#[tokio::test]
async fn the_description_for_machines_cannot_end_its_element() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("</script><script>alert(1)").await;
    let got = page_of(&paper, &story).await;
    let json = got.text.split("<script type=\"application/ld+json\">").nth(1).expect("a description");
    let json = json.split("</script>").next().expect("its end");
    let described: serde_json::Value = serde_json::from_str(json).expect("whole JSON");
    assert_eq!(described["@type"], "NewsArticle");
    assert_eq!(described["headline"], "</script><script>alert(1)");
    assert!(!got.text.contains("<script>alert"));
}

#[tokio::test]
async fn a_withdrawn_story_is_gone_from_every_list_and_its_address_says_why() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    let (address, writer) = (address::story(&story.slug), address::writer(&story.text.bylines[0].slug));
    let withdrawn = story.clone().withdraw("لم نتحقق من المصدر.", paper.app.now());
    paper.app.store.withdraw(&withdrawn, Actor::Program, "").await.expect("withdrawn");
    let got = paper.get(&address).await;
    assert_eq!(got.status, StatusCode::GONE);
    got.assert_order(&["<h1>سُحبت هذه المادة</h1>", "لم نتحقق من المصدر."]);
    assert!(!got.text.contains("خط الترام"));
    for list in ["/", "/sections/city", "/archive", &writer, &address::tag("نقل-عام")] {
        assert!(!paper.get(list).await.text.contains("خط الترام"), "{list}");
    }
}

#[tokio::test]
async fn a_draft_has_no_address() {
    let paper = OpenPaper::open().await;
    let draft = paper.draft("مسودة سرية");
    paper.app.store.keep_draft(&draft, Actor::Program, paper.app.now()).await.expect("a kept draft");
    for path in [format!("/s/{}", draft.id.short()), format!("/stories/{}", draft.id.short())] {
        let got = paper.get(&path).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!got.text.contains("مسودة سرية"));
    }
}

#[tokio::test]
async fn short_and_retyped_addresses_lead_to_the_story_and_keep_what_was_asked() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("أخبار المرفأ").await;
    let address = address::story(&story.slug);
    let short = paper.get(&format!("/s/{}", story.id.short())).await;
    assert_eq!((short.status, short.header("location")), (StatusCode::MOVED_PERMANENTLY, address.as_str()));
    let retyped = paper.get(&format!("{}?sort=newest", address::story("اخبار-المرفا"))).await;
    let there = format!("{address}?sort=newest");
    assert_eq!((retyped.status, retyped.header("location")), (StatusCode::MOVED_PERMANENTLY, there.as_str()));
    assert_eq!(paper.get("/s/nonsense0").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_story_page_declares_its_story_its_section_and_what_it_offers_to_read() {
    let paper = OpenPaper::open().await;
    let (other, story) = (paper.publishes("خبر آخر من القسم").await, paper.publishes_everything().await);
    let got = page_of(&paper, &story).await;
    assert_eq!(got.tags, [of_story(&story), Tag::Section("city".into()), of_story(&other)]);
}

#[tokio::test]
async fn reading_a_story_is_counted_until_it_is_written_down() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر مقروء").await;
    for _ in 0..3 {
        page_of(&paper, &story).await;
    }
    let tally = paper.app.readings.take();
    let reads =
        |tally: &Tally| tally.counts().find_map(|(_, count, n)| (*count == Count::Story(story.id)).then_some(n));
    assert_eq!(reads(&tally), Some(3));
    paper.app.readings.put_back(tally);
    page_of(&paper, &story).await;
    assert_eq!(reads(&paper.app.readings.take()), Some(4));
}

#[test]
fn a_lower_heading_without_a_higher_one_is_printed_as_the_higher() {
    let levels = |text: &str| -> Vec<u8> {
        let body = read_text_form(text).0;
        Blocks::new(&body, Direction::RightToLeft)
            .all
            .into_iter()
            .map(|(level, ..)| level)
            .filter(|level| *level > 0)
            .collect()
    };
    assert_eq!(levels("### أ\n\n## ب\n\n### ج"), [2, 2, 3]);
}

#[test]
fn a_link_card_names_the_host_that_it_leads_to() {
    assert_eq!(host("https://www.example.org/a?b"), "example.org");
    assert_eq!(host("https://bank.example@evil.example/"), "evil.example");
}

/// One case of the table that the story editor is held to as well.
#[derive(serde::Deserialize)]
struct Case {
    why: String,
    story: String,
    block: Block,
    dir: Option<String>,
    #[serde(default)]
    cells: Vec<String>,
}

#[test]
fn blocks_run_on_the_page_as_in_the_editor() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../editor-ui/tests/directions.json")).expect("JSON");
    assert!(cases.len() > 20);
    for Case { why, story, block, dir, cells } in cases {
        let around = if story == "rtl" { Direction::RightToLeft } else { Direction::LeftToRight };
        let blocks = Blocks::new(&Body(vec![block]), around);
        let (_, turned, block) = &blocks.all[0];
        assert_eq!(*turned, dir.unwrap_or_default(), "{why}");
        if let Block::Table { rows, .. } = block {
            assert_eq!(rows.iter().flatten().map(|words| cell(words)).collect::<Vec<_>>(), cells, "{why}");
        }
    }
}

#[tokio::test]
async fn a_paragraph_of_another_direction_is_set_in_its_own_for_readers_and_at_the_desk() {
    let paper = OpenPaper::open().await;
    let mut draft = paper.draft("خبر الميناء");
    let text = "«NATO» تجتمع غدًا في الرباط.\n\n« C’est fini », a-t-il dit.\n\n## En bref\n\n- un\n- deux\n\n\
                > Bonjour.\n> — أحدهم\n\n| Ville | العدد |\n| --- | --- |\n| Fès | 12 |";
    draft.text.body = read_text_form(text).0;
    let caption = Some("Le port".to_owned());
    let (file, alt, size) = ("a.png".into(), "المرفأ".into(), (4, 3));
    draft.text.body.0.push(Block::Picture(Picture { file, alt, caption, size, ..Default::default() }));
    let story = paper.publishes_draft(draft, paper.app.now()).await;
    let expected = [
        "<p>«NATO» تجتمع",
        "<p dir=\"ltr\">« C’est fini »",
        "<h2 dir=\"ltr\">En bref</h2>",
        "<ul dir=\"ltr\">",
        "<li>un</li>",
        "<figure class=\"quote\" dir=\"ltr\">",
        "<th scope=\"col\" dir=\"ltr\">Ville",
        "<th scope=\"col\" dir=\"rtl\">العدد",
        "<td dir=\"auto\">12</td>",
        "<figcaption dir=\"ltr\"><span>Le port</span>",
    ];
    page_of(&paper, &story).await.assert_order(&expected);
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.get(&format!("/desk/stories/{}", story.id)).await.assert_order(&expected);
}

#[tokio::test]
async fn a_story_may_be_in_a_language_that_no_screen_speaks() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    for (tag, headline, dir) in [("zgh", "ⴰⵏⵖⵎⵉⵙ", "ltr"), ("ckb", "هەواڵی بەندەر", "rtl"), ("ps", "خبر", "rtl")]
    {
        let mut draft = paper.draft(headline);
        draft.text.language = StoryLanguage::from_tag(tag).expect("a tag");
        let story = paper.publishes_draft(draft, paper.app.now()).await;
        let own = format!("lang=\"{tag}\" dir=\"{dir}\"");
        page_of(&paper, &story).await.assert_order(&[
            "<html lang=\"ar\" dir=\"rtl\">",
            &format!("<meta property=\"og:locale\" content=\"{tag}\">"),
            &format!("\"inLanguage\":\"{tag}\""),
            &format!("<h1 {own}>{headline}"),
            &format!("<div class=\"body\" {own}>"),
        ]);
        paper.get("/sections/city").await.assert_order(&["<article", &own, "lang=\"ar\" dir=\"rtl\"", headline]);
        paper.get("/feed/rss").await.assert_order(&[headline, &format!("<dc:language>{tag}</dc:language>")]);
        paper.get("/feed/json").await.assert_order(&[&format!("\"language\":\"{tag}\"")]);
        let chosen = format!("<option value=\"{tag}\" data-dir=\"{dir}\" selected>");
        let writing = layla.get(&format!("/desk/stories/{}/edit", story.id)).await;
        writing.assert_order(&[&format!("data-lang=\"{tag}\" data-story-dir=\"{dir}\""), &chosen]);
    }
}

#[test]
fn every_language_that_is_offered_has_a_name_in_every_language_of_the_screens() {
    for language in Language::ALL {
        let t = crate::Words::new(language, arabic::digits::Digits::Western);
        for offered in StoryLanguage::offered() {
            let key = format!("language.{}", offered.key().expect("a key"));
            assert_ne!(t.s(&key), key, "{language:?}");
        }
    }
}

#[test]
fn a_link_is_shown_with_a_picture_that_chat_programs_take() {
    let print = "ab".repeat(16);
    let of = |size: (u32, u32), jpeg: &[u32]| {
        let made = Made { jpeg: jpeg.to_vec(), avif: Vec::new() };
        address::shared(&Picture { file: format!("{print}.jpg"), size, made, ..Default::default() })
    };
    let path = |end: &str| format!("/pictures/{print}{end}.jpg");
    assert_eq!(of((4096, 2731), &[480, 960, 1600]), (path("-1600"), (1600, 1066)));
    assert_eq!(of((4096, 2731), &[480, 960]), (path("-960"), (960, 640)), "the next smaller one while it is made");
    assert_eq!(of((4096, 2731), &[]), (path(""), (4096, 2731)), "none other is there");
    assert_eq!(of((1600, 900), &[480, 960]), (path(""), (1600, 900)), "narrow enough");
    let by_hand = Picture { file: "tram.png".into(), size: (3000, 2000), ..Default::default() };
    assert_eq!(address::shared(&by_hand), ("/pictures/tram.png".into(), (3000, 2000)));
}

/// Every description of a page, as a parser of JSON reads it.
fn descriptions(got: &crate::tests::open_paper::Got) -> Vec<serde_json::Value> {
    let parts = got.text.split("<script type=\"application/ld+json\"").skip(1);
    let whole = parts.map(|part| part.split_once('>').expect("a tag").1);
    let json = whole.map(|part| part.split("</script>").next().expect("its end"));
    json.map(|one| serde_json::from_str(one).expect("whole JSON")).collect()
}

/// The one of a kind; each says in whose words it is.
fn description(got: &crate::tests::open_paper::Got, kind: &str) -> serde_json::Value {
    let all = descriptions(got);
    assert!(all.iter().all(|one| one["@context"] == "https://schema.org"));
    all.into_iter().find(|one| one["@type"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

#[tokio::test]
async fn a_story_has_everything_that_search_machines_ask_of_an_article() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    let got = page_of(&paper, &story).await;
    let said = description(&got, "NewsArticle");
    let whole = |path: &str| address::whole(&paper.app.paper, path);
    let address = whole(&address::story(&story.slug));
    let at = newsroom::Timestamp::from_millisecond(story.published_at.as_millisecond()).expect("a time").to_string();
    for (name, value) in [
        ("@id", address.as_str()),
        ("url", address.as_str()),
        ("mainEntityOfPage", address.as_str()),
        ("headline", story.text.headline.as_str()),
        ("dateline", "مرسى الياسمين"),
        ("articleSection", "المدينة"),
        ("inLanguage", "ar"),
        ("datePublished", at.as_str()),
        ("dateModified", at.as_str()),
    ] {
        assert_eq!(said[name], value, "{name}");
    }
    assert_eq!((&said["isAccessibleForFree"], &said["commentCount"]), (&true.into(), &0.into()));
    assert_eq!(said["author"][0]["@type"], "Person");
    assert_eq!(said["author"][0]["url"], whole(&address::writer(&story.text.bylines[0].slug)));
    assert_eq!((&said["publisher"]["name"], &said["publisher"]["url"]), (&"المرفأ".into(), &whole("/").into()));
    let picture = &said["image"][0];
    assert_eq!(
        (&picture["@type"], &picture["width"], &picture["height"]),
        (&"ImageObject".into(), &1200.into(), &800.into())
    );
    assert_eq!((&picture["caption"], &picture["creditText"]), (&"أول عربة".into(), &"سامي الدرّاز".into()));
    let way = description(&got, "BreadcrumbList");
    let steps = way["itemListElement"].as_array().expect("steps").clone();
    assert_eq!(steps.iter().map(|step| step["position"].clone()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        steps.iter().map(|step| step["name"].clone()).collect::<Vec<_>>(),
        ["المرفأ", "المدينة", &story.text.headline]
    );
    assert_eq!(steps[1]["item"], whole("/sections/city"));
    let unsigned = paper.publishes(&"كلمة ".repeat(40)).await;
    let said = description(&page_of(&paper, &unsigned).await, "NewsArticle");
    assert_eq!(
        (&said["author"][0]["@type"], &said["author"][0]["name"]),
        (&"NewsMediaOrganization".into(), &"المرفأ".into())
    );
    let headline = said["headline"].as_str().expect("a headline");
    assert!(headline.ends_with("كلمة…") && arabic::runs::clusters(headline) <= 110, "{headline}");
    assert!(said.get("dateline").is_none() && said.get("keywords").is_none());
}

#[tokio::test]
async fn the_talk_below_a_story_is_described_by_its_released_comments_alone() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خط الترام").await;
    let (salma, reader) = (Browser::of_staff(&paper, "سلمى", Role::Moderator).await, Browser::new(&paper));
    let first = reader.comments(&story, "هدى", "كلام </script> مقروء").await;
    assert!(descriptions(&page_of(&paper, &story).await).iter().all(|one| one["@type"] != "DiscussionForumPosting"));
    salma.rules(&story, first, "release", "").await;
    let answer = Browser::new(&paper).answers(&story, "1", "كريم", "جواب").await;
    salma.rules(&story, answer, "release", "").await;
    Browser::new(&paper).comments(&story, "كريم", "كلام ينتظر").await;
    let got = page_of(&paper, &story).await;
    let talk = description(&got, "DiscussionForumPosting");
    for required in ["author", "datePublished", "text", "url", "headline"] {
        assert!(!talk[required].is_null(), "{required}");
    }
    assert_eq!((&talk["commentCount"], talk["comment"].as_array().map(Vec::len)), (&2.into(), Some(2)));
    let told = &talk["comment"][0];
    assert_eq!((&told["text"], &told["author"]["name"]), (&"كلام </script> مقروء".into(), &"هدى".into()));
    let own = address::whole(&paper.app.paper, &format!("{}/comments/1", address::story(&story.slug)));
    assert_eq!((&told["url"], &talk["comment"][1]["parentItem"]["url"]), (&own.as_str().into(), &own.as_str().into()));
    assert_eq!(description(&got, "NewsArticle")["commentCount"], 2);
    assert!(!got.text.contains("كلام ينتظر"));
    let alone = paper.get(&format!("{}/comments/1", address::story(&story.slug))).await;
    assert_eq!(description(&alone, "Comment")["text"], "كلام </script> مقروء");
}

#[tokio::test]
async fn lists_and_the_front_page_say_whose_they_are() {
    let paper = OpenPaper::open().await;
    let story = paper.publishes_everything().await;
    let whole = |path: &str| address::whole(&paper.app.paper, path);
    for path in ["/sections/city".to_owned(), address::tag("نقل-عام"), address::writer(&story.text.bylines[0].slug)]
    {
        let way = description(&paper.get(&path).await, "BreadcrumbList");
        assert_eq!(way["itemListElement"][1]["item"], whole(&path), "{path}");
    }
    let writer = address::writer(&story.text.bylines[0].slug);
    let person = description(&paper.get(&writer).await, "ProfilePage")["mainEntity"].clone();
    assert_eq!((&person["@type"], &person["name"]), (&"Person".into(), &"هدى السالمي".into()));
    let front = paper.get("/").await;
    let said = description(&front, "NewsMediaOrganization");
    assert_eq!((&said["name"], &said["url"]), (&"المرفأ".into(), &whole("/").into()));
    assert_eq!(
        (&said["description"], &said["correctionsPolicy"]),
        (&"جريدة الساحل".into(), &whole("/corrections").into())
    );
    let site = description(&front, "WebSite");
    assert_eq!(site["publisher"]["@id"], said["@id"]);
    let search = &site["potentialAction"];
    assert_eq!(search["target"]["urlTemplate"], whole("/search?q={search_term_string}"));
    assert_eq!(search["query-input"], "required name=search_term_string");
}
