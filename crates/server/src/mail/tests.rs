//! Letters on their way to a mail server of the test's own.

#[path = "../../tests/running/mailbox.rs"]
mod mailbox;

use super::{Post, next, send_due};
use jiff::SignedDuration;
use mailbox::Mailbox;
use newsroom::people::EmailAddress;
use newsroom::profile::Language;
use newsroom::{JobId, Timestamp};
use store::outbox::OutboxJob;
use store::{Place, Store};
use web::{App, Paper};

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
    let until = now + SignedDuration::from_mins(20);
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
    let dead = app.store.dead_jobs(9).await.expect("jobs");
    assert!(!dead[0].1.contains('@') && !dead[0].0.payload.contains('@'), "{dead:?}");
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
    for bad in ["", "mail.example", "http://mail.example", "smtp://name:password@mail.example:25"] {
        assert!(!post(bad), "{bad}");
    }
    assert!(Post::new("smtp://127.0.0.1", "المرفأ", "not an address").is_none());
}
