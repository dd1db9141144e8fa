#![allow(clippy::unwrap_used)]

use super::{NotAPage, Pages, Rules, Way, kid_fits};

fn rules(lines: &[&str], keep: &[&str]) -> Rules {
    Rules {
        pages: lines.iter().map(|line| Pages::read(line).unwrap()).collect(),
        keep: keep.iter().map(|name| (*name).to_owned()).collect(),
    }
}

#[test]
fn one_page_is_one_thread_however_it_is_asked_for() {
    let rules = rules(&["example.org"], &["p"]);
    let one = rules.page("https://example.org/news/tram").unwrap();
    for same in [
        "http://www.example.org/news/tram/",
        "https://EXAMPLE.org:443/news/tram?utm_source=x&fbclid=y#comments",
        " https://example.org/news/./tram ",
    ] {
        assert_eq!(rules.page(same).unwrap().key, one.key, "{same}");
    }
    let numbered = |address: &str| rules.page(address).unwrap().key;
    assert_eq!(numbered("https://example.org/?b=1&p=7"), "example.org?p=7");
    assert_ne!(numbered("https://example.org/?p=7"), numbered("https://example.org/?p=8"));
    assert_eq!(rules.page("http://example.org/a/?utm=1#x").unwrap().address, "http://example.org/a/");
}

#[test]
fn letters_of_a_path_are_read_as_browsers_write_them() {
    let rules = rules(&["example.org"], &[]);
    let typed = rules.page("https://example.org/خبر").unwrap();
    assert_eq!(rules.page("https://example.org/%D8%AE%D8%A8%D8%B1").unwrap().key, typed.key);
}

#[test]
fn only_pages_of_the_site_have_a_thread() {
    let rules = rules(&["https://www.example.org/blog/", "localhost:8080"], &[]);
    assert!(rules.page("https://example.org/blog/one").is_ok());
    assert!(rules.page("https://example.org/blog").is_ok());
    assert!(rules.page("http://localhost:8080/one").is_ok());
    for (address, why) in [
        ("https://example.org/blogger", NotAPage::Elsewhere),
        ("https://example.org.evil.example/blog/", NotAPage::Elsewhere),
        ("https://evil.example/blog/?example.org", NotAPage::Elsewhere),
        ("https://example.org@evil.example/blog/", NotAPage::Unreadable),
        ("https://example.org:8443/blog/", NotAPage::Elsewhere),
        ("javascript:alert(1)", NotAPage::Unreadable),
        ("", NotAPage::Unreadable),
    ] {
        assert_eq!(rules.page(address), Err(why), "{address}");
    }
    assert_eq!(rules.page(&format!("https://example.org/blog/{}", "a".repeat(3_000))), Err(NotAPage::Unreadable));
}

#[test]
fn an_origin_is_a_host_and_nothing_else() {
    let rules = rules(&["example.org/blog"], &[]);
    assert!(rules.allows("https://www.example.org") && rules.allows("http://example.org"));
    for origin in ["https://evil.example", "null", "https://example.org.evil.example", "https://example.org/blog", ""] {
        assert!(!rules.allows(origin), "{origin}");
    }
}

#[test]
fn a_line_is_a_host_and_a_path() {
    assert_eq!(Pages::read(" WWW.Example.org/Blog/ ").unwrap().line(), "example.org/Blog");
    for line in ["", "example", "ftp://example.org", "example.org?a=b", "a b.org"] {
        assert_eq!(Pages::read(line), None, "{line}");
    }
}

#[test]
fn keys_have_names_and_ways_without_one_that_signs_nothing() {
    assert!(kid_fits("2026-01.a_b") && !kid_fits("") && !kid_fits("a b") && !kid_fits(&"k".repeat(41)));
    assert_eq!(Way::from_name("none"), None);
    assert!(Way::ALL.into_iter().all(|way| Way::from_name(way.name()) == Some(way)));
}
