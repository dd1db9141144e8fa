//! Moments as agencies write them. One that cannot be read is none: it sinks no item.

use newsroom::Timestamp;

/// Reads `2013-03-04T11:40:31.000Z`, `20160909T000100+0100`, `Tue, 10 Jun 2003 04:00:00 GMT`. Without a zone it is taken for
/// UTC.
pub(crate) fn moment(written: &str) -> Option<Timestamp> {
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    written
        .parse::<Timestamp>()
        .ok()
        .or_else(|| jiff::fmt::rfc2822::parse(written).ok().map(|zoned| zoned.timestamp()))
        .or_else(|| {
            let local = written.parse::<jiff::civil::DateTime>().ok()?;
            local.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
        })
}
