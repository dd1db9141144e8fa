//! Accounts at the organisation's own sign-in.

use crate::both::on_both;
use newsroom::happening::{KeyChange, What};
use newsroom::people::{Actor, Role, Staff};
use newsroom::{StaffId, Timestamp};
use store::people::{NewOrganisationAccount, NewPasskey, NewSession, Proof, TokenHash};
use store::{Store, StoreError};

const ISSUER: &str = "https://id.harbour.example";
const OTHER: &str = "https://id.elsewhere.example";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn token(word: &str) -> TokenHash {
    TokenHash(word.to_owned())
}

fn account(issuer: &str, subject: &str, ticket: &str) -> NewOrganisationAccount {
    let name = "salma@harbour.example".to_owned();
    NewOrganisationAccount { issuer: issuer.into(), subject: subject.into(), name, ticket: (token(ticket), at(600)) }
}

fn shown(subject: &str, shown_at: i64, ticket: &str) -> Proof {
    let (issuer, subject) = (ISSUER.to_owned(), subject.to_owned());
    Proof::Organisation { issuer, subject, shown_at: at(shown_at), ticket: (token(ticket), at(600)) }
}

async fn enters(store: &Store, who: StaffId, proof: Proof, word: &str, now: i64) -> Option<Staff> {
    let session = NewSession { token: token(word), until: at(9_000), device: "firefox/linux".to_owned() };
    store.enter((who, &token("tried")), proof, session, at(now)).await.unwrap()
}

#[tokio::test]
async fn an_account_opens_the_desk_for_whoever_it_is_linked_to_and_for_nobody_else() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        let karim = store.add_staff("كريم", Role::Moderator, at(0)).await.unwrap();
        assert_eq!(store.organisation_account(ISSUER, "7").await.unwrap(), None);
        let link = |who, subject, ticket| store.link_organisation_account(who, account(ISSUER, subject, ticket), at(1));
        link(salma.id, "7", "t1").await.unwrap().unwrap();
        assert_eq!(link(karim.id, "8", "t1").await.unwrap(), None, "what was asked is answered once");
        for (who, subject) in [(karim.id, "7"), (salma.id, "9")] {
            let again = link(who, subject, "t2").await;
            assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        }
        let found = store.organisation_account(ISSUER, "7").await.unwrap().unwrap();
        assert_eq!((found.staff, found.used_at), (salma.id, None));
        assert_eq!(store.organisation_account(OTHER, "7").await.unwrap(), None, "another issuer's 7 is somebody else");
        assert_eq!(enters(&store, karim.id, shown("7", 5, "t3"), "s0", 5).await, None);
        assert_eq!(enters(&store, salma.id, shown("7", 5, "t4"), "s1", 6).await, Some(salma.clone()));
        assert_eq!(enters(&store, salma.id, shown("7", 5, "t4"), "s2", 6).await, None, "nor is it shown twice");
        assert_eq!(store.organisation_account(ISSUER, "7").await.unwrap().unwrap().used_at, Some(at(6)));
        let (session, _) = store.session(&token("s1"), at(0), at(7)).await.unwrap().unwrap();
        assert_eq!(session.proven_at, at(5), "shown to the provider a moment before");
        assert_eq!(store.sessions_of(salma.id, at(0), at(7)).await.unwrap()[0].how, "organisation");
        store.add_staff("ليلى", Role::Owner, at(7)).await.unwrap();
        store.disable_staff(salma.id, Actor::Program, at(8)).await.unwrap();
        assert_eq!(enters(&store, salma.id, shown("7", 9, "t5"), "s3", 9).await, None, "works here no more");
        assert!(store.spend_ticket((token("t6"), at(600))).await.unwrap());
        assert!(!store.spend_ticket((token("t6"), at(600))).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_last_way_in_stays_and_an_account_at_an_issuer_that_is_not_asked_is_none() {
    on_both(|store| async move {
        let salma = store.add_staff("سلمى", Role::Moderator, at(0)).await.unwrap();
        let unlink = |issuer: &'static str| store.unlink_organisation_account(salma.id, issuer, at(3));
        let link = |issuer, ticket| store.link_organisation_account(salma.id, account(issuer, "7", ticket), at(1));
        assert!(matches!(unlink(ISSUER).await, Err(StoreError::NotFound)));
        link(ISSUER, "t1").await.unwrap().unwrap();
        assert!(store.keys_of(salma.id).await.unwrap().any(ISSUER));
        assert!(!store.keys_of(salma.id).await.unwrap().any(OTHER), "nobody is asked there");
        assert!(store.staff_lines(ISSUER).await.unwrap()[0].has_keys);
        assert!(!store.staff_lines(OTHER).await.unwrap()[0].has_keys, "nor on the owner's list");
        assert!(matches!(unlink(ISSUER).await, Err(StoreError::Conflict(_))));
        link(OTHER, "t2").await.unwrap().unwrap();
        assert!(matches!(unlink(ISSUER).await, Err(StoreError::Conflict(_))), "the other one is not asked at the door");
        assert_eq!(store.keys_of(salma.id).await.unwrap().organisation.len(), 2);
        let new = NewPasskey {
            credential: "AAEC".into(),
            public_key: "{}".into(),
            sign_count: 0,
            name: "هاتف".into(),
            ticket: (token("t3"), at(600)),
        };
        store.add_passkey(salma.id, new, at(2)).await.unwrap().unwrap();
        let id = store.passkey("AAEC").await.unwrap().unwrap().id;
        let without = store.remove_passkey(id, (salma.id, ""), at(3)).await;
        assert!(matches!(without, Err(StoreError::Conflict(_))), "{without:?}");
        unlink(ISSUER).await.unwrap();
        link(ISSUER, "t4").await.unwrap().unwrap();
        store.remove_passkey(id, (salma.id, ISSUER), at(4)).await.unwrap();
        let log = store.staff_log(3).await.unwrap();
        let changes: Vec<_> = log.into_iter().map(|happening| happening.what).collect();
        let change = |change| What::SignInChanged { change };
        let expected = [KeyChange::PasskeyRemoved, KeyChange::OrganisationLinked, KeyChange::OrganisationUnlinked];
        assert_eq!(changes, expected.map(change));
    })
    .await;
}
