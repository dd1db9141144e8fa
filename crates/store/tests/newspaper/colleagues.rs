//! What colleagues say to one another at a story, what keeps it back, and the plan of a day.

use crate::both::Trial;
use crate::paper::{Paper, on_both};
use jiff::SignedDuration;
use newsroom::people::{Actor, Role};
use newsroom::story::{Checklist, NewNote, Point, Published, Stage, Weight, Work};
use newsroom::{NoteId, SectionId, StaffId, StoryId, Timestamp};
use store::stories::{Planned, Sees, Which};
use store::{Store, StoreError};

async fn somebody(paper: &Paper, name: &str) -> StaffId {
    paper.store.add_staff(name, Role::Editor, paper.now()).await.unwrap().id
}

fn noted(text: &str) -> NewNote {
    NewNote { text: text.into(), quote: "وصل الترام".into(), block: Some(0) }
}

fn ids(found: &[Planned]) -> Vec<StoryId> {
    found.iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn a_note_is_answered_settled_and_opened_again_and_every_step_is_a_row() {
    on_both(|paper| async move {
        let (huda, layla) = (somebody(&paper, "هدى سالم").await, somebody(&paper, "ليلى").await);
        let story = paper.publishes("خبر عليه ملاحظة").await.id;
        let (note, _) = paper.store.note_story(story, &noted("من قال؟"), huda, paper.now()).await.unwrap();
        paper.store.answer_note((story, note), "البلدية", layla, paper.now()).await.unwrap();
        assert_eq!(paper.store.on_desk(story).await.unwrap().work.open_notes, 1);
        assert_eq!(paper.store.story_lines(None, None, 10).await.unwrap()[0].work.open_notes, 1);
        paper.store.settle_note((story, note), true, layla, paper.now()).await.unwrap();
        let twice = paper.store.settle_note((story, note), true, huda, paper.now()).await;
        assert_eq!(twice, Err(StoreError::Conflict("note".into())));
        assert_eq!(paper.store.on_desk(story).await.unwrap().work.open_notes, 0);
        assert_eq!(paper.store.notes_of_story(story, true, 10).await.unwrap(), []);
        paper.store.settle_note((story, note), false, huda, paper.now()).await.unwrap();
        let notes = paper.store.notes_of_story(story, true, 10).await.unwrap();
        assert_eq!(
            (notes[0].by.as_str(), notes[0].quote.as_str(), notes[0].block),
            ("هدى سالم", "وصل الترام", Some(0))
        );
        let steps: Vec<_> = notes[0].steps.iter().map(|step| (step.kind.as_str(), step.by.as_str())).collect();
        assert_eq!(steps, [("answer", "ليلى"), ("settled", "ليلى"), ("reopened", "هدى سالم")]);
        let elsewhere = paper.publishes("خبر آخر").await.id;
        let lost = paper.store.answer_note((elsewhere, note), "?", layla, paper.now()).await;
        assert_eq!(lost, Err(StoreError::NotFound), "of another story");
        let none = paper.store.note_story(StoryId(404), &noted("?"), layla, paper.now()).await;
        assert_eq!(none.map(|(note, _)| note), Err(StoreError::NotFound));
        let unknown = paper.store.settle_note((story, NoteId(404)), true, layla, paper.now()).await;
        assert_eq!(unknown, Err(StoreError::Conflict("note".into())));
        let happened = paper.happened().await;
        assert_eq!(happened.iter().filter(|what| **what == "note-settled").count(), 2);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn of_many_answers_the_last_are_read_and_each_stands_below_its_note() {
    on_both(|paper| async move {
        let (layla, story) = (somebody(&paper, "ليلى").await, paper.publishes("خبر").await.id);
        let (few, _) = paper.store.note_story(story, &noted("سؤال"), layla, paper.now()).await.unwrap();
        let (many, _) = paper.store.note_story(story, &noted("من قال؟"), layla, paper.now()).await.unwrap();
        for n in 1..=52 {
            paper.store.answer_note((story, many), &format!("جواب {n}"), layla, paper.now()).await.unwrap();
        }
        paper.store.answer_note((story, few), "واحد", layla, paper.now()).await.unwrap();
        let notes = paper.store.notes_of_story(story, true, 10).await.unwrap();
        let words = |at: usize| notes[at].steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>();
        let (first, second) = (words(0), words(1));
        assert_eq!((notes[0].id, first.len(), notes[0].earlier), (many, 50, true));
        assert_eq!((first[0], first[49]), ("جواب 3", "جواب 52"), "the last of them, in order");
        assert_eq!((notes[1].id, second, notes[1].earlier), (few, vec!["واحد"], false));
        for n in 0..52 {
            let (note, _) = paper.store.note_story(story, &noted("غيره"), layla, paper.now()).await.unwrap();
            paper.store.answer_note((story, note), &format!("عن {n}"), layla, paper.now()).await.unwrap();
        }
        let notes = paper.store.notes_of_story(story, true, 60).await.unwrap();
        let steps: Vec<_> = notes.iter().map(|note| note.steps.len()).collect();
        assert_eq!(steps, [vec![1; 52], vec![50, 1]].concat(), "also of more notes than one statement asks for");
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_public_under_a_reason_of_law_whoever_tries() {
    on_both(|paper| async move {
        let (layla, now) = (somebody(&paper, "ليلى").await, paper.now());
        let by = Actor::Staff(layla);
        let (draft, was) = (paper.draft("خبر أمام القضاء"), paper.publishes("خبر منشور").await);
        paper.store.keep_draft(&draft, by, now).await.unwrap();
        let goes = now + SignedDuration::from_hours(1);
        paper.store.time_story(draft.id, (Some(goes), None), by, now).await.unwrap();
        paper.store.hold_story(draft.id, "دعوى", by, now).await.unwrap();
        let again = paper.store.hold_story(draft.id, "دعوى ثانية", by, now).await;
        assert_eq!(again, Err(StoreError::Conflict("legal-hold".into())));
        let work = paper.store.on_desk(draft.id).await.unwrap().work;
        let hold = work.legal_hold.clone().unwrap();
        assert_eq!((hold.why.as_str(), hold.by, work.goes_at), ("دعوى", Some(layla), None), "taken from the clock");
        assert_eq!((hold.goes_at, work.held_up), (Some(goes), None), "its minute had not come: nothing was missed");
        let timed = paper.store.time_story(draft.id, (Some(goes), None), by, now).await;
        assert_eq!(timed, Err(StoreError::Conflict("state".into())));
        paper.store.time_story(draft.id, (None, Some(goes)), by, now).await.unwrap();
        let ready = draft.clone().publish(now).unwrap();
        let held = Err(StoreError::Conflict("legal-hold".into()));
        assert_eq!(paper.store.publish(&ready, by, "", now).await.map(|_| ()), held);
        paper.store.hold_story(was.id, "دعوى", by, now).await.unwrap();
        let corrected = was.clone().correct("صُحّح", now);
        assert_eq!(paper.store.correct(&corrected, by, "", now).await.map(|_| ()), held);
        paper.store.lift_hold(draft.id, "رُفعت", by, now).await.unwrap();
        assert_eq!(paper.store.on_desk(draft.id).await.unwrap().work.legal_hold, None);
        paper.store.hold_story(draft.id, "دعوى ثالثة", by, now).await.unwrap();
        let hold = paper.store.on_desk(draft.id).await.unwrap().work.legal_hold.unwrap();
        assert_eq!(hold.goes_at, None, "the minute of the first one is gone with it");
        paper.store.lift_hold(draft.id, "رُفعت", by, now).await.unwrap();
        assert_eq!(paper.store.lift_hold(draft.id, "", by, now).await.map(|_| ()), held);
        paper.store.publish(&ready, by, "", now).await.unwrap();
        paper.store.withdraw(&was.withdraw("سُحب", now), by, "").await.unwrap();
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn what_fails_at_its_minute_is_written_down_once_and_tried_again() {
    on_both(|paper| async move {
        let (draft, now, by) = (paper.draft("خبر عالق"), paper.now(), paper.by());
        paper.store.keep_draft(&draft, by, now).await.unwrap();
        paper.store.time_story(draft.id, (Some(now), None), by, now).await.unwrap();
        let fail = || paper.store.note_failed_publication(draft.id, now, "held.failed", paper.now());
        assert!(fail().await.unwrap().is_some());
        assert_eq!(fail().await.unwrap(), None, "once");
        let work = paper.store.on_desk(draft.id).await.unwrap().work;
        assert_eq!((work.goes_at, work.held_up.unwrap().why.as_str()), (Some(now), "held.failed"));
        assert_eq!(paper.store.stories_to_go(now, None, 10).await.unwrap(), [(draft.id, now)], "tried again");
        paper.store.time_story(draft.id, (None, None), by, now).await.unwrap();
        assert_eq!(paper.store.on_desk(draft.id).await.unwrap().work.held_up, None, "somebody has seen to it");
        assert_eq!(fail().await.unwrap(), None, "no longer timed");
    })
    .await;
}

#[tokio::test]
async fn a_day_holds_what_is_timed_due_and_under_embargo_of_what_somebody_sees() {
    on_both(|paper| async move {
        let (huda, layla) = (somebody(&paper, "هدى سالم").await, somebody(&paper, "ليلى").await);
        let (by, now) = (paper.by(), paper.now());
        let hours = |n: i64| now + SignedDuration::from_hours(n);
        let [timed, due, late] = ["مجدول", "للتسليم", "متأخر"].map(|headline| paper.draft(headline));
        for draft in [&timed, &due, &late] {
            paper.store.begin_story(draft, &Work::default(), huda, now).await.unwrap();
        }
        paper.store.time_story(timed.id, (Some(hours(5)), Some(hours(4))), by, now).await.unwrap();
        paper.store.assign_story(due.id, (Some(layla), Some(hours(6))), by, now).await.unwrap();
        paper.store.assign_story(late.id, (None, Some(hours(-6))), by, now).await.unwrap();
        let desk = Sees { staff: layla, sections: None };
        let read = |which, span, sees: Sees| {
            let store = paper.store.clone();
            async move { ids(&store.planned(which, span, &sees, 10).await.unwrap()) }
        };
        let today = (hours(-1), hours(20));
        assert_eq!(read(Which::Timed, today, desk.clone()).await, [timed.id]);
        assert_eq!(read(Which::Due, today, desk.clone()).await, [due.id]);
        assert_eq!(read(Which::Late, (Timestamp::MIN, hours(-1)), desk.clone()).await, [late.id]);
        assert_eq!(read(Which::Embargoed, today, desk.clone()).await, [timed.id]);
        assert_eq!(read(Which::Timed, (hours(20), hours(44)), desk.clone()).await, [], "another day");
        let own = Sees { staff: layla, sections: Some(Vec::new()) };
        assert_eq!(read(Which::Due, today, own.clone()).await, [due.id], "in her hands");
        assert_eq!(read(Which::Timed, today, own.clone()).await, [], "not hers");
        let city = Sees { staff: layla, sections: Some(vec![SectionId(1)]) };
        assert_eq!(read(Which::Timed, today, city).await, [timed.id], "of her section");
        let hands = paper.store.in_hands(&[huda, layla], hours(1), &desk, 10).await.unwrap();
        assert_eq!(hands.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(hands[1][0].in_hands.as_deref(), Some("ليلى"));
        paper.store.hold_up(timed.id, hours(5), "missing.body", hours(5)).await.unwrap();
        assert_eq!(read(Which::HeldUp, (Timestamp::MIN, Timestamp::MAX), desk.clone()).await, [timed.id]);
        paper.store.move_story(late.id, (Stage::Writing, Stage::Killed), by, "لا", now).await.unwrap();
        assert_eq!(read(Which::Late, (Timestamp::MIN, hours(-1)), desk).await, [], "killed");
    })
    .await;
}

#[tokio::test]
async fn the_list_before_publication_is_kept_by_versions_and_ticks_stand_at_the_story() {
    on_both(|paper| async move {
        let (layla, now) = (somebody(&paper, "ليلى").await, paper.now());
        assert_eq!(paper.store.checklist().await.unwrap(), Checklist::default());
        let list = Checklist([(Point::Credit, Weight::Blocks), (Point::Notes, Weight::Off)].into());
        paper.store.keep_checklist(None, &list, layla, now).await.unwrap();
        assert_eq!(paper.store.checklist().await.unwrap(), list);
        let stale = paper.store.keep_checklist(None, &Checklist::default(), layla, now).await;
        assert_eq!(stale, Err(StoreError::Conflict("checklist".into())));
        let versions = paper.store.checklists(10).await.unwrap();
        assert_eq!((versions.len(), versions[0].by.as_str()), (1, "ليلى"));
        let story = paper.publishes("خبر").await.id;
        for (point, met) in [(Point::Sources, true), (Point::Comments, true), (Point::Sources, false)] {
            paper.store.tick_story(story, (point, met), Actor::Staff(layla), now).await.unwrap();
        }
        assert_eq!(paper.store.on_desk(story).await.unwrap().work.ticked, [Point::Comments]);
        assert_eq!(paper.happened().await.last(), Some(&"story-ticked"));
    })
    .await;
}

#[tokio::test]
async fn corrections_stand_in_a_list_of_their_own_while_their_story_is_public() {
    on_both(|paper| async move {
        let (by, now) = (paper.by(), paper.now());
        let later = now + SignedDuration::from_mins(5);
        let (first, second) = (paper.publishes("خبر أول").await, paper.publishes("خبر ثان").await);
        let first = first.correct("صُحّح الاسم.", now);
        paper.store.correct(&first, by, "", now).await.unwrap();
        let first = Published { ..first }.correct("صُحّح الرقم.", later);
        paper.store.correct(&first, by, "", later).await.unwrap();
        let between = now + SignedDuration::from_mins(1);
        let second = second.correct("صُحّح المكان.", between);
        paper.store.correct(&second, by, "", between).await.unwrap();
        let words = |lines: &[store::listings::CorrectionLine]| {
            lines.iter().map(|line| line.words.clone()).collect::<Vec<_>>().join(" ")
        };
        let all = paper.store.corrections(None, 10).await.unwrap();
        assert_eq!(words(&all), "صُحّح الرقم. صُحّح المكان. صُحّح الاسم.");
        let two = paper.store.corrections(None, 2).await.unwrap();
        let rest = paper.store.corrections(Some((two[1].at, two[1].story)), 2).await.unwrap();
        assert_eq!((two.len(), words(&rest).as_str()), (2, "صُحّح الاسم."));
        paper.store.withdraw(&first.withdraw("سُحب", later), by, "").await.unwrap();
        assert_eq!(words(&paper.store.corrections(None, 10).await.unwrap()), "صُحّح المكان.");
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn an_older_papers_corrections_are_listed_from_the_first_start_on() {
    for trial in Trial::all().await {
        let paper = Paper::open(Store::open(&trial.place).await.unwrap()).await;
        let (by, now) = (paper.by(), paper.now());
        let at = |nanoseconds: i64| now + SignedDuration::from_nanos(nanoseconds);
        // A sign that no jsonb takes, the same as somebody types it, and one behind a stroke.
        for words in ["كان \0\0خطأ", "كتب \\u0000 هنا", "كلاهما \\\0"] {
            let story = paper.publishes("خبر").await.correct(words, at(123_999_999));
            let story = story.correct("بعد ثانيتين", at(2_000_000_000)).correct("بعدها", at(3_500_001_000));
            paper.store.correct(&story, by, "", now).await.unwrap();
        }
        let listed = async |store: &Store| {
            let lines = store.corrections(None, 20).await.unwrap();
            lines.into_iter().map(|line| (line.at, line.story, line.words)).collect::<Vec<_>>()
        };
        let was = listed(&paper.store).await;
        assert_eq!(was.len(), 9);
        let indexes = ["stories_due", "stories_embargoed", "stories_held_up", "stories_in_hand", "stories_in_state"];
        let tables = ["story_notes", "checklists"];
        let columns =
            ["held_up_at", "held_up_why", "hold_why", "hold_by", "hold_at", "hold_goes_at", "open_notes", "ticked"];
        let book = ["delete from listed where list = 'corrections'", "delete from schema_steps where number = 28"];
        let before = indexes.iter().map(|index| format!("drop index {index}"));
        let before = before.chain(tables.iter().map(|table| format!("drop table {table}")));
        let before = before.chain(columns.iter().map(|column| format!("alter table stories drop column {column}")));
        for sql in before.chain(book.map(str::to_owned)) {
            paper.store.run_for_tests(&sql).await.unwrap();
        }
        paper.store.close().await;
        let store = Store::open(&trial.place).await.unwrap();
        assert_eq!(listed(&store).await, was);
        store.close().await;
        trial.clear().await;
    }
}
