//! Pages of other sites: their comments go the way of all comments, and nothing of them stands in the paper.

use crate::paper::{Paper, name_of, on_both};
use newsroom::comment::{DisplayName, Submitted};
use newsroom::outside::{Pages, Rules, Way};
use newsroom::people::{Role, Visitor};
use newsroom::story::{CommentPolicy, Published, Story};
use newsroom::{CommentId, OtherSiteId, SectionId, StaffId, Timestamp, VisitorId};
use store::StoreError;
use store::listings::List;
use store::outside::{MOST_PAGES_AN_HOUR, NewSiteKey, NoThread, SaidOfSite};
use store::stories::Found;
use store::thread::Sort;

fn said(name: &str) -> SaidOfSite {
    let rules = Rules { pages: vec![Pages::read("port.example").unwrap()], keep: Default::default() };
    SaidOfSite { name: name.to_owned(), rules, policy: CommentPolicy::OpenAfterReview, section: Some(SectionId(1)) }
}

async fn site(paper: &Paper) -> (OtherSiteId, StaffId) {
    let by = paper.store.add_staff("ليلى", Role::Editor, paper.now()).await.unwrap().id;
    (paper.store.add_other_site(&said("الميناء"), by, paper.now()).await.unwrap().0, by)
}

async fn page(paper: &Paper, site: OtherSiteId, path: &str) -> Result<Published, NoThread> {
    page_at(paper, site, path, paper.now()).await
}

async fn page_at(paper: &Paper, site: OtherSiteId, path: &str, now: Timestamp) -> Result<Published, NoThread> {
    let page = said("").rules.page(&format!("https://port.example/{path}")).unwrap();
    paper.store.open_outside_thread(site, &page, "الرصيف", now).await.unwrap().map(|(thread, _)| thread)
}

#[tokio::test]
async fn a_page_has_one_thread_from_its_first_comment_on_and_stands_in_no_list() {
    on_both(|paper| async move {
        let (store, visitor) = (&paper.store, Visitor { id: VisitorId(9) });
        paper.publishes("خط الترام").await;
        let (site, _) = site(&paper).await;
        let known = said("").rules.page("http://www.port.example/quay/?x=1#y").unwrap();
        assert_eq!(store.outside_thread(site, &known).await.unwrap(), None);
        let thread = page(&paper, site, "quay").await.unwrap();
        assert_eq!(page(&paper, site, "quay").await.unwrap(), thread, "the same page");
        assert_eq!(store.outside_thread(site, &known).await.unwrap().unwrap().id, thread.id);
        assert!(thread.is_outside());
        let comment = paper.says(visitor, thread.id, "كان أوسع").await;
        assert_eq!(store.thread(thread.id, Sort::Oldest, None, 9).await.unwrap().entries.len(), 0);
        assert_eq!(store.outside_counts(site, std::slice::from_ref(&known)).await.unwrap(), [0]);
        paper.releases(thread.id, comment).await.unwrap();
        assert_eq!(store.thread(thread.id, Sort::Oldest, None, 9).await.unwrap().entries.len(), 1);
        let other = said("").rules.page("https://port.example/none").unwrap();
        assert_eq!(store.outside_counts(site, &[other, known]).await.unwrap(), [0, 1]);
        // Its comments are found by its address; nothing else of it is anywhere.
        let found = store.find_story(&thread.slug).await.unwrap();
        assert!(
            matches!(found, Some(Found::Here(story)) if matches!(&*story, Story::Published(one) if *one == thread))
        );
        for list in [List::All, List::Section("المدينة".into())] {
            let cards = store.list(&list, None, 50).await.unwrap();
            assert!(cards.iter().all(|card| card.id != thread.id));
        }
        assert!(store.story_lines(None, None, 50).await.unwrap().iter().all(|line| line.id != thread.id));
        let of_section = store.story_lines(Some(&[SectionId(1)]), None, 50).await.unwrap();
        assert!(of_section.iter().all(|line| line.id != thread.id));
        assert_eq!(store.on_desk(thread.id).await.map(drop), Err(StoreError::NotFound));
        let published = store.publish(&thread, paper.by(), "", paper.now()).await;
        assert_eq!(published.map(drop), Err(StoreError::NotFound), "nobody publishes it");
        let withdrawn = store.withdraw(&thread.clone().withdraw("", paper.now()), paper.by(), "").await;
        assert_eq!(withdrawn.map(drop), Err(StoreError::NotFound), "nor takes it back");
        store.set_comment_policy(thread.id, CommentPolicy::Hidden, paper.by(), paper.now()).await.unwrap();
        let known = said("").rules.page("https://port.example/quay").unwrap();
        assert_eq!(store.outside_counts(site, &[known]).await.unwrap(), [0], "hidden is not counted");
        assert!(store.story_lines(None, None, 50).await.unwrap().iter().all(|line| line.id != thread.id));
        store.rebuild_search().await.unwrap();
        paper.agrees_with_itself().await;
    })
    .await;
}

#[tokio::test]
async fn so_many_threads_come_into_being_in_an_hour_and_none_on_a_closed_site() {
    on_both(|paper| async move {
        let (site, by) = site(&paper).await;
        let now = paper.now();
        for n in 0..MOST_PAGES_AN_HOUR {
            page_at(&paper, site, &n.to_string(), now).await.unwrap();
        }
        assert_eq!(page_at(&paper, site, "more", now).await, Err(NoThread::TooMany));
        assert!(page_at(&paper, site, "1", now).await.is_ok(), "what is there stays");
        paper.wait_days(1);
        assert!(page(&paper, site, "more").await.is_ok());
        paper.store.close_other_site(site, by, paper.now()).await.unwrap();
        assert_eq!(page(&paper, site, "late").await, Err(NoThread::Closed));
        let again = paper.store.close_other_site(site, by, paper.now()).await;
        assert_eq!(again.map(drop), Err(StoreError::NotFound));
        paper.store.change_other_site(site, &said("الميناء القديم"), by, paper.now()).await.unwrap();
        assert_eq!(paper.store.other_site(site).await.unwrap().closed_at, None, "it is open again");
        let taken = paper.store.add_other_site(&said("الميناء القديم"), by, paper.now()).await;
        assert!(matches!(taken, Err(StoreError::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn two_keys_hold_at_once_and_one_that_is_taken_away_is_forgotten() {
    on_both(|paper| async move {
        let (store, (site, by)) = (&paper.store, site(&paper).await);
        let new = |kid: &str| NewSiteKey { kid: kid.to_owned(), way: Way::Hs256, material: "c2VjcmV0".into() };
        store.add_site_key(site, &new("a"), by, paper.now()).await.unwrap();
        store.add_site_key(site, &new("b"), by, paper.now()).await.unwrap();
        let third = store.add_site_key(site, &new("c"), by, paper.now()).await;
        assert_eq!(third.map(drop), Err(StoreError::Conflict("too-many".into())));
        store.remove_site_key(site, "a", by, paper.now()).await.unwrap();
        assert_eq!(store.live_site_key(site, "a").await.unwrap(), None);
        let kept = store.site_keys(site).await.unwrap();
        let gone = kept.iter().find(|key| key.kid == "a").unwrap();
        assert!(gone.material.is_empty() && gone.removed_at.is_some());
        store.add_site_key(site, &new("c"), by, paper.now()).await.unwrap();
        store.remove_site_key(site, "c", by, paper.now()).await.unwrap();
        let reused = store.add_site_key(site, &new("a"), by, paper.now()).await;
        assert!(matches!(reused, Err(StoreError::Conflict(_))), "a name is given once");
    })
    .await;
}

#[tokio::test]
async fn a_member_of_a_site_is_one_visitor_and_a_token_sends_only_so_much() {
    on_both(|paper| async move {
        let (store, (site, _)) = (&paper.store, site(&paper).await);
        assert_eq!(store.known_outside_person(site, "ab").await.unwrap(), None);
        let visitor = store.outside_person(site, "ab", paper.now()).await.unwrap();
        assert_eq!(store.outside_person(site, "ab", paper.now()).await.unwrap(), visitor);
        assert_ne!(store.outside_person(site, "cd", paper.now()).await.unwrap(), visitor);
        let thread = page(&paper, site, "quay").await.unwrap();
        let until = paper.now() + jiff::SignedDuration::from_hours(1);
        let mut sent = 0;
        loop {
            let now = paper.now();
            let name = DisplayName::new(name_of(visitor), []).unwrap();
            let (id, text) = (CommentId(store.id(now)), format!("كلمة {sent}"));
            let new = Submitted { id, story: thread.id, visitor, name, text, reply_to: None, at: now };
            let held = newsroom::policy::receive(new, moderation::Verdict::unexamined());
            match store.keep_named_comment(&held, (site, "token", until), None).await {
                Ok(_) => sent += 1,
                Err(error) => {
                    assert_eq!(error, StoreError::Conflict("token".into()));
                    break;
                }
            }
        }
        assert_eq!(sent, 20);
        let scope = store::erasures::Scope::Everything(VisitorId(-5));
        let id = store.ask_erasure(visitor.id, scope, (paper.by(), ""), paper.now()).await.unwrap();
        for _ in 0..20 {
            store.carry_on_erasure(id, paper.now()).await.unwrap();
        }
        assert_eq!(store.known_outside_person(site, "ab").await.unwrap(), None, "nobody knows any more who it was");
        paper.agrees_with_itself().await;
    })
    .await;
}
