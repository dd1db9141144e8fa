//! Eight weeks of invented reading numbers, the same at every filling, so that the page of numbers looks as in a paper that
//! is read. The sums fit each other: what stories were read is what sections, hours and sources say.

use super::fixture::FixtureStory;
use anyhow::Result;
use jiff::civil::Date;
use newsroom::readings::{Count, Country, Source, Tally, days_between, first_of};
use newsroom::story::Published;
use newsroom::{SectionId, Timestamp};
use std::collections::HashMap;
use store::Store;

const DAYS: i32 = 56;
/// Of a story's reads so many of a hundred fall on its first days; then it is found by searching.
const FIRST_DAYS: [i64; 5] = [46, 22, 11, 6, 4];
/// Of a hundred pages, by the hour.
const HOURS: [i64; 24] = [2, 1, 1, 1, 1, 2, 4, 7, 8, 7, 6, 5, 5, 5, 4, 4, 4, 4, 5, 6, 6, 6, 4, 2];
/// Of a hundred pages, where readers came from; the others from a page of the paper.
const SOURCES: [(&str, i64); 7] = [
    ("direct:", 22),
    ("search:google.com", 19),
    ("social:facebook.com", 14),
    ("social:whatsapp.com", 6),
    ("social:x.com", 3),
    ("site:harbour-radio.example", 2),
    ("site:coast-library.example", 1),
];

/// Of a hundred pages, in which country they were read.
const COUNTRIES: [(&str, i64); 6] = [("DZ", 71), ("FR", 12), ("TN", 6), ("MA", 4), ("CA", 3), ("ZZ", 4)];

/// Fills the numbers of the stories that are public.
pub async fn fill(store: &Store, stories: &[(FixtureStory, Published)], today: Date) -> Result<()> {
    let mut tally = Tally::default();
    let mut pages = HashMap::<Date, i64>::new();
    for (fixture, story) in stories {
        let section = story.text.section;
        for (day, reads) in by_day(fixture, today) {
            tally.add(day, Count::Story(story.id), reads);
            section.into_iter().for_each(|id: SectionId| tally.add(day, Count::Section(id), reads));
            tally.add(day, Count::Pages("story"), reads);
            *pages.entry(day).or_default() += reads;
        }
    }
    for day in days_between(first_of(today, DAYS), today) {
        let stories = pages.get(&day).copied().unwrap_or(0) + base(day);
        let others = [("front", stories / 2), ("section", stories / 9), ("other", stories / 14)];
        others.into_iter().for_each(|(kind, n)| tally.add(day, Count::Pages(kind), n));
        let all = pages.get(&day).copied().unwrap_or(0) + others.iter().map(|(_, n)| n).sum::<i64>();
        for (hour, share) in (0_i8..).zip(HOURS) {
            tally.add(day, Count::Hour(hour), all * share / 100);
        }
        for (source, share) in SOURCES {
            tally.add(day, Count::Source(Source::from_key(source)), all * share / 100);
        }
        for (country, share) in COUNTRIES {
            tally.add(day, Count::Country(Country::of(country).unwrap_or(Country::UNKNOWN)), all * share / 100);
        }
        tally.add(day, Count::Readers, all * 3 / 7);
    }
    store.add_readings(&tally).await?;
    Ok(())
}

/// A story's reads from its day on: most in its first days, a few on every day after.
fn by_day(fixture: &FixtureStory, today: Date) -> Vec<(Date, i64)> {
    let age = i32::try_from(fixture.days_ago).unwrap_or(DAYS).clamp(0, DAYS - 1);
    let days = days_between(first_of(today, age + 1), today);
    let of_age = |at: usize| FIRST_DAYS.get(at).map_or(1 + fixture.reads / 900, |share| fixture.reads * share / 100);
    let reads = days.into_iter().enumerate().map(|(at, day)| (day, of_age(at) + base(day) / 97));
    reads.filter(|(_, reads)| *reads > 0).collect()
}

/// Who comes on any day: fewer at the end of the week, and no two days alike.
fn base(day: Date) -> i64 {
    let uneven = i64::from(day.day()) * 137 % 211;
    match day.weekday() {
        jiff::civil::Weekday::Friday | jiff::civil::Weekday::Saturday => 620 + uneven,
        _ => 980 + uneven,
    }
}

/// The paper's day of a time.
pub fn day_of(now: Timestamp, zone: &jiff::tz::TimeZone) -> Date {
    now.to_zoned(zone.clone()).date()
}
