//! The list of materials as a whole: CycloneDX 1.6.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::parts::{Part, hexadecimal};

/// What the list is about.
pub struct Program<'a> {
    /// As in the manifest.
    pub version: &'a str,
    /// The system it is built for.
    pub system: &'a str,
    /// The reference of the crate that is the program.
    pub root: &'a str,
    /// Seconds since 1970, where a build says so; none otherwise, so that the same sources give the same list.
    pub time: Option<u64>,
}

/// The list of `parts`, in the order of their references.
pub fn of(program: &Program, mut parts: Vec<Part>) -> Result<Value> {
    parts.sort_by(|a, b| a.reference.cmp(&b.reference));
    let own = format!("pkg:generic/midad@{}", program.version);
    let mut graph = vec![json!({ "ref": own, "dependsOn": [program.root] })];
    graph.extend(parts.iter().map(|part| json!({ "ref": part.reference, "dependsOn": part.asks })));
    let components: Vec<Value> = parts.into_iter().map(|part| part.component).collect();
    let mut list = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "midad",
                "version": program.version,
                "purl": own,
                "licenses": [{ "expression": "AGPL-3.0-or-later" }],
            },
            "tools": { "components": [{ "type": "application", "name": "cargo xtask sbom", "version": program.version }] },
            "lifecycles": [{ "phase": "build" }],
            "properties": [
                { "name": "midad:features", "value": "as shipped" },
                { "name": "midad:target", "value": program.system },
            ],
        },
        "components": components,
        "dependencies": graph,
    });
    if let Some(time) = program.time {
        list["metadata"]["timestamp"] = json!(date_and_time(time)?);
    }
    list["serialNumber"] = json!(serial_number(&list)?);
    Ok(list)
}

/// A UUID of the eighth kind, made of what the list says, so that two lists have one number only where they say the same.
fn serial_number(list: &Value) -> Result<String> {
    let mut hash = Sha256::digest(serde_json::to_vec(list)?);
    hash[6] = hash[6] & 0x0f | 0x80;
    hash[8] = hash[8] & 0x3f | 0x80;
    let text = hexadecimal(&hash[..16]);
    Ok(format!("urn:uuid:{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]))
}

/// Seconds since 1970 as `2026-11-30T06:29:00Z`.
pub fn date_and_time(seconds: u64) -> Result<String> {
    let (days, rest) = (i64::try_from(seconds / 86_400).context("a time beyond all calendars")?, seconds % 86_400);
    // Years are counted from March, so that the leap day is their last.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    Ok(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}
