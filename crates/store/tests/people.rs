//! The staff, their links and their sessions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)] // a test that cannot go on says why

mod both;

use both::on_both;
use newsroom::SectionId;
use newsroom::Timestamp;
use newsroom::happening::What;
use newsroom::people::{Actor, Role};
use store::StoreError;
use store::people::{StaffChanged, TokenHash};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn token(word: &str) -> TokenHash {
    TokenHash(word.to_owned())
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
        let first = store.sign_in(&token("link"), &token("one"), at(9_000), at(3)).await.unwrap();
        assert_eq!(first, Some(salma.clone()));
        assert_eq!(store.sign_in(&token("link"), &token("two"), at(9_000), at(4)).await.unwrap(), None);
        assert_eq!(store.sign_in_link(&token("link"), at(4)).await.unwrap(), None);
        assert_eq!(store.session(&token("one"), at(5)).await.unwrap().map(|(_, who)| who), Some(salma));
        assert_eq!(store.session(&token("two"), at(5)).await.unwrap(), None);
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
            tokio::spawn(async move { store.sign_in(&token("link"), &token(&format!("s{n}")), at(900), at(1)).await })
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
        assert_eq!(store.sign_in(&token("late"), &token("never"), at(900), at(10)).await.unwrap(), None);
        assert_eq!(store.sign_in(&token("unknown"), &token("never"), at(900), at(1)).await.unwrap(), None);

        store.keep_sign_in_link(&token("link"), salma.id, at(600)).await.unwrap();
        store.sign_in(&token("link"), &token("session"), at(900), at(20)).await.unwrap().unwrap();
        assert!(store.session(&token("session"), at(899)).await.unwrap().is_some());
        assert_eq!(store.session(&token("session"), at(900)).await.unwrap(), None);

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
        for (link, session) in [("l1", "desk"), ("l2", "telephone")] {
            store.keep_sign_in_link(&token(link), salma.id, at(600)).await.unwrap();
            store.sign_in(&token(link), &token(session), at(900), at(1)).await.unwrap().unwrap();
        }
        let (desk, _) = store.session(&token("desk"), at(2)).await.unwrap().unwrap();
        store.sign_out(desk).await.unwrap();
        assert_eq!(store.session(&token("desk"), at(2)).await.unwrap(), None);
        assert!(store.session(&token("telephone"), at(2)).await.unwrap().is_some());
        store.sign_out(desk).await.unwrap();
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
        let entered = store.sign_in(&token("link"), &token("s"), at(900), at(4)).await.unwrap().unwrap();
        let (_, seen) = store.session(&token("s"), at(5)).await.unwrap().unwrap();
        let listed = store.staff().await.unwrap().into_iter().find(|staff| staff.id == salma.id).unwrap();
        for staff in [&looked, &entered, &seen, &listed] {
            assert_eq!((staff.role, staff.sections.as_slice()), (Role::Editor, &[SectionId(3), SectionId(9)][..]));
        }
        store.place_staff(salma.id, (Role::Moderator, &[]), by, at(6)).await.unwrap();
        let (_, seen) = store.session(&token("s"), at(7)).await.unwrap().unwrap();
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
