//! What the bench reads and prints, without measuring anything.

use super::compare::{Aim, Aims};
use super::load::{Measured, read_wrk};
use super::table::{Line, Table};
use super::{encoded, seconds};

const WRK: &str = "Running 5s test @ http://127.0.0.1:8080/
  2 threads and 50 connections
  Latency Distribution
     50%    1.62ms
     90%    2.88ms
     99%  812.00us
  142857 requests in 5.00s, 1.10GB read
Requests/sec:  28571.43
Transfer/sec:    225.00MB
";

fn rate(per_second: f64) -> Measured {
    Measured { per_second, p99_ms: Some(1.5) }
}

#[test]
fn what_wrk_says_is_read_with_its_units() {
    let measured = read_wrk(WRK).expect("rates");
    assert!((measured.per_second - 28_571.43).abs() < 0.001);
    assert!((measured.p99_ms.expect("a tail") - 0.812).abs() < 0.0001);
    let slow = read_wrk(&WRK.replace("812.00us", "1.25s")).expect("rates");
    assert!((slow.p99_ms.expect("a tail") - 1250.0).abs() < 0.001);
    assert!(read_wrk("unable to connect to 127.0.0.1:8080").is_none());
}

#[test]
fn a_page_stands_beside_nginx_round_by_round() {
    let mut table = Table::default();
    let ours = [rate(100.0), rate(300.0), rate(200.0)];
    let theirs = [rate(1000.0), rate(1000.0), rate(1000.0)];
    table.add(Line::page("front page", "SQLite", &ours, &theirs));
    table.add_static("front page", &[]);
    table.note("nginx was not measured");
    table.note("nginx was not measured");
    let printed = table.to_string();
    assert!(printed.contains("| front page | midad, SQLite | 200 | 1.5 | 0.20 of nginx |"), "{printed}");
    assert_eq!(printed.matches("nginx was not measured").count(), 1, "{printed}");
    assert!(!printed.contains("as a file"), "what was not measured is not told: {printed}");
}

#[test]
fn a_slug_in_arabic_letters_becomes_an_address() {
    assert_eq!(encoded("خبر-1"), "%D8%AE%D8%A8%D8%B1-1");
}

#[test]
fn a_bench_is_bounded() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(seconds(&words(&[])).expect("as shipped").as_secs(), 5);
    assert_eq!(seconds(&words(&["--seconds", "2"])).expect("two").as_secs(), 2);
    for wrong in [&["--seconds", "3600"][..], &["--seconds"], &["--fast"]] {
        assert!(seconds(&words(wrong)).is_err(), "{wrong:?}");
    }
}

#[test]
fn what_is_asked_for_stands_beside_what_was_measured() {
    let aims = Aims(vec![
        Aim::least("comments, beside another", 30.0, Some(2.6)),
        Aim::most("memory, MB", 120.0, Some(97.0)),
        Aim::most("exactly", 8.0, Some(8.0)),
        Aim::least("pages, beside nginx", 0.7, None),
    ]);
    let printed = aims.to_string();
    for line in [
        "| comments, beside another | ≥ 30 | 2.60 | **no** |",
        "| memory, MB | ≤ 120 | 97.00 | yes |",
        "| exactly | ≤ 8 | 8.00 | yes |",
        "| pages, beside nginx | ≥ 0.7 | – | not measured |",
    ] {
        assert!(printed.contains(line), "{line}\n{printed}");
    }
}
