//! The page of how the program stands.

use super::computer::{Backups, Certificate, Computer, ComputerSeen, Disk, Proved};
use super::show_process;
use crate::paper::Paper;
use crate::tests::browser::Browser;
use crate::tests::open_paper::OpenPaper;
use axum::http::StatusCode;
use jiff::SignedDuration;
use newsroom::people::{Actor, Role};
use newsroom::profile::Language;
use newsroom::{JobId, Timestamp};
use std::sync::Arc;

/// A machine that says what a test wants.
#[derive(Debug)]
struct Said(ComputerSeen);

impl Computer for Said {
    fn name(&self) -> String {
        "press-1".to_owned()
    }

    fn look(&self) -> ComputerSeen {
        self.0.clone()
    }
}

async fn owner(paper: &OpenPaper) -> Browser<'_> {
    Browser::of_staff(paper, "ليلى", Role::Owner).await
}

/// A letter that was given up, for a reason.
async fn given_up(paper: &OpenPaper, key: &str, why: &str) -> JobId {
    let (store, now) = (&paper.app.store, paper.app.now());
    let job = store.put_job("mail", "{}", key, now).await.expect("put").expect("new");
    store.claim_jobs("mail", now, now, 9).await.expect("claimed");
    store.fail_job(job, why, None).await.expect("given up");
    job
}

/// As everything should be.
fn well(now: Timestamp) -> ComputerSeen {
    let hours = SignedDuration::from_hours;
    ComputerSeen {
        disk: Some(Disk { free: 40_000_000_000, whole: 100_000_000_000 }),
        backups: Some(Backups {
            every_hours: Some(24),
            proved: Some(Proved { at: now - hours(3), name: "midad-backup-x".into(), bytes: 5_000_000 }),
            failed: Some((now - hours(30), "no space".into())),
        }),
        certificate: Some(Certificate {
            file: "/etc/midad/chain.pem".into(),
            until: Some(now + hours(24 * 60)),
            ..Certificate::default()
        }),
    }
}

#[tokio::test]
async fn a_paper_of_which_all_is_well_needs_nobody() {
    let paper = OpenPaper::open().await;
    paper.app.computer.is(Arc::new(Said(well(paper.app.now()))));
    let page = owner(&paper).await.get("/desk/state").await;
    assert_eq!(page.status, StatusCode::OK);
    page.assert_order(&[
        "حال البرنامج",
        "لا شيء هنا يحتاج إليك الآن",
        "id=\"program\"",
        env!("CARGO_PKG_VERSION"),
        "SQLite",
        "غيغابايت",
        "لا تعليق ينتظر",
        "تُصنع نسخة كل",
        "midad-backup-x",
        "no space",
        "/etc/midad/chain.pem",
        "لا شيء ينتظر",
        "لم يُترك شيء",
    ]);
    assert!(!page.text.contains("class=\"problems\""), "nothing warns");
    assert!(!page.text.contains("id=\"processes\""), "there is one");
}

#[tokio::test]
async fn what_needs_somebody_is_said_at_the_head_and_at_its_place() {
    let paper = OpenPaper::open_as(Paper::default().speaking(Language::En)).await;
    let now = paper.app.now();
    let seen = ComputerSeen {
        disk: Some(Disk { free: 900_000_000, whole: 100_000_000_000 }),
        backups: Some(Backups {
            every_hours: Some(24),
            proved: Some(Proved { at: now - SignedDuration::from_hours(49), name: "old".into(), bytes: 1 }),
            failed: Some((now - SignedDuration::from_hours(1), "no space".into())),
        }),
        certificate: Some(Certificate {
            file: "chain.pem".into(),
            until: Some(now + SignedDuration::from_hours(13 * 24 + 1)),
            ends_soon: true,
            ..Certificate::default()
        }),
    };
    paper.app.computer.is(Arc::new(Said(seen)));
    let page = owner(&paper).await.get("/desk/state").await;
    for need in ["are left on the disk", "no recent proved backup", "The last backup failed", "ends in 13 days"] {
        assert_eq!(page.text.matches(need).count(), 2, "{need}:\n{}", page.text);
    }
    assert!(page.text.contains("dir=\"ltr\""));
}

#[tokio::test]
async fn without_a_backup_it_is_said_where_the_guide_is_and_an_ended_certificate_is_ended() {
    let paper = OpenPaper::open_as(Paper::default().speaking(Language::Fr)).await;
    let until = Some(paper.app.now() - SignedDuration::from_hours(1));
    let certificate = Some(Certificate { file: "chain.pem".into(), until, ..Certificate::default() });
    paper.app.computer.is(Arc::new(Said(ComputerSeen { disk: None, backups: None, certificate })));
    let page = owner(&paper).await.get("/desk/state").await;
    page.assert_order(&["Aucune sauvegarde", "périmé", "docs/running/backup.md", "chain.pem"]);
}

#[tokio::test]
async fn a_certificate_that_is_still_to_be_given_says_so_and_why_it_was_refused() {
    let paper = OpenPaper::open_as(Paper::default().speaking(Language::En)).await;
    let refused = Some((paper.app.now(), "harbour.example: connection refused <there>".to_owned()));
    let certificate = Certificate { file: "certificate.pem".into(), to_come: true, refused, ..Certificate::default() };
    let seen = ComputerSeen { disk: None, backups: None, certificate: Some(certificate) };
    paper.app.computer.is(Arc::new(Said(seen)));
    let page = owner(&paper).await.get("/desk/state").await;
    page.assert_order(&["certificate.pem", "was given yet"]);
    assert_eq!(page.text.matches("harbour.example: connection refused &").count(), 2, "{}", page.text);
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_or_dropped_and_names_nobody() {
    let paper = OpenPaper::open().await;
    let one = given_up(&paper, "one", "the mail server answered 550 <reader@readers.example> unknown").await;
    let two = given_up(&paper, "two", "refused 404").await;
    let owner = owner(&paper).await;
    let page = owner.get("/desk/state").await;
    page.assert_order(&["عملان تُركا", "أعد المحاولة للجميع", "رسائل إلى القراء", "رسائل إلى القراء"]);
    assert!(page.text.contains("the mail server answered 550 … unknown"), "{}", page.text);
    assert!(!page.text.contains("readers.example"));
    let again = format!("/desk/state/jobs/{one}/again");
    assert_eq!(owner.post(&again, &[]).await.header("location"), "/desk/state?done=again#given-up");
    assert_eq!(owner.post(&again, &[]).await.header("location"), "/desk/state?done=nothing#given-up");
    let got = owner.post(&format!("/desk/state/jobs/{two}/removal"), &[]).await;
    assert_eq!(got.header("location"), "/desk/state?done=dropped#given-up");
    owner.get("/desk/state?done=dropped").await.assert_order(&["class=\"done\"", "لن يُرسل", "لم يُترك شيء"]);
    let log = paper.app.store.log(None, 9).await.expect("the log");
    let by = |key: &str| log.iter().find(|one| one.what.key() == key).map(|one| matches!(one.by, Actor::Staff(_)));
    assert_eq!((by("jobs-tried-again"), by("jobs-dropped")), (Some(true), Some(true)));
    assert_eq!(owner.post("/desk/state/jobs/nothing!/again", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn all_of_a_kind_are_tried_again_at_once_and_from_this_paper_alone() {
    let paper = OpenPaper::open().await;
    for key in ["one", "two", "three"] {
        given_up(&paper, key, "no answer").await;
    }
    let owner = owner(&paper).await;
    let elsewhere = [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")];
    let got = owner.send("POST", "/desk/state/jobs/again", &[("kind", "mail")], &elsewhere).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    assert_eq!(paper.app.store.given_up_jobs(9).await.expect("jobs").len(), 3);
    let got = owner.post("/desk/state/jobs/again", &[("kind", "mail")]).await;
    assert_eq!(got.header("location"), "/desk/state?done=again#given-up");
    assert!(paper.app.store.given_up_jobs(9).await.expect("jobs").is_empty());
    let long = "k".repeat(65);
    assert_eq!(owner.post("/desk/state/jobs/again", &[("kind", &long)]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn several_processes_are_told_apart_and_one_that_broke_off_is_missed() {
    let paper = OpenPaper::open().await;
    paper.app.computer.is(Arc::new(Said(well(paper.app.now()))));
    show_process(&paper.app).await.expect("shown");
    let says = r#"{"machine":"press-2","program":"0.0.9"}"#;
    let ago = paper.app.now() - SignedDuration::from_mins(9);
    paper.app.store.show_process("77", says, ago, ago).await.expect("shown");
    let page = owner(&paper).await.get("/desk/state").await;
    page.assert_order(&["id=\"processes\"", "press-1", "تعمل", "press-2", "لم تظهر منذ", "0.0.9"]);
}
