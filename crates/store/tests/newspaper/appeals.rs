//! Objections to rulings.

use crate::paper::{HUDA, KARIM, Paper, on_both};
use newsroom::comment::{AppealState, RefusalReason, ReportOutcome, Revision, Side, State};
use newsroom::people::{Role, Visitor};
use newsroom::{AppealId, CommentId, RulingId, StaffId, StoryId};
use store::StoreError;
use store::appeals::{AppealDecision, NewAppeal, Outcome};
use store::reports::Reported;

async fn objects(paper: &Paper, ruling: RulingId, side: Side, by: Visitor) -> Result<AppealId, StoreError> {
    let at = paper.now();
    let new = NewAppeal { ruling, side, by, report: None, text: "ليس كذلك".into(), at, due_at: at };
    paper.store.make_appeal(&new).await.map(|(id, _)| id)
}

async fn decides(paper: &Paper, by: StaffId, appeal: AppealId, outcome: Outcome) -> Result<usize, StoreError> {
    let alone = Some(vec![Role::Owner, Role::Editor, Role::Moderator]);
    let decision =
        AppealDecision { appeal, by, read: Revision::FIRST, outcome, answer: "لأن".into(), alone, at: paper.now() };
    paper.store.decide_appeal(&decision).await.map(|happened| happened.len())
}

async fn state_of(paper: &Paper, story: StoryId, comment: CommentId) -> (State, Option<i64>) {
    let entry = paper.store.queue_entry(story, comment).await.unwrap();
    (entry.state, entry.number)
}

fn conflict(word: &str) -> StoreError {
    StoreError::Conflict(word.to_owned())
}

#[tokio::test]
async fn whoever_ruled_does_not_decide_and_a_reversal_gives_the_comment_its_number() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let (other, _) = paper.shows(KARIM, story, None, "قبله").await;
        let ruling = paper.refuses(story, comment).await.unwrap();
        assert_eq!(objects(&paper, ruling, Side::Author, KARIM).await, Err(StoreError::NotFound), "not theirs");
        let appeal = objects(&paper, ruling, Side::Author, HUDA).await.unwrap();
        assert_eq!(objects(&paper, ruling, Side::Author, HUDA).await, Err(conflict("appeals")), "once");
        let nadia = paper.store.add_staff("نادية", Role::Editor, paper.now()).await.unwrap().id;
        let reversed = Outcome::Reversed(RefusalReason::Other);
        assert_eq!(decides(&paper, paper.salma.id, appeal, reversed).await, Err(conflict("same-person")));
        assert_eq!(state_of(&paper, story, comment).await, (State::Refused, None));
        assert_eq!(decides(&paper, nadia, appeal, reversed).await, Ok(2));
        assert_eq!(state_of(&paper, story, comment).await, (State::Released, Some(2)));
        assert_eq!(state_of(&paper, story, other).await, (State::Released, Some(1)));
        assert_eq!(paper.store.appeal(appeal).await.unwrap().state, AppealState::Reversed);
        let reversal = paper.store.rulings(None, 1).await.unwrap().remove(0).ruling.id;
        paper.undoes(story, reversal).await.unwrap();
        assert_eq!(paper.store.appeal(appeal).await.unwrap().state, AppealState::Open);
        paper.undoes(story, ruling).await.unwrap();
        assert_eq!(paper.store.appeal(appeal).await.unwrap().state, AppealState::Settled);
        assert_eq!(decides(&paper, nadia, appeal, Outcome::Upheld).await, Err(conflict("appeals")));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_works_alone_may_decide_and_it_is_written_down() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = paper.refuses(story, comment).await.unwrap();
        let appeal = objects(&paper, ruling, Side::Author, HUDA).await.unwrap();
        assert_eq!(decides(&paper, paper.salma.id, appeal, Outcome::Upheld).await, Ok(1));
        assert!(paper.store.appeal(appeal).await.unwrap().same_person);
    })
    .await;
}

#[tokio::test]
async fn a_ruling_answers_its_reporters_and_what_changes_it_answers_them_anew() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        let reported = paper.store.report_comment((story, comment), KARIM, "", None, paper.now()).await.unwrap();
        let Reported::Taken(report, _) = reported else { panic!("taken") };
        let outcome = || async { paper.store.report_status(report).await.unwrap().outcome };
        assert_eq!(outcome().await, ReportOutcome::Open);
        let kept = paper.releases(story, comment).await.unwrap();
        assert_eq!(outcome().await, ReportOutcome::Kept);
        let appeal = objects(&paper, kept, Side::Reporter, KARIM).await.unwrap();
        let down = paper.takes_down(story, comment).await.unwrap();
        assert_eq!(outcome().await, ReportOutcome::TakenDown);
        assert_eq!(paper.store.appeal(appeal).await.unwrap().state, AppealState::Settled);
        paper.undoes(story, down).await.unwrap();
        assert_eq!(outcome().await, ReportOutcome::Kept);
        paper.undoes(story, kept).await.unwrap();
        assert_eq!(outcome().await, ReportOutcome::Open);
        paper.store.withdraw_comment(story, comment, HUDA, paper.now()).await.unwrap();
        assert_eq!(outcome().await, ReportOutcome::Withdrawn);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn after_six_months_nobody_objects() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = paper.refuses(story, comment).await.unwrap();
        paper.wait_days(184);
        assert_eq!(objects(&paper, ruling, Side::Author, HUDA).await, Err(conflict("late")));
    })
    .await;
}
