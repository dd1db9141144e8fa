//! WordPress keeps two clocks: the site's and Greenwich's. Of a draft the second one stands still.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use newsroom::Timestamp;

/// How far the site's clock was ahead of Greenwich, as the last pair of times said. It is rebuilt from the pairs: a summer and a
/// winter have their own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clock(Option<Offset>);

impl Clock {
    /// The moment of a pair of times, or of the one of the two that says something. `published` is the time of the feed, in
    /// Greenwich, for what was public.
    pub(super) fn moment(&mut self, local: &str, greenwich: &str, published: Option<&str>) -> Option<Timestamp> {
        let (local, greenwich) = (time(local), time(greenwich));
        if let (Some(local), Some(greenwich)) = (local, greenwich) {
            let ahead = local.duration_since(greenwich).as_secs();
            self.0 = i32::try_from(ahead).ok().and_then(|ahead| Offset::from_seconds(ahead).ok()).or(self.0);
        }
        let at = |time: DateTime, offset: Offset| offset.to_timestamp(time).ok();
        greenwich
            .and_then(|time| at(time, Offset::UTC))
            .or_else(|| published.and_then(feed_time))
            .or_else(|| local.and_then(|time| at(time, self.0.unwrap_or(Offset::UTC))))
    }
}

/// `2024-06-05 16:04:48`; none for `0000-00-00 00:00:00`.
fn time(text: &str) -> Option<DateTime> {
    let text = text.trim();
    (text.len() >= 10 && !text.starts_with("0000")).then(|| text.replace(' ', "T").parse().ok()).flatten()
}

/// RFC 2822, section 3.3, as feeds have it.
fn feed_time(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text.trim()).ok().map(|time| time.timestamp()).filter(|at| at.as_second() > 0)
}
