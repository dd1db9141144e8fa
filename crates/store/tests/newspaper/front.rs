//! The front page: by itself, as an editor laid it out, and what was launched when.

use crate::listings::publishes_in;
use crate::paper::{HUDA, KARIM, Paper, on_both};
use newsroom::body::Picture;
use newsroom::front::{At, Change, Layout, Pin, RowKind};
use newsroom::story::CommentPolicy;
use newsroom::{LaunchId, SectionId, StoryId};
use store::StoreError;
use store::front::{NewLaunch, SavedDraft, Turn};
use store::listings::{FrontPage, FrontRow};
use store::pictures::{NewPicture, PictureFile, PictureWords};

const CITY: RowKind = RowKind::Section(SectionId(1));
const ARTS: RowKind = RowKind::Section(SectionId(2));
const LEAD: At = At { row: RowKind::Lead, slot: 0 };

/// The headlines of a row.
pub(crate) fn said(row: &FrontRow) -> Vec<&str> {
    row.slots.iter().filter_map(|slot| slot.card.as_ref()).map(|card| card.face.headline.as_str()).collect()
}

fn of(page: &FrontPage, kind: RowKind) -> Vec<&str> {
    page.row(kind).map(said).unwrap_or_default()
}

async fn page(paper: &Paper) -> FrontPage {
    paper.store.front_page(paper.now()).await.unwrap()
}

fn pin(story: StoryId) -> Pin {
    Pin { story, headline: String::new(), picture: None }
}

fn standard() -> Layout {
    Layout::standard(&[SectionId(1), SectionId(2)])
}

/// Launches a layout over the one that readers have.
async fn launches(paper: &Paper, layout: Layout) -> LaunchId {
    let seen = paper.store.front_in_force().await.unwrap().map(|launch| launch.id);
    let new = NewLaunch { layout, by: Some(paper.salma.id), seen, draft: None };
    paper.store.launch_front(&new, paper.now()).await.unwrap().0
}

#[tokio::test]
async fn a_page_that_nobody_laid_out_has_the_latest_and_what_is_left_of_every_section() {
    on_both(|paper| async move {
        assert_eq!(page(&paper).await.cards().count(), 0);
        let first = publishes_in(&paper, 1, "خبر 1").await;
        for n in 2..=9 {
            publishes_in(&paper, 1, &format!("خبر {n}")).await;
        }
        let front = page(&paper).await;
        assert_eq!(of(&front, RowKind::Lead), ["خبر 9"], "the latest, while nobody chose");
        assert_eq!(of(&front, RowKind::Secondary).first(), Some(&"خبر 8"));
        assert_eq!(of(&front, CITY), ["خبر 2", "خبر 1"], "no story stands twice");
        assert_eq!(of(&front, ARTS), [""; 0]);
        publishes_in(&paper, 2, "كتاب").await;
        paper.store.lead_with(first, paper.now()).await.unwrap();
        let front = page(&paper).await;
        assert_eq!(of(&front, RowKind::Lead), ["خبر 1"]);
        assert_eq!(of(&front, RowKind::Secondary)[..2], ["كتاب", "خبر 9"]);
        assert_eq!(of(&front, CITY), ["خبر 4", "خبر 3", "خبر 2"]);
    })
    .await;
}

#[tokio::test]
async fn another_story_at_the_head_takes_the_place_of_the_first() {
    on_both(|paper| async move {
        let (first, second) = (paper.publishes("أول").await, paper.publishes("ثان").await);
        paper.publishes("ثالث").await;
        paper.store.lead_with(first.id, paper.now()).await.unwrap();
        paper.store.lead_with(second.id, paper.now()).await.unwrap();
        assert_eq!(of(&page(&paper).await, RowKind::Lead), ["ثان"]);
        paper.store.withdraw(&second.withdraw("", paper.now()), paper.by(), "").await.unwrap();
        assert_eq!(of(&page(&paper).await, RowKind::Lead), ["ثالث"], "the first had its time");
    })
    .await;
}

#[tokio::test]
async fn readers_have_what_was_launched_and_for_what_is_withdrawn_the_newest_stands_in() {
    on_both(|paper| async move {
        let old = paper.publishes("قديم").await;
        for n in 1..=3 {
            paper.publishes(&format!("خبر {n}")).await;
        }
        let picture = Picture {
            file: "x.jpg".into(),
            alt: "ميناء".into(),
            caption: None,
            credit: None,
            size: (3, 2),
            ..Default::default()
        };
        let (name, media_type) = ("x.jpg".into(), "image/jpeg".into());
        let file = PictureFile { name, media_type, size: (3, 2), bytes: vec![1], kept_at: paper.now() };
        paper.store.keep_picture(&file).await.unwrap();
        let pin =
            Pin { headline: "كما تسمّيه الصفحة".into(), picture: Some(picture.clone()), ..pin(old.id) };
        let layout = standard().with(Change::Pin { at: LEAD, pin }).unwrap();
        launches(&paper, layout.clone()).await;
        let front = page(&paper).await;
        assert_eq!(of(&front, RowKind::Lead), ["كما تسمّيه الصفحة"]);
        assert_eq!(front.cards().next().unwrap().face.lead, Some(picture));
        assert_eq!(of(&front, RowKind::Secondary), ["خبر 3", "خبر 2", "خبر 1"]);
        paper.store.lead_with(old.id, paper.now()).await.unwrap();
        let withdrawn = old.clone().withdraw("", paper.now());
        paper.store.withdraw(&withdrawn, paper.by(), "").await.unwrap();
        let front = page(&paper).await;
        assert_eq!(of(&front, RowKind::Lead), ["خبر 3"]);
        assert!(front.rows[0].slots[0].stands_in, "the editor is told");
        assert_eq!(of(&front, RowKind::Secondary), ["خبر 2", "خبر 1"]);
        paper.store.remove_section(SectionId(2), paper.by(), paper.now()).await.unwrap();
        let front = page(&paper).await;
        assert!(front.row(ARTS).is_none() && front.row(CITY).is_some(), "a section that is gone has no row");
    })
    .await;
}

#[tokio::test]
async fn a_slot_shows_no_picture_that_readers_may_not_have() {
    on_both(|paper| async move {
        let (store, by) = (&paper.store, paper.salma.id);
        let picture = |file: &str| {
            let (file, alt) = (file.to_owned(), "ميناء".to_owned());
            Picture { file, alt, caption: None, credit: None, size: (3, 2), ..Default::default() }
        };
        let pictured = async |headline: &str, file: &str| {
            let mut draft = paper.draft(headline);
            draft.text.lead = Some(picture(file));
            paper.publishes_draft(draft).await
        };
        let (print, placeholder, words) = ("aa".to_owned(), String::new(), PictureWords::default());
        let new =
            NewPicture { print, size: (3, 2), placeholder, words, bytes: vec![1], sizes: Vec::new(), more: false };
        store.keep_in_library(&new, None, paper.now()).await.unwrap();
        let story = pictured("خبر بصورته", "own.jpg").await.id;
        let with = |file| Pin { picture: Some(picture(file)), ..pin(story) };
        let layout = |file| standard().with(Change::Pin { at: LEAD, pin: with(file) }).unwrap();
        launches(&paper, layout("aa.jpg")).await;
        let shown = async || {
            let front = page(&paper).await;
            front.cards().next().and_then(|card| card.face.lead.clone()).map(|lead| lead.file)
        };
        assert_eq!(shown().await.as_deref(), Some("own.jpg"), "no public story has it");
        let other = pictured("خبر بها", "aa.jpg").await;
        assert_eq!(shown().await.as_deref(), Some("aa.jpg"));
        store.take_picture_down("aa.jpg", "اعترض صاحبها", by, paper.now()).await.unwrap();
        assert_eq!(shown().await.as_deref(), Some("own.jpg"), "it was taken down");
        store.put_picture_back("aa.jpg", by, paper.now()).await.unwrap();
        assert_eq!(shown().await.as_deref(), Some("aa.jpg"));
        store.withdraw(&other.withdraw("", paper.now()), paper.by(), "").await.unwrap();
        assert_eq!(shown().await.as_deref(), Some("own.jpg"), "no public story has it any more");
        launches(&paper, layout("gone.jpg")).await;
        assert_eq!(shown().await.as_deref(), Some("own.jpg"), "there is none of that name");
    })
    .await;
}

#[tokio::test]
async fn a_row_of_pictures_takes_only_stories_that_have_one() {
    on_both(|paper| async move {
        for (headline, size) in [("بصورة", Some((3, 2))), ("تنتظر صورتها", Some((0, 0))), ("بلا صورة", None)]
        {
            let mut draft = paper.draft(headline);
            draft.text.lead = size.map(|size| Picture {
                file: "x.jpg".into(),
                alt: "\"lead\":{".into(),
                caption: None,
                credit: None,
                size,
                ..Default::default()
            });
            draft.text.kicker = "\"lead\":{".into();
            paper.store.keep_draft(&draft, paper.by(), paper.now()).await.unwrap();
            let published = draft.clone().publish(paper.now());
            if let Ok(published) = published {
                paper.store.publish(&published, paper.by(), "", paper.now()).await.unwrap();
            }
        }
        let layout = Layout { rows: vec![newsroom::front::Row::empty(RowKind::Pictures)] };
        let front = paper.store.front_page_by(&layout, paper.now()).await.unwrap();
        assert_eq!(of(&front, RowKind::Pictures), ["بصورة"]);
    })
    .await;
}

#[tokio::test]
async fn the_most_discussed_are_counted_by_what_readers_see() {
    on_both(|paper| async move {
        let (one, two) = (paper.publishes("عليها تعليق").await, paper.publishes("عليها تعليقان").await);
        let waiting = paper.publishes("ينتظر تحتها كثير").await;
        paper.shows(HUDA, one.id, None, "كلمة").await;
        for text in ["كلمة أولى", "كلمة ثانية"] {
            paper.shows(KARIM, two.id, None, text).await;
        }
        for text in ["أنتظر", "وأنتظر", "وأنتظر أيضًا"] {
            paper.says(HUDA, waiting.id, text).await;
        }
        let layout = standard().with(Change::AddRow(RowKind::MostDiscussed)).unwrap();
        let discussed = async || paper.store.front_page_by(&layout, paper.now()).await.unwrap();
        assert_eq!(of(&discussed().await, RowKind::MostDiscussed), ["عليها تعليقان", "عليها تعليق"]);
        paper.store.set_comment_policy(two.id, CommentPolicy::Hidden, paper.by(), paper.now()).await.unwrap();
        assert_eq!(of(&discussed().await, RowKind::MostDiscussed), ["عليها تعليق"]);
        paper.wait_days(8);
        assert_eq!(of(&discussed().await, RowKind::MostDiscussed), [""; 0], "the week is over");
    })
    .await;
}

#[tokio::test]
async fn two_editors_do_not_write_over_each_other() {
    on_both(|paper| async move {
        let (store, by) = (&paper.store, paper.salma.id);
        let (story, other) = (paper.publishes("خبر").await, paper.publishes("آخر").await);
        let read = store.front_draft().await.unwrap();
        assert_eq!((read.version, read.layout, read.saved), (0, None, None));
        let first = standard().led_by(story.id);
        let SavedDraft::Kept(version) = store.save_front_draft(&first, 0, by, paper.now()).await.unwrap() else {
            panic!("nobody was faster")
        };
        let second = standard().led_by(other.id);
        let late = store.save_front_draft(&second, 0, by, paper.now()).await.unwrap();
        assert_eq!(late, SavedDraft::Overtaken, "two began at once");
        let draft = store.front_draft().await.unwrap();
        assert_eq!((draft.version, draft.layout), (version, Some(first.clone())));
        assert_eq!(draft.saved.map(|(_, name, _)| name), Some("سلمى".into()));
        let SavedDraft::Kept(newer) = store.save_front_draft(&second, version, by, paper.now()).await.unwrap() else {
            panic!("it was read")
        };
        let stale = NewLaunch { layout: first, by: Some(by), seen: None, draft: Some(version) };
        let conflict = store.launch_front(&stale, paper.now()).await;
        assert_eq!(conflict.unwrap_err(), StoreError::Conflict("front_draft".into()));
        assert!(store.front_in_force().await.unwrap().is_none(), "nothing of it was kept");
        let new = NewLaunch { layout: second.clone(), draft: Some(newer), ..stale };
        let (launch, happening) = store.launch_front(&new, paper.now()).await.unwrap();
        assert_eq!(happening.what.key(), "front-launched");
        let draft = store.front_draft().await.unwrap();
        assert_eq!((draft.version, draft.layout, draft.saved), (launch.0, Some(second), None), "it is done");
        let again = store.save_front_draft(&standard(), 0, by, paper.now()).await.unwrap();
        assert_eq!(again, SavedDraft::Overtaken, "what readers have is another page since");
        assert!(!store.drop_front_draft(newer).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_draft_remembers_which_page_it_began_from_and_is_given_to_the_clock_once() {
    on_both(|paper| async move {
        let (store, by) = (&paper.store, paper.salma.id);
        let (one, two) = (paper.publishes("أول").await, paper.publishes("ثان").await);
        let kept = async |story: StoryId, read: i64| {
            let layout = standard().led_by(story);
            match store.save_front_draft(&layout, read, by, paper.now()).await {
                Ok(SavedDraft::Kept(version)) => version,
                other => panic!("{other:?}"),
            }
        };
        let begun_from = async || store.front_draft().await.unwrap().begun_from;
        let version = kept(one.id, 0).await;
        assert_eq!(begun_from().await, None, "there was none");
        let first = launches(&paper, standard().led_by(two.id)).await;
        let version = kept(two.id, version).await;
        assert_eq!(begun_from().await, None, "what was launched since is not in it, whoever saves");
        assert!(store.drop_front_draft(version).await.unwrap());
        assert_eq!(begun_from().await, Some(first), "the next one begins with what readers have");
        let version = kept(one.id, first.0).await;
        launches(&paper, standard()).await;
        let draft = store.front_draft().await.unwrap();
        assert_eq!((draft.version, draft.begun_from), (version, Some(first)));

        let (layout, goes_at) = (draft.layout.unwrap(), paper.now() + jiff::SignedDuration::from_hours(1));
        store.time_front(&layout, Some(version), goes_at, by, paper.now()).await.unwrap();
        assert_eq!(store.front_draft().await.unwrap().saved, None, "it is done");
        let twice = store.time_front(&layout, Some(version), goes_at, by, paper.now()).await.unwrap_err();
        assert_eq!(twice, StoreError::Conflict("front_draft".into()));
        assert_eq!(store.fronts_waiting(None, 9).await.unwrap().len(), 1, "a press counts once");
    })
    .await;
}

#[tokio::test]
async fn steps_on_the_draft_are_taken_back_and_taken_again_until_it_is_done() {
    on_both(|paper| async move {
        let (store, by) = (&paper.store, paper.salma.id);
        let (one, two) = (paper.publishes("أول").await, paper.publishes("ثان").await);
        let in_force = launches(&paper, standard()).await;
        let draft = async || {
            let draft = store.front_draft().await.unwrap();
            let lead = draft.layout.unwrap().pin(LEAD).map(|pin| pin.story);
            (lead, draft.may_go_back, draft.may_go_on)
        };
        let leads = async |story: StoryId| {
            let draft = store.front_draft().await.unwrap();
            let layout = draft.layout.unwrap().led_by(story);
            let saved = store.save_front_draft(&layout, draft.version, by, paper.now()).await.unwrap();
            assert!(matches!(saved, SavedDraft::Kept(_)), "{saved:?}");
        };
        let turns = async |turn: Turn| {
            let read = store.front_draft().await.unwrap().version;
            store.turn_front_draft(turn, read, by, paper.now()).await.unwrap()
        };
        assert_eq!(draft().await, (None, false, false));
        assert_eq!(turns(Turn::Back).await, SavedDraft::Overtaken, "nobody prepares a page");
        leads(one.id).await;
        leads(two.id).await;
        assert_eq!(draft().await, (Some(two.id), true, false));
        turns(Turn::Back).await;
        assert_eq!(draft().await, (Some(one.id), true, true));
        turns(Turn::Back).await;
        assert_eq!(draft().await, (None, false, true), "as readers have it");
        turns(Turn::Back).await;
        assert_eq!(draft().await, (None, false, true), "there is no step before");
        turns(Turn::Again).await;
        assert_eq!(draft().await, (Some(one.id), true, true));
        turns(Turn::Again).await;
        assert_eq!(draft().await, (Some(two.id), true, false));
        turns(Turn::Back).await;
        leads(two.id).await;
        assert_eq!(draft().await, (Some(two.id), true, false), "another step was taken since");
        let stale = store.turn_front_draft(Turn::Back, in_force.0, by, paper.now()).await.unwrap();
        assert_eq!(stale, SavedDraft::Overtaken);

        for n in 0..40 {
            leads(if n % 2 == 0 { one.id } else { two.id }).await;
        }
        let mut back = 0;
        while draft().await.1 {
            turns(Turn::Back).await;
            back += 1;
        }
        assert_eq!(back, 30, "the last of them are kept");
        let read = store.front_draft().await.unwrap().version;
        assert!(store.drop_front_draft(read).await.unwrap());
        assert_eq!(draft().await, (None, false, false));
        leads(one.id).await;
        let prepared = store.front_draft().await.unwrap();
        assert!(prepared.may_go_back, "the steps of the dropped one are gone, and this one is there");
        let (layout, read) = (prepared.layout.unwrap(), Some(prepared.version));
        let new = NewLaunch { layout, by: Some(by), seen: Some(in_force), draft: read };
        store.launch_front(&new, paper.now()).await.unwrap();
        leads(two.id).await;
        turns(Turn::Back).await;
        assert_eq!(draft().await, (Some(one.id), false, true), "no further than to what readers have");
    })
    .await;
}

#[tokio::test]
async fn the_first_step_of_a_paper_without_a_launch_is_taken_back_too() {
    on_both(|paper| async move {
        let (store, by) = (&paper.store, paper.salma.id);
        let one = paper.publishes("أول").await;
        let by_itself = store.standard_front().await.unwrap();
        let layout = by_itself.clone().led_by(one.id);
        let SavedDraft::Kept(version) = store.save_front_draft(&layout, 0, by, paper.now()).await.unwrap() else {
            panic!("nobody was faster")
        };
        store.turn_front_draft(Turn::Back, version, by, paper.now()).await.unwrap();
        assert_eq!(store.front_draft().await.unwrap().layout, Some(by_itself));
    })
    .await;
}

#[tokio::test]
async fn an_earlier_page_is_launched_again_and_the_history_tells_everything() {
    on_both(|paper| async move {
        let (one, two) = (paper.publishes("أول").await, paper.publishes("ثان").await);
        let first = launches(&paper, standard().led_by(one.id)).await;
        let second = launches(&paper, standard().led_by(two.id)).await;
        assert_eq!(of(&page(&paper).await, RowKind::Lead), ["ثان"]);
        let earlier = paper.store.front_launch(first).await.unwrap().unwrap();
        let new = NewLaunch { layout: earlier.layout, by: None, seen: Some(first), draft: None };
        let stale = paper.store.launch_front(&new, paper.now()).await.unwrap_err();
        assert_eq!(stale, StoreError::Conflict("front_launches".into()), "readers have another page than was seen");
        let third = launches(&paper, new.layout).await;
        assert_eq!(of(&page(&paper).await, RowKind::Lead), ["أول"]);
        let history = paper.store.front_launches(None, 2).await.unwrap();
        assert_eq!(history.iter().map(|launch| launch.id).collect::<Vec<_>>(), [third, second]);
        let last = &history[1];
        let rest = paper.store.front_launches(Some((last.launched_at.unwrap(), last.id)), 9).await.unwrap();
        assert_eq!(rest.iter().map(|launch| launch.id).collect::<Vec<_>>(), [first]);
        assert_eq!(rest[0].by_name, "سلمى");
    })
    .await;
}

#[tokio::test]
async fn the_clock_launches_a_page_once_and_what_came_after_its_minute_stays() {
    on_both(|paper| async move {
        let (store, by) = (&paper.store, paper.salma.id);
        let (one, two) = (paper.publishes("مجدول").await, paper.publishes("ثان").await);
        let goes_at = paper.now();
        let layout = standard().led_by(one.id);
        let (timed, _) = store.time_front(&layout, None, goes_at, by, goes_at).await.unwrap();
        let before = goes_at - jiff::SignedDuration::from_secs(1);
        assert_eq!(store.fronts_waiting(Some(before), 9).await.unwrap().len(), 0);
        assert_eq!(store.launch_front_on_time(timed, before).await.unwrap(), None, "its minute has not come");
        assert_eq!(store.fronts_waiting(None, 9).await.unwrap()[0].id, timed);
        let now = paper.now();
        let due = store.fronts_waiting(Some(now), 9).await.unwrap();
        assert_eq!(due.iter().map(|launch| launch.id).collect::<Vec<_>>(), [timed]);
        let (a, b) = tokio::join!(store.launch_front_on_time(timed, now), store.launch_front_on_time(timed, now));
        assert_eq!([a.unwrap(), b.unwrap()].iter().flatten().count(), 1, "by one of the two");
        assert_eq!(store.front_in_force().await.unwrap().unwrap().id, timed);
        assert_eq!(store.front_in_force().await.unwrap().unwrap().launched_at, Some(goes_at));
        assert!(store.call_off_front(timed, by, now).await.is_err(), "readers have it");
        let (late, _) = store.time_front(&layout, None, now, by, now).await.unwrap();
        let by_hand = launches(&paper, standard().led_by(two.id)).await;
        assert!(store.launch_front_on_time(late, paper.now()).await.unwrap().is_some());
        assert_eq!(store.front_in_force().await.unwrap().unwrap().id, by_hand, "it was decided later");
        let (off, _) = store.time_front(&standard(), None, paper.now(), by, now).await.unwrap();
        let called_off = store.call_off_front(off, by, now).await.unwrap();
        assert_eq!(called_off.what.key(), "front-timed");
        assert_eq!(store.launch_front_on_time(off, paper.now()).await.unwrap(), None);
        assert!(store.call_off_front(off, by, now).await.is_err());
    })
    .await;
}
