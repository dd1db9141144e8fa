//! Other comment systems: their keys, and what their moderators decided.

use crate::both::on_both;
use newsroom::happening::What;
use newsroom::people::{Actor, Role, Scope};
use newsroom::{ApiClientId, SuggestionId, Timestamp};
use store::api_clients::{Named, NewApiClient};
use store::people::TokenHash;
use store::suggestions::{Ceiling, Suggestion, SuggestionMark};
use store::{Store, StoreError};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn key(word: &str) -> TokenHash {
    TokenHash(word.to_owned())
}

#[tokio::test]
async fn a_key_that_is_given_and_taken_away_is_on_the_list_and_in_the_log() {
    on_both(|store| async move {
        let (port, added) = store.add_api_client("الميناء", &key("k1"), 600, at(0)).await.unwrap();
        let (other, _) = store.add_api_client("أخبار", &key("k2"), 60, at(1)).await.unwrap();
        assert_eq!(added.what, What::ApiKeyAdded { name: "الميناء".to_owned() });
        assert_eq!((port.per_minute, port.revoked_at), (600, None));
        let listed = store.api_clients().await.unwrap();
        assert_eq!(listed, [(other.clone(), key("k2")), (port.clone(), key("k1"))], "by name, with the hashes");

        let revoked = store.revoke_api_client("الميناء", at(9)).await.unwrap();
        assert_eq!(revoked.what, What::ApiKeyRevoked { name: "الميناء".to_owned() });
        let listed = store.api_clients().await.unwrap();
        let ends: Vec<_> = listed.iter().map(|(client, _)| (client.name.as_str(), client.revoked_at)).collect();
        assert_eq!(ends, [("أخبار", None), ("الميناء", Some(at(9)))]);

        let log = store.log(None, 10).await.unwrap();
        let kinds: Vec<_> = log.iter().rev().map(|happening| (happening.by, happening.what.key())).collect();
        let (added, revoked) = ((Actor::Program, "api-key-added"), (Actor::Program, "api-key-revoked"));
        assert_eq!(kinds, [added, added, revoked]);
    })
    .await;
}

#[tokio::test]
async fn a_name_and_a_key_are_given_once_and_a_second_try_leaves_no_trace() {
    on_both(|store| async move {
        store.add_api_client("الميناء", &key("k1"), 600, at(0)).await.unwrap();
        let same_name = store.add_api_client("الميناء", &key("k2"), 600, at(1)).await;
        let same_key = store.add_api_client("آخر", &key("k1"), 600, at(2)).await;
        for refused in [same_name, same_key] {
            assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
        }
        assert_eq!((store.api_clients().await.unwrap().len(), store.log(None, 10).await.unwrap().len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_key_is_taken_away_once_and_its_name_stays_taken() {
    on_both(|store| async move {
        store.add_api_client("الميناء", &key("k1"), 600, at(0)).await.unwrap();
        store.revoke_api_client("الميناء", at(1)).await.unwrap();
        for name in ["الميناء", "لا أحد"] {
            assert_eq!(store.revoke_api_client(name, at(2)).await, Err(StoreError::NotFound), "{name}");
        }
        let again = store.add_api_client("الميناء", &key("k2"), 600, at(3)).await;
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert_eq!(store.log(None, 10).await.unwrap().len(), 2);
    })
    .await;
}

fn suggestion(client: ApiClientId, second: i64, text: &str, value: f64) -> Suggestion {
    Suggestion {
        client,
        at: at(second),
        text: text.to_owned(),
        scores: [("TOXICITY".to_owned(), value)].into(),
        token: "comment:1".to_owned(),
        community: "Coral:https://port.example".to_owned(),
        context: vec!["{\"url\":\"https://port.example/1\"}".to_owned()],
    }
}

async fn keep(store: &Store, suggestion: &Suggestion, mark: &str) -> SuggestionId {
    store.keep_suggestion(suggestion, &SuggestionMark(mark.to_owned())).await.unwrap()
}

#[tokio::test]
async fn the_same_suggestion_twice_is_one_and_the_last_word_counts() {
    on_both(|store| async move {
        let (port, _) = store.add_api_client("الميناء", &key("k1"), 600, at(0)).await.unwrap();
        let (other, _) = store.add_api_client("أخبار", &key("k2"), 600, at(0)).await.unwrap();
        let first = keep(&store, &suggestion(port.id, 1, "كلام", 0.0), "m").await;
        assert_eq!(keep(&store, &suggestion(port.id, 2, "كلام", 0.0), "m").await, first);
        assert_eq!(keep(&store, &suggestion(port.id, 3, "كلام", 1.0), "m").await, first);
        let theirs = keep(&store, &suggestion(other.id, 4, "كلام", 0.0), "m").await;
        assert!(theirs > first, "another client's is another one");
        let kept = store.suggestions_after(SuggestionId(0), 10).await.unwrap();
        let (last, elsewhere) = (suggestion(port.id, 3, "كلام", 1.0), suggestion(other.id, 4, "كلام", 0.0));
        assert_eq!(kept, [(first, last), (theirs, elsewhere)]);
    })
    .await;
}

#[tokio::test]
async fn suggestions_are_read_on_from_where_one_stopped() {
    on_both(|store| async move {
        let (port, _) = store.add_api_client("الميناء", &key("k1"), 600, at(0)).await.unwrap();
        let mut kept = Vec::new();
        for second in 1..=5 {
            let mark = format!("m{second}");
            kept.push(keep(&store, &suggestion(port.id, second, "كلام", 0.5), &mark).await);
        }
        let (mut read, mut after) = (Vec::new(), SuggestionId(0));
        while let Some((last, _)) = store.suggestions_after(after, 2).await.unwrap().last() {
            read.extend(store.suggestions_after(after, 2).await.unwrap().into_iter().map(|(id, _)| id));
            after = *last;
        }
        assert_eq!(read, kept);
        let nobody = store.keep_suggestion(&suggestion(ApiClientId(7), 9, "ن", 0.0), &SuggestionMark("x".into())).await;
        assert!(matches!(nobody, Err(StoreError::Conflict(_))), "{nobody:?}");
    })
    .await;
}

#[tokio::test]
async fn of_each_client_the_newest_suggestions_stay_for_a_while() {
    on_both(|store| async move {
        let (port, _) = store.add_api_client("الميناء", &key("k1"), 600, at(0)).await.unwrap();
        let (other, _) = store.add_api_client("أخبار", &key("k2"), 600, at(0)).await.unwrap();
        for second in 1..=7 {
            keep(&store, &suggestion(port.id, second, "كلام", 0.5), &format!("m{second}")).await;
        }
        // An old one that was said again is not old.
        keep(&store, &suggestion(other.id, 1, "كلام", 0.5), "m").await;
        keep(&store, &suggestion(other.id, 8, "كلام", 0.5), "m").await;
        let ceiling = Ceiling { before: at(3), of_a_client: 3, at_a_time: 1 };
        let (mut gone, mut times) = (0, 0);
        loop {
            let now = store.sweep_suggestions(ceiling).await.unwrap();
            (gone, times) = (gone + now, times + 1);
            if now == 0 {
                break;
            }
        }
        assert_eq!(gone, 4);
        assert!(times > 2, "a few in each transaction");
        let kept = store.suggestions_after(SuggestionId(0), 100).await.unwrap();
        let seconds = |client| {
            let of = kept.iter().filter(move |(_, one)| one.client == client);
            of.map(|(_, one)| one.at).collect::<Vec<_>>()
        };
        assert_eq!((seconds(port.id), seconds(other.id)), (vec![at(5), at(6), at(7)], vec![at(8)]));
    })
    .await;
}

#[tokio::test]
async fn a_named_request_is_taken_once_and_its_answer_is_kept_for_a_day() {
    on_both(|store| async move {
        let somebody = store.add_staff("ليلى", Role::Editor, at(0)).await.unwrap();
        let scopes = vec![Scope::StoriesRead, Scope::StoriesWrite];
        let new = NewApiClient { name: "نشرة".into(), per_minute: 60, staff: Some(somebody.id), scopes };
        let (one, _) = store.add_api_client_for(&new, &key("k1"), at(0)).await.unwrap();
        let (other, _) = store.add_api_client("آخر", &key("k2"), 60, at(0)).await.unwrap();
        assert_eq!(store.api_clients().await.unwrap()[1].0, one, "with its member and its scopes");
        let take = |client: ApiClientId, name: &'static str, print: &'static str, second: i64| {
            let store = store.clone();
            async move { store.take_request(client, (name, print), at(second)).await.unwrap() }
        };
        assert_eq!(take(one.id, "a", "p", 1).await, Named::First);
        assert_eq!(take(one.id, "a", "p", 2).await, Named::Running);
        assert_eq!(take(one.id, "a", "q", 2).await, Named::Another);
        assert_eq!(take(other.id, "a", "q", 2).await, Named::First, "names are each client's own");
        store.keep_answer(one.id, "a", (201, "{}")).await.unwrap();
        assert_eq!(take(one.id, "a", "p", 3).await, Named::Answered(201, "{}".into()));
        store.drop_answer(one.id, "a", at(1)).await.unwrap();
        assert_eq!(take(one.id, "a", "p", 3).await, Named::Answered(201, "{}".into()), "what was answered stays");
        store.drop_answer(other.id, "a", at(2)).await.unwrap();
        assert_eq!(take(other.id, "a", "q", 4).await, Named::First, "what failed is given back");
        store.drop_answer(other.id, "a", at(2)).await.unwrap();
        assert_eq!(
            take(other.id, "a", "q", 5).await,
            Named::Running,
            "and not once more from under whoever has it now"
        );
        assert_eq!(take(one.id, "a", "other", 2 * 86_400).await, Named::First, "a day later it is forgotten");
    })
    .await;
}
