//! What search machines are told that there is.

use super::part::Part;
use crate::layout::address;
use crate::page_cache::Tag;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{Got, OpenPaper};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use jiff::SignedDuration;
use newsroom::people::Role;
use newsroom::story::{Draft, Published, StoryLanguage, StoryText};
use roxmltree::Document;
use store::listings::Month;

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// The words of every element of this name, as a parser of XML reads them.
fn told(got: &Got, space: &str, name: &str) -> Vec<String> {
    assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, "application/xml; charset=utf-8"));
    let document = Document::parse(&got.text).expect("well-formed");
    let named = document.descendants().filter(|node| node.has_tag_name((space, name)));
    named.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

fn month_of(story: &Published) -> String {
    let day = story.published_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    format!("/sitemap-{:04}-{:02}.xml", day.year(), day.month())
}

/// A time as it is kept: to the millisecond.
fn kept(at: newsroom::Timestamp) -> String {
    newsroom::Timestamp::from_millisecond(at.as_millisecond()).expect("a time").to_string()
}

fn whole(paper: &OpenPaper, path: &str) -> String {
    address::whole(&paper.app.paper, path)
}

#[tokio::test]
async fn the_list_of_lists_leads_to_every_public_address_and_to_nothing_else() {
    let paper = OpenPaper::open().await;
    assert_eq!(told(&paper.get("/sitemap.xml").await, SITEMAP, "loc"), [whole(&paper, "/sitemap-pages.xml")]);
    let story = paper.publishes_everything().await;
    let index = paper.get("/sitemap.xml").await;
    assert!(index.tags.contains(&Tag::Archive));
    let lists = told(&index, SITEMAP, "loc");
    let wanted = ["/sitemap-pages.xml", "/sitemap-tags.xml", "/sitemap-writers.xml", &month_of(&story)];
    assert_eq!(lists, wanted.map(|path| whole(&paper, path)));
    let mut addresses = Vec::new();
    for list in &lists {
        let path = list.strip_prefix(&paper.app.paper.address).expect("of this paper");
        addresses.extend(told(&paper.get(path).await, SITEMAP, "loc"));
    }
    for path in ["/", "/sections/city", &address::story(&story.slug), &address::tag("نقل-عام"), "/how-we-review"]
    {
        assert!(addresses.contains(&whole(&paper, path)), "{path} is in none of {addresses:?}");
    }
    assert!(addresses.contains(&whole(&paper, &address::writer(&story.text.bylines[0].slug))));
    for one in &addresses {
        let path = one.strip_prefix(&paper.app.paper.address).expect("of this paper");
        assert_eq!(paper.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_month_tells_when_there_was_something_new_and_drops_what_was_withdrawn() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (story, other) = (paper.publishes("خط الترام").await, paper.publishes("مكتبة <الساحل> & غيرها").await);
    let (desk, list) = (format!("/desk/stories/{}", story.id), month_of(&story));
    let before = paper.get(&list).await;
    let day = story.published_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    assert_eq!(before.tags, [Tag::Month(day.year(), day.month())]);
    assert_eq!(told(&before, SITEMAP, "lastmod")[0], kept(story.published_at));
    let purged = paper.app.page_cache.watch();
    layla.post(&format!("{desk}/changes"), &[("how", "correction"), ("correction", "كان الطول خطأ.")]).await;
    assert!(purged.try_iter().flatten().any(|tag| before.tags.contains(&tag)));
    let after = paper.get(&list).await;
    let changed: newsroom::Timestamp = told(&after, SITEMAP, "lastmod")[0].parse().expect("a time");
    assert!(changed > story.published_at, "a correction is something new");
    assert_eq!(told(&after, SITEMAP, "loc").len(), 2);
    layla.post(&format!("{desk}/withdrawal"), &[("sure", "yes")]).await;
    assert!(purged.try_iter().flatten().any(|tag| before.tags.contains(&tag)));
    let left = told(&paper.get(&list).await, SITEMAP, "loc");
    assert_eq!(left, [whole(&paper, &address::story(&other.slug))]);
    layla.post(&format!("/desk/stories/{}/withdrawal", other.id), &[("sure", "yes")]).await;
    assert_eq!(paper.get(&list).await.status, StatusCode::NOT_FOUND, "a list without an address is none");
    for path in ["/sitemap-1999-01.xml", "/sitemap-2026-13.xml", "/sitemap-2026-03", "/sitemap-desk.xml"] {
        assert_eq!(paper.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Of each story of a list its address and the languages under which it is told, with the address of each.
fn told_languages(got: &Got) -> Vec<(String, Vec<(String, String)>)> {
    let document = Document::parse(&got.text).expect("well-formed");
    let stories = document.descendants().filter(|node| node.has_tag_name((SITEMAP, "url")));
    let told = stories.map(|story| {
        let loc = story.children().find(|node| node.has_tag_name((SITEMAP, "loc"))).expect("an address");
        let links = story.children().filter(|node| node.has_tag_name((XHTML, "link")));
        let links = links.map(|link| {
            assert_eq!(link.attribute("rel"), Some("alternate"));
            let part = |name: &str| link.attribute(name).unwrap_or_default().to_owned();
            (part("hreflang"), part("href"))
        });
        let mut links: Vec<_> = links.collect();
        links.sort();
        (loc.text().unwrap_or_default().to_owned(), links)
    });
    told.collect()
}

#[tokio::test]
async fn a_story_in_several_languages_is_told_with_all_of_them_under_each_and_alone_once_the_others_are_withdrawn() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let now = paper.app.now();
    let original = paper.publishes_draft(paper.draft("خط الترام"), now - SignedDuration::from_hours(24 * 70)).await;
    let draft = paper.draft("La ligne du tram");
    let language = StoryLanguage::from_tag("fr").expect("a language");
    let text = StoryText { answers: Some(original.id), translates: true, language, ..draft.text };
    let french = paper.publishes_draft(Draft { text, ..draft }, now).await;
    let alone = paper.publishes_draft(paper.draft("خبر بلغة واحدة"), now).await;
    let address = |story: &Published| whole(&paper, &address::story(&story.slug));
    let both = vec![("ar".to_owned(), address(&original)), ("fr".to_owned(), address(&french))];
    let before = paper.get(&month_of(&original)).await;
    assert_eq!(told_languages(&before), [(address(&original), both.clone())]);
    let mut later = told_languages(&paper.get(&month_of(&french)).await);
    later.sort_by_key(|(_, languages)| languages.len());
    assert_eq!(later, [(address(&alone), vec![]), (address(&french), both)]);
    let purged = paper.app.page_cache.watch();
    layla.post(&format!("/desk/stories/{}/withdrawal", french.id), &[("sure", "yes")]).await;
    assert!(purged.try_iter().flatten().any(|tag| before.tags.contains(&tag)), "the list of the other month too");
    assert_eq!(told_languages(&paper.get(&month_of(&original)).await), [(address(&original), vec![])]);
}

#[tokio::test]
async fn google_news_hears_of_the_stories_of_two_days_by_paper_language_and_headline() {
    let paper = OpenPaper::open().await;
    let now = paper.app.now();
    let old = paper.publishes_draft(paper.draft("خبر قديم"), now - SignedDuration::from_hours(49)).await;
    let new = paper.publishes_draft(paper.draft("خط \"الترام\" <الجديد>\u{b}"), now).await;
    let got = paper.get("/sitemap-news.xml").await;
    assert_eq!(told(&got, SITEMAP, "loc"), [whole(&paper, &address::story(&new.slug))]);
    assert!(!got.text.contains(&address::story(&old.slug)));
    assert_eq!(told(&got, NEWS, "name"), ["المرفأ"]);
    assert_eq!(told(&got, NEWS, "language"), ["ar"]);
    assert_eq!(told(&got, NEWS, "title"), ["خط \"الترام\" <الجديد>"]);
    assert_eq!(told(&got, NEWS, "publication_date"), [kept(new.published_at)]);
}

#[tokio::test]
async fn a_list_that_is_known_is_not_sent_again() {
    let paper = OpenPaper::open().await;
    let list = month_of(&paper.publishes("خط الترام").await);
    let mark = paper.get(&list).await.header("etag").to_owned();
    let request = Request::get(&list).header("if-none-match", mark).body(Body::empty()).expect("a request");
    assert_eq!(paper.send(request).await.status, StatusCode::NOT_MODIFIED);
}

#[test]
fn a_month_with_very_many_stories_is_told_day_by_day() {
    let usual = Month { year: 2026, month: 2, stories: 10_000 };
    assert_eq!(Part::of_month(&usual).iter().map(|part| part.path()).collect::<Vec<_>>(), ["/sitemap-2026-02.xml"]);
    let full = Part::of_month(&Month { stories: 10_001, ..usual });
    assert_eq!((full.len(), full[27].path().as_str()), (28, "/sitemap-2026-02-28.xml"));
    let (from, to) = full[27].span().expect("a span");
    assert_eq!((from.to_string().as_str(), to.to_string().as_str()), ("2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"));
    assert!(full.iter().all(|part| Part::named(&part.path()["/sitemap-".len()..]) == Some(*part)), "it is found again");
}

#[tokio::test]
async fn a_day_has_the_stories_of_that_day_alone() {
    let paper = OpenPaper::open().await;
    let now = paper.app.now();
    let story = paper.publishes_draft(paper.draft("خبر اليوم"), now).await;
    paper.publishes_draft(paper.draft("خبر أمس"), now - SignedDuration::from_hours(24)).await;
    let day = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let got = paper.get(&format!("/sitemap-{day}.xml")).await;
    assert_eq!(told(&got, SITEMAP, "loc"), [whole(&paper, &address::story(&story.slug))]);
}
