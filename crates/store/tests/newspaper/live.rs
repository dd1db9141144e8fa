//! Live coverage: open for a while, updates newest first, none of their words lost and none of a removed one shown.

use crate::paper::{Paper, on_both};
use newsroom::live::NewEntry;
use newsroom::people::Actor;
use newsroom::{CoverageId, HappeningId, LiveEntryId, StoryId, Timestamp};
use std::time::Duration;
use store::StoreError;
use store::live::{LivePage, LivePlace, Shows};

fn entry(text: &str) -> NewEntry {
    NewEntry { headline: String::new(), text: text.to_owned(), important: false }
}

fn later(at: Timestamp, seconds: u64) -> Timestamp {
    at.saturating_add(Duration::from_secs(seconds)).unwrap()
}

fn conflict(with: &str) -> StoreError {
    StoreError::Conflict(with.to_owned())
}

/// The keys of what happened to coverage, oldest first, with who did it and why.
async fn happened(paper: &Paper) -> Vec<(&'static str, Actor, String)> {
    let all = paper.store.happenings_after(HappeningId(0), 500).await.unwrap();
    let about = all.into_iter().map(|one| (one.what.key(), one.by, one.why));
    about.filter(|(key, ..)| key.starts_with("coverage-") || key.starts_with("live-")).collect()
}

/// A public story that is covered for an hour from now.
async fn covered(paper: &Paper) -> (StoryId, CoverageId, Timestamp) {
    let story = paper.publishes("حريق في الميناء").await.id;
    let now = paper.now();
    let (coverage, _) = paper.store.open_coverage(story, later(now, 3_600), paper.salma.id, now).await.unwrap();
    (story, coverage, now)
}

async fn writes(paper: &Paper, story: StoryId, text: &str, now: Timestamp) -> LiveEntryId {
    paper.store.write_live_entry(story, &entry(text), paper.salma.id, now).await.unwrap().0
}

/// What a page of updates says, the newest first; a removed one is a dash.
fn said(page: &LivePage) -> Vec<&str> {
    let words = page.entries.iter().map(|entry| match &entry.shows {
        Shows::Words { text, .. } => text.as_str(),
        Shows::Removed { .. } => "-",
    });
    words.collect()
}

#[tokio::test]
async fn updates_are_written_while_the_story_is_covered_and_not_a_moment_longer() {
    on_both(|paper| async move {
        let story = paper.publishes("حريق في الميناء").await.id;
        let (now, by) = (paper.now(), paper.salma.id);
        let early = paper.store.write_live_entry(story, &entry("قبل"), by, now).await.unwrap_err();
        assert_eq!(early, conflict("live_coverages"));
        let until = later(now, 3_600);
        let (coverage, _) = paper.store.open_coverage(story, until, by, now).await.unwrap();
        let twice = paper.store.open_coverage(story, until, by, now).await.unwrap_err();
        assert_eq!(twice, conflict("live_coverages"));
        writes(&paper, story, "أول", later(now, 1)).await;
        writes(&paper, story, "ثان", later(now, 3_599)).await;
        let late = paper.store.write_live_entry(story, &entry("بعد"), by, until).await.unwrap_err();
        assert_eq!(late, conflict("live_coverages"), "its end is the end, whatever is written down");
        let page = paper.store.live_page(story, LivePlace::Newest, 9).await.unwrap();
        assert_eq!((said(&page), page.newer, page.older), (vec!["ثان", "أول"], false, false));
        let known = paper.store.coverage_of(story).await.unwrap().unwrap();
        assert_eq!((known.id, known.until, known.changed_at), (coverage, until, Some(later(now, 3_599))));
        assert!(known.is_open(later(now, 3_599)) && !known.is_open(until));
        let other = paper.publishes("خبر آخر").await.id;
        assert_eq!(paper.store.coverage_of(other).await.unwrap(), None);
        assert_eq!(paper.store.live_page(other, LivePlace::Newest, 9).await.unwrap(), LivePage::default());
    })
    .await;
}

#[tokio::test]
async fn a_coverage_ends_by_itself_once_and_can_be_opened_again_beside_its_updates() {
    on_both(|paper| async move {
        let (story, coverage, now) = covered(&paper).await;
        let (until, by) = (later(now, 3_600), paper.salma.id);
        writes(&paper, story, "أول", later(now, 1)).await;
        assert_eq!(paper.store.coverages_over(now, 9).await.unwrap(), []);
        let which = (story, coverage);
        assert!(paper.store.end_coverage_on_time(which, now).await.unwrap().is_none(), "its time is not over");
        let after = later(until, 5);
        assert_eq!(paper.store.coverages_over(after, 9).await.unwrap(), [which]);
        let (one, other) = tokio::join!(
            paper.store.end_coverage_on_time(which, after),
            paper.store.end_coverage_on_time(which, after),
        );
        let told: Vec<_> = [one.unwrap(), other.unwrap()].into_iter().flatten().collect();
        assert_eq!(told.len(), 1, "once, however many try");
        let ended = paper.store.coverage_of(story).await.unwrap().unwrap();
        assert_eq!((ended.ended_at, ended.ended_by), (Some(until), None));
        paper.store.open_coverage(story, later(after, 60), by, after).await.unwrap();
        writes(&paper, story, "بعده", later(after, 1)).await;
        let again = paper.store.coverage_of(story).await.unwrap().unwrap();
        assert_eq!((again.since, again.opened_at), (now, after), "covered since it was covered first");
        assert_ne!(again.id, coverage);
        let page = paper.store.live_page(story, LivePlace::Newest, 9).await.unwrap();
        assert_eq!(said(&page), ["بعده", "أول"]);
        let keys: Vec<_> = happened(&paper).await.into_iter().map(|(key, by, _)| (key, by)).collect();
        let staff = Actor::Staff(by);
        assert_eq!(
            keys,
            [
                ("coverage-opened", staff),
                ("live-entry-written", staff),
                ("coverage-ended", Actor::Program),
                ("coverage-opened", staff),
                ("live-entry-written", staff),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_coverage_is_prolonged_by_whoever_saw_its_end_and_ended_by_hand() {
    on_both(|paper| async move {
        let (story, coverage, now) = covered(&paper).await;
        let (until, by) = (later(now, 3_600), paper.salma.id);
        let (which, longer) = ((story, coverage), later(now, 7_200));
        paper.store.prolong_coverage(which, (until, longer), by, now).await.unwrap();
        let blind = paper.store.prolong_coverage(which, (until, longer), by, now).await.unwrap_err();
        assert_eq!(blind, conflict("live_coverages"), "it has another end than was seen");
        writes(&paper, story, "في الساعة الثانية", later(until, 1)).await;
        let end = later(until, 2);
        paper.store.end_coverage(which, by, end).await.unwrap();
        let ended = paper.store.coverage_of(story).await.unwrap().unwrap();
        assert_eq!((ended.end(), ended.ended_by.as_deref()), (end, Some(paper.salma.name.as_str())));
        assert!(!ended.is_open(end));
        let gone = paper.store.end_coverage(which, by, end).await.unwrap_err();
        assert_eq!(gone, conflict("live_coverages"));
        let dead = paper.store.prolong_coverage(which, (longer, later(longer, 60)), by, end).await.unwrap_err();
        assert_eq!(dead, conflict("live_coverages"));
        assert_eq!(paper.store.coverages_over(later(longer, 9), 9).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_an_update_said_before_it_was_put_right_is_kept() {
    on_both(|paper| async move {
        let (story, _, now) = covered(&paper).await;
        let by = paper.salma.id;
        let id = writes(&paper, story, "جريحان", later(now, 1)).await;
        let after = later(now, 9_000);
        let same = paper.store.change_live_entry((story, id), 0, &entry("جريحان"), by, after).await.unwrap();
        assert!(same.is_none(), "nothing was changed");
        let right = NewEntry { headline: "الحصيلة".into(), text: "ثلاثة جرحى".into(), important: true };
        let told = paper.store.change_live_entry((story, id), 0, &right, by, after).await.unwrap();
        assert!(told.is_some(), "also after the coverage");
        let blind = paper.store.change_live_entry((story, id), 0, &entry("أربعة"), by, after).await.unwrap_err();
        assert_eq!(blind, conflict("live_entries"), "nobody writes over what they have not read");
        let shown = paper.store.live_entry(story, id).await.unwrap().unwrap();
        assert_eq!(shown.at, later(now, 1));
        let edited_at = Some(after);
        let (headline, text) = (right.headline.clone(), right.text.clone());
        assert_eq!(shown.shows, Shows::Words { headline, text, important: true, edited_at });
        let earlier = paper.store.earlier_live_texts(id, 9).await.unwrap();
        assert_eq!(earlier.len(), 1);
        assert_eq!((earlier[0].text.as_str(), earlier[0].at), ("جريحان", later(now, 1)));
        assert_eq!(earlier[0].by, paper.salma.name);
        let desk = paper.store.live_entry_of_desk(story, id).await.unwrap().unwrap();
        assert_eq!((desk.revision, desk.edited), (1, Some((after, paper.salma.name.clone()))));
        assert_eq!(paper.store.coverage_of(story).await.unwrap().unwrap().changed_at, Some(after));
    })
    .await;
}

#[tokio::test]
async fn of_a_removed_update_its_minute_stays_and_its_words_stay_with_the_desk() {
    on_both(|paper| async move {
        let (story, _, now) = covered(&paper).await;
        let by = paper.salma.id;
        writes(&paper, story, "أول", later(now, 1)).await;
        let id = writes(&paper, story, "رقم خاطئ", later(now, 2)).await;
        paper.store.remove_live_entry((story, id), "لم يُتحقق منه", by, later(now, 3)).await.unwrap();
        let twice = paper.store.remove_live_entry((story, id), "مرة أخرى", by, later(now, 4)).await.unwrap_err();
        assert_eq!(twice, conflict("live_entries"));
        let page = paper.store.live_page(story, LivePlace::Newest, 9).await.unwrap();
        assert_eq!(said(&page), ["-", "أول"]);
        assert_eq!(page.entries[0].shows, Shows::Removed { at: later(now, 3) });
        assert_eq!(page.entries[0].at, later(now, 2));
        let desk = paper.store.live_entries_of_desk(story, None, 9).await.unwrap();
        let removed = desk[0].removed.as_ref().unwrap();
        assert_eq!((desk[0].text.as_str(), removed.why.as_str()), ("رقم خاطئ", "لم يُتحقق منه"));
        assert_eq!(removed.by, paper.salma.name);
        let dead = paper.store.change_live_entry((story, id), 0, &entry("ثان"), by, later(now, 5)).await.unwrap_err();
        assert_eq!(dead, conflict("live_entries"));
        let last = happened(&paper).await.pop().unwrap();
        assert_eq!(last, ("live-entry-removed", Actor::Staff(by), "لم يُتحقق منه".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn updates_are_read_a_page_at_a_time_from_either_side() {
    on_both(|paper| async move {
        let (story, _, now) = covered(&paper).await;
        let mut ids = Vec::new();
        for n in 1..=5 {
            ids.push(writes(&paper, story, &n.to_string(), later(now, n)).await);
        }
        for (place, words, newer, older) in [
            (LivePlace::Newest, vec!["5", "4"], false, true),
            (LivePlace::OlderThan(ids[3]), vec!["3", "2"], true, true),
            (LivePlace::OlderThan(ids[1]), vec!["1"], true, false),
            (LivePlace::NewerThan(ids[0]), vec!["3", "2"], true, true),
            (LivePlace::NewerThan(ids[2]), vec!["5", "4"], false, true),
            (LivePlace::NewerThan(ids[4]), vec!["5", "4"], false, true),
            (LivePlace::At(ids[2]), vec!["3", "2"], true, true),
            (LivePlace::At(ids[4]), vec!["5", "4"], false, true),
            (LivePlace::At(LiveEntryId(i64::MAX)), vec!["5", "4"], false, true),
            (LivePlace::OlderThan(LiveEntryId(1)), vec![], true, false),
        ] {
            let page = paper.store.live_page(story, place, 2).await.unwrap();
            assert_eq!((said(&page), page.newer, page.older), (words, newer, older), "{place:?}");
        }
        let desk = paper.store.live_entries_of_desk(story, Some(ids[3]), 2).await.unwrap();
        assert_eq!(desk.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["3", "2"]);
    })
    .await;
}

#[tokio::test]
async fn a_story_that_is_held_or_not_public_gets_nothing_new() {
    on_both(|paper| async move {
        let (story, _, now) = covered(&paper).await;
        let by = paper.salma.id;
        let id = writes(&paper, story, "أول", later(now, 1)).await;
        paper.store.hold_story(story, "شكوى", paper.by(), later(now, 2)).await.unwrap();
        let refused = paper.store.write_live_entry(story, &entry("ثان"), by, later(now, 3)).await.unwrap_err();
        assert_eq!(refused, conflict("stories"));
        let refused =
            paper.store.change_live_entry((story, id), 0, &entry("غيره"), by, later(now, 3)).await.unwrap_err();
        assert_eq!(refused, conflict("stories"));
        let desk = paper.store.live_entry_of_desk(story, id).await.unwrap().unwrap();
        assert_eq!((desk.text.as_str(), desk.revision), ("أول", 0), "as if nothing had been tried");
        paper.store.remove_live_entry((story, id), "شكوى", by, later(now, 4)).await.unwrap();
        let draft = paper.draft("لم تُنشر");
        paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
        let refused = paper.store.open_coverage(draft.id, later(now, 9_999), by, now).await.unwrap_err();
        assert_eq!(refused, conflict("stories"));
    })
    .await;
}

#[tokio::test]
async fn one_press_is_one_update_and_of_two_who_open_at_once_one_does() {
    on_both(|paper| async move {
        let story = paper.publishes("حريق في الميناء").await.id;
        let (now, by) = (paper.now(), paper.salma.id);
        let until = later(now, 3_600);
        let both = tokio::join!(
            paper.store.open_coverage(story, until, by, now),
            paper.store.open_coverage(story, until, by, now),
        );
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let new = entry("وصلت الإطفاء");
        let press = || paper.store.write_live_entry(story, &new, by, later(now, 1));
        let (one, other) = tokio::join!(press(), press());
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one.0, other.0);
        assert_eq!([one.1, other.1].iter().flatten().count(), 1, "it happened once");
        writes(&paper, story, "وصلت الإطفاء", later(now, 120)).await;
        let page = paper.store.live_page(story, LivePlace::Newest, 9).await.unwrap();
        assert_eq!(page.entries.len(), 2, "the same words later are another update");
    })
    .await;
}
