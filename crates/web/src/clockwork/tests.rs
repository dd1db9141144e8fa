//! What the clock publishes.

use super::publication::publish_due;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use futures_util::future::try_join_all;
use jiff::SignedDuration;
use newsroom::Timestamp;
use newsroom::people::{Actor, Role};
use newsroom::story::{Published, StoryText};

fn in_zone(paper: &OpenPaper, at: Timestamp) -> String {
    at.to_zoned(paper.app.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

#[tokio::test]
async fn a_story_goes_public_at_its_minute_and_not_before() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, draft) = (paper.app.now(), paper.draft("خبر مجدول"));
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    let (desk, public) = (format!("/desk/stories/{}", draft.id), "/stories/خبر-مجدول");
    let later = in_zone(&paper, now + SignedDuration::from_hours(1));
    assert_eq!(layla.post(&format!("{desk}/time"), &[("goes_at", &later)]).await.status, StatusCode::SEE_OTHER);
    layla.get(&desk).await.assert_order(&["مجدولة", "خبر مجدول"]);
    publish_due(&paper.app).await.expect("the clock");
    assert_eq!(paper.get(public).await.status, StatusCode::NOT_FOUND);
    let running = in_zone(&paper, now - SignedDuration::from_secs(5));
    assert_eq!(layla.post(&format!("{desk}/time"), &[("goes_at", &running)]).await.status, StatusCode::SEE_OTHER);
    let purged = paper.app.page_cache.watch();
    publish_due(&paper.app).await.expect("the clock");
    publish_due(&paper.app).await.expect("the clock");
    assert_eq!(paper.get(public).await.status, StatusCode::OK);
    assert!(purged.try_iter().flatten().any(|tag| tag == crate::page_cache::Tag::Front));
}

#[tokio::test]
async fn what_cannot_go_is_not_set_and_what_cannot_go_any_more_is_held_up() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, mut draft) = (paper.app.now(), paper.draft("خبر بلا قسم"));
    let past = in_zone(&paper, now - SignedDuration::from_secs(5));
    let whole = draft.text.clone();
    draft.text = StoryText { section: None, ..draft.text };
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    let time = format!("/desk/stories/{}/time", draft.id);
    let lacking = layla.post(&time, &[("goes_at", &past)]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    lacking.assert_order(&["يمنع النشر", "اختر القسم", &format!("value=\"{past}\"")]);
    draft.text = whole;
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    let embargo = in_zone(&paper, now + SignedDuration::from_hours(1));
    let under = layla.post(&time, &[("goes_at", &past), ("embargo", &embargo)]).await;
    assert_eq!(under.status, StatusCode::UNPROCESSABLE_ENTITY);
    under.assert_order(&["<details open", &format!("value=\"{past}\""), "هذا قبل أن ينتهي حظر النشر", &embargo]);
    layla.post(&time, &[("goes_at", &past)]).await;
    draft.text.section = None;
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    publish_due(&paper.app).await.expect("the clock");
    assert_eq!(paper.app.store.stories_to_go(now, None, 10).await.expect("read"), [], "taken from the clock");
    assert_eq!(paper.get("/stories/خبر-بلا-قسم").await.status, StatusCode::NOT_FOUND);
    let all = paper.app.store.happenings_after(newsroom::HappeningId(0), 100).await.expect("read");
    let last = all.last().expect("a happening");
    assert_eq!((last.what.key(), last.why.as_str()), ("story-held-up", "check.section"));
    layla.get(&format!("/desk/stories/{}", draft.id)).await.assert_order(&["ولم تُنشر", "لم يكتمل: \u{2068}القسم"]);
    layla.get("/desk/plan").await.assert_order(&["حان موعدها ولم تُنشر", "خبر بلا قسم", "لم يكتمل"]);
}

#[tokio::test]
async fn a_time_that_cannot_be_meant_comes_back_with_what_was_typed() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, draft) = (paper.app.now(), paper.draft("خبر للتوقيت"));
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    let desk = format!("/desk/stories/{}", draft.id);
    let yesterday = in_zone(&paper, now - SignedDuration::from_hours(24));
    for (form, said) in [
        ([("goes_at", "غدًا"), ("embargo", "")], "«\u{2068}غدًا\u{2069}» ليس يومًا ووقتًا"),
        ([("goes_at", yesterday.as_str()), ("embargo", "")], "هذا الوقت مضى"),
        ([("goes_at", ""), ("embargo", yesterday.as_str())], "هذا الوقت مضى"),
        ([("goes_at", ""), ("embargo", "2026-13-45")], "ليس يومًا ووقتًا"),
    ] {
        let got = layla.post(&format!("{desk}/time"), &form).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        let typed = form.iter().map(|(_, typed)| *typed).find(|typed| !typed.is_empty()).expect("typed");
        got.assert_order(&["<details open", &format!("value=\"{typed}\" aria-invalid=\"true\""), said]);
    }
    let got = layla.post(&format!("{desk}/assignment"), &[("to", "nobody"), ("due", &yesterday)]).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    got.assert_order(&["لم يعد يكتب هنا", &format!("value=\"{yesterday}\""), "هذا الوقت مضى"]);
    assert_eq!(
        layla.post(&format!("{desk}/stage"), &[("from", "writing"), ("to", "killed"), ("why", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let work = paper.app.store.on_desk(draft.id).await.expect("read").work;
    assert_eq!((work.goes_at, work.embargo_until, work.due_at), (None, None, None), "nothing was kept");
}

#[tokio::test]
async fn a_duty_that_panics_is_done_again() {
    let mut duty = super::duty::Duty::new("trial");
    duty.turn(async { panic!("a bad row") }).await;
    assert_eq!(duty.failed(), Some("panicked: a bad row"));
    duty.turn(async { Err(store::StoreError::NotFound) }).await;
    assert!(duty.failed().is_some());
    let mut done = false;
    duty.turn(async {
        done = true;
        Ok(())
    })
    .await;
    assert_eq!((done, duty.failed()), (true, None));
    // And the loop around it goes on: the third turn comes though the first two panicked.
    let (turns, paper) = (std::sync::atomic::AtomicU32::new(0), OpenPaper::open().await);
    let every = super::duty::every(paper.app.clone(), std::time::Duration::from_millis(1), "trial", async |_| {
        assert!(turns.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= 2, "a bad turn");
        Ok(())
    });
    let third = async {
        while turns.load(std::sync::atomic::Ordering::SeqCst) < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = every => {}
        () = third => {}
    }
}

#[tokio::test]
async fn a_duty_that_ends_ends_no_other() {
    let (tell, mut told) = tokio::sync::mpsc::channel::<u32>(1);
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let mut duties = tokio::task::JoinSet::new();
    duties.spawn(async { panic!("a trial") });
    duties.spawn(async {});
    duties.spawn(async move {
        for turn in 0.. {
            tell.send(turn).await.expect("somebody listens");
        }
    });
    let stop = async {
        ended.await.expect("stopped");
    };
    let look = async {
        // Room for one: the third turn comes after two of them were heard of.
        while told.recv().await.expect("it goes on") < 3 {}
        end.send(()).expect("it waits for that");
        told
    };
    let ((), mut told) = tokio::join!(super::duty::until(stop, &mut duties), look);
    duties.shutdown().await;
    while told.recv().await.is_some() {}
}

#[tokio::test]
async fn each_turn_of_a_duty_is_for_the_paper_as_it_is_then() {
    let paper = OpenPaper::open().await;
    let (store, now, found) = (&paper.app.store, paper.app.now(), std::sync::Mutex::new(String::new()));
    let by = store.add_staff("ليلى", Role::Editor, now).await.expect("added").id;
    let said = newsroom::country::SaidWays { country: "LB".into(), ..Default::default() };
    store.keep_paper_ways(None, &newsroom::country::ChosenWays::Desk(said), by, now).await.expect("chosen");
    paper.app.printed.take_up(store).await.expect("taken up");
    let every = super::duty::every(paper.app.clone(), std::time::Duration::from_millis(1), "trial", async |app| {
        *found.lock().expect("a word") = app.paper.ways.country.code.to_owned();
        Ok(())
    });
    let once = async {
        while found.lock().expect("a word").is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = every => {}
        () = once => {}
    }
    assert_eq!(paper.app.paper.ways.country.code, "other", "what was handed out before");
    assert_eq!(*found.lock().expect("a word"), "LB");
}

#[tokio::test]
async fn nobody_publishes_under_an_embargo() {
    let paper = OpenPaper::open().await;
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    let (now, draft) = (paper.app.now(), paper.draft("خبر تحت الحظر"));
    paper.app.store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
    let desk = format!("/desk/stories/{}", draft.id);
    let embargo = in_zone(&paper, now + SignedDuration::from_hours(1));
    layla.post(&format!("{desk}/time"), &[("embargo", &embargo)]).await;
    let refused = layla.post(&format!("{desk}/publication"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.assert_order(&["تحت حظر نشر حتى"]);
    layla.post(&format!("{desk}/time"), &[]).await;
    assert_eq!(layla.post(&format!("{desk}/publication"), &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_story_that_cannot_be_kept_keeps_no_other_back() {
    let paper = OpenPaper::open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let (stuck, next) = (paper.draft("خبر عالق"), paper.draft("خبر يليه"));
    // Every address that it could be given belongs to another story.
    let ends = (2..=99).map(|n| format!("-{n}")).chain([String::new(), format!("-{}", stuck.id.short())]);
    let takers = ends.map(|end| {
        let taker = paper.draft("خبر سابق").publish(now).expect("a draft that lacks nothing");
        let taker = Published { slug: format!("خبر-عالق{end}"), ..taker };
        async move { store.publish(&taker, Actor::Program, "", now).await }
    });
    try_join_all(takers).await.expect("published stories");
    for (draft, seconds) in [(&stuck, 10), (&next, 5)] {
        store.keep_draft(draft, Actor::Program, now).await.expect("kept");
        let goes_at = now - SignedDuration::from_secs(seconds);
        store.time_story(draft.id, (Some(goes_at), None), Actor::Program, now).await.expect("timed");
    }
    publish_due(&paper.app).await.expect("the clock goes on");
    assert_eq!(paper.get("/stories/خبر-يليه").await.status, StatusCode::OK);
    let waits = store.stories_to_go(now, None, 10).await.expect("read");
    assert_eq!(waits.iter().map(|(story, _)| *story).collect::<Vec<_>>(), [stuck.id], "it is tried again");
    publish_due(&paper.app).await.expect("the clock goes on");
    let all = store.happenings_after(newsroom::HappeningId(0), 1_000).await.expect("read");
    assert_eq!(all.iter().filter(|one| one.what.key() == "story-held-up").count(), 1, "said once");
    let layla = Browser::of_staff(&paper, "ليلى", Role::Editor).await;
    layla.get(&format!("/desk/stories/{}", stuck.id)).await.assert_order(&["ولم تُنشر", "لم يستطع الخادم"]);
}

#[tokio::test]
async fn more_stories_of_one_second_than_are_read_at_once_go_together() {
    let paper = OpenPaper::open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let goes_at = now - SignedDuration::from_secs(1);
    let timing = (0..120).map(|n| {
        let draft = paper.draft(&format!("خبر رقم {n}"));
        async move {
            store.keep_draft(&draft, Actor::Program, now).await?;
            store.time_story(draft.id, (Some(goes_at), None), Actor::Program, now).await
        }
    });
    try_join_all(timing).await.expect("timed");
    publish_due(&paper.app).await.expect("the clock");
    assert_eq!(store.stories_to_go(now, None, 10).await.expect("read"), []);
    let all = store.happenings_after(newsroom::HappeningId(0), 1_000).await.expect("read");
    assert_eq!(all.iter().filter(|happening| happening.what.key() == "story-published").count(), 120);
}
