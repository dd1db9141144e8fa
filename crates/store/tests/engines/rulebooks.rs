//! The paper's own rules, version by version.

use crate::both::on_both;
use newsroom::happening::What;
use newsroom::people::{Actor, Role};
use newsroom::{RulebookId, Timestamp};
use store::StoreError;
use store::rulebooks::NewRulebook;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

#[tokio::test]
async fn the_newest_version_holds_and_whoever_saw_an_older_one_is_told() {
    on_both(|store| async move {
        assert_eq!(store.rulebook().await.unwrap(), None);
        let by = store.add_staff("نادية", Role::Editor, at(0)).await.unwrap().id;
        let new = |was: Option<RulebookId>, text: &str| NewRulebook {
            was,
            text: text.to_owned(),
            fingerprint: "00000000000000aa".to_owned(),
            by,
            why: format!("من أجل {text}"),
        };
        let (first, happening) = store.keep_rulebook(new(None, "# أ"), at(1)).await.unwrap();
        assert_eq!((happening.what, happening.by), (What::RulebookChanged { rulebook: first }, Actor::Staff(by)));
        let late = store.keep_rulebook(new(None, "# ب"), at(2)).await;
        assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
        let (second, _) = store.keep_rulebook(new(Some(first), "# ج"), at(3)).await.unwrap();

        let holds = store.rulebook().await.unwrap().unwrap();
        assert_eq!((holds.line.id, holds.text.as_str(), holds.line.by_name.as_str()), (second, "# ج", "نادية"));
        let lines = store.rulebooks(None, 10).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [second, first], "the newest first");
        assert_eq!(store.rulebooks(Some(second), 10).await.unwrap()[0].why, "من أجل # أ");
        assert_eq!(store.rulebook_version(first).await.unwrap().text, "# أ");
        let unknown = store.rulebook_version(RulebookId(7)).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
    })
    .await;
}
