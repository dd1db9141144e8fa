//! Stories in the hands of those who write them: numbers of texts, earlier texts, stages, and the clock.

use crate::paper::{Paper, on_both};
use jiff::SignedDuration;
use newsroom::body::read_text_form;
use newsroom::people::{Actor, Role};
use newsroom::story::{Change, CommentPolicy, Draft, Published, Stage, Story, StoryText, Work};
use newsroom::{SectionId, StaffId, StoryId};
use store::StoreError;
use store::stories::{RevisionKind, Saved, Sees, Which, Writing};

async fn begun(paper: &Paper, headline: &str) -> (Draft, StaffId) {
    let known = paper.store.staff().await.unwrap().into_iter().find(|one| one.name == "هدى سالم");
    let huda = match known {
        Some(huda) => huda.id,
        None => paper.store.add_staff("هدى سالم", Role::Reporter, paper.now()).await.unwrap().id,
    };
    let draft = paper.draft(headline);
    let work = Work { begun_by: Some(huda), ..Work::default() };
    paper.store.begin_story(&draft, &work, huda, paper.now()).await.unwrap();
    (draft, huda)
}

fn writing(text: &StoryText, words: &str, read: i64, on_purpose: bool) -> Writing {
    let text = StoryText { body: read_text_form(words).0, ..text.clone() };
    Writing { text, comments: CommentPolicy::Closed, read, on_purpose }
}

#[tokio::test]
async fn a_later_text_is_never_written_over_unseen() {
    on_both(|paper| async move {
        let (draft, huda) = begun(&paper, "خبر يُكتب").await;
        let salma = paper.store.add_staff("ليلى", Role::Editor, paper.now()).await.unwrap().id;
        let save = |words: &'static str, read, by| {
            let (paper, writing, id, now) = (&paper, writing(&draft.text, words, read, true), draft.id, paper.now());
            async move { paper.store.save_writing(id, &writing, by, now).await }
        };
        assert_eq!(save("نص هدى", 0, huda).await, Ok(Saved::Kept(1)));
        assert_eq!(save("نص سلمى", 0, salma).await, Ok(Saved::Overtaken));
        assert_eq!(save("نص سلمى", 1, salma).await, Ok(Saved::Kept(2)));
        let on_desk = paper.store.on_desk(draft.id).await.unwrap();
        assert_eq!((on_desk.text.body.plain_text().as_str(), on_desk.version, on_desk.pending), ("نص سلمى", 2, false));
        assert_eq!(on_desk.saved.unwrap().0, "ليلى");
        let Story::Draft(kept) = on_desk.story else { panic!("a draft") };
        assert_eq!(kept.comments, CommentPolicy::Closed);
        let none = paper.store.save_writing(StoryId(404), &writing(&draft.text, "", 0, true), huda, paper.now()).await;
        assert_eq!(none, Err(StoreError::NotFound));
        let again = paper.store.begin_story(&draft, &Work::default(), huda, paper.now()).await;
        assert_eq!(again, Err(StoreError::Conflict("stories".into())));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn earlier_texts_are_kept_and_one_hand_writes_on_one_for_some_minutes() {
    on_both(|paper| async move {
        let (draft, huda) = begun(&paper, "خبر يُكتب").await;
        let mut now = paper.now();
        for (at, (minutes, on_purpose)) in
            [(1, false), (1, false), (20, false), (1, true), (1, false)].iter().enumerate()
        {
            now += SignedDuration::from_mins(*minutes);
            let words = writing(&draft.text, &format!("نص {at}"), at as i64, *on_purpose);
            assert_eq!(paper.store.save_writing(draft.id, &words, huda, now).await, Ok(Saved::Kept(at as i64 + 1)));
        }
        let lines = paper.store.story_revisions(draft.id, None, 10).await.unwrap();
        let kinds: Vec<_> = lines.iter().map(|line| line.kind).collect();
        assert_eq!(kinds, [RevisionKind::Working, RevisionKind::Kept, RevisionKind::Working]);
        assert_eq!(lines[0].by.as_deref(), Some("هدى سالم"));
        let (_, first) = paper.store.story_revision(draft.id, lines[2].id).await.unwrap();
        assert_eq!(first.body.plain_text(), "نص 1", "written on");
        let below = paper.store.story_revisions(draft.id, Some(lines[0].id), 10).await.unwrap();
        assert_eq!(below, lines[1..]);
        let none = paper.store.story_revision(StoryId(404), lines[0].id).await;
        assert_eq!(none, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn readers_have_the_public_text_until_the_changes_are_published() {
    on_both(|paper| async move {
        let was = paper.publishes("الترام الجديد").await;
        let huda = paper.store.add_staff("هدى سالم", Role::Editor, paper.now()).await.unwrap().id;
        let by = Actor::Staff(huda);
        let read = paper.store.on_desk(was.id).await.unwrap().version;
        let changed = writing(&was.text, "وصل مساءً.", read, false);
        let Saved::Kept(version) = paper.store.save_writing(was.id, &changed, huda, paper.now()).await.unwrap() else {
            panic!("kept");
        };
        let on_desk = paper.store.on_desk(was.id).await.unwrap();
        assert_eq!((on_desk.pending, on_desk.text.body.plain_text().as_str()), (true, "وصل مساءً."));
        assert_eq!(on_desk.story, Story::Published(was.clone()));
        let now = Published { text: on_desk.text, ..was.clone() };
        let old = paper.store.change_as_read(&now, read, Change::Minor, by, paper.now()).await;
        assert_eq!(old, Err(StoreError::Conflict("version".into())));
        paper.store.change_as_read(&now, version, Change::Minor, by, paper.now()).await.unwrap();
        let on_desk = paper.store.on_desk(was.id).await.unwrap();
        assert_eq!((on_desk.pending, on_desk.story), (false, Story::Published(now.clone())));
        let again = writing(&was.text, "شيء آخر", on_desk.version, false);
        paper.store.save_writing(was.id, &again, huda, paper.now()).await.unwrap();
        let dropped = paper.store.drop_writing(was.id, on_desk.version, huda, paper.now()).await.unwrap();
        assert_eq!(dropped, Saved::Overtaken);
        paper.store.drop_writing(was.id, on_desk.version + 1, huda, paper.now()).await.unwrap();
        assert!(!paper.store.on_desk(was.id).await.unwrap().pending);
        let overtaken = paper.store.publish_as_read(&now, read, by, "", paper.now()).await;
        assert_eq!(overtaken, Err(StoreError::Conflict("version".into())));
        assert_eq!(paper.happened().await.last(), Some(&"story-changed"));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_story_open_is_named_to_the_others_for_a_while() {
    on_both(|paper| async move {
        let (draft, huda) = begun(&paper, "خبر يُكتب").await;
        let salma = paper.store.add_staff("ليلى", Role::Editor, paper.now()).await.unwrap().id;
        let (now, until) = (paper.now(), paper.now() + SignedDuration::from_secs(40));
        assert_eq!(paper.store.open_story(draft.id, huda, now, until).await.unwrap(), []);
        let others = paper.store.open_story(draft.id, salma, now, until).await.unwrap();
        assert_eq!(others.iter().map(|one| (one.by, one.name.as_str())).collect::<Vec<_>>(), [(huda, "هدى سالم")]);
        let desk = Sees { staff: salma, sections: None };
        let open = paper.store.stories_open_now(now, &desk).await.unwrap();
        assert_eq!((open.len(), open[0].headline.as_str()), (2, "خبر يُكتب"));
        let elsewhere = Sees { staff: salma, sections: Some(vec![SectionId(404)]) };
        assert_eq!(paper.store.stories_open_now(now, &elsewhere).await.unwrap(), [], "not theirs to see");
        let later = until + SignedDuration::from_secs(1);
        assert_eq!(paper.store.open_story(draft.id, salma, later, later).await.unwrap(), []);
        paper.store.sweep_open_stories(later + SignedDuration::from_secs(1)).await.unwrap();
        assert_eq!(paper.store.stories_open_now(now, &desk).await.unwrap(), []);
        assert_eq!(paper.store.open_story(StoryId(404), huda, now, until).await, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_story_goes_from_stage_to_stage_and_into_hands() {
    on_both(|paper| async move {
        let (draft, huda) = begun(&paper, "خبر يُكتب").await;
        let salma = paper.store.add_staff("ليلى", Role::Reporter, paper.now()).await.unwrap().id;
        let (by, due) = (paper.by(), paper.now() + SignedDuration::from_hours(5));
        paper.store.move_story(draft.id, (Stage::Writing, Stage::Proof), by, "", paper.now()).await.unwrap();
        let twice = paper.store.move_story(draft.id, (Stage::Writing, Stage::Proof), by, "", paper.now()).await;
        assert_eq!(twice, Err(StoreError::Conflict("stage".into())));
        paper.store.assign_story(draft.id, (Some(salma), Some(due)), by, paper.now()).await.unwrap();
        let of = |lines: Vec<store::stories::StoryLine>| lines.iter().map(|line| line.id).collect::<Vec<_>>();
        for staff in [huda, salma] {
            let lines = paper.store.story_lines_in_hands(staff, None, 10).await.unwrap();
            assert_eq!(lines[0].in_hands.as_deref(), Some("ليلى"));
            assert_eq!(of(lines), [draft.id]);
        }
        let goes = paper.now() + SignedDuration::from_hours(1);
        paper.store.time_story(draft.id, (Some(goes), Some(goes)), by, paper.now()).await.unwrap();
        paper.store.move_story(draft.id, (Stage::Proof, Stage::Killed), by, "لم تُؤكَّد", paper.now()).await.unwrap();
        let work = paper.store.on_desk(draft.id).await.unwrap().work;
        assert_eq!((work.stage, work.goes_at, work.killed_why.as_str()), (Stage::Killed, None, "لم تُؤكَّد"));
        assert_eq!((work.assigned_to, work.begun_by, work.due_at), (Some(salma), Some(huda), Some(due)));
        let killed = paper.store.time_story(draft.id, (Some(goes), None), by, paper.now()).await;
        assert_eq!(killed, Err(StoreError::Conflict("state".into())));
        let public = paper.publishes("خبر منشور").await;
        let assigned = paper.store.assign_story(public.id, (None, None), by, paper.now()).await;
        assert_eq!(assigned, Err(StoreError::Conflict("state".into())));
    })
    .await;
}

#[tokio::test]
async fn the_clock_publishes_once_what_nobody_touched_since_it_was_read() {
    on_both(|paper| async move {
        let (draft, huda) = begun(&paper, "خبر مجدول").await;
        let (by, goes) = (paper.by(), paper.now());
        paper.store.time_story(draft.id, (Some(goes), None), by, paper.now()).await.unwrap();
        assert_eq!(paper.store.stories_to_go(goes, None, 10).await.unwrap(), [(draft.id, goes)]);
        let before = goes - SignedDuration::from_millis(1);
        assert_eq!(paper.store.stories_to_go(before, None, 10).await.unwrap(), []);
        let published = draft.clone().publish(goes).unwrap();
        let on_time = |read| paper.store.publish_on_time(&published, read, goes, paper.now());
        paper.store.save_writing(draft.id, &writing(&draft.text, "أُصلح", 0, true), huda, paper.now()).await.unwrap();
        assert_eq!(on_time(0).await.unwrap(), None, "written on since");
        let (first, second) = tokio::join!(on_time(1), on_time(1));
        let told = [first.unwrap(), second.unwrap()];
        assert_eq!(told.iter().flatten().count(), 1, "once, however many try");
        assert_eq!(paper.store.stories_to_go(goes, None, 10).await.unwrap(), []);
        let times = paper.happened().await.iter().filter(|what| **what == "story-published").count();
        assert_eq!(times, 1);
        let (other, _) = begun(&paper, "خبر ناقص").await;
        paper.store.time_story(other.id, (Some(goes), None), by, paper.now()).await.unwrap();
        let behind = paper.store.stories_to_go(goes, Some((other.id, goes)), 10).await.unwrap();
        assert_eq!(behind, [], "read on from behind the last one");
        let from = paper.store.stories_to_go(goes, Some((draft.id, goes)), 10).await.unwrap();
        assert_eq!(from, [(other.id, goes)]);
        let held = paper.store.hold_up(other.id, goes, "missing.section", paper.now()).await.unwrap();
        assert_eq!(held.unwrap().what.key(), "story-held-up");
        assert_eq!(paper.store.hold_up(other.id, goes, "", paper.now()).await.unwrap(), None);
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn ideas_are_found_until_somebody_takes_them_up() {
    on_both(|paper| async move {
        let layla = paper.store.add_staff("ليلى", Role::Editor, paper.now()).await.unwrap().id;
        let (draft, by) = (paper.draft("مدارس بلا ماء"), Actor::Staff(layla));
        let work = Work { stage: Stage::Idea, begun_by: Some(layla), ..Work::default() };
        paper.store.begin_story(&draft, &work, layla, paper.now()).await.unwrap();
        begun(&paper, "خبر يُكتب").await;
        let ideas = async |sections: Option<Vec<SectionId>>| {
            let (sees, ever) = (Sees { staff: StaffId(404), sections }, (jiff::Timestamp::MIN, jiff::Timestamp::MAX));
            let found = paper.store.planned(Which::Ideas, ever, &sees, 10).await.unwrap();
            found.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(ideas(None).await, [draft.id]);
        assert_eq!(ideas(Some(Vec::new())).await, [], "not theirs to see");
        let steps = (Stage::Idea, Stage::Writing);
        paper.store.move_story(draft.id, steps, by, "", paper.now()).await.unwrap();
        assert_eq!(paper.happened().await.last(), Some(&"story-taken-up"));
        assert_eq!(ideas(None).await, []);
        let again = paper.store.move_story(draft.id, steps, by, "", paper.now()).await;
        assert_eq!(again.map(|_| ()), Err(StoreError::Conflict("stage".into())));
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn an_idea_that_nobody_was_given_goes_to_whoever_takes_it_first() {
    on_both(|paper| async move {
        let [layla, huda, karim] =
            ["ليلى", "هدى", "كريم"].map(|name| paper.store.add_staff(name, Role::Reporter, paper.now()));
        let (layla, huda, karim) = (layla.await.unwrap().id, huda.await.unwrap().id, karim.await.unwrap().id);
        let due = paper.now() + SignedDuration::from_hours(5);
        let draft = paper.draft("مدارس بلا ماء");
        let work = Work { stage: Stage::Idea, begun_by: Some(layla), due_at: Some(due), ..Work::default() };
        paper.store.begin_story(&draft, &work, layla, paper.now()).await.unwrap();
        let ideas = async |staff: StaffId, sections: Option<Vec<SectionId>>| {
            let (sees, ever) = (Sees { staff, sections }, (jiff::Timestamp::MIN, jiff::Timestamp::MAX));
            let found = paper.store.planned(Which::OpenIdeas, ever, &sees, 10).await.unwrap();
            found.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        let own = draft.text.section.unwrap();
        assert_eq!(ideas(huda, None).await, [draft.id]);
        assert_eq!(ideas(huda, Some(vec![own])).await, [draft.id]);
        assert_eq!(ideas(huda, Some(vec![SectionId(own.0 + 1)])).await, [], "of another section");
        let taken = paper.store.take_idea(draft.id, Some(due), huda, paper.now()).await.unwrap();
        assert_eq!((taken.what.key(), taken.by), ("story-assigned", Actor::Staff(huda)));
        let work = paper.store.on_desk(draft.id).await.unwrap().work;
        assert_eq!((work.assigned_to, work.due_at, work.stage), (Some(huda), Some(due), Stage::Idea));
        let late = paper.store.take_idea(draft.id, Some(due), karim, paper.now()).await;
        assert_eq!(late.map(|_| ()), Err(StoreError::Conflict("assigned_to".into())));
        assert_eq!(ideas(karim, None).await, [], "somebody has it");
        assert_eq!(
            (ideas(huda, Some(Vec::new())).await, ideas(layla, Some(Vec::new())).await),
            (vec![draft.id], vec![draft.id])
        );
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn each_change_of_a_public_story_is_written_down_as_what_it_was() {
    on_both(|paper| async move {
        let mut story = paper.publishes("الترام الجديد").await;
        let corrected = async |id: StoryId| {
            let lines = paper.store.story_lines(None, None, 10).await.unwrap();
            lines.iter().find(|line| line.id == id).unwrap().corrected
        };
        for (change, word) in [
            (Change::Minor, "story-changed"),
            (Change::Update, "story-updated"),
            (Change::Correction, "story-corrected"),
        ] {
            assert!(!corrected(story.id).await, "{word}");
            let now = paper.now();
            story = match change {
                Change::Minor => story,
                Change::Update => story.updated(now),
                Change::Correction => story.correct("كان العدد تسعة.", now).correct("وكان الاسم خطأ.", now),
            };
            let read = paper.store.on_desk(story.id).await.unwrap().version;
            paper.store.change_as_read(&story, read, change, paper.by(), now).await.unwrap();
            assert_eq!(paper.happened().await.last(), Some(&word));
            assert_eq!(paper.store.story(story.id).await.unwrap(), Story::Published(story.clone()), "{word}");
        }
        assert!(corrected(story.id).await);
        paper.agrees_with_itself().await;
    })
    .await;
}
