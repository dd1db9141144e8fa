//! What colleagues are told: once, together, and with what failed said.

use crate::paper::{HUDA, Paper, on_both};
use jiff::SignedDuration;
use newsroom::notices::{Choices, DeskNotice, Quiet, Told, Way};
use newsroom::people::Actor;
use newsroom::story::NewNote;
use newsroom::{SectionId, StoryId, Timestamp};
use store::StoreError;
use store::desk_notices::{DESK_NOTICE, NewDeskNotice, NewWay};
use store::people::TokenHash;

fn notice(paper: &Paper, once: &str, due: Timestamp) -> NewDeskNotice {
    let told = Told::Given { story: StoryId(1), by: None };
    NewDeskNotice { staff: paper.salma.id, way: Way::Hook, once: once.into(), told, due }
}

fn hook(address: &str) -> NewWay {
    NewWay { way: Way::Hook, address: address.into(), secret: "0a1b".into() }
}

#[tokio::test]
async fn what_somebody_chose_is_kept_and_whoever_left_is_not_told() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        assert_eq!(store.desk_choices(salma).await.unwrap(), Choices::default());
        let chosen = Choices { quiet: Some(Quiet { from: 1_320, to: 420 }), ..Choices::default() };
        let chosen = chosen.and(DeskNotice::Waiting, Way::Hook).and(DeskNotice::Given, Way::Mail);
        store.keep_desk_choices(salma, &chosen).await.unwrap();
        assert_eq!(store.desk_choices(salma).await.unwrap(), chosen);
        assert!(store.listeners().await.unwrap().is_empty(), "there is no way yet");
        store.set_way(salma, hook("https://hooks.example/a"), now).await.unwrap();
        let asked = ("salma@harbour.example", "{}");
        assert!(store.ask_staff_address(salma, asked, now, now).await.unwrap());
        let all = store.listeners().await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].staff, &all[0].choices, all[0].ways.len()), (salma, &chosen, 1), "mail is not confirmed");
        store.add_staff("ليلى", newsroom::people::Role::Owner, now).await.unwrap();
        store.disable_staff(salma, Actor::Program, now).await.unwrap();
        assert!(store.listeners().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_happening_is_told_once_and_what_is_due_together_is_one_message() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let later = now + SignedDuration::from_hours(1);
        assert!(store.put_desk_notice(notice(&paper, "1", now), now).await.unwrap());
        assert!(!store.put_desk_notice(notice(&paper, "1", now), now).await.unwrap(), "once");
        assert!(store.put_desk_notice(notice(&paper, "2", now), now).await.unwrap());
        assert!(store.put_desk_notice(notice(&paper, "3", later), now).await.unwrap());
        let to = (salma, Way::Hook);
        assert_eq!(store.desk_notices_due(now, 9).await.unwrap(), [to]);
        let both = tokio::join!(store.make_delivery(to, now), store.make_delivery(to, now));
        let made: Vec<_> = [both.0.unwrap(), both.1.unwrap()].into_iter().flatten().collect();
        assert_eq!(made.len(), 1, "whoever comes second finds nothing");
        let delivery = store.delivery(made[0]).await.unwrap();
        assert_eq!((delivery.staff, delivery.way, delivery.told.len()), (salma, Way::Hook, 2));
        assert_eq!(store.deliveries_since(salma, Timestamp::UNIX_EPOCH, 9).await.unwrap(), [now]);
        let jobs = store.claim_jobs(DESK_NOTICE, now, later, 9).await.unwrap();
        assert_eq!(jobs.len(), 1);
        assert_eq!(jobs[0].payload, format!(r#"{{"delivery":{}}}"#, made[0].0));
        assert!(store.desk_notices_due(now, 9).await.unwrap().is_empty());
        store.put_off_desk_notices(to, later + SignedDuration::from_hours(8), later).await.unwrap();
        assert!(store.desk_notices_due(later, 9).await.unwrap().is_empty(), "put off");
        assert_eq!(store.desk_notices_due(later + SignedDuration::from_hours(8), 9).await.unwrap(), [to]);
        store.sweep_desk_notices(later).await.unwrap();
        assert_eq!(store.delivery(made[0]).await.unwrap_err(), StoreError::NotFound);
    })
    .await;
}

#[tokio::test]
async fn an_address_holds_once_its_link_is_opened_by_whoever_asked_for_it() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let layla = store.add_staff("ليلى", newsroom::people::Role::Editor, now).await.unwrap().id;
        let (a_minute_ago, until) = (now - SignedDuration::from_mins(1), now + SignedDuration::from_mins(20));
        let asked = ("salma@harbour.example", r#"{"confirm":1}"#);
        assert!(store.ask_staff_address(salma, asked, a_minute_ago, now).await.unwrap());
        assert!(!store.ask_staff_address(salma, asked, a_minute_ago, now).await.unwrap(), "not twice in a minute");
        assert_eq!(store.claim_jobs(DESK_NOTICE, now, until, 9).await.unwrap().len(), 1);
        let token = TokenHash("aa".into());
        let armed = store.arm_staff_address(salma, &token, until).await.unwrap();
        assert_eq!(armed.as_deref(), Some("salma@harbour.example"));
        assert_eq!(store.arm_staff_address(layla, &token, until).await.unwrap(), None);
        assert_eq!(store.staff_address_link(layla, &token, now).await.unwrap(), None, "somebody else's");
        assert!(!store.confirm_staff_address(layla, &token, now).await.unwrap());
        assert!(!store.confirm_staff_address(salma, &token, until).await.unwrap(), "too late");
        assert_eq!(store.staff_address_link(salma, &token, now).await.unwrap(), armed);
        assert_eq!(store.ways_of(salma).await.unwrap()[0].address, "", "not yet");
        assert!(store.confirm_staff_address(salma, &token, now).await.unwrap());
        assert!(!store.confirm_staff_address(salma, &token, now).await.unwrap(), "once");
        let ways = store.ways_of(salma).await.unwrap();
        let way = (ways[0].way, ways[0].address.as_str(), ways[0].since, ways[0].asked.as_deref());
        assert_eq!(way, (Way::Mail, "salma@harbour.example", Some(now), None));
        let other = ("other@harbour.example", r#"{"confirm":1}"#);
        assert!(store.ask_staff_address(salma, other, now, now + SignedDuration::from_mins(2)).await.unwrap());
        assert_eq!(store.ways_of(salma).await.unwrap()[0].address, "salma@harbour.example", "holds until then");
    })
    .await;
}

#[tokio::test]
async fn of_two_links_to_an_address_the_newer_one_holds() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let until = now + SignedDuration::from_mins(20);
        let (first, second) = (TokenHash("aa".into()), TokenHash("bb".into()));
        let asked = ("salma@harbour.example", r#"{"confirm":1}"#);
        assert!(store.ask_staff_address(salma, asked, now, now).await.unwrap());
        store.arm_staff_address(salma, &first, until).await.unwrap();
        let other = ("other@harbour.example", r#"{"confirm":1}"#);
        assert!(store.ask_staff_address(salma, other, now, now + SignedDuration::from_mins(1)).await.unwrap());
        assert_eq!(store.staff_address_link(salma, &first, now).await.unwrap(), None, "from then on");
        store.arm_staff_address(salma, &second, until).await.unwrap();
        assert!(!store.confirm_staff_address(salma, &first, now).await.unwrap());
        assert!(store.confirm_staff_address(salma, &second, now).await.unwrap());
        assert_eq!(store.ways_of(salma).await.unwrap()[0].address, "other@harbour.example");
    })
    .await;
}

#[tokio::test]
async fn a_chat_holds_once_its_code_is_typed() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let layla = store.add_staff("ليلى", newsroom::people::Role::Editor, now).await.unwrap().id;
        let (a_minute_ago, until) = (now - SignedDuration::from_mins(1), now + SignedDuration::from_mins(20));
        let (asked, code, wrong) = (("42", r#"{"code":1}"#), TokenHash("aa".into()), TokenHash("bb".into()));
        assert_eq!(store.arm_staff_chat(salma, &code, (a_minute_ago, until)).await.unwrap(), None, "nobody asked");
        assert!(store.ask_staff_chat(salma, asked, a_minute_ago, now).await.unwrap());
        assert!(!store.ask_staff_chat(salma, asked, a_minute_ago, now).await.unwrap(), "not twice in a minute");
        assert!(!store.try_chat_code(salma, &code, now).await.unwrap(), "none was sent");
        assert_eq!(store.claim_jobs(DESK_NOTICE, now, until, 9).await.unwrap().len(), 1);
        assert_eq!(store.arm_staff_chat(salma, &code, (now, until)).await.unwrap(), None, "asked for too long ago");
        let armed = store.arm_staff_chat(salma, &code, (a_minute_ago, until)).await.unwrap();
        assert_eq!(armed.as_deref(), Some("42"));
        assert!(!store.try_chat_code(layla, &code, now).await.unwrap(), "somebody else's");
        assert!(!store.try_chat_code(salma, &code, until).await.unwrap(), "too late");
        assert!(!store.try_chat_code(salma, &wrong, now).await.unwrap());
        let way = store.ways_of(salma).await.unwrap().remove(0);
        assert_eq!((way.address.as_str(), way.asked.as_deref(), way.shut_until), ("", Some("42"), None), "not yet");
        assert!(store.try_chat_code(salma, &code, now).await.unwrap());
        assert!(!store.try_chat_code(salma, &code, now).await.unwrap(), "once");
        let way = store.ways_of(salma).await.unwrap().remove(0);
        assert_eq!((way.way, way.address.as_str(), way.since, way.asked), (Way::Telegram, "42", Some(now), None));
        let other = ("43", r#"{"code":1}"#);
        assert!(store.ask_staff_chat(salma, other, now, now + SignedDuration::from_mins(2)).await.unwrap());
        assert_eq!(store.ways_of(salma).await.unwrap()[0].address, "42", "holds until then");
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_codes_none_is_taken_and_none_is_sent_until_the_last_has_ended() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let (before, until) = (now - SignedDuration::from_mins(1), now + SignedDuration::from_mins(20));
        let after = |minutes| now + SignedDuration::from_mins(minutes);
        let (asked, code, wrong) = (("42", r#"{"code":1}"#), TokenHash("aa".into()), TokenHash("bb".into()));
        assert!(store.ask_staff_chat(salma, asked, before, now).await.unwrap());
        store.arm_staff_chat(salma, &code, (before, until)).await.unwrap();
        for _ in 0..3 {
            assert!(!store.try_chat_code(salma, &wrong, now).await.unwrap());
        }
        // Neither another code nor taking the way away buys new tries.
        assert!(store.ask_staff_chat(salma, asked, now, after(1)).await.unwrap());
        store.drop_way(salma, Way::Telegram).await.unwrap();
        assert!(!store.try_chat_code(salma, &code, now).await.unwrap(), "nothing is asked for");
        assert!(!store.ask_staff_chat(salma, asked, now, after(1)).await.unwrap(), "asked a moment ago");
        assert!(store.ask_staff_chat(salma, asked, after(1), after(2)).await.unwrap());
        store.arm_staff_chat(salma, &code, (before, until)).await.unwrap();
        let both = tokio::join!(store.try_chat_code(salma, &wrong, now), store.try_chat_code(salma, &wrong, now));
        assert_eq!(both, (Ok(false), Ok(false)));
        assert_eq!(store.ways_of(salma).await.unwrap()[0].shut_until, Some(until));
        assert!(!store.try_chat_code(salma, &code, now).await.unwrap(), "also the right one");
        assert!(!store.ask_staff_chat(salma, asked, after(2), after(3)).await.unwrap());
        assert!(store.ask_staff_chat(salma, asked, until, until).await.unwrap(), "it has ended");
        let later = until + SignedDuration::from_mins(20);
        store.arm_staff_chat(salma, &code, (now, later)).await.unwrap();
        assert!(store.try_chat_code(salma, &code, until).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_way_that_reaches_nobody_says_since_when_and_is_turned_off_after_three_that_were_given_up() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let to = (salma, Way::Hook);
        store.set_way(salma, hook("https://hooks.example/a"), now).await.unwrap();
        store.put_desk_notice(notice(&paper, "1", now), now).await.unwrap();
        let later = now + SignedDuration::from_hours(2);
        store.note_unreached(to, "status 500", false, now).await.unwrap();
        store.note_unreached(to, "unreached", true, later).await.unwrap();
        let way = store.ways_of(salma).await.unwrap().remove(0);
        assert_eq!((way.failed_since, way.why.as_str(), way.stopped_at), (Some(now), "unreached", None));
        store.note_reached(salma, Way::Hook).await.unwrap();
        assert_eq!(store.ways_of(salma).await.unwrap()[0].failed_since, None);
        for _ in 0..3 {
            assert_eq!(store.ways_of(salma).await.unwrap()[0].stopped_at, None);
            store.note_unreached(to, "unreached", true, later).await.unwrap();
        }
        assert_eq!(store.ways_of(salma).await.unwrap()[0].stopped_at, Some(later));
        store.set_way(salma, hook("https://hooks.example/b"), later).await.unwrap();
        let way = store.ways_of(salma).await.unwrap().remove(0);
        assert_eq!((way.address.as_str(), way.stopped_at, way.failed_since), ("https://hooks.example/b", None, None));
        store.drop_way(salma, Way::Hook).await.unwrap();
        assert!(store.ways_of(salma).await.unwrap().is_empty());
        assert!(store.desk_notices_due(later, 9).await.unwrap().is_empty(), "and what was to be told by it is gone");
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_around_a_happening() {
    on_both(|paper| async move {
        let (store, now, salma) = (&paper.store, paper.now(), paper.salma.id);
        let (draft, story) = (paper.draft("خبر"), paper.publishes("خبر منشور").await.id);
        store.keep_draft(&draft, paper.by(), now).await.unwrap();
        assert_eq!(store.timed_by(draft.id).await.unwrap(), None);
        let layla = store.add_staff("ليلى", newsroom::people::Role::Editor, now).await.unwrap().id;
        let goes = Some(now + SignedDuration::from_hours(1));
        store.time_story(draft.id, (goes, None), paper.by(), now).await.unwrap();
        store.time_story(draft.id, (goes, None), Actor::Staff(layla), paper.now()).await.unwrap();
        assert_eq!(store.timed_by(draft.id).await.unwrap(), Some(layla), "the last one");
        let note = NewNote { text: "من قال؟".into(), quote: String::new(), block: None };
        let (note, _) = store.note_story(story, &note, salma, paper.now()).await.unwrap();
        store.answer_note((story, note), "البلدية", layla, paper.now()).await.unwrap();
        assert_eq!(store.at_note(note).await.unwrap(), [salma, layla]);
        paper.says(HUDA, story, "كلمة").await;
        let here = [paper.store.section_of(story).await.unwrap().expect("a section")];
        let (until, elsewhere) = (paper.now(), [SectionId(here[0].0 + 1)]);
        for (sections, waiting) in [(None, 1), (Some(&here), 1), (Some(&elsewhere), 0)] {
            let sections = sections.map(|ids| &ids[..]);
            assert_eq!(store.waiting_since(until, sections, 9).await.unwrap(), waiting, "{sections:?}");
            assert_eq!(store.waiting_since(now, sections, 9).await.unwrap(), 0, "it came later");
        }
        assert_eq!(store.waiting_since(until, None, 0).await.unwrap(), 0, "no more are counted");
    })
    .await;
}
