//! How often the paper was read: sums that add up, readers that count once, and what goes when its time is over.

use crate::both::on_both;
use crate::paper;
use jiff::civil::{Date, date};
use newsroom::SectionId;
use newsroom::StoryId;
use newsroom::readings::{Count, Country, Opened, Opening, Source, SourceKind, Tally};

const DAY: Date = date(2027, 3, 10);

fn opened(page: Opened, source: Option<&str>, mark: i64) -> Opening {
    Opening {
        day: DAY,
        hour: 9,
        page,
        source: source.map(Source::from_key),
        country: Country::of("MA"),
        mark: Some(mark),
    }
}

#[tokio::test]
async fn what_two_processes_counted_adds_up_and_a_reader_counts_once_a_day() {
    on_both(|store| async move {
        let paper = paper::fill(&store).await;
        let story = Opened::Story(paper.tram, Some(SectionId(1)));
        let (mut one, mut other) = (Tally::default(), Tally::default());
        one.open(opened(story, Some("search:google.com"), 5));
        one.open(opened(Opened::Front, None, 6));
        other.open(opened(story, Some("direct:"), 5));
        other.open(opened(Opened::Story(paper.bridge, None), Some("direct:"), -7));
        let (first, second) = tokio::join!(store.add_readings(&one), store.add_readings(&other));
        first.and(second).unwrap();
        store.add_readings(&one).await.unwrap();
        let sums = store.reading_sums(DAY, DAY, 5).await.unwrap();
        assert_eq!((sums.pages, sums.readers), (vec![(DAY, 6)], vec![(DAY, 3)]));
        assert_eq!(sums.kinds, [("story".to_owned(), 4), ("front".to_owned(), 2)]);
        assert_eq!(sums.sections, [(SectionId(1).short(), 3)]);
        assert_eq!(sums.hours, [("09".to_owned(), 6)]);
        assert_eq!(sums.sources, [("direct:".to_owned(), 2), ("search:google.com".to_owned(), 2)]);
        assert_eq!(sums.countries, [("MA".to_owned(), 6)]);
        let stories: Vec<(StoryId, i64)> = sums.stories.iter().map(|(card, n)| (card.id, *n)).collect();
        assert_eq!(stories, [(paper.tram, 3), (paper.bridge, 1)]);
        let empty = store.reading_sums(DAY.tomorrow().unwrap(), DAY.tomorrow().unwrap(), 5).await.unwrap();
        assert!(empty.pages.is_empty() && empty.stories.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_day_names_a_hundred_sites_and_puts_the_rest_together() {
    on_both(|store| async move {
        let site = |n: i64| Count::Source(Source::of(SourceKind::Site, &format!("site-{n:03}.example")));
        let mut tally = Tally::default();
        (0..80).for_each(|n| tally.add(DAY, site(n), 1));
        store.add_readings(&tally).await.unwrap();
        let mut tally = Tally::default();
        (0..130).for_each(|n| tally.add(DAY, site(n), 2));
        store.add_readings(&tally).await.unwrap();
        let rows = store.table_rows("reading_days", None, 1_000).await.unwrap();
        let named: Vec<_> = rows.iter().filter(|row| row["key"].as_str().unwrap().starts_with("site:")).collect();
        let sum = |rows: &[&store::whole::JsonRow]| rows.iter().map(|row| row["reads"].as_i64().unwrap()).sum::<i64>();
        assert_eq!((named.len(), sum(&named)), (100, 80 * 3 + 20 * 2));
        let rest: Vec<_> = rows.iter().filter(|row| row["key"] == "others:").collect();
        assert_eq!(sum(&rest), 30 * 2);
    })
    .await;
}

#[tokio::test]
async fn a_salt_is_one_for_its_day_and_goes_with_the_marks() {
    on_both(|store| async move {
        let (first, second) = tokio::join!(store.reading_salt(DAY), store.reading_salt(DAY));
        let salt = first.unwrap();
        assert_eq!(second.unwrap(), salt, "two processes have one");
        let mut tally = Tally::default();
        (0..450).for_each(|mark| tally.open(opened(Opened::Front, None, mark)));
        store.add_readings(&tally).await.unwrap();
        let next = DAY.tomorrow().unwrap();
        assert_eq!(store.forget_marks(DAY, 300).await.unwrap(), 0, "the day is not over");
        assert_ne!(store.reading_salt(next).await.unwrap(), salt);
        assert_ne!(store.reading_salt(DAY).await.unwrap(), salt, "it is gone");
        assert_eq!(store.forget_marks(next, 300).await.unwrap(), 300);
        assert_eq!(store.forget_marks(next, 300).await.unwrap(), 150);
        assert_eq!(store.forget_marks(next, 300).await.unwrap(), 0);
        assert_eq!(store.reading_sums(DAY, DAY, 1).await.unwrap().readers, [(DAY, 450)], "the sum stays");
        let kept = store::Store::tables();
        assert!(!kept.iter().any(|table| table.contains("salt") || table.contains("marks")), "in no export");
    })
    .await;
}

#[tokio::test]
async fn old_sums_go_and_a_storys_reads_are_those_of_the_days_that_are_kept() {
    on_both(|store| async move {
        let mut tally = Tally::default();
        for day in [DAY, DAY.tomorrow().unwrap()] {
            tally.add(day, Count::Story(StoryId(7)), 4);
            tally.add(day, Count::Hour(3), 4);
            tally.add(day, Count::Readers, 2);
        }
        store.add_readings(&tally).await.unwrap();
        assert_eq!(store.reads_of(StoryId(7)).await.unwrap(), 8);
        assert_eq!(store.sweep_readings(DAY.tomorrow().unwrap(), 100).await.unwrap(), 3);
        assert_eq!(store.sweep_readings(DAY.tomorrow().unwrap(), 100).await.unwrap(), 0);
        assert_eq!(store.reads_of(StoryId(7)).await.unwrap(), 4);
        assert_eq!(store.reads_of(StoryId(8)).await.unwrap(), 0);
        let sums = store.reading_sums(DAY, DAY.tomorrow().unwrap(), 1).await.unwrap();
        assert_eq!(sums.readers, [(DAY.tomorrow().unwrap(), 2)]);
    })
    .await;
}
