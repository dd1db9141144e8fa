//! Printed issues: one of a number, each step once, and a file that is there part by part or not at all.

use crate::paper::{Paper, on_both};
use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::printed::NewIssue;
use newsroom::{HappeningId, IssueFileId, IssueId, Timestamp};
use std::time::Duration;
use store::StoreError;
use store::issues::{NewIssueFile, PART_BYTES, Stands};

fn new(number: &str, day: &str) -> NewIssue {
    NewIssue::new(number, day, "2026-06-01".parse().unwrap()).unwrap()
}

fn later(at: Timestamp, seconds: u64) -> Timestamp {
    at.saturating_add(Duration::from_secs(seconds)).unwrap()
}

async fn file(paper: &Paper, bytes: Vec<u8>) -> IssueFileId {
    let (name, print, pictures) = ("a.pdf".into(), "0".repeat(64), vec![(480, vec![1, 2]), (960, vec![3])]);
    let (pages, size, drawn, acts) = (4, (960, 1_200), true, false);
    let new = NewIssueFile { name, bytes, print, pages, size, drawn, acts, pictures };
    paper.store.keep_issue_file(new, paper.salma.id, paper.now()).await.unwrap()
}

/// An issue that readers have.
async fn printed(paper: &Paper, number: &str, day: &str) -> IssueId {
    let (file, by) = (file(paper, vec![7]).await, paper.salma.id);
    let (id, _) = paper.store.keep_issue(&new(number, day), file, by, paper.now()).await.unwrap();
    paper.store.publish_issue((id, 1), by, paper.now()).await.unwrap();
    id
}

/// Which issue had a number before.
async fn moved(paper: &Paper, number: &str) -> Option<IssueId> {
    paper.store.issue_moved(number).await.unwrap().map(|issue| issue.id)
}

/// The keys of what happened to issues, oldest first.
async fn happened(paper: &Paper) -> Vec<&'static str> {
    let all = paper.store.happenings_after(HappeningId(0), 500).await.unwrap();
    all.iter().map(|one| one.what.key()).filter(|key| key.starts_with("issue-")).collect()
}

#[tokio::test]
async fn a_file_is_kept_part_by_part() {
    on_both(|paper| async move {
        let bytes: Vec<u8> = (0..PART_BYTES * 17 + 5).map(|n| u8::try_from(n % 253).unwrap()).collect();
        let id = file(&paper, bytes.clone()).await;
        let mut came = Vec::new();
        let mut part = 0;
        while let Some(some) = paper.store.issue_part(id, part).await.unwrap() {
            assert!(some.len() <= PART_BYTES);
            came.extend(some);
            part += 1;
        }
        assert_eq!((part, came == bytes), (18, true));
        assert_eq!(paper.store.issue_page(id, 960).await.unwrap(), Some(vec![3]));
        assert_eq!(paper.store.issue_page(id, 481).await.unwrap(), None);
        let waits = paper.store.waiting_issue_file(id, paper.salma.id).await.unwrap().unwrap();
        assert_eq!((waits.bytes, waits.pages, waits.size), (bytes.len() as u64, 4, (960, 1_200)));
    })
    .await;
}

#[tokio::test]
async fn of_a_number_there_is_one_issue_and_of_a_file_as_well() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let (one, other) = (file(&paper, vec![1]).await, file(&paper, vec![2]).await);
        let (id, _) = paper.store.keep_issue(&new("4501", "2026-05-01"), one, by, now).await.unwrap();
        let taken = paper.store.keep_issue(&new("٤٥٠١", "2026-05-02"), other, by, now).await.unwrap_err();
        assert_eq!(taken, StoreError::Conflict("issues_slug".into()));
        let used = paper.store.keep_issue(&new("4502", "2026-05-02"), one, by, now).await.unwrap_err();
        assert_eq!(used, StoreError::Conflict("issue_files".into()));
        assert!(paper.store.waiting_issue_file(one, by).await.unwrap().is_none(), "it belongs to an issue");
        let (next, _) = paper.store.keep_issue(&new("4502", "2026-05-02"), other, by, now).await.unwrap();
        let taken = paper.store.correct_issue((next, 1), &new("4501", "2026-05-02"), by, now).await.unwrap_err();
        assert_eq!(taken, StoreError::Conflict("issues_slug".into()));
        paper.store.publish_issue((id, 1), by, now).await.unwrap();
        paper.store.correct_issue((id, 2), &new("4511", "2026-05-01"), by, now).await.unwrap();
        assert_eq!(moved(&paper, "4501").await, Some(id));
        paper.store.correct_issue((next, 1), &new("4501", "2026-05-02"), by, now).await.unwrap();
        assert_eq!(paper.store.issue_of_number("4501").await.unwrap().unwrap().id, next, "the number is free");
        let stale = paper.store.correct_issue((id, 2), &new("4512", "2026-05-01"), by, now).await.unwrap_err();
        assert_eq!(stale, StoreError::Conflict("issues".into()));
    })
    .await;
}

#[tokio::test]
async fn every_former_number_leads_to_the_issue_that_had_it_last() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let id = printed(&paper, "4501", "2026-05-01").await;
        for (seen, number) in [(2, "4511"), (3, "4512"), (4, "4512")] {
            let at = later(now, u64::try_from(seen).unwrap());
            paper.store.correct_issue((id, seen), &new(number, "2026-05-01"), by, at).await.unwrap();
        }
        for number in ["4501", "4511"] {
            assert_eq!(moved(&paper, number).await, Some(id), "{number}");
        }
        assert_eq!(moved(&paper, "4512").await, None, "a number that it has is no former one");
        let draft = file(&paper, vec![1]).await;
        let (draft, _) = paper.store.keep_issue(&new("4511", "2026-05-02"), draft, by, now).await.unwrap();
        paper.store.correct_issue((draft, 1), &new("4513", "2026-05-02"), by, later(now, 60)).await.unwrap();
        assert_eq!(moved(&paper, "4511").await, Some(id), "readers never had the other one under it");
        paper.store.publish_issue((draft, 2), by, now).await.unwrap();
        paper.store.correct_issue((draft, 3), &new("4511", "2026-05-02"), by, later(now, 70)).await.unwrap();
        paper.store.correct_issue((draft, 4), &new("4514", "2026-05-02"), by, later(now, 80)).await.unwrap();
        assert_eq!(moved(&paper, "4511").await, Some(draft), "it had the number last");
        paper.store.withdraw_issue((id, 5), (by, "خطأ"), later(now, 90)).await.unwrap();
        let gone = paper.store.issue_moved("4501").await.unwrap().unwrap();
        assert!(matches!(gone.stands, Stands::Withdrawn { .. }), "its reason is found by every number");
    })
    .await;
}

#[tokio::test]
async fn of_two_who_put_in_one_number_at_once_one_does() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let (one, other) = (file(&paper, vec![1]).await, file(&paper, vec![2]).await);
        let issue = new("4501", "2026-05-01");
        let both =
            tokio::join!(paper.store.keep_issue(&issue, one, by, now), paper.store.keep_issue(&issue, other, by, now),);
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(paper.store.issues(None, 9).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_issue_goes_at_its_minute_once_is_taken_back_and_given_again() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let (file, minute) = (file(&paper, vec![1]).await, later(paper.now(), 60));
        let (id, _) = paper.store.keep_issue(&new("4501", "2026-05-01"), file, by, now).await.unwrap();
        paper.store.time_issue((id, 1), Some(minute), by, now).await.unwrap();
        assert_eq!(paper.store.issues_to_go(now, 9).await.unwrap(), []);
        assert!(paper.store.publish_issue_on_time(id, now).await.unwrap().is_none(), "its minute has not come");
        let after = later(minute, 5);
        assert_eq!(paper.store.issues_to_go(after, 9).await.unwrap(), [id]);
        let goes = || paper.store.publish_issue_on_time(id, after);
        let (one, other) = tokio::join!(goes(), goes());
        let told: Vec<_> = [one.unwrap(), other.unwrap()].into_iter().flatten().collect();
        assert_eq!((told.len(), told[0].by), (1, Actor::Program), "once, however many try");
        let issue = paper.store.issue(id).await.unwrap().unwrap();
        assert_eq!((issue.stands, issue.version), (Stands::Public { since: minute }, 3));
        assert_eq!(paper.store.issues_to_go(after, 9).await.unwrap(), []);
        let early = paper.store.time_issue((id, 3), None, by, after).await.unwrap_err();
        assert_eq!(early, StoreError::Conflict("issues".into()), "readers have it");
        paper.store.withdraw_issue((id, 3), (by, "خطأ"), after).await.unwrap();
        let gone = paper.store.issue(id).await.unwrap().unwrap();
        let (name, why) = (paper.salma.name.clone(), "خطأ".to_owned());
        assert_eq!(gone.stands, Stands::Withdrawn { at: after, by: name, why });
        assert_eq!(paper.store.public_issues(None, 9).await.unwrap(), []);
        paper.store.publish_issue((id, 4), by, after).await.unwrap();
        assert_eq!(paper.store.public_issues(None, 9).await.unwrap().len(), 1);
        let all = ["issue-kept", "issue-timed", "issue-published", "issue-withdrawn", "issue-published"];
        assert_eq!(happened(&paper).await, all);
    })
    .await;
}

#[tokio::test]
async fn issues_are_read_by_day_and_lead_to_their_neighbours() {
    on_both(|paper| async move {
        assert_eq!(paper.store.issue_days().await.unwrap(), None);
        let mut ids = Vec::new();
        for (number, day) in [("3", "2026-05-03"), ("1", "2025-05-01"), ("2a", "2026-05-02"), ("2b", "2026-05-02")] {
            ids.push(printed(&paper, number, day).await);
        }
        let (waits, by) = (file(&paper, vec![1]).await, paper.salma.id);
        paper.store.keep_issue(&new("9", "2026-05-09"), waits, by, paper.now()).await.unwrap();
        let numbers = async |before| {
            let found = paper.store.public_issues(before, 9).await.unwrap();
            found.into_iter().map(|issue| issue.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(None).await, ["3", "2b", "2a", "1"]);
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(numbers(Some((day("2026-05-02"), ids[3]))).await, ["2a", "1"]);
        let (before, after) = paper.store.issues_beside(day("2026-05-02"), ids[2]).await.unwrap();
        assert_eq!((before.unwrap().1, after.unwrap().1), ("1".into(), "2b".into()));
        let (before, after) = paper.store.issues_beside(day("2025-05-01"), ids[1]).await.unwrap();
        assert_eq!((before, after.unwrap().0), (None, "2a".into()));
        let days = paper.store.issue_days().await.unwrap();
        assert_eq!(days, Some((day("2025-05-01"), day("2026-05-03"))));
        assert_eq!(paper.store.issues(None, 2).await.unwrap()[0].number, "9", "the desk sees what waits");
    })
    .await;
}

#[tokio::test]
async fn a_replaced_file_leaves_a_row_and_no_byte_and_what_nobody_takes_is_swept() {
    on_both(|paper| async move {
        let (now, by) = (paper.now(), paper.salma.id);
        let id = printed(&paper, "4501", "2026-05-01").await;
        let was = paper.store.issue(id).await.unwrap().unwrap().file.id;
        let next = file(&paper, vec![9]).await;
        let said = paper.store.replace_issue_file((id, 2), (was, next), (by, "صفحة ناقصة"), now).await.unwrap();
        assert_eq!(
            (said.what, said.why.as_str()),
            (What::IssueFileReplaced { issue: id, file: next, was }, "صفحة ناقصة")
        );
        assert_eq!(paper.store.issue_part(was, 0).await.unwrap(), None);
        assert_eq!(paper.store.issue_page(was, 480).await.unwrap(), None);
        assert_eq!(paper.store.issue_part(next, 0).await.unwrap(), Some(vec![9]));
        let past = paper.store.past_issue_files(id, 9).await.unwrap();
        assert_eq!((past.len(), past[0].why.as_str(), &past[0].by), (1, "صفحة ناقصة", &paper.salma.name));
        let waits = file(&paper, vec![8]).await;
        assert_eq!(paper.store.sweep_issue_files(now, 9).await.unwrap(), 0, "it has just come");
        assert_eq!(paper.store.sweep_issue_files(later(now, 90_000), 9).await.unwrap(), 1);
        assert_eq!(paper.store.issue_part(waits, 0).await.unwrap(), None);
        assert_eq!(paper.store.issue_part(next, 0).await.unwrap(), Some(vec![9]), "what is an issue's own stays");
    })
    .await;
}
