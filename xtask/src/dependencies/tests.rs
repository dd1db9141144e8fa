//! Each rule is shown what it must catch and what it must let pass.

use super::licence::Licence;
use super::lock::Lock;
use super::manifests::Manifests;
use super::policy::Policy;
use super::rules::Known;
use super::{RULES, judge_known};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Our program asks for web, web for tls, tls for ring and paper, of which there are two.
fn lock() -> String {
    let theirs = |name: &str, version: &str, asks: &str| {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{REGISTRY}\"\nchecksum = \"ab\"\n\
             dependencies = [{asks}]\n"
        )
    };
    [
        "version = 4\n".to_owned(),
        theirs("cc", "1.2.3", ""),
        theirs("paper", "0.1.9", ""),
        theirs("paper", "0.2.0", ""),
        theirs("ring", "0.17.14", "\"cc\""),
        "[[package]]\nname = \"server\"\nversion = \"0.1.0\"\ndependencies = [\"paper 0.2.0\", \"web\"]\n".to_owned(),
        theirs("tls", "1.0.0", "\"paper 0.1.9\", \"ring\""),
        "[[package]]\nname = \"web\"\nversion = \"0.1.0\"\ndependencies = [\"tls\"]\n".to_owned(),
    ]
    .concat()
}

const POLICY: &str = r#"
sources = ["registry+https://github.com/rust-lang/crates.io-index"]
licences = ["AGPL-3.0-or-later", "MIT"]
tools-of-c = ["cc"]
[[native]]
crate = "ring"
because = "the one cryptography"
[[banned]]
crates = ["openssl-sys"]
because = "rustls does it on every machine alike"
[[twice]]
crates = ["paper 0.1 0.2"]
because = "tls holds the older one"
[[advisory]]
id = "RUSTSEC-2000-0001"
crate = "tls"
versions = ["1.0.0"]
accepted = "never called from here"
"#;

fn manifests() -> String {
    let one = |name: &str, version: &str, licence: &str| {
        format!("{{\"name\": \"{name}\", \"version\": \"{version}\", \"license\": {licence}, \"links\": null}}")
    };
    let all = [
        one("cc", "1.2.3", "\"MIT OR Apache-2.0\""),
        one("paper", "0.1.9", "\"MIT\""),
        one("paper", "0.2.0", "\"Unlicense/MIT\""),
        one("ring", "0.17.14", "\"MIT\""),
        one("server", "0.1.0", "\"AGPL-3.0-or-later\""),
        one("tls", "1.0.0", "\"MIT\""),
        one("web", "0.1.0", "\"AGPL-3.0-or-later\""),
    ];
    format!("{{\"packages\": [{}]}}", all.join(","))
}

/// What all rules say of this policy, lock file and these manifests.
fn said(policy: &str, lock: &str, manifests: &str) -> Vec<String> {
    let known = Known {
        policy: Policy::parse(policy).unwrap(),
        lock: Lock::parse(lock).unwrap(),
        manifests: Manifests::parse(manifests, true).unwrap(),
    };
    let judged = judge_known(&known);
    judged.iter().flat_map(|rule| &rule.complaints).map(ToString::to_string).collect()
}

/// After `change`, exactly one thing is said, and it has these words.
fn check(change: impl Fn(&mut String, &mut String, &mut String), words: &str) {
    let (mut policy, mut lock, mut manifests) = (POLICY.to_owned(), lock(), manifests());
    change(&mut policy, &mut lock, &mut manifests);
    let said = said(&policy, &lock, &manifests);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains(words), "{}", said[0]);
}

/// Puts `new` in the place of `old`, which must be there.
fn put(text: &mut String, old: &str, new: &str) {
    assert!(text.contains(old), "{old} is not in {text}");
    *text = text.replacen(old, new, 1);
}

#[test]
fn what_the_policy_allows_gives_no_complaint() {
    assert_eq!(said(POLICY, &lock(), &manifests()), Vec::<String>::new());
    assert_eq!(RULES.len(), 6);
}

#[test]
fn a_crate_from_git_or_without_a_checksum_is_told_with_the_way_it_comes_in() {
    check(
        |_, lock, _| {
            let at = lock.find("name = \"ring\"").unwrap();
            let rest = lock.split_off(at).replacen(REGISTRY, "git+https://example.org/ring#abc", 1);
            lock.push_str(&rest);
        },
        "ring 0.17.14 comes from git+https://example.org/ring#abc, which is no allowed source. \
         It comes in by server → web → tls 1.0.0 → ring 0.17.14",
    );
    let without = lock().replacen("checksum = \"ab\"\n", "", 1);
    let said = said(POLICY, &without, &manifests());
    assert!(said.len() == 1 && said[0].contains("cc 1.2.3 has no checksum"), "{said:?}");
}

#[test]
fn a_banned_crate_is_told_with_its_reason() {
    check(
        |policy, _, _| put(policy, "[\"openssl-sys\"]", "[\"openssl-sys\", \"tls\"]"),
        "tls 1.0.0 is banned: rustls does it on every machine alike. It comes in by server → web → tls 1.0.0",
    );
}

#[test]
fn a_crate_that_builds_with_c_must_be_listed() {
    let entry = "[[native]]\ncrate = \"ring\"\nbecause = \"the one cryptography\"\n";
    check(|policy, _, _| put(policy, entry, ""), "ring 0.17.14 builds with cc and is not among the native crates");
}

#[test]
fn a_crate_that_links_a_library_must_be_listed_and_a_listed_one_must_need_it() {
    let links = |manifests: &mut String| {
        let at = manifests.find("\"tls\"").unwrap();
        let rest = manifests.split_off(at).replacen("\"links\": null", "\"links\": \"ssl\"", 1);
        manifests.push_str(&rest);
    };
    check(|_, _, manifests| links(manifests), "tls 1.0.0 links «ssl» and is not among the native crates");
    let listed = "[[native]]\ncrate = \"tls\"\nbecause = \"for this test\"\n";
    check(|policy, _, _| policy.push_str(listed), "tls is among the native crates for nothing");
}

#[test]
fn a_licence_that_is_missing_foreign_or_unreadable_is_told() {
    check(|_, _, manifests| put(manifests, "Unlicense/MIT", "GPL-2.0-only"), "states the licence GPL-2.0-only");
    check(|_, _, manifests| put(manifests, "Unlicense/MIT", "MIT AND Unlicense"), "MIT AND Unlicense");
    check(|_, _, manifests| put(manifests, "Unlicense/MIT", "MIT OR"), "a licence is missing at the end");
    check(|_, _, manifests| put(manifests, "\"Unlicense/MIT\"", "null"), "states the licence «»");
}

#[test]
fn a_licence_may_be_allowed_for_one_crate_alone_and_only_while_it_is_needed() {
    let leave = "[[licence-for]]\ncrate = \"paper\"\nlicence = \"CC0-1.0\"\nbecause = \"it is data alone\"\n";
    let (policy, free) = (format!("{POLICY}{leave}"), manifests().replacen("Unlicense/MIT", "CC0-1.0", 1));
    assert_eq!(said(&policy, &lock(), &free), Vec::<String>::new());
    check(|policy, _, _| policy.push_str(leave), "paper needs no leave for CC0-1.0");
    check(|policy, _, _| put(policy, "\"MIT\"", "\"MIT\", \"Zlib\""), "no crate states the licence Zlib");
}

#[test]
fn a_crate_in_two_lines_of_versions_must_be_listed_with_both() {
    let unlisted = POLICY.replacen("paper 0.1 0.2", "tls 1 2", 1);
    let said = said(&unlisted, &lock(), &manifests());
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said[0].contains("paper 0.1.9 is there several times. It comes in by server → web → tls"), "{}", said[0]);
    assert!(said[1].contains("paper 0.2.0 is there several times. It comes in by server → paper 0.2.0"), "{}", said[1]);
    assert!(said[2].contains("tls is listed as being there several times, and is not any more"), "{}", said[2]);
}

#[test]
fn other_lines_than_the_listed_ones_are_told() {
    let listed = POLICY.replacen("paper 0.1 0.2", "paper 0.1 0.3", 1);
    let said = said(&listed, &lock(), &manifests());
    assert!(said.len() == 2 && said[0].contains("in other lines of versions than are listed"), "{said:#?}");
}

#[test]
fn a_fault_is_accepted_for_the_versions_that_were_looked_at() {
    check(
        |policy, _, _| put(policy, "[\"1.0.0\"]", "[\"0.9.9\"]"),
        "tls 1.0.0 has come since RUSTSEC-2000-0001 was accepted for 0.9.9",
    );
    check(|policy, _, _| put(policy, "crate = \"tls\"", "crate = \"gone\""), "gone, which is not here any more");
}

#[test]
fn a_policy_without_reasons_or_with_unknown_words_is_refused() {
    let without = POLICY.replacen("the one cryptography", "ok", 1);
    assert!(Policy::parse(&without).unwrap_err().to_string().contains("is no reason"));
    assert!(Policy::parse(&POLICY.replacen("because", "becuase", 1)).is_err());
}

#[test]
fn licences_bind_as_spdx_says() {
    let allowed =
        |name: &str| matches!(name, "MIT" | "Apache-2.0" | "GPL-3.0" | "GPL-2.0-only WITH Classpath-exception-2.0");
    let met = |text: &str| Licence::parse(text).unwrap().is_met(&allowed);
    // AND binds closer than OR.
    assert!(met("MIT OR BSL-1.0 AND NCSA"));
    assert!(!met("(MIT OR BSL-1.0) AND NCSA"));
    assert!(met("(MIT OR BSL-1.0) AND Apache-2.0"));
    assert!(met("NCSA / Apache-2.0"));
    // An exception belongs to its licence.
    assert!(met("GPL-2.0-only WITH Classpath-exception-2.0"));
    assert!(!met("GPL-2.0-only"));
    assert!(!met("MIT AND Apache-2.0 WITH LLVM-exception"));
    assert!(met("GPL-3.0+"));
    for broken in ["", "MIT MIT", "(MIT", "MIT)", "OR MIT", "MIT AND", "MIT WITH", "()"] {
        assert!(Licence::parse(broken).is_err(), "{broken}");
    }
    assert_eq!(Licence::parse("MIT/(Apache-2.0 AND ISC)").unwrap().to_string(), "MIT OR (Apache-2.0 AND ISC)");
}

#[test]
fn a_line_of_versions_is_what_cargo_takes_once() {
    let locked = |version: &str| {
        let text = format!("[[package]]\nname = \"a\"\nversion = \"{version}\"\n");
        Lock::parse(&text).unwrap().crates.remove(0).line().to_owned()
    };
    assert_eq!(locked("1.2.3"), "1");
    assert_eq!(locked("0.22.1"), "0.22");
    assert_eq!(locked("0.0.3"), "0.0.3");
    assert_eq!(locked("0.3.0-pre.0"), "0.3");
    assert_eq!(locked("1.2.1+spec-1.1.0"), "1");
    assert_eq!(locked("0.11.1+wasi-snapshot-preview1"), "0.11");
}
