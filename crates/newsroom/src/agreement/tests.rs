use super::alpha;

fn of(one: &str, other: &str) -> Option<f64> {
    alpha(one.chars().zip(other.chars()))
}

fn is(found: Option<f64>, published: f64) -> bool {
    found.is_some_and(|found| (found - published).abs() < 0.0005)
}

#[test]
fn the_published_examples_come_out() {
    let binary = of("0100000010", "1110010000");
    assert!(is(binary, 0.095), "{binary:?}");
    let nominal = of("aabbdcccedda", "babbbccceddd");
    assert!(is(nominal, 0.692), "{nominal:?}");
}

#[test]
fn full_agreement_is_one_and_one_value_alone_says_nothing() {
    assert!(is(of("abab", "abab"), 1.0));
    assert!(of("abab", "baba").is_some_and(|alpha| alpha < 0.0));
    assert_eq!(of("aaaa", "aaaa"), None);
    assert_eq!(of("", ""), None);
}
