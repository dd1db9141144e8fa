//! Requests signed by RFC 9421, which newer servers use: read as far as those write it, with RSA and SHA-256 (RFC 9421, 3.3.2) and a
//! digest of the body (RFC 9530). The paper itself signs in the older way, which all of them read.

use super::signature::{Came, Claim, Doubt, digest, is_of_now, text};
use newsroom::Timestamp;

/// The longest line that says what is signed, in bytes.
const MOST_INPUT: usize = 2_000;

/// What such a request claims.
pub(super) fn claimed(came: &Came<'_>, now: Timestamp) -> Result<Claim, Doubt> {
    let input = text(came, "signature-input").filter(|line| line.len() <= MOST_INPUT).ok_or(Doubt::Unsigned)?;
    // `sig1=("@method" "content-digest");created=1618884473;keyid="…"`: one signature is read, the first.
    let (label, rest) = input.split_once('=').ok_or(Doubt::Unsigned)?;
    let (list, after) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).ok_or(Doubt::Unsigned)?;
    let parameters = first_of(after);
    let said = |name: &str| parameter(parameters, name);
    let key_name = said("keyid").ok_or(Doubt::Unsigned)?;
    if said("alg").is_some_and(|way| way != "rsa-v1_5-sha256") {
        return Err(Doubt::Unsigned);
    }
    let names: Vec<&str> = list.split_ascii_whitespace().map(|name| name.trim_matches('"')).collect();
    let has = |name: &str| names.contains(&name);
    if !has("content-digest") {
        return Err(Doubt::NoDigest);
    }
    if !has("@method") || !(has("@target-uri") || has("@path") && (has("@authority") || has("host"))) {
        return Err(Doubt::TooLittle);
    }
    digest_holds(came)?;
    let second = |name: &str| said(name).and_then(|at| at.parse().ok()).and_then(|at| Timestamp::from_second(at).ok());
    is_of_now(second("created"), now)?;
    if second("expires").is_some_and(|at| at < now) {
        return Err(Doubt::Date);
    }
    let mut signed = String::new();
    for name in &names {
        let value = component(came, name).ok_or(Doubt::TooLittle)?;
        signed.push_str(&format!("\"{name}\": {value}\n"));
    }
    signed.push_str(&format!("\"@signature-params\": ({list}){parameters}"));
    let line = text(came, "signature").ok_or(Doubt::Unsigned)?;
    let own = line.split(',').map(str::trim).find_map(|one| one.strip_prefix(label.trim())?.strip_prefix("=:"));
    let signature = own.and_then(|own| own.strip_suffix(':')).ok_or(Doubt::Unsigned)?.to_owned();
    Ok(Claim { key_name, signed, signature })
}

/// The parameters of the first signature, without the next one: a comma outside of quotes ends them.
fn first_of(after: &str) -> &str {
    let mut quoted = false;
    let end = after.find(|sign: char| {
        quoted ^= sign == '"';
        sign == ',' && !quoted
    });
    end.and_then(|end| after.get(..end)).unwrap_or(after).trim_end()
}

fn parameter(parameters: &str, name: &str) -> Option<String> {
    let value = parameters.split(';').find_map(|one| one.trim().strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches('"').to_owned())
}

/// The value of a part of the request (RFC 9421, 2.1 and 2.2). Parts with parameters of their own are not read.
fn component(came: &Came<'_>, name: &str) -> Option<String> {
    let (path, query) = came.path.split_once('?').unwrap_or((came.path, ""));
    Some(match name {
        "@method" => came.method.to_ascii_uppercase(),
        "@target-uri" => format!("https://{}{}", came.host, came.path),
        "@authority" | "host" => came.host.to_owned(),
        "@scheme" => "https".to_owned(),
        "@path" => path.to_owned(),
        "@query" => format!("?{query}"),
        "@request-target" => came.path.to_owned(),
        name if name.starts_with('@') => return None,
        name => text(came, name)?.to_owned(),
    })
}

/// `Content-Digest: sha-256=:…:` (RFC 9530, 2).
fn digest_holds(came: &Came<'_>) -> Result<(), Doubt> {
    let line = text(came, "content-digest").ok_or(Doubt::NoDigest)?;
    let said = line.split(',').find_map(|one| one.trim().strip_prefix("sha-256=:")?.strip_suffix(':'));
    if said.ok_or(Doubt::NoDigest)? == digest(came.body) { Ok(()) } else { Err(Doubt::OtherBody) }
}
