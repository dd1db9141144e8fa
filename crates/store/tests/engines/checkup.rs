//! Looking the paper over: what is whole is left in peace, what is damaged is named.

use crate::both;
use crate::both::on_both;
use crate::paper;
use store::Store;

#[tokio::test]
async fn an_empty_paper_agrees_with_itself() {
    on_both(|store| async move {
        assert_eq!(store.check().await.unwrap(), []);
        assert!(store.is_empty().await.unwrap());
        let tally = store.tally().await.unwrap();
        let words = ["held", "released", "refused", "withdrawn", "taken-down"];
        assert_eq!(tally, words.map(|word| (word.to_owned(), 0)));
    })
    .await;
}

#[tokio::test]
async fn a_paper_with_a_bit_of_everything_agrees_with_itself() {
    on_both(|store| async move {
        paper::fill(&store).await;
        assert_eq!(store.check().await.unwrap(), []);
        assert!(!store.is_empty().await.unwrap());
        let tally = store.tally().await.unwrap();
        let told = tally.iter().map(|(word, n)| (word.as_str(), *n)).collect::<Vec<_>>();
        assert_eq!(told, [("held", 4), ("released", 2), ("refused", 1), ("withdrawn", 1), ("taken-down", 1)]);
    })
    .await;
}

/// Damages a full paper by one statement, and sees exactly this kind of thing named.
async fn check(damage: &'static str, what: &'static str, detail: &'static str) {
    on_both(move |store| async move {
        paper::fill(&store).await;
        damage_and_see(&store, damage, what, detail).await;
    })
    .await;
}

async fn damage_and_see(store: &Store, damage: &str, what: &str, detail: &str) {
    for one in damage.split(';') {
        assert!(store.run_for_tests(one).await.unwrap() > 0 || one.contains("index"), "{one} touches nothing");
    }
    let found = store.check().await.unwrap();
    assert!(!found.is_empty(), "{damage}: nothing was found");
    assert!(found.iter().all(|one| one.what == what), "{damage}: {found:?}");
    assert!(found.iter().any(|one| one.detail.contains(detail)), "{damage}: {found:?}");
}

#[tokio::test]
async fn a_wrong_count_of_released_comments_is_named() {
    check("update threads set released = released + 1", "counters.released", "3 is kept, 2 is counted").await;
}

#[tokio::test]
async fn a_missing_thread_is_named() {
    on_both(|store| async move {
        paper::fill(&store).await;
        store.run_for_tests("delete from threads").await.unwrap();
        let kinds = store.check().await.unwrap().into_iter().map(|one| one.what).collect::<Vec<_>>();
        assert!(kinds.contains(&"counters.released".to_owned()), "{kinds:?}");
        assert!(kinds.contains(&"numbers.last".to_owned()), "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_last_number_is_named() {
    check("update threads set last_number = last_number - 1 where last_number > 1", "numbers.last", "is kept").await;
}

#[tokio::test]
async fn a_wrong_count_of_waiting_comments_is_named() {
    check("update story_counts set waiting = waiting + 1", "counters.waiting", "is kept, 1 is counted").await;
}

#[tokio::test]
async fn a_wrong_count_of_received_comments_is_named() {
    check("update story_counts set received = 0", "counters.received", "0 is kept, 6 is counted").await;
}

#[tokio::test]
async fn a_wrong_count_of_the_desk_is_named() {
    check("update desk_counts set n = n + 1 where name = 'reported'", "counters.desk", "queue reported").await;
    check("delete from desk_counts where name = 'waiting'", "counters.desk", "queue waiting: 0 is kept, 4").await;
}

#[tokio::test]
async fn a_wrong_standing_of_a_visitor_is_named() {
    check("update visitors set released = 9", "counters.visitor-released", "visitor 501: 9 is kept, 1").await;
    check("update visitors set refused = 9", "counters.visitor-refused", "visitor 501: 9 is kept, 1").await;
}

#[tokio::test]
async fn a_wrong_month_of_the_archive_is_named() {
    check("update archive_months set stories = 7 where month = '2026-10'", "counters.archive-months", "2026-10: 7")
        .await;
}

#[tokio::test]
async fn a_link_of_a_story_that_is_not_public_is_named() {
    check("update story_links set published_at = published_at + 1", "lists", "leads to another one").await;
    check("update story_links set story_id = story_id + 1", "lists", "is not published at that time").await;
}

#[tokio::test]
async fn a_story_missing_from_the_lists_is_named() {
    check("delete from listed where list = 'all'", "lists", "is not listed").await;
}

#[tokio::test]
async fn a_withdrawn_story_in_a_list_is_named() {
    let damage = "insert into listed (list, published_at, story_id)
                  select 'all', published_at, story_id from stories where state = 'withdrawn'";
    check(damage, "lists", "which is not published").await;
}

#[tokio::test]
async fn a_story_without_its_address_is_named() {
    check("update slugs set current = 0", "addresses", "does not stand at its address").await;
}

#[tokio::test]
async fn a_number_given_twice_is_named() {
    let damage = "drop index comments_number; update comments set number = 1 where number = 2";
    check(damage, "numbers", "number 1 was given 2 times").await;
}

#[tokio::test]
async fn a_released_comment_without_a_number_is_named() {
    on_both(|store| async move {
        paper::fill(&store).await;
        store.run_for_tests("update comments set number = null where number = 2").await.unwrap();
        let found = store.check().await.unwrap();
        let named = found.iter().any(|one| one.what == "numbers" && one.detail.contains("has no number or no root"));
        assert!(named, "{found:?}");
        assert!(found.iter().any(|one| one.detail.contains("2 numbers, and the last is 3")), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn what_search_cannot_find_is_named_and_made_again() {
    on_both(|store| async move {
        paper::fill(&store).await;
        store.run_for_tests("delete from story_words").await.unwrap();
        store.run_for_tests("delete from comment_words").await.unwrap();
        store.run_for_tests("delete from story_fields").await.unwrap();
        let found = store.check().await.unwrap();
        assert!(found.iter().all(|one| one.what == "search"), "{found:?}");
        assert_eq!(
            found.len(),
            2 + 2 + 9,
            "two published stories for the desk and for readers, nine comments: {found:?}"
        );
        assert!(store.find_stories("ترام", 10).await.unwrap().is_empty());
        store.rebuild_search().await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);
        assert_eq!(store.find_stories("ترام", 10).await.unwrap().len(), 2, "one of them by the words of its picture");
        assert_eq!(store.find_comments("السجاد", 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_story_that_search_still_finds_is_named_and_taken_out() {
    on_both(|store| async move {
        paper::fill(&store).await;
        store.run_for_tests("update stories set state = 'published' where state = 'withdrawn'").await.unwrap();
        store.rebuild_search().await.unwrap();
        store.run_for_tests("update stories set state = 'withdrawn' where withdrawn_at is not null").await.unwrap();
        let found = store.check().await.unwrap();
        assert_eq!(found.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(), ["search"], "{found:?}");
        assert!(found[0].detail.contains("can be found"), "{found:?}");
        store.rebuild_search().await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_comment_that_never_came_in_is_named() {
    check("delete from happenings where kind = 'comment-held'", "happenings", "never came in").await;
}

#[tokio::test]
async fn a_comment_missing_among_those_of_its_visitor_is_named() {
    check("delete from visitor_comments where visitor_id = 501", "visitors", "is missing among").await;
}

#[tokio::test]
async fn a_wrong_count_of_reports_is_named() {
    check("delete from reports", "reports", "1 reports are kept").await;
}

#[tokio::test]
async fn a_column_that_exports_do_not_know_is_named() {
    on_both(|store| async move {
        store.run_for_tests("alter table pages add column colour text").await.unwrap();
        store.run_for_tests("create table weather (day text primary key)").await.unwrap();
        store.run_for_tests("alter table tags rename column name to title").await.unwrap();
        let found = store.check().await.unwrap();
        let told = found.iter().map(|one| (one.what.as_str(), one.detail.as_str())).collect::<Vec<_>>();
        let schema = [
            ("schema", "pages.colour is not exported"),
            ("schema", "tags.title is not exported"),
            ("schema", "weather.day is not exported"),
            ("schema", "tags.name is not there"),
        ];
        assert_eq!(told, schema);
    })
    .await;
}

/// Does something to an SQLite file that the store itself never would, and looks it over.
async fn behind_its_back(damage: &str) -> Vec<store::checkup::Disagreement> {
    let trial = both::Trial::sqlite();
    let store = Store::open(&trial.place).await.unwrap();
    paper::fill(&store).await;
    store.close().await;
    let file = rusqlite::Connection::open(trial.folder().unwrap().join("midad.db")).unwrap();
    file.execute_batch(damage).unwrap();
    drop(file);
    let store = Store::open(&trial.place).await.unwrap();
    let found = store.check().await.unwrap();
    store.close().await;
    trial.clear().await;
    found
}

#[tokio::test]
async fn rows_that_refer_to_nothing_are_named() {
    let found = behind_its_back("pragma foreign_keys = off; delete from staff").await;
    let told = found.iter().map(|one| (one.what.as_str(), one.detail.as_str())).collect::<Vec<_>>();
    let orphaned = [
        ("acting", 1),
        ("channels", 1),
        ("follower_settings", 1),
        ("learning", 1),
        ("organisation_accounts", 1),
        ("passkeys", 1),
        ("recovery_codes", 1),
        ("rulebooks", 1),
        ("sessions", 1),
        ("sign_in_links", 1),
        ("staff_notices", 1),
        ("staff_sections", 1),
        ("staff_ways", 2),
        ("trusted_flaggers", 1),
    ];
    let orphans = orphaned.map(|(table, rows)| format!("{rows} rows of {table} refer to none of staff"));
    assert_eq!(told, orphans.each_ref().map(|orphan| ("foreign-keys", orphan.as_str())));
}

#[tokio::test]
async fn an_index_that_does_not_fit_its_table_is_named() {
    let damage = "pragma writable_schema = on;
        update sqlite_schema set sql = replace(sql, 'touched_at', 'begun_at') where name = 'stories_by_touch'";
    let found = behind_its_back(damage).await;
    assert!(!found.is_empty());
    assert!(found.iter().all(|one| one.what == "integrity" && one.detail.contains("stories_by_touch")), "{found:?}");
}

#[tokio::test]
async fn every_row_is_read_and_a_printed_issue_with_other_bytes_is_named() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let mut seen = 0;
        assert_eq!(store.check_rows(&mut |rows| seen = rows).await.unwrap(), []);
        assert!(seen > 100, "{seen} rows");
        for (damage, expected) in [
            ("delete from issue_parts where part = 1", "issues.changed"),
            ("delete from issue_parts", "issues.missing"),
        ] {
            store.run_for_tests(damage).await.unwrap();
            let found = store.check_rows(&mut |_| {}).await.unwrap();
            // Of three issues each has a file that stands; the one that was replaced is not asked for its bytes.
            assert_eq!(found.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(), [expected; 3], "{damage}");
            assert!(found.iter().all(|one| one.detail.starts_with("العدد.pdf")), "{found:?}");
        }
    })
    .await;
}
