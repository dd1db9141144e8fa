//! Readers' accounts: links that open them, the history of a device that goes along, keys and sign-ins.

use crate::both::on_both;
use crate::paper;
use crate::paper::at;
use newsroom::comment::{AppealState, Side};
use newsroom::happening::What;
use newsroom::people::{Actor, EmailAddress, MailNotices, Measure, MeasureKind, NoticeKind, Reader, Visitor};
use newsroom::profile::Language;
use newsroom::{MeasureId, ReaderId, ReaderLinkId, VisitorId};
use store::appeals::NewAppeal;
use store::people::{NewPasskey, NewSession, TokenHash};
use store::readers::{Entered, Entry, MOST_LINKS_PER_HOUR, NewReader, Shown};
use store::{Store, StoreError};

fn token(word: &str) -> TokenHash {
    TokenHash(word.to_owned())
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::new(text).unwrap()
}

fn entry(word: &str, guest: Option<VisitorId>) -> Entry {
    Entry {
        session: NewSession { token: token(word), until: at(900_000), device: "firefox/android".to_owned() },
        guest,
        kept: None,
    }
}

/// Asks for a link and gives it a token, as the sender of mail does.
async fn link(store: &Store, email: &EmailAddress, confirms: Option<ReaderId>, word: &str, second: i64) {
    assert!(store.ask_reader_link(email, confirms, (Language::Fr, at(second + 1_200)), at(second)).await.unwrap());
    let jobs = store.claim_jobs("mail", at(second), at(second + 60), 50).await.unwrap();
    let job = jobs.iter().rev().find(|job| job.payload.contains("link")).expect("a job for the link");
    let id: i64 = job.payload.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
    let armed =
        store.arm_reader_link(ReaderLinkId(id), &token(word), at(second + 1_200), at(second + 1)).await.unwrap();
    assert_eq!(armed.map(|armed| (armed.email, armed.confirms)), Some((email.clone(), confirms.is_some())));
    for job in jobs {
        store.finish_job(job.id).await.unwrap();
    }
}

async fn enters(store: &Store, email: &str, guest: Option<VisitorId>, second: i64) -> Entered {
    let (link_word, session) = (format!("link {second}"), format!("session {second}"));
    link(store, &address(email), None, &link_word, second).await;
    store.enter_by_link(&token(&link_word), entry(&session, guest), at(second + 5)).await.unwrap().expect("opened")
}

async fn ban(store: &Store, visitor: VisitorId, second: i64) {
    let by = store.staff().await.unwrap()[0].id;
    let (id, why) = (MeasureId(store.id(at(second))), "إهانات متكررة".to_owned());
    let ban = Measure { id, visitor, kind: MeasureKind::Ban, why, by, at: at(second), until: None, acknowledged: None };
    store.take_measure(&ban).await.unwrap();
}

#[tokio::test]
async fn a_link_opens_an_account_once_and_the_same_address_finds_it_again() {
    on_both(|store| async move {
        let huda = address("Huda@Readers.example");
        link(&store, &huda, None, "one", 100).await;
        let open = store.reader_link(&token("one"), at(110)).await.unwrap().unwrap();
        assert_eq!((&open.email, open.confirms), (&huda, None), "looking uses nothing");
        let first = store.enter_by_link(&token("one"), entry("s1", None), at(111)).await.unwrap().unwrap();
        assert!(store.enter_by_link(&token("one"), entry("s2", None), at(112)).await.unwrap().is_none(), "used");
        assert!(store.reader_link(&token("one"), at(112)).await.unwrap().is_none());
        let Reader { id, visitor, ref email, language, notices, .. } = first.reader;
        assert_eq!((email.as_ref(), language, notices), (Some(&huda), Language::Fr, MailNotices::default()));
        assert_eq!(first.happenings[0].what, What::ReaderJoined { reader: id, visitor });
        assert_eq!(first.happenings.len(), 1, "there was nothing to take along");
        let again = enters(&store, "huda@readers.EXAMPLE", None, 200).await;
        assert_eq!((again.reader.id, again.happenings.len()), (id, 0));
        link(&store, &huda, None, "late", 300).await;
        assert!(store.enter_by_link(&token("late"), entry("s3", None), at(1_500)).await.unwrap().is_none(), "too old");
        assert_eq!(store.reader_of(visitor).await.unwrap().unwrap().id, id);
        assert_eq!(store.reader(ReaderId(1)).await, Err(StoreError::NotFound));
    })
    .await;
}

#[tokio::test]
async fn an_address_gets_few_links_in_an_hour_and_an_old_wish_is_not_sent() {
    on_both(|store| async move {
        let (email, until) = (address("huda@readers.example"), (Language::Ar, at(9_000)));
        for n in 0..MOST_LINKS_PER_HOUR {
            assert!(store.ask_reader_link(&email, None, until, at(n)).await.unwrap());
        }
        let typed_otherwise = address("HUDA@readers.example");
        assert!(!store.ask_reader_link(&typed_otherwise, None, until, at(60)).await.unwrap());
        assert!(store.ask_reader_link(&address("amin@readers.example"), None, until, at(60)).await.unwrap());
        assert!(store.ask_reader_link(&email, None, until, at(3_700)).await.unwrap(), "an hour later");
        let jobs = store.claim_jobs("mail", at(3_701), at(3_702), 50).await.unwrap();
        assert_eq!(jobs.len() as i64, MOST_LINKS_PER_HOUR + 2);
        let id: i64 = jobs[0].payload.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
        let armed = store.arm_reader_link(ReaderLinkId(id), &token("t"), at(9_000), at(3_701)).await.unwrap();
        assert!(armed.is_none(), "asked for more than an hour ago");
    })
    .await;
}

#[tokio::test]
async fn the_devices_history_goes_to_the_account_and_the_check_finds_nothing_wrong() {
    on_both(|store| async move {
        let paper = paper::fill(&store).await;
        let (before, notes) = (store.visited(paper::HUDA).await.unwrap(), store.notes_of(paper::HUDA).await.unwrap());
        let comments = store.comments_of(paper::HUDA, None, 100).await.unwrap();
        ban(&store, paper::HUDA, 9_990).await;
        let entered = enters(&store, "huda@readers.example", Some(paper::HUDA), 10_000).await;
        let to = entered.reader.visitor;
        assert_eq!(entered.happenings[1].what, What::HistoryMoved { from: paper::HUDA, to });
        assert_eq!(entered.happenings[1].by, Actor::Visitor(to));
        assert_eq!(entered.reader.name, before.name, "called as the device signed last");
        let after = store.visited(to).await.unwrap();
        assert_eq!((after.released, after.refused), (before.released, before.refused));
        assert_eq!((after.first_seen, after.last_seen), (before.first_seen, before.last_seen));
        assert_eq!(store.visited(paper::HUDA).await, Err(StoreError::NotFound));
        assert_eq!(store.comments_of(to, None, 100).await.unwrap(), comments);
        assert_eq!(store.notes_of(to).await.unwrap(), notes);
        let bar = store.measures_on(to, at(10_010)).await.unwrap();
        assert_eq!(bar.bar().map(|bar| bar.kind), Some(MeasureKind::Ban), "a ban comes along");
        let mine = store.mine(Visitor { id: to }, None, 100).await.unwrap();
        assert!(mine.iter().any(|mine| mine.appeal.as_ref().is_some_and(|it| it.state == AppealState::Open)));
        assert!(store.mine(Visitor { id: paper::HUDA }, None, 100).await.unwrap().is_empty());
        assert_eq!(store.author_of(paper.tram, paper.held).await.unwrap(), to);
        assert_eq!(store.moved_to(paper::HUDA).await.unwrap(), Some(to));
        assert_eq!(store.moved_to(to).await.unwrap(), None);
        let wrong = store.check().await.unwrap();
        assert!(wrong.is_empty(), "{wrong:?}");
    })
    .await;
}

#[tokio::test]
async fn a_second_device_adds_to_the_account_and_a_ban_on_either_side_holds() {
    on_both(|store| async move {
        let paper = paper::fill(&store).await;
        let (amin, laptop) = (VisitorId(502), Visitor { id: VisitorId(777) });
        let account = store.moved_to(amin).await.unwrap().expect("the paper's account");
        let before = store.visited(account).await.unwrap();
        let sent = paper::comment(&store, paper.tram, laptop, "من الحاسوب", None, 9_500).await;
        // The same comment reported from both, the same text sent from both.
        for (who, second) in [(laptop, 9_501), (Visitor { id: account }, 9_502)] {
            store.report_comment((paper.tram, paper.answer), who, "لا أحبه", None, at(second)).await.unwrap();
            paper::comment(&store, paper.tram, who, "نص يتكرر مرتين", None, second).await;
        }
        ban(&store, laptop.id, 9_510).await;
        let entered = enters(&store, "amin@readers.example", Some(laptop.id), 10_000).await;
        assert_eq!(entered.reader.visitor, account);
        let after = store.visited(account).await.unwrap();
        assert_eq!(after.released, before.released, "what waited waits");
        assert!(store.measures_on(account, at(10_010)).await.unwrap().bar().is_some(), "the laptop's ban");
        assert_eq!(store.author_of(paper.tram, sent).await.unwrap(), account);
        let wrong = store.check().await.unwrap();
        assert!(wrong.is_empty(), "{wrong:?}");
        // Once more from there: nothing is left to move.
        let again = enters(&store, "amin@readers.example", Some(laptop.id), 11_000).await;
        assert!(again.happenings.is_empty(), "{:?}", again.happenings);
    })
    .await;
}

#[tokio::test]
async fn objections_of_a_device_go_along_but_one_to_the_same_ruling_stays() {
    on_both(|store| async move {
        let paper = paper::fill(&store).await;
        let (account, tablet) = (store.moved_to(VisitorId(502)).await.unwrap().unwrap(), VisitorId(778));
        let ruling = store.rulings(None, 50).await.unwrap();
        let ruling = ruling.iter().find(|line| line.ruling.comment == paper.answer).unwrap().ruling.id;
        for by in [account, tablet] {
            let (by, text) = (Visitor { id: by }, "رأي آخر".to_owned());
            let (at, due_at, side) = (at(9_600), at(99_000), Side::Reporter);
            store.make_appeal(&NewAppeal { ruling, side, by, report: None, text, at, due_at }).await.unwrap();
        }
        enters(&store, "amin@readers.example", Some(tablet), 10_000).await;
        assert_eq!(store.open_appeals(None, None, 50).await.unwrap().len(), 3, "none is lost");
    })
    .await;
}

#[tokio::test]
async fn notices_are_wanted_or_not_and_each_change_is_a_row() {
    on_both(|store| async move {
        let reader = enters(&store, "huda@readers.example", None, 100).await.reader;
        let all = MailNotices { replies: true, decisions: true };
        let kept = store.keep_profile(reader.id, "هدى", (Language::En, all), at(200)).await.unwrap().unwrap();
        assert_eq!(kept.what, What::NoticesChanged { reader: reader.id, notices: all });
        assert!(store.keep_profile(reader.id, "هدى س", (Language::En, all), at(201)).await.unwrap().is_none());
        assert!(store.unsubscribe(reader.id, NoticeKind::Reply, at(202)).await.unwrap().is_some());
        assert!(store.unsubscribe(reader.id, NoticeKind::Reply, at(203)).await.unwrap().is_none(), "once");
        assert!(store.unsubscribe(ReaderId(5), NoticeKind::Reply, at(203)).await.unwrap().is_none(), "nobody");
        let now = store.reader(reader.id).await.unwrap();
        assert_eq!((now.name.as_str(), now.language), ("هدى س", Language::En));
        assert_eq!(now.notices, MailNotices { replies: false, decisions: true });
        for n in 0..3 {
            assert_eq!(store.count_notice(reader.id, "2026-09-01", 2).await.unwrap(), n < 2, "{n}");
        }
        assert!(store.count_notice(reader.id, "2026-09-02", 2).await.unwrap(), "another day");
    })
    .await;
}

fn passkey(credential: &str, ticket: &str) -> NewPasskey {
    NewPasskey {
        credential: credential.to_owned(),
        public_key: "{}".to_owned(),
        sign_count: 0,
        name: "هاتف".to_owned(),
        ticket: (token(ticket), at(9_000)),
    }
}

#[tokio::test]
async fn a_passkey_makes_an_account_opens_it_again_and_the_last_way_in_stays() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let new = NewReader::new(&store, at(100)).speaking(Language::Ar).called(ReaderId(4_242));
        let made = entry("s1", Some(paper::HUDA));
        let made = store.join_by_passkey(new, passkey("K", "t1"), made, at(101)).await.unwrap().unwrap();
        assert_eq!((made.reader.id, made.reader.email.clone()), (ReaderId(4_242), None));
        assert!(store.visited(made.reader.visitor).await.is_ok(), "the device's history came along");
        let other = NewReader::new(&store, at(102));
        let again = store.join_by_passkey(other, passkey("L", "t1"), entry("s2", None), at(102)).await.unwrap();
        assert!(again.is_none(), "the question was answered before");
        let taken = store.join_by_passkey(other, passkey("K", "t2"), entry("s2", None), at(103)).await;
        assert!(matches!(taken, Err(StoreError::Conflict(_))), "{taken:?}");
        let key = store.reader_passkey("K").await.unwrap().unwrap();
        let shown = |ticket: &str| Shown { id: key.id, count: 0, ticket: (token(ticket), at(9_000)) };
        let back = store.enter_by_passkey(key.reader, shown("t3"), entry("s3", None), at(104)).await.unwrap();
        assert_eq!(back.unwrap().reader.id, made.reader.id);
        let replayed = store.enter_by_passkey(key.reader, shown("t3"), entry("s4", None), at(105)).await.unwrap();
        assert!(replayed.is_none());
        let last = store.remove_reader_passkey(key.id, key.reader).await;
        assert!(matches!(last, Err(StoreError::Conflict(_))), "{last:?}");
        link(&store, &address("huda@readers.example"), Some(key.reader), "mine", 200).await;
        assert!(!store.confirm_address(&token("mine"), ReaderId(1), at(201)).await.unwrap(), "another's");
        assert!(store.confirm_address(&token("mine"), key.reader, at(202)).await.unwrap());
        assert!(!store.confirm_address(&token("mine"), key.reader, at(203)).await.unwrap(), "used");
        store.remove_reader_passkey(key.id, key.reader).await.unwrap();
        let only = store.drop_address(key.reader, at(204)).await;
        assert!(matches!(only, Err(StoreError::Conflict(_))), "{only:?}");
        link(&store, &address("amin@readers.example"), Some(key.reader), "theirs", 300).await;
        let theirs = store.confirm_address(&token("theirs"), key.reader, at(301)).await;
        assert!(matches!(theirs, Err(StoreError::Conflict(_))), "{theirs:?}");
    })
    .await;
}

#[tokio::test]
async fn sign_ins_run_are_listed_and_end_one_by_one_or_all_at_once() {
    on_both(|store| async move {
        let reader = enters(&store, "huda@readers.example", None, 100).await.reader;
        enters(&store, "huda@readers.example", None, 200).await;
        enters(&store, "huda@readers.example", None, 300).await;
        let whose = |word: &'static str, idle: i64, now: i64| {
            let store = store.clone();
            async move { store.reader_session(&token(word), at(idle), at(now)).await.unwrap() }
        };
        let (session, somebody) = whose("session 100", 0, 400).await.unwrap();
        assert_eq!(somebody.id, reader.id);
        assert!(whose("session 100", 150, 400).await.is_none(), "lay idle too long");
        store.touch_reader_session(session.id, at(390)).await.unwrap();
        assert!(whose("session 100", 150, 400).await.is_some());
        assert!(whose("session 100", 0, 900_001).await.is_none(), "ran out");
        let lines = store.reader_sessions(reader.id, at(0), at(400)).await.unwrap();
        assert_eq!((lines.len(), lines[0].id), (3, session.id));
        store.end_reader_sessions(ReaderId(9), Some(session.id)).await.unwrap();
        assert!(whose("session 100", 0, 400).await.is_some(), "another's hand ends nothing");
        store.end_reader_sessions(reader.id, Some(session.id)).await.unwrap();
        assert!(whose("session 100", 0, 400).await.is_none());
        store.end_reader_sessions(reader.id, None).await.unwrap();
        assert!(whose("session 300", 0, 400).await.is_none());
        link(&store, &address("huda@readers.example"), None, "old", 500).await;
        store.sweep_readers(at(0), at(6_000)).await.unwrap();
        assert_eq!(store.table_count("reader_links").await.unwrap(), 0, "addresses are not kept with links");
    })
    .await;
}
