//! The staff, their links and their sessions.

use crate::both::on_both;
use newsroom::happening::{KeyChange, What};
use newsroom::people::{Actor, Role, Staff};
use newsroom::profile::Language;
use newsroom::{SectionId, StaffId, Timestamp};
use store::people::{NewPasskey, NewSession, NewStaff, Proof, Session, StaffChanged, TokenHash};
use store::{Store, StoreError};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn token(word: &str) -> TokenHash {
    TokenHash(word.to_owned())
}

fn session(word: &str, until: i64) -> NewSession {
    NewSession { token: token(word), until: at(until), device: "firefox/linux".to_owned() }
}

/// Whose session it is, however long it lay idle.
async fn whose(store: &Store, word: &str, now: i64) -> Option<(Session, Staff)> {
    store.session(&token(word), Timestamp::UNIX_EPOCH, at(now)).await.unwrap()
}

#[tokio::test]
async fn whoever_is_added_is_on_the_list_and_in_the_log() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        let amin = store.add_staff("أمين", Role::Owner, at(1)).await.unwrap();
        assert_eq!(store.staff().await.unwrap(), [amin, salma.clone()], "by name");
        assert_eq!((salma.name.as_str(), salma.role), ("سلمى", Role::Moderator));
        let log = store.log(None, 10).await.unwrap();
        let added: Vec<_> = log.iter().rev().map(|happening| (happening.by, happening.what.clone())).collect();
        let who = |name: &str| (Actor::Program, What::StaffAdded { name: name.to_owned() });
        assert_eq!(added, [who("سلمى"), who("أمين")]);
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_once_and_a_second_one_leaves_no_trace() {
    on_both(|store| async move {
        store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        let again = store.add_staff("سلمى", Role::Owner, at(1)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert_eq!(store.staff().await.unwrap().len(), 1);
        assert_eq!(store.log(None, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_signs_in_once() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        assert_eq!(store.sign_in_link(&token("link"), at(1)).await.unwrap(), Some(salma.clone()));
        assert_eq!(
            store.sign_in_link(&token("link"), at(2)).await.unwrap(),
            Some(salma.clone()),
            "looking uses nothing"
        );
        let first = store.sign_in(&token("link"), session("one", 9_000), at(3)).await.unwrap();
        assert_eq!(first, Some(salma.clone()));
        assert_eq!(store.sign_in(&token("link"), session("two", 9_000), at(4)).await.unwrap(), None);
        assert_eq!(store.sign_in_link(&token("link"), at(4)).await.unwrap(), None);
        assert_eq!(whose(&store, "one", 5).await.map(|(_, who)| who), Some(salma));
        assert_eq!(whose(&store, "two", 5).await, None);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_come_at_once_with_one_link_one_gets_in() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        let coming = (0..12).map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.sign_in(&token("link"), session(&format!("s{n}"), 900), at(1)).await })
        });
        let mut inside = 0;
        for one in coming.collect::<Vec<_>>() {
            inside += usize::from(one.await.unwrap().unwrap().is_some());
        }
        assert_eq!(inside, 1);
    })
    .await;
}

#[tokio::test]
async fn links_and_sessions_end() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("late"), salma.id, at(10)).await.unwrap();
        assert_eq!(store.sign_in_link(&token("late"), at(10)).await.unwrap(), None, "its end is not in it");
        assert_eq!(store.sign_in(&token("late"), session("never", 900), at(10)).await.unwrap(), None);
        assert_eq!(store.sign_in(&token("unknown"), session("never", 900), at(1)).await.unwrap(), None);

        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        store.sign_in(&token("link"), session("session", 900), at(20)).await.unwrap().unwrap();
        assert!(whose(&store, "session", 899).await.is_some());
        assert_eq!(whose(&store, "session", 900).await, None);

        assert_eq!(store.sweep_sign_ins(at(599)).await.unwrap(), 1, "the late link");
        assert_eq!(store.sweep_sign_ins(at(900)).await.unwrap(), 2, "the used link and its session");
        assert_eq!(store.sweep_sign_ins(at(9_000)).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_one_session_and_no_other() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        for (link, word) in [("l1", "desk"), ("l2", "telephone")] {
            store.keep_sign_in_link(&token(link), salma.id, at(600)).await.unwrap();
            store.sign_in(&token(link), session(word, 900), at(1)).await.unwrap().unwrap();
        }
        let (desk, _) = whose(&store, "desk", 2).await.unwrap();
        store.sign_out(desk.id).await.unwrap();
        assert_eq!(whose(&store, "desk", 2).await, None);
        assert!(whose(&store, "telephone", 2).await.is_some());
        store.sign_out(desk.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn whoever_chose_a_language_comes_in_with_it_until_they_choose_another() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        let amin = store.add_staff("أمين", Role::Owner, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        store.sign_in(&token("link"), session("desk", 900), at(1)).await.unwrap().unwrap();
        let language = |come: Option<(Session, Staff)>| come.map(|(session, _)| session.language);
        assert_eq!(language(whose(&store, "desk", 2).await), Some(None));
        store.keep_staff_language(salma.id, Some(Language::Fr)).await.unwrap();
        assert_eq!(language(whose(&store, "desk", 2).await), Some(Some(Language::Fr)));
        assert_eq!(store.staff_language(salma.id).await.unwrap(), Some(Language::Fr));
        assert_eq!(store.staff_language(amin.id).await.unwrap(), None);
        store.keep_staff_language(salma.id, None).await.unwrap();
        assert_eq!(language(whose(&store, "desk", 2).await), Some(None));
        let nobody = store.keep_staff_language(StaffId(1), Some(Language::Fr)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn a_link_is_kept_once_and_for_somebody() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        let again = store.keep_sign_in_link(&token("link"), salma.id, at(700)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        let nobody = store.keep_sign_in_link(&token("other"), newsroom::StaffId(7), at(700)).await;
        assert!(matches!(nobody, Err(StoreError::Conflict(_))), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn somebody_is_bound_to_sections_and_freed_again_and_the_log_says_so() {
    on_both(|store| async move {
        let layla = store.add_staff("ليلى", Role::Owner, at(0)).await.unwrap();
        let salma = store.add_staff("سلمى", Role::Moderator, at(1)).await.unwrap();
        let by = Actor::Staff(layla.id);
        let sections = [SectionId(9), SectionId(3), SectionId(9)];
        let done = store.place_staff(salma.id, (Role::Editor, &sections), by, at(2)).await.unwrap();
        let StaffChanged::Done(happening) = done else { panic!("{done:?}") };
        let placed =
            What::StaffPlaced {
                name: "سلمى".into(), role: Role::Editor, sections: vec![SectionId(3), SectionId(9)]
            };
        assert_eq!((happening.by, &happening.what), (by, &placed));
        assert_eq!(store.log(None, 1).await.unwrap()[0].what, placed);
        let again = store.place_staff(salma.id, (Role::Editor, &sections), by, at(3)).await.unwrap();
        assert_eq!(again, StaffChanged::AsItWas);

        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        let looked = store.sign_in_link(&token("link"), at(4)).await.unwrap().unwrap();
        let entered = store.sign_in(&token("link"), session("s", 900), at(4)).await.unwrap().unwrap();
        let (_, seen) = whose(&store, "s", 5).await.unwrap();
        let listed = store.staff().await.unwrap().into_iter().find(|staff| staff.id == salma.id).unwrap();
        for staff in [&looked, &entered, &seen, &listed] {
            assert_eq!((staff.role, staff.sections.as_slice()), (Role::Editor, &[SectionId(3), SectionId(9)][..]));
        }
        store.place_staff(salma.id, (Role::Moderator, &[]), by, at(6)).await.unwrap();
        let (_, seen) = whose(&store, "s", 7).await.unwrap();
        assert_eq!((seen.role, seen.sections), (Role::Moderator, vec![]), "a session that runs is bound at once");
        let nobody = store.place_staff(newsroom::StaffId(7), (Role::Editor, &[]), by, at(8)).await;
        assert!(matches!(nobody, Err(StoreError::NotFound)), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn a_paper_keeps_an_owner_even_when_two_step_down_at_once() {
    on_both(|store| async move {
        let layla = store.add_staff("ليلى", Role::Owner, at(0)).await.unwrap();
        let by = Actor::Staff(layla.id);
        let alone = store.place_staff(layla.id, (Role::Editor, &[]), by, at(1)).await.unwrap();
        assert_eq!(alone, StaffChanged::LastOwner);
        let mazen = store.add_staff("مازن", Role::Owner, at(2)).await.unwrap();
        let both = [layla.id, mazen.id].map(|who| {
            let store = store.clone();
            tokio::spawn(async move { store.place_staff(who, (Role::Editor, &[]), by, at(3)).await })
        });
        let mut kept = 0;
        for one in both {
            kept += usize::from(one.await.unwrap().unwrap() == StaffChanged::LastOwner);
        }
        let owners = store.staff().await.unwrap().into_iter().filter(|staff| staff.role == Role::Owner).count();
        assert_eq!((kept, owners), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn whoever_is_invited_has_a_place_a_link_and_three_lines_in_the_log() {
    on_both(|store| async move {
        let layla = store.add_staff("ليلى", Role::Owner, at(0)).await.unwrap();
        let by = Actor::Staff(layla.id);
        let new = NewStaff {
            name: "سلمى".into(),
            email: Some("salma@example.org".into()),
            role: Role::Moderator,
            sections: vec![SectionId(2)],
        };
        let link = (token("link"), at(600));
        let salma = store.invite_staff(new.clone(), link.clone(), by, at(1)).await.unwrap();
        assert_eq!(store.sign_in_link(&token("link"), at(2)).await.unwrap(), Some(salma.clone()));
        let taken = NewStaff { name: "سلمى أخرى".into(), ..new };
        let again = store.invite_staff(taken, (token("other"), at(600)), by, at(2)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "the address is taken: {again:?}");
        let lines = store.staff_lines("").await.unwrap();
        let line = lines.iter().find(|line| line.staff == salma).unwrap();
        assert_eq!((line.email.as_deref(), line.seen_at, line.has_keys), (Some("salma@example.org"), None, false));
        store.sign_in(&token("link"), session("s", 900), at(3)).await.unwrap().unwrap();
        let kinds: Vec<&str> = store.staff_log(9).await.unwrap().iter().map(|happening| happening.what.key()).collect();
        assert_eq!(kinds, ["signed-in", "staff-placed", "staff-added", "staff-added"]);
        let lines = store.staff_lines("").await.unwrap();
        assert_eq!(lines.iter().find(|line| line.staff == salma).unwrap().seen_at, Some(at(3)));
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once_and_comes_back_with_the_keys_they_had() {
    on_both(|store| async move {
        let layla = store.add_staff("ليلى", Role::Owner, at(0)).await.unwrap();
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        let by = Actor::Staff(layla.id);
        assert_eq!(store.disable_staff(layla.id, by, at(1)).await.unwrap(), StaffChanged::LastOwner);
        for word in ["used", "open"] {
            store.keep_sign_in_link(&token(word), salma.id, at(600)).await.unwrap();
        }
        store.sign_in(&token("used"), session("s", 900), at(1)).await.unwrap().unwrap();
        let (here, _) = whose(&store, "s", 2).await.unwrap();
        store.set_password(salma.id, "kept", here.id, at(2)).await.unwrap();
        let StaffChanged::Done(left) = store.disable_staff(salma.id, by, at(3)).await.unwrap() else { panic!() };
        assert_eq!(left.what, What::StaffDisabled { name: "سلمى".into() });
        assert_eq!(store.disable_staff(salma.id, by, at(3)).await.unwrap(), StaffChanged::AsItWas);
        assert_eq!(whose(&store, "s", 4).await, None);
        assert_eq!(store.sign_in(&token("open"), session("t", 900), at(4)).await.unwrap(), None);
        assert_eq!(store.account("سلمى", "سلمى").await.unwrap(), None);
        let proof = Proof::Password("kept".into());
        let tried = (salma.id, &token("tried"));
        assert_eq!(store.enter(tried, proof.clone(), session("u", 900), at(4)).await.unwrap(), None);
        let linked = store.link_staff(salma.id, (token("new"), at(600)), by, at(4)).await;
        assert!(matches!(linked, Err(StoreError::NotFound)), "{linked:?}");
        store.enable_staff(salma.id, by, at(5)).await.unwrap();
        assert!(store.enter(tried, proof, session("v", 900), at(6)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn what_is_shown_at_the_door_opens_it_once() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        store.sign_in(&token("link"), session("first", 900), at(1)).await.unwrap().unwrap();
        let (here, _) = whose(&store, "first", 1).await.unwrap();
        store.set_password(salma.id, "old", here.id, at(2)).await.unwrap();
        store.set_totp(salma.id, Some(("0c".into(), 10)), vec![token("code")], at(3)).await.unwrap();
        let new = |ticket: &str| NewPasskey {
            credential: "AAEC".into(),
            public_key: "{}".into(),
            sign_count: 0,
            name: "هاتف".into(),
            ticket: (token(ticket), at(600)),
        };
        store.add_passkey(salma.id, new("made"), at(4)).await.unwrap().unwrap();
        assert_eq!(store.add_passkey(salma.id, new("made"), at(4)).await.unwrap(), None, "a ticket is used once");
        let again = store.add_passkey(salma.id, new("another"), at(4)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        let keys = store.keys_of(salma.id).await.unwrap();
        assert_eq!((keys.password, keys.totp, keys.recovery_codes, keys.passkeys.len()), (true, true, 1, 1));
        let id = keys.passkeys[0].id;
        let passkey = |count, ticket: &str| Proof::Passkey { id, count, ticket: (token(ticket), at(600)) };
        let shown = [
            (Proof::Password("other".into()), false),
            (Proof::Password("old".into()), true),
            (Proof::Totp(10), false),
            (Proof::Totp(12), true),
            (Proof::Totp(12), false),
            (Proof::Totp(11), false),
            (Proof::RecoveryCode(token("code")), true),
            (Proof::RecoveryCode(token("code")), false),
            (passkey(0, "t1"), true),
            (passkey(0, "t1"), false),
            (passkey(7, "t2"), true),
            (passkey(7, "t3"), false),
            (passkey(0, "t4"), false),
            (passkey(8, "t5"), true),
        ];
        for (number, (proof, opens)) in shown.into_iter().enumerate() {
            let word = format!("session {number}");
            let tried = (salma.id, &token("tried"));
            let entered = store.enter(tried, proof.clone(), session(&word, 900), at(9)).await.unwrap();
            assert_eq!(entered.is_some(), opens, "{number} {proof:?}");
            assert_eq!(whose(&store, &word, 10).await.is_some(), opens, "{number}");
        }
        let changes = store.staff_log(50).await.unwrap();
        let changes: Vec<KeyChange> = changes
            .iter()
            .rev()
            .filter_map(|happening| match happening.what {
                What::SignInChanged { change } => Some(change),
                _ => None,
            })
            .collect();
        assert_eq!(changes, [KeyChange::Password, KeyChange::TotpOn, KeyChange::PasskeyAdded]);
    })
    .await;
}

#[tokio::test]
async fn the_last_key_stays_and_a_new_password_ends_the_other_sign_ins() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        for word in ["one", "two"] {
            store.keep_sign_in_link(&token(word), salma.id, at(600)).await.unwrap();
            store.sign_in(&token(word), session(word, 900), at(1)).await.unwrap().unwrap();
        }
        let new = NewPasskey {
            credential: "AAEC".into(),
            public_key: "{}".into(),
            sign_count: 0,
            name: "هاتف".into(),
            ticket: (token("ticket"), at(600)),
        };
        store.add_passkey(salma.id, new, at(2)).await.unwrap().unwrap();
        let id = store.passkey("AAEC").await.unwrap().unwrap().id;
        let last = store.remove_passkey(id, (salma.id, ""), at(3)).await;
        assert!(matches!(last, Err(StoreError::Conflict(_))), "{last:?}");
        assert!(store.passkey("AAEC").await.unwrap().is_some());
        let others = store.remove_passkey(id, (newsroom::StaffId(7), ""), at(3)).await;
        assert!(matches!(others, Err(StoreError::NotFound)), "{others:?}");
        let (here, _) = whose(&store, "one", 4).await.unwrap();
        store.set_password(salma.id, "kept", here.id, at(4)).await.unwrap();
        assert!(whose(&store, "one", 5).await.is_some() && whose(&store, "two", 5).await.is_none());
        store.remove_passkey(id, (salma.id, ""), at(5)).await.unwrap();
        assert_eq!(store.passkey("AAEC").await.unwrap(), None);
        let lines = store.sessions_of(salma.id, at(0), at(6)).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.device.as_str()).collect::<Vec<_>>(), ["firefox/linux"]);
        assert_eq!(lines[0].how, "link");
        store.end_sessions(salma.id, Actor::Staff(salma.id), at(6)).await.unwrap();
        assert_eq!(whose(&store, "one", 7).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_lies_idle_ends_and_one_that_is_used_does_not() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        store.sign_in(&token("link"), session("s", 9_000), at(10)).await.unwrap().unwrap();
        let running = |idle, now| {
            let store = store.clone();
            async move { store.session(&token("s"), at(idle), at(now)).await.unwrap().map(|(session, _)| session) }
        };
        let first = running(9, 100).await.unwrap();
        assert_eq!((first.seen_at, first.proven_at), (at(10), at(10)));
        assert_eq!(running(10, 100).await, None);
        store.touch_session(first.id, at(200)).await.unwrap();
        let second = running(199, 300).await.unwrap();
        assert_eq!((second.seen_at, second.proven_at), (at(200), at(10)), "to be here is no proof");
        assert!(!store.prove(first.id, salma.id, Proof::Password("none".into()), at(300)).await.unwrap());
        store.set_password(salma.id, "kept", first.id, at(300)).await.unwrap();
        assert!(store.prove(first.id, salma.id, Proof::Password("kept".into()), at(310)).await.unwrap());
        assert_eq!(running(199, 320).await.unwrap().proven_at, at(310));
    })
    .await;
}

#[tokio::test]
async fn whoever_fails_again_and_again_waits_longer_each_time_also_when_all_come_at_once() {
    on_both(|store| async move {
        let who = token("somebody");
        for _ in 0..5 {
            assert_eq!(store.count_try(&who, at(0)).await.unwrap(), Ok(()));
        }
        let mut now = 0;
        for wait in [0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
            now += wait;
            assert_eq!(store.count_try(&who, at(now)).await.unwrap(), Ok(()), "after {wait} seconds");
            if wait >= 2 {
                assert!(store.count_try(&who, at(now)).await.unwrap().is_err(), "again at once");
            }
        }
        assert_eq!(store.count_try(&who, at(now)).await.unwrap(), Err(901));
        assert_eq!(store.count_try(&token("another"), at(now)).await.unwrap(), Ok(()), "nobody else waits");
        assert_eq!(store.count_try(&who, at(now + 90_000)).await.unwrap(), Ok(()), "a day later all is forgotten");
        assert_eq!(store.count_try(&who, at(now + 90_000)).await.unwrap(), Ok(()));
        let crowd = (0..40).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.count_try(&token("crowd"), at(0)).await.unwrap().is_ok() })
        });
        let mut looked_at = 0;
        for one in crowd.collect::<Vec<_>>() {
            looked_at += usize::from(one.await.unwrap());
        }
        assert_eq!(looked_at, 6);
    })
    .await;
}
