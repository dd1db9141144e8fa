//! Objections to rulings.

use crate::paper::{HUDA, KARIM, MAYA, Paper, on_both};
use newsroom::comment::{AppealState, Decision, RefusalReason, ReportOutcome, Revision, Side, State};
use newsroom::people::{Actor, Role, Visitor};
use newsroom::{AppealId, CommentId, RulingId, SectionId, StaffId, StoryId};
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
        let ended = paper.store.statement(ruling).await.unwrap().expect("a statement").end_date;
        assert!(ended.is_some(), "the refusal holds no more");
        assert_eq!(state_of(&paper, story, comment).await, (State::Released, Some(2)));
        assert_eq!(state_of(&paper, story, other).await, (State::Released, Some(1)));
        assert_eq!(paper.store.appeal(appeal).await.unwrap().state, AppealState::Reversed);
        let reversal = paper.store.rulings(None, 1).await.unwrap().remove(0).ruling.id;
        assert_eq!(paper.undoes(story, reversal).await.map(drop), Err(conflict("reversed")), "not by the first one");
        paper.store.undo(reversal, story, Actor::Staff(nadia), paper.now()).await.unwrap();
        assert_eq!(paper.store.appeal(appeal).await.unwrap().state, AppealState::Open);
        assert_eq!(paper.store.statement(ruling).await.unwrap().expect("a statement").end_date, None, "it holds again");
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
        let nadia = paper.store.add_staff("نادية", Role::Editor, paper.now()).await.unwrap().id;
        let salma = Actor::Staff(paper.salma.id);
        let upheld = || decides(&paper, paper.salma.id, appeal, Outcome::Upheld);
        assert_eq!(upheld().await, Err(conflict("same-person")), "Nadia could");
        let elsewhere = (Role::Editor, &[SectionId(99)][..]);
        paper.store.place_staff(nadia, elsewhere, salma, paper.now()).await.unwrap();
        let counted = |section| {
            let store = paper.store.clone();
            async move { store.count_open_appeals(Some(&[SectionId(section)])).await.unwrap() }
        };
        assert_eq!((counted(99).await, paper.store.count_open_appeals(None).await.unwrap()), (0, 1));
        paper.store.place_staff(nadia, (Role::Editor, &[]), salma, paper.now()).await.unwrap();
        assert_eq!(upheld().await, Err(conflict("same-person")), "she answers for the whole paper again");
        paper.store.disable_staff(nadia, salma, paper.now()).await.unwrap();
        assert_eq!(upheld().await, Ok(1), "whoever works here no more decides nothing");
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

#[tokio::test]
async fn a_second_decision_that_keeps_it_answers_the_first_reporter_too_who_may_object_to_it() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        let reports = |by| {
            let (store, now) = (paper.store.clone(), paper.now());
            async move {
                match store.report_comment((story, comment), by, "", None, now).await.unwrap() {
                    Reported::Taken(report, _) => report,
                    Reported::Before(_) => panic!("the first one"),
                }
            }
        };
        let of = |report| {
            let store = paper.store.clone();
            async move {
                let status = store.report_status(report).await.unwrap();
                (status.outcome, status.ruling.map(|(ruling, _)| ruling))
            }
        };
        let first = reports(KARIM).await;
        let kept = paper.releases(story, comment).await.unwrap();
        let second = reports(MAYA).await;
        let again = paper.releases(story, comment).await.unwrap();
        for report in [first, second] {
            assert_eq!(of(report).await, (ReportOutcome::Kept, Some(again)));
        }
        objects(&paper, again, Side::Reporter, KARIM).await.expect("the ruling that holds");
        paper.undoes(story, again).await.unwrap();
        assert_eq!(of(first).await, (ReportOutcome::Kept, Some(kept)), "it was answered before");
        assert_eq!(of(second).await, (ReportOutcome::Open, None));
        assert_eq!(paper.store.queue_counts().await.unwrap(), (0, 1));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_reporter_is_answered_is_not_told_to_the_comments_author() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        paper.store.report_comment((story, comment), KARIM, "", None, paper.now()).await.unwrap();
        let kept = paper.rules(story, comment, Decision::Release { collapsed: false, links: false }).await.unwrap();
        let appeal = objects(&paper, kept, Side::Reporter, KARIM).await.unwrap();
        let nadia = paper.store.add_staff("نادية", Role::Editor, paper.now()).await.unwrap().id;
        decides(&paper, nadia, appeal, Outcome::Reversed(RefusalReason::Other)).await.unwrap();
        let down = paper.store.rulings(None, 1).await.unwrap().remove(0).ruling;
        assert_eq!(down.why, "لأن", "the desk knows why");
        let stated = paper.store.statement(down.id).await.unwrap().expect("a statement");
        assert_eq!((stated.in_words.as_str(), stated.incompatible_content_ground.as_str()), ("", "other"));
    })
    .await;
}

#[tokio::test]
async fn what_was_folded_on_a_report_was_not_simply_kept() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let (comment, _) = paper.shows(HUDA, story, None, "رأي").await;
        let reported = paper.store.report_comment((story, comment), KARIM, "", None, paper.now()).await.unwrap();
        let Reported::Taken(report, _) = reported else { panic!("taken") };
        let folds = Decision::Release { collapsed: true, links: false };
        let ruling = paper.rules(story, comment, folds).await.unwrap();
        assert_eq!(paper.store.report_status(report).await.unwrap().outcome, ReportOutcome::Folded);
        let at_the_desk = paper.store.reports_of(story, comment, 5).await.unwrap();
        assert_eq!(at_the_desk[0].outcome, ReportOutcome::Folded);
        let day = paper.now().strftime("%Y-%m-%d").to_string();
        let (decided, _) = paper.store.accounts(&day, &day).await.unwrap();
        assert!(decided.iter().any(|one| (one.act.as_str(), one.source.as_str(), one.n) == ("fold", "report", 1)));
        objects(&paper, ruling, Side::Reporter, KARIM).await.expect("it is public still");
    })
    .await;
}

#[tokio::test]
async fn an_objection_that_is_decided_twice_is_counted_once() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let ruling = paper.refuses(story, comment).await.unwrap();
        let appeal = objects(&paper, ruling, Side::Author, HUDA).await.unwrap();
        let nadia = paper.store.add_staff("نادية", Role::Editor, paper.now()).await.unwrap().id;
        let day = paper.now().strftime("%Y-%m-%d").to_string();
        let objected = || async { paper.store.accounts(&day, "2099-01-01").await.unwrap().1 };
        let line = |what: &str| ("author".to_owned(), what.to_owned(), 1);
        decides(&paper, nadia, appeal, Outcome::Reversed(RefusalReason::Other)).await.unwrap();
        assert_eq!(objected().await, [line("made"), line("reversed")]);
        paper.wait_days(2);
        let reversal = paper.store.rulings(None, 1).await.unwrap().remove(0).ruling.id;
        paper.store.undo(reversal, story, Actor::Staff(nadia), paper.now()).await.unwrap();
        assert_eq!(objected().await, [line("made")]);
        decides(&paper, nadia, appeal, Outcome::Upheld).await.unwrap();
        assert_eq!(objected().await, [line("made"), line("upheld")]);
    })
    .await;
}
