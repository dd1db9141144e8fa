//! The list, from a small tree and small lock files.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::document::{self, Program, date_and_time};
use super::graph::Graph;
use super::parts::{self, Part};
use super::shape::faults;
use crate::dependencies::{Lock, Manifests};

const ALL: &str = "\
0server v0.1.0 (/somewhere/crates/server)
1serde v1.0.229
2serde_derive v1.0.229 (proc-macro)
1web v0.1.0 (/somewhere/crates/web)
2serde v1.0.229 (*)
2toml v1.2.1+spec-1.1.0
";

const RUNNING: &str = "\
0server v0.1.0 (/somewhere/crates/server)
1serde v1.0.229
1web v0.1.0 (/somewhere/crates/web)
2serde v1.0.229 (*)
2toml v1.2.1+spec-1.1.0
";

const THEIRS: [(&str, &str, &str); 3] =
    [("serde", "1.0.229", "MIT/Apache-2.0"), ("serde_derive", "1.0.229", "MIT"), ("toml", "1.2.1+spec-1.1.0", "MIT")];

fn lock() -> Lock {
    let ours = ["server", "web"].map(|name| format!("[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\n"));
    let theirs = THEIRS.map(|(name, version, _)| {
        let checksum = "ab".repeat(32);
        format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"registry\"\nchecksum = \"{checksum}\"\n")
    });
    Lock::parse(&[ours.concat(), theirs.concat()].concat()).unwrap()
}

fn manifests() -> Manifests {
    let ours = ["server", "web"].map(|name| (name, "0.1.0", "AGPL-3.0-or-later"));
    let packages: Vec<Value> = (ours.iter().chain(&THEIRS))
        .map(|(name, version, licence)| json!({ "name": name, "version": version, "license": licence }))
        .collect();
    Manifests::parse(&json!({ "packages": packages }).to_string(), true).unwrap()
}

fn small_parts() -> Vec<Part> {
    let (all, running) = (Graph::parse(ALL).unwrap(), Graph::parse(RUNNING).unwrap());
    parts::crates(&all, &running, &lock(), &manifests()).unwrap()
}

fn list_of(parts: Vec<Part>, time: Option<u64>) -> Value {
    let program = Program { version: "0.1.0", system: "x86_64-unknown-linux-gnu", root: "midad:server@0.1.0", time };
    document::of(&program, parts).unwrap()
}

fn component<'a>(list: &'a Value, name: &str) -> &'a Value {
    list["components"].as_array().unwrap().iter().find(|each| each["name"] == name).unwrap()
}

#[test]
fn a_small_program_gives_a_list_of_the_asked_shape() {
    let list = list_of(small_parts(), None);
    assert_eq!(faults(&list), Vec::<String>::new());
    let toml = component(&list, "toml");
    assert_eq!(toml["purl"], "pkg:cargo/toml@1.2.1%2Bspec-1.1.0");
    assert_eq!(toml["version"], "1.2.1+spec-1.1.0");
    assert_eq!(component(&list, "serde")["licenses"][0]["expression"], "MIT OR Apache-2.0");
    // Ours stand in no registry, so that nobody is to look for them there.
    assert_eq!(component(&list, "web")["purl"], Value::Null);
    let graph = list["dependencies"].as_array().unwrap();
    let of_web = graph.iter().find(|line| line["ref"] == "midad:web@0.1.0").unwrap();
    assert_eq!(of_web["dependsOn"], json!(["pkg:cargo/serde@1.0.229", "pkg:cargo/toml@1.2.1%2Bspec-1.1.0"]));
}

#[test]
fn macros_are_said_to_have_written_code_and_not_to_be_in_the_program() {
    let list = list_of(small_parts(), None);
    assert_eq!(component(&list, "serde_derive")["scope"], "excluded");
    assert_eq!(component(&list, "serde")["scope"], "required");
}

#[test]
fn the_same_parts_give_the_same_bytes_in_whatever_order_and_others_another_number() {
    let text = |parts| serde_json::to_string(&list_of(parts, None)).unwrap();
    let mut turned = small_parts();
    turned.reverse();
    assert_eq!(text(small_parts()), text(turned));
    let mut fewer = small_parts();
    fewer.retain(|part| part.reference != "pkg:cargo/toml@1.2.1%2Bspec-1.1.0");
    let numbers = [small_parts(), fewer].map(|parts| list_of(parts, None)["serialNumber"].clone());
    assert_ne!(numbers[0], numbers[1]);
}

#[test]
fn a_time_stands_in_the_list_only_where_it_is_said() {
    assert_eq!(list_of(small_parts(), None)["metadata"]["timestamp"], Value::Null);
    assert_eq!(list_of(small_parts(), Some(0))["metadata"]["timestamp"], "1970-01-01T00:00:00Z");
    assert_eq!(date_and_time(951_782_399).unwrap(), "2000-02-28T23:59:59Z");
    assert_eq!(date_and_time(951_782_400).unwrap(), "2000-02-29T00:00:00Z");
    assert_eq!(date_and_time(1_796_083_200).unwrap(), "2026-12-01T00:00:00Z");
}

/// What `faults` says of a list in which `change` was made.
fn faulty(change: impl Fn(&mut Value)) -> String {
    let mut list = list_of(small_parts(), None);
    change(&mut list);
    let faults = faults(&list);
    assert!(!faults.is_empty());
    faults.join("\n")
}

#[test]
fn a_list_of_another_shape_is_told() {
    assert!(faulty(|list| list["specVersion"] = json!("1.5")).contains("specVersion is not 1.6"));
    assert!(faulty(|list| list["serialNumber"] = json!("urn:uuid:1")).contains("no urn:uuid"));
    assert!(faulty(|list| list["components"] = json!([])).contains("there are no components"));
    assert!(faulty(|list| list["components"][1]["type"] = json!("crate")).contains("its type is unknown"));
    assert!(faulty(|list| list["components"][2]["hashes"][0]["content"] = json!("AB")).contains("no checksum"));
    assert!(faulty(|list| list["components"][2]["hashes"] = Value::Null).contains("no checksum"));
    assert!(faulty(|list| list["components"][2]["licenses"] = json!([])).contains("it states no licence"));
    assert!(faulty(|list| list["components"][3]["version"] = json!("9")).contains("do not agree"));
    assert!(faulty(|list| list["components"][0]["bom-ref"] = json!("midad:web@0.1.0")).contains("of its own"));
    assert!(faulty(|list| list["dependencies"][0]["dependsOn"] = json!(["nowhere"])).contains("which is no part"));
    assert!(faulty(|list| list["dependencies"][0]["dependsOn"] = json!([])).contains("asked for by nobody"));
}

#[test]
fn the_version_of_sqlite_is_the_one_that_its_header_states() {
    let part = parts::sqlite("#define SQLITE_VERSION_NUMBER 3\n#define SQLITE_VERSION        \"3.54.1\"\n").unwrap();
    assert_eq!(part.reference, "pkg:generic/sqlite@3.54.1");
    assert_eq!(part.component["cpe"], "cpe:2.3:a:sqlite:sqlite:3.54.1:*:*:*:*:*:*:*");
    assert!(parts::sqlite("/* nothing */").is_err());
}

#[test]
fn the_editors_bundle_is_listed_without_what_only_builds_or_tests_it() {
    let lock = json!({ "packages": {
        "": { "version": "0.0.0", "license": "AGPL-3.0-or-later" },
        "node_modules/model": { "version": "1.2.3", "license": "MIT", "integrity": "sha512-YWI=", "dependencies": { "map": "^2" } },
        "node_modules/map": { "version": "2.0.0", "license": "MIT", "integrity": "sha512-/w==" },
        "node_modules/jsdom": { "version": "26.1.0", "license": "MIT", "dev": true },
    } });
    let parts = parts::npm(&lock.to_string()).unwrap();
    let references: Vec<&str> = parts.iter().map(|part| part.reference.as_str()).collect();
    assert_eq!(references, ["pkg:npm/map@2.0.0", "pkg:npm/model@1.2.3"]);
    assert_eq!(parts[0].component["hashes"][0]["content"], "ff");
    assert_eq!(parts[1].component["hashes"][0]["content"], "6162");
    assert_eq!(parts[1].asks, BTreeSet::from(["pkg:npm/map@2.0.0".to_owned()]));
}

#[test]
fn what_cargo_draws_is_read_with_every_arrow() {
    let graph = Graph::parse(ALL).unwrap();
    assert_eq!(graph.crates.len(), 5);
    let web = &graph.crates[&("web".to_owned(), "0.1.0".to_owned())];
    assert_eq!(web.len(), 2);
    assert!(Graph::parse("0server\n").is_err());
    assert!(Graph::parse("[build-dependencies]\n").is_err());
}
