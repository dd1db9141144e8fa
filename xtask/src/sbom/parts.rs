//! What is in the program, part by part.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::graph::{Graph, Key};
use crate::dependencies::{Licence, Lock, Manifests};

/// One part of the program.
#[derive(Debug)]
pub struct Part {
    /// By which other parts name it.
    pub reference: String,
    /// As CycloneDX describes it.
    pub component: Value,
    /// References of the parts that it asks for.
    pub asks: BTreeSet<String>,
}

/// Files that others made and the program carries inside, with whose work they are and what it may be used under.
/// The crate in whose sources they are named asks for them.
const CARRIED: &[Carried] = &[
    carried(
        "server",
        "models/encoder.midad",
        "machine-learning-model",
        "universal-sentence-encoder-multilingual 3",
        "Apache-2.0",
    ),
    carried("web", "crates/web/assets/fonts/text.woff2", "data", "cut from Noto Naskh Arabic", "OFL-1.1"),
    carried("web", "crates/web/assets/fonts/headline.woff2", "data", "cut from IBM Plex Sans Arabic", "OFL-1.1"),
    carried("web", "crates/web/assets/fonts/headline-latin.woff2", "data", "cut from IBM Plex Sans Arabic", "OFL-1.1"),
    carried("web", "crates/web/assets/fonts/card.woff2", "data", "cut from IBM Plex Sans Arabic", "OFL-1.1"),
];

/// A file inside of the program.
struct Carried {
    by: &'static str,
    path: &'static str,
    kind: &'static str,
    is: &'static str,
    licence: &'static str,
}

const fn carried(
    by: &'static str,
    path: &'static str,
    kind: &'static str,
    is: &'static str,
    licence: &'static str,
) -> Carried {
    Carried { by, path, kind, is, licence }
}

/// How a crate is named: by its package address, and ours by their names, for they stand in no registry.
pub fn reference(lock: &Lock, (name, version): &Key) -> String {
    match lock.get(name, version).and_then(|locked| locked.source.as_ref()) {
        Some(_) => format!("pkg:cargo/{name}@{}", version.replace('+', "%2B")),
        None => format!("midad:{name}@{version}"),
    }
}

/// The crates of `all`. Those that are not in `running` are macros and what these stand on: they wrote code of the
/// program and are not in it themselves.
pub fn crates(all: &Graph, running: &Graph, lock: &Lock, manifests: &Manifests) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for (key, asks) in &all.crates {
        let (name, version) = key;
        let locked = lock.get(name, version).with_context(|| format!("{name} {version} is not in Cargo.lock"))?;
        let manifest = manifests.get(name, version).with_context(|| format!("cargo does not know {name} {version}"))?;
        let licence = Licence::parse(manifest.license.as_deref().unwrap_or_default())
            .with_context(|| format!("the licence of {name} {version}"))?;
        let own = reference(lock, key);
        let mut component = json!({
            "type": "library",
            "bom-ref": own,
            "name": name,
            "version": version,
            "scope": if running.crates.contains_key(key) { "required" } else { "excluded" },
            "licenses": [{ "expression": licence.to_string() }],
        });
        if locked.source.is_some() {
            component["purl"] = json!(own);
        }
        if let Some(checksum) = &locked.checksum {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        }
        let asks = asks.iter().map(|asked| reference(lock, asked)).collect();
        parts.push(Part { reference: own, component, asks });
    }
    Ok(parts)
}

/// SQLite itself, of the version that the crate's header states. Scanners look for it by this name.
pub fn sqlite(header: &str) -> Result<Part> {
    let stated = header.lines().find_map(|line| line.strip_prefix("#define SQLITE_VERSION "));
    let version = stated.map(|rest| rest.trim().trim_matches('"')).context("sqlite3.h states no version")?;
    let reference = format!("pkg:generic/sqlite@{version}");
    let component = json!({
        "type": "library",
        "bom-ref": reference,
        "name": "sqlite",
        "version": version,
        "scope": "required",
        "purl": reference,
        "cpe": format!("cpe:2.3:a:sqlite:sqlite:{version}:*:*:*:*:*:*:*"),
        "licenses": [{ "license": { "id": "blessing" } }],
    });
    Ok(Part { reference, component, asks: BTreeSet::new() })
}

#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
struct NpmPackage {
    version: String,
    license: Option<String>,
    integrity: Option<String>,
    #[serde(default)]
    dev: bool,
    #[serde(default)]
    dependencies: BTreeMap<String, String>,
}

/// What is in the story editor's bundle, by the lock file beside its sources.
pub fn npm(lock: &str) -> Result<Vec<Part>> {
    let lock: NpmLock = serde_json::from_str(lock).context("package-lock.json cannot be read")?;
    let bundled: BTreeMap<&str, &NpmPackage> = (lock.packages.iter())
        .filter(|(_, package)| !package.dev)
        .filter_map(|(place, package)| Some((place.strip_prefix("node_modules/")?, package)))
        .collect();
    let reference = |name: &str, package: &NpmPackage| format!("pkg:npm/{name}@{}", package.version);
    let mut parts = Vec::new();
    for (name, package) in &bundled {
        let integrity = package.integrity.as_deref().and_then(|text| text.strip_prefix("sha512-"));
        let hash = hexadecimal(&bytes_of_base64(integrity.with_context(|| format!("{name} has no SHA-512"))?)?);
        let licence = Licence::parse(package.license.as_deref().unwrap_or_default())?;
        let own = reference(name, package);
        let component = json!({
            "type": "library",
            "bom-ref": own,
            "name": name,
            "version": package.version,
            "scope": "required",
            "purl": own,
            "licenses": [{ "expression": licence.to_string() }],
            "hashes": [{ "alg": "SHA-512", "content": hash }],
        });
        let asks = package.dependencies.keys().filter_map(|name| Some(reference(name, bundled.get(name.as_str())?)));
        parts.push(Part { reference: own, component, asks: asks.collect() });
    }
    Ok(parts)
}

/// Faces and weights, each with the crate that carries it.
pub fn carried_files(root: &Path) -> Result<Vec<(&'static str, Part)>> {
    let mut parts = Vec::new();
    for file in CARRIED {
        let bytes = std::fs::read(root.join(file.path)).with_context(|| file.path.to_owned())?;
        let reference = format!("midad:{}", file.path);
        let component = json!({
            "type": file.kind,
            "bom-ref": reference,
            "name": file.path,
            "description": file.is,
            "scope": "required",
            "licenses": [{ "license": { "id": file.licence } }],
            "hashes": [{ "alg": "SHA-256", "content": hexadecimal(&Sha256::digest(&bytes)) }],
        });
        parts.push((file.by, Part { reference, component, asks: BTreeSet::new() }));
    }
    Ok(parts)
}

/// Bytes as two small letters or digits each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of_base64(text: &str) -> Result<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => anyhow::bail!("«{text}» is not base64"),
        };
        held = (held << 6 | u32::from(six)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Ok(bytes)
}
