//! Letters on their way to a mail server of the test's own.

#[path = "../../tests/running/mailbox.rs"]
mod mailbox;

use super::newsletter::{self, Pace};
use super::{Post, next, send_due};
use jiff::SignedDuration;
use mailbox::Mailbox;
use newsroom::followers::{FollowersPart, NewsletterSettings, Rhythm, Wish};
use newsroom::people::{EmailAddress, Role};
use newsroom::profile::Language;
use newsroom::{JobId, SectionId, StoryId, SubscriberId, Timestamp};
use store::outbox::OutboxJob;
use store::{Place, Store};
use web::{App, Paper};

/// So long holds a link by which a reader signs in.
const LINK_HOLDS: SignedDuration = SignedDuration::from_mins(20);

async fn open(name: &str) -> (App, std::path::PathBuf) {
    let mut some = [0_u8; 8];
    getrandom::fill(&mut some).expect("randomness");
    let folder = std::env::temp_dir().join(format!("midad-mail-{name}-{}", u64::from_le_bytes(some)));
    let store = Store::open(&Place::Folder(folder.clone())).await.expect("an open store");
    let paper = Paper { name: "المرفأ".into(), sends_mail: true, ..Paper::default() };
    (App::new(store, paper, None, None).await.expect("a wired app"), folder)
}

async fn asks(app: &App, email: &str) {
    let (email, now) = (EmailAddress::new(email).expect("an address"), app.now());
    let until = now + LINK_HOLDS;
    assert!(app.store.ask_reader_link(&email, None, (Language::Ar, until), now).await.expect("asked"));
}

#[tokio::test]
async fn a_link_that_was_asked_for_arrives_in_the_papers_name_as_text_and_html() {
    let ((app, folder), mailbox) = (open("link").await, Mailbox::open().await);
    let post = Post::new(&mailbox.address, "المرفأ", "paper@harbour.example").expect("a mail server");
    asks(&app, "huda@readers.example").await;
    send_due(&app, &post).await.expect("sent");
    let letter = mailbox.letter("huda@readers.example", |_| true).await;
    assert!(letter.raw.contains("<paper@harbour.example>") && letter.raw.contains("@harbour.example>\r\n"));
    assert!(letter.raw.contains("Auto-Submitted: auto-generated"));
    assert!(!letter.raw.contains("List-Unsubscribe"), "this very letter was asked for");
    let token = letter.text.split("/reader/link/").nth(1).expect("a link").split_whitespace().next().expect("a token");
    assert!(letter.html.contains(&format!("/reader/link/{token}")) && letter.html.contains("dir=\"rtl\""));
    send_due(&app, &post).await.expect("nothing more");
    assert_eq!(mailbox.count(), 1, "once");
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn a_letter_that_is_not_taken_is_tried_again_and_set_aside_and_nobodys_address_is_kept_with_why() {
    let ((app, folder), mailbox) = (open("failed").await, Mailbox::open().await);
    let post = Post::new(&mailbox.address, "المرفأ", "paper@harbour.example").expect("a mail server");
    asks(&app, "nobody@readers.example").await;
    send_due(&app, &post).await.expect("tried");
    let later = app.now() + SignedDuration::from_hours(1);
    let again = app.store.claim_jobs(web::MAIL, later, later, 9).await.expect("jobs");
    assert_eq!(again.len(), 1, "it is tried again");
    let now = Timestamp::UNIX_EPOCH;
    let job = |attempts| OutboxJob { id: JobId(1), kind: String::new(), payload: String::new(), attempts };
    let waits: Vec<_> = (0..7).map(|attempts| next(&job(attempts), now).map(|at| at.as_second() / 60)).collect();
    assert_eq!(waits, [Some(1), Some(4), Some(16), Some(64), Some(256), None, None]);
    app.store.fail_job(again[0].id, "the mail server answered 550", None).await.expect("set aside");
    let dead = app.store.given_up_jobs(9).await.expect("jobs");
    assert!(!dead[0].why.contains('@') && !dead[0].payload.contains('@'), "{dead:?}");
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn of_a_process_that_dies_one_letter_is_in_hand_and_it_goes_out_while_its_link_holds() {
    let ((app, folder), mailbox) = (open("in-hand").await, Mailbox::open().await);
    let post = Post::new(&mailbox.address, "المرفأ", "paper@harbour.example").expect("a mail server");
    for reader in ["huda@readers.example", "salim@readers.example", "rim@readers.example"] {
        asks(&app, reader).await;
    }
    // A process claims one and is no more.
    let now = app.now();
    let held = app.store.claim_jobs(web::MAIL, now, now + super::CLAIMED_FOR, 1).await.expect("jobs");
    assert_eq!(held.len(), 1);
    send_due(&app, &post).await.expect("sent");
    assert_eq!(mailbox.count(), 2, "the others go out meanwhile");
    let later = now + super::CLAIMED_FOR + SignedDuration::from_secs(1);
    let again = app.store.claim_jobs(web::MAIL, later, later, 9).await.expect("jobs");
    assert_eq!(again.iter().map(|job| job.id).collect::<Vec<_>>(), [held[0].id], "and that one comes back, alone");
    assert!(super::CLAIMED_FOR < LINK_HOLDS / 2);
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn a_mail_server_is_read_from_its_address_and_a_password_never_travels_unprotected() {
    let post = |server: &str| Post::new(server, "المرفأ", "paper@harbour.example").is_some();
    for good in [
        "smtps://name:password@mail.example",
        "smtp://name:password@mail.example:587?tls=required",
        "smtp://mail.example",
        "smtp://127.0.0.1:25",
        "smtp://name:password@127.0.0.1:2525",
    ] {
        assert!(post(good), "{good}");
    }
    for bad in ["", "mail.example", "http://mail.example", "smtp://name:password@mail.example:25"].into_iter().chain([
        "smtp://name:password@localhost.elsewhere.example",
        "smtp://name:password@127.0.0.1.elsewhere.example",
        "smtp://name:tls=required@mail.example",
        "smtp://name:password@mail.example?x=tls=required",
    ]) {
        assert!(!post(bad), "{bad}");
    }
    assert!(Post::new("smtp://127.0.0.1", "المرفأ", "not an address").is_none());
}

/// A paper whose newsletter goes out, with a story of this minute.
async fn with_newsletter(name: &str) -> (App, std::path::PathBuf) {
    let (app, folder) = open(name).await;
    let (store, now) = (&app.store, app.now());
    let by = store.add_staff("قلم", Role::Owner, now).await.expect("added").id;
    let on = NewsletterSettings { on: true, per_minute: 6_000, ..NewsletterSettings::default() };
    store.keep_follower_settings((FollowersPart::Newsletter, None), &on, by, now).await.expect("kept");
    let section =
        newsroom::section::Section {
            id: SectionId(1), slug: "city".into(), name: "المدينة".into(), position: 1
        };
    store.keep_section(&section).await.expect("a section");
    let text = newsroom::story::StoryText {
        headline: "خط الترام يصل إلى المرفأ".into(),
        body: newsroom::body::read_text_form("وصل الترام صباح اليوم.").0,
        section: Some(SectionId(1)),
        ..Default::default()
    };
    let draft =
        newsroom::story::Draft { id: StoryId(store.id(now)), text, comments: Default::default(), begun_at: now };
    let by = newsroom::people::Actor::Program;
    store.keep_draft(&draft, by, now).await.expect("kept");
    let published = draft.publish(now).expect("it lacks nothing");
    store.publish(&published, by, "", now).await.expect("published");
    // The switch was written before this process began to follow: a new one has it.
    let paper = Paper { name: "المرفأ".into(), sends_mail: true, ..Paper::default() };
    (App::new(store::Store::clone(&app.store), paper, None, None).await.expect("a wired app"), folder)
}

/// A reader of the newsletter who opened the link in the letter.
async fn reads(app: &App, post: &Post, mailbox: &Mailbox, email: &str) {
    let (address, now) = (EmailAddress::new(email).expect("an address"), app.now());
    let until = now + SignedDuration::from_hours(72);
    assert!(app.store.ask_newsletter(&address, &Wish::default(), until, now).await.expect("asked"));
    send_due(app, post).await.expect("sent");
    let letter = mailbox.letter(email, |letter| letter.text.contains("/newsletter/confirm/")).await;
    let token = letter.text.split("/newsletter/confirm/").nth(1).and_then(|rest| rest.split_whitespace().next());
    let token = store::people::TokenHash(sha256(token.expect("a token")));
    app.store.confirm_newsletter(&token, app.now()).await.expect("confirmed").expect("the link holds");
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Made a millisecond after whatever was published before it, and not left before that time has come: its letters are due then.
async fn edition(app: &App, day: &str) {
    let at = app.now() + SignedDuration::from_millis(1);
    app.store.make_edition(Rhythm::Daily, day, at).await.expect("made").expect("the first of its day");
    while app.store.fill_editions(500, at).await.expect("filled") > 0 {}
    while app.now() < at {
        tokio::task::yield_now().await;
    }
}

/// Looks until there is nothing more to be sent, as the running program does once a second.
async fn sends_all(app: &App, post: &Post) {
    let mut pace = Pace::default();
    for _ in 0..5 {
        newsletter::send_due(app, post, &mut pace).await.expect("sent");
    }
}

#[tokio::test]
async fn a_digest_arrives_as_text_and_html_with_the_way_to_end_it_by_one_press_once() {
    let ((app, folder), mailbox) = (with_newsletter("digest").await, Mailbox::open().await);
    let post = Post::new(&mailbox.address, "المرفأ", "paper@harbour.example").expect("a mail server");
    reads(&app, &post, &mailbox, "huda@readers.example").await;
    edition(&app, "2026-01-01").await;
    sends_all(&app, &post).await;
    let digest = mailbox.letter("huda@readers.example", |letter| letter.raw.contains("List-Unsubscribe:")).await;
    assert!(digest.raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{}", digest.raw);
    let stop = digest.raw.replace("\r\n ", " ");
    let stop = stop.split("List-Unsubscribe: <").nth(1).and_then(|rest| rest.split('>').next()).expect("an address");
    assert!(stop.contains("/newsletter/leave/") && digest.text.contains(stop) && digest.html.contains(stop));
    for part in [&digest.text, &digest.html] {
        assert!(part.contains("خط الترام يصل إلى المرفأ"), "{part}");
    }
    assert!(digest.html.contains("<html lang=\"ar\" dir=\"rtl\">") && digest.raw.contains("multipart/alternative"));
    assert_eq!(mailbox.count(), 2, "the link and one digest");
    let made = &app.store.editions(1).await.expect("editions")[0];
    assert_eq!((made.letters, made.sent, made.bounced, made.failed), (1, 1, 0, 0));
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn an_address_that_refuses_three_letters_for_good_gets_no_more_and_keeps_nobody_back() {
    let ((app, folder), mailbox) = (with_newsletter("bounced").await, Mailbox::open().await);
    let post = Post::new(&mailbox.address, "المرفأ", "paper@harbour.example").expect("a mail server");
    reads(&app, &post, &mailbox, "huda@readers.example").await;
    // The mailbox takes nothing for these; their link was opened while it still did.
    let nobody = EmailAddress::new("nobody@readers.example").expect("an address");
    let (now, hash) = (app.now(), store::people::TokenHash(sha256("x")));
    let until = now + SignedDuration::from_hours(72);
    app.store.ask_newsletter(&nobody, &Wish::default(), until, now).await.expect("asked");
    let job = app.store.claim_jobs("mail", now, now, 9).await.expect("jobs").pop().expect("a job");
    let id: String = job.payload.chars().filter(char::is_ascii_digit).collect();
    let id = SubscriberId(id.parse().expect("an id"));
    app.store.finish_job(job.id).await.expect("done");
    app.store.arm_subscriber(id, &hash, until, now).await.expect("armed").expect("it was asked for");
    app.store.confirm_newsletter(&hash, now).await.expect("confirmed").expect("the link holds");
    for day in 1..=4 {
        // Each tells of the last two days: only the spans of editions in a row do not overlap.
        edition(&app, &format!("2026-01-0{day}")).await;
        sends_all(&app, &post).await;
        publish_another(&app, day).await;
    }
    let editions = app.store.editions(9).await.expect("editions");
    let bounced: Vec<i64> = editions.iter().rev().map(|edition| edition.bounced).collect();
    assert_eq!(bounced, [1, 1, 1, 0]);
    assert_eq!(editions.iter().map(|edition| edition.sent).sum::<i64>(), 4, "the other reader has all of them");
    let stopped = app.store.subscriber(id).await.expect("there");
    assert!(stopped.stopped_at.is_some() && !stopped.is_told());
    assert!(app.store.given_up_jobs(9).await.expect("jobs").is_empty());
    let _ = std::fs::remove_dir_all(folder);
}

async fn publish_another(app: &App, number: u32) {
    let (store, now, by) = (&app.store, app.now(), newsroom::people::Actor::Program);
    let text = newsroom::story::StoryText {
        headline: format!("خبر رقم {number}"),
        body: newsroom::body::read_text_form("نص.").0,
        section: Some(SectionId(1)),
        ..Default::default()
    };
    let draft =
        newsroom::story::Draft { id: StoryId(store.id(now)), text, comments: Default::default(), begun_at: now };
    store.keep_draft(&draft, by, now).await.expect("kept");
    store.publish(&draft.publish(now).expect("whole"), by, "", now).await.expect("published");
}

#[tokio::test]
async fn a_letter_that_was_in_hand_when_its_process_died_goes_out_once_more_and_no_other_twice() {
    let ((app, folder), mailbox) = (with_newsletter("killed").await, Mailbox::open().await);
    let post = Post::new(&mailbox.address, "المرفأ", "paper@harbour.example").expect("a mail server");
    for n in 0..3 {
        reads(&app, &post, &mailbox, &format!("reader-{n}@readers.example")).await;
    }
    edition(&app, "2026-01-01").await;
    // A process claims one and is no more.
    let now = app.now() + SignedDuration::from_millis(2);
    let held =
        app.store.claim_jobs(store::newsletter::NEWSLETTER, now, now + super::CLAIMED_FOR, 1).await.expect("jobs");
    assert_eq!(held.len(), 1);
    sends_all(&app, &post).await;
    let digests = || mailbox.count() - 3;
    assert_eq!(digests(), 2, "the others go out meanwhile");
    let later = now + super::CLAIMED_FOR + SignedDuration::from_secs(1);
    let again = app.store.claim_jobs(store::newsletter::NEWSLETTER, later, later, 9).await.expect("jobs");
    assert_eq!(again.iter().map(|job| job.id).collect::<Vec<_>>(), [held[0].id], "and that one comes back, alone");
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn so_many_letters_go_out_in_a_minute_and_no_silence_becomes_a_flood() {
    let at = |ms: i64| Timestamp::from_millisecond(ms).expect("a time");
    let mut pace = Pace::default();
    assert_eq!(pace.room(120, at(0)), 2, "a second's");
    let mut slow = Pace::default();
    let first: Vec<u32> = (0..60).map(|second| slow.room(1, at(second * 1_000))).collect();
    assert_eq!((first[0], first[58], first[59]), (0, 0, 1), "one a minute");
    let mut long = Pace::default();
    long.room(120, at(0));
    assert_eq!(long.room(120, at(3_600_000)), 4, "two seconds' at most, after an hour");
}

#[tokio::test]
async fn a_server_is_greeted_without_a_letter_and_one_that_is_silent_or_away_is_told() {
    let mailbox = Mailbox::open().await;
    let post = |server: &str| Post::new(server, "المرفأ", "paper@harbour.example").expect("a mail server");
    assert_eq!(post(&mailbox.address).greets(std::time::Duration::from_secs(60)).await, Ok(()));
    assert_eq!(mailbox.count(), 0);
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("smtp://{}", silent.local_addr().expect("an address"));
    let told = post(&address).greets(std::time::Duration::from_millis(50)).await;
    assert_eq!(told, Err("the mail server did not answer in time".to_owned()));
    drop(silent);
    let told = post(&address).greets(std::time::Duration::from_secs(60)).await;
    assert_eq!(told, Err("the mail server cannot be reached".to_owned()));
}
