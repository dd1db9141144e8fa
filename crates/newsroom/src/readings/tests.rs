use super::*;
use crate::ids::{SectionId, StoryId};
use jiff::civil::date;

const PHONE: &str = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 \
                     Mobile Safari/537.36";

#[test]
fn browsers_of_people_are_told_from_machines() {
    let people = [
        PHONE,
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:131.0) Gecko/20100101 Firefox/131.0",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/191.308; U; ar) Presto/2.12.423 Version/12.16",
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/470]",
    ];
    for agent in people {
        assert!(is_of_a_person(agent), "{agent}");
    }
    let machines = [
        "",
        "curl/8.5.0",
        "Go-http-client/2.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    ];
    for agent in machines {
        assert!(!is_of_a_person(agent), "{agent}");
    }
    assert!(is_ahead_of_time("prefetch;prerender") && is_ahead_of_time("Prefetch") && !is_ahead_of_time(""));
}

#[test]
fn of_a_link_the_host_alone_is_kept_and_large_services_have_one_name() {
    let own = ["example.org"];
    let said = |referrer: &str| source_of(referrer, &own).map(|source| source.key());
    for (referrer, key) in [
        ("", "direct:"),
        ("about:blank", "direct:"),
        ("https://www.google.com.lb/search?q=private+words", "search:google.com"),
        ("https://news.google.fr/", "search:google.com"),
        ("android-app://com.google.android.googlequicksearchbox/", "search:google.com"),
        ("https://duckduckgo.com", "search:duckduckgo.com"),
        ("https://yandex.ru/", "search:yandex.com"),
        ("https://l.facebook.com/l.php?u=1", "social:facebook.com"),
        ("https://t.co/abc", "social:x.com"),
        ("android-app://org.telegram.messenger/", "social:telegram.org"),
        ("https://cat.co/abc", "site:cat.co"),
        ("https://user:secret@WWW.Harbour.Example:8443/a/b?mail=huda@readers.example#c", "site:harbour.example"),
        ("https://google.harbour.example/", "site:google.harbour.example"),
        ("http://203.0.113.9/", "others:"),
        ("http://[2001:db8::1]:80/", "others:"),
        ("http://intranet/", "others:"),
    ] {
        assert_eq!(said(referrer).as_deref(), Some(key), "{referrer}");
        assert_eq!(Source::from_key(key).key(), key);
    }
    assert_eq!(said("https://www.example.org/stories/a"), None, "from a page of one's own");
    assert_eq!(said(&format!("https://{}.example/", "a".repeat(90))).as_deref(), Some("others:"));
}

#[test]
fn a_page_is_counted_as_what_it_is_and_a_reader_once() {
    let (day, mut tally) = (date(2026, 3, 10), Tally::default());
    let story = Opened::Story(StoryId(7), Some(SectionId(1)));
    let open = |page, source, mark| Opening { day, hour: 9, page, source, country: Country::of("DZ"), mark };
    tally.open(open(story, source_of("", &[]), Some(5)));
    tally.open(open(story, None, Some(5)));
    tally.open(open(Opened::Front, None, None));
    let all: Vec<_> = tally.counts().map(|(_, count, times)| (count.clone(), times)).collect();
    let expected = [
        (Count::Story(StoryId(7)), 2),
        (Count::Section(SectionId(1)), 2),
        (Count::Pages("front"), 1),
        (Count::Pages("story"), 2),
        (Count::Hour(9), 3),
        (Count::Source(Source::of(SourceKind::Direct, "")), 1),
        (Count::Country(Country::of("DZ").expect("a code")), 3),
    ];
    assert_eq!(all, expected);
    assert_eq!(tally.marks().collect::<Vec<_>>(), [(day, 5)]);
    let mut next = Tally::default();
    next.put_back(tally.clone());
    assert_eq!(next, tally);
}

#[test]
fn a_tally_is_bounded_and_pages_are_counted_all_the_same() {
    let (day, mut tally) = (date(2026, 3, 10), Tally::default());
    for n in 0..60_000 {
        let source = Some(Source::of(SourceKind::Site, &format!("site-{n}.example")));
        tally.open(Opening {
            day,
            hour: 1,
            page: Opened::Story(StoryId(n), None),
            source,
            country: None,
            mark: Some(n),
        });
    }
    assert!(tally.counts().count() <= 20_010 && tally.marks().count() <= 50_000);
    let pages = tally.counts().find(|(_, count, _)| **count == Count::Pages("story")).map(|(_, _, times)| times);
    assert_eq!(pages, Some(60_000));
    let sources: i64 =
        tally.counts().filter(|(_, count, _)| matches!(count, Count::Source(_))).map(|(_, _, times)| times).sum();
    assert_eq!(sources, 60_000, "those beyond go under one name");
}

#[test]
fn a_span_of_days_ends_with_today() {
    let today = date(2026, 3, 2);
    assert_eq!(first_of(today, 2), date(2026, 3, 1));
    assert_eq!(days_between(first_of(today, 7), today).len(), 7);
    assert_eq!(days_between(date(2020, 1, 1), today).len(), 400);
}
