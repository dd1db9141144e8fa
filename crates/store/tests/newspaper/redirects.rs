//! Where addresses of before lead, and those that lead nowhere.

use crate::paper::on_both;
use jiff::SignedDuration;
use newsroom::people::Role;
use store::StoreError;
use store::redirects::{Beginning, Leads, MissingAddress, NewRedirect, Redirect};

fn new(path: &str, target: &str, was: Option<&str>) -> NewRedirect {
    let to = |target: &str| Leads::To(target.to_owned());
    NewRedirect { path: path.to_owned(), leads: to(target), was: was.map(to) }
}

fn paths(found: &[Redirect]) -> Vec<&str> {
    found.iter().map(|one| one.path.as_str()).collect()
}

#[tokio::test]
async fn an_address_leads_where_an_editor_said_and_nowhere_after_its_removal() {
    on_both(|paper| async move {
        let by = paper.store.add_staff("ليلى", Role::Editor, paper.now()).await.unwrap().id;
        let (store, asked) = (&paper.store, vec!["/غيره".to_owned(), "/قديم".to_owned()]);
        assert_eq!(store.redirect_of(&asked).await.unwrap(), None);
        let set = store.set_redirect(new("/قديم", "/archive", None), by, paper.now()).await.unwrap();
        assert_eq!(set.what.key(), "redirect-set");
        let found = store.redirect_of(&asked).await.unwrap().unwrap();
        assert_eq!((found.path.as_str(), &found.leads, found.hits), ("/قديم", &Leads::To("/archive".into()), 0));
        let unread = store.set_redirect(new("/قديم", "/", None), by, paper.now()).await;
        assert!(matches!(unread, Err(StoreError::Conflict(_))), "it leads somewhere already");
        let late = store.set_redirect(new("/قديم", "/", Some("/issues")), by, paper.now()).await;
        assert!(matches!(late, Err(StoreError::Conflict(_))), "it leads elsewhere by now");
        store.set_redirect(new("/قديم", "/issues", Some("/archive")), by, paper.now()).await.unwrap();
        store.remove_redirect("/قديم", by, paper.now()).await.unwrap();
        assert_eq!(store.redirect_of(&asked).await.unwrap(), None);
        assert_eq!(store.remove_redirect("/قديم", by, paper.now()).await, Err(StoreError::NotFound));
        assert_eq!(paths(&store.removed_redirects(10).await.unwrap()), ["/قديم"]);
        store.return_redirect("/قديم", by, paper.now()).await.unwrap();
        let back = store.redirect_of(&asked).await.unwrap().unwrap();
        assert_eq!(back.leads, Leads::To("/issues".into()));
        assert_eq!(store.return_redirect("/قديم", by, paper.now()).await, Err(StoreError::NotFound));
        store.remove_redirect("/قديم", by, paper.now()).await.unwrap();
        store.set_redirect(new("/قديم", "/archive", None), by, paper.now()).await.unwrap();
        assert!(store.removed_redirects(10).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_address_of_a_story_follows_it_and_is_found_by_how_it_begins() {
    on_both(|paper| async move {
        let (store, story) = (&paper.store, paper.publishes("خط الترام").await);
        for path in ["/?p=7", "/2019/05/ترام", "/2019/06/جسر", "/2020/جسر"] {
            assert!(store.put_redirect(path, story.id, paper.now()).await.unwrap());
        }
        assert!(!store.put_redirect("/?p=7", story.id, paper.now()).await.unwrap(), "something is known of it");
        let found = store.redirect_of(&["/?p=7".to_owned()]).await.unwrap().unwrap();
        assert_eq!(
            (found.leads, found.slug, found.is_public),
            (Leads::Story(story.id), Some(story.slug.clone()), true)
        );
        let begins = |with: &str, after: &str| Beginning { with: with.to_owned(), after: after.to_owned() };
        let all = store.redirects(&begins("", ""), 10).await.unwrap();
        assert_eq!(paths(&all), ["/2019/05/ترام", "/2019/06/جسر", "/2020/جسر", "/?p=7"]);
        let of_2019 = store.redirects(&begins("/2019/", ""), 10).await.unwrap();
        assert_eq!(paths(&of_2019), ["/2019/05/ترام", "/2019/06/جسر"]);
        let second = store.redirects(&begins("/2019/", "/2019/05/ترام"), 1).await.unwrap();
        assert_eq!(paths(&second), ["/2019/06/جسر"]);
        store.withdraw(&story.withdraw("", paper.now()), paper.by(), "").await.unwrap();
        let found = store.redirect_of(&["/?p=7".to_owned()]).await.unwrap().unwrap();
        assert!(found.slug.is_some() && !found.is_public);
    })
    .await;
}

#[tokio::test]
async fn what_is_followed_and_what_is_missed_is_counted_and_the_least_missed_are_forgotten() {
    on_both(|paper| async move {
        let by = paper.store.add_staff("ليلى", Role::Editor, paper.now()).await.unwrap().id;
        let (store, now) = (&paper.store, paper.now());
        let missing =
            |path: &str, hits, outside| MissingAddress { path: path.to_owned(), hits, outside, asked_at: now };
        store.set_redirect(new("/old", "/archive", None), by, now).await.unwrap();
        let followed = vec![("/old".to_owned(), 3), ("/none".to_owned(), 1)];
        store.count_addresses(followed, vec![missing("/gone", 2, 1)], now).await.unwrap();
        store.count_addresses(vec![("/old".to_owned(), 2)], vec![missing("/gone", 5, 0)], now).await.unwrap();
        let found = store.redirect_of(&["/old".to_owned()]).await.unwrap().unwrap();
        assert_eq!((found.hits, found.hit_at), (5, Some(now)));
        assert_eq!(store.missing_addresses(10).await.unwrap(), [missing("/gone", 7, 1)]);
        let many = (0..600).map(|n| missing(&format!("/many/{n:03}"), 1, 0)).collect();
        store.count_addresses(Vec::new(), many, now).await.unwrap();
        let kept = store.missing_addresses(1_000).await.unwrap();
        assert_eq!((kept.len(), kept[0].path.as_str()), (500, "/gone"));
        store.set_redirect(new("/gone", "/archive", None), by, now).await.unwrap();
        assert_eq!(store.missing_addresses(1_000).await.unwrap().len(), 499, "nobody misses it any more");
        assert_eq!(store.sweep_missing_addresses(now + SignedDuration::from_secs(1)).await.unwrap(), 499);
    })
    .await;
}
