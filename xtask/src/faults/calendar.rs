//! Days and hours in UTC, as the paper's forms take them and as its answers have them.

/// A time as the paper's forms take it, to the minute; the paper lives in UTC.
pub fn local(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (mut year, mut left) = (1970, days);
    while left >= length(year) {
        left -= length(year);
        year += 1;
    }
    let mut month = 1;
    for length in months(year) {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}T{:02}:{:02}", left + 1, rest / 3600, rest % 3600 / 60)
}

/// The seconds since 1970 of a time like `2026-11-30T09:07:12.5Z`.
pub fn seconds(text: &str) -> Option<u64> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let numbers = |text: &str, between: char| -> Option<Vec<u64>> {
        text.split('.').next()?.split(between).map(|part| part.parse().ok()).collect()
    };
    let [year, month, day]: [u64; 3] = numbers(day, '-')?.try_into().ok()?;
    let [hour, minute, second]: [u64; 3] = numbers(time, ':')?.try_into().ok()?;
    let years: u64 = (1970..year).map(length).sum();
    let past: u64 = months(year).iter().take(usize::try_from(month).ok()?.checked_sub(1)?).sum();
    Some((years + past + day.checked_sub(1)?) * 86_400 + hour * 3600 + minute * 60 + second)
}

fn length(year: u64) -> u64 {
    months(year).iter().sum()
}

fn months(year: u64) -> [u64; 12] {
    let long = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    [31, 28 + u64::from(long), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}
