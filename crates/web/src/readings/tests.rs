use crate::layout::address;
use crate::tests::browser::Browser;
use crate::tests::open_paper::{OpenPaper, PERSON};
use axum::body::Body;
use axum::http::Request;
use newsroom::SectionId;
use newsroom::people::Role;
use newsroom::readings::{Count, Country, Source, Tally};
use newsroom::story::Published;
use std::net::IpAddr;

const FROM_ELSEWHERE: (&str, &str) = ("referer", "https://www.harbour.example/list?of=huda");

async fn asks(paper: &OpenPaper, path: &str, headers: &[(&str, &str)]) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    paper.send(request.body(Body::empty()).expect("a request")).await;
}

fn times(tally: &Tally, wanted: &Count) -> i64 {
    tally.counts().filter(|(_, count, _)| *count == wanted).map(|(_, _, times)| times).sum()
}

async fn with_story() -> (OpenPaper, Published, String) {
    let paper = OpenPaper::open().await;
    let story = paper.publishes("خبر مقروء").await;
    let path = address::story(&story.slug);
    (paper, story, path)
}

#[tokio::test]
async fn readers_pages_are_counted_as_what_they_are_and_a_reader_once_a_day() {
    let (paper, story, path) = with_story().await;
    asks(&paper, &path, &[PERSON, FROM_ELSEWHERE]).await;
    asks(&paper, &path, &[PERSON]).await;
    asks(&paper, "/sections/city", &[PERSON, ("host", "paper.example"), ("referer", "http://paper.example/")]).await;
    asks(&paper, "/", &[PERSON]).await;
    asks(&paper, "/archive", &[("user-agent", "Mozilla/5.0 (another browser)")]).await;
    let tally = paper.app.readings.take();
    for (count, n) in [
        (Count::Story(story.id), 2),
        (Count::Section(SectionId(1)), 3),
        (Count::Pages("story"), 2),
        (Count::Pages("section"), 1),
        (Count::Pages("front"), 1),
        (Count::Pages("other"), 1),
        (Count::Source(Source::from_key("site:harbour.example")), 1),
        (Count::Source(Source::from_key("direct:")), 3),
    ] {
        assert_eq!(times(&tally, &count), n, "{count:?}");
    }
    assert_eq!(tally.marks().count(), 2, "two browsers from one network");
}

#[tokio::test]
async fn machines_staff_and_pages_that_nobody_asked_for_are_not_counted() {
    let (paper, _, path) = with_story().await;
    let bot = ("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
    asks(&paper, &path, &[bot]).await;
    asks(&paper, &path, &[]).await;
    asks(&paper, &path, &[PERSON, ("sec-purpose", "prefetch;prerender")]).await;
    asks(&paper, &path, &[PERSON, ("purpose", "prefetch")]).await;
    asks(&paper, &format!("{path}?after=1-1"), &[PERSON]).await;
    asks(&paper, "/stories/nowhere", &[PERSON]).await;
    asks(&paper, "/healthz", &[PERSON]).await;
    asks(&paper, "/me", &[PERSON]).await;
    let head = Request::head(&path).header(PERSON.0, PERSON.1).body(Body::empty()).expect("a request");
    paper.send(head).await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.send("GET", &path, &[], &[PERSON]).await;
    assert!(paper.app.readings.take().is_empty());
    asks(&paper, &path, &[PERSON]).await;
    assert!(!paper.app.readings.take().is_empty());
}

/// One network is in Algeria; nobody knows about any other.
#[derive(Debug)]
struct OneNetwork;

impl super::Atlas for OneNetwork {
    fn country_of(&self, address: IpAddr) -> Option<Country> {
        (address.to_string() == "192.0.2.7").then(|| Country::of("DZ")).flatten()
    }
}

#[tokio::test]
async fn pages_are_counted_by_country_once_somebody_supplies_an_atlas() {
    let paper = OpenPaper::open_as(crate::paper::Paper { behind_proxy: true, ..Default::default() }).await;
    let of = |code| Count::Country(Country::of(code).expect("a code"));
    let here = ("x-forwarded-for", "192.0.2.7");
    asks(&paper, "/", &[PERSON, here]).await;
    let tally = paper.app.readings.take();
    assert!(!tally.counts().any(|(_, count, _)| matches!(count, Count::Country(_))), "nobody looks");
    paper.app.readings.look_up_countries_in(Box::new(OneNetwork));
    asks(&paper, "/", &[PERSON, here]).await;
    asks(&paper, "/archive", &[PERSON, here]).await;
    asks(&paper, "/", &[PERSON, ("x-forwarded-for", "198.51.100.1")]).await;
    let tally = paper.app.readings.take();
    assert_eq!((times(&tally, &of("DZ")), times(&tally, &of("ZZ"))), (2, 1));
}

#[tokio::test]
async fn no_row_holds_an_address_or_a_browser_or_what_was_asked_of_another_site() {
    let paper = OpenPaper::open_as(crate::paper::Paper { behind_proxy: true, ..Default::default() }).await;
    let story = paper.publishes("خبر مقروء").await;
    let agent = ("user-agent", "Mozilla/5.0 (Linux; Qahwa 77) Zanbaq/3.1");
    let from = ("x-forwarded-for", "203.0.113.77");
    asks(&paper, &address::story(&story.slug), &[agent, from, FROM_ELSEWHERE]).await;
    super::write_down(&paper.app).await.expect("written");
    let today = paper.app.today();
    let sums = paper.app.store.reading_sums(today, today, 5).await.expect("sums");
    assert_eq!((sums.readers.clone(), sums.stories.len()), (vec![(today, 1)], 1), "it was counted");
    store::Store::clone(&paper.app.store).close().await;
    let mut seen = 0;
    for file in std::fs::read_dir(&paper.folder).expect("the data") {
        let bytes = std::fs::read(file.expect("a file").path()).expect("bytes");
        seen += bytes.len();
        for words in ["203.0.113", "Qahwa", "Zanbaq", "of=huda"] {
            assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words} is in the data");
        }
    }
    assert!(seen > 100_000, "the files were read");
}

#[tokio::test]
async fn a_days_salt_is_one_for_all_and_gone_with_its_marks_when_the_day_is_over() {
    let (paper, _, path) = with_story().await;
    asks(&paper, &path, &[PERSON]).await;
    super::write_down(&paper.app).await.expect("written");
    let (store, today) = (&paper.app.store, paper.app.today());
    let salt = store.reading_salt(today).await.expect("a salt");
    assert_eq!(store.reading_salt(today).await.expect("a salt"), salt);
    super::forget_earlier_days(&paper.app).await.expect("the clock");
    assert_eq!(store.reading_salt(today).await.expect("a salt"), salt, "the day is not over");
    let tomorrow = today.tomorrow().expect("a day");
    assert_eq!(store.forget_marks(tomorrow, 100).await.expect("forgotten"), 1);
    assert_ne!(store.reading_salt(today).await.expect("a salt"), salt, "nobody can make the marks again");
}
