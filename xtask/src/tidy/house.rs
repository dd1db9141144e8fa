//! The crates in their line, and what they are called.

use toml::{Table, Value};

use crate::complaint::Complaint;
use crate::rust_text::{mask, words};
use crate::tree::{File, Tree};

/// A crate may import those before it and none after it.
const LINE: &[&str] = &["arabic", "encoder", "moderation", "darkroom", "newsroom", "store", "moving", "web", "server"];

/// What the pure crates may be built from. Any of these could do I/O behind our
/// back, so a new name here is a change of its own.
const PURE: &[(&str, &[&str])] = &[
    (
        "arabic",
        &[
            "icu_calendar",
            "icu_datetime",
            "icu_locale_core",
            "icu_plurals",
            "unicode-normalization",
            "unicode-segmentation",
        ],
    ),
    ("encoder", &["rayon", "rten-gemm", "rten-tensor"]),
    ("moderation", &["aho-corasick", "arabic", "encoder", "once_cell", "serde", "toml"]),
    (
        "darkroom",
        &[
            "base64",
            "cosmic-text",
            "fast_image_resize",
            "hayro",
            "image",
            "kamadak-exif",
            "moxcms",
            "ravif",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "wuff",
        ],
    ),
];

/// Names for things that lend a hand, and so collect strangers.
const DRAWERS: &[&str] = &[
    "common",
    "core",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "service",
    "services",
    "stuff",
    "toolbox",
    "util",
    "utilities",
    "utility",
    "utils",
];

/// No crate imports one that stands after it, and nobody imports `xtask`.
pub fn crate_line(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (file, name) in manifests(tree) {
        let Some(place) = LINE.iter().position(|ours| *ours == name) else {
            complaints.push(Complaint::about(&file.path, format!("{name} has no place in the line of crates")));
            continue;
        };
        for dependency in dependencies(file, &["dependencies", "dev-dependencies", "build-dependencies"]) {
            let allowed = LINE.iter().position(|ours| *ours == dependency);
            if allowed.is_some_and(|other| other >= place) || dependency == "xtask" {
                complaints.push(Complaint::about(
                    &file.path,
                    format!("{name} may not import {dependency}, which does not stand before it"),
                ));
            }
        }
    }
    complaints.extend(unreadable(tree));
    complaints
}

/// What `arabic`, `encoder`, `moderation` and `darkroom` are built from is written in `PURE`.
pub fn allow_list(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (file, name) in manifests(tree) {
        let Some((_, allowed)) = PURE.iter().find(|(pure, _)| *pure == name) else {
            continue;
        };
        for dependency in dependencies(file, &["dependencies", "build-dependencies"]) {
            if !allowed.contains(&dependency.as_str()) {
                complaints.push(Complaint::about(
                    &file.path,
                    format!("{dependency} is not on the list of what {name} may depend on"),
                ));
            }
        }
    }
    complaints
}

/// `arabic` and `moderation` say `#![no_std]`, so that the compiler keeps I/O out.
pub fn no_std(tree: &Tree) -> Vec<Complaint> {
    ["crates/arabic/src/lib.rs", "crates/moderation/src/lib.rs"]
        .into_iter()
        .filter(|path| {
            let says = tree.file(path).map(|file| mask(&file.text).code);
            !says.is_some_and(|code| code.contains("#![no_std]") || code.contains("#![cfg_attr(not(test), no_std)]"))
        })
        .map(|path| Complaint::about(path, "#![no_std] is missing"))
        .collect()
}

/// No file, folder or module is called `utils`, or by another word that means nothing.
pub fn drawers(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".rs")) {
        for part in file.path.trim_end_matches(".rs").split('/') {
            if DRAWERS.contains(&part) {
                complaints.push(Complaint::about(&file.path, drawer(part)));
            }
        }
        let code = mask(&file.text).code;
        let found: Vec<(usize, &str)> = words(&code).collect();
        for pair in found.windows(2) {
            if pair[0].1 == "mod" && DRAWERS.contains(&pair[1].1) {
                complaints.push(Complaint::at(&file.path, pair[1].0, drawer(pair[1].1)));
            }
        }
    }
    complaints
}

fn drawer(name: &str) -> String {
    format!("«{name}» is a drawer: a function goes home to the noun it is about")
}

/// The manifests under `crates/`, each with the name of its crate.
fn manifests(tree: &Tree) -> impl Iterator<Item = (&File, &str)> {
    tree.under("crates/", "/Cargo.toml")
        .filter(|file| file.path.split('/').count() == 3)
        .filter_map(|file| Some((file, file.crate_name()?)))
}

fn unreadable(tree: &Tree) -> impl Iterator<Item = Complaint> + '_ {
    manifests(tree).filter_map(|(file, _)| {
        let error = file.text.parse::<Table>().err()?;
        Some(Complaint::about(&file.path, error.message().to_owned()))
    })
}

/// The packages named in these tables of a manifest and in its `target` tables.
fn dependencies(file: &File, tables: &[&str]) -> Vec<String> {
    let Ok(manifest) = file.text.parse::<Table>() else {
        // `crate_line` complains about it.
        return Vec::new();
    };
    let targets = manifest.get("target").and_then(Value::as_table);
    let targets = targets.into_iter().flatten().filter_map(|(_, t)| t.as_table());
    std::iter::once(&manifest)
        .chain(targets)
        .flat_map(|part| tables.iter().filter_map(|table| part.get(*table)?.as_table()))
        .flatten()
        .map(|(name, value)| {
            let renamed = value.get("package").and_then(Value::as_str);
            renamed.unwrap_or(name).to_owned()
        })
        .collect()
}
