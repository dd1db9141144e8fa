//! The paper's house: what holds, and what held before.

use crate::paper::on_both;
use newsroom::HappeningId;
use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::site::Part;
use store::StoreError;

#[tokio::test]
async fn the_newest_version_of_each_part_holds_and_those_before_stay() {
    on_both(|paper| async move {
        let (store, now, by) = (&paper.store, paper.now(), paper.salma.id);
        assert!(store.site().await.unwrap().is_empty());
        let (first, _) = store.keep_site(Part::Menus, None, "أول", by, now).await.unwrap();
        store.keep_site(Part::Css, None, "a {}", by, now).await.unwrap();
        let (second, told) = store.keep_site(Part::Menus, Some(first), "ثان", by, now).await.unwrap();
        let holds = store.site().await.unwrap();
        let holds: Vec<_> = holds.iter().map(|one| (one.part, one.content.as_str())).collect();
        assert_eq!(holds, [(Part::Menus, "ثان"), (Part::Css, "a {}")]);
        let all = store.site_versions(Part::Menus, None, 9).await.unwrap();
        assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [second, first]);
        assert_eq!((all[0].by.clone(), all[0].at), ((by, paper.salma.name.clone()), now));
        assert_eq!(store.site_versions(Part::Menus, Some(second), 9).await.unwrap()[0].id, first);
        assert_eq!(store.site_version(first).await.unwrap().content, "أول");
        assert_eq!(told.what, What::SiteChanged { part: Part::Menus, version: second });
        let log = store.happenings_after(HappeningId(0), 500).await.unwrap();
        let changes = log.iter().filter(|one| one.what.key() == "site-changed" && one.by == Actor::Staff(by));
        assert_eq!(changes.count(), 3);
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_over_a_version_that_they_have_not_seen() {
    on_both(|paper| async move {
        let (store, now, by) = (&paper.store, paper.now(), paper.salma.id);
        let both = tokio::join!(
            store.keep_site(Part::AdsTxt, None, "1", by, now),
            store.keep_site(Part::AdsTxt, None, "2", by, now),
        );
        assert_eq!([both.0.is_ok(), both.1.is_ok()].iter().filter(|ok| **ok).count(), 1);
        let late = store.keep_site(Part::AdsTxt, None, "3", by, now).await.unwrap_err();
        assert_eq!(late, StoreError::Conflict("site".into()));
        assert_eq!(store.site_versions(Part::AdsTxt, None, 9).await.unwrap().len(), 1);
        let none = store.site_version(newsroom::SiteVersionId(7)).await.unwrap_err();
        assert_eq!(none, StoreError::NotFound);
    })
    .await;
}
