//! When a certificate ends, and for which host it is. Its validity is read out of the DER in which it lies (X.509, RFC 5280,
//! section 4.1). Nothing is believed by it: TLS itself checks what it shows.

use jiff::SignedDuration;
use newsroom::Timestamp;
use std::path::Path;
use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::server::ParsedCertificate;

/// Programs that renew a certificate of ninety days begin a month before its end.
const ENDS_SOON: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A list of things (`SEQUENCE`).
const LIST: u8 = 0x30;
/// The first field of a certificate, where its version stands (`[0]`).
const VERSION: u8 = 0xa0;
/// A time with two digits of the year, from 1950 to 2049.
const UTC_TIME: u8 = 0x17;
/// A time with four.
const GENERALIZED_TIME: u8 = 0x18;

/// From when on and until when the first certificate of a PEM file holds.
///
/// # Errors
/// Why it cannot be said, in technical words.
pub fn certificate_holds(file: &Path) -> Result<(Timestamp, Timestamp), String> {
    holds(&first(file)?).ok_or_else(|| "no certificate that can be read".to_owned())
}

/// Whether a certificate comes so near to its end that it should have been renewed: two weeks before, or with a quarter left of
/// one that holds for less than two months.
pub fn certificate_ends_soon((from, until): (Timestamp, Timestamp), now: Timestamp) -> bool {
    let left: SignedDuration = until.duration_since(now);
    left < ENDS_SOON.min(until.duration_since(from) / 4)
}

/// Whether the first certificate of a PEM file is for a host, as browsers see it.
pub fn certificate_is_for(file: &Path, host: &str) -> bool {
    let (Ok(first), Ok(name)) = (first(file), ServerName::try_from(host)) else { return false };
    ParsedCertificate::try_from(&first).is_ok_and(|parsed| verify_server_name(&parsed, &name).is_ok())
}

fn first(file: &Path) -> Result<CertificateDer<'static>, String> {
    let read = CertificateDer::pem_file_iter(file).map_err(|problem| problem.to_string())?.next();
    read.ok_or("no certificate")?.map_err(|problem| problem.to_string())
}

/// `Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { [0] version, serialNumber, signature, issuer, validity … } … }`
fn holds(der: &[u8]) -> Option<(Timestamp, Timestamp)> {
    let (certificate, _) = inside(der, LIST)?;
    let (mut fields, _) = inside(certificate, LIST)?;
    if fields.first() == Some(&VERSION) {
        fields = inside(fields, VERSION)?.1;
    }
    // Number, algorithm and issuer stand before it.
    for _ in 0..3 {
        fields = inside(fields, *fields.first()?)?.1;
    }
    let (validity, _) = inside(fields, LIST)?;
    let (not_before, validity) = time(validity)?;
    Some((not_before, time(validity)?.0))
}

/// The time that stands first in these bytes, and what follows it.
fn time(bytes: &[u8]) -> Option<(Timestamp, &[u8])> {
    let kind = *bytes.first()?;
    let (time, rest) = inside(bytes, kind)?;
    Some((time_of(kind, std::str::from_utf8(time).ok()?)?, rest))
}

/// What stands in the first thing of these bytes, which is of this kind, and what follows it.
fn inside(bytes: &[u8], kind: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match *length {
        short @ ..0x80 => (usize::from(short), rest),
        // So many bytes of length follow; no certificate has more than a gigabyte.
        long => {
            let (length, rest) =
                rest.split_at_checked(usize::from(long & 0x7f)).filter(|(length, _)| length.len() <= 4)?;
            (length.iter().fold(0, |sum, byte| (sum << 8) | usize::from(*byte)), rest)
        }
    };
    (*first == kind).then(|| rest.split_at_checked(length)).flatten()
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
fn time_of(kind: u8, text: &str) -> Option<Timestamp> {
    let text = match kind {
        UTC_TIME => {
            let century = if text.get(..2)?.parse::<u8>().ok()? >= 50 { "19" } else { "20" };
            format!("{century}{text}")
        }
        GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    let at = jiff::civil::DateTime::strptime("%Y%m%d%H%M%SZ", text).ok()?;
    Some(at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::{
        GENERALIZED_TIME, UTC_TIME, certificate_ends_soon, certificate_holds, certificate_is_for, holds, inside,
        time_of,
    };
    use jiff::SignedDuration;
    use newsroom::Timestamp;
    use std::path::Path;

    /// A certificate of this machine that nobody else has signed.
    const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/organisation/here.pem");

    #[test]
    fn a_certificate_says_until_when_it_holds_and_for_whom() {
        let here = Path::new(HERE);
        assert_eq!(certificate_holds(here).map(|(_, until)| until.to_string()).as_deref(), Ok("2120-01-01T00:00:00Z"));
        let is_for = |host| certificate_is_for(here, host);
        assert_eq!((is_for("localhost"), is_for("127.0.0.1"), is_for("harbour.example")), (true, true, false));
        let toml = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        assert!(certificate_holds(Path::new(toml)).is_err() && certificate_holds(Path::new("/nowhere.pem")).is_err());
    }

    #[test]
    fn a_certificate_of_days_is_near_its_end_later_than_one_of_months() {
        let (from, day) = (Timestamp::UNIX_EPOCH, SignedDuration::from_hours(24));
        let soon = |whole: i32, after: i32| certificate_ends_soon((from, from + day * whole), from + day * after);
        assert_eq!((soon(90, 75), soon(90, 77), soon(90, 91)), (false, true, true));
        assert_eq!((soon(6, 1), soon(6, 5)), (false, true));
    }

    #[test]
    fn both_forms_of_a_time_are_read() {
        let told = |kind, text| time_of(kind, text).map(|at| at.to_string());
        assert_eq!(told(UTC_TIME, "261130235959Z").as_deref(), Some("2026-11-30T23:59:59Z"));
        assert_eq!(told(UTC_TIME, "990101000000Z").as_deref(), Some("1999-01-01T00:00:00Z"));
        assert_eq!(told(GENERALIZED_TIME, "20991231235959Z").as_deref(), Some("2099-12-31T23:59:59Z"));
        assert_eq!((told(UTC_TIME, "2611302359"), told(0x02, "261130235959Z")), (None, None));
    }

    #[test]
    fn what_is_cut_off_or_lies_about_its_length_is_not_read() {
        for bytes in
            [&[][..], &[0x30], &[0x30, 0x05, 1], &[0x30, 0x84, 0xff, 0xff], &[0x30, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 9]]
        {
            assert_eq!((holds(bytes), inside(bytes, 0x30)), (None, None));
        }
        assert_eq!(inside(&[0x30, 0x81, 0x01, 7, 8], 0x30), Some((&[7][..], &[8][..])));
    }
}
