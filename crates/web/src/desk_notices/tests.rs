//! What colleagues are told, by choice alone: whom, when, how often and in which words.

use super::clock::{ask_the_clock, count_waiting};
use super::{KIND, Parcel, Turns, Undelivered, parcel, settle, tell_of_attack, turn};
use crate::mail::Letter;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::{SignedDuration, ToSpan};
use newsroom::body::Picture;
use newsroom::notices::{Choices, DeskNotice, Quiet, Told, Way};
use newsroom::people::{Actor, Role, Staff};
use newsroom::story::{NewNote, Stage, Work};
use newsroom::{SectionId, StoryId, Timestamp};
use store::desk_notices::{NewDeskNotice, NewWay};
use store::pictures::{NewPicture, PictureWords};

/// A paper that sends mail, and whoever tells its colleagues, who begins now.
async fn open() -> (OpenPaper, Turns) {
    let paper = Paper { name: "المرفأ".into(), posts_per_minute: 1_000, sends_mail: true, ..Paper::default() };
    let (paper, mut turns) = (OpenPaper::open_as(paper).await, Turns::default());
    paper.publishes("خبر سابق").await;
    turn(&paper.app, &mut turns).await.expect("begun");
    (paper, turns)
}

/// Somebody who works here and wants to hear of everything by mail.
async fn listener(paper: &OpenPaper, name: &str, role: Role) -> Staff {
    let (store, now) = (&paper.app.store, paper.app.now());
    let staff = store.add_staff(name, role, now).await.expect("added");
    wants_all(paper, &staff, Choices::default()).await;
    staff
}

async fn wants_all(paper: &OpenPaper, staff: &Staff, choices: Choices) {
    let (store, now) = (&paper.app.store, paper.app.now());
    let all = DeskNotice::ALL.into_iter().fold(choices, |all, what| all.and(what, Way::Mail));
    store.keep_desk_choices(staff.id, &all).await.expect("kept");
    let address = format!("{}@harbour.example", staff.id);
    store.set_way(staff.id, NewWay { way: Way::Mail, address, secret: String::new() }, now).await.expect("set");
}

/// What goes out some minutes later, with to whom.
async fn letters(paper: &OpenPaper, turns: &mut Turns) -> Vec<Letter> {
    turn(&paper.app, turns).await.expect("read on");
    sent(paper, paper.app.now() + SignedDuration::from_mins(5)).await
}

/// What is due at a time goes together and out.
async fn sent(paper: &OpenPaper, at: Timestamp) -> Vec<Letter> {
    let store = &paper.app.store;
    for to in store.desk_notices_due(at, 100).await.expect("due") {
        store.make_delivery(to, at).await.expect("made");
    }
    carried(paper, at).await
}

/// The jobs that stand in the outbox become letters.
async fn carried(paper: &OpenPaper, at: Timestamp) -> Vec<Letter> {
    let mut letters = Vec::new();
    for job in paper.app.store.claim_jobs(KIND, at, at, 100).await.expect("jobs") {
        match parcel(&paper.app, &job).await.expect("a message or none") {
            Some(Parcel::Letter(letter)) => letters.push(letter),
            Some(other) => panic!("no letter: {other:?}"),
            None => {}
        }
        settle(&paper.app, &job, Ok(true)).await.expect("done");
    }
    letters
}

fn to(letters: &[Letter], staff: &Staff) -> usize {
    letters.iter().filter(|letter| letter.to.as_str().starts_with(&staff.id.short())).count()
}

async fn draft(paper: &OpenPaper, by: &Staff) -> StoryId {
    let draft = paper.draft("خط ترام جديد");
    paper.app.store.begin_story(&draft, &Work::default(), by.id, paper.app.now()).await.expect("begun");
    draft.id
}

#[tokio::test]
async fn whoever_is_given_a_story_hears_of_it_once_and_whoever_gave_it_does_not() {
    let (paper, mut turns) = open().await;
    let (rana, karim) = (listener(&paper, "رنا", Role::Editor).await, listener(&paper, "كريم", Role::Reporter).await);
    let story = draft(&paper, &rana).await;
    let (now, store) = (paper.app.now(), &paper.app.store);
    let due = now + SignedDuration::from_hours(9);
    store.assign_story(story, (Some(karim.id), Some(due)), Actor::Staff(rana.id), now).await.expect("given");
    let told = letters(&paper, &mut turns).await;
    assert_eq!((told.len(), to(&told, &karim)), (1, 1), "{told:?}");
    let link = format!("{}/desk/stories/{story}", paper.app.paper.address);
    for part in [&told[0].text, &told[0].html] {
        assert!(part.contains("خط ترام جديد") && part.contains("رنا") && part.contains(&link), "{part}");
        assert!(!part.contains("وصل الترام إلى المرفأ"), "no word of the story");
    }
    assert!(told[0].html.contains("<html lang=\"ar\" dir=\"rtl\">") && told[0].subject.contains("أُسندت إليك"));
    assert!(letters(&paper, &mut Turns::default()).await.is_empty(), "once, also for a process that begins anew");
    store.assign_story(story, (Some(karim.id), None), Actor::Staff(rana.id), now).await.expect("given again");
    turn(&paper.app, &mut turns).await.expect("read on");
    store.assign_story(story, (None, None), Actor::Staff(rana.id), now).await.expect("taken back");
    assert!(letters(&paper, &mut turns).await.is_empty(), "what is not so any more is not told");
}

#[tokio::test]
async fn a_story_that_is_begun_for_somebody_else_is_given_to_them_too() {
    let (paper, mut turns) = open().await;
    let (rana, karim) = (listener(&paper, "رنا", Role::Editor).await, listener(&paper, "كريم", Role::Reporter).await);
    let work = Work { stage: Stage::Idea, assigned_to: Some(karim.id), ..Work::default() };
    let draft = paper.draft("فكرة عن الميناء");
    paper.app.store.begin_story(&draft, &work, rana.id, paper.app.now()).await.expect("begun");
    let told = letters(&paper, &mut turns).await;
    assert_eq!((told.len(), to(&told, &karim)), (1, 1), "{told:?}");
}

#[tokio::test]
async fn notes_and_steps_of_a_story_are_told_to_those_who_have_it_in_hand() {
    let (paper, mut turns) = open().await;
    let (rana, karim) = (listener(&paper, "رنا", Role::Editor).await, listener(&paper, "كريم", Role::Reporter).await);
    let (story, now, store) = (draft(&paper, &karim).await, paper.app.now(), &paper.app.store);
    let by = Actor::Staff(rana.id);
    let note = NewNote { text: "من قال ذلك؟".into(), quote: String::new(), block: None };
    let (note, _) = store.note_story(story, &note, rana.id, now).await.expect("noted");
    let told = letters(&paper, &mut turns).await;
    assert_eq!((told.len(), to(&told, &karim)), (1, 1));
    assert!(told[0].text.contains(&format!("#note-{note}")) && !told[0].text.contains("من قال"), "{}", told[0].text);
    store.answer_note((story, note), "البلدية", karim.id, now).await.expect("answered");
    let told = letters(&paper, &mut turns).await;
    assert_eq!((told.len(), to(&told, &rana)), (1, 1), "whoever asked hears the answer");
    store.move_story(story, (Stage::Writing, Stage::Killed), by, "لا مصدر ثانيًا", now).await.expect("killed");
    let told = letters(&paper, &mut turns).await;
    assert!(told[0].text.contains("لا مصدر ثانيًا") && to(&told, &karim) == 1, "{told:?}");
}

#[tokio::test]
async fn nobody_is_told_of_a_story_that_is_not_theirs_to_see_any_more() {
    let (paper, mut turns) = open().await;
    let (rana, layla) = (listener(&paper, "رنا", Role::Editor).await, listener(&paper, "ليلى", Role::Editor).await);
    let (story, now, store) = (draft(&paper, &layla).await, paper.app.now(), &paper.app.store);
    let note = NewNote { text: "من قال ذلك؟".into(), quote: String::new(), block: None };
    let (note, _) = store.note_story(story, &note, rana.id, now).await.expect("noted");
    letters(&paper, &mut turns).await;
    store.answer_note((story, note), "البلدية", layla.id, now).await.expect("answered");
    turn(&paper.app, &mut turns).await.expect("read on");
    store.place_staff(rana.id, (Role::Editor, &[SectionId(2)]), Actor::Program, now).await.expect("placed");
    assert!(sent(&paper, now + SignedDuration::from_mins(5)).await.is_empty(), "it stands in another section");
    store.answer_note((story, note), "ثم المحافظة", layla.id, now).await.expect("answered");
    turn(&paper.app, &mut turns).await.expect("read on");
    store.disable_staff(rana.id, Actor::Program, now).await.expect("left");
    assert!(sent(&paper, now + SignedDuration::from_mins(5)).await.is_empty(), "and she works here no more");
}

#[tokio::test]
async fn a_story_is_told_to_be_due_an_hour_before_and_late_once() {
    let (paper, mut turns) = open().await;
    let karim = listener(&paper, "كريم", Role::Reporter).await;
    let (story, now, store) = (draft(&paper, &karim).await, paper.app.now(), &paper.app.store);
    let due = now + SignedDuration::from_mins(50);
    store.assign_story(story, (Some(karim.id), Some(due)), Actor::Staff(karim.id), now).await.expect("taken");
    for _ in 0..2 {
        ask_the_clock(&paper.app, now).await.expect("asked");
    }
    let told = letters(&paper, &mut turns).await;
    assert_eq!((told.len(), to(&told, &karim)), (1, 1), "{told:?}");
    assert!(told[0].text.contains("اقترب موعد تسليم"), "{}", told[0].text);
    let late = due + SignedDuration::from_mins(1);
    for _ in 0..2 {
        ask_the_clock(&paper.app, late).await.expect("asked");
    }
    let told = sent(&paper, late + SignedDuration::from_mins(5)).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("فات موعد تسليم"), "{}", told[0].text);
    ask_the_clock(&paper.app, late + SignedDuration::from_hours(13)).await.expect("asked");
    assert!(sent(&paper, late + SignedDuration::from_hours(14)).await.is_empty(), "once");
}

#[tokio::test]
async fn moderators_are_told_of_comments_that_wait_and_never_of_their_words() {
    let (paper, mut turns) = open().await;
    let (salma, karim) =
        (listener(&paper, "سلمى", Role::Moderator).await, listener(&paper, "كريم", Role::Reporter).await);
    let story = paper.publishes("افتتاح المحطة").await;
    Browser::new(&paper).comments(&story, "هدى", "كلمة تنتظر طويلًا").await;
    ask_the_clock(&paper.app, paper.app.now()).await.expect("asked");
    assert!(letters(&paper, &mut turns).await.is_empty(), "not for long yet");
    let later = paper.app.now() + SignedDuration::from_hours(5);
    for _ in 0..2 {
        ask_the_clock(&paper.app, later).await.expect("asked");
    }
    let due = paper.app.store.desk_notices_due(later, 9).await.expect("due");
    assert_eq!(due, [(salma.id, Way::Mail)], "once, and no reporter ({})", karim.name);
    // By the clock of the wall it does not wait for so long: it is looked up again when it goes out.
    assert!(sent(&paper, later).await.is_empty());
}

#[tokio::test]
async fn what_falls_in_quiet_hours_comes_afterwards_in_one_letter_and_a_trial_comes_at_once() {
    let (paper, mut turns) = open().await;
    let karim = listener(&paper, "كريم", Role::Reporter).await;
    let (now, store) = (paper.app.now(), &paper.app.store);
    let here = now.to_zoned(paper.app.paper.zone.clone());
    let hour = u16::from(here.hour().unsigned_abs());
    // From the hour before this one until the one after the next.
    let quiet = Quiet { from: (hour + 23) % 24 * 60, to: (hour + 2) % 24 * 60 };
    wants_all(&paper, &karim, Choices { quiet: Some(quiet), ..Choices::default() }).await;
    for headline in ["خبر أول", "خبر ثان"] {
        let draft = paper.draft(headline);
        store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
        store.assign_story(draft.id, (Some(karim.id), None), Actor::Program, now).await.expect("given");
        let once = format!("held:{headline}");
        let told = Told::Given { story: draft.id, by: None };
        let new = NewDeskNotice { staff: karim.id, way: Way::Mail, once, told, due: now };
        store.put_desk_notice(new, now).await.expect("put");
    }
    turn(&paper.app, &mut turns).await.expect("a turn");
    assert!(carried(&paper, paper.app.now()).await.is_empty(), "quiet");
    let told = sent(&paper, now + SignedDuration::from_hours(3)).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].text.contains("خبر أول") && told[0].text.contains("خبر ثان"));
    assert_eq!(told[0].text.matches("خبر أول").count(), 1, "the same is said once");
    assert!(told[0].subject.contains("إشعاران"), "{}", told[0].subject);
}

#[tokio::test]
async fn more_than_twenty_in_an_hour_wait_and_come_together() {
    let (paper, mut turns) = open().await;
    let karim = listener(&paper, "كريم", Role::Reporter).await;
    let (now, store) = (paper.app.now(), &paper.app.store);
    for n in 0..20 {
        let new =
            NewDeskNotice { staff: karim.id, way: Way::Mail, once: format!("before:{n}"), told: Told::Trial, due: now };
        store.put_desk_notice(new, now).await.expect("put");
        store.make_delivery((karim.id, Way::Mail), now).await.expect("made");
    }
    assert_eq!(carried(&paper, now).await.len(), 20);
    for n in 0..25 {
        let draft = paper.draft(&format!("خبر رقم {n}"));
        store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
        store.assign_story(draft.id, (Some(karim.id), None), Actor::Program, now).await.expect("given");
        let told = Told::Given { story: draft.id, by: None };
        let new = NewDeskNotice { staff: karim.id, way: Way::Mail, once: format!("more:{n}"), told, due: now };
        store.put_desk_notice(new, now).await.expect("put");
    }
    turn(&paper.app, &mut turns).await.expect("a turn");
    assert!(carried(&paper, paper.app.now()).await.is_empty(), "there is no room in this hour");
    let told = sent(&paper, now + SignedDuration::from_mins(61)).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].text.matches("أُسندت إليك").count(), 20);
    assert!(told[0].text.contains("و5 إشعارات أخرى"), "and how many more: {}", told[0].text);
}

#[tokio::test]
async fn choices_are_kept_and_what_is_wrong_comes_back_as_it_was_typed() {
    let (paper, _) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Moderator).await;
    let page = salma.get("/desk/me/notices").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains(" checked"), "nothing is on before somebody chose it");
    assert!(page.text.contains("value=\"waiting:mail\"") && !page.text.contains("value=\"given:mail\""), "by role");
    assert!(!page.text.contains("telegram"), "the paper has no bot");
    let form = [("want", "waiting:mail"), ("want", "breaking:hook"), ("want", "given:mail"), ("hours", "٦")];
    let typed = [&form[..], &[("quiet_from", "22:00"), ("quiet_to", "")]].concat();
    let wrong = salma.post("/desk/me/notices", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"waiting:mail\" checked") && wrong.text.contains("value=\"٦\""));
    assert!(wrong.text.contains("value=\"22:00\" aria-describedby=\"quiet-hint quiet-wrong\""), "{}", wrong.text);
    let nothing = paper.app.store.staff_at_work().await.expect("staff")[0].id;
    assert_eq!(paper.app.store.desk_choices(nothing).await.expect("read"), Choices::default());
    let wrong = salma.post("/desk/me/notices", &[("hours", "169")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("id=\"hours-wrong\""));
    let typed = [&form[..], &[("quiet_from", "22:00"), ("quiet_to", "07:00")]].concat();
    assert_eq!(salma.post("/desk/me/notices", &typed).await.header("location"), "/desk/me/notices?done=kept");
    let kept = paper.app.store.desk_choices(nothing).await.expect("read");
    assert!(kept.wants(DeskNotice::Waiting, Way::Mail) && kept.wants(DeskNotice::Breaking, Way::Hook));
    assert!(!kept.wants(DeskNotice::Given, Way::Mail), "it cannot concern a moderator");
    assert_eq!((kept.waiting_hours, kept.quiet), (6, Some(Quiet { from: 1_320, to: 420 })));
}

#[tokio::test]
async fn an_address_of_mail_is_confirmed_by_a_link_that_only_its_owner_opens() {
    let (paper, _) = open().await;
    let (salma, other) =
        (Browser::of_staff(&paper, "سلمى", Role::Editor).await, Browser::of_staff(&paper, "رنا", Role::Owner).await);
    let wrong = salma.post("/desk/me/notices/mail", &[("address", "salma.harbour")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"salma.harbour\"") && wrong.text.contains("id=\"mail-wrong\""));
    let asked = salma.post("/desk/me/notices/mail", &[("address", "salma@harbour.example")]).await;
    assert_eq!(asked.header("location"), "/desk/me/notices?done=asked");
    let again = salma.post("/desk/me/notices/mail", &[("address", "salma@harbour.example")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "not twice in a minute");
    let told = carried(&paper, paper.app.now()).await;
    let [letter] = &told[..] else { panic!("one letter: {told:?}") };
    assert_eq!(letter.to.as_str(), "salma@harbour.example");
    let link = letter.text.lines().find(|line| line.starts_with("http")).expect("a link");
    let link = link.strip_prefix(paper.app.paper.address.as_str()).expect("of this paper");
    assert_eq!(other.get(link).await.status, StatusCode::GONE, "somebody else's");
    assert_eq!(other.post(link, &[]).await.status, StatusCode::GONE);
    let look = salma.get(link).await;
    assert!(look.status == StatusCode::OK && look.text.contains("salma@harbour.example"), "looking uses nothing up");
    assert_eq!(salma.post(link, &[]).await.header("location"), "/desk/me/notices?done=confirmed");
    assert_eq!(salma.post(link, &[]).await.status, StatusCode::GONE, "once");
    let trial = salma.post("/desk/me/notices/ways/mail/trial", &[]).await;
    assert_eq!(trial.header("location"), "/desk/me/notices?done=trial");
    let told = carried(&paper, paper.app.now()).await;
    assert!(told.len() == 1 && told[0].text.contains("رسالة تجربة"), "{told:?}");
    salma.post("/desk/me/notices/ways/mail/removal", &[]).await;
    let none = salma.post("/desk/me/notices/ways/mail/trial", &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "there is no address any more");
}

#[tokio::test]
async fn an_address_of_the_web_has_a_secret_that_is_shown_once_and_leads_out_of_the_house() {
    let (paper, _) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    for inside in ["http://hooks.example/", "https://127.0.0.1/x", "https://localhost/x", "https://a:b@hooks.example/"]
    {
        let wrong = salma.post("/desk/me/notices/hook", &[("address", inside)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{inside}");
        assert!(wrong.text.contains(&format!("value=\"{inside}\"")) && wrong.text.contains("id=\"hook-wrong\""));
    }
    let set = salma.post("/desk/me/notices/hook", &[("address", "https://hooks.example/very-secret-part")]).await;
    assert_eq!(set.status, StatusCode::OK);
    assert!(set.text.contains("whsec_") && set.header("cache-control").contains("no-store"));
    let page = salma.get("/desk/me/notices").await.text;
    assert!(page.contains("hooks.example") && !page.contains("very-secret-part") && !page.contains("whsec_"));
    assert_eq!(salma.post("/desk/me/notices/telegram", &[("address", "1")]).await.status, StatusCode::NOT_FOUND);
    let who = paper.app.store.staff_at_work().await.expect("staff")[0].id;
    let to = (who, Way::Hook);
    paper.app.store.note_unreached(to, "status 500", true, paper.app.now()).await.expect("noted");
    let page = salma.get("/desk/me/notices").await.text;
    assert!(page.contains("تعذّر التسليم منذ") && page.contains("500"), "{page}");
}

#[tokio::test]
async fn of_two_links_to_an_address_the_newest_letter_counts_and_the_page_says_so() {
    let (paper, _) = open().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    let store = &paper.app.store;
    salma.post("/desk/me/notices/mail", &[("address", "salma@harbour.example")]).await;
    let who = store.staff_at_work().await.expect("staff")[0].id;
    let mut links = Vec::new();
    for _ in 0..2 {
        let told = carried(&paper, paper.app.now()).await;
        let link = told[0].text.lines().find(|line| line.starts_with("http")).expect("a link");
        links.push(link.strip_prefix(paper.app.paper.address.as_str()).expect("of this paper").to_owned());
        // As if a minute had gone by.
        let (now, asked) = (paper.app.now(), format!(r#"{{"confirm":{}}}"#, who.0));
        let again = ("salma@harbour.example", asked.as_str());
        if links.len() == 1 {
            assert!(store.ask_staff_address(who, again, now, now).await.expect("asked"));
        }
    }
    let page = salma.get("/desk/me/notices").await.text;
    assert!(page.contains("فالصالح هو الرابط الذي في أحدثها وحده"), "{page}");
    let old = salma.get(&links[0]).await;
    assert!(old.status == StatusCode::GONE && old.text.contains("فافتح الرابط الذي في أحدثها"), "{}", old.text);
    assert_eq!(salma.post(&links[1], &[]).await.header("location"), "/desk/me/notices?done=confirmed");
}

/// A paper with a bot, which may tell one channel and one group.
async fn with_bot() -> OpenPaper {
    let shared_chats = vec!["@harbour_desk".to_owned(), "-10042".to_owned()];
    let settings = Paper { name: "المرفأ".into(), tells_by_telegram: true, shared_chats, ..Paper::default() };
    OpenPaper::open_as(settings).await
}

/// What the bot writes next, and where; none: nothing.
async fn written(paper: &OpenPaper) -> Option<(String, String)> {
    let now = paper.app.now();
    let jobs = paper.app.store.claim_jobs(KIND, now, now + SignedDuration::from_hours(1), 9).await.expect("jobs");
    let job = jobs.first()?;
    let Some(Parcel::Chat { chat, text }) = parcel(&paper.app, job).await.expect("read") else { panic!("no chat") };
    settle(&paper.app, job, Ok(true)).await.expect("done");
    Some((chat, text))
}

#[tokio::test]
async fn a_chat_holds_once_the_code_that_went_there_is_typed_and_gets_nothing_else_before() {
    let paper = with_bot().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    assert!(!salma.get("/desk/me/notices").await.text.contains("value=\"given:mail\""), "it sends no mail");
    let set = salma.post("/desk/me/notices/telegram", &[("address", "٤٢٤٢")]).await;
    assert_eq!(set.header("location"), "/desk/me/notices?done=code");
    let again = salma.post("/desk/me/notices/telegram", &[("address", "4242")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text.contains("طلبت رمزًا قبل لحظات"));
    let (chat, text) = written(&paper).await.expect("a code");
    let (code, words) = text.split_once("\n\n").expect("the code in a line of its own");
    assert!(chat == "4242" && code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{chat}: {text}");
    assert!(words.contains("المرفأ") && !text.contains("http") && !text.contains("سلمى"), "{text}");
    let trial = salma.post("/desk/me/notices/ways/telegram/trial", &[]).await;
    assert_eq!(trial.status, StatusCode::UNPROCESSABLE_ENTITY, "it does not hold yet");
    assert_eq!(written(&paper).await, None);
    let page = salma.get("/desk/me/notices").await.text;
    assert!(page.contains("4242") && page.contains("name=\"code\""), "{page}");
    let other = Browser::of_staff(&paper, "رنا", Role::Owner).await;
    let hers = other.post("/desk/me/notices/telegram/code", &[("code", code)]).await;
    assert_eq!(hers.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody else's");
    let typed = arabic::digits::write(code, arabic::digits::Digits::Eastern);
    let held = salma.post("/desk/me/notices/telegram/code", &[("code", &format!(" {typed} "))]).await;
    assert_eq!(held.header("location"), "/desk/me/notices?done=chat");
    let trial = salma.post("/desk/me/notices/ways/telegram/trial", &[]).await;
    assert_eq!(trial.header("location"), "/desk/me/notices?done=trial");
    let (chat, text) = written(&paper).await.expect("a trial");
    assert!(chat == "4242" && text.contains("رسالة تجربة"), "{text}");
}

#[tokio::test]
async fn a_group_or_a_channel_is_taken_only_where_the_administrator_names_it() {
    let paper = with_bot().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    for (typed, words) in [
        ("t.me/harbour", "هذا ليس رقم محادثة ولا اسم قناة"),
        ("@anybody_else", "notices.chats"),
        ("-10043", "notices.chats"),
    ] {
        let wrong = salma.post("/desk/me/notices/telegram", &[("address", typed)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(wrong.text.contains(&format!("value=\"{typed}\"")) && wrong.text.contains(words), "{}", wrong.text);
    }
    assert_eq!(written(&paper).await, None, "nothing goes there");
    let set = salma.post("/desk/me/notices/telegram", &[("address", "-10042")]).await;
    assert_eq!(set.header("location"), "/desk/me/notices?done=code");
    assert_eq!(written(&paper).await.expect("a code").0, "-10042");
    let rana = Browser::of_staff(&paper, "رنا", Role::Editor).await;
    rana.post("/desk/me/notices/telegram", &[("address", "@Harbour_Desk")]).await;
    assert_eq!(written(&paper).await.expect("a code").0, "@Harbour_Desk");
}

#[tokio::test]
async fn a_wrong_code_comes_back_as_typed_and_after_five_the_page_says_when_to_ask_anew() {
    let paper = with_bot().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    salma.post("/desk/me/notices/telegram", &[("address", "4242")]).await;
    let (_, text) = written(&paper).await.expect("a code");
    let code = text.lines().next().expect("a code");
    let wrong = if code == "123456" { "123457" } else { "123456" };
    for try_no in 1..=5 {
        let page = salma.post("/desk/me/notices/telegram/code", &[("code", wrong)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let boxed = page.text.contains(&format!("value=\"{wrong}\"")) && page.text.contains("id=\"code-wrong\"");
        let shut = page.text.contains("كُتبت رموز خاطئة كثيرة. اطلب رمزًا جديدًا بعد");
        assert_eq!((boxed, shut), (try_no < 5, try_no == 5), "{}", page.text);
    }
    let right = salma.post("/desk/me/notices/telegram/code", &[("code", code)]).await;
    assert_eq!(right.status, StatusCode::UNPROCESSABLE_ENTITY, "too late");
    let who = paper.app.store.staff_at_work().await.expect("staff")[0].id;
    assert_eq!(paper.app.store.ways_of(who).await.expect("ways")[0].address, "");
}

#[tokio::test]
async fn why_no_code_arrives_is_said_where_no_chat_holds_yet() {
    let paper = with_bot().await;
    let salma = Browser::of_staff(&paper, "سلمى", Role::Editor).await;
    salma.post("/desk/me/notices/telegram", &[("address", "4242")]).await;
    let now = paper.app.now();
    let jobs = paper.app.store.claim_jobs(KIND, now, now, 9).await.expect("jobs");
    assert!(parcel(&paper.app, &jobs[0]).await.expect("read").is_some());
    settle(&paper.app, &jobs[0], Err(Undelivered::Status(403))).await.expect("written down");
    let page = salma.get("/desk/me/notices").await.text;
    assert!(page.contains("تعذّر التسليم منذ") && page.contains("403"), "{page}");
}

#[tokio::test]
async fn what_is_not_so_any_more_is_not_counted_among_those_that_a_message_leaves_out() {
    let (paper, _) = open().await;
    let karim = listener(&paper, "كريم", Role::Reporter).await;
    let (now, store) = (paper.app.now(), &paper.app.store);
    for n in 0..25 {
        let draft = paper.draft(&format!("خبر رقم {n}"));
        store.keep_draft(&draft, Actor::Program, now).await.expect("kept");
        store.assign_story(draft.id, (Some(karim.id), None), Actor::Program, now).await.expect("given");
        let told = Told::Given { story: draft.id, by: None };
        let new = NewDeskNotice { staff: karim.id, way: Way::Mail, once: format!("given:{n}"), told, due: now };
        store.put_desk_notice(new, now).await.expect("put");
        if n >= 22 {
            store.assign_story(draft.id, (None, None), Actor::Program, now).await.expect("taken back");
        }
    }
    let told = sent(&paper, now).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].text.matches("أُسندت إليك").count(), 20);
    assert!(told[0].text.contains("وإشعاران آخران"), "two are left of the last five: {}", told[0].text);
}

#[tokio::test]
async fn a_moderator_of_some_sections_hears_of_what_waits_there_and_of_nothing_else() {
    let (paper, _) = open().await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let salma = listener(&paper, "سلمى", Role::Moderator).await;
    let (city, culture) =
        (listener(&paper, "نادر", Role::Moderator).await, listener(&paper, "هبة", Role::Moderator).await);
    for (bound, section) in [(&city, SectionId(1)), (&culture, SectionId(2))] {
        let place = (Role::Moderator, &[section][..]);
        store.place_staff(bound.id, place, Actor::Program, now).await.expect("placed");
    }
    let story = paper.publishes("خط الترام").await;
    let reader = Browser::new(&paper);
    for text in ["كلام ينتظر", "كلام آخر ينتظر"] {
        reader.comments(&story, "ضيف", text).await;
    }
    let later = paper.app.now() + SignedDuration::from_hours(5);
    let here = store.staff_at_work().await.expect("staff");
    for (who, waiting) in [(&salma, 2), (&city, 2), (&culture, 0)] {
        let staff = here.iter().find(|one| one.id == who.id).expect("here");
        assert_eq!(count_waiting(&paper.app, staff, 4, later).await, Ok(waiting), "{}", who.name);
        assert_eq!(count_waiting(&paper.app, staff, 6, later).await, Ok(0), "{}", who.name);
    }
    ask_the_clock(&paper.app, later).await.expect("asked");
    let due = store.desk_notices_due(later + SignedDuration::from_mins(5), 100).await.expect("due");
    let told = |who: &Staff| due.iter().filter(|(staff, _)| *staff == who.id).count();
    assert_eq!((told(&salma), told(&city), told(&culture)), (1, 1, 0));
}

#[tokio::test]
async fn a_picture_that_may_not_be_shown_much_longer_is_told_once_and_again_at_its_last_day() {
    let (paper, mut turns) = open().await;
    let (rana, karim) = (listener(&paper, "رنا", Role::Editor).await, listener(&paper, "كريم", Role::Reporter).await);
    let sami = listener(&paper, "سامي", Role::Reporter).await;
    let (store, now) = (&paper.app.store, paper.app.now());
    let words = |day: Option<String>| PictureWords { rights_until: day, ..PictureWords::default() };
    let new = NewPicture {
        print: "b".repeat(32),
        size: (640, 480),
        placeholder: String::new(),
        words: words(None),
        bytes: vec![1],
        sizes: Vec::new(),
        more: false,
    };
    let file = format!("{}.jpg", new.print);
    store.keep_in_library(&new, Some(rana.id), now).await.expect("kept");
    let mut draft = paper.draft("خط ترام جديد");
    draft.text.lead =
        Some(Picture { file: file.clone(), size: (640, 480), alt: "عربة".into(), ..Picture::default() });
    store.begin_story(&draft, &Work::default(), karim.id, now).await.expect("begun");
    letters(&paper, &mut turns).await;
    let until = |days: i64| Some(paper.app.today().saturating_add(days.days()).to_string());
    let tell = async |days: i64| {
        let today = paper.app.today();
        store.describe_picture(&file, &words(until(days)), rana.id, (today, now)).await.expect("described");
        letters(&paper, &mut Turns::default()).await
    };
    assert!(tell(30).await.is_empty(), "there is time");
    let told = tell(5).await;
    assert_eq!((to(&told, &karim), to(&told, &rana), to(&told, &sami)), (1, 1, 0), "{told:?}");
    assert!(told[0].text.contains("آخر يوم لعرض صورة في") && told[0].text.contains("خط ترام جديد"), "{}", told[0].text);
    assert!(tell(5).await.is_empty(), "once");
    assert_eq!(tell(1).await.len(), 2, "and once more");
    assert!(tell(1).await.is_empty());
}

#[tokio::test]
async fn whoever_answers_for_the_paper_is_told_that_an_attack_begins_and_ends() {
    let (paper, mut turns) = open().await;
    let (layla, salma) = (listener(&paper, "ليلى", Role::Owner).await, listener(&paper, "سلمى", Role::Moderator).await);
    let now = paper.app.now();
    // Two processes see it.
    for is_over in [false, false, true] {
        tell_of_attack(&paper.app, now, is_over).await.expect("told");
    }
    let letters = letters(&paper, &mut turns).await;
    assert_eq!((to(&letters, &layla), to(&letters, &salma)), (1, 0));
    let text = &letters[0].text;
    for words in ["أكثر من المعتاد", "إلى المعتاد", "/desk/site/doors"] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert_eq!(text.matches("فاجعل الصحيفة للقراءة فقط").count(), 1, "{text}");
}
