//! Whether a list has the shape that CycloneDX 1.6 asks for: the part of its schema that this list uses.

use std::collections::BTreeSet;

use serde_json::Value;

/// The kinds of components that are used here, of those that the schema knows.
const KINDS: &[&str] = &["application", "data", "library", "machine-learning-model"];

/// What is wrong with a list; empty when all is well.
pub fn faults(list: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, expected) in [("bomFormat", "CycloneDX"), ("specVersion", "1.6")] {
        if list[name] != expected {
            faults.push(format!("{name} is not {expected}"));
        }
    }
    if list["version"].as_u64().is_none_or(|version| version == 0) {
        faults.push("version is no number from one".to_owned());
    }
    if !list["serialNumber"].as_str().is_some_and(is_serial_number) {
        faults.push("serialNumber is no urn:uuid".to_owned());
    }
    let none = Vec::new();
    let components = list["components"].as_array().unwrap_or(&none);
    if components.is_empty() {
        faults.push("there are no components".to_owned());
    }
    let mut known = BTreeSet::new();
    for component in components.iter().chain([&list["metadata"]["component"]]) {
        let name = component["bom-ref"].as_str().unwrap_or_default();
        if name.is_empty() || !known.insert(name) {
            faults.push(format!("«{name}» is no reference of its own"));
        }
        faults.extend(component_faults(component).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    faults.extend(graph_faults(list["dependencies"].as_array().unwrap_or(&none), &known));
    faults
}

fn component_faults(component: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    if !component["type"].as_str().is_some_and(|kind| KINDS.contains(&kind)) {
        faults.push("its type is unknown".to_owned());
    }
    if component["name"].as_str().is_none_or(str::is_empty) {
        faults.push("it has no name".to_owned());
    }
    if !matches!(component["scope"].as_str(), None | Some("required" | "excluded")) {
        faults.push("its scope is unknown".to_owned());
    }
    // A package has its address, its version and the checksum of what was fetched.
    let purl = component["purl"].as_str();
    let version = component["version"].as_str().unwrap_or_default().replace('+', "%2B");
    if purl
        .is_some_and(|purl| !purl.starts_with("pkg:") || version.is_empty() || !purl.ends_with(&format!("@{version}")))
    {
        faults.push("its address and its version do not agree".to_owned());
    }
    let hashes = component["hashes"].as_array().map_or(&[][..], Vec::as_slice);
    let fetched = purl.is_some_and(|purl| purl.starts_with("pkg:cargo/") || purl.starts_with("pkg:npm/"));
    if (fetched && hashes.is_empty()) || !hashes.iter().all(is_hash) {
        faults.push("it has no checksum".to_owned());
    }
    let licences = component["licenses"].as_array().map_or(&[][..], Vec::as_slice);
    let says = |licence: &Value| licence["expression"].is_string() || licence["license"]["id"].is_string();
    // The schema allows one expression, or any number of single licences.
    if licences.len() != 1 || !licences.iter().all(says) {
        faults.push("it states no licence".to_owned());
    }
    faults
}

/// Every part has one line, and every line speaks of parts.
fn graph_faults(lines: &[Value], known: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let (mut asked, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for line in lines {
        let from = line["ref"].as_str().unwrap_or_default();
        if !known.contains(from) || !seen.insert(from) {
            faults.push(format!("the graph has no place for a second or unknown «{from}»"));
        }
        for to in line["dependsOn"].as_array().into_iter().flatten() {
            let to = to.as_str().unwrap_or_default();
            if known.contains(to) {
                asked.insert(to)
            } else {
                unknown.insert(to)
            };
        }
    }
    faults.extend(unknown.iter().map(|to| format!("the graph leads to «{to}», which is no part")));
    faults.extend(known.difference(&seen).map(|name| format!("«{name}» has no line in the graph")));
    let alone: Vec<&&str> = known.iter().filter(|name| !asked.contains(*name)).collect();
    if alone.len() != 1 {
        faults.push(format!("the program alone is asked for by nobody, and these are: {alone:?}"));
    }
    faults
}

fn is_hash(hash: &Value) -> bool {
    let length = match hash["alg"].as_str() {
        Some("SHA-256") => 64,
        Some("SHA-512") => 128,
        _ => return false,
    };
    hash["content"].as_str().is_some_and(|text| text.len() == length && text.bytes().all(is_small_hexadecimal))
}

fn is_serial_number(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else { return false };
    let parts: Vec<&str> = uuid.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(is_small_hexadecimal))
}

fn is_small_hexadecimal(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}
