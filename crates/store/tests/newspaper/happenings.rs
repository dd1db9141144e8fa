//! What has happened, read on from a cursor.

use crate::paper::{HUDA, on_both};
use newsroom::HappeningId;
use newsroom::happening::What;
use newsroom::people::Actor;

#[tokio::test]
async fn happenings_are_read_on_from_a_cursor_in_their_order() {
    crate::both::on_both(|store| async move {
        assert_eq!(store.newest_happening().await.unwrap(), HappeningId(0));
        let now = "2026-03-10T08:00:00Z".parse().unwrap();
        let mut noted = Vec::new();
        for n in 0..3 {
            let what = What::Imported { source: format!("page:{n}"), stories: 1, comments: n };
            noted.push(store.note(Actor::Program, what, "نقل", now).await.unwrap());
        }
        assert_eq!(store.happenings_after(HappeningId(0), 10).await.unwrap(), noted);
        assert_eq!(store.happenings_after(noted[0].id, 1).await.unwrap(), noted[1..2]);
        assert_eq!(store.newest_happening().await.unwrap(), noted[2].id);
        assert_eq!(store.happenings_after(noted[2].id, 10).await.unwrap(), []);
        noted.reverse();
        assert_eq!(store.log(None, 10).await.unwrap(), noted);
        assert_eq!(store.log(Some(noted[0].id), 1).await.unwrap(), noted[1..2]);
    })
    .await;
}

#[tokio::test]
async fn a_follower_goes_on_where_it_stopped_and_never_back() {
    crate::both::on_both(|store| async move {
        assert_eq!(store.cursor("pages").await.unwrap(), None);
        store.keep_cursor("pages", HappeningId(5)).await.unwrap();
        store.keep_cursor("pages", HappeningId(9)).await.unwrap();
        store.keep_cursor("mail", HappeningId(2)).await.unwrap();
        store.keep_cursor("pages", HappeningId(7)).await.unwrap();
        assert_eq!(store.cursor("pages").await.unwrap(), Some(HappeningId(9)));
        assert_eq!(store.cursor("mail").await.unwrap(), Some(HappeningId(2)));
    })
    .await;
}

#[tokio::test]
async fn what_fails_does_not_happen() {
    on_both(|paper| async move {
        let story = paper.publishes("الترام").await.id;
        let comment = paper.says(HUDA, story, "رأي").await;
        let before = paper.happened().await;
        paper.takes_down(story, comment).await.unwrap_err();
        paper.store.withdraw_comment(story, comment, crate::paper::KARIM, paper.now()).await.unwrap_err();
        paper.store.report_comment((story, comment), HUDA, "", None, paper.now()).await.unwrap_err();
        assert_eq!(paper.happened().await, before);
    })
    .await;
}
